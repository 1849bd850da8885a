// Pictures of all pages for a designer's eye: `cargo xtask screenshots`.
//
// Arguments: folder to write to, then optionally parts of names of pages; the pages of people have
// names as in `klantmanager-mensen-{id}-plan`.
import fs from 'node:fs';
import path from 'node:path';
import { SESSION, inLanguage, isForAll, logIn, pages, reachable, someOfEach, startBrowser, startServer } from './browser.mjs';

const [folder, ...only] = process.argv.slice(2);
const VIEWS = [
  { name: 'nl-phone', language: 'nl', width: 360, height: 740, deviceScaleFactor: 2 },
  { name: 'ar-phone', language: 'ar', width: 360, height: 740, deviceScaleFactor: 2 },
  { name: 'ti-phone', language: 'ti', width: 360, height: 740, deviceScaleFactor: 2 },
  { name: 'nl-desktop', language: 'nl', width: 1280, height: 900, deviceScaleFactor: 1 },
];
const isAsked = (name) => !only.length || only.some((part) => name.includes(part));

/** Pages that everybody sees, then those of one account per role and stage, each with its cookie. */
async function scenes(server) {
  const all = (await pages(server.address)).filter(({ name }) => isAsked(name)).map((page) => ({ ...page, cookies: [] }));
  const seen = new Set();
  for (const account of someOfEach(server.accounts)) {
    const session = await logIn(server.address, account);
    const cookies = [{ name: SESSION, value: session.value, domain: '127.0.0.1', path: '/', secure: true, httpOnly: true, sameSite: 'Lax' }];
    for (const one of await reachable(server.address, session)) {
      const stage = account.role === 'newcomer' && ['/mijn', '/mijn/werk'].includes(one.name) ? `-${account.name.match(/\((\w+)/)[1]}` : '';
      const name = `${account.role}${one.name.replaceAll('/', '-')}${stage}`;
      if (isForAll(one.path) || seen.has(name) || !isAsked(name)) continue;
      seen.add(name);
      all.push({ name, path: one.path, cookies });
    }
  }
  return all;
}

fs.mkdirSync(folder, { recursive: true });
const server = await startServer();
const browser = await startBrowser();
try {
  const all = await scenes(server);
  for (const view of VIEWS) {
    const context = await browser.newContext({ viewport: { width: view.width, height: view.height }, deviceScaleFactor: view.deviceScaleFactor });
    const page = await context.newPage();
    for (const { name, path: address, cookies } of all) {
      await context.clearCookies();
      await context.addCookies(cookies);
      await page.goto(server.address + inLanguage(address, view.language));
      await page.evaluate(() => document.fonts.ready);
      await page.screenshot({ path: path.join(folder, `${name}-${view.name}.png`), fullPage: true });
    }
    if (isAsked('language-panel')) {
      await page.goto(server.address + inLanguage('/', view.language));
      await page.click('details.wb-lang > summary');
      await page.evaluate(() => document.fonts.ready);
      await page.screenshot({ path: path.join(folder, `language-panel-${view.name}.png`) });
    }
    await context.close();
  }
  console.log(`pictures are in ${folder}`);
} finally {
  await browser.close();
  await server.stop();
}

// Pictures of all pages for a designer's eye: `cargo xtask screenshots`.
//
// Arguments: folder to write to, then optionally names of pages.
import fs from 'node:fs';
import path from 'node:path';
import { inLanguage, pages, startBrowser, startServer } from './browser.mjs';

const [folder, ...only] = process.argv.slice(2);
const VIEWS = [
  { name: 'nl-phone', language: 'nl', width: 360, height: 740, deviceScaleFactor: 2 },
  { name: 'ar-phone', language: 'ar', width: 360, height: 740, deviceScaleFactor: 2 },
  { name: 'ti-phone', language: 'ti', width: 360, height: 740, deviceScaleFactor: 2 },
  { name: 'nl-desktop', language: 'nl', width: 1280, height: 900, deviceScaleFactor: 1 },
];

fs.mkdirSync(folder, { recursive: true });
const server = await startServer();
const browser = await startBrowser();
try {
  for (const view of VIEWS) {
    const context = await browser.newContext({ viewport: { width: view.width, height: view.height }, deviceScaleFactor: view.deviceScaleFactor });
    const page = await context.newPage();
    for (const { name, path: address } of await pages(server.address)) {
      if (only.length && !only.includes(name)) continue;
      await page.goto(server.address + inLanguage(address, view.language));
      await page.evaluate(() => document.fonts.ready);
      await page.screenshot({ path: path.join(folder, `${name}-${view.name}.png`), fullPage: true });
    }
    await page.goto(server.address + inLanguage('/', view.language));
    await page.click('details.wb-lang > summary');
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: path.join(folder, `language-panel-${view.name}.png`) });
    await context.close();
  }
  console.log(`pictures are in ${folder}`);
} finally {
  await browser.close();
  await server.stop();
}

// Every page of the shell in every language, in a real browser:
//   axe (WCAG 2.0–2.2 A and AA, best practice) finds nothing; nothing overflows at 320 px, also
//   with the text spacing of WCAG 1.4.12; targets are big enough; the console and the content
//   security policy stay silent; HTML, language and direction are right; only one cookie.
// And by example: the keyboard path, pages without JavaScript, the language change that keeps what
// was typed, the page for offline, hostile text.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { LANGUAGES, RIGHT_TO_LEFT, SESSION, inLanguage, isForAll, logIn, pages, reachable, someOfEach, startBrowser, startServer } from './browser.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };
const SPACING = '*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-bottom:2em!important}';
const SMALLEST_TARGET = 24;
/** Most bytes on the wire of a first visit: page, style, script, icons and fonts, with their headers. */
const FIRST_VISIT = 60 * 1024;

const faults = [];
const fault = (where, what) => {
  faults.push(`${where}: ${what}`);
  console.error(`${where}: ${what}`);
};

/** Collects what a page says on the console, but for the status of a page that is an error. */
function listen(page, where) {
  page.on('console', (message) => {
    // The tests keep the service worker away from all checks but its own.
    if (/blocked by Playwright/.test(message.text())) return;
    const expected = /status of 4\d\d/.test(message.text()) && where().expected !== 200;
    if (['error', 'warning'].includes(message.type()) && !expected) fault(where().name, `console: ${message.text()}`);
  });
  page.on('pageerror', (error) => fault(where().name, `script: ${error.message}`));
  page.on('dialog', (dialog) => {
    fault(where().name, `dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
}

/** How far the page is wider than the screen, in pixels. */
const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

/** Links and controls that are smaller than WCAG 2.5.8 asks, but for links inside a sentence. */
const smallTargets = (page, smallest) =>
  page.evaluate((smallest) => {
    const isInSentence = (element) => {
      const around = element.parentElement;
      return element.tagName === 'A' && around && around.textContent.trim() !== element.textContent.trim() && getComputedStyle(element).display === 'inline';
    };
    return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), summary')]
      .filter((element) => element.checkVisibility() && element.tabIndex >= 0 && !element.closest('.nl-skip-link') && !isInSentence(element))
      .map((element) => ({ box: (element.closest('label') ?? element).getBoundingClientRect(), text: element.textContent.trim() || element.id }))
      .filter(({ box }) => box.height < smallest || box.width < smallest)
      .map(({ box, text }) => `${text} ${Math.round(box.width)}×${Math.round(box.height)}`);
  }, smallest);

async function checkPage(page, address, { name, path, status }, language, axeLanguages = LANGUAGES) {
  const where = `${name}/${language}`;
  await page.setViewportSize({ width: 320, height: 640 });
  const response = await page.goto(address + inLanguage(path, language));
  if (response.status() !== status) fault(where, `status ${response.status()}, not ${status}`);
  const html = page.locator('html');
  assert.equal(await html.getAttribute('lang'), language);
  assert.equal(await html.getAttribute('dir'), RIGHT_TO_LEFT.includes(language) ? 'rtl' : 'ltr');
  const text = await page.content();
  if (/⟦/.test(text)) fault(where, 'a message is missing');
  if (/ style="|<style|<script(?![^>]*src=)/.test(text.replace(/<!--[\s\S]*?-->/g, ''))) fault(where, 'inline style or script');
  if ((await overflow(page)) > 0) fault(where, `overflows by ${await overflow(page)} px at 320 px`);
  for (const target of await smallTargets(page, SMALLEST_TARGET)) fault(where, `target too small: ${target}`);
  if (!axeLanguages.includes(language)) {
    await page.addStyleTag({ content: SPACING });
    if ((await overflow(page)) > 0) fault(where, `overflows by ${await overflow(page)} px with text spacing`);
    return 1;
  }
  await page.evaluate(AXE);
  // What axe finds hardly depends on language; the wide screen is checked in one per direction.
  for (const width of ['nl', 'ar'].includes(language) ? [320, 1280] : [320]) {
    await page.setViewportSize({ width, height: 800 });
    const { violations } = await page.evaluate((rules) => window.axe.run(document, rules), RULES);
    for (const { id, nodes } of violations) fault(where, `axe ${id} at ${width} px: ${nodes.map((node) => node.target.join(' ')).join('; ')}`);
  }
  await page.setViewportSize({ width: 320, height: 640 });
  await page.addStyleTag({ content: SPACING });
  if ((await overflow(page)) > 0) fault(where, `overflows by ${await overflow(page)} px with text spacing`);
  return 1;
}

async function checkAllPages(browser, server) {
  let n = 0;
  const all = await pages(server.address);
  for (const language of LANGUAGES) {
    // Only the tools of this test need to put script and style into the page.
    const context = await browser.newContext({ bypassCSP: true, serviceWorkers: 'block' });
    const page = await context.newPage();
    let current = {};
    listen(page, () => current);
    for (const one of all) {
      current = { name: `${one.name}/${language}`, expected: one.status };
      n += await checkPage(page, server.address, one, language);
    }
    const cookies = await context.cookies();
    for (const { name, secure, httpOnly, sameSite } of cookies) {
      if (name !== '__Host-taal' || !secure || !httpOnly || sameSite !== 'Lax') fault(language, `cookie ${name}`);
    }
    if (cookies.length !== 1) fault(language, `${cookies.length} cookies`);
    await context.close();
  }
  return n;
}

/** What people see who are logged in, in every role: all pages that links lead to. */
async function checkPagesOfPeople(browser, server) {
  let n = 0;
  const known = new Set();
  for (const account of someOfEach(server.accounts)) {
    const session = await logIn(server.address, account);
    const all = (await reachable(server.address, session)).filter(({ name }) => {
      // What everybody can see is checked once with somebody logged in.
      const key = isForAll(name) ? name : `${account.role} ${name}`;
      const isNew = !known.has(key);
      known.add(key);
      return isNew;
    });
    for (const language of LANGUAGES) {
      const context = await browser.newContext({ bypassCSP: true, serviceWorkers: 'block' });
      await context.addCookies([{ name: SESSION, value: session.value, domain: '127.0.0.1', path: '/', secure: true, httpOnly: true, sameSite: 'Lax' }]);
      const page = await context.newPage();
      let current = {};
      listen(page, () => current);
      for (const one of all) {
        current = { name: `${account.role} ${one.name}/${language}`, expected: one.status };
        n += await checkPage(page, server.address, { ...one, name: `${account.role} ${one.name}` }, language, ['nl', 'ar']);
      }
      await context.close();
    }
  }
  return n;
}

/** Policy and console with nothing bypassed, and nothing stored by the page. */
async function checkPolicy(browser, server) {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const page = await context.newPage();
  let current = {};
  listen(page, () => current);
  for (const one of await pages(server.address)) {
    current = { name: `policy ${one.name}`, expected: one.status };
    await page.goto(server.address + one.path);
    const stored = await page.evaluate(async () => localStorage.length + sessionStorage.length + (await indexedDB.databases()).length);
    if (stored) fault(current.name, 'something is stored in the browser');
    const hosts = await page.evaluate(() => performance.getEntriesByType('resource').map((entry) => new URL(entry.name).host));
    if (hosts.some((host) => host !== new URL(server.address).host)) fault(current.name, `loads from ${hosts}`);
  }
  const hostile = ['<img src=x onerror=alert(1)>', '"><script>alert(1)</script>', '{{7*7}}', "' onfocus='alert(1)' autofocus='", '\u202Ekok\u0000', '=cmd()'];
  for (const text of hostile) {
    for (const path of ['/beroepen?zoek=', '/vergelijken?naar=x&van=', '/wat-kan-ik?toon=1&zoek=', '/?zoek=']) {
      current = { name: `hostile ${path}${text}`, expected: 200 };
      await page.goto(server.address + path + encodeURIComponent(text));
      if (await page.locator('main img, main script').count()) fault(current.name, 'became an element');
    }
  }
  await context.close();
}

/** From the top of the first page to a comparison with keys only. */
async function checkKeyboard(browser, server) {
  const context = await browser.newContext({ locale: 'nl-NL', serviceWorkers: 'block' });
  const page = await context.newPage();
  await page.goto(server.address);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.className.includes('nl-skip-link')), true, 'the first stop is the skip link');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'inhoud', 'the skip link leads to the content');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'zoek', 'then comes the search field');
  await page.keyboard.type('kok');
  await Promise.all([page.waitForURL(/beroepen\?zoek=kok/), page.keyboard.press('Enter')]);
  await tabTo(page, (active) => active.matches('.wb-result a'));
  await Promise.all([page.waitForURL(/beroepen\/[^?]+$/), page.keyboard.press('Enter')]);
  await tabTo(page, (active) => active.matches('.wb-near a'));
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  assert.notEqual(outline, 'none', 'focus can be seen');
  await Promise.all([page.waitForURL(/vergelijken\?van=/), page.keyboard.press('Enter')]);
  assert.equal(await page.locator('#uitkomst').count(), 1, 'the comparison is there');
  await tabTo(page, (active) => active.matches('.wb-lang > summary'));
  await page.keyboard.press('Enter');
  await tabTo(page, (active) => active.value === 'uk');
  await page.keyboard.press('Escape');
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'SUMMARY', 'Escape closes the languages');
  await context.close();
}

async function tabTo(page, matches) {
  for (let n = 0; n < 80; n += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(`(${matches})(document.activeElement)`)) return;
  }
  assert.fail(`no stop for ${matches} within 80 tabs`);
}

/** Without JavaScript: search, change of language that keeps what was typed, choices, outcome. */
async function checkWithoutScript(browser, server) {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: 'nl-NL', viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  await page.goto(server.address);
  await page.fill('#zoek', 'кухар');
  await page.click('.wb-lang > summary');
  await Promise.all([page.waitForURL(/taal=uk/), page.click('.wb-lang button[value=uk]')]);
  assert.equal(await page.inputValue('#zoek'), 'кухар', 'the typed text is still there');
  assert.equal(await page.getAttribute('html', 'lang'), 'uk');
  await Promise.all([page.waitForURL(/beroepen\?zoek=/), page.click('main button[type=submit]')]);
  assert.equal(await page.getAttribute('html', 'lang'), 'uk', 'the language stays');
  await Promise.all([page.waitForURL(/beroepen\/[^?]+$/), page.click('.wb-result a')]);
  await Promise.all([page.waitForURL(/wat-kan-ik\?werk=/), page.click('a[href^="/wat-kan-ik?werk="]')]);
  const boxes = page.locator('input[name=v]');
  for (const n of [0, 1, 2]) await boxes.nth(n).check();
  await page.click('.wb-lang > summary');
  await Promise.all([page.waitForURL(/taal=fa/), page.click('.wb-lang button[value=fa]')]);
  assert.equal(await page.locator('input[name=v]:checked').count(), 3, 'the choices are still there');
  await Promise.all([page.waitForURL(/toon=1/), page.click('button[name=toon]')]);
  assert.ok((await page.locator('article.wb-match').count()) > 2, 'there is work');
  assert.equal(await page.getAttribute('html', 'dir'), 'rtl');
  await context.close();
}

/** The service worker keeps style and one page, and nothing a person did. */
async function checkOffline(browser, server) {
  const context = await browser.newContext({ locale: 'ar' });
  const page = await context.newPage();
  await page.goto(`${server.address}/beroepen?zoek=kok`);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  await context.setOffline(true);
  await page.goto(`${server.address}/beroepen?zoek=kok`).catch(() => {});
  assert.match(await page.textContent('h1'), /إنترنت/, 'the page for offline is shown');
  assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector('.wb-panel')).borderTopStyle), 'solid', 'with its style');
  await context.setOffline(false);
  const kept = await page.evaluate(async () => {
    const names = await caches.keys();
    const all = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map((request) => new URL(request.url).pathname)));
    return all.flat();
  });
  for (const path of kept) if (path !== '/offline' && !path.startsWith('/static/')) fault('offline', `keeps ${path}`);
  await context.close();
}

/** A first visit to the first page is light in every language. */
async function checkWeight(browser, server) {
  for (const language of LANGUAGES) {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    let bytes = 0;
    session.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    await page.goto(inLanguage(`${server.address}/`, language));
    await page.waitForLoadState('networkidle');
    if (bytes > FIRST_VISIT) fault(`/ ${language}`, `a first visit takes ${bytes} bytes`);
    if (bytes < 20_000) fault(`/ ${language}`, `only ${bytes} bytes were seen`);
    await context.close();
  }
}

const started = Date.now();
const server = await startServer();
const browser = await startBrowser();
let n = 0;
try {
  for (const check of [checkWeight, checkKeyboard, checkWithoutScript, checkOffline, checkPolicy]) {
    await check(browser, server).catch((error) => fault(check.name, error.message));
  }
  n = await checkAllPages(browser, server);
  n += await checkPagesOfPeople(browser, server);
} finally {
  await browser.close();
  await server.stop();
}
for (const whole of server.log) {
  // The moment of a line is no address.
  const line = whole.replace(/"timestamp":"[^"]*"/, '');
  if (/кухар|kok|zoek=|10\.0|127\.0\.0\.1/.test(line)) fault('log', `holds what a person typed: ${line}`);
}
console.log(`${n} pages in ${LANGUAGES.length} languages, ${faults.length} faults, ${Math.round((Date.now() - started) / 1000)} s`);
process.exit(faults.length ? 1 : 0);

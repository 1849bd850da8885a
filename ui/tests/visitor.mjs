// Somebody with a browser: opens pages, fills the form that is there, presses a button.
//
// Scripts are off unless a test is about them, so that what works here works for everybody.
import assert from 'node:assert/strict';

const PHONE = { width: 360, height: 740 };
const DESK = { width: 1280, height: 900 };

/** How long a change may take to be seen on a busy machine, in milliseconds. */
const PATIENCE = 10_000;

/** A text without the marks that keep directions apart, its white space as one space. */
const plain = (text) => text.replace(/[\u2066-\u2069]/g, '').replace(/[^\S\n]+/g, ' ').trim();

/** The whole numbers in a text, in the digits of any language. */
export const numbers = (text) => [...text.matchAll(/\p{Nd}+/gu)].map(([digits]) => Number([...digits].map((digit) => digit.codePointAt(0) & 15).join('')));

export class Visitor {
  /** A browser of one's own, in a language; `screen` is `phone` or `desk`; `scripts` is `off` or `on`. */
  static async begin(browser, address, language, screen, scripts = 'off') {
    const context = await browser.newContext({ javaScriptEnabled: scripts === 'on', serviceWorkers: 'block', locale: language, viewport: screen === 'phone' ? PHONE : DESK });
    const visitor = new Visitor();
    Object.assign(visitor, { address, context, language, page: await context.newPage(), screens: 0, heaviest: 0 });
    visitor.page.on('response', async (response) => {
      const type = response.headers()['content-type'] ?? '';
      if (!type.startsWith('text/html') || response.status() >= 300) return;
      const { responseBodySize } = await response.request().sizes().catch(() => ({ responseBodySize: 0 }));
      visitor.heaviest = Math.max(visitor.heaviest, responseBodySize);
    });
    return visitor;
  }

  get path() {
    return new URL(this.page.url()).pathname;
  }

  /** Opens a page; gives its status. */
  async open(path, expected = 200) {
    const response = await this.page.goto(this.address + path);
    assert.equal(response.status(), expected, path);
    await this.#look();
  }

  /** Opens a page again until a selector finds something: what changed is matched a moment later. */
  async openWith(path, selector) {
    const last = Date.now() + PATIENCE;
    do await this.open(path);
    while (!(await this.count(`main ${selector}`)) && Date.now() < last);
    assert.ok(await this.count(`main ${selector}`), `${path} shows ${selector} within ${PATIENCE} ms`);
  }

  /** Follows the first link that a selector finds. */
  async follow(selector) {
    await this.#press(this.page.locator(selector).first(), 200);
  }

  /** Fills fields of the page by their name; a list ticks several boxes. */
  async fill(fields) {
    for (const [name, value] of Object.entries(fields)) {
      for (const one of Array.isArray(value) ? value : [value]) await this.#set(name, one);
    }
  }

  /** Fills fields and presses the first button of the form, or the one that a selector finds. */
  async send(fields = {}, button = '#formulier button[type=submit]', expected = 200) {
    await this.fill(fields);
    await this.#press(this.page.locator(`main ${button}`).first(), expected);
  }

  /** Sends what the page would not: fields and the version of its form, without the page. */
  async force(path, fields, expected) {
    const [versie] = await this.offered('versie');
    const response = await this.context.request.post(this.address + path, { form: { versie, ...fields }, maxRedirects: 0 });
    assert.equal(response.status(), expected, `${path} with ${JSON.stringify(fields)}`);
  }

  /** The values that the page offers for a field. */
  async offered(name) {
    return this.page.locator(`main [name="${name}"]`).evaluateAll((all) => all.map((one) => one.value));
  }

  /** How many elements a selector finds. */
  async count(selector) {
    return this.page.locator(selector).count();
  }

  /** What stands in the page, for a reader. */
  async text() {
    return plain(await this.page.locator('main').innerText());
  }

  /** What stands in each of the elements that a selector finds, for a reader. */
  async texts(selector) {
    const all = await this.page.locator(`main ${selector}`).evaluateAll((all) => all.map((one) => one.textContent));
    return all.map(plain);
  }

  /** An attribute of each of the elements that a selector finds. */
  async attributes(selector, name) {
    return this.page.locator(`main ${selector}`).evaluateAll((all, name) => all.map((one) => one.getAttribute(name)), name);
  }

  /** Numbers in an attribute, over the whole page. */
  async numbers(attribute) {
    return this.page.locator(`[${attribute}]`).evaluateAll((all, attribute) => all.map((one) => Number(one.getAttribute(attribute))), attribute);
  }

  async end() {
    await this.context.close();
  }

  async #set(name, value) {
    const field = this.page.locator(`main [name="${name}"]`);
    const kind = await field.first().evaluate((one) => (one.tagName === 'INPUT' ? one.type : one.tagName)).catch(() => assert.fail(`${this.path} has no field ${name}`));
    if (kind === 'radio' || kind === 'checkbox') await this.page.locator(`main [name="${name}"][value="${value}"]`).first().check({ force: true });
    else if (kind === 'SELECT') await field.first().selectOption(value);
    else await field.first().fill(value);
  }

  async #press(element, expected) {
    // What stands in a closed part is opened first, as a person would.
    await element.evaluate((one) => {
      for (let around = one.closest('details:not([open])'); around; around = around.parentElement.closest('details:not([open])')) around.open = true;
    });
    const answered = this.page.waitForResponse((response) => response.request().isNavigationRequest() && (response.status() < 300 || response.status() >= 400));
    await element.click();
    const response = await answered;
    await this.page.waitForLoadState();
    assert.equal(response.status(), expected, `${this.path}: ${await this.page.title()}`);
    await this.#look();
  }

  async #look() {
    this.screens += 1;
    assert.equal(await this.page.getAttribute('html', 'lang'), this.language, this.path);
    assert.doesNotMatch(await this.page.content(), /⟦/, `${this.path} misses a text`);
    const wider = await this.page.evaluate(() => document.documentElement.scrollWidth - innerWidth).catch(() => 0);
    assert.ok(wider <= 0, `${this.path} is ${wider} px wider than the screen`);
  }
}

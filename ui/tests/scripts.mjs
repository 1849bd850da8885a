// What scripts add to pages that work without them, in a real browser: keys that work faster, drafts
// that keep themselves, and the cost of a demand that follows the answers.
//
// Arguments: languages (nl, ar, uk) and names of stories, to tell fewer.
import assert from 'node:assert/strict';
import { ON, advertise, register, staff } from './people.mjs';
import { run } from './stories.mjs';

const KLANTMANAGER = 'Kees Verzonnen';
const EMPLOYER = 'Lasse Fictie';

/** Presses keys one after another, and waits for the address that they lead to. */
async function leads(visitor, keys, path) {
  const arrived = visitor.page.waitForURL((url) => url.pathname === path);
  for (const key of keys) await visitor.page.keyboard.press(key);
  await arrived;
}

/** Address of what has the focus. */
const focused = (visitor) => visitor.page.evaluate(() => document.activeElement.getAttribute('href') ?? document.activeElement.id);

/** Keys move through the list and between pages, never while somebody types, and can be turned off. */
async function keys(scene) {
  const klantmanager = await staff(scene, KLANTMANAGER, 'on');
  await klantmanager.open('/vandaag');
  const rows = await klantmanager.attributes('tbody th a', 'href');
  const press = (key) => klantmanager.page.keyboard.press(key);
  for (const [key, at] of [['j', 0], ['j', 1], ['k', 0], ['k', 0]]) {
    await press(key);
    assert.equal(await focused(klantmanager), rows[at], `${key} leads to row ${at}`);
  }
  await leads(klantmanager, ['Enter'], rows[0]);
  await leads(klantmanager, ['g', 'm'], '/mensen');
  await press('/');
  assert.equal(await focused(klantmanager), 'wie', 'a stroke leads to the search field');
  for (const key of ['j', 'g', 'v', '?']) await press(key);
  assert.equal(await klantmanager.page.inputValue('#wie'), 'jgv?', 'whoever types, types');
  await klantmanager.open('/vandaag');
  await leads(klantmanager, ['?'], '/toetsen');
  await klantmanager.send({}, 'button[name=toetsen][value=uit]');
  for (const key of ['g', 'm']) await press(key);
  await klantmanager.open('/vandaag');
  await press('j');
  assert.ok(!rows.includes(await focused(klantmanager)), 'keys that are off do nothing');
  return `${rows.length} rows`;
}

/** What is typed into the intake keeps itself, is there again, and is forgotten when it is sent. */
async function draft(scene) {
  const klantmanager = await staff(scene, KLANTMANAGER, 'on');
  const { file } = await register(scene, klantmanager);
  const topic = `${file}/intake?deel=ambitions`;
  await klantmanager.open(topic);
  const kept = klantmanager.page.waitForResponse((answer) => answer.url().endsWith('/concept') && answer.ok());
  await klantmanager.page.locator('#verteld').pressSequentially('Bakker worden');
  const said = await (await kept).text();
  await klantmanager.page.locator('[data-draft-state]', { hasText: /\p{Nd}/u }).waitFor();
  await klantmanager.open(topic);
  assert.equal(await klantmanager.page.inputValue('#verteld'), 'Bakker worden', 'what was typed is there again');
  assert.equal(await klantmanager.count('main button[name=weg]'), 1, 'and can be thrown away');
  await klantmanager.send({}, ON);
  await klantmanager.open(topic);
  assert.equal(await klantmanager.page.inputValue('#verteld'), '', 'the field is empty when it was sent');
  assert.equal(await klantmanager.count('main button[name=weg]'), 0, 'and the draft forgotten');
  assert.match(await klantmanager.text(), /Bakker worden/, 'because it is told now');
  return said;
}

/** The cost of a demand follows the answer by itself. */
async function cost(scene) {
  const employer = await staff(scene, EMPLOYER, 'on');
  await employer.open(`/vacatures/${await advertise(employer)}/plek`);
  const rows = employer.page.locator('#kosten tbody tr');
  assert.equal(await rows.count(), 1, '32 hours cost candidates');
  const address = employer.page.url();
  await employer.page.fill('#uren', '8');
  await employer.page.keyboard.press('Tab');
  await rows.waitFor({ state: 'detached' });
  await employer.page.check('[name=rijbewijs][value=C]', { force: true });
  await rows.filter({ hasText: 'C' }).waitFor();
  assert.equal(employer.page.url(), address, 'without leaving the page');
  await employer.open(new URL(address).pathname);
  assert.equal(await employer.page.inputValue('#uren'), '32', 'and nothing is saved by counting');
  return 'hours that cost nothing leave the list, a licence joins it';
}

await run({ keys, draft, cost }, ['nl', 'ar', 'uk']);

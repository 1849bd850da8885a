// C09 and C48: what a klantmanager does today and why; what a partner sees and does not see.
import assert from 'node:assert/strict';
import { newcomer, register, staff } from '../people.mjs';

/** The order of the first language, which all others must have. */
let firstOrder;

const MONTHS = ['januari', 'februari', 'maart', 'april', 'mei', 'juni', 'juli', 'augustus', 'september', 'oktober', 'november', 'december'];

/** A Dutch date as a number that sorts. */
function sortable(text) {
  const [, day, month, year] = text.match(/(\d+) (\p{L}+) (\d{4})/u);
  return Number(year) * 10_000 + MONTHS.indexOf(month) * 100 + Number(day);
}

/** C09: everybody on the list has a next step with its reason, in an order that does not change. */
export async function today(scene) {
  const klantmanager = await staff(scene, 'Tess Verzonnen');
  await klantmanager.open('/vandaag');
  const order = await klantmanager.attributes('tbody th a', 'href');
  assert.ok(order.length >= 3, `${order.length} people wait`);
  const first = 'tbody td > .wb-next:first-child';
  for (const part of ['a.wb-tall', '.wb-tag']) assert.equal((await klantmanager.texts(`${first} ${part}`)).filter(Boolean).length, order.length, `each has ${part}`);
  const legal = await klantmanager.count(`main ${first}:has(a.wb-tall[href$="/intake"], a.wb-tall[href$="/plan"])`);
  const sources = await klantmanager.attributes(`${first} small a`, 'href');
  assert.equal(sources.length, legal, 'each term of the law names its article');
  assert.ok(sources.every((link) => link.startsWith('https://')), 'with the place to read it');
  const legalToo = 'tbody td .wb-next--also .wb-next:has(a.wb-tall[href$="/intake"], a.wb-tall[href$="/plan"])';
  assert.ok((await klantmanager.count(`main ${legalToo}`)) > 0, 'somebody has more than one term');
  assert.equal(await klantmanager.count(`main ${legalToo}:not(:has(small a))`), 0, 'also those after the first');
  if (scene.language === 'nl') {
    const due = (await klantmanager.texts(`${first} .wb-tag`)).map(sortable);
    assert.deepEqual(due, [...due].sort((a, b) => a - b), 'the earliest term is first');
  }
  await klantmanager.open('/vandaag');
  assert.deepEqual(await klantmanager.attributes('tbody th a', 'href'), order, 'the order is the same each time');
  firstOrder ??= order;
  assert.deepEqual(order, firstOrder, 'and in each language');
  return `${order.length} people, ${legal} terms of the law`;
}

/** C48: a partner sees nobody who did not consent, by no way. */
export async function partner(scene) {
  const { file } = await register(scene, await staff(scene, 'Kees Verzonnen'));
  const coach = await staff(scene, 'Sam Menwerk');
  const name = `Fictie ${scene.language}`;
  for (const below of ['', '/intake', '/plan', '/werk', '/dossier', '/overdracht']) await coach.open(file + below, 404);
  await coach.open('/gedeeld');
  assert.ok(!(await coach.text()).includes(name), 'nobody is shared');
  await coach.open('/mensen');
  await coach.send({ wie: name });
  assert.equal(await coach.count('main tbody tr'), 0, 'nobody is found');
  return 'six pages of a file, the list and the search show nothing';
}

/** C48: a partner sees what was consented to and nothing else, and nothing from the no on. */
export async function sharing(scene) {
  const { code } = await register(scene, await staff(scene, 'Kees Verzonnen'));
  const phone = await newcomer(scene, code);
  await phone.open('/mijn/verhaal/school/opleiding');
  await phone.send({ niveau: 'bachelor', klaar: 'ja', richting: 'Kanarieschool' });
  await phone.open('/mijn/toestemming/delen');
  const [partner] = await phone.offered('voor');
  await phone.send({ voor: partner, deel: ['contact'], tot: '3' });
  const coach = await staff(scene, 'Sam Menwerk');
  const name = `Fictie ${scene.language}`;
  await coach.open('/gedeeld');
  assert.ok((await coach.text()).includes(name), 'the name is shared');
  await coach.follow(`main li:has-text("${name}") a[href^="/gedeeld/"]`);
  const one = coach.path;
  assert.match(await coach.text(), /6\D?12\D?34\D?56\D?78/, 'and the contact that was chosen');
  assert.doesNotMatch(await coach.text(), /Kanarieschool/, 'the school was not');
  await phone.open('/mijn/toestemming');
  await phone.send({}, 'form[action="/mijn/toestemming/stoppen"] button[type=submit]');
  await coach.open(one, 404);
  await coach.open('/gedeeld');
  assert.ok(!(await coach.text()).includes(name), 'withdrawing counts at once');
  return 'contact seen, school not, nothing after the no';
}

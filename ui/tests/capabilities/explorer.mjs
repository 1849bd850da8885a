// C02: occupations, their skills and their neighbours, and what two of them share.
import assert from 'node:assert/strict';
import { Visitor, numbers } from '../visitor.mjs';

const COOK = { nl: 'kok', ar: 'طباخ', uk: 'кухар' };
const NEAR = '.wb-near:has(a[href^="/vergelijken"])';
const LIST = { shared: 1, missing: 2, unused: 3 };

/** The two widths of the drawing of a share: what is there, and all. */
async function share(visitor, at) {
  const width = (kind) => visitor.attributes(`${at} .wb-share__${kind}`, 'width');
  const [[have], [all]] = [await width('have'), await width('all')];
  return { have: Number(have), all: Number(all) };
}

/** The skills in one of the lists of a comparison. */
const skills = (visitor, list) => visitor.texts(`.wb-match .wb-why > section:nth-child(${LIST[list]}) li`);

/** From a word to an occupation, its neighbours and a comparison that says the same. */
export async function explore(scene) {
  const visitor = await Visitor.begin(scene.browser, scene.server.address, scene.language, 'phone');
  await visitor.open(`/beroepen?zoek=${encodeURIComponent(COOK[scene.language])}`);
  await visitor.follow('main .wb-result a');
  assert.equal((await visitor.texts('h1'))[0].toLowerCase(), COOK[scene.language], 'the word finds its occupation');
  const asked = await visitor.count('main .wb-needs li');
  assert.ok(asked >= 8, `a cook needs ${asked} skills`);
  const neighbours = await visitor.count(NEAR);
  assert.ok(neighbours >= 5, `${neighbours} occupations are near`);
  const drawn = await share(visitor, `${NEAR}:first-of-type`);
  await visitor.follow(`main ${NEAR} a`);
  const [shared, missing, unused] = [await skills(visitor, 'shared'), await skills(visitor, 'missing'), await skills(visitor, 'unused')];
  assert.ok(shared.length > 0 && missing.length > 0, 'some skills are shared and some are missing');
  assert.deepEqual({ have: shared.length, all: shared.length + missing.length }, drawn, 'the neighbour was drawn with the same numbers');
  assert.equal(shared.length + unused.length, asked, 'every skill of a cook is shared or not used');
  await same(visitor, { shared, missing, unused });
  return `${asked} skills, ${neighbours} neighbours, ${shared.length} shared and ${missing.length} missing`;
}

/** The JSON interface compares as the page does. */
async function same(visitor, found) {
  const { searchParams } = new URL(visitor.page.url());
  const [from, to] = [searchParams.get('van'), searchParams.get('naar')];
  const answer = await fetch(`${visitor.address}/api/v1/compare?from=${from}&to=${to}&language=${visitor.language}`).then((one) => one.json());
  for (const list of Object.keys(LIST)) {
    const names = answer[list].map((one) => one.name);
    assert.ok(names.every((name, n) => found[list][n].startsWith(name)) && names.length === found[list].length, `${list} in page and interface`);
  }
}

/** For skills of one's own: the work near them, each with what one has and what is missing. */
export async function sums(scene) {
  const visitor = await Visitor.begin(scene.browser, scene.server.address, scene.language, 'phone');
  await visitor.open(`/wat-kan-ik?werk=${encodeURIComponent(COOK[scene.language])}`);
  const offered = await visitor.offered('v');
  const chosen = offered.slice(0, 6);
  await visitor.send({ v: chosen }, 'button[name=toon]');
  const n = await visitor.count('main article.wb-match');
  assert.ok(n >= 10, `${n} occupations, not ten`);
  const most = (kind) => visitor.count(`main article.wb-match ${kind}`);
  assert.equal(await most('section:first-child h4'), n, 'each says what one has');
  for (const at of [1, 5, 10]) await adds(visitor, `article.wb-match:nth-of-type(${at})`, chosen.length);
  return `${n} occupations for ${chosen.length} skills`;
}

/** The skills that one occupation lists are as many as it counts. */
async function adds(visitor, at, most) {
  const have = await visitor.count(`main ${at} .wb-why > section:first-child li`);
  const missing = await visitor.count(`main ${at} .wb-needs--todo li`);
  const [more] = await visitor.texts(`${at} section .wb-quiet`);
  const { have: drawn, all } = await share(visitor, at);
  assert.ok(have > 0 && have <= most, `${at} has ${have} of ${most} skills`);
  assert.equal(have, drawn, `${at} draws what it lists`);
  const hidden = all - have - missing;
  // Arabic says one and two in a word.
  const [said] = numbers(more ?? '');
  assert.ok(more ? hidden === said || (!said && [1, 2].includes(hidden)) : hidden === 0, `${at}: what is there and what is missing is all: ${more}`);
}

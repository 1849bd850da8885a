// B02 and B03: what would open most work, and what answering a question settles.
import assert from 'node:assert/strict';
import { startServer } from '../browser.mjs';
import { advertise, newcomer, register, staff } from '../people.mjs';
import { Visitor, numbers } from '../visitor.mjs';

const KLANTMANAGER = 'Noor Verzonnen';
const EMPLOYER = 'Lasse Fictie';
const WELDER = { nl: 'lasser', ar: 'عامل لحام', uk: 'зварник' };
const HELPS = '.wb-needs--plain > li:has(.wb-tag):has(a[href^="/mijn/werk/"])';
const COSTS = '#kosten tbody tr';
const ASK = 'section[aria-labelledby=vraag]';
const UNKNOWN = '.wb-needs + .wb-needs--plain li';

/** Welders by language, with a vacancy that asks for their work; stories that follow find them as they are. */
const welders = new Map();

/** A newcomer who told which work they did, and a vacancy that asks for it. */
async function welder(scene) {
  const known = welders.get(scene.language);
  if (known) {
    const phone = await Visitor.begin(scene.browser, scene.server.address, scene.language, 'phone');
    await phone.context.addCookies(known.cookies);
    return { phone, vacancy: known.vacancy };
  }
  const vacancy = await advertise(await staff(scene, EMPLOYER));
  const { code } = await register(scene, await staff(scene, KLANTMANAGER));
  const phone = await newcomer(scene, code);
  await answer(phone, 'werk/ervaring', { eigen: WELDER[scene.language] });
  await phone.send();
  await phone.send({ v: await phone.offered('v') });
  await phone.send(Object.fromEntries((await phone.offered('houd')).map((skill) => [`niveau-${skill}`, 'expert'])));
  welders.set(scene.language, { cookies: await phone.context.cookies(), vacancy });
  return { phone, vacancy };
}

/** Answers one question of the story. */
async function answer(phone, question, fields) {
  await phone.open(`/mijn/verhaal/${question}`);
  await phone.send(fields);
}

/** How much work fits well or partly. */
async function fitting(phone) {
  let n = 0;
  for (const fit of ['goed', 'deels']) {
    await phone.open(`/mijn/werk?past=${fit}`);
    n += await phone.count('main article.wb-match');
  }
  return n;
}

/** B02: what helps most opens as much work as it says, and the work that it names. */
export async function levers(scene) {
  const { phone, vacancy } = await welder(scene);
  await answer(phone, 'talen/talen', { 'spreek-nl': 'A1', 'luister-nl': 'A1', 'lees-nl': 'A1', 'schrijf-nl': 'A1' });
  const before = await fitting(phone);
  const lever = `${HELPS}:has(a[href="/mijn/werk/${vacancy}"])`;
  await phone.openWith('/mijn/werk', lever);
  const [what] = await phone.texts(`${lever} strong`);
  assert.match(what, /A2/, 'Dutch at A2 opens the vacancy that asks A2');
  const [opens] = numbers((await phone.texts(`${lever} .wb-tag`))[0]);
  await phone.follow(`main ${lever} a[href="/mijn/werk/${vacancy}"]`);
  assert.match((await phone.texts('.wb-gap'))[0], /A1.*A2/, 'the vacancy says what is missing');
  await answer(phone, 'talen/talen', { 'spreek-nl': 'A2', 'luister-nl': 'A2', 'lees-nl': 'A2', 'schrijf-nl': 'A2' });
  const after = await fitting(phone);
  assert.equal(after - before, opens, 'as much work is opened as was said');
  assert.equal(await phone.count(`main ${lever}`), 0, 'it helps no more');
  return `${what.trim()} opens ${opens}, ${before} before and ${after} after`;
}

/** B03: what is not known is asked; an answer settles it and nothing else. */
export async function questions(scene) {
  const { phone, vacancy } = await welder(scene);
  await phone.openWith('/mijn/werk', `a[href="/mijn/werk/${vacancy}"]`);
  const unknown = await open(phone, vacancy);
  assert.equal(unknown.length, 3, `place, Dutch and hours are not known: ${unknown}`);
  assert.deepEqual(await open(phone, vacancy), unknown, 'the order is the same each time');
  await phone.open('/mijn/werk');
  const [worth] = await phone.attributes(`${ASK} a`, 'href');
  assert.equal(worth, '/mijn/verhaal/talen/talen?terug=werk', 'the question that settles most stands above the list');
  assert.ok(numbers((await phone.texts(ASK))[0]).at(-1) > 0, 'with the number of vacancies that hang on it');
  await phone.follow(`main ${ASK} a`);
  await phone.send({ 'spreek-nl': 'B1', 'luister-nl': 'B1' });
  assert.equal(phone.path, '/mijn/werk', 'and the answer leads back');
  const [next] = await phone.attributes(`${ASK} a`, 'href');
  assert.notEqual(next, worth, 'what was answered is not asked again');
  const rest = await open(phone, vacancy);
  assert.equal(rest.length, unknown.length - 1, 'one answer settles one condition');
  assert.ok(rest.every((one) => unknown.includes(one)), 'and leaves the others');
  await answer(phone, 'wensen/uren', { uren: '36' });
  await answer(phone, 'wensen/waar', { 'regio-0': 'AM11' });
  assert.deepEqual(await open(phone, vacancy), [], 'all is known');
  await phone.open('/mijn/werk');
  await phone.follow('main .wb-near a');
  assert.match(phone.path, /^\/mijn\/werk\/beroep\//, 'an occupation that is near explains itself');
  const points = await phone.numbers('data-points');
  const [score] = await phone.numbers('data-score');
  assert.equal(points.reduce((sum, one) => sum + one, 0), score, 'its points add up to its score');
  return `${unknown.length} conditions unknown, none after as many answers`;
}

/** What is not known about a vacancy, in the order of the page. */
async function open(phone, vacancy) {
  await phone.open(`/mijn/werk/${vacancy}`);
  return phone.texts(UNKNOWN);
}

/** B02 for an organisation: which single step opens work for most of its people. */
export async function inventory(scene) {
  // In a small town there are too few people to tell about.
  const server = await startServer(40, 150);
  try {
    const klantmanager = await staff({ ...scene, server, sessions: new Map() }, KLANTMANAGER);
    await klantmanager.open('/mensen');
    await klantmanager.follow('main a[href="/drempels"]');
    const own = await rows(klantmanager);
    await klantmanager.follow('main a[href="/drempels?van=allen"]');
    const all = await rows(klantmanager);
    const [people] = numbers((await klantmanager.texts('.wb-fields strong'))[0]);
    assert.ok([people, ...all].every((n) => n % 5 === 0), `counts over others are rounded: ${people}, ${all}`);
    await klantmanager.end();
    return `${own.length} steps of the own organisation, ${all.length} for ${people} of all`;
  } finally {
    await server.stop();
  }
}

/** For how many people each step opens work: most first, and nobody can be singled out. */
async function rows(klantmanager) {
  const people = (await klantmanager.texts('tbody td:nth-of-type(1)')).map((text) => numbers(text)[0]);
  assert.ok(people.length > 0 && people.every((n) => n >= 5), `nobody can be singled out: ${people}`);
  assert.deepEqual(people, people.toSorted((a, b) => b - a), 'most people first');
  return people;
}

/** B02 for the employer: what each demand of a vacancy costs follows the demands. */
export async function costs(scene) {
  const employer = await staff(scene, EMPLOYER);
  const { vacancy } = await welder(scene);
  await employer.open(`/vacatures/${vacancy}/plek`);
  const hours = await employer.texts(COSTS);
  assert.equal(hours.length, 1, `32 hours are the only demand that costs: ${hours}`);
  await employer.send({ uren: '8' }, 'button[name=reken]');
  assert.deepEqual(await employer.texts(COSTS), [], 'eight hours cost nobody');
  await employer.open(`/vacatures/${vacancy}/talen`);
  assert.ok((await employer.attributes(`${COSTS} a`, 'href'))[0].endsWith('/plek'), 'a demand can be changed where it was asked');
  await employer.send({ 'nl-spreken-start': 'C1', 'nl-spreken-jaar': 'C1' }, 'button[name=reken]');
  const languages = await employer.texts(COSTS);
  assert.ok(languages.some((row) => row.includes('A2')), `C1 costs those with A2: ${languages}`);
  assert.match((await employer.texts('#kosten [role=status]'))[0], /\p{Nd}/u, 'and the page says how many fit now');
  return `${hours[0]}; ${languages[0]}`;
}

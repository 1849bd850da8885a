// C05 and C07: a client profile from reception becomes a file; the labour-market module in it.
import assert from 'node:assert/strict';
import { day, staff } from '../people.mjs';
import { numbers } from '../visitor.mjs';

const KLANTMANAGER = 'Kees Verzonnen';
const RECEPTION = { nl: 'Opvang', ar: 'الاستقبال', uk: 'Прийом' };
const EXEMPT = { nl: 'vrijgesteld', ar: 'غير لازم', uk: 'не потрібно' };
const THEMES = 8;
const CLOSE = 'form:has([name=gesprek]) button[type=submit]';

/** People of reception centres, by language and story; so unlike that none is taken for another. */
const NAMES = {
  nl: { file: ['Samira', 'Papier'], hours: ['Tarek', 'Kladblok'], exempt: ['Hanna', 'Inktpot'] },
  ar: { file: ['Bushra', 'Potlood'], hours: ['Omar', 'Nietmachine'], exempt: ['Layla', 'Vloeiblad'] },
  uk: { file: ['Olena', 'Sjabloon'], hours: ['Mykola', 'Gummetje'], exempt: ['Iryna', 'Perforator'] },
};

/** What a reception centre hands over of the person of a story. */
function profile(language, story, route) {
  const [given, family] = NAMES[language][story];
  return {
    format: 'werkbrug-client-profile/1',
    person: { given_name: given, family_name: family, birth: '1990' },
    number: `TVS-${family}`,
    contact_language: language,
    interpreter: 'yes',
    facts: { treated_as: 'asylum_status_holder', learning_route: route },
    told: [
      { topic: 'work_experience', text: 'Five years in a bakery.', on: day(-20) },
      { topic: 'ambitions', text: 'Her own shop.' },
    ],
    events: { brp_registration: day(-10), notification: day(-10) },
    map_themes: ['occupations', 'chances'],
    actions: [{ what: 'Plan the first talk', due: day(30) }, { what: 'Ask for the diploma' }],
    note: 'Lives with her sister.',
  };
}

/** Shows what bringing a client profile in would do. */
async function look(klantmanager, profile) {
  await klantmanager.open('/mensen/invoer');
  const file = { name: 'profiel.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(profile)) };
  await klantmanager.page.setInputFiles('#bestand', file);
  await klantmanager.send();
}

/** Brings a client profile in; gives the file that it became. */
async function bringIn(klantmanager, profile) {
  await look(klantmanager, profile);
  await klantmanager.send();
  const [said] = await klantmanager.texts('[role=status]');
  assert.deepEqual(numbers(said), [1, 0], `one is added, none left out: ${said}`);
  return find(klantmanager, profile.number);
}

/** The file of somebody by number. */
async function find(klantmanager, number) {
  await klantmanager.open('/mensen');
  await klantmanager.send({ wie: number });
  await klantmanager.follow('main tbody th a');
  return klantmanager.path;
}

/** C05: the person is in reception with open actions, and nothing is typed again. */
export async function profileFile(scene) {
  const klantmanager = await staff(scene, KLANTMANAGER);
  const sent = profile(scene.language, 'file', 'b1');
  await look(klantmanager, sent);
  assert.match(await klantmanager.text(), new RegExp(`${sent.person.family_name}.*${sent.number}`), 'it is looked at first');
  const file = await bringIn(klantmanager, sent);
  assert.ok((await klantmanager.texts('.wb-casebar .wb-pair')).some((pair) => pair.includes(RECEPTION[scene.language])), 'the phase is reception');
  const tasks = await klantmanager.texts('section:has(h3) .wb-list li span[dir=auto]');
  for (const action of sent.actions) assert.ok(tasks.some((task) => task.startsWith(action.what)), `${action.what} is open`);
  assert.match(await klantmanager.text(), /Lives with her sister\./, 'the note stands in the timeline');
  for (const told of sent.told) {
    await klantmanager.open(`${file}/intake?deel=${told.topic}`);
    assert.match(await klantmanager.text(), new RegExp(told.text), `${told.topic} is told`);
  }
  await klantmanager.open(`${file}/map`);
  assert.equal(await klantmanager.count('[name=thema]:checked'), sent.map_themes.length, 'themes done in reception are done');
  await klantmanager.open(`${file}/dossier`);
  const bar = await klantmanager.page.locator('#formulier').evaluate((form) => Object.fromEntries(new FormData(form)));
  assert.deepEqual([bar.nummer, bar.contacttaal, bar.fase, bar.tolk], [sent.number, scene.language, 'reception', 'needed']);
  await look(klantmanager, sent);
  assert.equal(await klantmanager.count('main [name="regel-1"]'), 1, 'a second time they are known');
  return `${sent.actions.length} open actions, ${sent.told.length} statements, ${sent.map_themes.length} themes`;
}

/** C07: with 39 of 40 hours the module stays open, whatever is sent; with 40 it closes. */
export async function hours(scene) {
  const klantmanager = await staff(scene, KLANTMANAGER);
  const sent = profile(scene.language, 'hours', 'b1');
  const file = await bringIn(klantmanager, sent);
  await drawUp(klantmanager, file);
  await klantmanager.open(`${file}/map`);
  assert.equal((await klantmanager.offered('thema')).length, THEMES);
  await klantmanager.send({ thema: await klantmanager.offered('thema') });
  assert.doesNotMatch((await klantmanager.texts('#stand .wb-tag'))[0], new RegExp(EXEMPT[scene.language]), 'the B1 route is not exempt');
  await practise(klantmanager, '39');
  assert.match(await klantmanager.text(), /(39|٣٩)\s*\/\s*(40|٤٠)/, 'what is open is said in hours');
  assert.equal(await klantmanager.count('main [name=gesprek]'), 0, 'there is no way to close it');
  await klantmanager.force(`${file}/map`, { doe: 'afsluiten', gesprek: day(0) }, 400);
  await practise(klantmanager, '40');
  await klantmanager.send({ gesprek: day(0) }, CLOSE);
  assert.equal(await klantmanager.count('main [name=gesprek]'), 0, 'it is closed once');
  assert.doesNotMatch(await klantmanager.text(), /(39|40|٣٩|٤٠)\s*\/\s*(40|٤٠)/, 'nothing is open');
  return '39 hours refused, 40 hours closed';
}

/** Writes down how long somebody practised. */
const practise = (klantmanager, hours) => klantmanager.send({ uren: hours }, 'form:has([name=uren]) button[type=submit]');

/** A plan, as the clock of the module begins after it. */
async function drawUp(klantmanager, file) {
  await klantmanager.open(`${file}/plan`);
  await klantmanager.send({}, 'form:has(input[name=doe][value=opstellen]) button[type=submit]');
  await klantmanager.send({ besproken: day(0) }, 'form:has(input[name=doe][value=bespreken]) button[type=submit]');
  await klantmanager.send({ vastgesteld: day(0) }, 'form:has(input[name=doe][value=vaststellen]) button[type=submit]');
}

/** C07: whoever follows the education route is exempt. */
export async function exempt(scene) {
  const klantmanager = await staff(scene, KLANTMANAGER);
  const sent = profile(scene.language, 'exempt', 'education');
  const file = await bringIn(klantmanager, sent);
  await klantmanager.open(`${file}/map`);
  const [state] = await klantmanager.texts('#stand .wb-tag');
  assert.match(state, new RegExp(EXEMPT[scene.language]), 'the module says so');
  return state;
}

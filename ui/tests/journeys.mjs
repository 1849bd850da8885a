// The three journeys in a real browser without scripts, told as one story per language: a
// klantmanager registers a newcomer, who comes from a code on paper to explained work; the plan is
// made; an employer asks, the newcomer says yes, later no.
//
// Argument: languages to run in; nl, ar and uk if there is none.
import assert from 'node:assert/strict';
import { advertise, day, newcomer, register, staff } from './people.mjs';
import { run } from './stories.mjs';

const MOST_SCREENS = 25;
const MOST_BYTES = 60 * 1024;

/** From the code on paper to the first explained work (C01, B01). */
async function tell(scene, code) {
  const phone = await newcomer(scene, code);
  await phone.open('/mijn/verhaal/over-mij/taal');
  await phone.send({ taalkeuze: scene.language });
  await phone.send({ verblijf: 'status_holder' });
  await phone.send({ eigen: scene.work });
  assert.equal(phone.path, '/mijn/verhaal/werk/ervaring');
  await phone.send({ 'soort-0': 'informal', 'van-0': '2009', 'tot-0': '2019' });
  await phone.send({ v: await phone.offered('v') });
  const [first] = await phone.offered('houd');
  await phone.send({ [`niveau-${first}`]: 'expert' });
  await phone.send({ niveau: 'vocational-skilled', klaar: 'ja', papieren: 'geen' });
  await phone.send();
  await phone.send({ 'spreek-nl': 'B1', 'luister-nl': 'B1' });
  const [wish] = await phone.offered('beroep');
  await phone.send({ beroep: wish });
  await phone.send({ uren: '36' });
  await phone.send({ altijd: '1' });
  await phone.send({ 'regio-0': scene.region });
  await phone.send({ begin: '0' });
  await phone.send({ leren: 'ja' });
  await phone.send({ lijst: 'ja' });
  assert.equal(phone.path, '/mijn/verhaal');
  await phone.open('/mijn/werk');
  await phone.follow('main .wb-match a[href^="/mijn/werk/"], main a[href^="/mijn/werk/"]');
  assert.ok(phone.screens <= MOST_SCREENS, `${phone.screens} screens from code to explained work`);
  assert.ok(phone.heaviest <= MOST_BYTES, `a page of ${phone.heaviest} bytes`);
  const [score] = await phone.numbers('data-score');
  const points = await phone.numbers('data-points');
  assert.equal(points.reduce((sum, one) => sum + one, 0), score, 'the parts add up to the score');
  return phone;
}

/** The broad intake and the plan (C04, C06). */
async function plan(klantmanager, file) {
  await klantmanager.open(`${file}/intake`);
  for (let topics = 0; !(await klantmanager.count('button[value=klaar], input[name=doe][value=klaar]')); topics += 1) {
    assert.ok(topics < 20, 'the intake ends');
    const [topic] = await klantmanager.offered('deel');
    await klantmanager.send({ verteld: `Verteld over ${topic}.`, ...(topic === 'learnability' ? { 'feit-learning-route': 'b1' } : {}) });
    await klantmanager.open(`${file}/intake`);
  }
  await klantmanager.send({ dag: day(0) }, 'form:has(input[name=doe][value=klaar]) button[type=submit]');
  assert.equal(klantmanager.path, `${file}/plan`);
  await klantmanager.send({}, 'form:has(input[name=doe][value=opstellen]) button[type=submit]');
  assert.match(await klantmanager.page.content(), /Verteld over work_experience/, 'the intake fills the plan');
  await klantmanager.send({ besproken: day(0) }, 'form:has(input[name=doe][value=bespreken]) button[type=submit]');
  await klantmanager.send({ vastgesteld: day(0) }, 'form:has(input[name=doe][value=vaststellen]) button[type=submit]');
}

/** A trial placement without the words of the law is refused (C10). */
async function place(klantmanager, file) {
  await klantmanager.open(`${file}/plaatsing`);
  const form = 'form:has(input[name=doe][value=plaatsen]) button[type=submit]';
  const asked = { soort: 'trial-placement', werkgever: 'Fictielas', begin: day(1), tot: day(60), uren: '24', 'eis-worked-there-before': 'no', 'eis-displaces-staff': 'no', 'eis-intent-months': '6' };
  await klantmanager.send(asked, form, 400);
  assert.match(await klantmanager.text(), /Participatiewet/, 'the rule is named');
  await klantmanager.send({ ...asked, tot: day(250), 'eis-intent-declared': 'yes' }, form, 400);
  await klantmanager.send({ tot: day(60), 'eis-intent-declared': 'yes' }, form);
}

/** Proposal, yes, sharing, invitation, rejection with a reason, and the end of consent (C26, B13). */
async function meet(scene, klantmanager, file, phone) {
  const employer = await staff(scene, scene.contact);
  const vacancy = await advertise(employer);
  const offer = `form:has(input[name=vacature][value="${vacancy}"]) button[type=submit]`;
  await klantmanager.openWith(`${file}/werk`, offer);
  await klantmanager.send({}, offer);
  await phone.open(`/mijn/werk/${vacancy}`);
  await phone.send({}, 'button[name=antwoord][value=ja]');
  await klantmanager.open(`${file}/werk`);
  await klantmanager.send({}, 'form:has(input[name=doe][value=delen]) button[type=submit]');
  await employer.open(`/vacatures/${vacancy}`);
  await employer.follow('main a[href^="/kandidaten/"]');
  const candidate = employer.path;
  assert.match(await employer.text(), new RegExp(`Fictie ${scene.language}`), 'the name is known after the yes');
  await employer.send({}, 'button[name=antwoord][value=uitnodigen]');
  await employer.open(candidate);
  await employer.send({ reden: scene.reason }, 'button[name=antwoord][value=afwijzen]');
  await phone.open('/mijn/wie-zag');
  assert.match(await phone.text(), new RegExp(scene.employer));
  await phone.open('/mijn/toestemming');
  await phone.send({}, 'form[action="/mijn/toestemming/stoppen"] button[type=submit]');
  await employer.open(candidate, 404);
  await employer.end();
}

/** Everything in one language. */
async function story(scene) {
  const klantmanager = await staff(scene, scene.klantmanager);
  const { file, code } = await register(scene, klantmanager);
  const phone = await tell(scene, code);
  await plan(klantmanager, file);
  await meet(scene, klantmanager, file, phone);
  await place(klantmanager, file);
  await klantmanager.open('/vandaag');
  const figures = `${phone.screens} screens, heaviest page ${phone.heaviest} bytes`;
  await phone.end();
  await klantmanager.end();
  return figures;
}

const WORK = { nl: 'lasser', ar: 'عامل لحام', uk: 'зварник' };
const KLANTMANAGERS = { nl: 'Kees Verzonnen', ar: 'Noor Verzonnen', uk: 'Tess Verzonnen' };
const setting = (language) => ({ work: WORK[language], region: 'AM11', klantmanager: KLANTMANAGERS[language], employer: 'Fictielas Metaal', contact: 'Lasse Fictie', reason: 'language-level' });
await run({ story }, Object.keys(WORK), setting);

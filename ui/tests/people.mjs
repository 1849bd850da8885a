// Who plays a part in the stories, and how they come in.
//
// A scene is what a story needs: `server`, `browser`, `language`, and `sessions`, a Map.
import assert from 'node:assert/strict';
import { SESSION, logInForm } from './browser.mjs';
import { Visitor } from './visitor.mjs';

/** The day of a date field, so many days from today. */
export const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** Somebody of the staff at a desk. A one-time password works once, so each logs in once. */
export async function staff(scene, name, scripts = 'off') {
  const visitor = await Visitor.begin(scene.browser, scene.server.address, scene.language, 'desk', scripts);
  const known = scene.sessions.get(name);
  if (known) {
    await visitor.context.addCookies(known);
    return visitor;
  }
  const { path, fields } = logInForm(scene.server.accounts.find((one) => one.name === name));
  await visitor.open(path);
  await visitor.send(fields);
  const cookies = await visitor.context.cookies();
  scene.sessions.set(name, cookies.filter((one) => one.name === SESSION));
  return visitor;
}

/** The klantmanager writes a newcomer down and prints a code. */
export async function register(scene, klantmanager) {
  await klantmanager.open('/mensen/nieuw');
  await klantmanager.send({ voornaam: `Fictie ${scene.language}`, achternaam: 'Verzonnen', telefoon: '06 12345678', contacttaal: scene.language, inschrijving: day(-30) });
  const file = klantmanager.path;
  assert.match(file, /^\/mensen\/[0-9a-f-]{36}$/);
  return { file, code: await printCode(klantmanager, file) };
}

/** A code on paper for somebody who has a file. */
export async function printCode(klantmanager, file) {
  await klantmanager.open(`${file}/code`);
  await klantmanager.send({}, 'form button[type=submit]');
  return (await klantmanager.page.locator('.wb-paper__code').first().textContent()).trim();
}

/** A newcomer on a phone, logged in with a code. */
export async function newcomer(scene, code) {
  const phone = await Visitor.begin(scene.browser, scene.server.address, scene.language, 'phone');
  await phone.open('/inloggen/code');
  await phone.send({ code });
  return phone;
}

/** The button that leads on, in a form that also has others. */
export const ON = '#formulier button.nl-button--primary';

/** A vacancy for a welder in six steps from a pasted text; gives its id. */
export async function advertise(employer) {
  await employer.open('/vacatures/nieuw');
  await employer.send({ tekst: 'Lasser\n- metaal lassen\n- tekeningen lezen\nJe spreekt accentloos Nederlands.' });
  const vacancy = employer.path.split('/')[2];
  await employer.send({ beroep: (await employer.offered('beroep'))[0] }, ON);
  const [first, second] = await employer.offered('v');
  await employer.send({ [`k-${first}`]: 'start', [`k-${second}`]: 'leren' }, ON);
  await employer.send({ 'nl-spreken-start': 'A2' }, ON);
  await employer.send({ uren: '32', plekken: '2', plaats: 'GM0034', soort: 'regular' }, ON);
  assert.match(await employer.text(), /accentloos/, 'what excludes people is said');
  await employer.send({ steun: 'buddy' }, 'button[name=publiceren]');
  assert.equal(employer.path, `/vacatures/${vacancy}`);
  return vacancy;
}

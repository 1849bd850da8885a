// C50: work below one's education is seen for a person, and counted for all.
import assert from 'node:assert/strict';
import { day, newcomer, register, staff } from '../people.mjs';
import { Visitor, numbers } from '../visitor.mjs';

const KLANTMANAGER = 'Noor Verzonnen';
const BELOW = { nl: 'ONDER', ar: 'أدنى', uk: 'НИЖЧЕ' };

/** A bachelor in elementary work is below level, in professional work at it. */
export async function below(scene) {
  const klantmanager = await staff(scene, KLANTMANAGER);
  const { file, code } = await register(scene, klantmanager);
  const phone = await newcomer(scene, code);
  await phone.open('/mijn/verhaal/school/opleiding');
  await phone.send({ niveau: 'bachelor', klaar: 'ja', papieren: 'origineel' });
  const [low] = await place(klantmanager, file, '9');
  assert.ok(low.includes(BELOW[scene.language]), `elementary work: ${low}`);
  const both = await place(klantmanager, file, '2');
  const [high, ...others] = both.filter((one) => one !== low);
  assert.ok(high && !high.includes(BELOW[scene.language]) && !others.length, `elementary and professional work: ${both}`);
  assert.equal(await klantmanager.count('main section h3 + p .wb-tag--warn'), 1, 'only one of both is marked');
  return `${low} / ${high}`;
}

/** Places somebody in a group of work; gives what the page says of the level of each place. */
async function place(klantmanager, file, group) {
  await klantmanager.open(`${file}/plaatsing`);
  await klantmanager.send({ soort: 'regular', werkgever: 'Fictieschoon', begin: day(0), uren: '24', groep: group, 'eis-pays-wage': 'yes' });
  return klantmanager.texts('section h3 + p .wb-tag');
}

/** The figure for all is a share with an interval around it and the number of people. */
export async function dashboard(scene) {
  const visitor = await Visitor.begin(scene.browser, scene.server.address, scene.language, 'phone');
  await visitor.open('/cijfers/work-at-level');
  const [share, least, most, n] = numbers((await visitor.texts('tbody .wb-figure'))[0]);
  assert.ok(0 < least && least < share && share < most && most < 100, `${least} < ${share} < ${most}`);
  assert.ok(n >= 30, `of ${n} people`);
  return `${share}% (${least}% to ${most}%), n = ${n}`;
}

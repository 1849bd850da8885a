// C24: the scan of a work floor gives a plan with a measure for whatever stands in the way.
import assert from 'node:assert/strict';
import { staff } from '../people.mjs';

/** Fills in the scan with a colour per item; the items left out stay open. */
async function scan(employer, colours) {
  await employer.open('/werkvloer');
  await employer.send(colours);
}

/** A measure for each red item alone and for all together, none when all is well. */
export async function workFloor(scene) {
  const employer = await staff(scene, 'Lasse Fictie');
  await employer.open('/werkvloer');
  const names = await employer.texts('fieldset legend');
  assert.equal(names.length, 10);
  const items = names.map((name, n) => [`W${n + 1}`, name]);
  // One item alone in all languages, each alone in one.
  for (const [item, name] of scene.language === 'nl' ? items : items.slice(3, 4)) {
    await employer.open(`/werkvloer?${item}=red`);
    const measures = await employer.texts('.wb-measure');
    assert.ok(measures.length >= 1, `${item} has a measure`);
    assert.ok(measures.every((measure) => measure.includes(name)), `${item}: each measure says what it helps`);
  }
  await scan(employer, Object.fromEntries(items.map(([item]) => [item, 'red'])));
  const all = await employer.texts('.wb-measure');
  for (const [item, name] of items) assert.ok(all.some((measure) => measure.includes(name)), `${item} has a measure in the whole plan`);
  const days = await employer.texts('.wb-measure .wb-tag');
  assert.equal(days.filter((day) => /\p{Nd}/u.test(day)).length, all.length, 'each measure has its day');
  assert.ok((await employer.attributes('.wb-measure small a', 'href')).every((link) => link.startsWith('https://')), 'and its source');
  await scan(employer, Object.fromEntries(items.map(([item]) => [item, 'green'])));
  assert.equal(await employer.count('main .wb-measure'), 0, 'nothing to do when all is well');
  assert.equal(await employer.count('main #plan + p'), 1, 'and the page says so');
  return `${all.length} measures for ten red items`;
}

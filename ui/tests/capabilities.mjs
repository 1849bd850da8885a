// What product pages must be able to do, each told in a real browser without scripts: C02, C05, C07,
// C09, C24, C48, C50, B02 and B03; the journeys tell the others.
//
// Arguments: languages (nl, ar, uk) and names of stories, to tell fewer.
import { partner, sharing, today } from './capabilities/desk.mjs';
import { explore, sums } from './capabilities/explorer.mjs';
import { exempt, hours, profileFile } from './capabilities/file.mjs';
import { below, dashboard } from './capabilities/level.mjs';
import { costs, inventory, levers, questions } from './capabilities/matching.mjs';
import { workFloor } from './capabilities/work-floor.mjs';
import { run } from './stories.mjs';

await run(
  {
    'C02-explorer': explore,
    'C02-sums': sums,
    'C05-profile-file': profileFile,
    'C07-hours': hours,
    'C07-exempt': exempt,
    'C09-today': today,
    'C24-work-floor': workFloor,
    'C48-partner': partner,
    'C48-sharing': sharing,
    'C50-below-level': below,
    'C50-figure': dashboard,
    // Before the levers, as it answers what they are about.
    'B03-questions': questions,
    'B02-levers': levers,
    'B02-costs': costs,
    'B02-inventory': inventory,
  },
  ['nl', 'ar', 'uk'],
);

// Subsets of the fonts, one or two files per script.
// Every face of a family declares the same range of weights: faces with different ranges are
// separate faces to a browser, and text would fall back to a system font.
// Arabic and Ethiopic come in one weight, in a family of their own: a first visit needs them beside
// the Latin letters, and a second weight would double them. The browser makes their bold.
import fs from 'node:fs';
import subsetFont from 'subset-font';

const range = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i)).join('');
const source = (name) => `node_modules/@fontsource-variable/${name}-wght-normal.woff2`;
const WEIGHTS = { min: 400, max: 700, default: 400 };

/** Letters that the messages and the names of occupations use in a language, within a range. */
function used(language, from, to) {
  const folder = `../crates/language/messages/${language}`;
  const messages = fs.readdirSync(folder).map((file) => `${folder}/${file}`);
  const texts = [...messages, `../data/catalogue/labels/${language}.tsv`].map((file) => fs.readFileSync(file, 'utf8')).join('');
  return [...new Set(texts)].filter((letter) => letter >= String.fromCodePoint(from) && letter <= String.fromCodePoint(to)).sort().join('');
}

const without = (text, taken) => [...text].filter((letter) => !taken.includes(letter)).join('');

/** `U+0041-0043,U+0045` for a text. */
function unicodeRange(text) {
  const points = [...text].map((letter) => letter.codePointAt(0)).sort((a, b) => a - b);
  const runs = [];
  for (const point of points) {
    if (runs.at(-1)?.[1] === point - 1) runs.at(-1)[1] = point;
    else runs.push([point, point]);
  }
  const hex = (point) => point.toString(16).toUpperCase().padStart(4, '0');
  return runs.map(([from, to]) => `U+${hex(from)}${to > from ? `-${hex(to)}` : ''}`).join(',');
}

// What every page needs comes first and small; rarer letters stand in a file of their own, which a
// browser fetches when a page has one of them.
const LATIN = range(0x20, 0x7e) + '\u00a0·àáäçèéëíïóöúü‐‑–—‘’‚“”„•…€\u2066\u2067\u2068\u2069\u200e\u200f';
const LATIN_REST = without(range(0xa1, 0xff) + 'ıŒœ‒‹›←→−✓', LATIN);
const TURKISH = 'ĞğİŞş';
const LATIN_EXTENDED = without(range(0x100, 0x17f) + range(0x218, 0x21b) + range(0x2bb, 0x2bf) + range(0x1e02, 0x1e99), TURKISH + 'ıŒœ');
// Arabic and Persian with their marks and digits; Pashto, Kurdish and Urdu letters are in the rest.
const ARABIC = '\u060c\u061b\u061f' + range(0x621, 0x63a) + range(0x640, 0x655) + range(0x660, 0x66c) + '\u0670\u067e\u0686\u0698\u06a9\u06af\u06cc' + range(0x6f0, 0x6f9) + '\u200c\u200d';
const ETHIOPIC = used('ti', 0x1200, 0x139f);

/** Names of the languages as the picker shows them; `Language::own_name` in crates/domain. */
export const NAMES = ['العربية', 'فارسی', 'ትግርኛ', 'Українська'];

export const FACES = [
  { file: 'latin', from: source('noto-sans/files/noto-sans-latin'), text: LATIN },
  { file: 'latin-rest', from: source('noto-sans/files/noto-sans-latin'), text: LATIN_REST },
  { file: 'turkish', from: source('noto-sans/files/noto-sans-latin-ext'), text: TURKISH },
  { file: 'latin-ext', from: source('noto-sans/files/noto-sans-latin-ext'), text: LATIN_EXTENDED },
  { file: 'cyrillic', from: source('noto-sans/files/noto-sans-cyrillic'), text: range(0x400, 0x45f) + 'Ґґ№' },
];

/** Scripts in one weight. */
export const SCRIPT_FACES = [
  { file: 'arabic', from: source('vazirmatn/files/vazirmatn-arabic'), text: ARABIC, weights: 400 },
  {
    file: 'arabic-rest', from: source('vazirmatn/files/vazirmatn-arabic'),
    text: without(range(0x600, 0x6ff) + range(0xfb50, 0xfdff) + range(0xfe70, 0xfefc), ARABIC), weights: 400,
  },
  { file: 'ethiopic', from: source('noto-sans-ethiopic/files/noto-sans-ethiopic-ethiopic'), text: ETHIOPIC, weights: 400 },
  { file: 'ethiopic-rest', from: source('noto-sans-ethiopic/files/noto-sans-ethiopic-ethiopic'), text: without(range(0x1200, 0x139f), ETHIOPIC), weights: 400 },
];

/** Just enough letters to write the names of the languages in their own scripts. */
export const NAME_FACES = [
  { file: 'names-arabic', from: source('vazirmatn/files/vazirmatn-arabic'), text: NAMES[0] + NAMES[1], weights: 400 },
  { file: 'names-ethiopic', from: source('noto-sans-ethiopic/files/noto-sans-ethiopic-ethiopic'), text: NAMES[2], weights: 400 },
  { file: 'names-cyrillic', from: source('noto-sans/files/noto-sans-cyrillic'), text: NAMES[3], weights: 400 },
];

/** Writes the subset of a face as woff2. */
export async function subset(face) {
  const font = fs.readFileSync(face.from);
  return subsetFont(font, face.text, { targetFormat: 'woff2', variationAxes: { wght: face.weights ?? WEIGHTS } });
}

/** The @font-face rules; `url` maps a logical name to the address of the file. */
export function fontFaces(url) {
  const rule = (family, face) =>
    `@font-face{font-family:"${family}";src:url(${url(face.file + '.woff2')}) format("woff2");font-weight:${face.weights ?? '400 700'};font-display:swap;unicode-range:${unicodeRange(face.text)}}`;
  return [...FACES.map((f) => rule('Werkbrug Sans', f)), ...SCRIPT_FACES.map((f) => rule('Werkbrug Script', f)), ...NAME_FACES.map((f) => rule('Werkbrug Names', f))].join('\n');
}

// Subsets of the fonts, one file per script, all under one family name.
// Every face declares the same range of weights: faces of one family with different ranges are
// separate faces to a browser, and text would fall back to a system font.
import fs from 'node:fs/promises';
import subsetFont from 'subset-font';

const range = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i)).join('');
const source = (name) => `node_modules/@fontsource-variable/${name}-wght-normal.woff2`;
const weights = { wght: { min: 400, max: 700, default: 400 } };

const LATIN = range(0x20, 0x7e) + range(0xa0, 0xff) + '\u0131\u0152\u0153\u2010\u2011\u2012\u2013\u2014\u2018\u2019\u201a\u201c\u201d\u201e\u2022\u2026\u2039\u203a\u20ac\u2190\u2192\u2212\u2713\u2066\u2067\u2068\u2069\u200e\u200f';

/** Names of the languages as the picker shows them; `Language::own_name` in crates/domain. */
export const NAMES = ['العربية', 'فارسی', 'ትግርኛ', 'Українська'];

export const FACES = [
  {
    file: 'latin', from: source('noto-sans/files/noto-sans-latin'), text: LATIN,
    unicodeRange: 'U+0000-00FF,U+0131,U+0152-0153,U+2010-2069,U+200E-200F,U+20AC,U+2190-2192,U+2212,U+2713',
  },
  {
    file: 'latin-ext', from: source('noto-sans/files/noto-sans-latin-ext'),
    text: range(0x100, 0x17f) + range(0x218, 0x21b) + range(0x2bb, 0x2bf) + range(0x1e02, 0x1e99),
    unicodeRange: 'U+0100-0130,U+0132-0151,U+0154-017F,U+0218-021B,U+02BB-02BF,U+1E02-1E99',
  },
  {
    file: 'cyrillic', from: source('noto-sans/files/noto-sans-cyrillic'),
    text: range(0x400, 0x45f) + '\u0490\u0491\u2116',
    unicodeRange: 'U+0400-045F,U+0490-0491,U+2116',
  },
  {
    file: 'arabic', from: source('vazirmatn/files/vazirmatn-arabic'),
    text: range(0x600, 0x6ff) + range(0x200c, 0x200e) + range(0xfb50, 0xfdff) + range(0xfe70, 0xfefc),
    unicodeRange: 'U+0600-06FF,U+200C-200D,U+FB50-FDFF,U+FE70-FEFC',
  },
  {
    file: 'ethiopic', from: source('noto-sans-ethiopic/files/noto-sans-ethiopic-ethiopic'),
    text: range(0x1200, 0x139f),
    unicodeRange: 'U+1200-139F',
  },
];

/** Just enough letters to write the names of the languages in their own scripts. */
export const NAME_FACES = [
  { file: 'names-arabic', from: source('vazirmatn/files/vazirmatn-arabic'), text: NAMES[0] + NAMES[1], unicodeRange: 'U+0600-06FF' },
  { file: 'names-ethiopic', from: source('noto-sans-ethiopic/files/noto-sans-ethiopic-ethiopic'), text: NAMES[2], unicodeRange: 'U+1200-139F' },
  { file: 'names-cyrillic', from: source('noto-sans/files/noto-sans-cyrillic'), text: NAMES[3], unicodeRange: 'U+0400-045F' },
];

/** Writes the subset of a face as woff2. */
export async function subset(face) {
  const font = await fs.readFile(face.from);
  return subsetFont(font, face.text, { targetFormat: 'woff2', variationAxes: weights });
}

/** The @font-face rules; `url` maps a logical name to the address of the file. */
export function fontFaces(url) {
  const rule = (family, face) =>
    `@font-face{font-family:"${family}";src:url(${url(face.file + '.woff2')}) format("woff2");font-weight:400 700;font-display:swap;unicode-range:${face.unicodeRange}}`;
  return [...FACES.map((f) => rule('Werkbrug Sans', f)), ...NAME_FACES.map((f) => rule('Werkbrug Names', f))].join('\n');
}

// Builds ui/dist: style, fonts, icons and scripts, each under a name with a hash of its content,
// compressed beforehand. Run through `cargo xtask assets`.
//
// manifest.txt has one line per file: logical name, file name, content type, tabs between.
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { createHash } from 'node:crypto';
import { transform } from 'lightningcss';
import { PurgeCSS } from 'purgecss';
import { FACES, NAME_FACES, SCRIPT_FACES, fontFaces, subset } from './fonts.mjs';
import { icons, mark } from './own/icons.mjs';

const DIST = 'dist.new';
const FINAL = 'dist';
const TEMPLATES = '../crates/web/src';
const TYPES = { css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8', svg: 'image/svg+xml', woff2: 'font/woff2' };
const CANDIDATE = ['button', 'heading', 'paragraph', 'link', 'skip-link', 'data-badge', 'number-badge'];
const UTRECHT = ['root', 'body', 'form-field', 'form-label', 'form-field-description', 'form-field-error-message', 'form-fieldset', 'textbox', 'textarea', 'select', 'radio-button', 'checkbox', 'alert', 'table'];
const NOTICE =
  '/*! Components and tokens: NL Design System (EUPL-1.2). Fonts: Noto Sans, Noto Sans Ethiopic, Vazirmatn (OFL-1.1), as subsets under other names. */\n';

const read = (file) => fs.readFileSync(file, 'utf8');
const withoutComments = (css) => css.replace(/\/\*[\s\S]*?\*\//g, '');
const minify = (css) =>
  transform({ filename: 'app.css', code: Buffer.from(css), minify: true, errorRecovery: true, targets: { chrome: 100 << 16, safari: 15 << 16, firefox: 100 << 16 } }).code.toString();

const manifest = [];

/** Writes a file under its hashed name, with compressed copies for text; gives its address. */
function emit(name, content) {
  const bytes = Buffer.from(content);
  const ending = path.extname(name).slice(1);
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
  const file = `${name.slice(0, -ending.length - 1)}.${hash}.${ending}`;
  fs.writeFileSync(path.join(DIST, file), bytes);
  if (ending !== 'woff2') {
    const params = { [zlib.constants.BROTLI_PARAM_QUALITY]: 11 };
    fs.writeFileSync(path.join(DIST, `${file}.br`), zlib.brotliCompressSync(bytes, { params }));
    fs.writeFileSync(path.join(DIST, `${file}.gz`), zlib.gzipSync(bytes, { level: 9 }));
  }
  manifest.push([name, file, TYPES[ending]]);
  return `/static/${file}`;
}

function files(folder, ending) {
  return fs
    .readdirSync(folder, { recursive: true })
    .filter((file) => file.endsWith(ending))
    .map((file) => path.join(folder, file))
    .sort();
}

/** Component CSS, without the selectors that no template uses. */
async function components() {
  const sources = [
    ...CANDIDATE.map((name) => `node_modules/@nl-design-system-candidate/${name}-css/dist/${name}.css`),
    ...UTRECHT.map((name) => `node_modules/@utrecht/${name}-css/dist/index.css`),
  ];
  const raw = sources.map(read).map(withoutComments).join('\n');
  const content = [...files(TEMPLATES, '.html'), ...files(TEMPLATES, '.rs')].map((file) => ({ raw: read(file), extension: 'html' }));
  const safelist = { standard: [/--(invalid|disabled|busy|pressed|error|checked)$/, /:root/] };
  const [pruned] = await new PurgeCSS().purge({ content, css: [{ raw }], safelist });
  return pruned.css;
}

/** The theme's declarations that are reachable from the style sheets, in one rule. */
function tokens(...sheets) {
  const theme = withoutComments(read('node_modules/@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css'));
  const declared = new Map();
  for (const [, name, value] of theme.matchAll(/(--[\w-]+):\s*([^;]+);/g)) {
    if (!declared.has(name)) declared.set(name, value.trim());
  }
  const needed = new Set();
  const follow = (text) => {
    for (const [, name] of text.matchAll(/var\(\s*(--[\w-]+)/g)) {
      if (!needed.has(name)) {
        needed.add(name);
        if (declared.has(name)) follow(declared.get(name));
      }
    }
  };
  sheets.forEach(follow);
  const kept = [...declared].filter(([name]) => needed.has(name));
  return `.voorbeeld-theme{${kept.map(([name, value]) => `${name}:${value}`).join(';')}}`;
}

const own = ['theme', 'layout', 'content', 'figures'].map((name) => read(`own/${name}.css`)).join('\n');
const physical = own.match(/[^-\w](?:margin|padding|border|inset)?-?(?:left|right)\s*:/);
if (physical) throw new Error(`own layer: "${physical[0].trim()}" does not turn with the direction of the text; use a logical property`);

fs.rmSync(DIST, { recursive: true, force: true });
fs.mkdirSync(DIST, { recursive: true });

const fonts = new Map();
for (const face of [...FACES, ...SCRIPT_FACES, ...NAME_FACES]) {
  fonts.set(`${face.file}.woff2`, emit(`${face.file}.woff2`, await subset(face)));
}

const component = await components();
const sheet = NOTICE + minify(fontFaces((file) => fonts.get(file))) + minify(tokens(component, own)) + minify(component) + minify(own);
const css = emit('app.css', sheet);

const symbols = Object.entries(icons).map(([name, body]) => `<symbol id="${name}" viewBox="0 0 24 24">${body}</symbol>`);
const sprite = emit('icons.svg', `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>`);
const logo = emit('mark.svg', mark);
const script = emit('app.js', read('own/app.mjs'));
const kept = [css, sprite, logo, script, fonts.get('latin.woff2')];
const build = createHash('sha256').update(kept.join()).digest('hex').slice(0, 12);
emit('service-worker.js', read('own/service-worker.mjs').replace('BUILD', build).replace("...'KEPT'.split(' ')", `...${JSON.stringify(kept)}`));

const lines = manifest.map((row) => row.join('\t') + '\n').join('');
fs.writeFileSync(path.join(DIST, 'manifest.txt'), lines);
for (const [name, file] of manifest) {
  const wire = fs.statSync(path.join(DIST, fs.existsSync(path.join(DIST, `${file}.br`)) ? `${file}.br` : file)).size;
  console.log(`${name.padEnd(24)}${String(wire).padStart(8)} bytes on the wire`);
}

// Names hold hashes of contents, so equal lists are equal files; leaving those alone spares
// everybody a new build of the program.
const before = path.join(FINAL, 'manifest.txt');
if (fs.existsSync(before) && read(before) === lines) {
  fs.rmSync(DIST, { recursive: true });
} else {
  fs.rmSync(FINAL, { recursive: true, force: true });
  fs.renameSync(DIST, FINAL);
}

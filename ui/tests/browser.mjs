// What the browser tests and the screenshots share: the browser, the server, the list of pages.
import { execFileSync, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import readline from 'node:readline';
import { chromium } from 'playwright-core';

/** All languages, or those that WERKBRUG_LANGUAGES names, as in `nl,ar`, while something is being mended. */
export const LANGUAGES = (process.env.WERKBRUG_LANGUAGES ?? 'nl,en,ar,uk,ti,tr,fa').split(',');
export const RIGHT_TO_LEFT = ['ar', 'fa'];

/** Makes a fictional town of so many newcomers and vacancies, and starts `werkbrug serve` over it on a free port. */
export async function startServer(people = 16, vacancies = 60) {
  const program = process.env.WERKBRUG_PROGRAM;
  if (!program) throw new Error('WERKBRUG_PROGRAM must name the program');
  const folder = mkdtempSync(join(tmpdir(), 'werkbrug-'));
  const town = JSON.parse(execFileSync(program, ['demo-town', '--json', '--out', join(folder, 'town'), '--people', String(people), '--vacancies', String(vacancies)], { encoding: 'utf8' }));
  const child = spawn(program, ['serve', '--listen', '127.0.0.1:0', '--config', town.config], { stdio: ['ignore', 'pipe', 'pipe'] });
  const log = [];
  readline.createInterface({ input: child.stderr }).on('line', (line) => log.push(line));
  const address = await new Promise((resolve, reject) => {
    readline.createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`werkbrug serve ended with ${code}: ${log.join('\n')}`)));
  });
  const stop = () =>
    new Promise((resolve) => {
      child.once('exit', () => {
        rmSync(folder, { recursive: true, force: true });
        resolve();
      });
      child.kill('SIGTERM');
    });
  return { address, accounts: town.accounts, log, stop };
}

/** Name of the cookie of a session. */
export const SESSION = '__Host-sessie';

/** Where an account logs in and with what. */
export function logInForm(account) {
  return account.kind === 'code'
    ? { path: '/inloggen/code', fields: { code: account.code, toestel: 'eigen' } }
    : { path: '/inloggen/medewerker', fields: { naam: account.login_name, wachtwoord: account.password, eenmalig: oneTime(account.secret) } };
}

/** Logs an account in as a person would, without a browser; gives the value of the session cookie. */
export async function logIn(address, account) {
  const { path, fields } = logInForm(account);
  const response = await fetch(address + path, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
  const cookie = response.headers.getSetCookie().find((text) => text.startsWith(`${SESSION}=`));
  if (response.status !== 303 || !cookie) throw new Error(`logging in as ${account.name} answers ${response.status}`);
  return { value: cookie.split(';')[0].slice(SESSION.length + 1), first: response.headers.get('location') };
}

/** The one-time password of the next step (RFC 6238): the present one was used when the town was made. */
function oneTime(secret) {
  const bits = [...secret.replaceAll(' ', '')].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + 1));
  const mac = createHmac('sha1', key).update(counter).digest();
  const start = mac[19] & 15;
  return String((mac.readUInt32BE(start) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** One account per role, and newcomers at some stages. */
export function someOfEach(accounts) {
  const staff = new Map(accounts.filter((one) => one.kind === 'password').map((one) => [`${one.role} ${one.organisation.split(' ')[0]}`, one]));
  const stages = ['Registered', 'Telling', 'Told', 'Shared', 'Hired'];
  const newcomers = stages.map((stage) => accounts.find((one) => one.kind === 'code' && one.name.includes(`(${stage}`))).filter(Boolean);
  return [...staff.values(), ...newcomers];
}

/** Pages that somebody can reach by links from their first page, one per kind of address. */
export async function reachable(address, session, limit = 60) {
  const kind = (path) => path.split('?')[0].replace(/[0-9a-f]{8}-[0-9a-f-]{27,}/g, '{id}').replace(/\/\d+(?=\/|$)/g, '/{number}');
  const seen = new Map();
  const queue = [session.first];
  while (queue.length && seen.size < limit) {
    const path = queue.shift();
    if (seen.has(kind(path))) continue;
    const response = await fetch(address + path, { headers: { cookie: `${SESSION}=${session.value}`, 'accept-language': 'nl' }, redirect: 'manual' });
    if (!(response.headers.get('content-type') ?? '').startsWith('text/html') || response.headers.has('content-disposition')) continue;
    seen.set(kind(path), { name: kind(path), path, status: response.status });
    const html = await response.text();
    for (const [, href] of html.matchAll(/<a\b[^>]*\bhref="(\/[^"#]*)/g)) queue.push(href.replaceAll('&amp;', '&'));
  }
  return [...seen.values()];
}

/** Whether a page is for everybody. */
export const isForAll = (path) => /^\/($|beroepen|vergelijken|wat-kan-ik|cijfers(?!\/intern)|werk(?!vloer)|privacy$|toegankelijkheid|zo-|vertalingen|beloften|mag-ik-werken)/.test(path);

/** Debian's Chromium, or the one that CHROMIUM names. */
export async function startBrowser() {
  const executablePath = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));
  // Root has no user namespaces in most containers; only pages of our own server are opened.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath, args });
}

/** Pages of the shell in all their states: name, path, expected status. */
export async function pages(address) {
  const search = async (query) => {
    const response = await fetch(`${address}/api/v1/occupations?language=nl&query=${encodeURIComponent(query)}&limit=1`);
    return (await response.json()).occupations[0].id;
  };
  const [cook, baker, nurse] = [await search('kok'), await search('bakker'), await search('verpleegkundige')];
  const skills = await fetch(`${address}/api/v1/occupations/${cook}`).then((r) => r.json());
  const chosen = skills.groups.flatMap((group) => group.skills.map((skill) => `v=${skill.id}`)).slice(0, 5).join('&');
  return [
    ['home', '/', 200],
    ['occupations', '/beroepen', 200],
    ['search', '/beroepen?zoek=kok', 200],
    ['search-empty', '/beroepen?zoek=qqqqq', 200],
    ['search-too-long', `/beroepen?zoek=${'a'.repeat(201)}`, 400],
    ['sector', '/beroepen?sector=care', 200],
    ['occupation', `/beroepen/${cook}`, 200],
    ['occupation-regulated', `/beroepen/${nurse}`, 200],
    ['compare-start', '/vergelijken', 200],
    ['compare', `/vergelijken?van=${cook}&naar=${baker}`, 200],
    ['compare-problem', '/vergelijken?van=qqqqq&naar=', 200],
    ['skills-start', '/wat-kan-ik', 200],
    ['skills-choose', `/wat-kan-ik?werk=${cook}`, 200],
    ['skills-result', `/wat-kan-ik?werk=${cook}&${chosen}&toon=1`, 200],
    ['skills-problem', '/wat-kan-ik?zoek=qqqqq&toon=1', 200],
    ['accessibility', '/toegankelijkheid', 200],
    ['privacy', '/privacy', 200],
    ['algorithm', '/zo-vergelijken-wij', 200],
    ['translations', '/vertalingen', 200],
    ['offline', '/offline', 200],
    ['login', '/inloggen', 200],
    ['login-code', '/inloggen/code', 200],
    ['login-staff', '/inloggen/medewerker', 200],
    ['login-own', '/inloggen/eigen', 200],
    ['invitation', '/uitnodiging', 200],
    ['figures', '/cijfers', 200],
    ['figures-selection', '/cijfers?gebied=AM22&cohort=2020', 200],
    ['figure', '/cijfers/paid-work', 200],
    ['figure-hidden', '/cijfers/work-at-level?gebied=GM1883&per=origin', 200],
    ['figure-published', '/cijfers/unemployment-gap', 200],
    ['figure-effect', '/cijfers/dual-tracks?meting=effect-matched', 200],
    ['figure-unknown-choice', '/cijfers/paid-work?gebied=GM9999', 200],
    ['actions', '/cijfers/acties', 200],
    ['terms', '/cijfers/begrippen', 200],
    ['not-found', '/bestaat-niet', 404],
  ].map(([name, path, status]) => ({ name, path, status }));
}

/** The same address in a language. */
export function inLanguage(path, language) {
  return `${path}${path.includes('?') ? '&' : '?'}taal=${language}`;
}

// What the browser tests and the screenshots share: the browser, the server, the list of pages.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import readline from 'node:readline';
import { chromium } from 'playwright-core';

export const LANGUAGES = ['nl', 'en', 'ar', 'uk', 'ti', 'tr', 'fa'];
export const RIGHT_TO_LEFT = ['ar', 'fa'];

/** Starts `werkbrug serve` on a free port; the program comes from the environment. */
export async function startServer() {
  const program = process.env.WERKBRUG_PROGRAM;
  if (!program) throw new Error('WERKBRUG_PROGRAM must name the program');
  const child = spawn(program, ['serve', '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const log = [];
  readline.createInterface({ input: child.stderr }).on('line', (line) => log.push(line));
  const address = await new Promise((resolve, reject) => {
    readline.createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`werkbrug serve ended with ${code}: ${log.join('\n')}`)));
  });
  const stop = () =>
    new Promise((resolve) => {
      child.once('exit', resolve);
      child.kill('SIGTERM');
    });
  return { address, log, stop };
}

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
    ['not-found', '/bestaat-niet', 404],
  ].map(([name, path, status]) => ({ name, path, status }));
}

/** The same address in a language. */
export function inLanguage(path, language) {
  return `${path}${path.includes('?') ? '&' : '?'}taal=${language}`;
}

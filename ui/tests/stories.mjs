// Tells stories in a real browser on one fresh town, each in each language, and says how each went.
import { startBrowser, startServer } from './browser.mjs';

/**
 * Tells `stories`, functions by name that take a scene and may give figures, in the languages of the
 * command line, or in all that they are told in, and ends the program. `setting` gives what a scene
 * has in a language beside server, browser, language and sessions.
 */
export async function run(stories, languages, setting = () => ({})) {
  const asked = process.argv.slice(2).filter((word) => languages.includes(word));
  const only = process.argv.slice(2).filter((word) => word in stories);
  const told = Object.entries(stories).filter(([name]) => !only.length || only.includes(name));
  const started = Date.now();
  const server = await startServer();
  const browser = await startBrowser();
  const sessions = new Map();
  let [n, failed] = [0, 0];
  try {
    for (const language of asked.length ? asked : languages) {
      for (const [name, story] of told) {
        const scene = { server, browser, language, sessions, ...setting(language) };
        n += 1;
        failed += await tell(`${name}/${language}`, story, scene);
      }
    }
  } finally {
    await browser.close();
    await server.stop();
  }
  console.log(`${n} stories, ${failed} failed, ${Math.round((Date.now() - started) / 1000)} s`);
  process.exit(failed ? 1 : 0);
}

/** Tells one story and prints its line; gives how many failed. */
async function tell(name, story, scene) {
  const started = Date.now();
  try {
    const figures = await story(scene);
    console.log(`${name}: ${figures ?? 'as it should'}, ${((Date.now() - started) / 1000).toFixed(1)} s`);
    return 0;
  } catch (error) {
    console.error(`${name}: ${error.stack}`);
    console.error(scene.server.log.slice(-5).join('\n'));
    return 1;
  } finally {
    for (const context of scene.browser.contexts()) await context.close();
  }
}

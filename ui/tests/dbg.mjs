import { startServer, startBrowser } from './browser.mjs';
const s=await startServer(); const b=await startBrowser();
const p=await (await b.newContext({bypassCSP:true,serviceWorkers:'block'})).newPage();
await p.setViewportSize({width:320,height:640});
await p.goto(s.address+process.argv[2]);
console.log(await p.evaluate(()=>[...document.querySelectorAll('body *')].filter(e=>e.getBoundingClientRect().right>321).map(e=>e.tagName+'.'+e.className+' '+Math.round(e.getBoundingClientRect().right)+' '+e.textContent.trim().slice(0,60)).join('\n')));
await b.close(); await s.stop();

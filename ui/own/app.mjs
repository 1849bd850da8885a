// Small help on top of pages that work without it: shows that something is busy, tells when
// there is no internet, closes the language panel, keeps drafts, counts along, lets keys work
// faster, and keeps the style and one page for offline.

for (const form of document.querySelectorAll('form[data-busy]')) {
  form.addEventListener('submit', (event) => {
    const button = event.submitter;
    if (!button || button.name === 'taal') return;
    button.setAttribute('aria-busy', 'true');
    const label = button.querySelector('.nl-button__label');
    if (label) label.textContent = form.dataset.busy;
  });
}

// A page that comes back from the browser's history is not busy any more.
addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});

const offline = document.getElementById('offline');
const showConnection = () => {
  if (offline) offline.hidden = navigator.onLine;
};
addEventListener('online', showConnection);
addEventListener('offline', showConnection);
showConnection();

const languages = document.querySelector('details.wb-lang');
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && languages?.open) {
    languages.open = false;
    languages.querySelector('summary').focus();
  }
});
document.addEventListener('click', (event) => {
  if (languages?.open && !languages.contains(event.target)) languages.open = false;
});

// Keys that work faster, on pages that want them; never while somebody types.
if (document.body.hasAttribute('data-keys')) {
  const field = (target) => target.closest('input, textarea, select, [contenteditable]');
  const rows = () => [...document.querySelectorAll('.wb-table--cards tbody th a')];
  const move = (step) => {
    const all = rows();
    const at = all.indexOf(document.activeElement);
    const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step;
    all[Math.max(0, Math.min(all.length - 1, next))]?.focus();
  };
  const go = (path) => () => location.assign(path);
  const focus = (selector, otherwise) => () => {
    const found = document.querySelector(selector);
    if (found) found.focus();
    else if (otherwise) location.assign(otherwise);
  };
  const keys = {
    '/': focus('input[type=search]', '/mensen'),
    j: () => move(1),
    k: () => move(-1),
    n: focus('#tekst'),
    gv: go('/vandaag'),
    gm: go('/mensen'),
    '?': go('/toetsen'),
  };
  let before = '';
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || field(event.target)) return;
    const action = keys[before + event.key];
    before = event.key === 'g' ? 'g' : '';
    if (!action) return;
    event.preventDefault();
    before = '';
    action();
  });
}

// A long form is kept as a draft while somebody types in it.
for (const form of document.querySelectorAll('form[data-draft]')) {
  const state = form.querySelector('[data-draft-state]');
  const sent = new AbortController();
  let waiting;
  const keep = async () => {
    try {
      const answer = await fetch(form.dataset.draft, {
        method: 'POST',
        headers: { Accept: 'text/plain' },
        body: new URLSearchParams(new FormData(form)),
        // Whoever is not logged in any more is sent elsewhere; that page is no state of a draft.
        redirect: 'manual',
        signal: sent.signal,
      });
      if (state) state.textContent = answer.ok ? await answer.text() : form.dataset.draftLost;
    } catch {
      // Without internet nothing is kept; the line on top of the page says so.
    }
  };
  form.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, 2000);
  });
  form.addEventListener('submit', () => {
    clearTimeout(waiting);
    sent.abort();
  });
}

// What each demand costs follows the answers; without this a button counts again.
for (const form of document.querySelectorAll('form[data-costs]')) {
  let waiting;
  let asked = 0;
  const count = async () => {
    const turn = ++asked;
    const body = new URLSearchParams(new FormData(form));
    body.set('reken', '1');
    try {
      const answer = await fetch(form.action, { method: 'POST', body });
      if (!answer.ok || turn !== asked) return;
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const fresh = page.getElementById('kosten');
      if (fresh) document.getElementById('kosten')?.replaceChildren(...fresh.childNodes);
    } catch {
      // The button is still there.
    }
  };
  form.addEventListener('change', () => {
    clearTimeout(waiting);
    waiting = setTimeout(count, 400);
  });
}

const summary = document.querySelector('.wb-error-summary');
summary?.focus();

navigator.serviceWorker?.register('/service-worker.js').catch(() => {});

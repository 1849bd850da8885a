// Small help on top of pages that work without it: shows that something is busy, tells when
// there is no internet, closes the language panel, and keeps the style and one page for offline.

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

const summary = document.querySelector('.wb-error-summary');
summary?.focus();

navigator.serviceWorker?.register('/service-worker.js').catch(() => {});

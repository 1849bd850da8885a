### What stands on every page.
### status: draft

skip = Ga naar de inhoud
brand-line = Naar werk dat bij u past
nav-label = Hoofdmenu
nav-occupations = Beroepen
nav-skills = Wat kan ik?
nav-compare = Vergelijken
language = Taal
language-choose = Kies uw taal
language-draft = Deze vertaling is nog niet gecontroleerd.
language-draft-more = Lees meer over onze vertalingen
footer-label = Over deze website
footer-accessibility = Toegankelijkheid
footer-privacy = Privacy
footer-algorithm = Zo vergelijken wij
footer-translations = Vertalingen
footer-data = Open gegevens
back = Terug
busy = Even wachten…
offline-now = U hebt nu geen internet.
in-dutch = In het Nederlands: { $label }
quoted = “{ $text }”
points = { $count ->
    [one] { $count } punt
   *[other] { $count } punten
}

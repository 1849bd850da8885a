### status: draft

skip = Go to the content
brand-line = Towards work that suits you
nav-label = Main menu
nav-occupations = Occupations
nav-skills = What can I do?
nav-compare = Compare
language = Language
language-choose = Choose your language
language-draft = This translation has not been checked yet.
language-draft-more = Read more about our translations
footer-label = About this website
footer-accessibility = Accessibility
footer-privacy = Privacy
footer-algorithm = How we compare
footer-translations = Translations
footer-data = Open data
back = Back
busy = Please wait…
offline-now = You have no internet now.
in-dutch = In Dutch: { $label }
quoted = “{ $text }”
points = { $count ->
    [one] { $count } point
   *[other] { $count } points
}

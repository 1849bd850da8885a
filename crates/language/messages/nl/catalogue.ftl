### Home, occupations, comparing, and what a person can do.
### status: draft

home-title = Welk werk past bij u?
home-lead = Zoek een beroep. Of kies wat u al kunt. U hebt geen account nodig.
search-label = Zoek een beroep
search-hint = Schrijf in uw eigen taal. Bijvoorbeeld: { $example }.
search-button = Zoek
search-too-long = Uw tekst is te lang. Schrijf hoogstens { $count } tekens.
home-skills-text = Kies wat u kunt. Wij tonen werk dat daarop lijkt.
home-compare-text = Zet twee beroepen naast elkaar. Wat is hetzelfde en wat mist nog?
home-sectors = Bekijk beroepen per sector
home-trust = Goed om te weten
home-trust-name = Wij vragen niet wie u bent.
home-trust-origin = Wij kijken niet naar uw land, geloof, leeftijd of geslacht.
home-trust-choice = U kiest zelf. De computer beslist niets over u.

occupations-title = Beroepen
occupations-found = { $count ->
    [one] { $count } beroep
   *[other] { $count } beroepen
}
occupations-first = Dit zijn de eerste { $count }. Zoek op een ander woord om meer te zien.
matched-by = Gevonden met: { $label }
empty-title = Wij vonden geen beroep
empty-word = Probeer een ander woord. Eén woord werkt het best.
empty-language = Schrijf het woord in uw eigen taal of in het Nederlands.
empty-sector = Of kies hieronder een sector.

also-called = Ook genoemd
fact-level = Niveau dat werkgevers vaak vragen
level = { $level ->
    [1] mbo 1 of lager
    [2] mbo 2
    [3] mbo 3
    [4] mbo 4
    [5] associate degree
    [6] hbo of bachelor
    [7] master
   *[8] specialist of doctor
}
fact-level-note = Dit is een schatting. Het is geen regel.
fact-sector = Sector
fact-code = Internationale code (ISCO-08)
fact-law = Mag iedereen dit werk doen?
law-no = Ja, dit werk mag iedereen doen.
law-profession = Nee. De wet zegt wie dit werk mag doen.
law-activity = Voor een deel van het werk hebt u een bewijs nodig.
law-unknown = Dat weten wij niet.
law-authority = Hier vindt u meer: { $authority }
check-source = Controleer dit bij de bron
group-tasks = Dit doet u
group-skills = Dit moet u kunnen
group-knowledge = Dit moet u weten of hebben
group-behaviour = Zo werkt u
group-languages = Talen
need-optional = soms nodig
occupation-empty = Wij kennen de vaardigheden van dit beroep nog niet.
occupation-near = Werk dat hierop lijkt
occupation-near-none = Wij kennen geen werk dat hierop lijkt.
near-counts = { $shared } hetzelfde, { $missing } mist nog
occupation-can = Ik ken dit werk
occupation-can-text = Kijk welk ander werk u ook kunt doen.
occupation-compare = Vergelijk met een ander beroep

compare-title = Vergelijk twee beroepen
compare-lead = U ziet wat hetzelfde is en wat u nog moet leren.
compare-from = Dit werk ken ik
compare-to = Dit werk wil ik doen
compare-button = Vergelijk
compare-swap = Draai om
compare-other = Andere beroepen met dit woord
compare-shared = Dit is hetzelfde
compare-missing = Dit mist nog
compare-unused = Dit hebt u hier niet nodig
compare-count = { $shared } van de { $total } punten kent u al.
compare-none-shared = Er is niets hetzelfde.
compare-none-missing = Er mist niets.
compare-none-unused = U gebruikt alles.
compare-fill = Vul dit in
compare-unknown = Wij vonden geen beroep bij “{ $query }”.
compare-same = U koos twee keer hetzelfde beroep.
likeness-high = Lijkt veel op elkaar
likeness-some = Lijkt een beetje op elkaar
likeness-low = Lijkt weinig op elkaar

skills-title = Wat kan ik?
skills-lead = Kies alles wat u kunt. Werk zonder loon telt ook mee.
skills-work = Welk werk deed u?
skills-work-hint = Schrijf een beroep. Daarna kiest u wat u daarvan kunt.
skills-other = Wat kunt u nog meer?
skills-other-hint = Schrijf iets dat u kunt. Bijvoorbeeld: { $example }.
skills-add = Toon keuzes
skills-chosen = Dit koos u
skills-chosen-hint = Haal het vinkje weg bij wat niet klopt.
skills-unpaid = Thuis en in de buurt
skills-from = Bij het beroep { $name }
skills-found = Keuzes bij “{ $query }”
skills-unknown = Wij vonden niets bij “{ $query }”. Probeer een ander woord.
skills-show = Toon werk dat past
skills-none = Kies minstens 1 ding dat u kunt.
skills-result = Werk dat op uw keuzes lijkt
skills-result-lead = Dit is geen oordeel over u. U kiest zelf.
skills-have = Dit kunt u al
skills-missing = Dit mist nog
skills-more = { $count ->
    [one] en nog { $count } punt
   *[other] en nog { $count } punten
}
skills-no-work = Wij kennen nog geen werk bij deze keuzes. Kies meer dingen.
fit-high = Past goed
fit-some = Past voor een deel
fit-low = Past een beetje
how-title = Hoe komen wij aan deze uitkomst?
how-count = U kunt { $have } van de { $total } punten van dit werk.
how-weight = Een punt dat weinig beroepen hebben, telt zwaarder.
how-not = Wij kijken niet naar uw land, geloof, leeftijd of geslacht.
problem-title = Kijk dit na
title-problem = Fout: { $title }

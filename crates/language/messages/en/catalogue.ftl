### status: draft

home-title = Which work suits you?
home-lead = Search for an occupation. Or choose what you can already do. You need no account.
search-label = Search for an occupation
search-hint = Write in your own language. For example: { $example }.
search-button = Search
search-too-long = Your text is too long. Write at most { $count } characters.
home-skills-text = Choose what you can do. We show work that is like it.
home-compare-text = Put two occupations side by side. What is the same and what is missing?
home-sectors = See occupations by sector
home-trust = Good to know
home-trust-name = We do not ask who you are.
home-trust-origin = We do not look at your country, religion, age or sex.
home-trust-choice = You choose. The computer decides nothing about you.

occupations-title = Occupations
occupations-found = { $count ->
    [one] { $count } occupation
   *[other] { $count } occupations
}
occupations-first = These are the first { $count }. Search for another word to see more.
matched-by = Found by: { $label }
empty-title = We found no occupation
empty-word = Try another word. One word works best.
empty-language = Write the word in your own language or in Dutch.
empty-sector = Or choose a sector below.

also-called = Also called
fact-level = Level that employers often ask
level = { $level ->
    [1] mbo 1 or lower
    [2] mbo 2
    [3] mbo 3
    [4] mbo 4
    [5] associate degree
    [6] bachelor’s degree
    [7] master’s degree
   *[8] specialist or doctorate
}
fact-level-note = This is an estimate. It is not a rule.
fact-sector = Sector
fact-code = International code (ISCO-08)
fact-law = May everyone do this work?
law-no = Yes, everyone may do this work.
law-profession = No. The law says who may do this work.
law-activity = For part of the work you need a certificate.
law-unknown = We do not know.
law-authority = You find more here: { $authority }
check-source = Check this at the source
group-tasks = This is what you do
group-skills = What you must be able to do
group-knowledge = What you must know or have
group-behaviour = This is how you work
group-languages = Languages
need-optional = sometimes needed
occupation-empty = We do not know the skills of this occupation yet.
occupation-near = Work that is like this
occupation-near-none = We know no work that is like this.
near-counts = { $shared } the same, { $missing } missing
occupation-can = I know this work
occupation-can-text = See which other work you could do too.
occupation-compare = Compare with another occupation

compare-title = Compare two occupations
compare-lead = You see what is the same and what you still have to learn.
compare-from = The work I know
compare-to = The work I want to do
compare-button = Compare
compare-swap = Swap
compare-other = Other occupations with this word
compare-shared = This is the same
compare-missing = This is still missing
compare-unused = You do not need this here
compare-count = You already know { $shared } of the { $total } points.
compare-none-shared = Nothing is the same.
compare-none-missing = Nothing is missing.
compare-none-unused = You use everything.
compare-fill = Fill this in
compare-unknown = We found no occupation for “{ $query }”.
compare-same = You chose the same occupation twice.
likeness-high = Very much alike
likeness-some = A little alike
likeness-low = Not much alike

skills-title = What can I do?
skills-lead = Choose everything you can do. Unpaid work counts too.
skills-work = Which work did you do?
skills-work-hint = Write an occupation. Then choose what you can do of it.
skills-other = What else can you do?
skills-other-hint = Write something you can do. For example: { $example }.
skills-add = Show choices
skills-chosen = This is what you chose
skills-chosen-hint = Untick what is not right.
skills-unpaid = At home and in the neighbourhood
skills-from = For the occupation { $name }
skills-found = Choices for “{ $query }”
skills-unknown = We found nothing for “{ $query }”. Try another word.
skills-show = Show work that fits
skills-none = Choose at least 1 thing you can do.
skills-result = Work that is like your choices
skills-result-lead = This is no judgement about you. You choose.
skills-have = This you can already do
skills-missing = This is still missing
skills-more = { $count ->
    [one] and { $count } more point
   *[other] and { $count } more points
}
skills-no-work = We know no work for these choices yet. Choose more things.
fit-high = Fits well
fit-some = Fits in part
fit-low = Fits a little
how-title = How do we get this outcome?
how-count = You can do { $have } of the { $total } points of this work.
how-weight = A point that few occupations have counts more.
how-not = We do not look at your country, religion, age or sex.
problem-title = Check this
title-problem = Error: { $title }

### status: draft

a11y-title = Accessibility
a11y-lead = Everyone must be able to use this website.
a11y-norm = We follow the rules of WCAG 2.2, levels A and AA.
a11y-done = What we do
a11y-done-keyboard = Everything works with only a keyboard.
a11y-done-script = Everything also works without JavaScript.
a11y-done-zoom = You can make the text larger. The page fits on a small screen.
a11y-done-direction = Arabic and Farsi run from right to left.
a11y-done-test = A computer tests every page in every language.
a11y-open = What we do not know yet
a11y-open-people = People with a disability have not tested this website yet.
a11y-open-reader = We have not yet tested with screen readers.
a11y-report = Report a problem
a11y-report-text = Does something not work? Tell us. We will fix it.
contact-organisation = This website belongs to { $name }.
contact-mail = Mail to { $mail }.
contact-none = Ask your klantmanager where you can report this.

privacy-title = Privacy
privacy-lead = You can search here without saying who you are.
privacy-not = What we do not do
privacy-not-name = We ask no name, address or number.
privacy-not-track = We do not follow you. There are no advertisements.
privacy-not-third = We load nothing from other websites.
privacy-cookie = One cookie
privacy-cookie-text = We keep your language in one cookie. That is a small file on your phone.
privacy-cookie-life = The cookie disappears after a year.
privacy-log = What the computer writes down
privacy-log-text = We write down which kind of page was opened, and when. We do not write down what you search or choose.
privacy-link = Your choices in the address
privacy-link-text = Your choices are in the address of the page. If you share the address, you share your choices too.

algorithm-title = How we compare
algorithm-lead = The computer counts points. It decides nothing.
algorithm-points = What are points?
algorithm-points-text = Every occupation has a list of points. A point is something you do, can do or know.
algorithm-weight = Not every point counts the same
algorithm-weight-rare = A point that few occupations have says a lot. It counts more.
algorithm-weight-essential = A point that is always needed counts double.
algorithm-words = From points to words
algorithm-words-text = The outcome is a number from 0 to 1000. From { $high } we say: very much alike. From { $some }: a little alike.
algorithm-fit-text = Fits well means: you can do at least 2 of every 3 points. Fits in part: at least 1 of every 3.
algorithm-not = This never counts
algorithm-not-text = Your name, country, religion, age, sex and health.
algorithm-limits = What the computer does not know
algorithm-limits-text = We wrote the lists ourselves. There may be mistakes in them. Talk to a person before you choose.
algorithm-size = The list has { $occupations } occupations and { $skills } skills.

translations-title = Translations
translations-lead = We write in Dutch first. Then we translate.
translations-check = A person who knows the language well checks every text. Until then you see a notice.
translations-language = Language
translations-texts = Texts
translations-reviewed = Checked
translations-labels = Names of occupations and skills
translations-source = original language

offline-title = You have no internet
offline-text = This page cannot load now. Find a place with internet. Then try again.
offline-again = Try again

### Statements: accessibility, privacy, how comparing works, translations, offline.
### status: draft

a11y-title = Toegankelijkheid
a11y-lead = Iedereen moet deze website kunnen gebruiken.
a11y-norm = Wij volgen de regels van WCAG 2.2, niveau A en AA.
a11y-done = Dit doen wij
a11y-done-keyboard = Alles werkt met alleen een toetsenbord.
a11y-done-script = Alles werkt ook zonder JavaScript.
a11y-done-zoom = U kunt de tekst groter maken. De pagina past op een klein scherm.
a11y-done-direction = Arabisch en Farsi lopen van rechts naar links.
a11y-done-test = Een computer test elke pagina in elke taal.
a11y-open = Dit weten wij nog niet
a11y-open-people = Mensen met een beperking hebben deze website nog niet getest.
a11y-open-reader = Wij hebben nog niet getest met hulp die tekst voorleest.
a11y-report = Een probleem melden
a11y-report-text = Werkt er iets niet? Vertel het ons. Wij lossen het op.
contact-organisation = Deze website is van { $name }.
contact-mail = Mail naar { $mail }.
contact-none = Vraag uw klantmanager waar u dit kunt melden.

privacy-title = Privacy
privacy-lead = U kunt hier zoeken zonder te zeggen wie u bent.
privacy-not = Dit doen wij niet
privacy-not-name = Wij vragen geen naam, adres of nummer.
privacy-not-track = Wij volgen u niet. Er zijn geen advertenties.
privacy-not-third = Wij laden niets van andere websites.
privacy-cookie = Eén cookie
privacy-cookie-text = Wij bewaren uw taal in één cookie. Dat is een klein bestand op uw telefoon.
privacy-cookie-life = De cookie verdwijnt na een jaar.
privacy-log = Wat de computer opschrijft
privacy-log-text = Wij schrijven op welke soort pagina is geopend, en wanneer. Wij schrijven niet op wat u zoekt of kiest.
privacy-link = Uw keuzes in het adres
privacy-link-text = Uw keuzes staan in het adres van de pagina. Deelt u het adres? Dan deelt u ook uw keuzes.

algorithm-title = Zo vergelijken wij
algorithm-lead = De computer telt punten. Hij beslist niets.
algorithm-points = Wat zijn punten?
algorithm-points-text = Elk beroep heeft een lijst met punten. Een punt is iets dat u doet, kunt of weet.
algorithm-weight = Niet elk punt telt even zwaar
algorithm-weight-rare = Een punt dat weinig beroepen hebben, zegt veel. Het telt zwaarder.
algorithm-weight-essential = Een punt dat altijd nodig is, telt dubbel.
algorithm-words = Van punten naar woorden
algorithm-words-text = De uitkomst is een getal van 0 tot 1000. Vanaf { $high } zeggen wij: lijkt veel op elkaar. Vanaf { $some }: lijkt een beetje op elkaar.
algorithm-fit-text = Past goed betekent: u kunt minstens 2 van de 3 punten. Past voor een deel: minstens 1 van de 3.
algorithm-not = Dit telt nooit mee
algorithm-not-text = Uw naam, land, geloof, leeftijd, geslacht en gezondheid.
algorithm-limits = Wat de computer niet weet
algorithm-limits-text = Wij hebben de lijsten zelf geschreven. Er kunnen fouten in staan. Praat met een mens voordat u kiest.
algorithm-size = In de lijst staan { $occupations } beroepen en { $skills } vaardigheden.

translations-title = Vertalingen
translations-lead = Wij schrijven eerst in het Nederlands. Daarna vertalen wij.
translations-check = Een mens die de taal goed kent, controleert elke tekst. Tot die tijd ziet u een melding.
translations-language = Taal
translations-texts = Teksten
translations-reviewed = Gecontroleerd
translations-labels = Namen van beroepen en vaardigheden
translations-source = oorspronkelijke taal

offline-title = U hebt geen internet
offline-text = Deze pagina kan nu niet laden. Zoek een plek met internet. Probeer het daarna opnieuw.
offline-again = Probeer opnieuw

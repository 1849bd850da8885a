### The plan on paper (PIP): what stands around what was written.
### status: draft

plan-about = In dit plan staat hoe u inburgert. U maakte het samen met uw klantmanager.
plan-agreed = Wat u hebt afgesproken
plan-change = Verandert er iets in uw leven? Vertel het uw klantmanager. Dan past u samen het plan aan.
plan-check = Controleer deze datum bij de bron.
plan-dates = Belangrijke datums
plan-disagree = Bent u het niet eens met dit plan? Bel eerst uw klantmanager. U kunt ook bezwaar maken bij de gemeente.
plan-fixed = De gemeente stelde dit plan vast op { $day }.
plan-next = Wat u moet weten
plan-notice-draft = Dit is een concept. Het plan geldt nog niet.
plan-notice-discussed = U besprak dit plan. Het geldt nog niet.
plan-notice-fixed = Dit plan geldt. Bewaar het goed.
plan-notice-revised = Dit plan geldt niet meer. Er is een nieuw plan.
plan-objection = Bezwaar maken kan tot en met { $day }.
plan-sign-klantmanager = Klantmanager: datum en handtekening
plan-sign-person = Uw datum en handtekening
plan-term = U burgert in voor of op { $day }.
plan-term-begins = Uw tijd om in te burgeren begint op { $day }.
plan-title = Persoonlijk plan inburgering en participatie (PIP)
plan-written = Wat uw klantmanager schreef, staat in het Nederlands. Vraag om uitleg als u iets niet begrijpt.

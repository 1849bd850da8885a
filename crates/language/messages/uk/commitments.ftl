### Motions and commitments, for policy officers and the public.
### status: draft

nav-commitments = Зобов’язання
nav-promises = Обіцянки
cm-title = Пропозиції та зобов’язання
cm-add = Додати документ
cm-on = Стан на { $date }
cm-which = Що ви хочете побачити?
cm-which-open = Відкриті
cm-which-laat = Прострочені
cm-which-bijna = Протягом 30 днів
cm-which-uitgesteld = Відкладені
cm-which-voorstellen = Перевірити
cm-which-alle = Усе
cm-date = На який день?
cm-search = Слова для пошуку
cm-state = Стан
cm-owner = Дирекція
cm-keeper = Відповідальний за справу
cm-any = Усі
cm-choose = Виберіть
cm-show = Показати
cm-found = { $count ->
    [one] Знайдено { $count }
    [few] Знайдено { $count }
    [many] Знайдено { $count }
   *[other] Знайдено { $count }
}
cm-none = Нічого не знайдено.
cm-number = Номер
cm-more = Є ще. Виберіть фільтр або слово.
cm-export = Зберегти як файл
cm-export-hint = Файл містить те, що ви бачите.
cm-waiting = Хто на кого чекає?
cm-turn = Чия черга?
cm-who-waits = Хто чекає?
cm-count = Кількість
cm-sources = Документи
cm-public-link = Що бачать усі
cm-turn-nobody = Поки що нікого
cm-turn-minister = Міністр
cm-turn-chamber = Парламент
cm-late = { $count ->
    [one] прострочено на { $count } день
    [few] прострочено на { $count } дні
    [many] прострочено на { $count } днів
   *[other] прострочено на { $count } дня
}
cm-left = { $count ->
    [one] ще { $count } день
    [few] ще { $count } дні
    [many] ще { $count } днів
   *[other] ще { $count } дня
}
cm-undated-alert = Без дати, запитайте
cm-needs-date = Потрібна дата документа
cm-undated = Без дати
cm-no-term = Без строку
cm-deferred = { $count ->
    [one] відкладено { $count } раз
    [few] відкладено { $count } рази
    [many] відкладено { $count } разів
   *[other] відкладено { $count } разу
}
cm-proposed = Перевірити
cm-claimed = Повідомлено як виконане, але доказу немає.
cm-date-wrong = Введіть дату, наприклад 2023-04-01.
cm-refused-now = Цей крок зараз неможливий.
cm-refused-proposal = Це ще пропозиція. Спочатку перевірте її.
cm-refused-before = Останній крок був { $date }. Виберіть пізніший день.
cm-refused-lacks = Вкажіть документ, уривок і, якщо треба, причину.
cm-refused-reason = Вкажіть причину.
cm-refused-relation = Виберіть інший наявний номер.
cm-refused-future = Цей день ще не настав.
cm-refused-long = Цей текст задовгий.
cm-refused-empty = Заповніть це поле.
cm-refused-stale = Хтось щойно це змінив. Відкрийте сторінку знову.
cm-field-soort = Вид
cm-field-leden = Депутати
cm-field-cs = Також інші (c.s.)
cm-field-onderwerp = Тема
cm-field-vorm = Слово перед запитом
cm-field-vraag = Про що просили або що обіцяли?
cm-field-kamerstuk = Документ парламенту
cm-field-debat = Вид дебатів
cm-field-debatonderwerp = Тема дебатів
cm-field-datum = Дата дебатів або пропозиції
cm-field-termijn = Строк
cm-field-van = Перший день
cm-field-tot = Останній день
cm-field-verslag = Що зроблено?
cm-field-stand = Стан за документом
cm-field-standwoorden = Слова, що це показують
cm-field-bijlagen = Додатки
cm-not-read = Не прочитано в документі.
cm-read-by = Правило: { $rule }. Певність: { $sure } %.
cm-check = Увага
cm-field-wrong = Це поле заповнено неправильно.
cm-intake-title = Додати документ
cm-intake-lead = Ми читаємо документ. Ви перевіряєте все.
cm-intake-way = Який це документ?
cm-intake-overview = Огляд пропозицій і зобов’язань
cm-intake-letter = Лист або записка
cm-intake-chamber = Відкриті дані парламенту
cm-intake-file = Файл
cm-intake-file-hint = Текст, Markdown, docx, odt, pdf або json. Не більше 20 MB.
cm-intake-text = Або вставте текст сюди
cm-intake-text-hint = Наприклад, текст електронного листа.
cm-intake-date = Дата документа
cm-intake-date-hint = Потрібна для строків на зразок «пізніше цього року».
cm-intake-button = Прочитати
cm-intake-nothing = Виберіть файл або вставте текст.
cm-intake-refused = Ми не можемо прочитати цей файл.
cm-file-too-big = Цей файл завеликий.
cm-file-locked = Цей файл захищено. Збережіть його без пароля.
cm-file-pictures = У цьому файлі лише зображення. Спочатку перетворіть їх на текст.
cm-file-kind = Такі файли ми не читаємо. Збережіть його як docx або odt.
cm-file-encoding = Ми не можемо прочитати літери в цьому файлі. Збережіть його як UTF-8, docx або odt.
cm-intake-reason = Причина:
cm-intake-name = Назва файлу задовга.
cm-source = Джерело
cm-source-date = Дата документа: { $date }
cm-source-no-date = Дата документа невідома.
cm-source-version = Це інша версія:
cm-source-text = Текст документа
cm-source-cut = Ви бачите лише початок тексту.
cm-source-read = Прочитано
cm-in-text = У тексті
cm-findings = Перевірте це
cm-findings-hint = Ми нічого не змінили.
cm-review = Перевірка
cm-review-title = Перевірити номер { $number }
cm-review-no-source = Документа немає.
cm-review-hint = Виправте помилки. Депутатів розділяйте крапкою з комою.
cm-accept = Прийняти
cm-dismiss-title = Це не зобов’язання?
cm-reason = Причина
cm-dismiss = Відхилити
cm-review-now = Перевірити
cm-correct = Виправити
cm-detail-title = Номер { $number }
cm-facts = Дані
cm-place = Де знайти
cm-urgency = Час
cm-deferrals = Скільки разів відкладено
cm-history = Історія
cm-errata = Виправлено
cm-history-none = Кроків ще не було.
cm-note = Записка міністру
cm-move = Наступний крок
cm-move-what = Який крок?
cm-move-date = У який день?
cm-move-document = Джерело
cm-move-document-hint = Назва листа, записки або звіту.
cm-move-passage = Уривок
cm-move-passage-hint = Візьміть слова з джерела.
cm-move-paper-hint = Потрібен, коли виконано, як-от 32 824, nr. 367.
cm-move-owner-hint = Потрібна для призначення.
cm-move-term = Новий строк
cm-move-term-hint = Потрібен для відкладення: дата або слова нідерландською.
cm-move-reason-hint = Потрібна, щоб відкласти, припинити чи відновити.
cm-move-button = Зберегти крок
cm-move-none = Зараз кроків немає.
cm-needs-proof = Вкажіть документ парламенту з номером і уривок.
cm-needs-owner = Вкажіть дирекцію.
cm-needs-term = Вкажіть новий строк.
cm-needs-move = Виберіть крок.
cm-paper-wrong = Це не документ парламенту, як-от 32 824, nr. 367.
cm-related = Пов’язане з
cm-relation = Як пов’язане?
cm-relation-to = Номер іншого
cm-relation-button = Пов’язати
cm-phases = Етапи
cm-phase-done = Завершено, див. документ { $paper }
cm-phase-open = Ще не завершено
cm-phase-name = Назва етапу
cm-phase-paper = Документ, якщо етап завершено
cm-phase-hint = Залиште порожнім, поки етап триває.
cm-phase-button = Зберегти етап
cm-ties = Показники та дії
cm-ties-none = Ще нічого не пов’язано.
cm-tie = Пов’язати з
cm-tie-button = Пов’язати
cm-untie = Від’єднати
cm-untie-name = Від’єднати { $name }
cm-tie-indicator = Показник: { $name }
cm-tie-action = Дія: { $name }
cm-tie-unknown = Виберіть показник або дію зі списку.
cm-measured = Цифри про це:
cm-export-table = Як таблиця
cm-public-title = Обіцянки парламенту
cm-public-lead = Про що просили, що обіцяли і що зробили?
cm-organisation = Організація

### The plan on paper (PIP): what stands around what was written.
### status: draft

plan-about = У цьому плані написано, як ви проходите інтеграцію. Ви склали його разом зі своїм klantmanager.
plan-agreed = Про що ви домовилися
plan-change = У вашому житті щось змінилося? Скажіть своєму klantmanager. Тоді ви разом зміните план.
plan-check = Перевірте цю дату в джерелі.
plan-dates = Важливі дати
plan-disagree = Ви не згодні з цим планом? Спочатку зателефонуйте своєму klantmanager. Ви також можете подати заперечення до муніципалітету.
plan-fixed = Муніципалітет затвердив цей план { $day }.
plan-next = Що вам треба знати
plan-notice-draft = Це чернетка. План ще не діє.
plan-notice-discussed = Ви обговорили цей план. Він ще не діє.
plan-notice-fixed = Цей план діє. Зберігайте його.
plan-notice-revised = Цей план більше не діє. Є новий план.
plan-objection = Подати заперечення можна до { $day } включно.
plan-sign-klantmanager = Klantmanager: дата і підпис
plan-sign-person = Ваша дата і підпис
plan-term = Ви завершуєте інтеграцію не пізніше { $day }.
plan-term-begins = Ваш строк інтеграції починається { $day }.
plan-title = Особистий план інтеграції та участі (PIP)
plan-written = Те, що написав ваш klantmanager, подано нідерландською. Запитайте, якщо чогось не розумієте.

### status: draft

home-title = Яка робота вам підходить?
home-lead = Знайдіть професію. Або виберіть, що ви вже вмієте. Обліковий запис не потрібен.
search-label = Знайдіть професію
search-hint = Пишіть своєю мовою. Наприклад: { $example }.
search-button = Шукати
search-too-long = Текст задовгий. Напишіть не більше ніж { $count } символів.
home-skills-text = Виберіть, що ви вмієте. Ми покажемо схожу роботу.
home-compare-text = Поставте дві професії поруч. Що однакове, а чого бракує?
home-sectors = Професії за галузями
home-trust = Корисно знати
home-trust-name = Ми не питаємо, хто ви.
home-trust-origin = Ми не дивимося на вашу країну, віру, вік чи стать.
home-trust-choice = Вибираєте ви. Комп’ютер нічого про вас не вирішує.

occupations-title = Професії
occupations-found = { $count ->
    [one] { $count } професія
    [few] { $count } професії
    [many] { $count } професій
   *[other] { $count } професії
}
occupations-first = Це перші { $count }. Шукайте інше слово, щоб побачити більше.
matched-by = Знайдено за словом: { $label }
empty-title = Ми не знайшли професії
empty-word = Спробуйте інше слово. Найкраще працює одне слово.
empty-language = Напишіть слово своєю мовою або нідерландською.
empty-sector = Або виберіть галузь нижче.

also-called = Інші назви
fact-level = Рівень, який часто вимагають роботодавці
level = { $level ->
    [1] mbo 1 або нижче
    [2] mbo 2
    [3] mbo 3
    [4] mbo 4
    [5] associate degree
    [6] бакалавр (hbo)
    [7] магістр
   *[8] спеціаліст або доктор наук
}
fact-level-note = Це приблизна оцінка. Це не правило.
fact-sector = Галузь
fact-code = Міжнародний код (ISCO-08)
fact-law = Чи всім можна виконувати цю роботу?
law-no = Так, цю роботу можна виконувати всім.
law-profession = Ні. Закон визначає, хто може виконувати цю роботу.
law-activity = Для частини роботи потрібне посвідчення.
law-unknown = Ми цього не знаємо.
law-authority = Більше інформації тут: { $authority }
check-source = Перевірте це в джерелі
group-tasks = Це ви робите
group-skills = Що треба вміти
group-knowledge = Що треба знати або мати
group-behaviour = Так ви працюєте
group-languages = Мови
need-optional = іноді потрібно
occupation-empty = Ми ще не знаємо навичок цієї професії.
occupation-near = Схожа робота
occupation-near-none = Ми не знаємо схожої роботи.
near-counts = однакове: { $shared }, бракує: { $missing }
occupation-can = Я знаю цю роботу
occupation-can-text = Подивіться, яку іншу роботу ви теж можете робити.
occupation-compare = Порівняти з іншою професією

compare-title = Порівняйте дві професії
compare-lead = Ви побачите, що однакове і чого ще треба навчитися.
compare-from = Цю роботу я знаю
compare-to = Цю роботу я хочу робити
compare-button = Порівняти
compare-swap = Поміняти місцями
compare-other = Інші професії з цим словом
compare-shared = Це однакове
compare-missing = Цього ще бракує
compare-unused = Тут це не потрібно
compare-count = Ви вже знаєте { $shared } із { $total } пунктів.
compare-none-shared = Немає нічого однакового.
compare-none-missing = Нічого не бракує.
compare-none-unused = Вам знадобиться все.
compare-fill = Заповніть це поле
compare-unknown = Ми не знайшли професії «{ $query }».
compare-same = Ви двічі вибрали ту саму професію.
likeness-high = Дуже схожі
likeness-some = Трохи схожі
likeness-low = Мало схожі

skills-title = Що я вмію?
skills-lead = Виберіть усе, що ви вмієте. Неоплачувана робота теж рахується.
skills-work = Яку роботу ви виконували?
skills-work-hint = Напишіть професію. Потім виберіть, що з цього ви вмієте.
skills-other = Що ви ще вмієте?
skills-other-hint = Напишіть, що ви вмієте. Наприклад: { $example }.
skills-add = Показати варіанти
skills-chosen = Ви вибрали це
skills-chosen-hint = Зніміть позначку з того, що неправильно.
skills-unpaid = Удома і поруч
skills-from = Для професії { $name }
skills-found = Варіанти для «{ $query }»
skills-unknown = Ми нічого не знайшли для «{ $query }». Спробуйте інше слово.
skills-show = Показати роботу, що підходить
skills-none = Виберіть принаймні 1 річ, яку ви вмієте.
skills-result = Робота, схожа на ваш вибір
skills-result-lead = Це не оцінка вас. Вибираєте ви.
skills-have = Це ви вже вмієте
skills-missing = Цього ще бракує
skills-more = { $count ->
    [one] і ще { $count } пункт
    [few] і ще { $count } пункти
    [many] і ще { $count } пунктів
   *[other] і ще { $count } пункту
}
skills-no-work = Ми ще не знаємо роботи для цього вибору. Виберіть більше.
fit-high = Добре підходить
fit-some = Підходить частково
fit-low = Трохи підходить
how-title = Як ми дійшли до цього результату?
how-count = Ви вмієте { $have } із { $total } пунктів цієї роботи.
how-weight = Пункт, який є в небагатьох професіях, важить більше.
how-not = Ми не дивимося на вашу країну, віру, вік чи стать.
problem-title = Перевірте це
title-problem = Помилка: { $title }

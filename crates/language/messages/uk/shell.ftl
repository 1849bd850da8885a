### status: draft

skip = Перейти до змісту
brand-line = До роботи, яка вам підходить
nav-label = Головне меню
nav-occupations = Професії
nav-skills = Що я вмію?
nav-compare = Порівняти
language = Мова
language-choose = Виберіть свою мову
language-draft = Цей переклад ще не перевірено.
language-draft-more = Докладніше про наші переклади
footer-label = Про цей сайт
footer-accessibility = Доступність
footer-privacy = Приватність
footer-algorithm = Як ми порівнюємо
footer-translations = Переклади
footer-data = Відкриті дані
back = Назад
busy = Зачекайте…
offline-now = Зараз у вас немає інтернету.
in-dutch = Нідерландською: { $label }
quoted = «{ $text }»
points = { $count ->
    [one] { $count } пункт
    [few] { $count } пункти
    [many] { $count } пунктів
   *[other] { $count } пункту
}

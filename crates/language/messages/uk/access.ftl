### Programs, roles, own passwords, logging in with the organisation.
### status: draft

error-401-title = Спочатку увійдіть
error-401-text = Програма має показати тут дійсний ключ.
programs-nav = Підключення
programs-title = Підключення інших програм
programs-lead = Програма вашої організації читає або записує тут за допомогою ключа. Вона ніколи не бачить людей.
programs-none = Підключень ще немає. Створіть ключ нижче.
programs-make-title = Створити ключ
programs-name = Назва програми
programs-name-hint = Щоб потім знати, для чого кожен ключ.
programs-scopes = Що дозволено програмі?
scope-vacancies-read = Читати ваші вакансії
scope-vacancies-write = Писати, відкривати й закривати ваші вакансії
scope-candidate-counts-read = Бачити приблизну кількість кандидатів
scope-caseload-read = Читати округлену кількість справ
scope-figures-read = Читати показники моніторингу
programs-days = Як довго діє ключ?
programs-days-count = { $count ->
    [one] { $count } день
    [few] { $count } дні
    [many] { $count } днів
   *[other] { $count } дня
}
programs-make = Створити ключ
programs-secret-title = Новий ключ
programs-secret-for = Вставте цей ключ у { $name }.
programs-secret-once = Ключ показано тут один раз. Зберігайте його надійно й нікому не давайте.
programs-until = Діє до { $date }.
programs-expired = Не діє з { $date }.
programs-ended = Зупинено { $date }.
programs-used = Востаннє використано { $date }.
programs-unused = Ще не використовувався.
programs-end = Зупинити
programs-name-missing = Введіть назву.
programs-scopes-missing = Виберіть принаймні один дозвіл для програми.
programs-many = У вас уже дуже багато ключів. Спочатку зупиніть старий.
roles-nav = Інша роль
roles-title = Ваші ролі
roles-lead = Ви працюєте для кількох організацій або в кількох ролях. Виберіть, для якої зараз.
roles-present = вибрано зараз
roles-choose = Вибрати цю роль
own-title = Мій власний пароль
own-lead = З власним іменем і паролем вам не потрібен новий код на папері.
own-name = Ваше ім'я для входу
own-name-hint = Виберіть ім'я самі. Краще не справжнє.
own-set = Вибрати ім'я та пароль
own-change = Змінити ім'я або пароль
own-present = Ваше ім'я для входу: { $name }.
own-former = Ваш старий пароль
own-former-hint = Забули? Увійдіть за кодом на папері й залиште це порожнім.
own-save = Зберегти
own-saved = Ім'я та пароль збережено. Інші пристрої вийшли із системи.
own-removed = Ваш пароль видалено. Ви знову входите за кодом на папері.
own-remove = Видалити власний пароль
own-remove-text = Після цього ви знову входите за кодом на папері.
own-name-bad = Виберіть ім'я від 4 до 60 знаків.
own-name-taken = Це ім'я вже хтось використовує. Виберіть інше.
own-former-wrong = Старий пароль неправильний.
own-log-in-anew = Ви увійшли вже давно. Попросіть новий код на папері, увійдіть із ним, а потім виберіть пароль.
own-forgot = Забули пароль? Попросіть у свого klantmanager новий код на папері.
login-own = У мене є власний пароль
login-own-text = Ви самі вибрали ім'я для входу та пароль.
login-own-title = Увійти з паролем
login-own-missing = Введіть ім'я для входу та пароль.
login-own-wrong = Ім'я для входу або пароль неправильні.
sign-in-with = Увійти через { $name }
sign-in-text = Для працівників, з обліковим записом їхньої організації.
sign-in-wrong = Увійти не вдалося. Запитайте адміністратора, чи маєте ви обліковий запис.
sign-in-silent = Служба входу вашої організації зараз не відповідає. Спробуйте пізніше.
sign-in-again = Увійти знову
sign-in-instead = Для { $name } не потрібно вибирати пароль. Ви входитимете через свою організацію.
sign-in-instead-button = Далі через мою організацію
sign-in-link-text = Увійдіть зараз один раз через { $name }. Після цього цей обліковий запис ваш.

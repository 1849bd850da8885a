### Logging in, invitations, devices, accounts.
### status: draft

nav-login = Увійти
nav-logout = Вийти
nav-devices = Мої пристрої
nav-team = Облікові записи
login-title = Вхід
login-over = Вас не було надто довго. Увійдіть знову. Усе, що ви вже зберегли, залишилося.
login-with-code = У мене є код на папері
login-with-code-text = Ви отримали код від свого klantmanager.
login-as-staff = Я працюю в організації
login-as-staff-text = У вас є електронна адреса і пароль.
login-invited = У мене є запрошення
login-invited-text = Ви отримали код, щоб створити обліковий запис.
login-code-title = Вхід із кодом
login-code-label = Ваш код
login-code-hint = Код є на вашому папері. Великі літери та дефіси не мають значення.
login-code-missing = Введіть свій код.
login-code-wrong = Цей код не працює. Перевірте, чи ви правильно його переписали. Код працює один раз.
login-code-none = Немає коду? Попросіть у свого klantmanager новий.
login-device = Чий це пристрій?
login-device-own = Мій
login-device-shared = Іншої людини або бібліотеки
login-button = Увійти
login-staff-title = Вхід для працівників
login-email = Електронна адреса
login-password = Пароль
login-one-time = Код із вашого застосунку
login-one-time-hint = Шість цифр із застосунку на вашому телефоні.
login-staff-missing = Введіть свою електронну адресу і пароль.
login-staff-wrong = Електронна адреса, пароль або код неправильні.
login-too-many = { $count ->
    [one] Ви пробували надто часто. Зачекайте { $count } хвилину.
    [few] Ви пробували надто часто. Зачекайте { $count } хвилини.
    [many] Ви пробували надто часто. Зачекайте { $count } хвилин.
   *[other] Ви пробували надто часто. Зачекайте { $count } хвилини.
}
invitation-title = Створіть свій обліковий запис
invitation-for = Цей обліковий запис для { $name }.
invitation-code = Код вашого запрошення
invitation-code-hint = Ви отримали код від свого адміністратора.
invitation-next = Далі
invitation-wrong = Цей код не працює. Його вже використали, він застарів або його неправильно переписали.
invitation-step-app = Відкрийте застосунок для кодів на своєму телефоні.
invitation-step-secret = Введіть цей ключ у застосунок:
invitation-open-app = Відкрити в застосунку
invitation-step-type = Тепер застосунок показує шість цифр. Введіть їх нижче.
invitation-password = Виберіть пароль
invitation-password-hint = Принаймні 12 символів. Речення з чотирьох слів легко запам’ятати.
invitation-password-weak = Виберіть довший пароль, яким користується мало людей.
invitation-one-time-wrong = Цифри із застосунку неправильні. Дочекайтеся нових цифр і спробуйте знову.
invitation-save = Створити обліковий запис
devices-title = Мої пристрої
devices-lead = Ви увійшли на цих пристроях. Є незнайомий пристрій? Вийдіть на ньому.
devices-own = Власний пристрій
devices-shared = Спільний пристрій
devices-this = цей пристрій
devices-since = Вхід: { $moment }.
devices-seen = Останнє використання: { $moment }.
devices-end = Вийти на цьому пристрої
team-title = Облікові записи вашої організації
team-name = Ім’я
team-role = Роль
team-state = Стан
team-actions = Що ви можете зробити
team-state-active = Активний
team-state-invited = Запрошено
team-state-stopped = Зупинено
team-reset = Новий код
team-stop = Зупинити
team-choose = Виберіть роль
team-invite = Запросити людину
team-invite-button = Запросити
team-role-missing = Виберіть роль.
team-invalid = Введіть ім’я та електронну адресу. Роль має підходити вашій організації.
team-already = Обліковий запис із цією електронною адресою вже є.
team-code-title = Код запрошення
team-code-for = Передайте цей код: { $name }.
team-code-once = Код показано тут лише один раз. Він працює сім днів.
role-klantmanager = Консультант муніципалітету (klantmanager)
role-coordinator = Координатор
role-policy-officer = Фахівець з політики
role-employer-contact = Контактна особа роботодавця
role-administrator = Адміністратор
role-privacy-officer = Відповідальний за захист даних

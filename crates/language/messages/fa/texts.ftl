### status: draft

a11y-title = دسترس‌پذیری
a11y-lead = همه باید بتوانند از این وب‌سایت استفاده کنند.
a11y-norm = از قواعد WCAG 2.2 در سطح A و AA پیروی می‌کنیم.
a11y-done = این کارها را می‌کنیم
a11y-done-keyboard = همه چیز فقط با صفحه‌کلید کار می‌کند.
a11y-done-script = همه چیز بدون JavaScript هم کار می‌کند.
a11y-done-zoom = می‌توانید متن را بزرگ کنید. صفحه در نمایشگر کوچک جا می‌شود.
a11y-done-direction = عربی و فارسی از راست به چپ نوشته می‌شوند.
a11y-done-test = رایانه هر صفحه را به هر زبان آزمایش می‌کند.
a11y-open = این را هنوز نمی‌دانیم
a11y-open-people = افراد دارای معلولیت هنوز این وب‌سایت را آزمایش نکرده‌اند.
a11y-open-reader = هنوز با برنامه‌های متن‌خوان آزمایش نکرده‌ایم.
a11y-report = گزارش مشکل
a11y-report-text = چیزی کار نمی‌کند؟ به ما بگویید. آن را درست می‌کنیم.
contact-organisation = این وب‌سایت از آنِ { $name } است.
contact-mail = به { $mail } ایمیل بزنید.
contact-none = از klantmanager خود بپرسید کجا می‌توانید گزارش دهید.

privacy-title = حریم خصوصی
privacy-lead = اینجا می‌توانید بدون گفتن اینکه کیستید جستجو کنید.
privacy-not = این کارها را نمی‌کنیم
privacy-not-name = نام، نشانی یا شماره نمی‌پرسیم.
privacy-not-track = شما را دنبال نمی‌کنیم. تبلیغات نداریم.
privacy-not-third = از وب‌سایت‌های دیگر چیزی بارگیری نمی‌کنیم.
privacy-cookie = یک کوکی
privacy-cookie-text = زبان شما را در یک کوکی نگه می‌داریم. آن یک پرونده کوچک در تلفن شماست.
privacy-cookie-life = کوکی پس از یک سال پاک می‌شود.
privacy-log = آنچه رایانه می‌نویسد
privacy-log-text = می‌نویسیم چه نوع صفحه‌ای باز شد و کی. نمی‌نویسیم چه جستجو یا انتخاب می‌کنید.
privacy-link = انتخاب‌های شما در نشانی
privacy-link-text = انتخاب‌های شما در نشانی صفحه است. اگر نشانی را بفرستید، انتخاب‌ها را هم می‌فرستید.

algorithm-title = چگونه مقایسه می‌کنیم
algorithm-lead = رایانه موردها را می‌شمارد. تصمیم نمی‌گیرد.
algorithm-points = مورد چیست؟
algorithm-points-text = هر شغل فهرستی از موردها دارد. مورد چیزی است که انجام می‌دهید، بلدید یا می‌دانید.
algorithm-weight = همه موردها یکسان حساب نمی‌شوند
algorithm-weight-rare = موردی که در شغل‌های کمی هست، چیز زیادی می‌گوید. سنگین‌تر حساب می‌شود.
algorithm-weight-essential = موردی که همیشه لازم است، دو برابر حساب می‌شود.
algorithm-words = از موردها به واژه‌ها
algorithm-words-text = نتیجه عددی از 0 تا 1000 است. از { $high } می‌گوییم: خیلی شبیه هم. از { $some }: کمی شبیه هم.
algorithm-fit-text = خوب مناسب است یعنی: از هر 3 مورد دست‌کم 2 مورد را بلدید. تا حدی: از هر 3 مورد دست‌کم 1 مورد.
algorithm-not = این هرگز حساب نمی‌شود
algorithm-not-text = نام، کشور، دین، سن، جنسیت و سلامت شما.
algorithm-limits = آنچه رایانه نمی‌داند
algorithm-limits-text = فهرست‌ها را خودمان نوشته‌ایم. ممکن است اشتباه داشته باشند. پیش از انتخاب با یک انسان صحبت کنید.
algorithm-size = در فهرست { $occupations } شغل و { $skills } مهارت هست.

translations-title = ترجمه‌ها
translations-lead = نخست به هلندی می‌نویسیم. سپس ترجمه می‌کنیم.
translations-check = کسی که زبان را خوب می‌داند هر متن را بررسی می‌کند. تا آن زمان پیامی می‌بینید.
translations-language = زبان
translations-texts = متن‌ها
translations-reviewed = بررسی شده
translations-labels = نام شغل‌ها و مهارت‌ها
translations-source = زبان اصلی

offline-title = اینترنت ندارید
offline-text = این صفحه اکنون باز نمی‌شود. جایی با اینترنت پیدا کنید. سپس دوباره امتحان کنید.
offline-again = دوباره امتحان کنید

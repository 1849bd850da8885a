### status: draft

home-title = چه کاری به شما می‌آید؟
home-lead = یک شغل جستجو کنید. یا آنچه بلدید انتخاب کنید. حساب کاربری لازم نیست.
search-label = یک شغل جستجو کنید
search-hint = به زبان خودتان بنویسید. برای مثال: { $example }.
search-button = جستجو
search-too-long = متن شما خیلی طولانی است. حداکثر { $count } نویسه بنویسید.
home-skills-text = آنچه بلدید انتخاب کنید. کارهای شبیه آن را نشان می‌دهیم.
home-compare-text = دو شغل را کنار هم بگذارید. چه چیزی یکسان است و چه چیزی کم است؟
home-sectors = شغل‌ها بر اساس بخش
home-trust = خوب است بدانید
home-trust-name = نمی‌پرسیم شما کیستید.
home-trust-origin = به کشور، دین، سن یا جنسیت شما نگاه نمی‌کنیم.
home-trust-choice = شما انتخاب می‌کنید. رایانه درباره شما تصمیم نمی‌گیرد.

occupations-title = شغل‌ها
occupations-found = { $count ->
    [one] { $count } شغل
   *[other] { $count } شغل
}
occupations-first = این‌ها { $count } مورد اول هستند. برای دیدن بیشتر واژه دیگری جستجو کنید.
matched-by = پیدا شد با: { $label }
empty-title = شغلی پیدا نکردیم
empty-word = واژه دیگری امتحان کنید. یک واژه بهتر است.
empty-language = واژه را به زبان خودتان یا هلندی بنویسید.
empty-sector = یا در پایین یک بخش انتخاب کنید.

also-called = نام‌های دیگر
fact-level = سطحی که کارفرمایان اغلب می‌خواهند
level = { $level ->
    [1] mbo 1 یا پایین‌تر
    [2] mbo 2
    [3] mbo 3
    [4] mbo 4
    [5] مدرک associate degree
    [6] کارشناسی (hbo)
    [7] کارشناسی ارشد
   *[8] متخصص یا دکترا
}
fact-level-note = این یک برآورد است. قانون نیست.
fact-sector = بخش
fact-code = کد بین‌المللی (ISCO-08)
fact-law = آیا همه اجازه این کار را دارند؟
law-no = بله، همه اجازه این کار را دارند.
law-profession = نه. قانون می‌گوید چه کسی اجازه این کار را دارد.
law-activity = برای بخشی از کار به گواهی نیاز دارید.
law-unknown = نمی‌دانیم.
law-authority = اطلاعات بیشتر اینجاست: { $authority }
check-source = این را در منبع بررسی کنید
group-tasks = این کار را می‌کنید
group-skills = آنچه باید بلد باشید
group-knowledge = آنچه باید بدانید یا داشته باشید
group-behaviour = این‌گونه کار می‌کنید
group-languages = زبان‌ها
need-optional = گاهی لازم است
occupation-empty = هنوز مهارت‌های این شغل را نمی‌دانیم.
occupation-near = کارهای شبیه این
occupation-near-none = کار شبیه این نمی‌شناسیم.
near-counts = یکسان: { $shared }، کم: { $missing }
occupation-can = این کار را بلدم
occupation-can-text = ببینید چه کار دیگری هم می‌توانید انجام دهید.
occupation-compare = با شغل دیگری مقایسه کنید

compare-title = دو شغل را مقایسه کنید
compare-lead = می‌بینید چه چیزی یکسان است و چه باید یاد بگیرید.
compare-from = کاری که بلدم
compare-to = کاری که می‌خواهم
compare-button = مقایسه
compare-swap = جابه‌جا کنید
compare-other = شغل‌های دیگر با این واژه
compare-shared = این‌ها یکسان هستند
compare-missing = این‌ها هنوز کم است
compare-unused = اینجا به این نیاز ندارید
compare-count = از { $total } مورد، { $shared } مورد را از پیش بلدید.
compare-none-shared = چیزی یکسان نیست.
compare-none-missing = چیزی کم نیست.
compare-none-unused = از همه استفاده می‌کنید.
compare-fill = این را پر کنید
compare-unknown = برای «{ $query }» شغلی پیدا نکردیم.
compare-same = دو بار یک شغل را انتخاب کردید.
likeness-high = خیلی شبیه هم
likeness-some = کمی شبیه هم
likeness-low = شباهت کم

skills-title = چه کاری بلدم؟
skills-lead = هر چه بلدید انتخاب کنید. کار بدون دستمزد هم حساب می‌شود.
skills-work = چه کاری انجام می‌دادید؟
skills-work-hint = یک شغل بنویسید. سپس آنچه از آن بلدید انتخاب کنید.
skills-other = چه چیز دیگری بلدید؟
skills-other-hint = چیزی که بلدید بنویسید. برای مثال: { $example }.
skills-add = گزینه‌ها را نشان بده
skills-chosen = این‌ها را انتخاب کردید
skills-chosen-hint = علامت آنچه درست نیست را بردارید.
skills-unpaid = در خانه و محله
skills-from = برای شغل { $name }
skills-found = گزینه‌ها برای «{ $query }»
skills-unknown = برای «{ $query }» چیزی پیدا نکردیم. واژه دیگری امتحان کنید.
skills-show = کار مناسب را نشان بده
skills-none = دست‌کم 1 چیز که بلدید انتخاب کنید.
skills-result = کارهای شبیه انتخاب شما
skills-result-lead = این داوری درباره شما نیست. شما انتخاب می‌کنید.
skills-have = این را از پیش بلدید
skills-missing = این هنوز کم است
skills-more = { $count ->
    [one] و { $count } مورد دیگر
   *[other] و { $count } مورد دیگر
}
skills-no-work = هنوز برای این انتخاب‌ها کاری نمی‌شناسیم. چیزهای بیشتری انتخاب کنید.
fit-high = خوب مناسب است
fit-some = تا حدی مناسب است
fit-low = کمی مناسب است
how-title = چگونه به این نتیجه می‌رسیم؟
how-count = از { $total } مورد این کار، { $have } مورد را بلدید.
how-weight = موردی که در شغل‌های کمی هست، سنگین‌تر حساب می‌شود.
how-not = به کشور، دین، سن یا جنسیت شما نگاه نمی‌کنیم.
problem-title = این را بررسی کنید
title-problem = خطا: { $title }

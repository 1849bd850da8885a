### status: draft

skip = رفتن به محتوا
brand-line = به سوی کاری که به شما می‌آید
nav-label = فهرست اصلی
nav-occupations = شغل‌ها
nav-skills = چه کاری بلدم؟
nav-compare = مقایسه
language = زبان
language-choose = زبان خود را انتخاب کنید
language-draft = این ترجمه هنوز بررسی نشده است.
language-draft-more = درباره ترجمه‌های ما بیشتر بخوانید
footer-label = درباره این وب‌سایت
footer-accessibility = دسترس‌پذیری
footer-privacy = حریم خصوصی
footer-algorithm = چگونه مقایسه می‌کنیم
footer-translations = ترجمه‌ها
footer-data = داده‌های باز
back = بازگشت
busy = لطفاً صبر کنید…
offline-now = اکنون اینترنت ندارید.
in-dutch = به هلندی: { $label }
quoted = «{ $text }»
points = { $count ->
    [one] { $count } مورد
   *[other] { $count } مورد
}

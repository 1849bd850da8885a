### status: draft

skip = انتقل إلى المحتوى
brand-line = نحو عمل يناسبك
nav-label = القائمة الرئيسية
nav-occupations = المهن
nav-skills = ماذا أستطيع؟
nav-compare = مقارنة
language = اللغة
language-choose = اختر لغتك
language-draft = لم تُراجَع هذه الترجمة بعد.
language-draft-more = اقرأ المزيد عن ترجماتنا
footer-label = عن هذا الموقع
footer-accessibility = سهولة الوصول
footer-privacy = الخصوصية
footer-algorithm = كيف نقارن
footer-translations = الترجمات
footer-data = بيانات مفتوحة
back = رجوع
busy = لحظة من فضلك…
offline-now = لا يوجد لديك إنترنت الآن.
in-dutch = بالهولندية: { $label }
quoted = «{ $text }»
points = { $count ->
    [zero] لا نقاط
    [one] نقطة واحدة
    [two] نقطتان
    [few] { $count } نقاط
    [many] { $count } نقطة
   *[other] { $count } نقطة
}

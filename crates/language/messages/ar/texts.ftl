### status: draft

a11y-title = سهولة الوصول
a11y-lead = يجب أن يستطيع الجميع استخدام هذا الموقع.
a11y-norm = نتبع قواعد WCAG 2.2 بالمستويين A وAA.
a11y-done = هذا ما نفعله
a11y-done-keyboard = كل شيء يعمل بلوحة المفاتيح فقط.
a11y-done-script = كل شيء يعمل أيضًا بدون JavaScript.
a11y-done-zoom = تستطيع تكبير النص. الصفحة تناسب الشاشة الصغيرة.
a11y-done-direction = العربية والفارسية تُكتبان من اليمين إلى اليسار.
a11y-done-test = حاسوب يختبر كل صفحة بكل لغة.
a11y-open = ما لا نعرفه بعد
a11y-open-people = لم يختبر أشخاص ذوو إعاقة هذا الموقع بعد.
a11y-open-reader = لم نختبر بعد مع برامج قراءة النص.
a11y-report = الإبلاغ عن مشكلة
a11y-report-text = هل هناك شيء لا يعمل؟ أخبرنا. سنصلحه.
contact-organisation = هذا الموقع تابع لـ { $name }.
contact-mail = راسلنا على { $mail }.
contact-none = اسأل مسؤول ملفك (klantmanager) أين يمكنك الإبلاغ.

privacy-title = الخصوصية
privacy-lead = تستطيع البحث هنا دون أن تقول من أنت.
privacy-not = هذا ما لا نفعله
privacy-not-name = لا نطلب اسمًا أو عنوانًا أو رقمًا.
privacy-not-track = لا نتتبعك. لا توجد إعلانات.
privacy-not-third = لا نحمّل شيئًا من مواقع أخرى.
privacy-cookie = ملف تعريف واحد (cookie)
privacy-cookie-text = نحفظ لغتك في ملف واحد (cookie). هو ملف صغير على هاتفك.
privacy-cookie-life = يختفي الملف بعد سنة.
privacy-log = ما يسجله الحاسوب
privacy-log-text = نسجل نوع الصفحة التي فُتحت ومتى. لا نسجل ما تبحث عنه أو تختاره.
privacy-link = اختياراتك في العنوان
privacy-link-text = اختياراتك موجودة في عنوان الصفحة. إذا شاركت العنوان فأنت تشارك اختياراتك أيضًا.

algorithm-title = كيف نقارن
algorithm-lead = الحاسوب يعدّ النقاط. لا يقرر شيئًا.
algorithm-points = ما هي النقاط؟
algorithm-points-text = لكل مهنة قائمة نقاط. النقطة شيء تفعله أو تستطيعه أو تعرفه.
algorithm-weight = ليست كل النقاط متساوية
algorithm-weight-rare = النقطة الموجودة في مهن قليلة تقول الكثير. وزنها أكبر.
algorithm-weight-essential = النقطة المطلوبة دائمًا تُحسب مرتين.
algorithm-words = من النقاط إلى الكلمات
algorithm-words-text = النتيجة رقم من 0 إلى 1000. من { $high } نقول: متشابهتان كثيرًا. من { $some }: متشابهتان قليلًا.
algorithm-fit-text = مناسب جدًا يعني: تستطيع نقطتين على الأقل من كل 3 نقاط. مناسب جزئيًا: نقطة على الأقل من كل 3.
algorithm-not = هذا لا يُحسب أبدًا
algorithm-not-text = اسمك وبلدك ودينك وعمرك وجنسك وصحتك.
algorithm-limits = ما لا يعرفه الحاسوب
algorithm-limits-text = كتبنا القوائم بأنفسنا. قد تكون فيها أخطاء. تحدث مع شخص قبل أن تختار.
algorithm-size = في القائمة { $occupations } من المهن و{ $skills } من المهارات.

translations-title = الترجمات
translations-lead = نكتب أولًا بالهولندية. ثم نترجم.
translations-check = شخص يعرف اللغة جيدًا يراجع كل نص. حتى ذلك الوقت ترى تنبيهًا.
translations-language = اللغة
translations-texts = النصوص
translations-reviewed = روجعت
translations-labels = أسماء المهن والمهارات
translations-source = اللغة الأصلية

offline-title = لا يوجد لديك إنترنت
offline-text = لا يمكن تحميل هذه الصفحة الآن. ابحث عن مكان فيه إنترنت. ثم حاول مرة أخرى.
offline-again = حاول مرة أخرى

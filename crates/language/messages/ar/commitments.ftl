### Motions and commitments, for policy officers and the public.
### status: draft

nav-commitments = التعهدات
nav-promises = الوعود
cm-title = الاقتراحات والتعهدات
cm-add = إضافة مستند
cm-on = الوضع في { $date }
cm-which = ماذا تريد أن ترى؟
cm-which-open = مفتوح
cm-which-laat = متأخر
cm-which-bijna = خلال 30 يومًا
cm-which-uitgesteld = مؤجل
cm-which-voorstellen = يحتاج مراجعة
cm-which-alle = الكل
cm-date = في أي يوم؟
cm-search = كلمات البحث
cm-state = الحالة
cm-owner = الإدارة
cm-keeper = مسؤول الملف
cm-any = الكل
cm-choose = اختر
cm-show = عرض
cm-found = { $count ->
    [zero] لا شيء
    [one] نتيجة واحدة
    [two] نتيجتان
    [few] { $count } نتائج
    [many] { $count } نتيجة
   *[other] { $count } نتيجة
}
cm-none = لم يُعثر على شيء.
cm-number = الرقم
cm-more = يوجد المزيد. اختر مرشحًا أو كلمة.
cm-export = حفظ كملف
cm-export-hint = يحتوي الملف على ما تراه الآن.
cm-waiting = من ينتظر من؟
cm-turn = دور من الآن؟
cm-who-waits = من ينتظر؟
cm-count = العدد
cm-sources = المستندات
cm-public-link = ما يمكن للجميع رؤيته
cm-turn-nobody = لا أحد بعد
cm-turn-minister = الوزير
cm-turn-chamber = مجلس النواب
cm-late = { $count ->
    [zero] بلا تأخير
    [one] متأخر يومًا واحدًا
    [two] متأخر يومين
    [few] متأخر { $count } أيام
    [many] متأخر { $count } يومًا
   *[other] متأخر { $count } يوم
}
cm-left = { $count ->
    [zero] اليوم
    [one] بقي يوم واحد
    [two] بقي يومان
    [few] بقي { $count } أيام
    [many] بقي { $count } يومًا
   *[other] بقي { $count } يوم
}
cm-undated-alert = بلا تاريخ، اسأل عنه
cm-needs-date = يلزم تاريخ المستند
cm-undated = بلا تاريخ
cm-no-term = بلا مهلة
cm-deferred = { $count ->
    [zero] لم يؤجل
    [one] أُجل مرة واحدة
    [two] أُجل مرتين
    [few] أُجل { $count } مرات
    [many] أُجل { $count } مرة
   *[other] أُجل { $count } مرة
}
cm-proposed = يحتاج مراجعة
cm-claimed = أُبلغ أنه انتهى، لكن لا يوجد دليل.
cm-date-wrong = اكتب تاريخًا مثل 2023-04-01.
cm-refused-now = هذه الخطوة غير ممكنة الآن.
cm-refused-proposal = ما زال هذا اقتراحًا. راجعه أولاً.
cm-refused-before = كانت الخطوة الأخيرة في { $date }. اختر يومًا لاحقًا.
cm-refused-lacks = اكتب المستند والفقرة والسبب عند الحاجة.
cm-refused-reason = اكتب سببًا.
cm-refused-relation = اختر رقمًا آخر موجودًا.
cm-refused-future = هذا اليوم لم يأت بعد.
cm-refused-long = هذا النص طويل جدًا.
cm-refused-empty = املأ هذا الحقل.
cm-refused-stale = غيّر شخص آخر هذا للتو. افتح الصفحة من جديد.
cm-field-soort = النوع
cm-field-leden = أعضاء المجلس
cm-field-cs = وآخرون أيضًا (c.s.)
cm-field-onderwerp = الموضوع
cm-field-vorm = الكلمة قبل الطلب
cm-field-vraag = ماذا طُلب أو وُعد به؟
cm-field-kamerstuk = وثيقة المجلس
cm-field-debat = نوع النقاش
cm-field-debatonderwerp = موضوع النقاش
cm-field-datum = تاريخ النقاش أو الاقتراح
cm-field-termijn = المهلة
cm-field-van = أول يوم
cm-field-tot = آخر يوم
cm-field-verslag = ماذا أُنجز؟
cm-field-stand = الحالة حسب المستند
cm-field-standwoorden = الكلمات التي تبين ذلك
cm-field-bijlagen = المرفقات
cm-not-read = لم يُقرأ في المستند.
cm-read-by = القاعدة: { $rule }. اليقين: { $sure }%.
cm-check = انتبه
cm-field-wrong = هذا الحقل غير صحيح.
cm-intake-title = إضافة مستند
cm-intake-lead = نحن نقرأ المستند. أنت تراجع كل شيء.
cm-intake-way = ما نوع المستند؟
cm-intake-overview = قائمة الاقتراحات والتعهدات
cm-intake-letter = رسالة أو مذكرة
cm-intake-chamber = بيانات المجلس المفتوحة
cm-intake-file = ملف
cm-intake-file-hint = نص أو Markdown أو docx أو odt أو pdf أو json. 20 MB على الأكثر.
cm-intake-text = أو الصق النص هنا
cm-intake-text-hint = مثلًا نص رسالة بريد إلكتروني.
cm-intake-date = تاريخ المستند
cm-intake-date-hint = يلزم لمهل مثل «لاحقًا هذا العام».
cm-intake-button = قراءة
cm-intake-nothing = اختر ملفًا أو الصق نصًا.
cm-intake-refused = لا نستطيع قراءة هذا الملف.
cm-file-too-big = هذا الملف كبير جدًا.
cm-file-locked = هذا الملف مقفل. احفظه بدون كلمة مرور.
cm-file-pictures = في هذا الملف صور فقط. حوّلها أولاً إلى نص.
cm-file-kind = لا نقرأ هذا النوع من الملفات. احفظه بصيغة docx أو odt.
cm-file-encoding = لا نستطيع قراءة حروف هذا الملف. احفظه بصيغة UTF-8 أو docx أو odt.
cm-intake-reason = السبب:
cm-intake-name = اسم الملف طويل جدًا.
cm-source = المصدر
cm-source-date = تاريخ المستند: { $date }
cm-source-no-date = تاريخ المستند غير معروف.
cm-source-version = هذه نسخة أخرى من:
cm-source-text = نص المستند
cm-source-cut = ترى بداية النص فقط.
cm-source-read = ما قُرئ
cm-in-text = في النص
cm-findings = راجع هذا
cm-findings-hint = لم نغيّر شيئًا.
cm-review = المراجعة
cm-review-title = مراجعة الرقم { $number }
cm-review-no-source = لا يوجد مستند.
cm-review-hint = غيّر ما هو خطأ. افصل بين الأعضاء بفاصلة منقوطة (;).
cm-accept = قبول
cm-dismiss-title = أليس هذا تعهدًا؟
cm-reason = السبب
cm-dismiss = رفض
cm-review-now = مراجعة
cm-correct = تصحيح
cm-detail-title = الرقم { $number }
cm-facts = البيانات
cm-place = مكان الوثيقة
cm-urgency = الوقت
cm-deferrals = عدد مرات التأجيل
cm-history = السجل
cm-errata = ما صُحح
cm-history-none = لم تُتخذ أي خطوة بعد.
cm-note = مذكرة للوزير
cm-move = الخطوة التالية
cm-move-what = أي خطوة؟
cm-move-date = في أي يوم؟
cm-move-document = المصدر
cm-move-document-hint = اسم الرسالة أو المذكرة أو التقرير.
cm-move-passage = الفقرة
cm-move-passage-hint = انسخ الكلمات من المصدر.
cm-move-paper-hint = يلزم عند الإبلاغ بالانتهاء، مثل 32 824, nr. 367.
cm-move-owner-hint = يلزم عند التكليف.
cm-move-term = المهلة الجديدة
cm-move-term-hint = يلزم عند التأجيل: تاريخ أو كلمات هولندية.
cm-move-reason-hint = يلزم عند التأجيل أو الإيقاف أو إعادة الفتح.
cm-move-button = حفظ الخطوة
cm-move-none = لا توجد خطوة ممكنة الآن.
cm-needs-proof = اكتب وثيقة المجلس برقمها والفقرة.
cm-needs-owner = اكتب الإدارة.
cm-needs-term = اكتب المهلة الجديدة.
cm-needs-move = اختر خطوة.
cm-paper-wrong = هذه ليست وثيقة مجلس مثل 32 824, nr. 367.
cm-related = مرتبط بـ
cm-relation = كيف يرتبط؟
cm-relation-to = رقم الآخر
cm-relation-button = ربط
cm-phases = المراحل
cm-phase-done = انتهت، انظر الوثيقة { $paper }
cm-phase-open = لم تنته بعد
cm-phase-name = اسم المرحلة
cm-phase-paper = الوثيقة إذا انتهت المرحلة
cm-phase-hint = اتركه فارغًا ما دامت المرحلة مستمرة.
cm-phase-button = حفظ المرحلة
cm-ties = المؤشرات والإجراءات
cm-ties-none = لم يُربط شيء بعد.
cm-tie = الربط بـ
cm-tie-button = ربط
cm-untie = إلغاء الربط
cm-untie-name = إلغاء ربط { $name }
cm-tie-indicator = مؤشر: { $name }
cm-tie-action = إجراء: { $name }
cm-tie-unknown = اختر مؤشرًا أو إجراءً من القائمة.
cm-measured = أرقام عن هذا:
cm-export-table = كجدول
cm-public-title = الوعود لمجلس النواب
cm-public-lead = ماذا طُلب ووُعد به، وماذا أُنجز؟
cm-organisation = المؤسسة

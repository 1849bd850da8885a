### status: draft

home-title = ما العمل الذي يناسبك؟
home-lead = ابحث عن مهنة. أو اختر ما تستطيع فعله. لا تحتاج إلى حساب.
search-label = ابحث عن مهنة
search-hint = اكتب بلغتك. مثلًا: { $example }.
search-button = ابحث
search-too-long = النص طويل جدًا. اكتب { $count } حرفًا على الأكثر.
home-skills-text = اختر ما تستطيع فعله. نعرض لك عملًا يشبهه.
home-compare-text = ضع مهنتين جنبًا إلى جنب. ما المتشابه وما الناقص؟
home-sectors = تصفح المهن حسب القطاع
home-trust = من الجيد أن تعرف
home-trust-name = لا نسأل من أنت.
home-trust-origin = لا ننظر إلى بلدك أو دينك أو عمرك أو جنسك.
home-trust-choice = أنت تختار. الحاسوب لا يقرر شيئًا عنك.

occupations-title = المهن
occupations-found = { $count ->
    [zero] لا توجد مهن
    [one] مهنة واحدة
    [two] مهنتان
    [few] { $count } مهن
    [many] { $count } مهنة
   *[other] { $count } مهنة
}
occupations-first = هذه أول { $count }. ابحث بكلمة أخرى لترى المزيد.
matched-by = وُجدت بالكلمة: { $label }
empty-title = لم نجد مهنة
empty-word = جرّب كلمة أخرى. كلمة واحدة هي الأفضل.
empty-language = اكتب الكلمة بلغتك أو بالهولندية.
empty-sector = أو اختر قطاعًا أدناه.

also-called = تُسمى أيضًا
fact-level = المستوى الذي يطلبه أصحاب العمل غالبًا
level = { $level ->
    [1] mbo 1 أو أقل
    [2] mbo 2
    [3] mbo 3
    [4] mbo 4
    [5] شهادة associate degree
    [6] بكالوريوس (hbo)
    [7] ماجستير
   *[8] اختصاصي أو دكتوراه
}
fact-level-note = هذا تقدير وليس قاعدة.
fact-sector = القطاع
fact-code = الرمز الدولي (ISCO-08)
fact-law = هل يجوز للجميع القيام بهذا العمل؟
law-no = نعم، يجوز للجميع القيام بهذا العمل.
law-profession = لا. القانون يحدد من يجوز له هذا العمل.
law-activity = تحتاج إلى شهادة لجزء من العمل.
law-unknown = لا نعرف.
law-authority = تجد المزيد هنا: { $authority }
check-source = تحقق من هذا عند المصدر
group-tasks = هذا ما تفعله
group-skills = ما يجب أن تستطيع فعله
group-knowledge = ما يجب أن تعرفه أو يكون لديك
group-behaviour = هكذا تعمل
group-languages = اللغات
need-optional = مطلوب أحيانًا
occupation-empty = لا نعرف بعد مهارات هذه المهنة.
occupation-near = عمل يشبه هذا
occupation-near-none = لا نعرف عملًا يشبه هذا.
near-counts = المتشابه: { $shared }، الناقص: { $missing }
occupation-can = أعرف هذا العمل
occupation-can-text = انظر أي عمل آخر تستطيع القيام به.
occupation-compare = قارن مع مهنة أخرى

compare-title = قارن بين مهنتين
compare-lead = ترى ما هو متشابه وما عليك تعلّمه.
compare-from = العمل الذي أعرفه
compare-to = العمل الذي أريده
compare-button = قارن
compare-swap = اعكس
compare-other = مهن أخرى بهذه الكلمة
compare-shared = هذا متشابه
compare-missing = هذا ما زال ناقصًا
compare-unused = لا تحتاج إلى هذا هنا
compare-count = تعرف { $shared } من { $total } من النقاط.
compare-none-shared = لا يوجد شيء متشابه.
compare-none-missing = لا ينقص شيء.
compare-none-unused = تستخدم كل شيء.
compare-fill = املأ هذا
compare-unknown = لم نجد مهنة باسم «{ $query }».
compare-same = اخترت المهنة نفسها مرتين.
likeness-high = متشابهتان كثيرًا
likeness-some = متشابهتان قليلًا
likeness-low = تشابه ضعيف

skills-title = ماذا أستطيع؟
skills-lead = اختر كل ما تستطيع فعله. العمل بدون أجر مهم أيضًا.
skills-work = ما العمل الذي قمت به؟
skills-work-hint = اكتب مهنة. ثم اختر ما تستطيع فعله منها.
skills-other = ماذا تستطيع أيضًا؟
skills-other-hint = اكتب شيئًا تستطيع فعله. مثلًا: { $example }.
skills-add = اعرض الخيارات
skills-chosen = هذا ما اخترته
skills-chosen-hint = أزل العلامة عما ليس صحيحًا.
skills-unpaid = في البيت وفي الحي
skills-from = لمهنة { $name }
skills-found = خيارات لكلمة «{ $query }»
skills-unknown = لم نجد شيئًا لكلمة «{ $query }». جرّب كلمة أخرى.
skills-show = اعرض العمل المناسب
skills-none = اختر شيئًا واحدًا على الأقل تستطيع فعله.
skills-result = عمل يشبه اختياراتك
skills-result-lead = هذا ليس حكمًا عليك. أنت تختار.
skills-have = هذا تستطيعه الآن
skills-missing = هذا ما زال ناقصًا
skills-more = { $count ->
    [zero] ولا شيء آخر
    [one] ونقطة أخرى
    [two] ونقطتان أخريان
    [few] و{ $count } نقاط أخرى
    [many] و{ $count } نقطة أخرى
   *[other] و{ $count } نقطة أخرى
}
skills-no-work = لا نعرف بعد عملًا لهذه الخيارات. اختر أشياء أكثر.
fit-high = مناسب جدًا
fit-some = مناسب جزئيًا
fit-low = مناسب قليلًا
how-title = كيف وصلنا إلى هذه النتيجة؟
how-count = تستطيع { $have } من { $total } من نقاط هذا العمل.
how-weight = النقطة الموجودة في مهن قليلة لها وزن أكبر.
how-not = لا ننظر إلى بلدك أو دينك أو عمرك أو جنسك.
problem-title = راجع هذا
title-problem = خطأ: { $title }

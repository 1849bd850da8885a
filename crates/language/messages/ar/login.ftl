### Logging in, invitations, devices, accounts.
### status: draft

nav-login = تسجيل الدخول
nav-logout = تسجيل الخروج
nav-devices = أجهزتي
nav-team = الحسابات
login-title = تسجيل الدخول
login-over = غبت وقتًا طويلًا. سجّل الدخول مرة أخرى. ما حفظته من قبل ما زال موجودًا.
login-with-code = لدي رمز على ورقة
login-with-code-text = حصلت على الرمز من مسؤول ملفك (klantmanager).
login-as-staff = أعمل لدى مؤسسة
login-as-staff-text = لديك بريد إلكتروني وكلمة مرور.
login-invited = لدي دعوة
login-invited-text = وصلك رمز لإنشاء حسابك.
login-code-title = تسجيل الدخول برمز
login-code-label = رمزك
login-code-hint = الرمز موجود على ورقتك. الحروف الكبيرة والشرطات ليست مهمة.
login-code-missing = اكتب رمزك.
login-code-wrong = هذا الرمز لا يعمل. تأكد أنك نقلته بشكل صحيح. يعمل الرمز مرة واحدة فقط.
login-code-none = ليس لديك رمز؟ اطلب رمزًا جديدًا من مسؤول ملفك (klantmanager).
login-device = لمن هذا الجهاز؟
login-device-own = لي
login-device-shared = لشخص آخر أو للمكتبة
login-button = تسجيل الدخول
login-staff-title = تسجيل دخول الموظفين
login-email = البريد الإلكتروني
login-password = كلمة المرور
login-one-time = الرمز من تطبيقك
login-one-time-hint = ستة أرقام من التطبيق على هاتفك.
login-staff-missing = اكتب بريدك الإلكتروني وكلمة المرور.
login-staff-wrong = البريد الإلكتروني أو كلمة المرور أو الرمز غير صحيح.
login-too-many = { $count ->
    [zero] حاولت مرات كثيرة. انتظر قليلًا.
    [one] حاولت مرات كثيرة. انتظر دقيقة واحدة.
    [two] حاولت مرات كثيرة. انتظر دقيقتين.
    [few] حاولت مرات كثيرة. انتظر { $count } دقائق.
    [many] حاولت مرات كثيرة. انتظر { $count } دقيقة.
   *[other] حاولت مرات كثيرة. انتظر { $count } دقيقة.
}
invitation-title = أنشئ حسابك
invitation-for = هذا الحساب لـ { $name }.
invitation-code = رمز دعوتك
invitation-code-hint = حصلت على الرمز من مسؤول الحسابات في مؤسستك.
invitation-next = التالي
invitation-wrong = هذا الرمز لا يعمل. إما استُخدم من قبل أو هو قديم أو نُقل بشكل خاطئ.
invitation-step-app = افتح تطبيقًا للرموز على هاتفك.
invitation-step-secret = ضع هذا المفتاح في التطبيق:
invitation-open-app = افتح في التطبيق
invitation-step-type = يعرض التطبيق الآن ستة أرقام. اكتبها أدناه.
invitation-password = اختر كلمة مرور
invitation-password-hint = 12 حرفًا على الأقل. جملة من أربع كلمات يسهل تذكرها.
invitation-password-weak = اختر كلمة مرور أطول لا يستخدمها كثير من الناس.
invitation-one-time-wrong = الأرقام من التطبيق غير صحيحة. انتظر أرقامًا جديدة وحاول مرة أخرى.
invitation-save = أنشئ الحساب
devices-title = أجهزتي
devices-lead = حسابك مفتوح على هذه الأجهزة. هل هناك جهاز لا تعرفه؟ سجّل الخروج منه.
devices-own = جهاز خاص
devices-shared = جهاز مشترك
devices-this = هذا الجهاز
devices-since = تسجيل الدخول: { $moment }.
devices-seen = آخر استخدام: { $moment }.
devices-end = سجّل الخروج من هذا الجهاز
team-title = حسابات مؤسستك
team-name = الاسم
team-role = الدور
team-state = الحالة
team-actions = ما يمكنك فعله
team-state-active = نشط
team-state-invited = أُرسلت الدعوة
team-state-stopped = متوقف
team-reset = رمز جديد
team-stop = إيقاف
team-choose = اختر دورًا
team-invite = دعوة شخص
team-invite-button = أرسل الدعوة
team-role-missing = اختر دورًا.
team-invalid = اكتب اسمًا وبريدًا إلكترونيًا. يجب أن يناسب الدور مؤسستك.
team-already = يوجد حساب بهذا البريد الإلكتروني.
team-code-title = رمز الدعوة
team-code-for = أعطِ هذا الرمز إلى { $name }.
team-code-once = يظهر الرمز هنا مرة واحدة فقط. يعمل لمدة سبعة أيام.
role-klantmanager = مسؤول الملف في البلدية (klantmanager)
role-coordinator = منسّق
role-policy-officer = موظف سياسات
role-employer-contact = جهة الاتصال لدى صاحب العمل
role-administrator = مسؤول الحسابات
role-privacy-officer = مسؤول حماية البيانات

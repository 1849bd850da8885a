### Programs, roles, own passwords, logging in with the organisation.
### status: draft

error-401-title = سجّل الدخول أولاً
error-401-text = يجب على البرنامج أن يقدّم هنا مفتاحاً صالحاً.
programs-nav = الروابط
programs-title = الروابط مع برامج أخرى
programs-lead = يقرأ برنامج مؤسستك أو يكتب هنا بمفتاح. ولا يرى الأشخاص أبداً.
programs-none = لا توجد روابط بعد. أنشئ مفتاحاً أدناه.
programs-make-title = إنشاء مفتاح
programs-name = اسم البرنامج
programs-name-hint = لتعرف لاحقاً الغرض من كل مفتاح.
programs-scopes = ما الذي يُسمح للبرنامج به؟
scope-vacancies-read = قراءة وظائفك الشاغرة
scope-vacancies-write = كتابة وظائفك الشاغرة وفتحها وإغلاقها
scope-candidate-counts-read = معرفة العدد التقريبي للمرشحين
scope-caseload-read = قراءة أعداد الملفات مقرّبة
scope-figures-read = قراءة أرقام الرصد
programs-days = كم يعمل المفتاح؟
programs-days-count = { $count ->
    [zero] { $count } يوم
    [one] يوم واحد ({ $count })
    [two] يومان ({ $count })
    [few] { $count } أيام
    [many] { $count } يوماً
   *[other] { $count } يوم
}
programs-make = إنشاء المفتاح
programs-secret-title = المفتاح الجديد
programs-secret-for = ضع هذا المفتاح في { $name }.
programs-secret-once = يظهر المفتاح هنا مرة واحدة. احفظه بأمان ولا تشاركه مع أحد.
programs-until = يعمل حتى { $date }.
programs-expired = لا يعمل منذ { $date }.
programs-ended = أُوقف في { $date }.
programs-used = آخر استخدام في { $date }.
programs-unused = لم يُستخدم بعد.
programs-end = إيقاف
programs-name-missing = أدخل اسماً.
programs-scopes-missing = اختر شيئاً واحداً على الأقل يُسمح للبرنامج به.
programs-many = لديك مفاتيح كثيرة جداً. أوقف مفتاحاً قديماً أولاً.
roles-nav = دور آخر
roles-title = أدوارك
roles-lead = تعمل لأكثر من مؤسسة أو في أكثر من دور. اختر لمن تعمل الآن.
roles-present = المختار الآن
roles-choose = اختر هذا الدور
own-title = كلمة مروري الخاصة
own-lead = باسم وكلمة مرور خاصين بك لا تحتاج إلى رمز جديد على الورق.
own-name = اسم الدخول
own-name-hint = اختر اسماً بنفسك. ويُفضّل ألا يكون اسمك الحقيقي.
own-set = اختيار اسم وكلمة مرور
own-change = تغيير الاسم أو كلمة المرور
own-present = اسم الدخول الخاص بك هو { $name }.
own-former = كلمة المرور القديمة
own-former-hint = هل نسيتها؟ سجّل الدخول برمز على الورق واترك هذا فارغاً.
own-save = حفظ
own-saved = حُفظ الاسم وكلمة المرور. وتم تسجيل خروج الأجهزة الأخرى.
own-removed = حُذفت كلمة مرورك. ستسجّل الدخول مجدداً برمز على الورق.
own-remove = حذف كلمة المرور الخاصة
own-remove-text = بعد ذلك تسجّل الدخول مجدداً برمز على الورق.
own-name-bad = اختر اسماً من 4 إلى 60 حرفاً.
own-name-taken = يستخدم شخص ما هذا الاسم. اختر اسماً آخر.
own-former-wrong = كلمة المرور القديمة غير صحيحة.
own-log-in-anew = لقد سجّلت الدخول منذ مدة. اطلب رمزًا جديدًا على ورق، وسجّل الدخول به، ثم اختر كلمة مرور.
own-forgot = نسيت كلمة المرور؟ اطلب من مسؤول ملفك رمزاً جديداً على الورق.
login-own = لدي كلمة مرور خاصة بي
login-own-text = اخترت بنفسك اسم دخول وكلمة مرور.
login-own-title = الدخول بكلمة مرورك
login-own-missing = أدخل اسم الدخول وكلمة المرور.
login-own-wrong = اسم الدخول أو كلمة المرور غير صحيح.
sign-in-with = الدخول عبر { $name }
sign-in-text = للموظفين، بحساب مؤسستهم.
sign-in-wrong = لم ينجح الدخول. اسأل المسؤول هل لديك حساب.
sign-in-silent = خدمة الدخول في مؤسستك لا تجيب الآن. حاول لاحقاً.
sign-in-again = تسجيل الدخول مجدداً
sign-in-instead = لا حاجة إلى اختيار كلمة مرور لـ{ $name }. ستدخل عبر مؤسستك.
sign-in-instead-button = المتابعة عبر مؤسستي
sign-in-link-text = سجّل الدخول الآن مرة واحدة عبر { $name }. بعدها يصبح هذا الحساب لك.

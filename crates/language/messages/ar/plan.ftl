### The plan on paper (PIP): what stands around what was written.
### status: draft

plan-about = توضح هذه الخطة كيف تندمج في المجتمع. أعددتها مع الـ klantmanager الخاص بك.
plan-agreed = ما اتفقتم عليه
plan-change = هل تغيّر شيء في حياتك؟ أخبر الـ klantmanager. ثم تعدّلان الخطة معًا.
plan-check = تحقق من هذا التاريخ لدى المصدر.
plan-dates = تواريخ مهمة
plan-disagree = ألا توافق على هذه الخطة؟ اتصل أولًا بالـ klantmanager. يمكنك أيضًا الاعتراض لدى البلدية.
plan-fixed = اعتمدت البلدية هذه الخطة في { $day }.
plan-next = ما يجب أن تعرفه
plan-notice-draft = هذه مسودة. الخطة غير سارية بعد.
plan-notice-discussed = ناقشت هذه الخطة. ليست سارية بعد.
plan-notice-fixed = هذه الخطة سارية. احتفظ بها جيدًا.
plan-notice-revised = لم تعد هذه الخطة سارية. هناك خطة جديدة.
plan-objection = يمكنك الاعتراض حتى { $day }.
plan-sign-klantmanager = Klantmanager: التاريخ والتوقيع
plan-sign-person = التاريخ وتوقيعك
plan-term = تنهي الاندماج في { $day } أو قبله.
plan-term-begins = تبدأ مدة اندماجك في { $day }.
plan-title = الخطة الشخصية للاندماج والمشاركة (PIP)
plan-written = ما كتبه الـ klantmanager مكتوب بالهولندية. اطلب الشرح إذا لم تفهم شيئًا.

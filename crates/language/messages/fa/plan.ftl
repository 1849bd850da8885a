### The plan on paper (PIP): what stands around what was written.
### status: draft

plan-about = این برنامه می‌گوید شما چگونه با جامعه سازگار می‌شوید. آن را با klantmanager خود ساختید.
plan-agreed = آنچه توافق کردید
plan-change = چیزی در زندگی شما تغییر کرد؟ به klantmanager خود بگویید. بعد با هم برنامه را تغییر می‌دهید.
plan-check = این تاریخ را در منبع بررسی کنید.
plan-dates = تاریخ‌های مهم
plan-disagree = با این برنامه موافق نیستید؟ اول به klantmanager خود زنگ بزنید. می‌توانید به شهرداری هم اعتراض کنید.
plan-fixed = شهرداری این برنامه را در { $day } قطعی کرد.
plan-next = آنچه باید بدانید
plan-notice-draft = این یک پیش‌نویس است. برنامه هنوز معتبر نیست.
plan-notice-discussed = شما درباره این برنامه صحبت کردید. هنوز معتبر نیست.
plan-notice-fixed = این برنامه معتبر است. آن را خوب نگه دارید.
plan-notice-revised = این برنامه دیگر معتبر نیست. برنامه تازه‌ای هست.
plan-objection = تا { $day } می‌توانید اعتراض کنید.
plan-sign-klantmanager = Klantmanager: تاریخ و امضا
plan-sign-person = تاریخ و امضای شما
plan-term = شما تا { $day } دوره سازگاری را تمام می‌کنید.
plan-term-begins = زمان سازگاری شما از { $day } شروع می‌شود.
plan-title = برنامه شخصی سازگاری و مشارکت (PIP)
plan-written = آنچه klantmanager نوشت به هلندی است. اگر چیزی را نمی‌فهمید، توضیح بخواهید.

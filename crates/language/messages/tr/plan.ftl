### The plan on paper (PIP): what stands around what was written.
### status: draft

plan-about = Bu planda uyum sürecinizin nasıl olacağı yazar. Planı klantmanager ile birlikte yaptınız.
plan-agreed = Neye karar verdiniz
plan-change = Hayatınızda bir şey mi değişti? Bunu klantmanager’a söyleyin. Sonra planı birlikte değiştirirsiniz.
plan-check = Bu tarihi kaynağından kontrol edin.
plan-dates = Önemli tarihler
plan-disagree = Bu plana katılmıyor musunuz? Önce klantmanager’ı arayın. Belediyeye itiraz da edebilirsiniz.
plan-fixed = Belediye bu planı { $day } tarihinde kesinleştirdi.
plan-next = Bilmeniz gerekenler
plan-notice-draft = Bu bir taslaktır. Plan henüz geçerli değil.
plan-notice-discussed = Bu planı konuştunuz. Henüz geçerli değil.
plan-notice-fixed = Bu plan geçerlidir. İyi saklayın.
plan-notice-revised = Bu plan artık geçerli değil. Yeni bir plan var.
plan-objection = { $day } tarihine kadar itiraz edebilirsiniz.
plan-sign-klantmanager = Klantmanager: tarih ve imza
plan-sign-person = Tarih ve imzanız
plan-term = Uyum sürecinizi en geç { $day } tarihinde bitirirsiniz.
plan-term-begins = Uyum süreniz { $day } tarihinde başlar.
plan-title = Kişisel uyum ve katılım planı (PIP)
plan-written = klantmanager’ın yazdıkları Hollandacadır. Anlamadığınız bir şey varsa sorun.

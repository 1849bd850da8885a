### status: draft

a11y-title = Erişilebilirlik
a11y-lead = Bu siteyi herkes kullanabilmelidir.
a11y-norm = WCAG 2.2 kurallarına, A ve AA düzeyine uyuyoruz.
a11y-done = Yaptıklarımız
a11y-done-keyboard = Her şey yalnızca klavyeyle çalışır.
a11y-done-script = Her şey JavaScript olmadan da çalışır.
a11y-done-zoom = Metni büyütebilirsiniz. Sayfa küçük ekrana sığar.
a11y-done-direction = Arapça ve Farsça sağdan sola yazılır.
a11y-done-test = Bir bilgisayar her sayfayı her dilde sınar.
a11y-open = Henüz bilmediklerimiz
a11y-open-people = Engelli kişiler bu siteyi henüz sınamadı.
a11y-open-reader = Ekran okuyucularla henüz sınamadık.
a11y-report = Sorun bildirme
a11y-report-text = Çalışmayan bir şey mi var? Bize söyleyin. Düzeltiriz.
contact-organisation = Bu sitenin sahibi: { $name }.
contact-mail = { $mail } adresine yazın.
contact-none = Nereye bildireceğinizi klantmanager’ınıza sorun.

privacy-title = Gizlilik
privacy-lead = Burada kim olduğunuzu söylemeden arayabilirsiniz.
privacy-not = Yapmadıklarımız
privacy-not-name = Ad, adres ya da numara sormuyoruz.
privacy-not-track = Sizi izlemiyoruz. Reklam yok.
privacy-not-third = Başka sitelerden hiçbir şey yüklemiyoruz.
privacy-cookie = Tek çerez
privacy-cookie-text = Dilinizi tek bir çerezde tutuyoruz. Bu, telefonunuzdaki küçük bir dosyadır.
privacy-cookie-life = Çerez bir yıl sonra silinir.
privacy-log = Bilgisayarın yazdıkları
privacy-log-text = Hangi tür sayfanın ne zaman açıldığını yazıyoruz. Ne aradığınızı ya da seçtiğinizi yazmıyoruz.
privacy-link = Adresteki seçimleriniz
privacy-link-text = Seçimleriniz sayfanın adresinde durur. Adresi paylaşırsanız seçimlerinizi de paylaşırsınız.

algorithm-title = Nasıl karşılaştırıyoruz
algorithm-lead = Bilgisayar maddeleri sayar. Hiçbir şeye karar vermez.
algorithm-points = Madde nedir?
algorithm-points-text = Her mesleğin bir madde listesi vardır. Madde, yaptığınız, yapabildiğiniz ya da bildiğiniz bir şeydir.
algorithm-weight = Her madde aynı ağırlıkta değildir
algorithm-weight-rare = Az meslekte bulunan bir madde çok şey söyler. Daha ağır sayılır.
algorithm-weight-essential = Her zaman gerekli bir madde iki kat sayılır.
algorithm-words = Maddelerden sözcüklere
algorithm-words-text = Sonuç 0 ile 1000 arasında bir sayıdır. { $high } ve üstünde: birbirine çok benziyor deriz. { $some } ve üstünde: biraz benziyor.
algorithm-fit-text = İyi uyuyor demek: her 3 maddeden en az 2 tanesini yapabiliyorsunuz. Kısmen: 3 maddeden en az 1.
algorithm-not = Bunlar asla sayılmaz
algorithm-not-text = Adınız, ülkeniz, dininiz, yaşınız, cinsiyetiniz ve sağlığınız.
algorithm-limits = Bilgisayarın bilmedikleri
algorithm-limits-text = Listeleri kendimiz yazdık. İçlerinde hata olabilir. Seçmeden önce bir insanla konuşun.
algorithm-size = Listede { $occupations } meslek ve { $skills } beceri var.

translations-title = Çeviriler
translations-lead = Önce Hollandaca yazarız. Sonra çeviririz.
translations-check = Dili iyi bilen bir kişi her metni kontrol eder. O zamana kadar bir uyarı görürsünüz.
translations-language = Dil
translations-texts = Metinler
translations-reviewed = Kontrol edildi
translations-labels = Meslek ve beceri adları
translations-source = özgün dil

offline-title = İnternetiniz yok
offline-text = Bu sayfa şu anda yüklenemiyor. İnternet olan bir yer bulun. Sonra yeniden deneyin.
offline-again = Yeniden dene

### status: draft

skip = İçeriğe git
brand-line = Size uygun işe doğru
nav-label = Ana menü
nav-occupations = Meslekler
nav-skills = Ne yapabilirim?
nav-compare = Karşılaştır
language = Dil
language-choose = Dilinizi seçin
language-draft = Bu çeviri henüz kontrol edilmedi.
language-draft-more = Çevirilerimiz hakkında daha fazla okuyun
footer-label = Bu site hakkında
footer-accessibility = Erişilebilirlik
footer-privacy = Gizlilik
footer-algorithm = Nasıl karşılaştırıyoruz
footer-translations = Çeviriler
footer-data = Açık veri
back = Geri
busy = Lütfen bekleyin…
offline-now = Şu anda internetiniz yok.
in-dutch = Hollandaca: { $label }
quoted = “{ $text }”
points = { $count ->
    [one] { $count } madde
   *[other] { $count } madde
}

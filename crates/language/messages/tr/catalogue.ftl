### status: draft

home-title = Size hangi iş uygun?
home-lead = Bir meslek arayın. Ya da şimdiden yapabildiklerinizi seçin. Hesap gerekmez.
search-label = Bir meslek arayın
search-hint = Kendi dilinizde yazın. Örneğin: { $example }.
search-button = Ara
search-too-long = Metniniz çok uzun. En fazla { $count } karakter yazın.
home-skills-text = Yapabildiklerinizi seçin. Buna benzeyen işleri gösteririz.
home-compare-text = İki mesleği yan yana koyun. Ne aynı, ne eksik?
home-sectors = Mesleklere sektöre göre bakın
home-trust = Bilmeniz iyi olur
home-trust-name = Kim olduğunuzu sormuyoruz.
home-trust-origin = Ülkenize, dininize, yaşınıza ya da cinsiyetinize bakmıyoruz.
home-trust-choice = Siz seçersiniz. Bilgisayar sizin hakkınızda karar vermez.

occupations-title = Meslekler
occupations-found = { $count ->
    [one] { $count } meslek
   *[other] { $count } meslek
}
occupations-first = Bunlar ilk { $count } sonuç. Daha fazlası için başka bir sözcük arayın.
matched-by = Bununla bulundu: { $label }
empty-title = Meslek bulamadık
empty-word = Başka bir sözcük deneyin. En iyisi tek sözcüktür.
empty-language = Sözcüğü kendi dilinizde ya da Hollandaca yazın.
empty-sector = Ya da aşağıdan bir sektör seçin.

also-called = Diğer adları
fact-level = İşverenlerin sık istediği düzey
level = { $level ->
    [1] mbo 1 ya da daha düşük
    [2] mbo 2
    [3] mbo 3
    [4] mbo 4
    [5] associate degree
    [6] lisans (hbo)
    [7] yüksek lisans
   *[8] uzman ya da doktora
}
fact-level-note = Bu bir tahmindir. Kural değildir.
fact-sector = Sektör
fact-code = Uluslararası kod (ISCO-08)
fact-law = Bu işi herkes yapabilir mi?
law-no = Evet, bu işi herkes yapabilir.
law-profession = Hayır. Bu işi kimin yapabileceğini yasa söyler.
law-activity = İşin bir bölümü için belge gerekir.
law-unknown = Bunu bilmiyoruz.
law-authority = Daha fazla bilgi burada: { $authority }
check-source = Bunu kaynağında kontrol edin
group-tasks = Bunu yaparsınız
group-skills = Yapabilmeniz gerekenler
group-knowledge = Bilmeniz ya da sahip olmanız gerekenler
group-behaviour = Böyle çalışırsınız
group-languages = Diller
need-optional = bazen gerekli
occupation-empty = Bu mesleğin becerilerini henüz bilmiyoruz.
occupation-near = Buna benzeyen işler
occupation-near-none = Buna benzeyen bir iş bilmiyoruz.
near-counts = { $shared } aynı, { $missing } eksik
occupation-can = Bu işi biliyorum
occupation-can-text = Başka hangi işleri yapabileceğinize bakın.
occupation-compare = Başka bir meslekle karşılaştır

compare-title = İki mesleği karşılaştırın
compare-lead = Neyin aynı olduğunu ve ne öğrenmeniz gerektiğini görürsünüz.
compare-from = Bildiğim iş
compare-to = Yapmak istediğim iş
compare-button = Karşılaştır
compare-swap = Yer değiştir
compare-other = Bu sözcükle başka meslekler
compare-shared = Bunlar aynı
compare-missing = Bunlar eksik
compare-unused = Bunlar burada gerekmez
compare-count = { $total } maddeden { $shared } tanesini zaten biliyorsunuz.
compare-none-shared = Aynı olan bir şey yok.
compare-none-missing = Eksik bir şey yok.
compare-none-unused = Hepsini kullanırsınız.
compare-fill = Burayı doldurun
compare-unknown = “{ $query }” için meslek bulamadık.
compare-same = Aynı mesleği iki kez seçtiniz.
likeness-high = Birbirine çok benziyor
likeness-some = Birbirine biraz benziyor
likeness-low = Birbirine az benziyor

skills-title = Ne yapabilirim?
skills-lead = Yapabildiğiniz her şeyi seçin. Ücretsiz iş de sayılır.
skills-work = Hangi işi yaptınız?
skills-work-hint = Bir meslek yazın. Sonra ondan yapabildiklerinizi seçin.
skills-other = Başka ne yapabilirsiniz?
skills-other-hint = Yapabildiğiniz bir şey yazın. Örneğin: { $example }.
skills-add = Seçenekleri göster
skills-chosen = Bunları seçtiniz
skills-chosen-hint = Doğru olmayanın işaretini kaldırın.
skills-unpaid = Evde ve mahallede
skills-from = { $name } mesleği için
skills-found = “{ $query }” için seçenekler
skills-unknown = “{ $query }” için bir şey bulamadık. Başka bir sözcük deneyin.
skills-show = Uygun işleri göster
skills-none = Yapabildiğiniz en az 1 şey seçin.
skills-result = Seçtiklerinize benzeyen işler
skills-result-lead = Bu sizin hakkınızda bir yargı değildir. Siz seçersiniz.
skills-have = Bunu zaten yapabiliyorsunuz
skills-missing = Bu henüz eksik
skills-more = { $count ->
    [one] ve { $count } madde daha
   *[other] ve { $count } madde daha
}
skills-no-work = Bu seçimler için henüz iş bilmiyoruz. Daha fazla şey seçin.
fit-high = İyi uyuyor
fit-some = Kısmen uyuyor
fit-low = Biraz uyuyor
how-title = Bu sonuca nasıl ulaşıyoruz?
how-count = Bu işin { $total } maddesinden { $have } tanesini yapabiliyorsunuz.
how-weight = Az meslekte bulunan bir madde daha ağır sayılır.
how-not = Ülkenize, dininize, yaşınıza ya da cinsiyetinize bakmıyoruz.
problem-title = Bunu kontrol edin
title-problem = Hata: { $title }

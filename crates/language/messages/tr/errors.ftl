### status: draft

error-400-title = Bu adres doğru değil
error-400-text = Adreste anlamadığımız bir şey var. Geri gidin ve yeniden deneyin.
error-403-title = Buna izin yok
error-403-text = Bu sayfayı açamazsınız. Başka bir siteden mi geldiniz? O zaman baştan başlayın.
error-404-title = Bu sayfayı bulamıyoruz
error-404-text = Belki adreste bir hata var. Ya da sayfa kaldırılmış.
error-405-title = Bu burada olmaz
error-405-text = Geri gidin ve yeniden deneyin.
error-409-title = Biri sizden önce davrandı
error-409-text = Başka biri bunu az önce değiştirdi. Hiçbir şeyin üzerine yazılmadı. Geri gidin ve yeniden bakın.
error-413-title = Bu çok büyük
error-413-text = Çok fazla metin gönderdiniz. Kısaltın ve yeniden deneyin.
error-429-title = Çok sık denediniz
error-429-text = Birkaç dakika bekleyin ve yeniden deneyin.
error-500-title = Bizde bir şey ters gitti
error-500-text = Sizin hatanız değil. Daha sonra yeniden deneyin.
error-503-title = Şu anda ulaşılamıyor
error-503-text = Site yoğun ya da üzerinde çalışıyoruz. Birkaç dakika sonra yeniden deneyin.
error-number = Bu hatanın numarası: { $id }
error-home = İlk sayfaya
assets-missing = Bu sitenin biçimi derlenmedi.
assets-command = Yönetici şu komutla derler: { $command }

### Error pages. The title says what happened, the text what to do.
### status: draft

error-400-title = Dit adres klopt niet
error-400-text = Er staat iets in het adres dat wij niet begrijpen. Ga terug en probeer het opnieuw.
error-403-title = Dit mag niet
error-403-text = U mag deze pagina niet openen. Kwam u van een andere website? Begin dan opnieuw.
error-404-title = Wij vinden deze pagina niet
error-404-text = Misschien staat er een fout in het adres. Of de pagina is weg.
error-405-title = Dit kan hier niet
error-405-text = Ga terug en probeer het opnieuw.
error-409-title = Iemand was u voor
error-409-text = Iemand anders heeft dit net veranderd. Er is niets overschreven. Ga terug en kijk opnieuw.
error-413-title = Dit is te groot
error-413-text = U stuurde te veel tekst. Maak het korter en probeer het opnieuw.
error-429-title = U probeerde het te vaak
error-429-text = Wacht een paar minuten en probeer het opnieuw.
error-500-title = Er ging iets mis bij ons
error-500-text = Het ligt niet aan u. Probeer het later opnieuw.
error-503-title = Even niet bereikbaar
error-503-text = Het is druk of wij werken aan de website. Probeer het over een paar minuten opnieuw.
error-number = Nummer van deze fout: { $id }
error-home = Naar de eerste pagina
assets-missing = De stijl van deze website is niet gebouwd.
assets-command = De beheerder bouwt haar met: { $command }

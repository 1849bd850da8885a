### status: draft

skip = ናብ ትሕዝቶ ኪድ
brand-line = ናብ ንዓኻ ዝሰማማዕ ስራሕ
nav-label = ቀንዲ ዝርዝር
nav-occupations = ሞያታት
nav-skills = እንታይ እኽእል?
nav-compare = ኣወዳድር
language = ቋንቋ
language-choose = ቋንቋኹም ምረጹ
language-draft = እዚ ትርጉም ገና ኣይተመርመረን።
language-draft-more = ብዛዕባ ትርጉማትና ተወሳኺ ኣንብቡ
footer-label = ብዛዕባ እዚ መርበብ
footer-accessibility = ተበጻሒነት
footer-privacy = ምስጢራውነት
footer-algorithm = ከመይ ነወዳድር
footer-translations = ትርጉማት
footer-data = ክፉት ሓበሬታ
back = ተመለስ
busy = ንኡስ ተጸበዩ…
offline-now = ሕጂ ኢንተርነት የብልኩምን።
in-dutch = ብሆላንድኛ፦ { $label }
quoted = “{ $text }”
points = { $count ->
    [one] { $count } ነጥቢ
   *[other] { $count } ነጥብታት
}

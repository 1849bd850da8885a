### status: draft

a11y-title = ተበጻሒነት
a11y-lead = ኩሉ ሰብ ነዚ መርበብ ክጥቀመሉ ክኽእል ኣለዎ።
a11y-norm = ሕግታት WCAG 2.2፡ ደረጃ Aን AAን ንኽተል።
a11y-done = እዚ ንገብር
a11y-done-keyboard = ኩሉ ብኪቦርድ ጥራይ ይሰርሕ።
a11y-done-script = ኩሉ ብዘይ JavaScript እውን ይሰርሕ።
a11y-done-zoom = ነቲ ጽሑፍ ከተዕብይዎ ትኽእሉ። እቲ ገጽ ኣብ ንእሽቶ ስክሪን ይኣቱ።
a11y-done-direction = ዓረብን ፋርስን ካብ የማን ናብ ጸጋም ይጽሓፉ።
a11y-done-test = ኮምፒዩተር ንነፍሲ ወከፍ ገጽ ብኹሉ ቋንቋ ይፍትን።
a11y-open = እዚ ገና ኣይንፈልጥን
a11y-open-people = ስንክልና ዘለዎም ሰባት ነዚ መርበብ ገና ኣይፈተንዎን።
a11y-open-reader = ብዘንብብ ፕሮግራም ገና ኣይፈተንናን።
a11y-report = ጸገም ንምሕባር
a11y-report-text = ዘይሰርሕ ነገር ኣሎ ዶ? ንገሩና። ከነዕርዮ ኢና።
contact-organisation = እዚ መርበብ ናይ { $name } እዩ።
contact-mail = ናብ { $mail } ጽሓፉ።
contact-none = ኣበይ ከም እትሕብሩ ንklantmanager ሕተቱ።

privacy-title = ምስጢራውነት
privacy-lead = መን ምዃንኩም ከይበልኩም ኣብዚ ክትደልዩ ትኽእሉ።
privacy-not = እዚ ኣይንገብርን
privacy-not-name = ስም፡ ኣድራሻ ወይ ቁጽሪ ኣይንሓትትን።
privacy-not-track = ኣይንከታተለኩምን። መወዓውዒ የለን።
privacy-not-third = ካብ ካልእ መርበብ ዋላ ሓንቲ ኣይነምጽእን።
privacy-cookie = ሓንቲ ኩኪ
privacy-cookie-text = ቋንቋኹም ኣብ ሓንቲ ኩኪ ንዕቅብ። ንሳ ኣብ ተሌፎንኩም ንእሽቶ ፋይል እያ።
privacy-cookie-life = እታ ኩኪ ድሕሪ ሓደ ዓመት ትጠፍእ።
privacy-log = ኮምፒዩተር ዝጽሕፎ
privacy-log-text = እንታይ ዓይነት ገጽ ከም ዝተኸፍተን መዓስን ንጽሕፍ። እትደልይዎ ወይ እትመርጽዎ ኣይንጽሕፍን።
privacy-link = ምርጫኹም ኣብ ኣድራሻ
privacy-link-text = ምርጫታትኩም ኣብ ኣድራሻ ናይቲ ገጽ ኣሎ። ኣድራሻ እንተ ኣካፊልኩም ምርጫኹም እውን ተካፍሉ።

algorithm-title = ከመይ ነወዳድር
algorithm-lead = ኮምፒዩተር ነጥብታት ይቖጽር። ዋላ ሓንቲ ኣይውስንን።
algorithm-points = ነጥብታት እንታይ እዮም?
algorithm-points-text = ነፍሲ ወከፍ ሞያ ዝርዝር ነጥብታት ኣለዎ። ነጥቢ ማለት እትሰርሕዎ፡ እትኽእልዎ ወይ እትፈልጥዎ ነገር እዩ።
algorithm-weight = ኩሎም ነጥብታት ማዕረ ኣይኮኑን
algorithm-weight-rare = ኣብ ውሑዳት ሞያታት ዝርከብ ነጥቢ ብዙሕ ይነግር። ዝያዳ ይኽበድ።
algorithm-weight-essential = ኩሉ ግዜ ዘድሊ ነጥቢ ክልተ ግዜ ይቑጸር።
algorithm-words = ካብ ነጥብታት ናብ ቃላት
algorithm-words-text = ውጽኢት ካብ 0 ክሳብ 1000 ቁጽሪ እዩ። ካብ { $high } ንላዕሊ፦ ብጣዕሚ ይመሳሰሉ ንብል። ካብ { $some } ንላዕሊ፦ ንእሽቶ ይመሳሰሉ።
algorithm-fit-text = ጽቡቕ ይሰማማዕ ማለት፦ ካብ 3 ነጥብታት እንተ ወሓደ 2 ትኽእሉ። ብኸፊል፦ ካብ 3 እንተ ወሓደ 1።
algorithm-not = እዚ ፈጺሙ ኣይቑጸርን
algorithm-not-text = ስምኩም፡ ሃገርኩም፡ እምነትኩም፡ ዕድመኹም፡ ጾታኹምን ጥዕናኹምን።
algorithm-limits = ኮምፒዩተር ዘይፈልጦ
algorithm-limits-text = ነቲ ዝርዝራት ባዕልና ጽሒፍናዮ። ጌጋ ክህልዎ ይኽእል። ቅድሚ ምምራጽኩም ምስ ሰብ ተዘራረቡ።
algorithm-size = ኣብቲ ዝርዝር { $occupations } ሞያታትን { $skills } ክእለታትን ኣሎ።

translations-title = ትርጉማት
translations-lead = መጀመርታ ብሆላንድኛ ንጽሕፍ። ድሕሪኡ ንትርጉም።
translations-check = ነቲ ቋንቋ ጽቡቕ ዝፈልጥ ሰብ ንኹሉ ጽሑፍ ይምርምር። ክሳብ ሽዑ መልእኽቲ ትርእዩ።
translations-language = ቋንቋ
translations-texts = ጽሑፋት
translations-reviewed = ተመርሚሩ
translations-labels = ስም ሞያታትን ክእለታትን
translations-source = መበቆላዊ ቋንቋ

offline-title = ኢንተርነት የብልኩምን
offline-text = እዚ ገጽ ሕጂ ክኽፈት ኣይክእልን። ኢንተርነት ዘለዎ ቦታ ድለዩ። ድሕሪኡ መሊስኩም ፈትኑ።
offline-again = መሊስካ ፈትን

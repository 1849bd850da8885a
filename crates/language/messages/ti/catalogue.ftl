### status: draft

home-title = ኣየናይ ስራሕ ይሰማምዓኩም?
home-lead = ሞያ ድለዩ። ወይ ድማ እትኽእልዎ ምረጹ። ኣካውንት ኣየድልን።
search-label = ሞያ ድለዩ
search-hint = ብቋንቋኹም ጽሓፉ። ንኣብነት፦ { $example }።
search-button = ድለ
search-too-long = ጽሑፍኩም ነዊሕ እዩ። ካብ { $count } ፊደላት ንላዕሊ ኣይትጽሓፉ።
home-skills-text = እትኽእልዎ ምረጹ። ዝመሳሰል ስራሕ ከነርእየኩም ኢና።
home-compare-text = ክልተ ሞያታት ጎኒ ንጎኒ ኣቐምጡ። እንታይ ሓደ እዩ፡ እንታይከ ይጎድል?
home-sectors = ሞያታት ብጽላት ርኣዩ
home-trust = ክትፈልጥዎ ጽቡቕ እዩ
home-trust-name = መን ምዃንኩም ኣይንሓትትን።
home-trust-origin = ሃገርኩም፡ እምነትኩም፡ ዕድመኹም ወይ ጾታኹም ኣይንርእን።
home-trust-choice = ባዕልኹም ትመርጹ። ኮምፒዩተር ብዛዕባኹም ኣይውስንን።

occupations-title = ሞያታት
occupations-found = { $count ->
    [one] { $count } ሞያ
   *[other] { $count } ሞያታት
}
occupations-first = እዚኦም ናይ መጀመርታ { $count } እዮም። ተወሳኺ ንምርኣይ ካልእ ቃል ድለዩ።
matched-by = ብኸምዚ ተረኺቡ፦ { $label }
empty-title = ሞያ ኣይረኸብናን
empty-word = ካልእ ቃል ፈትኑ። ሓደ ቃል ይሓይሽ።
empty-language = ነቲ ቃል ብቋንቋኹም ወይ ብሆላንድኛ ጽሓፉ።
empty-sector = ወይ ኣብ ታሕቲ ጽላት ምረጹ።

also-called = ካልእ ስም
fact-level = ኣስራሕቲ መብዛሕትኡ ግዜ ዝሓትዎ ደረጃ
level = { $level ->
    [1] mbo 1 ወይ ትሕቲኡ
    [2] mbo 2
    [3] mbo 3
    [4] mbo 4
    [5] associate degree
    [6] ባችለር (hbo)
    [7] ማስተር
   *[8] ስፔሻሊስት ወይ ዶክተር
}
fact-level-note = እዚ ግምት እዩ። ሕጊ ኣይኮነን።
fact-sector = ጽላት
fact-code = ኣህጉራዊ ኮድ (ISCO-08)
fact-law = እዚ ስራሕ ኩሉ ሰብ ክሰርሖ ይኽእል ዶ?
law-no = እወ፡ እዚ ስራሕ ኩሉ ሰብ ክሰርሖ ይኽእል።
law-profession = ኣይፋል። መን ከምዝሰርሖ ሕጊ ይውስን።
law-activity = ንገለ ክፋል ናይቲ ስራሕ ምስክር ወረቐት የድሊ።
law-unknown = ኣይንፈልጦን።
law-authority = ተወሳኺ ኣብዚ ትረኽቡ፦ { $authority }
check-source = ነዚ ካብ ምንጩ ኣረጋግጹ
group-tasks = እዚ ትሰርሑ
group-skills = ክትክእልዎ ዘለኩም
group-knowledge = ክትፈልጥዎ ወይ ክህልወኩም ዘለዎ
group-behaviour = ከምዚ ትሰርሑ
group-languages = ቋንቋታት
need-optional = ሓሓሊፉ የድሊ
occupation-empty = ክእለታት ናይዚ ሞያ ገና ኣይንፈልጥን።
occupation-near = ነዚ ዝመስል ስራሕ
occupation-near-none = ነዚ ዝመስል ስራሕ ኣይንፈልጥን።
near-counts = { $shared } ሓደ፡ { $missing } ይጎድል
occupation-can = ነዚ ስራሕ እፈልጦ
occupation-can-text = ካልእ እንታይ ስራሕ ክትሰርሑ ከም እትኽእሉ ርኣዩ።
occupation-compare = ምስ ካልእ ሞያ ኣወዳድሩ

compare-title = ክልተ ሞያታት ኣወዳድሩ
compare-lead = እንታይ ሓደ ምዃኑን እንታይ ክትመሃሩ ከም ዘለኩምን ትርእዩ።
compare-from = ዝፈልጦ ስራሕ
compare-to = ክሰርሖ ዝደሊ ስራሕ
compare-button = ኣወዳድር
compare-swap = ቀያይር
compare-other = ካልኦት ሞያታት በዚ ቃል
compare-shared = እዚ ሓደ እዩ
compare-missing = እዚ ገና ይጎድል
compare-unused = እዚ ኣብዚ ኣየድልን
compare-count = ካብ { $total } ነጥብታት { $shared } ድሮ ትፈልጡ።
compare-none-shared = ሓደ ዝኾነ ነገር የለን።
compare-none-missing = ዝጎድል የለን።
compare-none-unused = ኩሉ ትጥቀሙሉ።
compare-fill = ነዚ ምልእዎ
compare-unknown = ን“{ $query }” ሞያ ኣይረኸብናን።
compare-same = ክልተ ግዜ ሓደ ሞያ መሪጽኩም።
likeness-high = ብጣዕሚ ይመሳሰሉ
likeness-some = ንእሽቶ ይመሳሰሉ
likeness-low = ብዙሕ ኣይመሳሰሉን

skills-title = እንታይ እኽእል?
skills-lead = እትኽእልዎ ኩሉ ምረጹ። ደሞዝ ዘይብሉ ስራሕ እውን ይቑጸር።
skills-work = እንታይ ስራሕ ሰሪሕኩም?
skills-work-hint = ሞያ ጽሓፉ። ካብኡ እትኽእልዎ ምረጹ።
skills-other = ካልእከ እንታይ ትኽእሉ?
skills-other-hint = እትኽእልዎ ነገር ጽሓፉ። ንኣብነት፦ { $example }።
skills-add = ምርጫታት ኣርኢ
skills-chosen = እዚ መሪጽኩም
skills-chosen-hint = ካብ ቅኑዕ ዘይኮነ ምልክት ኣልዕሉ።
skills-unpaid = ኣብ ገዛን ኣብ ከባብን
skills-from = ንሞያ { $name }
skills-found = ምርጫታት ን“{ $query }”
skills-unknown = ን“{ $query }” ዋላ ሓንቲ ኣይረኸብናን። ካልእ ቃል ፈትኑ።
skills-show = ዝሰማማዕ ስራሕ ኣርኢ
skills-none = እንተ ወሓደ 1 እትኽእልዎ ነገር ምረጹ።
skills-result = ንምርጫኹም ዝመስል ስራሕ
skills-result-lead = እዚ ብዛዕባኹም ፍርዲ ኣይኮነን። ባዕልኹም ትመርጹ።
skills-have = እዚ ድሮ ትኽእሉ
skills-missing = እዚ ገና ይጎድል
skills-more = { $count ->
    [one] ከምኡውን ካልእ { $count } ነጥቢ
   *[other] ከምኡውን ካልኦት { $count } ነጥብታት
}
skills-no-work = ንዚ ምርጫታት ገና ስራሕ ኣይንፈልጥን። ተወሳኺ ምረጹ።
fit-high = ጽቡቕ ይሰማማዕ
fit-some = ብኸፊል ይሰማማዕ
fit-low = ንእሽቶ ይሰማማዕ
how-title = ነዚ ውጽኢት ብኸመይ ረኺብናዮ?
how-count = ካብ { $total } ነጥብታት ናይዚ ስራሕ { $have } ትኽእሉ።
how-weight = ኣብ ውሑዳት ሞያታት ዝርከብ ነጥቢ ዝያዳ ይኽበድ።
how-not = ሃገርኩም፡ እምነትኩም፡ ዕድመኹም ወይ ጾታኹም ኣይንርእን።
problem-title = ነዚ ርኣዩ
title-problem = ጌጋ፦ { $title }

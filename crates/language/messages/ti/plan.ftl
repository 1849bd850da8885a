### The plan on paper (PIP): what stands around what was written.
### status: draft

plan-about = እዚ ውጥን ከመይ ከም እትዋሃድ ይገልጽ። ምስ klantmanager ናይካ ሓቢርኩም ሰሪሕኩምዎ።
plan-agreed = ዝተሰማማዕኩምሉ
plan-change = ኣብ ህይወትካ ዝተለወጠ ነገር ኣሎ ድዩ? ን klantmanager ናይካ ንገሮ። ሽዑ ነቲ ውጥን ሓቢርኩም ትቕይርዎ።
plan-check = ነዚ ዕለት ኣብ ምንጩ ኣረጋግጽ።
plan-dates = ኣገደስቲ ዕለታት
plan-disagree = በዚ ውጥን ኣይትሰማማዕን ዲኻ? መጀመርታ ን klantmanager ናይካ ደውል። ኣብ ምምሕዳር ከተማ እውን ተቓውሞ ከተቕርብ ትኽእል።
plan-fixed = ምምሕዳር ከተማ ነዚ ውጥን ብ { $day } ኣጽዲቕዎ።
plan-next = ክትፈልጦ ዘለካ
plan-notice-draft = እዚ ንድፊ እዩ። እቲ ውጥን ገና ኣይሰርሕን።
plan-notice-discussed = ነዚ ውጥን ተመያይጥኩምሉ። ገና ኣይሰርሕን።
plan-notice-fixed = እዚ ውጥን ይሰርሕ እዩ። ብጽቡቕ ዓቅቦ።
plan-notice-revised = እዚ ውጥን ድሕሪ ሕጂ ኣይሰርሕን። ሓድሽ ውጥን ኣሎ።
plan-objection = ተቓውሞ ክሳብ { $day } ከተቕርብ ትኽእል።
plan-sign-klantmanager = Klantmanager፦ ዕለትን ክታምን
plan-sign-person = ዕለትን ክታምካን
plan-term = ውህደትካ ክሳብ { $day } ትዛዝም።
plan-term-begins = ግዜ ውህደትካ ብ { $day } ይጅምር።
plan-title = ውልቃዊ ውጥን ውህደትን ተሳትፎን (PIP)
plan-written = እቲ klantmanager ዝጸሓፎ ብሆላንድኛ እዩ። ዘይተረድኣካ እንተሎ መብርሂ ሕተት።

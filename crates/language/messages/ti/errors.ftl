### status: draft

error-400-title = እዚ ኣድራሻ ቅኑዕ ኣይኮነን
error-400-text = ኣብቲ ኣድራሻ ዘይንርድኦ ነገር ኣሎ። ተመለሱ እሞ መሊስኩም ፈትኑ።
error-403-title = እዚ ኣይፍቀድን
error-403-text = ነዚ ገጽ ክትከፍትዎ ኣይፍቀደኩምን። ካብ ካልእ መርበብ ዶ መጺእኩም? እምበኣር ከም ሓድሽ ጀምሩ።
error-404-title = ነዚ ገጽ ኣይረኸብናዮን
error-404-text = ምናልባት ኣብቲ ኣድራሻ ጌጋ ኣሎ። ወይ እቲ ገጽ የለን።
error-405-title = እዚ ኣብዚ ኣይከኣልን
error-405-text = ተመለሱ እሞ መሊስኩም ፈትኑ።
error-409-title = ካልእ ሰብ ቀዲሙኩም
error-409-text = ካልእ ሰብ ነዚ ሕጂ ቀይርዎ። ኣብ ልዕሊኡ ዋላ ሓንቲ ኣይተጻሕፈን። ተመለሱ እሞ መሊስኩም ርኣዩ።
error-413-title = እዚ ዓቢ እዩ
error-413-text = ብዙሕ ጽሑፍ ሰዲድኩም። ኣሕጽሩ እሞ መሊስኩም ፈትኑ።
error-429-title = ብዙሕ ግዜ ፈቲንኩም
error-429-text = ቁሩብ ደቓይቕ ተጸበዩ እሞ መሊስኩም ፈትኑ።
error-500-title = ኣብ ጎንና ጌጋ ተፈጢሩ
error-500-text = ጌጋኹም ኣይኮነን። ጸኒሕኩም ፈትኑ።
error-503-title = ንግዚኡ ኣይርከብን
error-503-text = ጽዑቕ እዩ ወይ ኣብቲ መርበብ ንሰርሕ ኣለና። ድሕሪ ቁሩብ ደቓይቕ ፈትኑ።
error-number = ቁጽሪ ናይዚ ጌጋ፦ { $id }
error-home = ናብ ቀዳማይ ገጽ
assets-missing = ቅዲ ናይዚ መርበብ ኣይተሃነጸን።
assets-command = ኣመሓዳሪ በዚ ትእዛዝ ይሃንጾ፦ { $command }

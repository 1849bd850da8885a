//! Makes one spelling of the many that mean the same: letters only, no words.
//!
//! Unicode compatibility forms, case, accents, and per script the variants that people type for one
//! another: Arabic alef and ya forms, Persian ye and kaf, Turkish dotless i, Ethiopic homophones.
//! It must not know words or labels; rules that need a word are in [`super::stem`].

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

use super::language::Letters;

/// Folds the letters of `text` and keeps its punctuation; at most `limit` characters are read.
pub(super) fn fold_letters(text: &str, letters: Letters, limit: usize) -> String {
    let mut out = String::with_capacity(text.len().min(limit * 2));
    if text.is_ascii() {
        // Most labels; nothing to compose, and only a line break needs folding.
        out.extend(text.chars().take(limit).map(|letter| match letter {
            _ if letter.is_ascii_control() => ' ',
            '`' => '\'',
            _ => letter.to_ascii_lowercase(),
        }));
    } else {
        for letter in text.chars().take(limit).nfkc().take(limit) {
            for lower in lowercase(letter, letters) {
                fold_letter(lower, letters, &mut out);
            }
        }
    }
    if letters == Letters::German || letters == Letters::Nordic {
        out = contract(&out, letters);
    }
    out
}

/// Lower case with the full mapping of Unicode, Turkish dotted and dotless i both becoming `i`.
fn lowercase(letter: char, letters: Letters) -> impl Iterator<Item = char> {
    let source = match (letter, letters) {
        ('I' | 'İ' | 'ı', Letters::Turkish) | ('İ' | 'ı', _) => 'i',
        _ => letter,
    };
    source.to_lowercase()
}

fn fold_letter(letter: char, letters: Letters, out: &mut String) {
    match letter {
        'a'..='z' | '0'..='9' | ' ' => out.push(letter),
        'ß' => out.push_str("ss"),
        'æ' => out.push_str("ae"),
        'œ' => out.push_str("oe"),
        'ø' => out.push('o'),
        'ł' => out.push('l'),
        'đ' | 'ð' => out.push('d'),
        'þ' => out.push_str("th"),
        'ħ' => out.push('h'),
        '’' | '‘' | 'ʼ' | '`' | '´' | 'ʻ' | '＇' => out.push('\''),
        '‐'..='―' | '−' => out.push('-'),
        '\u{400}'..='\u{52f}' => fold_cyrillic(letter, letters, out),
        '\u{600}'..='\u{6ff}' => fold_arabic(letter, out),
        '\u{1200}'..='\u{135f}' => out.push(fold_ethiopic(letter)),
        // The zero-width non-joiner parts the endings of a Persian word, as a space does.
        '\u{200c}' => out.push(' '),
        '\u{200b}'
        | '\u{200d}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{feff}'
        | '\u{ad}' => {}
        _ if letter.is_whitespace() || letter.is_control() => out.push(' '),
        _ => decompose_canonical(letter, |part| {
            if !is_combining_mark(part) {
                out.push(part);
            }
        }),
    }
}

/// Ukrainian і, ї and ґ are typed as и's neighbours і and г; Russian ё as е. й stays itself.
fn fold_cyrillic(letter: char, letters: Letters, out: &mut String) {
    out.push(match letter {
        'ї' => 'і',
        'ґ' => 'г',
        'ё' => 'е',
        'ѝ' => 'и',
        'є' if letters == Letters::Ukrainian => 'е',
        _ => letter,
    });
}

/// One form per Arabic letter, for Arabic and Persian keyboards alike; digits become ASCII.
fn fold_arabic(letter: char, out: &mut String) {
    match letter {
        'أ' | 'إ' | 'آ' | 'ٱ' => out.push('ا'),
        'ى' | 'ی' | 'ئ' | 'ې' => out.push('ي'),
        'ؤ' => out.push('و'),
        'ة' | 'ۀ' | 'ہ' | 'ە' => out.push('ه'),
        'ک' => out.push('ك'),
        // Tatweel, the hamza on its own, and all vowel signs carry no meaning for matching.
        'ـ' | 'ء' => {}
        '٠'..='٩' => push_digit(letter, '٠', out),
        '۰'..='۹' => push_digit(letter, '۰', out),
        _ if is_combining_mark(letter) => {}
        _ => out.push(letter),
    }
}

fn push_digit(letter: char, zero: char, out: &mut String) {
    let value = u32::from(letter) - u32::from(zero);
    out.extend(char::from_digit(value, 10));
}

/// Ethiopic letters that sound the same today are written for one another: ሐ ኀ ኸ as ሀ, ሠ as ሰ,
/// ዐ as አ, ፀ as ጸ, in all seven orders.
fn fold_ethiopic(letter: char) -> char {
    let code = u32::from(letter);
    let moved = match code {
        0x1210..=0x1216 => code - 0x10,
        0x1280..=0x1286 => code - 0x80,
        0x1220..=0x1227 => code + 0x10,
        0x12d0..=0x12d6 => code - 0x30,
        0x1340..=0x1346 => code - 8,
        _ => code,
    };
    char::from_u32(moved).unwrap_or(letter)
}

/// Writes `ae oe ue` as `a o u`, so that ä, ae and a bare a meet; `aa` as `a` in the North.
///
/// After a vowel or q the `e` belongs to the next syllable (`bauer`, `quelle`) and stays.
fn contract(text: &str, letters: Letters) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    let mut last = ' ';
    for letter in text.chars() {
        let open = !matches!(before, 'a' | 'e' | 'o' | 'u' | 'i' | 'q');
        let drop = match letters {
            Letters::German => letter == 'e' && matches!(last, 'a' | 'o' | 'u') && open,
            _ => {
                matches!((last, letter), ('a', 'a' | 'e')) || ((last, letter) == ('o', 'e') && open)
            }
        };
        if drop {
            before = last;
            last = '-';
            continue;
        }
        out.push(letter);
        before = last;
        last = letter;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fold(text: &str, letters: Letters) -> String {
        fold_letters(text, letters, 1000)
    }

    #[test]
    fn latin_case_width_and_accents() {
        assert_eq!(fold("Ｋáâss École", Letters::Plain), "kaass ecole");
        assert_eq!(fold("coördinator", Letters::Plain), "coordinator");
        assert_eq!(fold("l’étage", Letters::Plain), "l'etage");
    }

    #[test]
    fn german_umlaut_and_sharp_s_meet_their_ascii_spelling() {
        assert_eq!(
            fold("Kranführer", Letters::German),
            fold("KRANFUEHRER", Letters::German)
        );
        assert_eq!(
            fold("Straße", Letters::German),
            fold("Strasse", Letters::German)
        );
        assert_eq!(fold("Bauer", Letters::German), "bauer");
        assert_eq!(fold("Steuerquelle", Letters::German), "steuerquelle");
    }

    #[test]
    fn nordic_vowels() {
        assert_eq!(
            fold("Gård", Letters::Nordic),
            fold("gaard", Letters::Nordic)
        );
        assert_eq!(
            fold("sygeplejerske på ø", Letters::Nordic),
            "sygeplejerske pa o"
        );
    }

    #[test]
    fn turkish_dotted_and_dotless_i() {
        for spelling in ["ISITMA İŞÇİSİ", "ısıtma işçisi", "isitma iscisi"] {
            assert_eq!(fold(spelling, Letters::Turkish), "isitma iscisi");
        }
    }

    #[test]
    fn arabic_letter_forms_vowels_and_tatweel() {
        assert_eq!(
            fold("مُعلّمـة", Letters::Plain),
            fold("معلمه", Letters::Plain)
        );
        assert_eq!(
            fold("أخصائى", Letters::Plain),
            fold("اخصايي", Letters::Plain)
        );
        assert_eq!(fold("٣ سنوات", Letters::Plain), "3 سنوات");
    }

    #[test]
    fn persian_keyboard_and_joiner() {
        assert_eq!(
            fold("کتاب‌داری", Letters::Plain),
            fold("كتاب داري", Letters::Plain)
        );
        assert_eq!(fold("۱۲", Letters::Plain), "12");
    }

    #[test]
    fn ethiopic_homophones() {
        assert_eq!(fold("ሐኪም", Letters::Plain), fold("ሀኪም", Letters::Plain));
        assert_eq!(fold("ኀይል", Letters::Plain), fold("ሀይል", Letters::Plain));
        assert_eq!(fold("ሠራተኛ", Letters::Plain), fold("ሰራተኛ", Letters::Plain));
        assert_eq!(fold("ዐይን", Letters::Plain), fold("አይን", Letters::Plain));
        assert_eq!(fold("ፀሐፊ", Letters::Plain), fold("ጸሀፊ", Letters::Plain));
    }

    #[test]
    fn ukrainian_letters_and_apostrophe() {
        assert_eq!(fold("Її ґанок", Letters::Ukrainian), "іі ганок");
        assert_eq!(
            fold("сім’я", Letters::Ukrainian),
            fold("сімʼя", Letters::Ukrainian)
        );
        assert_eq!(fold("майстер", Letters::Ukrainian), "майстер");
    }

    #[test]
    fn reading_is_bounded() {
        assert!(
            fold_letters(&"é".repeat(100_000), Letters::Plain, 50)
                .chars()
                .count()
                <= 50
        );
    }
}

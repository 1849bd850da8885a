//! From letters to consonants, per script.
//!
//! A consonant is one character: `S` for sh, `C` for ch, `J` for dj and zh, else a lower-case
//! letter. p is b, q is k, w is v: names travel between languages that do not tell them apart.

use unicode_normalization::UnicodeNormalization;

/// A way to read letters that are read in several ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// Arabic, Ukrainian, and Latin letters with their marks.
    Plain,
    /// Persian (and Dari) for Arabic letters; Turkish c for Latin ones.
    Neighbour,
    /// Latin letters without their marks (Isik for Işık); Cyrillic г as in Russian.
    Bare,
    /// Latin g as the h of Ukrainian (Sergiy for Serhii), and no Arabic article joined to a word
    /// (Alzoubi for Al Zoubi).
    Moved,
}

impl Reading {
    /// All readings.
    pub(super) const ALL: [Reading; 4] = [
        Reading::Plain,
        Reading::Neighbour,
        Reading::Bare,
        Reading::Moved,
    ];
}

/// A sound of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sound {
    Vowel,
    Consonant(char),
}

/// The consonants of a lower-case word.
pub(super) fn consonants(word: &str, reading: Reading) -> String {
    let letters: Vec<char> = if reading == Reading::Bare {
        word.nfd()
            .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
            .map(bare)
            .collect()
    } else {
        word.nfc().filter(|c| !is_vowel_sign(*c)).collect()
    };
    let letters = without_article(&letters, reading);
    let mut sounds = Vec::with_capacity(letters.len());
    let mut at = 0;
    while at < letters.len() {
        at += sound(&letters, at, reading, &mut sounds);
    }
    sounds
        .into_iter()
        .filter_map(|sound| match sound {
            Sound::Vowel => None,
            Sound::Consonant(c) => Some(c),
        })
        .collect()
}

/// Marks of Arabic vowels and doubling, which are mostly left out.
fn is_vowel_sign(c: char) -> bool {
    matches!(c as u32, 0x064B..=0x065F | 0x0670 | 0x0640)
}

/// Letters that Unicode does not take apart.
fn bare(c: char) -> char {
    match c {
        'ı' => 'i',
        'ø' => 'o',
        'ł' => 'l',
        'đ' => 'd',
        c => c,
    }
}

/// Takes the Arabic article from the beginning, and out of Abdul-…, when enough is left.
fn without_article(letters: &[char], reading: Reading) -> Vec<char> {
    let starts = |text: &str| {
        letters
            .iter()
            .copied()
            .take(text.chars().count())
            .eq(text.chars())
    };
    let n = letters.len();
    if starts("ال") && n >= 4 {
        return letters[2..].to_vec();
    }
    if starts("عبدال") && n >= 7 {
        return [&letters[..3], &letters[5..]].concat();
    }
    let is_abd = starts("abd") && n >= 7 && matches!(letters[3], 'a' | 'e' | 'u' | 'o' | 'i');
    if is_abd {
        let after = if letters[3..].starts_with(&['o', 'u']) {
            5
        } else {
            4
        };
        if letters[after] == 'l' {
            return [&letters[..3], &letters[after + 1..]].concat();
        }
    }
    if reading == Reading::Plain && matches!(n, 5 | 6) && starts("abd") && letters[n - 1] == 'l' {
        // Abdul, Abdoul, Abdel before a name written apart.
        return letters[..3].to_vec();
    }
    if reading == Reading::Moved && (starts("al") || starts("el")) && n >= 5 {
        return letters[2..].to_vec();
    }
    letters.to_vec()
}

/// Reads one sound and gives how many letters it took.
fn sound(letters: &[char], at: usize, reading: Reading, to: &mut Vec<Sound>) -> usize {
    let letter = letters[at];
    match letter as u32 {
        0x0600..=0x06FF => {
            to.push(arabic(letters, at, reading));
            1
        }
        0x0400..=0x04FF => cyrillic(letters, at, reading, to),
        0x1200..=0x137F => {
            to.push(ethiopic(letter));
            1
        }
        _ => latin(letters, at, reading, to),
    }
}

fn arabic(letters: &[char], at: usize, reading: Reading) -> Sound {
    let persian = reading == Reading::Neighbour;
    let is_last = at + 1 == letters.len();
    let next_is_vowel = letters
        .get(at + 1)
        .is_some_and(|next| matches!(next, 'ا' | 'آ' | 'أ' | 'ي' | 'ی' | 'ى' | 'ئ' | 'ة'));
    let consonant = match letters[at] {
        'ب' | 'پ' => 'b',
        'ت' | 'ط' => 't',
        'ث' if persian => 's',
        'ث' => 't',
        'ج' | 'ژ' => 'J',
        'چ' => 'C',
        'ح' | 'خ' => 'h',
        'ه' | 'ھ' | 'ہ' if !is_last => 'h',
        'د' => 'd',
        'ذ' | 'ض' if persian => 'z',
        'ذ' | 'ض' => 'd',
        'ر' => 'r',
        'ز' | 'ظ' => 'z',
        'س' | 'ص' => 's',
        'ش' => 'S',
        'غ' | 'گ' => 'g',
        'ق' if persian => 'g',
        'ق' | 'ك' | 'ک' => 'k',
        'ف' => 'f',
        'ل' => 'l',
        'م' => 'm',
        'ن' => 'n',
        // At the beginning and before a vowel w, else a long u or o.
        'و' if at == 0 || next_is_vowel => 'v',
        _ => return Sound::Vowel,
    };
    Sound::Consonant(consonant)
}

fn cyrillic(letters: &[char], at: usize, reading: Reading, to: &mut Vec<Sound>) -> usize {
    if letters[at..].starts_with(&['д', 'ж']) {
        to.push(Sound::Consonant('J'));
        return 2;
    }
    let consonant = match letters[at] {
        'б' | 'п' => 'b',
        'в' => 'v',
        'г' if reading == Reading::Bare => 'g',
        'г' | 'х' => 'h',
        'ґ' => 'g',
        'д' => 'd',
        'ж' => 'J',
        'з' => 'z',
        'к' => 'k',
        'л' => 'l',
        'м' => 'm',
        'н' => 'n',
        'р' => 'r',
        'с' | 'ц' => 's',
        'т' => 't',
        'ф' => 'f',
        'ч' => 'C',
        'ш' => 'S',
        'щ' => {
            to.push(Sound::Consonant('S'));
            'C'
        }
        _ => {
            to.push(Sound::Vowel);
            return 1;
        }
    };
    to.push(Sound::Consonant(consonant));
    1
}

/// A syllable: Unicode puts the syllables of one consonant in rows of eight.
fn ethiopic(letter: char) -> Sound {
    let consonant = match (letter as u32) & !7 {
        0x1200 | 0x1210 | 0x1280 | 0x1288 | 0x12B8 | 0x12C0 => 'h',
        0x1208 => 'l',
        0x1218 => 'm',
        0x1220 | 0x1230 | 0x1338 | 0x1340 => 's',
        0x1228 => 'r',
        0x1238 => 'S',
        0x1240 | 0x1248 | 0x1250 | 0x1258 | 0x12A8 | 0x12B0 => 'k',
        0x1260 | 0x1330 | 0x1350 => 'b',
        0x1268 | 0x12C8 => 'v',
        0x1270 | 0x1320 => 't',
        0x1278 | 0x1328 => 'C',
        0x1290 | 0x1298 => 'n',
        0x12D8 => 'z',
        0x12E0 | 0x1300 => 'J',
        0x12F0 | 0x12F8 => 'd',
        0x1308 | 0x1310 | 0x1318 => 'g',
        0x1348 => 'f',
        _ => return Sound::Vowel,
    };
    Sound::Consonant(consonant)
}

/// Groups of Latin letters that are one or two sounds; the longer before the shorter.
const GROUPS: [(&str, &str); 28] = [
    ("shch", "SC"),
    ("sjtsj", "SC"),
    ("tsch", "C"),
    ("tsj", "C"),
    ("tch", "C"),
    ("dzh", "J"),
    ("dzj", "J"),
    ("sch", "S"),
    ("dj", "J"),
    ("zh", "J"),
    ("zj", "J"),
    ("sj", "S"),
    ("sh", "S"),
    ("ch", "C"),
    ("cz", "C"),
    ("kh", "h"),
    ("gh", "g"),
    ("th", "t"),
    ("dh", "d"),
    ("ph", "f"),
    ("ts", "s"),
    ("tz", "s"),
    ("ck", "k"),
    ("ks", "ks"),
    ("x", "ks"),
    ("ş", "S"),
    ("š", "S"),
    ("ç", "C"),
];

fn latin(letters: &[char], at: usize, reading: Reading, to: &mut Vec<Sound>) -> usize {
    for (group, sounds) in GROUPS {
        let n = group.chars().count();
        // In Tigrinya names d and h may only stand side by side (Medhin).
        if group == "dh" && reading == Reading::Bare {
            continue;
        }
        if letters.len() >= at + n && letters[at..at + n].iter().copied().eq(group.chars()) {
            let moved = |c| {
                if c == 'g' && reading == Reading::Moved {
                    'h'
                } else {
                    c
                }
            };
            to.extend(sounds.chars().map(|c| Sound::Consonant(moved(c))));
            return n;
        }
    }
    let after_vowel = to.last() == Some(&Sound::Vowel);
    let next = letters.get(at + 1).copied();
    let before_vowel = next.is_some_and(is_latin_vowel);
    let consonant = match plain_latin(letters[at]) {
        // In Turkish c is dj.
        'c' if reading == Reading::Neighbour => 'J',
        'c' if matches!(next, Some('e' | 'i' | 'y')) => 's',
        'c' | 'q' => 'k',
        'č' | 'ć' => 'C',
        'ž' => 'J',
        'p' => 'b',
        'g' if reading == Reading::Moved => 'h',
        // After a vowel and not before one they only colour it (Tawfik, Sergej, Fatimah).
        'w' | 'j' if after_vowel && !before_vowel => {
            to.push(Sound::Vowel);
            return 1;
        }
        'h' if after_vowel && next.is_none() => {
            to.push(Sound::Vowel);
            return 1;
        }
        'w' => 'v',
        'j' => 'J',
        c if c.is_ascii_lowercase() && !is_latin_vowel(c) => c,
        c if c.is_numeric() => c,
        _ => {
            to.push(Sound::Vowel);
            return 1;
        }
    };
    to.push(Sound::Consonant(consonant));
    1
}

/// A letter without its marks, except those that make another consonant of it.
fn plain_latin(letter: char) -> char {
    if matches!(letter, 'č' | 'ć' | 'ž') {
        return letter;
    }
    std::iter::once(letter).nfd().next().map_or(letter, bare)
}

fn is_latin_vowel(letter: char) -> bool {
    matches!(plain_latin(letter), 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

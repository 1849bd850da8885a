//! The miner on fictional letters of the repository and on published ones.

use commitments::calendar::parse_iso;
use commitments::deadline::Conventions;
use commitments::miner::{Mined, mine};
use commitments::read::Document;

use crate::material::source;

fn mined(name: &str, text: &str, date: Option<&str>) -> Vec<Mined> {
    let date = date.map(|day| parse_iso(day).unwrap());
    let document = Document::read(name, text, date, &Conventions::default());
    mine(&document, &Conventions::default())
}

/// Precision and recall against words of every commitment a person marked.
struct Score {
    right: usize,
    found: usize,
    marked: usize,
    hit: usize,
}

impl Score {
    fn of(found: &[Mined], labels: &[&str]) -> Score {
        let holds = |mined: &Mined, label: &str| mined.words.contains(label);
        for label in labels {
            if !found.iter().any(|mined| holds(mined, label)) {
                println!("  missed: {label}");
            }
        }
        for mined in found {
            if !labels.iter().any(|label| holds(mined, label)) {
                println!("  wrong: [{}] {}", mined.rule, mined.words);
            }
        }
        Score {
            right: found
                .iter()
                .filter(|mined| labels.iter().any(|label| holds(mined, label)))
                .count(),
            found: found.len(),
            marked: labels.len(),
            hit: labels
                .iter()
                .filter(|label| found.iter().any(|mined| holds(mined, label)))
                .count(),
        }
    }

    fn add(&mut self, other: &Score) {
        self.right += other.right;
        self.found += other.found;
        self.marked += other.marked;
        self.hit += other.hit;
    }

    fn report(&self, name: &str) {
        println!(
            "{name}: precision {}/{} recall {}/{}",
            self.right, self.found, self.hit, self.marked
        );
    }

    fn assert_at_least_nine_in_ten(&self) {
        assert!(
            self.right * 10 >= self.found * 9,
            "precision {}/{}",
            self.right,
            self.found
        );
        assert!(
            self.hit * 10 >= self.marked * 9,
            "recall {}/{}",
            self.hit,
            self.marked
        );
    }
}

/// A letter with the words of its commitments, one a line; a line `not: …` names words that tempt.
macro_rules! letter {
    ($name:literal) => {
        (
            $name,
            include_str!(concat!("../fixtures/letter-", $name, ".txt")),
            include_str!(concat!("../fixtures/letter-", $name, ".labels")),
        )
    };
}

fn score_letters(letters: &[(&str, &str, &str)], all: &str) {
    let mut total = Score {
        right: 0,
        found: 0,
        marked: 0,
        hit: 0,
    };
    for (name, text, labels) in letters {
        println!("== {name}");
        let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let (not, labels): (Vec<&str>, Vec<&str>) = labels
            .lines()
            .filter(|line| !line.is_empty())
            .partition(|line| line.starts_with("not: "));
        for words in labels
            .iter()
            .chain(&not)
            .map(|line| line.trim_start_matches("not: "))
        {
            assert!(flat.contains(words), "{name} does not say {words:?}");
        }
        let found = mined(name, text, None);
        for words in not.iter().map(|line| line.trim_start_matches("not: ")) {
            for one in found.iter().filter(|one| one.words.contains(words)) {
                println!("  tempted: {words} in {}", one.words);
            }
        }
        let score = Score::of(&found, &labels);
        score.report(name);
        total.add(&score);
    }
    total.report(all);
    total.assert_at_least_nine_in_ten();
}

#[test]
fn fictional_letters_are_mined() {
    let letters = [
        letter!("bridges"),
        letter!("harbour"),
        letter!("care"),
        letter!("schools"),
    ];
    score_letters(&letters, "all fictional letters");
}

/// Letters of other ministries, years and forms: answers to questions, a written consultation, an
/// annotated agenda, a list of milestones.
#[test]
fn letters_in_other_styles_are_mined() {
    let letters = [
        letter!("fisheries"),
        letter!("barracks"),
        letter!("courts"),
        letter!("housing"),
        letter!("medicine"),
        letter!("energy"),
        letter!("heritage"),
        letter!("trade"),
        letter!("rivers"),
        letter!("police"),
        letter!("customs"),
        letter!("youth"),
        letter!("ports"),
        letter!("taxes"),
    ];
    score_letters(&letters, "all letters in other styles");
}

/// Letters with a trap beside every promise: what others do, must do, did or expect.
#[test]
fn letters_with_traps_are_mined() {
    let letters = [
        letter!("nitrogen"),
        letter!("helplines"),
        letter!("railways"),
        letter!("frigates"),
        letter!("allowances"),
        letter!("teachers"),
        letter!("climate"),
        letter!("justice"),
    ];
    score_letters(&letters, "all letters with traps");
}

/// The must-find list, then commitments a person also marked in the same letter.
const PROGRESS_LETTER: [&str; 15] = [
    "in de tweede helft van 2023 beschikbaar",
    "staan voor 2023 gepland",
    "verwacht ik in het tweede kwartaal van 2023",
    "tweede editie van deze monitor",
    "zal ik later dit jaar",
    "Ik streef ernaar deze nota van wijziging",
    "Hiervoor laat ik een internationale analyse uitvoeren",
    "De looptijd van dit netwerk is 15 maanden",
    "in het eerste kwartaal nader informeren",
    "Later zal ik u informeren over een completer beeld",
    // Also marked: a digital dashboard along with the second edition is not dated by itself.
    "Zoals toegezegd tijdens het Commissiedebat op 20 april 2022",
    "Het werkprogramma zal worden gemonitord",
    "Daarnaast ga ik – zoals eerder toegezegd",
    "Deze analyse is rond de zomer 2023 afgerond",
    "Dit najaar is gestart met een lerend netwerk",
];

const BARRIERS_LETTER: [&str; 6] = [
    "begin volgend jaar naar de Kamer te sturen",
    "zal in de 2e helft van dit jaar input uit de praktijk",
    "Tot slot zal ik in de Taskforce Werk en Integratie",
    "zal ook het gesprek aangaan met brancheorganisaties",
    // Also marked.
    "Daarnaast zal ik verder input ophalen",
    "Ik heb toen toegezegd dat ik samen met",
];

#[test]
fn published_letters_are_mined() {
    let cases: [(&str, Option<&str>, &[&str]); 3] = [
        ("003", None, &PROGRESS_LETTER),
        ("004", Some("2022-09-28"), &BARRIERS_LETTER),
        (
            "000",
            None,
            &[
                "voor het einde van het jaar zal worden geïnformeerd",
                "geagendeerd worden",
            ],
        ),
    ];
    let mut total = Score {
        right: 0,
        found: 0,
        marked: 0,
        hit: 0,
    };
    for (name, date, labels) in cases {
        let Some(text) = source(name) else { return };
        println!("== {name}");
        let score = Score::of(&mined(name, &text, date), labels);
        score.report(name);
        total.add(&score);
    }
    total.report("all published letters");
    total.assert_at_least_nine_in_ten();
}

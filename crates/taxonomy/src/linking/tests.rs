//! The linker as a whole: what a caller may rely on.

use proptest::prelude::*;

use super::bridge::Bridge;
use super::build::{ConceptRank, IndexEntry, PivotEntry, PivotRole};
use super::index::{LinkIndex, LinkParts};
use super::language::LanguageProfile;
use super::meaning::Placed;
use super::scratch::Scratch;
use super::space::{ConceptTexts, Neighbour, Relation, Space};
use super::*;
use crate::concept::LabelRole;

const LABELS: &[(u32, &str)] = &[
    (3, "verkoopmedewerker kleding"),
    (3, "verkoper kleding"),
    (7, "vrachtwagenchauffeur"),
    (7, "chauffeur vrachtwagen"),
    (9, "verpleegkundige"),
    (9, "algemeen verpleegkundige"),
    (12, "monteur elektrische installaties"),
    (15, "coördinator kinderopvang"),
    (20, "Verkopers"),
    (21, "bakker"),
    (22, "banketbakker"),
    (30, "docent wiskunde"),
];

fn entries(labels: &'static [(u32, &'static str)]) -> impl Iterator<Item = IndexEntry<'static>> {
    labels
        .iter()
        .enumerate()
        .map(|(number, &(concept, text))| IndexEntry {
            concept,
            role: if number > 0 && labels[number - 1].0 == concept {
                LabelRole::Alternative
            } else {
                LabelRole::Preferred
            },
            rank: if concept == 20 {
                ConceptRank::Group
            } else {
                ConceptRank::Concept
            },
            text,
        })
}

fn dutch() -> LinkIndex {
    LinkIndex::build(
        LanguageProfile::of("nl"),
        entries(LABELS),
        None,
        std::iter::empty(),
        None,
    )
}

fn bridged() -> LinkIndex {
    let english = [
        (3, "clothing shop assistant"),
        (7, "truck driver"),
        (9, "nurse"),
        (12, "electrical fitter"),
        (15, "childcare coordinator"),
        (21, "baker"),
        (22, "pastry baker"),
        (30, "mathematics teacher"),
    ];
    let pairs = english.map(|(concept, text)| ConceptTexts {
        own: LABELS
            .iter()
            .filter(|(own, _)| *own == concept)
            .map(|(_, label)| *label)
            .collect(),
        pivot: vec![text],
        ..ConceptTexts::default()
    });
    let nl = LanguageProfile::of("nl");
    let bridge = Bridge::learn(nl, LanguageProfile::of("en"), &pairs);
    let labels = english.iter().map(|&(concept, text)| PivotEntry {
        concept,
        role: PivotRole::Label,
        text,
    });
    let described = [PivotEntry {
        concept: 9,
        role: PivotRole::Description,
        text: "Cares for patients in hospital.",
    }];
    let space = space();
    let placed = Placed {
        space: &space,
        place_of: &|concept| PLACES.iter().position(|&place| place == concept),
    };
    let pivot = labels.chain(described);
    LinkIndex::build(nl, entries(LABELS), Some(&bridge), pivot, Some(placed))
}

/// Concepts of the space in [`space`]; the last two are skills without labels in an index.
const PLACES: [u32; 6] = [3, 7, 9, 12, 100, 101];

fn space() -> Space {
    let texts = [
        ("verkoopmedewerker kleding", "helpt klanten in de winkel"),
        ("vrachtwagenchauffeur", "rijdt lading naar klanten"),
        ("verpleegkundige", "zorgt voor patienten"),
        ("monteur elektrische installaties", "legt leidingen aan"),
        ("klanten begroeten", "winkel en kassa"),
        ("patienten wassen", "zorg aan bed"),
    ];
    let texts: Vec<ConceptTexts> = texts
        .iter()
        .map(|&(label, own_description)| ConceptTexts {
            own: vec![label],
            own_description,
            ..ConceptTexts::default()
        })
        .collect();
    let needs = [(0, 4), (1, 4), (2, 5), (0, 90)];
    let neighbours = needs.map(|(from, to)| Neighbour {
        from,
        to,
        relation: Relation::Essential,
    });
    let nl = LanguageProfile::of("nl");
    Space::learn(nl, LanguageProfile::of("en"), &texts, &neighbours)
}

#[test]
fn a_word_of_the_surroundings_finds_the_concept() {
    let of = |index: &LinkIndex| first(index, "patienten").map(|link| link.concept);
    assert_eq!(of(&bridged()), Some(9));
    assert_ne!(of(&dutch()), Some(9));
}

#[test]
fn a_space_of_nothing_places_nothing() {
    let nl = LanguageProfile::of("nl");
    let space = Space::learn(nl, LanguageProfile::of("en"), &[], &[]);
    let placed = Placed {
        space: &space,
        place_of: &|_| None,
    };
    let none = std::iter::empty();
    let index = LinkIndex::build(nl, entries(LABELS), None, none, Some(placed));
    assert_eq!(first(&index, "bakker").map(|link| link.concept), Some(21));
}

fn first(index: &LinkIndex, text: &str) -> Option<Link> {
    index
        .link(text, 5, &mut Scratch::default())
        .first()
        .copied()
}

#[test]
fn every_label_finds_its_concept_with_full_score() {
    let index = dutch();
    for (number, &(concept, text)) in LABELS
        .iter()
        .enumerate()
        .filter(|(_, (concept, _))| *concept != 20)
    {
        let link = first(&index, text).expect("a link");
        assert_eq!(
            (link.concept, link.score, link.label as usize),
            (concept, 1000, number),
            "{text}"
        );
    }
}

#[test]
fn other_spellings_and_forms_find_the_concept() {
    let index = dutch();
    for (text, concept) in [
        ("VERPLEEGKUNDIGE (m/v/x)", 9),
        ("coordinator  kinderopvang", 15),
        ("verkoopster kleding", 3),
        ("medewerker verkoop kleding", 3),
        ("chauffeur op vrachtwagens", 7),
        ("ervaren bakker gezocht, 32 uur", 21),
        ("docente wiskunde", 30),
    ] {
        assert_eq!(
            first(&index, text).map(|link| link.concept),
            Some(concept),
            "{text}"
        );
    }
}

#[test]
fn a_group_stands_below_an_equally_good_occupation() {
    const TWO: &[(u32, &str)] = &[(20, "loodgieter"), (31, "loodgieter")];
    let index = LinkIndex::build(
        LanguageProfile::of("nl"),
        entries(TWO),
        None,
        std::iter::empty(),
        None,
    );
    let links = index.link("loodgieters", 5, &mut Scratch::default());
    assert_eq!(
        links.iter().map(|link| link.concept).collect::<Vec<_>>(),
        [31, 20]
    );
    assert!(links[0].score > links[1].score);
}

#[test]
fn a_word_of_the_pivot_language_crosses_the_bridge() {
    assert_eq!(first(&bridged(), "nurse").map(|link| link.concept), Some(9));
    assert_eq!(first(&bridged(), "truck").map(|link| link.concept), Some(7));
    assert_eq!(
        first(&dutch(), "truck").filter(|link| link.concept == 7 && link.score > 300),
        None
    );
}

#[test]
fn nothing_to_link() {
    let index = dutch();
    for text in ["", "   ", "-/()!?", "m/v", "\u{200c}\u{301}"] {
        assert_eq!(first(&index, text), None, "{text:?}");
    }
    let none = LinkIndex::build(
        LanguageProfile::of("xx"),
        std::iter::empty(),
        None,
        std::iter::empty(),
        None,
    );
    assert_eq!(first(&none, "bakker"), None);
    assert!(
        dutch()
            .link("bakker", 0, &mut Scratch::default())
            .is_empty()
    );
}

#[test]
fn a_megabyte_is_read_in_bounded_time() {
    let index = bridged();
    let line = "verpleegkundige chauffeur bakkersoven ".repeat(30_000);
    assert!(!index.link(&line, 5, &mut Scratch::default()).is_empty());
    let word = "x".repeat(1_000_000);
    index.link(&word, 5, &mut Scratch::default());
}

#[test]
fn building_twice_gives_the_same_arrays() {
    assert_eq!(bridged(), bridged());
}

#[test]
fn one_scratch_serves_several_indexes() {
    let (one, other) = (dutch(), bridged());
    let mut scratch = Scratch::default();
    let texts = [
        "bakker kleding",
        "chauffeur",
        "truck wiskunde",
        "monteur",
        "chauffeur",
    ];
    for text in texts.into_iter().chain(texts) {
        for index in [&one, &other] {
            assert_eq!(
                index.link(text, 9, &mut scratch),
                index.link(text, 9, &mut Scratch::default())
            );
        }
    }
}

#[test]
fn parts_come_back_as_they_were() {
    let index = bridged();
    let bytes = index
        .parts()
        .bytes()
        .into_iter()
        .map(<[u8]>::to_vec)
        .collect();
    let numbers = index
        .parts()
        .numbers()
        .into_iter()
        .map(<[u32]>::to_vec)
        .collect();
    assert_eq!(
        LinkIndex::from_parts(LinkParts::from_arrays(bytes, numbers)),
        Ok(index)
    );
}

#[test]
fn shortened_arrays_are_refused() {
    let whole = bridged();
    for number in 0..LinkParts::NUMBERS.len() {
        let bytes = whole
            .parts()
            .bytes()
            .into_iter()
            .map(<[u8]>::to_vec)
            .collect();
        let mut numbers: Vec<Vec<u32>> = whole
            .parts()
            .numbers()
            .into_iter()
            .map(<[u32]>::to_vec)
            .collect();
        numbers[number].pop();
        let damaged = LinkIndex::from_parts(LinkParts::from_arrays(bytes, numbers));
        assert!(
            damaged.is_err(),
            "{} may be short",
            LinkParts::NUMBERS[number]
        );
    }
}

struct Reverse;

impl SecondStage for Reverse {
    fn rerank(&self, _text: &str, mut links: Vec<Link>) -> Vec<Link> {
        links.reverse();
        links
    }
}

#[test]
fn a_second_stage_can_reorder() {
    let links = dutch().link("bakker", 5, &mut Scratch::default());
    let stage: &dyn SecondStage = &Reverse;
    assert_eq!(stage.rerank("bakker", links.clone()).last(), links.first());
}

proptest! {
    #[test]
    fn case_accents_and_spaces_do_not_matter(number in 0..LABELS.len(), spaces in 1..4_usize) {
        let (concept, text) = LABELS[number];
        prop_assume!(concept != 20);
        let varied = text.to_uppercase().replace('O', "Ó").replace(' ', &" ".repeat(spaces));
        let (plain, other) = (first(&dutch(), text), first(&dutch(), &varied));
        prop_assert_eq!(plain, other);
    }

    #[test]
    fn any_text_links_without_panic_and_in_order(text in ".{0,200}", top in 0..30_usize) {
        let links = bridged().link(&text, top, &mut Scratch::default());
        prop_assert!(links.len() <= top);
        prop_assert!(links.windows(2).all(|pair| pair[0].score >= pair[1].score));
        prop_assert_eq!(&links, &bridged().link(&text, top, &mut Scratch::default()));
    }

    #[test]
    fn damaged_arrays_never_panic(section in 0..100_usize, at in 0..10_000_usize, value: u32, text in "[a-z ]{0,30}") {
        let whole = bridged();
        let mut bytes: Vec<Vec<u8>> = whole.parts().bytes().into_iter().map(<[u8]>::to_vec).collect();
        let mut numbers: Vec<Vec<u32>> = whole.parts().numbers().into_iter().map(<[u32]>::to_vec).collect();
        let (b, n) = (section % bytes.len(), section % numbers.len());
        if section < 30 {
            if let Some(cell) = bytes[b].get_mut(at) { *cell = value as u8; }
        } else if let Some(cell) = { let length = numbers[n].len().max(1); numbers[n].get_mut(at % length) } {
            *cell = value;
        }
        if let Ok(index) = LinkIndex::from_parts(LinkParts::from_arrays(bytes, numbers)) {
            index.link(&text, 10, &mut Scratch::default());
            index.link("verkoper kleding truck", 10, &mut Scratch::default());
        }
    }
}

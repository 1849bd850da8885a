//! Part 2: work of every kind, and the skills that it gave.

use domain::profile::{Experience, Profile, ProfileSkill, SkillChoice, SkillSource, WorkKind};
use domain::skill::SkillLevel;
use domain::text::{ConceptUri, OwnWords};

use super::fields::{Choice, Field, Text};
use super::suggesting;
use super::years::{calendars, read_year, year};
use super::{Asking, Next, Problem};
use crate::form::Posted;
use crate::page::Page;
use crate::reading::{Named, Reader};
use crate::search::{Wanted, search};

/// Work on the picture cards, by its Dutch name in the catalogue: common, and easy to recognise.
const PICTURED: [&str; 10] = [
    "kok",
    "schoonmaker",
    "metselaar",
    "automonteur",
    "vrachtwagenchauffeur",
    "verpleegkundige",
    "leraar basisonderwijs",
    "kapper",
    "kleermaker",
    "winkelverkoper",
];

/// The card for care at home.
const AT_HOME: &str = "thuis";

pub(super) fn ask_experience(asking: &Asking<'_>, profile: &Profile) -> Vec<Field> {
    let page = asking.page;
    let mut fields = Vec::new();
    if !profile.work.is_empty() {
        fields.extend(calendars(page));
    }
    for (n, work) in profile.work.iter().enumerate() {
        fields.push(Field::Open(work.words.as_str().to_owned()));
        fields.push(which_occupation(asking, n, work));
        let kinds = WorkKind::ALL.into_iter().map(|kind| {
            (
                kind_code(kind).to_owned(),
                page.t(&format!("newcomer-worked-{}", kind_code(kind))),
            )
        });
        fields.push(Field::select(
            &format!("soort-{n}"),
            page.t("newcomer-worked"),
            kinds.collect(),
            kind_code(work.kind),
        ));
        fields.push(year(
            page,
            &format!("van-{n}"),
            page.t("newcomer-from"),
            work.from,
        ));
        fields.push(year(
            page,
            &format!("tot-{n}"),
            page.t("newcomer-until"),
            work.until,
        ));
        let remove = Choice::new("1", page.t("newcomer-remove"), page.language, false);
        fields.push(small(Field::many(
            &format!("weg-{n}"),
            String::new(),
            vec![remove],
        )));
        fields.push(Field::Close);
    }
    fields.push(cards(asking, profile));
    fields.push(Field::Text(Text {
        name: "eigen".to_owned(),
        label: page.t("newcomer-other-work"),
        label_beside: None,
        hint: page.t("newcomer-other-work-hint"),
        value: String::new(),
        is_long: true,
        is_number: false,
    }));
    fields
}

/// Picture cards of common work that was not told yet.
fn cards(asking: &Asking<'_>, profile: &Profile) -> Field {
    let page = asking.page;
    let legend = if profile.work.is_empty() {
        String::new()
    } else {
        page.t("newcomer-more-work")
    };
    let told = |named: &Named| {
        let told = profile
            .work
            .iter()
            .filter_map(|work| work.occupation.as_ref());
        told.into_iter()
            .any(|uri| crate::directory::short(uri.as_str()) == named.id)
    };
    let mut cards: Vec<Choice> = PICTURED
        .iter()
        .filter_map(|name| {
            let hits = search(
                &page.site.catalogue,
                name,
                Wanted::Occupations,
                domain::language::Language::NL,
                1,
            );
            let concept = hits.first()?.concept;
            let icon = asking.reader.icon(concept);
            let named = asking.reader.named(concept);
            (!told(&named)).then(|| Choice::named(named, false).with_icon(icon))
        })
        .collect();
    let home = page.t("newcomer-care-at-home");
    cards.push(Choice::new(AT_HOME, home, page.language, false).with_icon("sector-welfare"));
    Field::many("kaart", legend, cards)
}

/// Which occupation own words mean; the surest is chosen until the person says otherwise.
fn which_occupation(asking: &Asking<'_>, n: usize, work: &Experience) -> Field {
    let page = asking.page;
    let chosen = suggesting::occupation(&page.site.catalogue, work.occupation.as_ref());
    let mut offered: Vec<_> = chosen.into_iter().collect();
    let suggested = asking.suggested.occupations.get(n);
    for concept in suggested.into_iter().flatten() {
        if !offered.contains(concept) {
            offered.push(*concept);
        }
    }
    // Work at home has no occupation unless somebody chose one.
    let is_at_home = work.kind == WorkKind::Care && chosen.is_none();
    let mut options: Vec<Choice> = offered
        .iter()
        .enumerate()
        .map(|(at, concept)| Choice::named(asking.reader.named(*concept), at == 0 && !is_at_home))
        .collect();
    let none = page.t("newcomer-none-of-these");
    let is_none = options.is_empty() || is_at_home;
    options.push(Choice::new("", none, page.language, is_none));
    Field::one(&format!("beroep-{n}"), options).with_legend(page.t("newcomer-which-work"))
}

pub(super) fn take_experience(
    page: &Page,
    form: &Posted,
    profile: &mut Profile,
) -> Result<Next, Problem> {
    let mut kept = Vec::new();
    for (n, work) in profile.work.iter().enumerate() {
        if form.has(&format!("weg-{n}")) {
            continue;
        }
        let mut work = work.clone();
        let kind = form.value(&format!("soort-{n}"));
        let kind = WorkKind::ALL
            .into_iter()
            .find(|one| kind.as_deref() == Some(kind_code(*one)));
        work.kind = kind.unwrap_or(work.kind);
        work.from = read_year(page, form, (&format!("van-{n}"), work.from))?;
        work.until = read_year(page, form, (&format!("tot-{n}"), work.until))?;
        if let (Some(from), Some(until)) = (work.from, work.until)
            && until.latest() < from.earliest()
        {
            return Err(Problem {
                text: page.t("newcomer-problem-order"),
                field: format!("tot-{n}"),
            });
        }
        if form.has(&format!("beroep-{n}")) {
            let chosen = form.value(&format!("beroep-{n}"));
            work.occupation = chosen.and_then(|id| occupation_uri(page, &id));
        }
        kept.push(work);
    }
    let before = kept.len();
    for card in form.values("kaart") {
        if let Some(work) = pictured(page, &card) {
            kept.push(work);
        }
    }
    let own = form.lines("eigen").unwrap_or_default();
    for words in own.split(['\n', ',', '،', '፣', ';']) {
        if words.trim().is_empty() {
            continue;
        }
        let words = OwnWords::new(words).map_err(|_| Problem {
            text: page.tn("search-too-long", crate::page::LONGEST_TEXT),
            field: "eigen".to_owned(),
        })?;
        kept.push(told(words, WorkKind::Paid, None));
    }
    let added = kept.len() > before;
    profile.work = kept;
    Ok(if added { Next::Again } else { Next::Onward })
}

/// Work of a picture card.
fn pictured(page: &Page, card: &str) -> Option<Experience> {
    if card == AT_HOME {
        let words = OwnWords::new(&page.plain(page.t("newcomer-care-at-home"))).ok()?;
        return Some(told(words, WorkKind::Care, None));
    }
    let concept = page.site.directory.occupation(card)?;
    let named = Reader::new(&page.site, page.language).named(concept);
    let uri = occupation_uri(page, card);
    Some(told(OwnWords::new(&named.name).ok()?, WorkKind::Paid, uri))
}

fn told(words: OwnWords, kind: WorkKind, occupation: Option<ConceptUri>) -> Experience {
    Experience {
        words,
        occupation,
        kind,
        from: None,
        until: None,
        tasks: Vec::new(),
    }
}

pub(super) fn occupation_uri(page: &Page, id: &str) -> Option<ConceptUri> {
    let concept = page.site.directory.occupation(id)?;
    ConceptUri::new(page.site.catalogue.uri(concept)).ok()
}

fn skill_uri(page: &Page, id: &str) -> Option<ConceptUri> {
    let concept = page.site.directory.skill(id)?;
    ConceptUri::new(page.site.catalogue.uri(concept)).ok()
}

pub(super) fn ask_skills(asking: &Asking<'_>, profile: &Profile) -> Vec<Field> {
    let page = asking.page;
    let mut fields = Vec::new();
    let levels: Vec<(String, String)> = std::iter::once((String::new(), page.t("newcomer-unsaid")))
        .chain(SkillLevel::ALL.into_iter().map(|level| {
            (
                skill_level_code(level).to_owned(),
                page.t(&format!("newcomer-skill-{}", skill_level_code(level))),
            )
        }))
        .collect();
    for held in profile.kept_skills() {
        let Some(concept) = page.site.catalogue.find(held.skill.as_str()) else {
            continue;
        };
        let named = asking.reader.named(concept);
        let id = named.id.clone();
        fields.push(Field::Open(named.name.clone()));
        fields.push(small(Field::many(
            "houd",
            String::new(),
            vec![Choice::new(
                id.clone(),
                page.t("newcomer-keep"),
                page.language,
                true,
            )],
        )));
        fields.push(Field::select(
            &format!("niveau-{id}"),
            page.t("newcomer-how-well"),
            levels.clone(),
            held.level.map_or("", skill_level_code),
        ));
        fields.push(Field::Close);
    }
    if !asking.suggested.skills.is_empty() {
        let skills = asking.suggested.skills.iter();
        let options = skills.map(|skill| Choice::named(asking.reader.named(*skill), false));
        let legend = page.t("newcomer-skills-suggested");
        fields.push(Field::many("v", legend, options.collect()));
    }
    fields.push(Field::Text(Text {
        name: "eigen".to_owned(),
        label: page.t("newcomer-own-skills"),
        label_beside: None,
        hint: page.t("newcomer-own-skills-hint"),
        value: String::new(),
        is_long: false,
        is_number: false,
    }));
    fields
}

pub(super) fn take_skills(
    page: &Page,
    form: &Posted,
    profile: &mut Profile,
) -> Result<Next, Problem> {
    let still = form.values("houd");
    for held in &mut profile.skills {
        if held.choice != SkillChoice::Kept {
            continue;
        }
        let id = crate::directory::short(held.skill.as_str()).to_owned();
        if !still.contains(&id) {
            held.choice = SkillChoice::Dropped;
            continue;
        }
        let level = form.value(&format!("niveau-{id}"));
        held.level = SkillLevel::ALL
            .into_iter()
            .find(|one| level.as_deref() == Some(skill_level_code(*one)));
    }
    let mut added = false;
    for (name, source) in [
        ("v", SkillSource::Suggested),
        ("woord", SkillSource::OwnWords),
    ] {
        for id in form.values(name) {
            let Some(skill) = skill_uri(page, &id) else {
                continue;
            };
            match profile.skills.iter_mut().find(|held| held.skill == skill) {
                Some(held) => held.choice = SkillChoice::Kept,
                None => profile.skills.push(ProfileSkill {
                    skill,
                    level: None,
                    source,
                    evidence: None,
                    choice: SkillChoice::Kept,
                }),
            }
            added = true;
        }
    }
    Ok(if added { Next::Again } else { Next::Onward })
}

/// The choices in small boxes.
pub(super) fn small(field: Field) -> Field {
    match field {
        Field::Choices(mut choices) => {
            choices.is_small = true;
            Field::Choices(choices)
        }
        other => other,
    }
}

pub(in super::super) fn kind_code(kind: WorkKind) -> &'static str {
    match kind {
        WorkKind::Paid => "paid",
        WorkKind::SelfEmployed => "self-employed",
        WorkKind::Traineeship => "traineeship",
        WorkKind::Unpaid => "unpaid",
        WorkKind::Informal => "informal",
        WorkKind::Care => "care",
        WorkKind::Volunteer => "volunteer",
    }
}

pub(in super::super) fn skill_level_code(level: SkillLevel) -> &'static str {
    match level {
        SkillLevel::Basic => "basic",
        SkillLevel::Independent => "independent",
        SkillLevel::Expert => "expert",
    }
}

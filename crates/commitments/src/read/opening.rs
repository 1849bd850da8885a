//! The sentence that opens a record: it names the kind and says what was asked or promised.
//!
//! A sentence opens a record when it holds a verb of asking or promising with an object, and the
//! thing that carries it (a motion, questions, a meeting, a letter) stands before that verb.

use time::Date;

use crate::calendar::PartialDate;
use crate::place::{Confidence, Field};
use crate::read::words::Words;
use crate::read::{dates, debates, people, references};
use crate::record::{Ask, AskForm, Kind};

/// What the opening sentence says.
#[derive(Clone, Debug)]
pub(crate) struct Opening<'a> {
    pub(crate) sentence: Words<'a>,
    pub(crate) kind: Field<Kind>,
    pub(crate) named: Option<people::Named>,
    pub(crate) topic: Option<Field<String>>,
    pub(crate) ask: Field<Ask>,
    pub(crate) debate: Option<debates::Found>,
    pub(crate) date: Option<Field<PartialDate>>,
    pub(crate) reference: Option<references::Found>,
    /// Whether the ask is what the document itself says, behind `zoals toegezegd tijdens …`.
    pub(crate) is_recalled: bool,
}

/// The verb of asking or promising and where the ask starts.
#[derive(Clone, Copy, Debug)]
struct AskVerb {
    /// Token of the verb.
    at: usize,
    family: Family,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    Request,
    Promise,
    Report,
}

/// Reads the opening, if the sentence is one. `meeting` is a meeting named just before it.
pub(crate) fn opening<'a>(
    sentence: Words<'a>,
    meeting: Option<&debates::Found>,
    document: Option<Date>,
) -> Option<Opening<'a>> {
    let verb = ask_verb(sentence)?;
    let head = sentence.part(0, verb.at);
    let mut debate = debates::find(head, document);
    let kind = kind(head, verb.family, debate.as_ref(), meeting)?;
    // `Zoals toegezegd tijdens het commissiedebat op … wordt …`: the ask follows the meeting.
    let recalled = verb.family == Family::Promise
        && sentence.any(verb.at.wrapping_sub(1), &["zoals", "eerder"])
        && verb.at <= 3;
    let mut from = verb.at + 1;
    if recalled {
        debate = debates::find(sentence, document);
        from = debate.as_ref()?.end;
    }
    let ask = ask(sentence, from)?;
    let people_end = sentence
        .0
        .iter()
        .position(|token| token.span.start >= ask.span.start)
        .unwrap_or(sentence.len());
    let before_ask = sentence.part(0, people_end);
    if kind.value == Kind::CommitmentInDebate && debate.is_none() {
        debate = meeting.cloned();
    }
    Some(Opening {
        sentence,
        named: named(before_ask),
        topic: (kind.value == Kind::Motion).then(|| topic(head)).flatten(),
        date: motion_date(head, debate.as_ref(), document),
        reference: references::find(before_ask).into_iter().next(),
        kind,
        ask,
        debate,
        is_recalled: recalled,
    })
}

fn ask_verb(words: Words<'_>) -> Option<AskVerb> {
    (0..words.len()).find_map(|at| {
        let family = match words.low(at) {
            "verzocht" | "verzoekt" | "verzoeken" | "gevraagd" | "opgeroepen" | "opgedragen" => {
                Family::Request
            }
            "vraagt" | "roept" | "draagt" => Family::Request,
            "toegezegd" | "zegde" => Family::Promise,
            "gedaan" if words.any(at.wrapping_sub(1), &["toezegging", "toezeggingen"]) => {
                Family::Promise
            }
            "gemeld" | "aangegeven" | "medegedeeld" | "meegedeeld" | "aangekondigd"
            | "geantwoord" | "bericht" => Family::Report,
            _ => return None,
        };
        leads_to_ask(words, at).then_some(AskVerb { at, family })
    })
}

/// How many tokens behind its verb an ask begins at the latest.
const LONGEST_LEAD: usize = 60;

/// Whether words that can be asked follow: `om`, `dat`, or an infinitive with `te`.
fn leads_to_ask(words: Words<'_>, at: usize) -> bool {
    (at + 1..words.len().min(at + LONGEST_LEAD)).any(|place| {
        words.any(place, &["om", "dat", "te"])
            || words.get(place).is_some_and(|token| {
                // Separable verbs write `te` inside: `toe te zien`, but also `uiteenzetten`.
                token.lower.len() > 6 && token.lower.contains("te") && place > at + 1
            })
    })
}

#[expect(
    clippy::too_many_lines,
    reason = "a closed list of cases reads best in one place"
)]
fn kind(
    head: Words<'_>,
    family: Family,
    debate: Option<&debates::Found>,
    meeting: Option<&debates::Found>,
) -> Option<Field<Kind>> {
    let field = |kind, at: usize, rule, sure| {
        Some(Field::new(kind, head.part(at, at + 1).span(), rule, sure))
    };
    let motion = (0..head.len()).find(|at| {
        let low = head.low(*at);
        low == "motie" || low == "moties" || low.starts_with("motie-")
    });
    if let (Some(at), Family::Request) = (motion, family) {
        return field(Kind::Motion, at, "kind.motion", Confidence::CLEAR);
    }
    let asked = head.find(0, &["kamervragen", "vragen"]);
    if let Some(at) = asked
        && family != Family::Request
        && (head.is(at, "kamervragen")
            || head.any(at.wrapping_sub(1), &["schriftelijke", "mondelinge"]))
    {
        return field(
            Kind::CommitmentFromQuestions,
            at,
            "kind.questions",
            Confidence::CLEAR,
        );
    }
    if family != Family::Promise {
        return None;
    }
    if let Some(found) = debate {
        return field(
            Kind::CommitmentInDebate,
            found.start,
            "kind.debate",
            Confidence::CLEAR,
        );
    }
    let letter = (0..head.len()).find(|at| {
        let low = head.low(*at);
        low.ends_with("brief") || low.ends_with("rapportage")
    });
    if let Some(at) = letter {
        return field(
            Kind::CommitmentInLetter,
            at,
            "kind.letter",
            Confidence::LIKELY,
        );
    }
    let last = head.len().saturating_sub(1);
    if meeting.is_some() || head.is_empty() || head.any(last, &["zoals", "eerder"]) {
        return field(
            Kind::CommitmentInDebate,
            last,
            "kind.debate_before",
            Confidence::LIKELY,
        );
    }
    field(
        Kind::CommitmentInDebate,
        last,
        "kind.promise",
        Confidence::DOUBTFUL,
    )
}

/// The ask: the words from the joining word on up to the end of the sentence.
fn ask(sentence: Words<'_>, from: usize) -> Option<Field<Ask>> {
    let mut start = from;
    // The one who is asked, and other words between the verb and the ask.
    loop {
        let before = start;
        start +=
            usize::from(sentence.any(start, &[",", ":", "hierbij", "daarbij", "verder", "op"]));
        if sentence.any(start, &["de", "het", "aan", "haar"]) {
            let skip = 1 + usize::from(sentence.any(start + 1, &["de", "het"]));
            let asked = start + skip;
            if sentence.any(
                asked,
                &[
                    "regering",
                    "kabinet",
                    "minister",
                    "staatssecretaris",
                    "kamer",
                    "bewindspersoon",
                ],
            ) {
                start = asked + 1;
            } else if people::title(sentence, asked) {
                start = people::after_title(sentence, asked)
                    .map_or(start, |(at, named)| at + named.len);
            }
        }
        if people::title(sentence, start) {
            start =
                people::after_title(sentence, start).map_or(start, |(at, named)| at + named.len);
        }
        start += usize::from(sentence.mark(start).is_some());
        if start == before {
            break;
        }
    }
    let form = match sentence.low(start) {
        "om" => AskForm::Om,
        "dat" => AskForm::Dat,
        _ => AskForm::Bare,
    };
    start += usize::from(form != AskForm::Bare);
    let mut end = sentence.len();
    while end > start
        && (sentence.mark(end - 1).is_some() || sentence.any(end - 1, &[".", ";", ":"]))
    {
        end -= 1;
    }
    let words = sentence.part(start, end);
    if words.len() < 3 {
        return None;
    }
    let ask = Ask {
        words: words.text_with_marks(),
        form,
    };
    let sure = if form == AskForm::Bare {
        Confidence::LIKELY
    } else {
        Confidence::CLEAR
    };
    Some(Field::new(ask, words.span(), "ask.after_verb", sure))
}

/// The members: those after the motion (or the questions) rather than any other.
fn named(head: Words<'_>) -> Option<people::Named> {
    let titled = (0..head.len()).find_map(|at| people::after_title(head, at));
    let titled_at = titled.as_ref().map(|(at, _)| *at);
    let titled = titled.map(|(_, named)| named);
    let bare = (0..head.len()).find_map(|at| {
        let low = head.low(at);
        let joined = low.starts_with("motie-");
        if !joined && low != "motie" {
            return None;
        }
        if titled_at.is_some_and(|title| title > at) {
            return None;
        }
        if joined {
            return joined_name(head, at);
        }
        let start = at + 1 + usize::from(head.is(at + 1, "van"));
        head.is_capital(start)
            .then(|| people::names(head, start))
            .flatten()
    });
    bare.or(titled)
}

/// The name in `motie-Jansen c.s.`.
fn joined_name(head: Words<'_>, at: usize) -> Option<people::Named> {
    let token = head.get(at)?;
    let (_, name) = token.text.split_once('-')?;
    let and_others = head.any(at + 1, &["c.s.", "cs"]);
    let members = name
        .split('/')
        .map(|name| {
            let member = people::Member {
                name: name.to_owned(),
                party: None,
            };
            (member, token.span)
        })
        .collect();
    Some(people::Named {
        members,
        and_others,
        len: 1 + usize::from(and_others),
        span: token.span,
    })
}

/// The subject of a motion: `over …` up to a date, a bracket or a verb.
fn topic(head: Words<'_>) -> Option<Field<String>> {
    let start = 1 + head.find(0, &["over", "inzake", "betreffende"])?;
    let end = (start..head.len())
        .find(|at| {
            head.any(
                *at,
                &["d.d.", "(", "wordt", "werd", "is", "die", "heeft", ","],
            ) || (head.any(*at, &["van", "op"]) && dates::written(head, at + 1).is_some())
        })
        .unwrap_or(head.len());
    let mut last = end;
    while last > start && (head.is(last - 1, ".") || head.mark(last - 1).is_some()) {
        last -= 1;
    }
    let words = head.part(start, last);
    (!words.is_empty()).then(|| {
        Field::new(
            words.text(),
            words.span(),
            "motion.topic",
            Confidence::LIKELY,
        )
    })
}

/// The date of the meeting, or of the motion itself: `d.d. 3 mei 2022`, `Op 3 mei 2022 heeft …`.
fn motion_date(
    head: Words<'_>,
    debate: Option<&debates::Found>,
    document: Option<Date>,
) -> Option<Field<PartialDate>> {
    if let Some(found) = debate {
        return found.date.clone();
    }
    (0..head.len()).find_map(|at| {
        let announced = head.any(at, &["d.d.", "op", "van", "in", "dd"]);
        let start = at + 1 + usize::from(head.is(at, "dd") && head.is(at + 1, "."));
        let written = dates::written(head, start).filter(|_| announced)?;
        let date = written.resolve(document)?;
        let part = head.part(start, start + written.len);
        Some(Field::new(
            date,
            part.span(),
            "motion.date",
            Confidence::CLEAR,
        ))
    })
}

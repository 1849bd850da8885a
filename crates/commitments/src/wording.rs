//! Findings, standings and urgencies as Dutch sentences for the policy officer.
//!
//! Everything else in this crate is codes; only this module words them.

use crate::lint::{Finding, FindingKind};
use crate::read::dates;
use crate::record::{Kind, RecordContent, ReferenceOrigin, Standing};
use crate::register::{Move, RelationKind, Review, State, Urgency};

/// The kind in words.
#[must_use]
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Motion => "motie",
        Kind::CommitmentInDebate => "toezegging in debat",
        Kind::CommitmentFromQuestions => "toezegging uit Kamervragen",
        Kind::CommitmentInLetter => "toezegging per brief",
    }
}

/// The standing in words.
#[must_use]
pub fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Unreported => "niet gemeld",
        Standing::Open => "open",
        Standing::PartlyDone => "deels gemeld als afgedaan",
        Standing::Done => "gemeld als afgedaan",
    }
}

/// The state in the register in words.
#[must_use]
pub fn state(state: State) -> &'static str {
    match state {
        State::Submitted => "ingediend",
        State::Withheld => "aangehouden",
        State::Withdrawn => "ingetrokken",
        State::Rejected => "verworpen",
        State::Lapsed => "vervallen",
        State::TakenOver => "overgenomen",
        State::Adopted => "aangenomen",
        State::Made => "toegezegd",
        State::Assigned => "toegewezen",
        State::InProgress => "in uitvoering",
        State::DeferralReported => "uitstel gemeld",
        State::DraftSettlement => "concept-afdoening",
        State::ReportedToChamber => "gemeld in Kamerbrief",
        State::PartlySettled => "deels afgedaan",
        State::Settled => "afgedaan",
        State::ConfirmedByChamber => "voldaan",
        State::NotCarriedOut => "niet uitgevoerd",
    }
}

/// A move in words, as the history tells it.
#[must_use]
pub fn made_move(what: &Move) -> &'static str {
    match what {
        Move::Withhold => "aangehouden",
        Move::PutAgain => "opnieuw ingediend",
        Move::Withdraw => "ingetrokken",
        Move::Reject => "verworpen",
        Move::Lapse => "vervallen",
        Move::TakeOver => "overgenomen",
        Move::Adopt => "aangenomen",
        Move::Assign { .. } => "toegewezen",
        Move::Start => "in uitvoering genomen",
        Move::Defer { .. } => "uitstel gemeld",
        Move::DraftSettlement => "concept-afdoening gemaakt",
        Move::Report { .. } => "gemeld in Kamerbrief",
        Move::SettlePartly { .. } => "deels afgedaan",
        Move::Settle { .. } => "afgedaan",
        Move::Confirm => "door de Kamer als voldaan bevestigd",
        Move::GiveUp { .. } => "niet uitgevoerd",
        Move::Reopen { .. } => "heropend",
    }
}

/// A relation in words: what the one does to the other.
#[must_use]
pub fn relation(kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::Repeats => "herhaling van",
        RelationKind::Supplements => "aanvulling op",
        RelationKind::Changes => "wijziging van",
        RelationKind::Replaces => "in plaats van",
        RelationKind::SharesAction => "zelfde actie als",
    }
}

/// The review in words.
#[must_use]
pub fn review(review: &Review) -> &'static str {
    match review {
        Review::Proposed => "nog niet nagekeken",
        Review::Accepted { .. } => "nagekeken",
        Review::Dismissed { .. } => "afgewezen",
    }
}

/// The urgency in words.
#[must_use]
pub fn urgency(urgency: Urgency) -> String {
    match urgency {
        Urgency::Late { days: 1 } => "1 dag te laat".to_owned(),
        Urgency::Late { days } => format!("{days} dagen te laat"),
        Urgency::Near { days: 1 } => "nog 1 dag".to_owned(),
        Urgency::Near { days } | Urgency::Later { days } => format!("nog {days} dagen"),
        Urgency::UndatedAlert => "geen datum, vraag na".to_owned(),
        Urgency::NeedsDate => "datum van het document nodig".to_owned(),
        Urgency::Undated => "geen datum".to_owned(),
        Urgency::NoTerm => "geen termijn".to_owned(),
    }
}

/// Where it was asked or promised, on one line.
#[must_use]
pub fn place(record: &RecordContent) -> String {
    let mut parts: Vec<String> = Vec::new();
    if let Some(debate) = &record.debate {
        parts.push(debate.to_string());
    }
    if let Some(date) = record.date {
        parts.push(dates::in_words(date));
    }
    if let Some(reference) = &record.reference {
        let origin = match reference.origin {
            ReferenceOrigin::Stated => String::new(),
            ReferenceOrigin::Footnote(number) => format!(" (voetnoot {number})"),
            ReferenceOrigin::Inherited(number) => format!(" (overgenomen van nr. {number})"),
        };
        parts.push(format!("Kamerstuk {}{origin}", reference.paper));
    }
    for note in &record.notes {
        if note.text.is_none() {
            parts.push(format!("voetnoot {} ontbreekt", note.number));
        }
    }
    if parts.is_empty() {
        "geen vindplaats".to_owned()
    } else {
        parts.join("; ")
    }
}

/// What to check at the source when a list is from memory.
fn unverified(verified: bool) -> &'static str {
    if verified {
        ""
    } else {
        "; controleer bij de bron"
    }
}

/// The finding as a sentence.
#[must_use]
#[expect(
    clippy::too_many_lines,
    reason = "a closed list of cases reads best in one place"
)]
pub fn finding(finding: &Finding) -> String {
    match &finding.kind {
        FindingKind::MissingNote { number } => {
            format!("Voetnoot {number} ontbreekt: de verwijzing staat er, de noot niet.")
        }
        FindingKind::DossierSlip {
            written,
            proposal,
            title,
            seen,
            verified,
        } => {
            let title = title
                .as_ref()
                .map_or(String::new(), |title| format!(", {title}"));
            let seen = match seen {
                0 => String::new(),
                1 => "; komt hier 1 keer voor".to_owned(),
                n => format!("; komt hier {n} keer voor"),
            };
            format!(
                "Dossier {written}: bedoeld {proposal}{title}?{seen}{}",
                unverified(*verified)
            )
        }
        FindingKind::NameSlip {
            written,
            proposal,
            party,
            verified,
        } => format!(
            "Naam \"{written}\": bedoeld {proposal} ({party})?{}",
            unverified(*verified)
        ),
        FindingKind::CountMismatch {
            stated,
            listed,
            what,
        } => format!("{what}: er staat {stated}, de opsomming telt er {listed}."),
        FindingKind::InheritedReference {
            paper,
            from,
            record,
        } => format!(
            "Nr. {record}: vindplaats {paper} is overgenomen van nr. {from} (zelfde debat); bevestig."
        ),
        FindingKind::AbsentAttachment { name, records } => {
            let records: Vec<String> = records.iter().map(ToString::to_string).collect();
            format!(
                "Bijlage \"{name}\" zit niet in het dossier; nr. {} steunen erop, passage niet aantoonbaar.",
                records.join(", ")
            )
        }
        FindingKind::OtherDeliverable {
            record,
            asked,
            delivered,
        } => format!("Nr. {record}: gevraagd is een {asked}, gemeld wordt een {delivered}."),
        FindingKind::NeedsDate { record, words } => format!(
            "Nr. {record}: termijn \"{words}\" heeft de datum van het document nodig (--date)."
        ),
    }
}

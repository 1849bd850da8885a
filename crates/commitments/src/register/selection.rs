//! Which obligations to show, and who waits for whom.

use std::borrow::Cow;

use time::Date;

use super::{Obligation, Register, Review, State, Tie, Urgency, board};
use crate::deadline::Conventions;
use crate::record::Kind;

/// A named choice of obligations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Which {
    /// Something is to be done.
    #[default]
    Open,
    /// The term is over.
    Late,
    /// The term ends in fewer than [`super::NEAR_DAYS`] days.
    Near,
    /// Deferred at least once, open or not.
    Deferred,
    /// Proposals that nobody looked at.
    Unreviewed,
    /// All but what was dismissed.
    All,
}

impl Which {
    /// All choices.
    pub const ALL: [Which; 6] = [
        Which::Open,
        Which::Late,
        Which::Near,
        Which::Deferred,
        Which::Unreviewed,
        Which::All,
    ];

    /// The code used in addresses.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Which::Open => "open",
            Which::Late => "laat",
            Which::Near => "bijna",
            Which::Deferred => "uitgesteld",
            Which::Unreviewed => "voorstellen",
            Which::All => "alle",
        }
    }
}

/// What to look for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// The choice.
    pub which: Which,
    /// Only this state.
    pub state: Option<State>,
    /// Only this kind.
    pub kind: Option<Kind>,
    /// Only this directorate.
    pub owner: Option<String>,
    /// Only what is tied to this action or indicator.
    pub tie: Option<Tie>,
    /// Only where all these words occur in ask, names, place or term.
    pub text: Option<String>,
}

/// An obligation that was looked for.
#[derive(Clone, Debug)]
pub struct Selected<'a> {
    /// The obligation as it stood on the date.
    pub obligation: Cow<'a, Obligation>,
    /// How pressing it is; none when nothing is to be done.
    pub urgency: Option<Urgency>,
}

/// The obligations that fit on a date, the most pressing first, then by number.
#[must_use]
pub fn select<'a>(
    register: &'a Register,
    on: Date,
    conventions: &Conventions,
    selection: &Selection,
) -> Vec<Selected<'a>> {
    let mut found: Vec<Selected<'a>> = register
        .obligations()
        .filter_map(|obligation| obligation.as_of(on))
        .map(|obligation| Selected {
            urgency: board::pressing(&obligation, on, conventions),
            obligation,
        })
        .filter(|selected| fits(selected, selection))
        .collect();
    found.sort_by_key(|selected| {
        let order = selected.urgency.map_or((9, 0), board::order);
        (order, selected.obligation.id())
    });
    found
}

fn fits(selected: &Selected<'_>, selection: &Selection) -> bool {
    let obligation = &*selected.obligation;
    let dismissed = matches!(obligation.review(), Review::Dismissed { .. });
    let chosen = match selection.which {
        Which::Open => selected.urgency.is_some(),
        Which::Late => matches!(selected.urgency, Some(Urgency::Late { .. })),
        Which::Near => matches!(selected.urgency, Some(Urgency::Near { .. })),
        Which::Deferred => obligation.deferrals() > 0,
        Which::Unreviewed => *obligation.review() == Review::Proposed,
        Which::All => true,
    };
    let is = |wanted: Option<bool>| wanted.unwrap_or(true);
    !dismissed
        && chosen
        && is(selection.state.map(|state| obligation.state() == state))
        && is(selection.kind.map(|kind| obligation.content().kind == kind))
        && is(selection.owner.as_ref().map(|owner| {
            obligation
                .owner()
                .is_some_and(|known| known.directorate.eq_ignore_ascii_case(owner))
        }))
        && is(selection.tie.as_ref().map(|tie| obligation.is_tied_to(tie)))
        && is(selection.text.as_ref().map(|text| says(obligation, text)))
}

fn says(obligation: &Obligation, text: &str) -> bool {
    let content = obligation.content();
    let names = content.members.iter().flat_map(|member| {
        let party = member.party.as_ref().map_or("", |party| party.code());
        [member.name.as_str(), party]
    });
    let mut all = vec![content.ask.words.clone(), crate::wording::place(content)];
    all.extend(names.map(str::to_owned));
    all.extend(content.topic.clone());
    all.extend(content.account.clone());
    all.extend(obligation.deadline().map(|deadline| deadline.words.clone()));
    let all = all.join(" ").to_lowercase();
    text.to_lowercase()
        .split_whitespace()
        .all(|word| all.contains(word))
}

/// Whose turn it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Turn {
    /// Nobody was made responsible yet.
    Nobody,
    /// A directorate.
    Directorate(String),
    /// The minister has the settlement on the desk.
    Minister,
    /// The Chamber has to say whether it agrees, or to vote.
    Chamber,
}

/// Who waits for whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Whose turn it is.
    pub turn: Turn,
    /// The members and groups that wait, each once.
    pub who: Vec<String>,
    /// Obligations that wait.
    pub count: usize,
    /// Of which late.
    pub late: usize,
}

/// Whose turn it is with an obligation; none when nothing is to be done.
#[must_use]
pub fn turn(obligation: &Obligation) -> Option<Turn> {
    let state = obligation.state();
    match state {
        State::DraftSettlement => Some(Turn::Minister),
        State::ReportedToChamber | State::Submitted | State::Withheld => Some(Turn::Chamber),
        _ if !state.is_open() => None,
        _ => Some(match obligation.owner() {
            Some(owner) => Turn::Directorate(owner.directorate.clone()),
            None => Turn::Nobody,
        }),
    }
}

/// Who waits for whom on a date, by whose turn it is.
#[must_use]
pub fn waiting(register: &Register, on: Date, conventions: &Conventions) -> Vec<Waiting> {
    let mut out: Vec<Waiting> = Vec::new();
    let kept = register
        .obligations()
        .filter_map(|known| known.as_of(on))
        .filter(|known| !matches!(known.review(), Review::Dismissed { .. }));
    for obligation in kept {
        let Some(turn) = turn(&obligation) else {
            continue;
        };
        let late = matches!(
            board::pressing(&obligation, on, conventions),
            Some(Urgency::Late { .. })
        );
        let at = match out.iter().position(|known| known.turn == turn) {
            Some(at) => at,
            None => {
                out.push(Waiting {
                    turn,
                    who: Vec::new(),
                    count: 0,
                    late: 0,
                });
                out.len() - 1
            }
        };
        let row = &mut out[at];
        row.count += 1;
        row.late += usize::from(late);
        for member in &obligation.content().members {
            let name = match &member.party {
                Some(party) => format!("{} ({})", member.name, party.code()),
                None => member.name.clone(),
            };
            if !row.who.contains(&name) {
                row.who.push(name);
            }
        }
    }
    out.sort_by(|one, other| one.turn.cmp(&other.turn));
    out
}

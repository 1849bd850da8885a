//! Records of the programme: actions, learning networks, trainings, money, practice tests,
//! interviews and errata, as dated data with sources.
//!
//! Reading and checking is here; [`figures`] computes from it and [`report`] puts it in order.

pub mod figures;
pub mod interviews;
pub mod report;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use time::Date;

use crate::fault::DataFault;
use crate::indicator::{Source, day};
use interviews::Interview;

/// Name of the file with the real actions, for messages.
pub const FILE: &str = "data/monitoring/programme.toml";
const EMBEDDED: &str = include_str!("../../../../data/monitoring/programme.toml");
/// Name of the file with fictional records.
pub const DEMO_FILE: &str = "data/monitoring/demo/programme.toml";
const DEMO: &str = include_str!("../../../../data/monitoring/demo/programme.toml");

mod optional_day {
    time::serde::format_description!(format, Date, "[year]-[month]-[day]");
    pub(super) use format::option::{deserialize, serialize};
}

/// An action of the work agenda.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// Code.
    pub code: String,
    /// What is done.
    pub title: String,
    /// Who answers for it.
    pub owner: String,
    /// Who takes part in carrying it out.
    #[serde(default)]
    pub partners: Vec<String>,
    /// Programme it belongs to.
    pub programme: String,
    /// First day.
    #[serde(with = "day")]
    pub from: Date,
    /// Last day; `None` while it goes on or if the source does not say.
    #[serde(default, with = "optional_day")]
    pub until: Option<Date>,
    /// Measure of its reach, `indicator/measure`.
    #[serde(default)]
    pub reach: Option<String>,
    /// Measure of its effect, `indicator/measure`.
    #[serde(default)]
    pub effect: Option<String>,
    /// What is uncertain in this record.
    #[serde(default)]
    pub note: Option<String>,
    /// Where it is written.
    pub source: Source,
}

/// Where an action stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Not begun.
    Planned,
    /// Going on.
    Running,
    /// Over.
    Ended,
}

impl Action {
    /// Where the action stands on a day.
    #[must_use]
    pub fn phase(&self, on: Date) -> Phase {
        if on < self.from {
            Phase::Planned
        } else if self.until.is_some_and(|until| until < on) {
            Phase::Ended
        } else {
            Phase::Running
        }
    }
}

/// Kind of gathering.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NetworkKind {
    /// Lerend netwerk.
    LearningNetwork,
    /// Community of practice of employers.
    CommunityOfPractice,
    /// Regional discussion table.
    DiscussionTable,
}

/// A meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Session {
    /// Day.
    #[serde(with = "day")]
    pub on: Date,
    /// Invited.
    pub invited: u64,
    /// Present, at most those invited.
    pub present: u64,
    /// What was learned.
    #[serde(default)]
    pub lessons: Vec<String>,
}

/// What was agreed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agreement {
    /// What.
    pub text: String,
    /// By whom.
    pub owner: String,
    /// When it was agreed.
    #[serde(with = "day")]
    pub agreed_on: Date,
    /// When it is due.
    #[serde(default, with = "optional_day")]
    pub due: Option<Date>,
    /// When it was done.
    #[serde(default, with = "optional_day")]
    pub done_on: Option<Date>,
}

/// A learning network, community of practice or discussion table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Network {
    /// Code.
    pub code: String,
    /// Name.
    pub title: String,
    /// Kind.
    pub kind: NetworkKind,
    /// Action it belongs to.
    pub action: String,
    /// First day.
    #[serde(with = "day")]
    pub from: Date,
    /// How many months it lasts, if known.
    #[serde(default)]
    pub months: Option<u16>,
    /// Organisations that take part.
    pub participants: Vec<String>,
    /// Meetings.
    #[serde(default)]
    pub session: Vec<Session>,
    /// Agreements.
    #[serde(default)]
    pub agreement: Vec<Agreement>,
    /// Source.
    pub source: Source,
}

/// A training of professionals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Training {
    /// Code.
    pub code: String,
    /// Name.
    pub title: String,
    /// Action it belongs to.
    pub action: String,
    /// First day.
    #[serde(with = "day")]
    pub from: Date,
    /// Professionals it is meant for, if known.
    #[serde(default)]
    pub meant_for: Option<u64>,
    /// Professionals who finished it, if known.
    #[serde(default)]
    pub reached: Option<u64>,
    /// Source.
    pub source: Source,
}

/// Money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Funding {
    /// Code.
    pub code: String,
    /// What for.
    pub title: String,
    /// Action, if it is for one.
    #[serde(default)]
    pub action: Option<String>,
    /// Whole euro.
    pub euro: u64,
    /// Per what: the whole, or each region.
    pub per: FundingUnit,
    /// First day.
    #[serde(with = "day")]
    pub from: Date,
    /// Last day.
    #[serde(default, with = "optional_day")]
    pub until: Option<Date>,
    /// People reached with it, if known.
    #[serde(default)]
    pub reached: Option<u64>,
    /// Source.
    pub source: Source,
}

/// What an amount is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FundingUnit {
    /// Everything together.
    Total,
    /// Each labour-market region.
    Region,
}

/// A practice test with paired applications.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PracticeTest {
    /// Code.
    pub code: String,
    /// What was tested.
    pub title: String,
    /// Period.
    pub period: String,
    /// Pairs by outcome: both, only the candidate without, only the candidate with a migration
    /// background, neither; `None` if the publication does not give them.
    #[serde(default)]
    pub pairs: Option<[u64; 4]>,
    /// Difference as published, in percentage points.
    #[serde(default)]
    pub published_points: Option<f64>,
    /// Vacancies, if known.
    #[serde(default)]
    pub vacancies: Option<u64>,
    /// Source.
    pub source: Source,
}

/// A correction of something published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishedErratum {
    /// What was corrected.
    pub about: String,
    /// Day of the correction.
    #[serde(with = "day")]
    pub on: Date,
    /// What was wrong.
    pub wrong: String,
    /// What is right.
    pub right: String,
    /// Source.
    pub source: Source,
}

/// An adjustment made because of what the monitor showed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Adjustment {
    /// Day.
    #[serde(with = "day")]
    pub on: Date,
    /// Action.
    pub action: String,
    /// What was seen.
    pub seen: String,
    /// What was changed.
    pub changed: String,
}

/// All records of the programme.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Programme {
    /// Whether the records are invented for demonstration.
    pub fictional: Fictional,
    /// Actions.
    pub action: Vec<Action>,
    /// Networks.
    pub network: Vec<Network>,
    /// Trainings.
    pub training: Vec<Training>,
    /// Money.
    pub funding: Vec<Funding>,
    /// Practice tests.
    pub practice_test: Vec<PracticeTest>,
    /// Interviews.
    pub interview: Vec<Interview>,
    /// Corrections.
    pub erratum: Vec<PublishedErratum>,
    /// Adjustments.
    pub adjustment: Vec<Adjustment>,
}

/// Whether records are real.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fictional {
    /// From the sources named.
    #[default]
    No,
    /// Invented.
    Yes,
}

impl Programme {
    /// The real records that come with the program.
    ///
    /// # Errors
    /// [`DataFault`]; a test of this crate keeps the file free of faults.
    pub fn embedded() -> Result<Programme, DataFault> {
        Programme::read(FILE, EMBEDDED)
    }

    /// The fictional records for demonstration.
    ///
    /// # Errors
    /// As [`Self::embedded`].
    pub fn demo() -> Result<Programme, DataFault> {
        Programme::read(DEMO_FILE, DEMO)
    }

    /// Reads and checks a TOML file.
    ///
    /// # Errors
    /// [`DataFault`]: unreadable, a code twice, a link to an action that is not there, an end
    /// before its start, more present than invited, more reached than meant for, an agreement
    /// done before it was made, an interview without consent.
    pub fn read(file: &str, text: &str) -> Result<Programme, DataFault> {
        let programme: Programme =
            toml::from_str(text).map_err(|error| DataFault::of_toml(file, text, &error))?;
        programme.check().map_err(|(code, reason)| {
            // The line of the code itself is where the record stands.
            let quoted = format!("\"{code}\"");
            let line = text
                .find(&quoted)
                .map_or(0, |at| crate::fault::line_at(text, at));
            DataFault::new(file, line, format!("{code}: {reason}"))
        })?;
        Ok(programme)
    }

    fn check(&self) -> Result<(), (String, String)> {
        let fault = |code: &str, reason: &str| Err((code.to_owned(), reason.to_owned()));
        let mut actions = BTreeSet::new();
        for action in &self.action {
            if !actions.insert(action.code.as_str()) {
                return fault(&action.code, "the action stands twice");
            }
            if action.until.is_some_and(|until| until < action.from) {
                return fault(&action.code, "ends before it starts");
            }
        }
        let linked = |code: &str, action: &str| {
            if actions.contains(action) {
                Ok(())
            } else {
                fault(code, &format!("there is no action {action:?}"))
            }
        };
        for network in &self.network {
            linked(&network.code, &network.action)?;
            check_network(network).map_err(|reason| (network.code.clone(), reason))?;
        }
        for training in &self.training {
            linked(&training.code, &training.action)?;
            if training
                .reached
                .zip(training.meant_for)
                .is_some_and(|(r, m)| r > m)
            {
                return fault(&training.code, "reached more than it is meant for");
            }
        }
        for funding in &self.funding {
            if let Some(action) = &funding.action {
                linked(&funding.code, action)?;
            }
            if funding.until.is_some_and(|until| until < funding.from) {
                return fault(&funding.code, "ends before it starts");
            }
        }
        for adjustment in &self.adjustment {
            linked(&adjustment.action, &adjustment.action)?;
        }
        interviews::check(&self.interview)
    }
}

fn check_network(network: &Network) -> Result<(), String> {
    for session in &network.session {
        if session.on < network.from {
            return Err(format!("a session on {} before the start", session.on));
        }
        if session.present > session.invited {
            return Err(format!(
                "{} present of {} invited on {}",
                session.present, session.invited, session.on
            ));
        }
    }
    for agreement in &network.agreement {
        let early = |day: Option<Date>| day.is_some_and(|day| day < agreement.agreed_on);
        if early(agreement.done_on) || early(agreement.due) {
            return Err(format!(
                "an agreement done or due before it was made: {}",
                agreement.text
            ));
        }
    }
    Ok(())
}

//! May somebody work, in words: for everybody who asks, and for a newcomer who told their residence
//! situation.
//!
//! The rules decide; this only puts the question and hands the answer on with its source.

use domain::code::Region;
use domain::day::Day;
use domain::id::PersonId;
use domain::language::Language;
use guidance::answer::{Answer, Source, Speaker, Words};
use guidance::facts::{Fact, FactKind, Facts};
use guidance::rule::Topic;

use crate::audit::Event;
use crate::policy::Action;
use crate::{Application, ApplicationError, Context, InvalidInput};

/// Words with the language that they are in: Dutch where there is no translation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The words.
    pub text: String,
    /// Their language.
    pub language: Language,
}

/// Who must do what by when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MayWorkDuty {
    /// Who.
    pub who: String,
    /// What.
    pub what: String,
    /// By when.
    pub by: String,
    /// Working days before the start, where the duty has them.
    pub working_days: Option<i64>,
}

/// Where an answer stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MayWorkSource {
    /// Title of the law, letter or page.
    pub title: Said,
    /// Article.
    pub article: String,
    /// Link.
    pub link: String,
    /// Day on which it was last compared.
    pub checked_on: Day,
    /// "Controleer bij de bron", where nobody read the source itself.
    pub warning: Option<String>,
}

/// How a missing fact is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactForm {
    /// Yes or no.
    YesOrNo,
    /// A day.
    Day,
    /// A whole number.
    Number,
    /// In a talk: it has no short answer.
    Talk,
}

/// Something that must be known first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingFact {
    /// Name of the fact, for [`Application::may_work`].
    pub name: &'static str,
    /// The question.
    pub question: String,
    /// How it is answered.
    pub form: FactForm,
}

/// What the rules say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MayWork {
    /// Day for which it holds.
    pub date: Day,
    /// Outcome as a code, such as `free` or `permit_needed`.
    pub outcome: &'static str,
    /// Outcome in words.
    pub words: Said,
    /// Why, in plain words.
    pub explanation: Option<Said>,
    /// Where it stands; none when no rule decided.
    pub source: Option<MayWorkSource>,
    /// Who must do what.
    pub duties: Vec<MayWorkDuty>,
    /// What must be known first.
    pub missing: Vec<MissingFact>,
    /// Whether people must look at the source.
    pub needs_check: bool,
}

/// Residence situations that can be asked about, as codes.
#[must_use]
pub fn residences() -> Vec<&'static str> {
    codes(Fact::Residence)
}

/// Kinds of work that can be asked about, as codes.
#[must_use]
pub fn kinds_of_work() -> Vec<&'static str> {
    codes(Fact::Kind)
}

fn codes(fact: Fact) -> Vec<&'static str> {
    match fact.kind() {
        FactKind::Choice(choices) => choices.iter().map(|(code, _)| *code).collect(),
        FactKind::Number | FactKind::Date | FactKind::Flag | FactKind::Level => Vec::new(),
    }
}

impl Application {
    /// What the rules in force today say to facts, each a name with a value; it is nobody's data.
    ///
    /// # Errors
    /// [`ApplicationError::Invalid`] when a fact or value is not known.
    pub fn may_work(
        &self,
        facts: &[(&str, &str)],
        language: Language,
    ) -> Result<MayWork, ApplicationError> {
        let mut known = Facts::none();
        for (name, value) in facts {
            let fact = Fact::ALL.iter().find(|fact| fact.name() == *name);
            let fact = *fact.ok_or(InvalidInput::UnknownToGuidance)?;
            known = known
                .with(fact, value)
                .map_err(|_| InvalidInput::UnknownToGuidance)?;
        }
        let set = self.guidance()?;
        let decision = set.rules.decide(Topic::MayWork, &known, self.today());
        let speaker = Speaker {
            set: &set,
            language,
        };
        Ok(put(&speaker.answer(Topic::MayWork, &decision, &known)))
    }

    /// What the rules say today for the residence situation that a newcomer told; none when they
    /// did not tell it. That the profile was used is written down first.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when there is no such person for the actor;
    /// [`ApplicationError::Invalid`] for an unknown kind of work.
    pub async fn may_person_work(
        &self,
        context: &Context,
        person: PersonId,
        kind: &str,
        language: Language,
    ) -> Result<Option<MayWork>, ApplicationError> {
        let found = self
            .person_for(context, Action::ReadProfile, person)
            .await?;
        self.audit_alone(context, Event::ProfileRead { person })
            .await?;
        let profile = self.profile_of(&found).await?.profile;
        let Some(residence) = profile.about.residence else {
            return Ok(None);
        };
        let facts = [("residence", residence.code()), ("kind", kind)];
        self.may_work(&facts, language).map(Some)
    }

    /// The labour-market regions with their names, in order of name.
    ///
    /// # Errors
    /// Fails when the application was started without guidance.
    pub fn regions(&self) -> Result<Vec<(Region, String)>, ApplicationError> {
        let set = self.guidance()?;
        let mut regions: Vec<(Region, String)> = set
            .regions
            .regions()
            .filter_map(|region| Some((region.code.parse().ok()?, region.name.clone())))
            .collect();
        regions.sort_by(|a, b| a.1.cmp(&b.1));
        Ok(regions)
    }
}

pub(crate) fn said(words: &Words<'_>) -> Said {
    Said {
        text: words.text.to_owned(),
        language: words.language,
    }
}

/// A source of the guidance.
pub(crate) fn cited(source: &Source<'_>) -> MayWorkSource {
    MayWorkSource {
        title: said(&source.title),
        article: source.article.to_owned(),
        link: source.link.to_owned(),
        checked_on: source.checked_on,
        warning: source.warning.map(str::to_owned),
    }
}

fn put(answer: &Answer<'_>) -> MayWork {
    let source = answer.source.as_ref().map(cited);
    let duties = answer.duties.iter().map(|duty| MayWorkDuty {
        who: duty.who_text.to_owned(),
        what: duty.what_text.to_owned(),
        by: duty.by_text.to_owned(),
        working_days: duty.working_days,
    });
    let missing = answer.missing.iter().map(|asked| MissingFact {
        name: asked.fact.name(),
        question: asked.words().to_owned(),
        form: match asked.fact.kind() {
            FactKind::Flag => FactForm::YesOrNo,
            FactKind::Date => FactForm::Day,
            FactKind::Number => FactForm::Number,
            FactKind::Choice(_) | FactKind::Level => FactForm::Talk,
        },
    });
    MayWork {
        date: answer.date,
        outcome: answer.outcome,
        words: said(&answer.outcome_text),
        explanation: answer.explanation.as_ref().map(said),
        source,
        duties: duties.collect(),
        missing: missing.collect(),
        needs_check: answer.needs_check,
    }
}

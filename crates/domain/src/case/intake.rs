//! The broad intake: statements per topic, each with its source.
//!
//! The topics are those of the Gemeentelijk Gegevensmodel (brede intake) and of the letter on work
//! for statushouders (32 824 nr. 370): work experience, interests, competences apart from work,
//! advice on diplomas.
//! A statement may carry a fact that rules and clocks ask about; nothing is asked twice.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{CaseContent, CaseFault, Code, Note, Stamp, room};
use crate::day::Day;

/// What a statement is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IntakeTopic {
    /// Paid, own, informal and unpaid work.
    WorkExperience,
    /// School and training.
    Education,
    /// Diplomas and what to do with them.
    Diplomas,
    /// Languages.
    Languages,
    /// Competences apart from work.
    OtherCompetences,
    /// Wishes and interests.
    Ambitions,
    /// People the person knows here.
    Network,
    /// Digital skills.
    Digital,
    /// What the person cannot do or only with help; never a diagnosis.
    Functioning,
    /// Home, care, family.
    Home,
    /// How the person gets around.
    Mobility,
    /// Money.
    Money,
    /// Outcome of the learnability test.
    Learnability,
    /// Residence and integration duty.
    Residence,
}

impl IntakeTopic {
    /// All topics in the order of the talk.
    pub const ALL: [IntakeTopic; 14] = [
        IntakeTopic::WorkExperience,
        IntakeTopic::Education,
        IntakeTopic::Diplomas,
        IntakeTopic::Languages,
        IntakeTopic::OtherCompetences,
        IntakeTopic::Ambitions,
        IntakeTopic::Network,
        IntakeTopic::Digital,
        IntakeTopic::Functioning,
        IntakeTopic::Home,
        IntakeTopic::Mobility,
        IntakeTopic::Money,
        IntakeTopic::Learnability,
        IntakeTopic::Residence,
    ];

    /// Topics without which an intake is not complete.
    pub const REQUIRED: [IntakeTopic; 9] = [
        IntakeTopic::WorkExperience,
        IntakeTopic::Education,
        IntakeTopic::Diplomas,
        IntakeTopic::Languages,
        IntakeTopic::OtherCompetences,
        IntakeTopic::Ambitions,
        IntakeTopic::Network,
        IntakeTopic::Functioning,
        IntakeTopic::Learnability,
    ];

    /// The word that stands for it in storage and messages.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            IntakeTopic::WorkExperience => "work_experience",
            IntakeTopic::Education => "education",
            IntakeTopic::Diplomas => "diplomas",
            IntakeTopic::Languages => "languages",
            IntakeTopic::OtherCompetences => "other_competences",
            IntakeTopic::Ambitions => "ambitions",
            IntakeTopic::Network => "network",
            IntakeTopic::Digital => "digital",
            IntakeTopic::Functioning => "functioning",
            IntakeTopic::Home => "home",
            IntakeTopic::Mobility => "mobility",
            IntakeTopic::Money => "money",
            IntakeTopic::Learnability => "learnability",
            IntakeTopic::Residence => "residence",
        }
    }
}

/// Where a statement comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatementSource {
    /// It follows from other statements.
    Derived,
    /// The person said it.
    Person,
    /// The klantmanager judged it.
    Klantmanager,
    /// A document was seen.
    Document,
}

/// A statement of the intake.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// Number in the file.
    pub number: u32,
    /// What it is about.
    pub topic: IntakeTopic,
    /// In words; none when the fact says all.
    pub text: Option<Note>,
    /// Fact and value, if rules ask about it.
    pub fact: Option<(Code, Code)>,
    /// Where it comes from.
    pub source: StatementSource,
    /// Day on which it was said or seen.
    pub on: Day,
    /// Who wrote it down, and when.
    pub stamp: Stamp,
    /// Number of the statement that replaced it.
    pub replaced_by: Option<u32>,
}

/// A statement to write down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewStatement {
    /// What it is about.
    pub topic: IntakeTopic,
    /// In words.
    pub text: Option<Note>,
    /// Fact and value, if rules ask about it.
    pub fact: Option<(Code, Code)>,
    /// Where it comes from.
    pub source: StatementSource,
    /// Day on which it was said or seen.
    pub on: Day,
    /// Number of a statement that this one replaces.
    pub replaces: Option<u32>,
}

impl CaseContent {
    /// All statements in the order of writing, also replaced ones.
    #[must_use]
    pub fn statements(&self) -> &[Statement] {
        &self.statements
    }

    /// Statements that were not replaced.
    pub fn present_statements(&self) -> impl Iterator<Item = &Statement> {
        self.statements
            .iter()
            .filter(|statement| statement.replaced_by.is_none())
    }

    /// Facts that follow from the present statements; of several about one fact the last written.
    #[must_use]
    pub fn facts(&self) -> BTreeMap<&str, &str> {
        self.present_statements()
            .filter_map(|statement| statement.fact.as_ref())
            .map(|(fact, value)| (fact.as_str(), value.as_str()))
            .collect()
    }

    /// Topics that an intake needs and that nothing was said about; empty when it is complete.
    #[must_use]
    pub fn missing_topics(&self) -> Vec<IntakeTopic> {
        let said: BTreeSet<IntakeTopic> = self.present_statements().map(|s| s.topic).collect();
        IntakeTopic::REQUIRED
            .into_iter()
            .filter(|topic| !said.contains(topic))
            .collect()
    }

    /// Writes down a statement; one about the same fact replaces the former.
    ///
    /// # Errors
    /// Fails when it says nothing, lies after `today`, or replaces what is not there or replaced.
    pub fn add_statement(
        &mut self,
        new: NewStatement,
        today: Day,
        stamp: Stamp,
    ) -> Result<u32, CaseFault> {
        if new.text.is_none() && new.fact.is_none() {
            return Err(CaseFault::Text);
        }
        if new.on > today {
            return Err(CaseFault::InTheFuture);
        }
        room(self.statements.len())?;
        let replaces = match new.replaces {
            Some(number) => Some(self.present_statement(number)?),
            None => self.same_fact(new.fact.as_ref()),
        };
        let number = self.next_number();
        if let Some(replaced) = replaces.and_then(|at| self.statements.get_mut(at)) {
            replaced.replaced_by = Some(number);
        }
        self.statements.push(Statement {
            number,
            topic: new.topic,
            text: new.text,
            fact: new.fact,
            source: new.source,
            on: new.on,
            stamp,
            replaced_by: None,
        });
        Ok(number)
    }

    fn present_statement(&self, number: u32) -> Result<usize, CaseFault> {
        let at = self.statements.iter().position(|s| s.number == number);
        let at = at.ok_or(CaseFault::NoSuch(number))?;
        match self.statements.get(at) {
            Some(statement) if statement.replaced_by.is_none() => Ok(at),
            _ => Err(CaseFault::DoneBefore),
        }
    }

    fn same_fact(&self, fact: Option<&(Code, Code)>) -> Option<usize> {
        let (wanted, _) = fact?;
        self.statements.iter().position(|s| {
            s.replaced_by.is_none() && s.fact.as_ref().is_some_and(|(name, _)| name == wanted)
        })
    }
}

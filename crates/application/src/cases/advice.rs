//! Barriers and advice: found by guidance, decided by people.

use domain::case::{AdviceDecision, BarrierFound, BarrierSource, Choice, Code, Note};
use domain::day::Day;
use guidance::adviser::{self, DecisionFault, DecisionReason, Verdict};

use super::guiding::read_word;
use super::{CaseAt, Saved};
use crate::audit::CaseStep;
use crate::{Application, ApplicationError, CaseGuidance, Context, InvalidInput};

/// A decision on an advised instrument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecideAdvice {
    /// The advised instrument.
    pub instrument: Code,
    /// What is decided; reason codes are those of `guidance::adviser::DecisionReason`.
    pub choice: Choice,
    /// What is written about it.
    pub note: Option<Note>,
}

impl Application {
    /// Finds the barriers that follow from the facts of a case and writes them down; what people
    /// said stays as they said it.
    ///
    /// # Errors
    /// As every change of a case.
    pub async fn diagnose_case(
        &self,
        context: &Context,
        at: CaseAt,
    ) -> Result<Saved, ApplicationError> {
        self.edit(context, at, CaseStep::Barriers, |content, edit| {
            let found = edit.guidance.barriers();
            let gone: Vec<Code> = content
                .barriers()
                .iter()
                .filter(|b| b.resolved.is_none() && b.source == BarrierSource::Derived)
                .filter(|b| !is_derived(edit.guidance, &b.code))
                .map(|b| b.code.clone())
                .collect();
            for code in gone {
                content.resolve_barrier(&code, (edit.today, BarrierSource::Derived), edit.stamp)?;
            }
            for diagnosis in &found {
                let code = Code::new(&diagnosis.code.to_string())?;
                let known = content
                    .barriers()
                    .iter()
                    .any(|b| b.code == code && b.resolved.is_none());
                if !known {
                    content.put_barrier(BarrierFound {
                        code,
                        severity: diagnosis.severity.into(),
                        source: BarrierSource::Derived,
                        since: edit.today,
                        resolved: None,
                        stamp: edit.stamp,
                    })?;
                }
            }
            Ok(None)
        })
        .await
    }

    /// Writes down a barrier that the person or the klantmanager named, with severity 1 to 3.
    ///
    /// # Errors
    /// As every change of a case; [`InvalidInput::UnknownToGuidance`] for an unknown code or
    /// severity, or a sensitive barrier that did not come from the person.
    pub async fn name_barrier(
        &self,
        context: &Context,
        at: CaseAt,
        (code, severity, source): (Code, u8, BarrierSource),
        since: Day,
    ) -> Result<Saved, ApplicationError> {
        self.edit(context, at, CaseStep::Barriers, |content, edit| {
            let unknown = InvalidInput::UnknownToGuidance;
            let known = code.as_str().parse().map_err(|_| unknown)?;
            let barrier = edit.guidance.set().taxonomy.get(&known).ok_or(unknown)?;
            let from_person = source == BarrierSource::Person;
            if !(1..=3).contains(&severity) || barrier.sensitive && !from_person {
                return Err(unknown.into());
            }
            content.put_barrier(BarrierFound {
                code,
                severity,
                source,
                since,
                resolved: None,
                stamp: edit.stamp,
            })?;
            Ok(None)
        })
        .await
    }

    /// Says that a barrier is resolved; from then on the klantmanager answers for that, also when it
    /// still follows from facts.
    ///
    /// # Errors
    /// As every change of a case; `CaseFault::DoneBefore` when it is not open.
    pub async fn resolve_barrier(
        &self,
        context: &Context,
        at: CaseAt,
        code: Code,
        on: Day,
    ) -> Result<Saved, ApplicationError> {
        self.edit(context, at, CaseStep::Barriers, |content, edit| {
            content.resolve_barrier(&code, (on, BarrierSource::Klantmanager), edit.stamp)?;
            Ok(None)
        })
        .await
    }

    /// Accepts, changes or rejects an advised instrument, with the reason; the strength of the
    /// evidence is kept as it is known today.
    ///
    /// # Errors
    /// As every change of a case; [`InvalidInput::UnknownToGuidance`] for an unknown instrument or
    /// reason; [`ApplicationError::Refused`] when the instrument does not apply to the case.
    pub async fn decide_advice(
        &self,
        context: &Context,
        at: CaseAt,
        decision: DecideAdvice,
    ) -> Result<Saved, ApplicationError> {
        self.edit(context, at, CaseStep::Advice, |content, edit| {
            let guidance = edit.guidance;
            let register = &guidance.set().register;
            let barriers = guidance.barriers();
            let verdict = verdict(&decision.choice)?;
            let advised = register
                .get(decision.instrument.as_str())
                .ok_or(InvalidInput::UnknownToGuidance)?;
            let question = guidance.question(&barriers, &[]);
            let used = adviser::decide(register, &advised.id, &verdict, question)
                .map_err(|fault| refused(guidance, &fault))?
                .unwrap_or(advised);
            let helped = barriers
                .iter()
                .filter(|diagnosis| advised.helps(&diagnosis.code))
                .map(|diagnosis| Code::new(&diagnosis.code.to_string()))
                .collect::<Result<_, _>>()?;
            let level = serde_json::to_value(register.level_of(used))
                .map_err(|_| ApplicationError::Fault("an evidence level cannot be written"))?;
            let number = content.add_decision(AdviceDecision {
                number: 0,
                instrument: decision.instrument.clone(),
                choice: decision.choice.clone(),
                evidence_level: Code::new(level.as_str().unwrap_or_default())?,
                barriers: helped,
                note: decision.note.clone(),
                stamp: edit.stamp,
            })?;
            Ok(Some(number))
        })
        .await
    }
}

/// Whether a barrier still follows from the facts alone.
fn is_derived(guidance: &CaseGuidance, code: &Code) -> bool {
    let taxonomy = &guidance.set().taxonomy;
    taxonomy
        .diagnose(guidance.facts(), &[], guidance.date())
        .iter()
        .any(|diagnosis| diagnosis.code.to_string() == code.as_str())
}

fn verdict(choice: &Choice) -> Result<Verdict, InvalidInput> {
    let why = |reason: &Code| read_word::<DecisionReason>(reason.as_str());
    Ok(match choice {
        Choice::Accepted => Verdict::Accept,
        Choice::Changed { instrument, reason } => Verdict::Change {
            instrument: instrument.as_str().to_owned(),
            reason: why(reason)?,
        },
        Choice::Rejected { reason } => Verdict::Reject {
            reason: why(reason)?,
        },
    })
}

fn refused(guidance: &CaseGuidance, fault: &DecisionFault) -> ApplicationError {
    let (id, code) = match fault {
        DecisionFault::NoInstrument { .. } => return InvalidInput::UnknownToGuidance.into(),
        DecisionFault::Abolished { id, .. } => (id, "abolished"),
        DecisionFault::DoesNotApply { id, code } => (id, code.as_str()),
    };
    ApplicationError::Refused(Box::new(super::guiding::instrument_refusal(
        guidance, id, code,
    )))
}

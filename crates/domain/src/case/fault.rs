//! What a case refuses.

/// Why a change of a case was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CaseFault {
    /// Written by a newer program.
    #[error("the case has format {0}, which this program does not know")]
    Format(u32),
    /// Too many things of one kind.
    #[error("the case cannot hold more of these")]
    Full,
    /// Not a code.
    #[error("not a code: 1 to 64 letters, digits or the signs - _ . :")]
    Code,
    /// An empty or too long text.
    #[error("a text has 1 to 4000 characters")]
    Text,
    /// Not a number for a case.
    #[error("a case number has 1 to 32 letters, digits or the signs - / . and is no BSN")]
    Number,
    /// There is no such thing in the case.
    #[error("there is no number {0} in the case")]
    NoSuch(u32),
    /// It was done, ended or decided before.
    #[error("it was done or ended before")]
    DoneBefore,
    /// A day before the one it must follow.
    #[error("it ends before it begins")]
    EndsBeforeItBegins,
    /// A day that lies in the future.
    #[error("the day lies in the future")]
    InTheFuture,
    /// A plan cannot go from its state to that one.
    #[error("a plan cannot go from its state to that one")]
    PlanState,
    /// There is a plan that is not fixed yet.
    #[error("there is a plan that was not fixed yet")]
    PlanOpen,
    /// A plan without learning route cannot be fixed.
    #[error("a plan needs a learning route before it is fixed")]
    NoRoute,
    /// Hours a week outside 1..=60.
    #[error("hours a week are 1 to 60")]
    Hours,
}

impl CaseFault {
    /// A word that stays the same, for translations.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            CaseFault::Format(_) => "case-format",
            CaseFault::Full => "case-full",
            CaseFault::Code => "case-code",
            CaseFault::Text => "case-text",
            CaseFault::Number => "case-number",
            CaseFault::NoSuch(_) => "case-no-such",
            CaseFault::DoneBefore => "case-done-before",
            CaseFault::EndsBeforeItBegins => "case-ends-before",
            CaseFault::InTheFuture => "case-in-the-future",
            CaseFault::PlanState => "case-plan-state",
            CaseFault::PlanOpen => "case-plan-open",
            CaseFault::NoRoute => "case-no-route",
            CaseFault::Hours => "case-hours",
        }
    }
}

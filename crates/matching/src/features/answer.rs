//! An answer that may not have been given yet.

/// A feature that is known, or was never asked or answered.
///
/// Unknown is not "no": it never closes a vacancy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Answer<T> {
    /// The answer.
    Known(T),
    /// No answer yet.
    #[default]
    Unknown,
}

impl<T> Answer<T> {
    /// The answer, if it is known.
    pub fn known(&self) -> Option<&T> {
        match self {
            Answer::Known(answer) => Some(answer),
            Answer::Unknown => None,
        }
    }

    /// Whether there is no answer yet.
    pub fn is_unknown(&self) -> bool {
        matches!(self, Answer::Unknown)
    }
}

impl<T> From<Option<T>> for Answer<T> {
    fn from(answer: Option<T>) -> Answer<T> {
        answer.map_or(Answer::Unknown, Answer::Known)
    }
}

//! An obligation as it stood on an earlier date.
//!
//! What was read, corrected and reviewed is shown as it is known now; moves, and with them state,
//! owner and term, are those of the date.

use std::borrow::Cow;

use time::Date;

use super::{Move, Obligation, Origin};
use crate::calendar::PartialDate;

impl Obligation {
    /// The obligation as it stood at the end of that day; `None` when it did not exist yet.
    ///
    /// It exists from the day of the meeting or motion, or else of the document; when neither is
    /// known it always did.
    #[must_use]
    pub fn as_of(&self, day: Date) -> Option<Cow<'_, Obligation>> {
        if self.begin().is_some_and(|begin| begin > day) {
            return None;
        }
        let moves = self
            .history
            .iter()
            .take_while(|made| made.on <= day)
            .count();
        if moves == self.history.len() {
            return Some(Cow::Borrowed(self));
        }
        let mut then = self.clone();
        then.history.truncate(moves);
        then.owner = then.history.iter().rev().find_map(|made| match &made.what {
            Move::Assign { owner } => Some(owner.clone()),
            _ => None,
        });
        Some(Cow::Owned(then))
    }

    /// The first day it can have existed.
    fn begin(&self) -> Option<Date> {
        let document = match &self.origin {
            Origin::Document { date, .. } => *date,
            Origin::Chamber { .. } => None,
        };
        [self.content.date, document]
            .into_iter()
            .flatten()
            .map(|date: PartialDate| date.interval().from)
            .min()
    }
}

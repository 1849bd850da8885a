//! The fields of a record in a form: as read, as sent, and back into a record.

use commitments::calendar::{Interval, PartialDate, iso, parse_iso};
use commitments::deadline::{self, Certainty, Conventions, Deadline, Reference};
use commitments::place::{Field, Span};
use commitments::read::debates::Debate;
use commitments::read::people::{Member, Party};
use commitments::read::token::tokens;
use commitments::read::words::Words;
use commitments::record::{
    Ask, AskForm, Kind, Record, RecordContent, ReferenceOrigin, SourceReference, Standing, Status,
};
use time::Date;

use crate::form::Posted;

/// Where a field stands, by which rule and how sure.
pub(super) struct Provenance {
    /// Name of the field in the form.
    pub(super) field: &'static str,
    /// Where.
    pub(super) span: Span,
    /// The rule.
    pub(super) rule: String,
    /// Percent.
    pub(super) confidence: u8,
}

/// Where the fields of a record were read.
pub(super) fn provenance(record: &Record) -> Vec<Provenance> {
    fn of<T>(name: &'static str, field: &Field<T>) -> Provenance {
        Provenance {
            field: name,
            span: field.span,
            rule: field.rule.to_string(),
            confidence: field.confidence.value(),
        }
    }
    let mut out = vec![of("soort", &record.kind)];
    out.extend(record.members.iter().map(|field| of("leden", field)));
    out.extend(record.topic.iter().map(|field| of("onderwerp", field)));
    out.push(of("vraag", &record.ask));
    out.extend(record.reference.iter().map(|field| of("kamerstuk", field)));
    out.extend(record.debate.iter().map(|field| of("debat", field)));
    out.extend(record.date.iter().map(|field| of("datum", field)));
    out.extend(record.deadline.iter().map(|field| of("termijn", field)));
    out.extend(record.account.iter().map(|field| of("verslag", field)));
    out.push(of("stand", &record.status));
    out.extend(record.attachments.iter().map(|field| of("bijlagen", field)));
    out
}

/// The values of the form, each as a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Values {
    pub(super) kind: String,
    pub(super) members: String,
    pub(super) and_others: bool,
    pub(super) topic: String,
    pub(super) form: String,
    pub(super) ask: String,
    pub(super) paper: String,
    pub(super) debate: String,
    pub(super) subject: String,
    pub(super) date: String,
    pub(super) term: String,
    pub(super) from: String,
    pub(super) until: String,
    pub(super) account: String,
    pub(super) standing: String,
    pub(super) standing_words: String,
    pub(super) attachments: String,
}

/// A field that cannot be understood, by its name in the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wrong(pub(super) &'static str);

impl Values {
    /// The values of a record.
    pub(super) fn of(content: &RecordContent) -> Values {
        let members: Vec<String> = content
            .members
            .iter()
            .map(|member| match &member.party {
                Some(party) => format!("{} ({})", member.name, party.code()),
                None => member.name.clone(),
            })
            .collect();
        let interval = content.deadline.as_ref().and_then(|term| term.interval);
        Values {
            kind: content.kind.code().to_owned(),
            members: members.join("; "),
            and_others: content.and_others,
            topic: content.topic.clone().unwrap_or_default(),
            form: content.ask.form.code().to_owned(),
            ask: content.ask.words.clone(),
            paper: content
                .reference
                .as_ref()
                .map(|reference| reference.paper.to_string())
                .unwrap_or_default(),
            debate: content
                .debate
                .as_ref()
                .map(|debate| debate.form.clone())
                .unwrap_or_default(),
            subject: content
                .debate
                .as_ref()
                .and_then(|debate| debate.subject.clone())
                .unwrap_or_default(),
            date: content.date.map(String::from).unwrap_or_default(),
            term: content
                .deadline
                .as_ref()
                .map(|term| term.words.clone())
                .unwrap_or_default(),
            from: interval.map(|days| iso(days.from)).unwrap_or_default(),
            until: interval.map(|days| iso(days.until)).unwrap_or_default(),
            account: content.account.clone().unwrap_or_default(),
            standing: content.status.standing.code().to_owned(),
            standing_words: content.status.words.clone(),
            attachments: content.attachments.join("\n"),
        }
    }

    /// What was sent.
    pub(super) fn sent(form: &Posted) -> Values {
        let line = |name: &str| form.value(name).unwrap_or_default();
        let lines = |name: &str| form.lines(name).unwrap_or_default();
        Values {
            kind: line("soort"),
            members: line("leden"),
            and_others: form.has("cs"),
            topic: line("onderwerp"),
            form: line("vorm"),
            ask: line("vraag"),
            paper: line("kamerstuk"),
            debate: line("debat"),
            subject: line("debatonderwerp"),
            date: line("datum"),
            term: line("termijn"),
            from: line("van"),
            until: line("tot"),
            account: line("verslag"),
            standing: line("stand"),
            standing_words: line("standwoorden"),
            attachments: lines("bijlagen"),
        }
    }

    /// The record that the values make of the one before; what they do not say stays.
    ///
    /// # Errors
    /// The first field that cannot be understood.
    pub(super) fn content(
        &self,
        before: &RecordContent,
        document: Option<Date>,
    ) -> Result<RecordContent, Wrong> {
        let shown = Values::of(before);
        // A field that was not touched keeps what stands behind it.
        let kept = |touched: bool| !touched;
        let reference = if kept(self.paper != shown.paper) {
            before.reference.clone()
        } else {
            self.reference()?
        };
        let deadline = if kept(
            self.term != shown.term || self.from != shown.from || self.until != shown.until,
        ) {
            before.deadline.clone()
        } else {
            self.deadline(document)?
        };
        let members = if kept(self.members != shown.members) {
            before.members.clone()
        } else {
            members(&self.members)
        };
        let words = optional(&self.ask).ok_or(Wrong("vraag"))?;
        Ok(RecordContent {
            kind: coded(Kind::ALL, Kind::code, &self.kind).ok_or(Wrong("soort"))?,
            members,
            and_others: self.and_others,
            topic: optional(&self.topic),
            ask: Ask {
                words,
                form: coded(AskForm::ALL, AskForm::code, &self.form).ok_or(Wrong("vorm"))?,
            },
            reference,
            debate: optional(&self.debate).map(|form| Debate {
                form,
                subject: optional(&self.subject),
            }),
            date: match self.date.as_str() {
                "" => None,
                text => Some(text.parse::<PartialDate>().map_err(|_| Wrong("datum"))?),
            },
            deadline,
            account: if self.account == shown.account {
                before.account.clone()
            } else {
                optional(&self.account)
            },
            status: Status {
                standing: coded(Standing::ALL, Standing::code, &self.standing)
                    .ok_or(Wrong("stand"))?,
                words: if self.standing_words == shown.standing_words {
                    before.status.words.clone()
                } else {
                    self.standing_words.clone()
                },
            },
            attachments: self.attachments.lines().filter_map(optional).collect(),
            notes: before.notes.clone(),
        })
    }

    fn reference(&self) -> Result<Option<SourceReference>, Wrong> {
        match self.paper.as_str() {
            "" => Ok(None),
            text => Ok(Some(SourceReference {
                paper: text.parse().map_err(|_| Wrong("kamerstuk"))?,
                // A person says it, so it is neither inherited nor hidden in a note.
                origin: ReferenceOrigin::Stated,
            })),
        }
    }

    fn deadline(&self, document: Option<Date>) -> Result<Option<Deadline>, Wrong> {
        let day = |text: &str, field| match text {
            "" => Ok(None),
            text => parse_iso(text).map(Some).map_err(|_| Wrong(field)),
        };
        let (from, until) = (day(&self.from, "van")?, day(&self.until, "tot")?);
        let Some(words) = optional(&self.term).or_else(|| optional(&self.until)) else {
            return Ok(None);
        };
        match (from, until) {
            (from, Some(until)) if from.is_none_or(|from| from <= until) => Ok(Some(Deadline {
                words,
                interval: Some(Interval {
                    from: from.unwrap_or(until),
                    until,
                }),
                certainty: Certainty::Exact,
                looks_ahead: true,
            })),
            (_, Some(_)) => Err(Wrong("tot")),
            (Some(_), None) => Err(Wrong("van")),
            (None, None) => Ok(Some(by_grammar(&words, document))),
        }
    }
}

/// The term that the grammar reads in these words, or one without days.
pub(super) fn by_grammar(words: &str, document: Option<Date>) -> Deadline {
    let row = tokens(words, &[Span::new(0, words.len())]);
    let conventions = Conventions::default();
    let reference = Reference {
        document,
        conventions: &conventions,
    };
    let found = deadline::find(Words(&row), reference);
    match deadline::best(&found, &[]) {
        Some(field) => Deadline {
            words: words.to_owned(),
            ..field.value
        },
        None => Deadline {
            words: words.to_owned(),
            interval: None,
            certainty: Certainty::Undated,
            looks_ahead: true,
        },
    }
}

fn members(text: &str) -> Vec<Member> {
    text.split(';')
        .filter_map(optional)
        .map(|one| {
            let split = one
                .strip_suffix(')')
                .and_then(|rest| rest.rsplit_once('('))
                .and_then(|(name, party)| Some((name.trim().to_owned(), Party::known(party)?)));
            match split {
                Some((name, party)) => Member {
                    name,
                    party: Some(party),
                },
                None => Member {
                    name: one,
                    party: None,
                },
            }
        })
        .collect()
}

fn optional(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn coded<T: Copy, const N: usize>(
    all: [T; N],
    code: impl Fn(T) -> &'static str,
    word: &str,
) -> Option<T> {
    all.into_iter().find(|one| code(*one) == word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use commitments::read::Document;

    const TEXT: &str = "In de motie van het lid Voorbeeld (SP) wordt verzocht om de Kamer in het \
        eerste kwartaal van 2023 te informeren over taallessen. Dit gesprek is gevoerd.\n";

    fn content() -> RecordContent {
        let document = Document::read("o", TEXT, None, &Conventions::default());
        document.records[0].content()
    }

    #[test]
    fn what_is_not_touched_stays_the_same() {
        let before = content();
        assert_eq!(Values::of(&before).content(&before, None), Ok(before));
    }

    #[test]
    fn corrections_are_taken_over() {
        let before = content();
        let values = Values {
            members: "Van Voorbeeld (CDA); Ander".to_owned(),
            paper: "32 824, nr. 367".to_owned(),
            term: "medio 2024".to_owned(),
            from: String::new(),
            until: String::new(),
            ..Values::of(&before)
        };
        let after = values.content(&before, None).expect("understood");
        assert_eq!(after.members.len(), 2);
        assert_eq!(
            after.members[0].party.as_ref().map(Party::code),
            Some("CDA")
        );
        assert_eq!(
            after
                .deadline
                .and_then(|term| term.until())
                .map(iso)
                .as_deref(),
            Some("2024-08-15")
        );
        assert_eq!(
            after.reference.map(|one| one.paper.to_string()).as_deref(),
            Some("32 824, nr. 367")
        );
        let wrong = Values {
            paper: "geen stuk".to_owned(),
            ..Values::of(&before)
        };
        assert_eq!(wrong.content(&before, None), Err(Wrong("kamerstuk")));
    }
}

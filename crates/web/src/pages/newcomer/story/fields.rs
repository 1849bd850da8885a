//! What a question is made of, how a form that was sent is laid over it, and how an answer reads.

use std::collections::BTreeMap;

use domain::language::Language;

use crate::form::Posted;
use crate::page::Beside;
use crate::reading::Named;

/// A part of a question.
pub(in super::super) enum Field {
    /// One or many of a list.
    Choices(Choices),
    /// Typed text.
    Text(Text),
    /// One of a list that is too long to show.
    Select(Select),
    /// Something to know.
    Note(String),
    /// Begins a group with a title.
    Open(String),
    /// Ends it.
    Close,
}

/// One or many of a list.
pub(in super::super) struct Choices {
    pub(in super::super) name: String,
    /// Empty when the question itself says it.
    pub(in super::super) legend: String,
    pub(in super::super) legend_beside: Option<Beside>,
    pub(in super::super) is_many: bool,
    pub(in super::super) is_small: bool,
    pub(in super::super) options: Vec<Choice>,
}

/// One of a list.
pub(in super::super) struct Choice {
    pub(in super::super) value: String,
    pub(in super::super) label: String,
    pub(in super::super) beside: Option<Beside>,
    pub(in super::super) language: Language,
    pub(in super::super) dutch: Option<String>,
    pub(in super::super) icon: Option<String>,
    pub(in super::super) is_checked: bool,
}

/// Typed text.
pub(in super::super) struct Text {
    pub(in super::super) name: String,
    pub(in super::super) label: String,
    pub(in super::super) label_beside: Option<Beside>,
    pub(in super::super) hint: String,
    pub(in super::super) value: String,
    pub(in super::super) is_long: bool,
    pub(in super::super) is_number: bool,
}

/// One of a long list.
pub(in super::super) struct Select {
    pub(in super::super) name: String,
    pub(in super::super) label: String,
    pub(in super::super) label_beside: Option<Beside>,
    pub(in super::super) options: Vec<(String, String)>,
    pub(in super::super) chosen: String,
}

impl Choice {
    pub(super) fn new(
        value: impl Into<String>,
        label: String,
        language: Language,
        is_checked: bool,
    ) -> Choice {
        Choice {
            value: value.into(),
            label,
            beside: None,
            language,
            dutch: None,
            icon: None,
            is_checked,
        }
    }

    /// A concept of the catalogue.
    pub(super) fn named(named: Named, is_checked: bool) -> Choice {
        Choice {
            value: named.id,
            label: named.name,
            beside: None,
            language: named.language,
            dutch: named.dutch,
            icon: None,
            is_checked,
        }
    }

    pub(super) fn with_icon(self, icon: impl Into<String>) -> Choice {
        Choice {
            icon: Some(icon.into()),
            ..self
        }
    }
}

impl Field {
    /// One of these.
    pub(super) fn one(name: &str, options: Vec<Choice>) -> Field {
        Field::Choices(Choices {
            name: name.to_owned(),
            legend: String::new(),
            legend_beside: None,
            is_many: false,
            is_small: false,
            options,
        })
    }

    /// Any of these.
    pub(super) fn many(name: &str, legend: String, options: Vec<Choice>) -> Field {
        Field::Choices(Choices {
            name: name.to_owned(),
            legend,
            legend_beside: None,
            is_many: true,
            is_small: false,
            options,
        })
    }

    /// The choices with a legend of their own.
    pub(super) fn with_legend(self, legend: String) -> Field {
        match self {
            Field::Choices(choices) => Field::Choices(Choices { legend, ..choices }),
            other => other,
        }
    }

    /// A short text.
    pub(super) fn text(name: &str, label: String, value: String) -> Field {
        Field::Text(Text {
            name: name.to_owned(),
            label,
            label_beside: None,
            hint: String::new(),
            value,
            is_long: false,
            is_number: false,
        })
    }

    /// One of a long list.
    pub(super) fn select(
        name: &str,
        label: String,
        options: Vec<(String, String)>,
        chosen: &str,
    ) -> Field {
        Field::Select(Select {
            name: name.to_owned(),
            label,
            label_beside: None,
            options,
            chosen: chosen.to_owned(),
        })
    }
}

/// Fills fields with what was sent, so that nothing typed is lost.
pub(super) fn overlay(fields: &mut [Field], form: &Posted) {
    for field in fields {
        match field {
            Field::Choices(choices) => {
                let sent = form.values(&choices.name);
                for choice in &mut choices.options {
                    choice.is_checked = sent.contains(&choice.value);
                }
            }
            Field::Text(text) => text.value = form.lines(&text.name).unwrap_or_default(),
            Field::Select(select) => {
                select.chosen = form.value(&select.name).unwrap_or_default();
            }
            Field::Note(_) | Field::Open(_) | Field::Close => {}
        }
    }
}

/// Puts the words of another language beside those of the fields; `twins` are the same fields made
/// in that language. What has no twin, or is the same in both, stays alone.
pub(super) fn put_beside(fields: &mut [Field], twins: Vec<Field>, language: Language) {
    let other = |own: &str, text: String| {
        (!text.is_empty() && text != own).then_some(Beside { text, language })
    };
    for (field, twin) in fields.iter_mut().zip(twins) {
        match (field, twin) {
            (Field::Choices(choices), Field::Choices(twin)) if choices.name == twin.name => {
                choices.legend_beside = other(&choices.legend, twin.legend);
                // Lists can be in the order of their language.
                let mut labels: BTreeMap<String, String> = twin
                    .options
                    .into_iter()
                    .map(|choice| (choice.value, choice.label))
                    .collect();
                for choice in &mut choices.options {
                    let label = labels.remove(&choice.value).unwrap_or_default();
                    choice.beside = other(&choice.label, label);
                    if language == Language::NL {
                        // The Dutch word would stand there twice.
                        choice.dutch = None;
                    }
                }
            }
            (Field::Text(text), Field::Text(twin)) if text.name == twin.name => {
                text.label_beside = other(&text.label, twin.label);
            }
            (Field::Select(select), Field::Select(twin)) if select.name == twin.name => {
                select.label_beside = other(&select.label, twin.label);
                let mut labels: BTreeMap<String, String> = twin.options.into_iter().collect();
                for (value, label) in &mut select.options {
                    // An option holds one text only.
                    if let Some(twin) = labels.remove(value).filter(|twin| twin != label) {
                        *label = format!("{label} / {twin}");
                    }
                }
            }
            _ => {}
        }
    }
}

/// An answer in lines: each group is one, and so is each choice outside a group.
pub(super) fn summary(fields: &[Field]) -> Vec<String> {
    let mut lines = Vec::new();
    let mut group: Option<(String, Vec<String>)> = None;
    for field in fields {
        let mut values = Vec::new();
        match field {
            Field::Open(title) => group = Some((title.clone(), Vec::new())),
            Field::Close => {
                if let Some((title, values)) = group.take()
                    && !values.is_empty()
                {
                    lines.push(format!("{title}: {}", values.join(", ")));
                }
            }
            Field::Choices(choices) => {
                let checked = choices.options.iter();
                let checked = checked.filter(|choice| choice.is_checked);
                values.extend(
                    checked
                        .filter(|choice| !choice.value.is_empty())
                        .map(|choice| choice.label.clone()),
                );
            }
            Field::Select(select) if !select.chosen.is_empty() => {
                let chosen = select.options.iter();
                let mut chosen = chosen.filter(|(value, _)| *value == select.chosen);
                values.extend(chosen.next().map(|(_, label)| label.clone()));
            }
            Field::Text(text) if !text.value.is_empty() => values.push(text.value.clone()),
            Field::Note(text) => values.push(text.clone()),
            Field::Select(_) | Field::Text(_) => {}
        }
        match &mut group {
            Some((_, all)) => all.append(&mut values),
            None => lines.append(&mut values),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_other_language_stands_beside_by_value() {
        let choice = |code: &str, label: &str, language| {
            Choice::new(code, label.to_owned(), language, false)
        };
        let in_two = |first: [&str; 2], second: [&str; 2], language| {
            let options = vec![
                choice(first[0], first[1], language),
                choice(second[0], second[1], language),
            ];
            vec![Field::one("f", options)]
        };
        let mut fields = in_two(["ja", "نعم"], ["nee", "لا"], Language::AR);
        let twins = in_two(["nee", "Nee"], ["ja", "Ja"], Language::NL);
        put_beside(&mut fields, twins, Language::NL);
        let [Field::Choices(choices)] = fields.as_slice() else {
            unreachable!("the field is one of choices");
        };
        let beside: Vec<&str> = choices
            .options
            .iter()
            .filter_map(|choice| Some(choice.beside.as_ref()?.text.as_str()))
            .collect();
        assert_eq!(beside, ["Ja", "Nee"]);
    }

    #[test]
    fn a_group_is_one_line_and_an_empty_one_none() {
        let choice =
            |label: &str, checked| Choice::new(label, label.to_owned(), Language::NL, checked);
        let fields = [
            Field::Open("maandag".to_owned()),
            Field::many(
                "d",
                String::new(),
                vec![choice("ochtend", true), choice("avond", true)],
            ),
            Field::Close,
            Field::Open("dinsdag".to_owned()),
            Field::many("e", String::new(), vec![choice("ochtend", false)]),
            Field::Close,
            Field::one("f", vec![choice("ja", true), choice("nee", false)]),
        ];
        assert_eq!(summary(&fields), ["maandag: ochtend, avond", "ja"]);
    }
}

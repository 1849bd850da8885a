//! The broad intake, filled in together with the newcomer: one topic at a time, with the question
//! in Dutch and in their language, and the source of every statement.

use application::CaseAt;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::case::{Code, IntakeTopic, NewStatement, Statement};
use domain::language::Language;

use super::desk::{self, CasePage, Desk, Trouble};
use super::words::{self, Choice};
use crate::failure::Failure;
use crate::form::Posted;
use crate::page::{self, Page};

/// Facts that an intake asks for: topic, name, answers. Rules and terms use them.
const FACTS: [(IntakeTopic, &str, &[&str]); 12] = [
    (
        IntakeTopic::Diplomas,
        "diploma_documents",
        &["original", "copy", "none"],
    ),
    (IntakeTopic::Diplomas, "diploma_valued", &YES_NO),
    (IntakeTopic::Languages, "speaking", &LEVELS),
    (IntakeTopic::Learnability, "learning_route", &words::ROUTES),
    (IntakeTopic::Mobility, "licence_b", &YES_NO),
    (IntakeTopic::Mobility, "public_transport", &YES_NO),
    (IntakeTopic::Network, "network", &["none", "small", "wide"]),
    (IntakeTopic::Network, "knows_labour_market", &YES_NO),
    (
        IntakeTopic::Digital,
        "digital",
        &["none", "basic", "sufficient"],
    ),
    (IntakeTopic::Home, "care_tasks_unsolved", &YES_NO),
    (IntakeTopic::Money, "money_worries", &YES_NO),
    (IntakeTopic::Residence, "bsn", &YES_NO),
];
const YES_NO: [&str; 2] = ["yes", "no"];
const LEVELS: [&str; 6] = ["A1", "A2", "B1", "B2", "C1", "C2"];

/// Facts whose question stands in the messages, because the guidance asks them of nobody.
const OWN_QUESTIONS: [&str; 5] = [
    "public_transport",
    "network",
    "knows_labour_market",
    "digital",
    "money_worries",
];

/// A topic in the list.
struct Topic {
    code: &'static str,
    name: String,
    is_told: bool,
    is_required: bool,
    is_here: bool,
}

/// A fact to ask.
struct Fact {
    field: String,
    question: String,
    answers: Vec<Choice>,
    value: String,
}

/// What was told, in words.
struct Told {
    text: String,
    fact: Option<(String, String)>,
    source: String,
    when: String,
    by: String,
}

#[derive(Template)]
#[template(path = "pages/guiding/intake.html")]
pub(super) struct IntakePage {
    page: Page,
    section: &'static str,
    desk: Desk,
    topics: Vec<Topic>,
    here: &'static str,
    title: String,
    /// The question in Dutch, and in the language of the person.
    dutch: String,
    own: Option<(Language, String)>,
    facts: Vec<Fact>,
    told: Vec<Told>,
    sources: Vec<Choice>,
    is_complete: bool,
    draft: String,
}

impl CasePage for IntakePage {
    async fn change(page: &Page, id: &str, form: &Posted) -> Result<String, Trouble> {
        let at = desk::at(id, form)?;
        let (application, context) = desk::acting(page)?;
        match form.value("doe").as_deref() {
            Some("vertellen") => {
                let topic: IntakeTopic = desk::chosen(form, "deel")?;
                let next = tell(page, at, topic, form).await?;
                return Ok(format!("/mensen/{id}/intake?deel={next}"));
            }
            Some("klaar") => {
                let on = desk::day(form, "dag")?;
                application.finish_intake(context, at, on).await?;
                return Ok(format!("/mensen/{id}/plan"));
            }
            _ => desk::undo(page, at, form).await?,
        }
        Ok(format!("/mensen/{id}/intake"))
    }

    fn draft(page: &Page, desk: &Desk) -> Option<String> {
        Some(draft_name(here(page, desk)))
    }

    async fn render(status: StatusCode, page: Page, desk: Desk) -> Result<Response, Failure> {
        let missing = desk.view.content.missing_topics();
        let here = here(&page, &desk);
        let ask = format!("guiding-ask-{}", here.code().replace('_', "-"));
        let own = desk.own_language();
        let said = desk.view.content.statements().iter().rev();
        let template = IntakePage {
            section: "guiding-tab-intake",
            topics: topics(&page, &desk, here),
            here: here.code(),
            title: words::name(&page, "topic", here.code()),
            dutch: page.site.messages.text(Language::NL, &ask, &[]),
            own: own.map(|own| (own, page.site.messages.text(own, &ask, &[]))),
            facts: facts(&page, &desk, here),
            told: said
                .filter(|s| s.topic == here)
                .map(|s| told(&page, &desk, s))
                .collect(),
            sources: words::choices(&page, "source", words::SOURCES),
            is_complete: missing.is_empty(),
            draft: draft_name(here),
            desk,
            page: page.with_posted_form(),
        };
        page::html(status, &template.page, &template)
    }
}

/// Writes down what was told about a topic; gives the topic to go on with.
async fn tell(
    page: &Page,
    at: CaseAt,
    topic: IntakeTopic,
    form: &Posted,
) -> Result<&'static str, Trouble> {
    let (application, context) = desk::acting(page)?;
    let source = desk::chosen(form, "bron")?;
    let statement = |text, fact| NewStatement {
        topic,
        text,
        fact,
        source,
        on: application.today(),
        replaces: None,
    };
    let mut statements = Vec::new();
    if let Some(text) = desk::optional_note(form, "verteld")? {
        statements.push(statement(Some(text), None));
    }
    for (_, fact, _) in FACTS.into_iter().filter(|(own, ..)| *own == topic) {
        if let Some(value) = form.value(&field(fact)) {
            let fact = (Code::new(fact)?, Code::new(&value)?);
            statements.push(statement(None, Some(fact)));
        }
    }
    if statements.is_empty() {
        return Err(Trouble::Field("verteld", "guiding-fault-text"));
    }
    application.add_statements(context, at, statements).await?;
    let after = application.read_case(context, at.case).await?;
    let missing = after.content.missing_topics();
    Ok(missing.first().unwrap_or(&topic).code())
}

fn field(fact: &str) -> String {
    format!("feit-{}", fact.replace('_', "-"))
}

/// The topic that is asked about: the one that was chosen, or the first that is missing.
fn here(page: &Page, desk: &Desk) -> IntakeTopic {
    let wanted = desk.form.value("deel").or_else(|| page.value("deel"));
    let missing = desk.view.content.missing_topics();
    wanted
        .and_then(|code| words::read::<IntakeTopic>(&code))
        .or_else(|| missing.first().copied())
        .unwrap_or(IntakeTopic::WorkExperience)
}

fn draft_name(topic: IntakeTopic) -> String {
    format!("intake_{}", topic.code())
}

fn topics(page: &Page, desk: &Desk, here: IntakeTopic) -> Vec<Topic> {
    let topic = |topic: IntakeTopic| Topic {
        code: topic.code(),
        name: words::name(page, "topic", topic.code()),
        is_told: desk
            .view
            .content
            .present_statements()
            .any(|s| s.topic == topic),
        is_required: IntakeTopic::REQUIRED.contains(&topic),
        is_here: topic == here,
    };
    IntakeTopic::ALL.into_iter().map(topic).collect()
}

fn question(page: &Page, desk: &Desk, fact: &str) -> String {
    if OWN_QUESTIONS.contains(&fact) {
        words::name(page, "fact", fact)
    } else {
        desk.words(page, "question", fact)
    }
}

fn answer(page: &Page, code: &str) -> String {
    if LEVELS.contains(&code) {
        return code.to_owned();
    }
    let group = if words::ROUTES.contains(&code) {
        "route"
    } else {
        "answer"
    };
    words::name(page, group, code)
}

fn facts(page: &Page, desk: &Desk, here: IntakeTopic) -> Vec<Fact> {
    let known = desk.view.content.facts();
    let of_topic = FACTS.into_iter().filter(|(topic, ..)| *topic == here);
    let fact = of_topic.map(|(_, fact, answers)| Fact {
        question: question(page, desk, fact),
        value: desk.typed_or(&field(fact), known.get(fact).copied().unwrap_or_default()),
        field: field(fact),
        answers: answers
            .iter()
            .map(|code| Choice {
                code: (*code).to_owned(),
                name: answer(page, code),
            })
            .collect(),
    });
    fact.collect()
}

fn told(page: &Page, desk: &Desk, statement: &Statement) -> Told {
    let fact = statement.fact.as_ref();
    let text = statement.text.as_ref();
    let known = |name: &str| FACTS.iter().any(|(_, fact, _)| *fact == name);
    Told {
        text: text.map_or_else(String::new, |text| text.as_str().to_owned()),
        fact: fact.map(|(name, value)| {
            if known(name.as_str()) {
                (
                    question(page, desk, name.as_str()),
                    answer(page, value.as_str()),
                )
            } else {
                (
                    desk.words(page, "question", name.as_str()),
                    value.to_string(),
                )
            }
        }),
        source: words::name(page, "source", &words::code(&statement.source)),
        when: words::day(page, statement.on),
        by: desk.who(page, &statement.stamp.by),
    }
}

#[cfg(test)]
mod tests {
    use guidance::facts::Facts;

    use super::*;

    #[test]
    fn rules_know_every_fact_and_answer() {
        for (_, name, answers) in FACTS {
            for answer in answers {
                let fact = guidance::facts::Fact::named(name).expect("a fact");
                assert!(Facts::none().with(fact, answer).is_ok(), "{name} {answer}");
            }
        }
    }
}

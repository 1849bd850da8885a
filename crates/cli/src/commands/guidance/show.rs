//! Answers as plain text for a terminal.

use std::io::{self, Write};

use guidance::answer::{Answer, ClockAnswer, Source, Speaker, StepAnswer, Words};

/// Prints words, and the Dutch below them when they are in another language.
pub(crate) fn words(out: &mut impl Write, words: &Words<'_>) -> io::Result<()> {
    writeln!(out, "{}", words.text)?;
    if words.text != words.dutch {
        writeln!(out, "  ({})", words.dutch)?;
    }
    Ok(())
}

/// A title in words with the citation, or the citation alone where they are the same.
pub(crate) fn cited(title: &Words<'_>, article: &str) -> String {
    if article.starts_with(title.text) {
        article.to_owned()
    } else {
        format!("{} ({article})", title.text)
    }
}

/// Prints a source with its check.
pub(crate) fn source(out: &mut impl Write, by: Speaker<'_>, source: &Source<'_>) -> io::Result<()> {
    let label = by.say("label.source");
    writeln!(out, "{label}: {}", cited(&source.title, source.article))?;
    writeln!(out, "  {}", source.link)?;
    let checked = by.say("label.checked-on");
    write!(out, "  {checked} {}", source.checked_on)?;
    if let Some(warning) = source.warning {
        write!(out, " — {warning}")?;
    }
    if let Some(last) = source.valid_to {
        write!(out, "; {} {last}", by.say("label.valid-until"))?;
    }
    writeln!(out)
}

/// Prints a decision.
pub(crate) fn answer(out: &mut impl Write, by: Speaker<'_>, answer: &Answer<'_>) -> io::Result<()> {
    write!(out, "{}: ", answer.outcome)?;
    words(out, &answer.outcome_text)?;
    if let Some(explanation) = &answer.explanation {
        words(out, explanation)?;
    }
    if !answer.duties.is_empty() {
        writeln!(out, "{}:", by.say("label.who-what-when"))?;
    }
    for duty in &answer.duties {
        write!(
            out,
            "- {}: {} ({}",
            duty.who_text, duty.what_text, duty.by_text
        )?;
        if let Some(days) = duty.working_days {
            write!(out, ": {days}")?;
        }
        if let Some(day) = duty.by_date {
            write!(out, ", {} {day}", by.say("label.deadline"))?;
        }
        writeln!(out, ")")?;
    }
    if !answer.missing.is_empty() {
        writeln!(out, "{}:", by.say("label.missing"))?;
    }
    for asked in &answer.missing {
        writeln!(out, "- {} [{}]", asked.words(), asked.fact)?;
    }
    for announced in &answer.announced {
        let label = by.say("label.announced");
        writeln!(out, "{label}: {}", announced.explanation)?;
        source(out, by, &announced.source)?;
    }
    if let Some(found) = &answer.source {
        source(out, by, found)?;
    }
    if let Some(rule) = answer.rule {
        writeln!(out, "[{rule}]")?;
    }
    Ok(())
}

/// Prints a clock on a line or a few.
pub(crate) fn clock(
    out: &mut impl Write,
    by: Speaker<'_>,
    clock: &ClockAnswer<'_>,
) -> io::Result<()> {
    let result = clock.result;
    let mark = if clock.signal { "!" } else { " " };
    write!(out, "{mark} {}: {}", clock.text.text, clock.state_text)?;
    if let Some(deadline) = result.deadline {
        write!(out, " — {} {deadline}", by.say("label.deadline"))?;
    }
    writeln!(out)?;
    for item in &clock.open_text {
        writeln!(out, "    {}: {item}", by.say("label.open"))?;
    }
    if let Some(may_close) = result.may_close {
        let answer = if may_close { "label.yes" } else { "label.no" };
        writeln!(out, "    {}: {}", by.say("label.may-close"), by.say(answer))?;
    }
    let article = cited(&clock.title, result.article);
    write!(out, "    {article} <{}>", result.source)?;
    if let Some(warning) = clock.warning {
        write!(out, " — {warning}")?;
    }
    writeln!(out)
}

/// Prints an advised instrument.
pub(crate) fn step(
    out: &mut impl Write,
    by: Speaker<'_>,
    number: usize,
    answer: &StepAnswer<'_>,
) -> io::Result<()> {
    let step = answer.step;
    write!(
        out,
        "{number}. [{}] {} — ",
        step.instrument, answer.name.text
    )?;
    words(out, &answer.goal)?;
    for reason in &step.reasons {
        let barrier = by.say(&format!("barrier.{}", reason.barrier));
        let code = &reason.barrier;
        write!(out, "   {}: {code} {barrier}", by.say("label.why"))?;
        if let Some(opens) = reason.opens {
            write!(out, "; {}: {opens}", by.say("label.opens"))?;
        }
        writeln!(out)?;
    }
    write!(
        out,
        "   {}: {}",
        by.say("label.moves-first"),
        answer.moves_first_text
    )?;
    terms(out, by, answer)?;
    evidence(out, by, answer)?;
    for asked in &answer.questions {
        let label = by.say("label.missing");
        writeln!(out, "   {label}: {} [{}]", asked.words(), asked.fact)?;
    }
    let (label, providers) = (by.say("label.provider"), answer.provider.join(", "));
    writeln!(out, "   {label}: {providers} <{}>", answer.contact)?;
    let article = cited(&answer.title, step.article);
    write!(out, "   {article} <{}>", step.source)?;
    if let Some(until) = step.until {
        write!(out, "; {} {until}", by.say("label.valid-until"))?;
    }
    if let Some(warning) = answer.warning {
        write!(out, " — {warning}")?;
    }
    writeln!(out)
}

/// Prints cost, fund and waiting time, and ends the line.
fn terms(out: &mut impl Write, by: Speaker<'_>, answer: &StepAnswer<'_>) -> io::Result<()> {
    let step = answer.step;
    if let Some(cost) = step.cost {
        let label = by.say("label.cost");
        if cost.amount == 0 {
            write!(out, "; {label}: {}", by.say("label.free"))?;
        } else {
            write!(out, "; {label}: {} / {}", euro(cost.amount), cost.unit)?;
        }
    }
    if let Some(fund) = answer.fund_text {
        write!(out, "; {}: {fund}", by.say("label.fund"))?;
    }
    if let Some(weeks) = step.waiting_weeks {
        write!(out, "; {}: {weeks}", by.say("label.waiting-weeks"))?;
    }
    writeln!(out)
}

fn evidence(out: &mut impl Write, by: Speaker<'_>, answer: &StepAnswer<'_>) -> io::Result<()> {
    write!(
        out,
        "   {}: {}",
        by.say("label.evidence"),
        answer.evidence_text
    )?;
    if let Some(none) = answer.no_evidence {
        write!(out, " — {none}")?;
    }
    writeln!(out)?;
    for evidence in &answer.evidence_records {
        let record = evidence.record;
        write!(
            out,
            "     {} ({}, {}; {}): {} <{}>",
            evidence.title.text,
            record.year,
            evidence.level_text,
            evidence.population.text,
            evidence.finding.text,
            record.source
        )?;
        if let Some(warning) = evidence.warning {
            write!(out, " — {warning}")?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// Euro cents as euro, such as `€ 148,83`.
pub(crate) fn euro(cents: u64) -> String {
    format!("€ {},{:02}", cents / 100, cents % 100)
}

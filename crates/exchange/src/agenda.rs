//! Deadlines as a calendar file (iCalendar, RFC 5545), one all-day event for the last day of each.

use std::fmt::Write as _;

use commitments::calendar::{days_later, iso};
use commitments::register::Register;
use time::Date;

/// Writes the terms of open obligations that have days. `stamp` is the day the file is made.
#[must_use]
pub fn write(register: &Register, stamp: Date) -> String {
    let mut out = String::new();
    let mut line = |text: &str| fold(&mut out, text);
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line("PRODID:-//Werkbrug//Moties en toezeggingen//NL");
    line("CALSCALE:GREGORIAN");
    for obligation in register.obligations() {
        let Some(deadline) = obligation
            .deadline()
            .filter(|_| obligation.state().is_open())
        else {
            continue;
        };
        let Some(until) = deadline.until() else {
            continue;
        };
        let plain = |day: Date| iso(day).replace('-', "");
        line("BEGIN:VEVENT");
        line(&format!("UID:verplichting-{}@werkbrug", obligation.id()));
        line(&format!("DTSTAMP:{}T000000Z", plain(stamp)));
        line(&format!("DTSTART;VALUE=DATE:{}", plain(until)));
        line(&format!("DTEND;VALUE=DATE:{}", plain(days_later(until, 1))));
        let ask = &obligation.content().ask.words;
        line(&format!(
            "SUMMARY:{}",
            escape(&format!("Uiterste dag: {}", shortened(ask)))
        ));
        line(&format!(
            "DESCRIPTION:{}",
            escape(&format!("{ask}\nTermijn: {}", deadline.words))
        ));
        line("TRANSP:TRANSPARENT");
        line("END:VEVENT");
    }
    line("END:VCALENDAR");
    out
}

/// Most characters of an ask in the title of an event.
const TITLE: usize = 80;

/// The first words that fit in a title, with an ellipsis when there are more.
fn shortened(ask: &str) -> String {
    let mut out = String::new();
    let mut width = 0;
    for word in ask.split_whitespace() {
        let more = word.chars().count() + usize::from(width > 0);
        if width + more > TITLE && width > 0 {
            out.push_str(" …");
            break;
        }
        if width > 0 {
            out.push(' ');
        }
        out.push_str(word);
        width += more;
    }
    out
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Writes a line, folded so that none is longer than 75 bytes (RFC 5545, 3.1).
fn fold(out: &mut String, text: &str) {
    let mut width = 0;
    for c in text.chars() {
        if width + c.len_utf8() > 75 {
            out.push_str("\r\n ");
            width = 1;
        }
        // Writing to a string cannot fail.
        let _ = out.write_char(c);
        width += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_ends_with_a_whole_word() {
        let ask = "de Kamer te informeren over de uitkomsten van de gesprekken met gemeenten en \
                   werkgevers over vakscholen";
        let title = shortened(ask);
        let words = title.strip_suffix(" …").unwrap_or_default();
        assert!(ask.starts_with(&format!("{words} ")), "{title}");
        assert!(words.chars().count() <= TITLE);
        assert_eq!(shortened("een kort verzoek"), "een kort verzoek");
    }

    #[test]
    fn long_lines_are_folded_and_unfold_to_the_same() {
        let mut out = String::new();
        let text = format!("SUMMARY:{}", "één twee ".repeat(30));
        fold(&mut out, &text);
        assert!(out.split("\r\n").all(|line| line.len() <= 75));
        assert_eq!(out.replace("\r\n ", "").trim_end_matches("\r\n"), text);
        assert_eq!(escape("a;b,c\\d\ne"), "a\\;b\\,c\\\\d\\ne");
    }
}

//! `werkbrug divide`: who gets which of the scarce places.

use std::io::Write;
use std::path::PathBuf;

use anyhow::bail;
use clap::Args;
use matching::division::record::{Case, Method, Outcome, Places};

use crate::ndjson::{self, OnFault, each_record, is_stream};
use crate::progress::Progress;

/// Arguments of the command.
#[derive(Debug, Args)]
#[command(after_help = "Candidates, one JSON object per line:
  {\"id\": \"k-01\", \"options\": [{\"place\": \"p-7\", \"score\": 731}], \"priority\": 0}
Places, one JSON object per line:
  {\"id\": \"p-7\", \"capacity\": 2}
Output: one line per candidate (place, score, price, surplus), one per place (used, price, who is
next and the loss), and a certificate with the total and the bound that proves it.
The highest sum of priorities comes first, then the highest sum of scores; the order of lines does
not matter.")]
pub(crate) struct DivideArguments {
    /// File of candidates; - is standard input.
    #[arg(long, value_name = "FILE")]
    candidates: PathBuf,
    /// File of places; - is standard input.
    #[arg(long, value_name = "FILE")]
    places: PathBuf,
    /// Divide so that no candidate and place would both rather have each other.
    #[arg(long)]
    stable: bool,
    /// Where to write the result; - is standard output.
    #[arg(long, value_name = "FILE", default_value = "-")]
    out: PathBuf,
    /// Skip lines that cannot be used, name the first and count them all.
    #[arg(long)]
    keep_going: bool,
}

/// Runs the command.
pub(crate) fn run(arguments: &DivideArguments) -> anyhow::Result<()> {
    if is_stream(&arguments.candidates) && is_stream(&arguments.places) {
        bail!("only one of the two files can be standard input");
    }
    ndjson::refuse_folder(&arguments.out)?;
    let progress = Progress::spinner("reading");
    let on_fault = OnFault::from_option(arguments.keep_going);
    let case = read(arguments, on_fault)?;
    progress.say("dividing");
    let method = if arguments.stable {
        Method::Stable
    } else {
        Method::Optimal
    };
    let outcome = case.divide(method)?;
    progress.say("writing");
    ndjson::write_out(&arguments.out, |writer| write(&outcome, writer))?;
    progress.finish();
    Ok(())
}

fn read(arguments: &DivideArguments, on_fault: OnFault) -> anyhow::Result<Case> {
    let mut places = Places::default();
    each_record(&arguments.places, on_fault, |place| Ok(places.add(place)?))?;
    let mut intake = places.close();
    each_record(&arguments.candidates, on_fault, |candidate| {
        Ok(intake.add(candidate)?)
    })?;
    Ok(intake.finish()?)
}

fn write(outcome: &Outcome<'_>, mut out: &mut dyn Write) -> anyhow::Result<()> {
    for record in outcome.records() {
        ndjson::write(&record, &mut out)?;
    }
    Ok(out.flush()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ndjson::each_line;

    const PLACES: &str = "{\"id\":\"p\",\"capacity\":1}\n";
    const CANDIDATES: &str = "{\"id\":\"a\",\"options\":[{\"place\":\"p\",\"score\":700}]}\n\
         {\"id\":\"b\",\"options\":[{\"place\":\"p\",\"score\":400}]}\n";

    /// Runs the command on files with these texts and returns the outcome and the result.
    fn divide(places: &str, candidates: &str, options: &[&str]) -> (anyhow::Result<()>, String) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        std::fs::write(path("p.ndjson"), places).expect("places");
        std::fs::write(path("c.ndjson"), candidates).expect("candidates");
        std::fs::write(path("out.ndjson"), "old").expect("old result");
        let outcome = run(&DivideArguments {
            candidates: path("c.ndjson"),
            places: path("p.ndjson"),
            stable: options.contains(&"stable"),
            out: path("out.ndjson"),
            keep_going: options.contains(&"keep-going"),
        });
        let left = std::fs::read_dir(folder.path()).expect("a folder").count();
        assert_eq!(left, 3, "something half-written is left");
        let result = std::fs::read_to_string(path("out.ndjson")).expect("a result");
        (outcome, result)
    }

    #[test]
    fn the_best_gets_the_place_and_the_other_is_next() {
        let (outcome, result) = divide(PLACES, CANDIDATES, &[]);
        assert!(outcome.is_ok());
        let expected = [
            r#"{"kind":"candidate","id":"a","place":"p","score":700,"price":{"priority":0,"score":400},"surplus":{"priority":0,"score":300}}"#,
            r#"{"kind":"candidate","id":"b","place":null,"score":null,"price":null,"surplus":{"priority":0,"score":0}}"#,
            r#"{"kind":"place","id":"p","capacity":1,"used":1,"price":{"priority":0,"score":400},"next":{"candidate":"b","loss":{"priority":0,"score":0}}}"#,
            r#"{"kind":"certificate","method":"optimal","placed":1,"total":{"priority":0,"score":700},"dual_total":{"priority":0,"score":700},"verified":true}"#,
        ];
        assert_eq!(result.lines().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn the_order_of_lines_does_not_matter() {
        let turned: Vec<&str> = CANDIDATES.lines().rev().collect();
        for options in [&[][..], &["stable"]] {
            let (_, result) = divide(PLACES, CANDIDATES, options);
            let (_, other) = divide(PLACES, &turned.join("\r\n"), options);
            assert_eq!(result, other);
            assert_eq!(result.lines().count(), 4);
        }
    }

    #[test]
    fn a_bad_line_is_named_and_the_old_result_stays() {
        let cases = [
            (
                "{\"id\":\"p\",\"capacity\":-1}",
                CANDIDATES,
                "p.ndjson:1: invalid value",
            ),
            (
                "{\"id\":\"p\",\"capacity\":1}\n{\"id\":\"p\",\"capacity\":2}",
                "",
                "p.ndjson:2: duplicate id \"p\"",
            ),
            (
                PLACES,
                "\n{\"id\":\"a\",\"options\":[{\"pl",
                "c.ndjson:2: EOF while parsing a string at column",
            ),
            (
                PLACES,
                "{\"id\":\"a\",\"options\":[{\"place\":\"q\",\"score\":7}]}",
                "c.ndjson:1: unknown place \"q\"",
            ),
            (
                PLACES,
                "{\"id\":\"a\",\"options\":[{\"place\":\"p\",\"score\":1001}]}",
                "c.ndjson:1: score 1001 is outside",
            ),
            (
                PLACES,
                "{\"id\":\"a\",\"options\":[],\"priority\":1048576}",
                "c.ndjson:1: priority 1048576 is outside",
            ),
            (PLACES, "[]", "c.ndjson:1: invalid"),
        ];
        for (places, candidates, message) in cases {
            let (outcome, result) = divide(places, candidates, &[]);
            let error = format!("{:#}", outcome.expect_err(message));
            assert!(error.contains(message), "{error}");
            assert_eq!(result, "old");
        }
    }

    #[test]
    fn bad_lines_are_skipped_on_request() {
        let candidates = format!("nonsense\n{CANDIDATES}{{\"id\":\"a\",\"options\":[]}}\n");
        let (outcome, result) = divide(PLACES, &candidates, &["keep-going"]);
        assert!(outcome.is_ok());
        assert_eq!(result, divide(PLACES, CANDIDATES, &[]).1);
    }

    #[test]
    fn a_line_that_is_not_utf8_is_named() {
        let fault = each_line(
            "c",
            &b"{}\n\xff\n"[..],
            OnFault::Stop,
            |_: serde_json::Value| Ok(()),
        );
        assert_eq!(
            format!("{:#}", fault.expect_err("a fault")),
            "c:2: not UTF-8"
        );
    }
}

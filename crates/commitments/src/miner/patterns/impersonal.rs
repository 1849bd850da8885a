//! Promises whose speaker does not stand in the sentence: `de Kamer wordt geïnformeerd`.

use super::{Ahead, Fit, Sentence, fit};
use crate::miner::clauses::{is_subordinate, outsider_acts};
use crate::miner::lexicon::{COMING, DELIVERED, NOT_DELIVERED, OTHERS, READY, UNSURE};
use crate::place::Confidence;
use crate::read::verbs;

impl Sentence<'_> {
    /// `de Kamer zal worden geïnformeerd`, `u ontvangt in het najaar`.
    pub(super) fn chamber_informed(&self) -> Option<Fit> {
        let words = self.words;
        if !self.names_chamber() || self.conditional() {
            return None;
        }
        let informed = words
            .find(
                0,
                &[
                    "geïnformeerd",
                    "bericht",
                    "toegestuurd",
                    "toegezonden",
                    "aangeboden",
                    "gestuurd",
                    "gerapporteerd",
                ],
            )
            .is_some()
            || words.find(0, &["hoogte"]).is_some();
        let future = words.find(0, &["zal", "zullen", "wordt", "worden"]);
        let past = words.find(
            0,
            &["werd", "werden", "is", "zijn", "heb", "heeft", "hebben"],
        );
        let before_past = match (future, past) {
            (Some(future), Some(past)) => future < past || words.any(future, &["zal", "zullen"]),
            (future, None) => future.is_some(),
            (None, Some(_)) => false,
        };
        if informed && before_past {
            return fit("mine.chamber_informed", Confidence::CLEAR);
        }
        let receives = (0..words.len()).any(|at| {
            words.any(at, &["ontvangt", "ontvangen"])
                && (words.any(at + 1, &["u", "uw", "de"])
                    || words.any(at.wrapping_sub(1), &["u", "kamer"]))
        });
        let awaits = words.find(0, &["kunt", "mag", "kan"]).is_some()
            && words
                .find(0, &["verwachten", "tegemoetzien", "tegemoet"])
                .is_some();
        // `Een fiche gaat uw Kamer binnen de gebruikelijke termijn toe.`
        let goes = words
            .find(0, &["gaat", "gaan", "komt", "komen"])
            .is_some_and(|at| words.any(words.len().saturating_sub(2), &["toe"]) && at > 0);
        let timed = match self.ahead() {
            Ahead::Yes | Ahead::Now => true,
            Ahead::Vague => !self.only_stretches(),
            Ahead::No => false,
        };
        ((receives || awaits || goes) && timed)
            .then_some(())
            .and_then(|()| fit("mine.chamber_receives", Confidence::LIKELY))
    }

    fn conditional(&self) -> bool {
        self.words.any(
            0,
            &[
                "als", "indien", "mocht", "wanneer", "tenzij", "wie", "hoe", "of", "wat", "waarom",
                "welke",
            ],
        )
    }

    /// Whether the subject is somebody outside the government.
    fn others_act(&self, verb: usize) -> bool {
        let near = self.words.part(verb.saturating_sub(2), verb + 3);
        near.find(0, &OTHERS).is_some()
    }

    /// `Begin 2023 wordt … gepubliceerd`, `komt in 2024 beschikbaar`, `is rond de zomer gereed`.
    pub(super) fn impersonal(&self) -> Option<Fit> {
        let words = self.words;
        // What can or must be done, as far as the main clause says so.
        let unsure = (0..words.len())
            .any(|at| (words.any(at, &UNSURE) || self.is_due(at)) && !is_subordinate(words, at));
        if self.conditional() || unsure || outsider_acts(words) {
            return None;
        }
        let ahead = self.ahead();
        let dated = matches!(ahead, Ahead::Yes | Ahead::Now);
        let shall = verbs::future(words);
        let passive = words.find(0, &["wordt", "worden"]);
        let participle = (0..words.len()).any(|at| {
            let low = words.low(at);
            verbs::participle(low) && !words.is_capital(at) && !NOT_DELIVERED.contains(&low)
        });
        let awaited = words.find(0, &["verwacht"]).is_some() && !self.hands_over();
        if passive.is_some() && participle && dated && !awaited {
            return fit("mine.passive_dated", Confidence::LIKELY);
        }
        let delivered = words.find(0, &DELIVERED).is_some() || (participle && self.in_next_paper());
        if delivered && ahead == Ahead::Vague && passive.is_some() && !self.only_stretches() {
            return fit("mine.passive_soon", Confidence::percent(70));
        }
        if let Some(at) = shall
            && delivered
            && words.find(0, &["worden"]).is_some()
            && !self.others_act(at)
            && !self.only_vague_stretch()
            && !self.by_others()
        {
            return fit("mine.passive_shall", Confidence::percent(70));
        }
        self.becomes(ahead)
    }

    /// Whether the verb at `at` tells a duty: `dient een plan ter inzage te worden gelegd`.
    fn is_due(&self, at: usize) -> bool {
        let words = self.words;
        words.any(at, &["dient", "dienen", "behoort", "behoren", "hoeft"])
            && !words.is(at.wrapping_sub(1), "te")
            && words.find(at + 1, &["te"]).is_some()
    }

    fn only_vague_stretch(&self) -> bool {
        !self.terms.is_empty() && self.only_stretches()
    }

    /// `door` somebody who is not a ministry.
    fn by_others(&self) -> bool {
        (0..self.words.len()).any(|at| {
            self.words.is(at, "door")
                && self.agent(at + 1).is_none()
                && !self.words.is(at + 1, "mij")
        })
    }

    /// States and beginnings to come: `komt beschikbaar`, `staat gepland`, `volgt`, `gaat van start`.
    fn becomes(&self, ahead: Ahead) -> Option<Fit> {
        let words = self.words;
        let state = words.find(0, &READY);
        let joins = words.find(
            0,
            &[
                "komt", "komen", "is", "zijn", "staat", "staan", "zal", "zullen", "wordt",
            ],
        );
        if state.is_some() && joins.is_some() && ahead == Ahead::Yes {
            return fit("mine.ready", Confidence::LIKELY);
        }
        // `staan voor 2023 gepland`: planning says by itself that the time is to come.
        if words.find(0, &["staat", "staan"]).is_some()
            && words.find(0, &["gepland", "ingepland"]).is_some()
            && ahead == Ahead::Now
        {
            return fit("mine.planned", Confidence::LIKELY);
        }
        let readies = words.find(0, &["komt", "komen"]).is_some()
            && words.find(0, &["beschikbaar", "gereed"]).is_some()
            && ahead == Ahead::Now;
        if readies {
            return fit("mine.ready", Confidence::LIKELY);
        }
        let verb = (0..words.len()).find(|at| words.any(*at, &COMING))?;
        let sets_off = match words.low(verb) {
            "treedt" | "treden" => words.find(verb, &["werking"]).is_some(),
            "gaat" | "gaan" => (verb..words.len()).any(|at| {
                words.row(at, &["van", "start"])
                    || (words.is(at, "in") && words.low(at + 1).ends_with("consultatie"))
                    || words.row(at, &["in", "procedure"])
                    || words.row(at, &["naar", "de", "raad", "van", "state"])
                    || (words.is(at, "naar") && words.find(at, &["kamer"]).is_some())
            }),
            "komt" | "komen" => {
                let to_chamber = words.find(verb, &["naar"]).is_some() && self.names_chamber();
                words.is(verb + 1, "er")
                    || to_chamber
                    || self.hands_over() && words.find(verb, &["met", "een"]).is_some()
            }
            _ => true,
        };
        // Who gets something gets it from the government; who receives may receive it from anybody.
        let receives = words.any(verb, &["krijgt", "krijgen"]);
        let ours = receives || !self.others_act(verb);
        let begins = words.any(
            verb,
            &["start", "starten", "begint", "beginnen", "verschijnt"],
        );
        let starts = words
            .find(verb, &["van"])
            .is_some_and(|at| words.is(at + 1, "start"));
        let to_come = ahead == Ahead::Yes || ((begins || starts) && ahead == Ahead::Now);
        (sets_off && to_come && ours && !verbs::perfect(words))
            .then_some(())
            .and_then(|()| fit("mine.coming", Confidence::percent(75)))
    }

    /// `Ik heb toegezegd dat …`, `zoals toegezegd … wordt …`.
    pub(super) fn restated(&self) -> Option<Fit> {
        let words = self.words;
        let told = words
            .find(0, &["zegde", "zegden"])
            .filter(|at| self.agent_of(*at) && words.find(*at, &["toe"]).is_some());
        if told.is_some() {
            return Some(Fit {
                rule: "mine.restated",
                confidence: Confidence::LIKELY,
                restated: true,
            });
        }
        let at = words.find(0, &["toegezegd"])?;
        let by_speaker = (0..at)
            .any(|place| words.any(place, &["heb", "hebben", "heeft"]) && self.agent_of(place));
        let recalled = words.any(at.wrapping_sub(1), &["zoals", "eerder"]) && at <= 3;
        let said = words.find(at, &["dat", "om", "te"]).is_some() || recalled;
        ((by_speaker || recalled) && said).then_some(Fit {
            rule: "mine.restated",
            confidence: Confidence::LIKELY,
            restated: true,
        })
    }

    /// `zoals eerder toegezegd`, `conform mijn toezegging`, inside a new promise.
    pub(super) fn points_back(&self) -> bool {
        self.words.find(0, &["toegezegd"]).is_some()
            || (0..self.words.len()).any(|at| {
                self.words.any(at, &["conform", "overeenkomstig"])
                    && self.words.any(at + 2, &["toezegging"])
            })
    }
}

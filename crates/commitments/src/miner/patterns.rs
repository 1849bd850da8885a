//! The shapes a promise takes in a sentence.
//!
//! Each pattern answers with its rule and confidence, or not at all.

mod impersonal;

use time::Date;

use super::announced::PAPERS;
use super::clauses::{PREPOSITIONS, is_denied, is_subordinate};
use super::lexicon::{
    ASKING, CAUSED, DELIVERABLES, DELIVERED, EMPTY, GOVERNMENT, GUIDE_INFINITIVES,
    GUIDE_PARTICIPLES, GUIDE_PRESENT, JOINED, MINISTRIES, NO_DEEDS, PRESENT, PROMISES, SPEAKERS,
    TELLING, TELLS,
};
use crate::deadline::{Certainty, Deadline, NEXT_PAPER};
use crate::place::{Confidence, Field, Rule};
use crate::read::verbs;
use crate::read::words::Words;

/// A sentence with the terms in it and what is known of the date of the document.
pub(super) struct Sentence<'a> {
    pub(super) words: Words<'a>,
    pub(super) terms: &'a [Field<Deadline>],
    /// The document is not older than this day.
    pub(super) not_before: Option<Date>,
}

/// A pattern that fits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fit {
    pub(super) rule: &'static str,
    pub(super) confidence: Confidence,
    pub(super) restated: bool,
}

pub(super) fn fit(rule: &'static str, confidence: Confidence) -> Option<Fit> {
    Some(Fit {
        rule,
        confidence,
        restated: false,
    })
}

/// How a term lies towards the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ahead {
    /// Certainly to come.
    Yes,
    /// Under way: the present tense decides.
    Now,
    /// A time without days: `op korte termijn`.
    Vague,
    No,
}

impl<'a> Sentence<'a> {
    /// The first pattern that fits.
    pub(super) fn promise(&self) -> Option<Fit> {
        if self.words.is(self.words.len().wrapping_sub(1), "?") {
            return None;
        }
        if let Some(fit) = self.restated() {
            return Some(fit);
        }
        let promises = self.words.any(0, &["hierbij"])
            && self.words.any(1, &["zeg", "zeggen"])
            && self.words.find(2, &["toe"]).is_some();
        if (self.is_guide() && !promises) || self.is_reported() || self.fulfils() {
            return None;
        }
        self.speaker_future()
            .or_else(|| self.speaker_promise())
            .or_else(|| self.speaker_present())
            .or_else(|| self.chamber_informed())
            .or_else(|| self.announced())
            .or_else(|| self.impersonal())
            .map(|mut fit| {
                fit.restated = self.points_back();
                fit
            })
    }

    pub(super) fn ahead(&self) -> Ahead {
        let mut best = Ahead::No;
        for term in self.terms {
            let term = &term.value;
            let now = match (term.interval, self.not_before) {
                (Some(days), Some(day)) if days.until < day => Ahead::No,
                _ if term.certainty == Certainty::Undated => Ahead::Vague,
                _ if term.looks_ahead => Ahead::Yes,
                (Some(days), Some(day)) if days.from > day => Ahead::Yes,
                // Nothing tells when the letter was written: the tense decides.
                (Some(_), None) if !verbs::perfect(self.words) => Ahead::Yes,
                _ => Ahead::Now,
            };
            best = match (best, now) {
                (Ahead::Yes, _) | (_, Ahead::Yes) => Ahead::Yes,
                (Ahead::Now, _) | (_, Ahead::Now) => Ahead::Now,
                (Ahead::Vague, _) | (_, Ahead::Vague) => Ahead::Vague,
                _ => Ahead::No,
            };
        }
        // `uiterlijk een half jaar voor het aflopen`: a last moment without a day.
        if best == Ahead::No && self.words.find(0, &["uiterlijk"]).is_some() {
            best = Ahead::Now;
        }
        if best == Ahead::No && (self.after_event() || self.recurs()) {
            best = Ahead::Vague;
        }
        best
    }

    /// Whether the letter itself makes good an earlier promise: `Met deze brief doe ik die
    /// toezegging gestand`.
    pub(super) fn fulfils(&self) -> bool {
        let words = self.words;
        let hereby = words.any(0, &["hiermee", "hierbij"])
            || (words.any(0, &["met", "door", "middels"])
                && words.any(1, &["deze", "dit", "bijgaande"]));
        let named = (0..words.len()).any(|at| words.low(at).starts_with("toezegging"));
        let kept = words
            .find(
                0,
                &[
                    "gestand",
                    "voldoe",
                    "voldoen",
                    "voldaan",
                    "nagekomen",
                    "na",
                    "invulling",
                ],
            )
            .is_some();
        hereby && named && kept
    }

    /// What members ask or what a motion wants: `De leden vragen of de minister … gaat`,
    /// `wordt de regering verzocht`.
    fn is_reported(&self) -> bool {
        let words = self.words;
        if words.find(0, &SPEAKERS).is_some() {
            return false;
        }
        let head = words.part(0, 12);
        let members = (0..head.len().min(8)).any(|at| {
            head.any(at, &["leden", "lid", "fractie", "fracties", "zij", "hij"])
                || head.low(at).ends_with("-fractie")
        });
        let asks = head.find(0, &ASKING).is_some();
        let wanted = words
            .find(0, &["verzocht", "verzoekt", "verzoeken"])
            .is_some()
            && words.find(0, &["regering", "kabinet"]).is_some();
        (members && asks) || wanted
    }

    /// A time tied to something that must happen first: `zodra …`, `na afronding van …`.
    fn after_event(&self) -> bool {
        let words = self.words;
        let events = ["ing", "komst", "vangst", "loop"];
        words.find(0, &["zodra"]).is_some()
            || words.any(0, &["nadat"])
            || (0..words.len()).any(|at| {
                let noun = words.low(at + 1);
                words.is(at, "na") && events.iter().any(|end| noun.ends_with(end))
            })
    }

    /// `jaarlijks`, `elk kwartaal`: again and again from now on.
    fn recurs(&self) -> bool {
        let words = self.words;
        words
            .find(
                0,
                &["jaarlijks", "halfjaarlijks", "maandelijks", "periodiek"],
            )
            .is_some()
            || (0..words.len()).any(|at| {
                words.any(at, &["elk", "elke", "ieder", "iedere"])
                    && words.any(at + 1, &["kwartaal", "maand", "jaar", "halfjaar"])
            })
    }

    /// A term that is a stretch without an end (`de komende jaren`) rather than a moment.
    fn only_stretches(&self) -> bool {
        !self.terms.is_empty()
            && !self.in_next_paper()
            && self.terms.iter().all(|term| {
                let words = &term.value.words;
                term.value.certainty == Certainty::Undated
                    && (words.contains("komende") || words == "later")
            })
    }

    /// Whether the term is the next paper of a row: `in de volgende monitor`.
    fn in_next_paper(&self) -> bool {
        let next = Rule::new(NEXT_PAPER);
        self.terms.iter().any(|term| term.rule == next)
    }

    /// Whether the sentence tells what the letter itself does.
    fn is_guide(&self) -> bool {
        let words = self.words;
        let here = (0..words.len()).any(|at| {
            let letter = words.low(at + 2);
            words.row(at, &["in", "deze"])
                && (letter.ends_with("brief") || letter == "paragraaf" || letter == "rapportage")
                && !words.any(at.wrapping_sub(1), &["eerder", "de"])
        });
        let with = words.any(0, &["met", "bij", "middels", "via"])
            && words.any(1, &["deze", "dit"])
            && words.low(2).ends_with("brief");
        let hereby = words.any(
            0,
            &["hierbij", "hieronder", "hierna", "onderstaand", "bijgaand"],
        ) || (0..words.len()).any(|at| {
            words.any(at, &["hierbij", "bijgaand", "hieronder"])
                && words
                    .find(0, &["stuur", "zend", "bied", "treft", "doe", "leest"])
                    .is_some()
        });
        let by_me = self.guide_present() || self.goes_into();
        let passive = words.find(0, &["wordt", "worden"]).is_some()
            && words.find(0, &GUIDE_PARTICIPLES).is_some();
        let to_come = self.ahead() == Ahead::Yes && self.names_chamber();
        (here || with || hereby || by_me || passive) && !to_come
    }

    /// `schets ik`, `geef ik aan`, `ik licht toe`.
    fn guide_present(&self) -> bool {
        let words = self.words;
        (0..words.len()).any(|at| {
            words.any(at, &GUIDE_PRESENT)
                && (words.any(at + 1, &SPEAKERS) || words.any(at.wrapping_sub(1), &SPEAKERS))
                && (!words.any(at, &["geef", "geven", "zet", "sta", "licht"])
                    || words
                        .find(at, &["aan", "uiteen", "stil", "toe", "weer", "zicht"])
                        .is_some())
        })
    }

    /// `ga ik (nader) in op`.
    fn goes_into(&self) -> bool {
        let words = self.words;
        let Some(at) = words.find(0, &["ga", "gaan"]) else {
            return false;
        };
        (at..words.len()).any(|place| {
            words.is(place, "in")
                && (words.any(place + 1, &["op", ".", ",", "en"]) || place + 1 == words.len())
        })
    }

    fn names_chamber(&self) -> bool {
        self.words
            .find(0, &["u", "uw", "kamer", "tweede", "staten-generaal"])
            .is_some()
    }

    /// Whether somebody of the government stands at `at`; the number of tokens.
    fn agent(&self, at: usize) -> Option<usize> {
        let words = self.words;
        if words.any(at, &SPEAKERS) {
            return Some(1);
        }
        let article = words.any(at, &["het", "de", "mijn", "ons", "onze"]);
        if article && words.any(at + 1, &GOVERNMENT) {
            // `de minister van … en ik`, `het kabinet`.
            return Some(2);
        }
        // `Rijkswaterstaat`, `de Rijksdienst voor …`: services of the ministries.
        let service = |at: usize| words.is_capital(at) && words.low(at).starts_with("rijks");
        if article && service(at + 1) {
            return Some(2);
        }
        ((words.any(at, &MINISTRIES) && words.is_capital(at)) || service(at)).then_some(1)
    }

    /// Whether an agent is the subject of the finite verb at `verb`.
    fn agent_of(&self, verb: usize) -> bool {
        if self.agent(verb + 1).is_some() || self.shares_subject(verb) {
            return true;
        }
        // `zal naar verwachting het kabinet` is rare; before the verb the whole clause counts.
        let mut at = verb;
        while at > 0 && verb - at < 14 {
            at -= 1;
            if self.words.any(at, &[";", ":", "–", "("]) {
                return false;
            }
            if self.words.is(at, ",") && !self.clause_goes_on(at) {
                return false;
            }
            if self.agent(at).is_some() {
                return self.subject_near(at, verb);
            }
        }
        false
    }

    /// The subject stood before the verb ahead of `en`: `Ik onderschrijf dit en zal …`.
    fn shares_subject(&self, verb: usize) -> bool {
        let words = self.words;
        let Some(joint) = verb.checked_sub(1).filter(|at| words.is(*at, "en")) else {
            return false;
        };
        let auxiliaries = [
            "zal", "zullen", "ben", "heb", "hebben", "ga", "gaan", "wil", "willen",
        ];
        (0..joint).any(|at| {
            let main = at == 0
                || at.checked_sub(1).is_some_and(|before| {
                    acts(words.low(before)) || words.any(before, &auxiliaries)
                });
            main && self.agent(at).is_some() && !is_subordinate(words, at)
        })
    }

    /// A comma inside the clause: `ik zal, zoals gezegd, …` is left alone, `…, dat` is not.
    fn clause_goes_on(&self, comma: usize) -> bool {
        self.words
            .any(comma + 1, &["zoals", "samen", "en", "in", "met"])
    }

    /// In a main clause the subject stands right before the verb; in a clause with `dat`, `die`,
    /// `waarop` the verb comes at the end.
    fn subject_near(&self, agent: usize, verb: usize) -> bool {
        let len = self.agent(agent).unwrap_or(1);
        let straight = agent + len >= verb;
        let joined = self.words.is(verb.wrapping_sub(1), "ik");
        let opener = agent
            .checked_sub(1)
            .map_or("", |before| self.words.low(before));
        let subordinate = matches!(
            opener,
            "dat"
                | "die"
                | "waarin"
                | "waarmee"
                | "waarover"
                | "waarbij"
                | "wat"
                | "hoe"
                | "zodat"
                | "waarna"
                | "of"
        ) || opener.starts_with("waar");
        // `De minister van X zal`: the name of the office stands between.
        let office = self.words.any(agent + 1, &GOVERNMENT)
            && (agent + len..verb).all(|at| {
                self.words.is_capital(at) || self.words.any(at, &["van", "voor", "en", ",", "&"])
            });
        straight || joined || subordinate || office
    }

    /// `zal ik … informeren`, `ga ik … onderzoeken`, `het kabinet zal …`.
    fn speaker_future(&self) -> Option<Fit> {
        let words = self.words;
        for at in 0..words.len() {
            let shall = words.any(at, &["zal", "zullen"]);
            let going = words.any(at, &["ga", "gaan", "gaat"]);
            if !(shall || going) || words.is(at.wrapping_sub(1), "te") {
                continue;
            }
            let talk = words.is(at, "zal") && self.holds_talk(at);
            if !(self.agent_of(at) || talk) {
                continue;
            }
            if is_denied(words, at) || self.if_needed() {
                continue;
            }
            // `zal gaan lopen` without an agent is not reached; `werk ga maken van` promises little.
            if self.says_nothing(at) && self.ahead() != Ahead::Yes {
                continue;
            }
            let sure = if self.ahead() == Ahead::No {
                Confidence::LIKELY
            } else {
                Confidence::CLEAR
            };
            return fit("mine.first_person_future", sure);
        }
        None
    }

    /// `zal ook het gesprek aangaan`: only a person does that, also when `ik` was left out.
    fn holds_talk(&self, from: usize) -> bool {
        (from..self.words.len()).any(|at| {
            self.words.any(at, &["gesprek", "gesprekken", "overleg"])
                && self.words.any(at + 1, &["aangaan", "voeren"])
        })
    }

    fn says_nothing(&self, from: usize) -> bool {
        let words = self.words;
        let main = |list: &[&str]| {
            (from..words.len()).any(|at| words.any(at, list) && !is_subordinate(words, at))
        };
        if main(&GUIDE_INFINITIVES) {
            return true;
        }
        if (from..words.len())
            .any(|at| words.row(at, &["aan", "de", "slag"]) || words.row(at, &["maken", "van"]))
        {
            return true;
        }
        let own_effort = words.find(from, &["mij", "me", "ons"]).is_some()
            && words
                .find(from, &["inzetten", "inspannen", "hard"])
                .is_some();
        own_effort || main(&EMPTY)
    }

    /// `Zo nodig zal ik …`: nothing is promised yet.
    fn if_needed(&self) -> bool {
        let words = self.words;
        words.any(0, &["desgewenst", "desnoods"])
            || (words.any(0, &["zo", "indien"]) && words.is(1, "nodig"))
    }

    /// `zeg ik toe`, `streef ernaar`, `ben voornemens`, `laat … uitvoeren`.
    fn speaker_promise(&self) -> Option<Fit> {
        let words = self.words;
        for at in 0..words.len() {
            for row in PROMISES {
                let fits = row.iter().enumerate().all(|(index, word)| {
                    if index == 0 {
                        words.is(at, word)
                    } else {
                        words
                            .find(at + 1, &[*word])
                            .is_some_and(|place| place <= at + 12)
                    }
                });
                if !fits {
                    continue;
                }
                // The verb itself, or the `ben` or `heb` that goes with it.
                let verb = if matches!(row[0], "voornemens" | "van" | "voornemen" | "bereid") {
                    (0..at)
                        .rev()
                        .take(8)
                        .find(|place| words.any(*place, &["ben", "is", "zijn", "heb", "heeft"]))
                } else {
                    Some(at)
                };
                let denied = verb.is_some_and(|verb| is_denied(words, verb));
                // `bereid om te kijken` hands over nothing.
                let empty = row[0] == "bereid" && words.find(at, &EMPTY).is_some();
                if verb.is_some_and(|verb| self.agent_of(verb)) && !denied && !empty {
                    return fit("mine.promise", Confidence::CLEAR);
                }
            }
            if words.any(at, &["laat", "laten"])
                && self.agent_of(at)
                && (at + 1..words.len()).any(|place| {
                    let low = words.low(place);
                    CAUSED.contains(&low)
                        || verbs::infinitive(low)
                            && !TELLS.contains(&low)
                            && !words.is_capital(place)
                            && ends_clause(words, place)
                })
            {
                return fit("mine.commissioned", Confidence::LIKELY);
            }
            let dated = matches!(self.ahead(), Ahead::Yes | Ahead::Now);
            let wants = words.any(at, &["wil", "willen", "hoop", "hopen", "blijf", "blijven"])
                || (dated && words.any(at, &["kan", "kunnen", "verwacht", "verwachten"]));
            let tells = words.find(at, &TELLING).is_some();
            if wants && tells && self.agent_of(at) && self.names_chamber() {
                return fit("mine.wants_to_inform", Confidence::LIKELY);
            }
        }
        self.aim().or_else(|| self.carries_out())
    }

    /// `Aan deze motie geven wij uitvoering door in december …`, `het kabinet beoogt … in te
    /// dienen`: with a time or with the Chamber named.
    fn carries_out(&self) -> Option<Fit> {
        let words = self.words;
        if words.any(0, &["hiermee", "hierbij", "daarmee"]) {
            return None;
        }
        let timed = matches!(self.ahead(), Ahead::Yes | Ahead::Now);
        let found = (0..words.len()).any(|at| {
            let gives = words.any(at, &["geef", "geven", "geeft"])
                && words
                    .find(at, &["uitvoering", "invulling", "gehoor"])
                    .is_some();
            let keeps = words.any(at, &["doe", "doen", "kom", "komen"])
                && words.find(at, &["gestand"]).is_some();
            let aims =
                words.any(at, &["beoog", "beogen", "beoogt"]) && words.find(at, &["te"]).is_some();
            // `Ik zorg ervoor dat ouders hun dossier binnen een half jaar krijgen.`
            let ensures = words.any(at, &["zorg", "zorgen", "zorgt", "borg", "garandeer"])
                && words.any(at + 1, &["ervoor", "dat", "ik", "wij", "het"])
                && words.find(at, &["dat"]).is_some();
            (gives || keeps || aims || ensures) && self.agent_of(at) && !is_denied(words, at)
        });
        (found && timed)
            .then_some(())
            .and_then(|()| fit("mine.carries_out", Confidence::LIKELY))
    }

    /// `Het streven is …`, `De planning is dat …`, with a time or something handed over.
    fn aim(&self) -> Option<Fit> {
        let words = self.words;
        let at = (0..words.len()).find(|at| {
            words.any(
                *at,
                &[
                    "streven",
                    "planning",
                    "voornemen",
                    "verwachting",
                    "bedoeling",
                    "inzet",
                ],
            ) && words.any(at + 1, &["is", "om"])
        })?;
        let dated = matches!(self.ahead(), Ahead::Yes | Ahead::Now);
        let hands_over = words
            .find(
                at,
                &[
                    "sturen",
                    "publiceren",
                    "afronden",
                    "informeren",
                    "opleveren",
                    "aanbieden",
                    "starten",
                    "delen",
                    "indienen",
                ],
            )
            .is_some();
        (dated || (hands_over && self.ahead() == Ahead::Vague))
            .then_some(())
            .and_then(|()| fit("mine.aim", Confidence::LIKELY))
    }

    /// `informeer ik u voor de zomer`, `verwacht ik in het tweede kwartaal`.
    fn speaker_present(&self) -> Option<Fit> {
        let words = self.words;
        let ahead = self.ahead();
        for at in 0..words.len() {
            let open = ahead == Ahead::Yes && self.acts_by_shape(at);
            if !(acts(words.low(at)) || open) || !self.agent_of(at) || is_denied(words, at) {
                continue;
            }
            // Nouns and prepositions of the same form have no agent next to them.
            let returns = words.any(at, &["kom", "komen", "komt"])
                && words.find(at, &["terug"]).is_some()
                && (self.names_chamber() || self.on_paper());
            let timed = match ahead {
                Ahead::Yes => true,
                Ahead::Now => {
                    !verbs::perfect(words) || words.any(at, &["verwacht", "informeer", "stuur"])
                }
                Ahead::Vague => {
                    !self.only_stretches() || self.names_chamber() || self.closes_with_particle(at)
                }
                Ahead::No => self.concludes() && self.closes_with_particle(at),
            };
            if words.any(at, &["verwacht", "verwachten"]) && !self.hands_over() {
                continue;
            }
            if timed || returns {
                let sure = if ahead == Ahead::Yes {
                    Confidence::CLEAR
                } else {
                    Confidence::LIKELY
                };
                return fit("mine.first_person_present", sure);
            }
        }
        None
    }

    /// A verb that no list holds, told by its place: `In maart verscherp ik …`, `Wij bouwen …`.
    fn acts_by_shape(&self, at: usize) -> bool {
        let words = self.words;
        let low = words.low(at);
        let inverted = words.any(at + 1, &SPEAKERS);
        let straight = at == 1 && words.any(0, &SPEAKERS);
        let past = (low.ends_with("de") || low.ends_with("te")) && low.len() > 4;
        (inverted || straight)
            && words.is_word(at)
            && !words.is_capital(at)
            && !past
            && !NO_DEEDS.contains(&low)
            && !PREPOSITIONS.contains(&low)
            && !low.starts_with("waar")
    }

    /// `schriftelijk`, `in de voorjaarsbrief`: on paper that is still to come.
    fn on_paper(&self) -> bool {
        let words = self.words;
        words.find(0, &["schriftelijk"]).is_some()
            || (0..words.len()).any(|at| {
                let low = words.low(at);
                PAPERS.iter().any(|paper| low.ends_with(paper)) && self.to_come_in(at)
            })
    }

    /// Whether the paper at `at` is one to come: `in de geannoteerde agenda`, not `in deze brief`.
    fn to_come_in(&self, at: usize) -> bool {
        let words = self.words;
        let near = at.saturating_sub(4)..at;
        let here = ["deze", "dit", "mijn", "eerdere", "vorige", "mijne"];
        near.clone()
            .any(|place| words.any(place, &["in", "bij", "per", "via"]))
            && !near.clone().any(|place| words.any(place, &here))
    }

    /// A separable verb whose particle closes the clause: `breid ik … uit`.
    fn closes_with_particle(&self, verb: usize) -> bool {
        let words = self.words;
        let particles: &[&str] = match words.low(verb).trim_end_matches("en").trim_end_matches('t')
        {
            "breid" | "voer" | "werk" | "trek" | "nodig" => &["uit"],
            "pas" | "bied" | "vraag" => &["aan"],
            "stel" => &["in", "op", "vast", "beschikbaar"],
            "rich" | "richt" => &["in", "op"],
            "ze" | "zet" => &["op", "voort"],
            _ => return false,
        };
        (verb + 2..words.len()).any(|at| {
            words.any(at, particles)
                && (at + 1 >= words.len() || words.any(at + 1, &[".", ",", ";", "door", "en"]))
        })
    }

    /// The sentence draws a conclusion or carries out what was asked: `daarom`, `deze motie`.
    fn concludes(&self) -> bool {
        let words = self.words;
        let now = words
            .find(0, &["momenteel", "nu", "inmiddels", "al", "reeds"])
            .is_some();
        let asked = (0..words.len()).any(|at| {
            words.any(at, &["deze", "de", "die"])
                && (words.any(at + 1, &["motie", "toezegging", "aanbeveling"])
                    || words.low(at + 1).starts_with("motie-"))
        });
        let so = [
            "daarom", "hiertoe", "daartoe", "dus", "hiervoor", "daarvoor",
        ];
        !now && (asked || words.find(0, &so).is_some())
    }

    /// Whether something a ministry hands over is named.
    fn hands_over(&self) -> bool {
        (0..self.words.len()).any(|at| {
            let low = self.words.low(at);
            DELIVERABLES.iter().any(|stem| low.contains(stem))
        }) || (0..self.words.len()).any(|at| self.words.any(at, &DELIVERED))
    }
}

/// Whether nothing but a clause of its own follows: `laat ik nagaan of …`.
fn ends_clause(words: Words<'_>, at: usize) -> bool {
    at + 1 >= words.len()
        || words.any(
            at + 1,
            &[
                ".", ",", ";", "en", "of", "hoe", "waarom", "welke", "wat", "in",
            ],
        )
}

/// Whether the word is a finite form of one of the verbs of doing and handing over.
fn acts(low: &str) -> bool {
    let known = |low: &str| {
        let singular = low.strip_suffix('t');
        PRESENT.contains(&low) || singular.is_some_and(|stem| PRESENT.contains(&stem))
    };
    // `die ik u toezend`: at the end of a clause the two parts of the verb are one word.
    known(low)
        || JOINED
            .iter()
            .any(|part| low.strip_prefix(part).is_some_and(known))
}

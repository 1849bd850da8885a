//! Closed lists of codes: what a record may say.
//!
//! Every list is closed, so that an unknown word in a file is an error with its line and never a
//! silent category of its own.

/// A word that a closed list does not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{word:?} is not one of: {allowed}")]
pub struct UnknownCode {
    /// The word.
    pub word: String,
    /// The words there are.
    pub allowed: String,
}

/// Declares an enum whose variants have a code in files.
macro_rules! codes {
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $code:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[repr(u8)]
        pub enum $name {
            $($(#[$variant_meta])* #[serde(rename = $code)] $variant,)+
        }

        impl $name {
            /// All of them, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant,)+];

            /// The code in files.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $($name::$variant => $code,)+ }
            }

            /// Reads a code.
            ///
            /// # Errors
            /// [`UnknownCode`](crate::codes::UnknownCode), naming the codes there are.
            pub fn parse(word: &str) -> Result<$name, $crate::codes::UnknownCode> {
                match word {
                    $($code => Ok($name::$variant),)+
                    _ => Err($crate::codes::UnknownCode {
                        word: word.to_owned(),
                        allowed: [$($code,)+].join(", "),
                    }),
                }
            }
        }
    };
}

codes! {
    /// Where a person stands in a month.
    State {
        /// No paid work.
        Without = "none",
        /// Paid work.
        Work = "work",
        /// Left the country; ends the record.
        Left = "left",
        /// Died; ends the record.
        Died = "died",
        /// Reached the pension age; ends the record.
        Retired = "retired",
    }
}

impl State {
    /// Whether nothing can follow.
    #[must_use]
    pub fn ends_record(self) -> bool {
        matches!(self, State::Left | State::Died | State::Retired)
    }
}

codes! {
    /// Nationality as Statistics Netherlands groups it in the cohort study of status holders.
    Origin {
        /// Syria.
        Syria = "syria",
        /// Iraq.
        Iraq = "iraq",
        /// Afghanistan.
        Afghanistan = "afghanistan",
        /// Eritrea.
        Eritrea = "eritrea",
        /// Iran.
        Iran = "iran",
        /// Any other, and stateless.
        Other = "other",
    }
}

codes! {
    /// Ground of residence.
    Residence {
        /// Asylum permit.
        StatusHolder = "status_holder",
        /// Temporary protection of displaced persons from Ukraine.
        Displaced = "displaced",
        /// Asylum seeker who may work.
        AsylumSeeker = "asylum_seeker",
    }
}

codes! {
    /// Sex as registered.
    Sex {
        /// Woman.
        Woman = "woman",
        /// Man.
        Man = "man",
    }
}

codes! {
    /// Age at the permit, in bands.
    AgeBand {
        /// 18 to 24 years.
        From18 = "18-24",
        /// 25 to 34 years.
        From25 = "25-34",
        /// 35 to 44 years.
        From35 = "35-44",
        /// 45 to 54 years.
        From45 = "45-54",
        /// 55 years to the pension age.
        From55 = "55+",
    }
}

codes! {
    /// Household at the permit.
    Household {
        /// Alone.
        Single = "single",
        /// Couple without children.
        Couple = "couple",
        /// Couple with children.
        Family = "family",
        /// One parent with children.
        OneParent = "one_parent",
    }
}

codes! {
    /// Learning route of the Wet inburgering 2021.
    Route {
        /// B1-route.
        B1 = "b1",
        /// Onderwijsroute.
        Education = "education",
        /// Zelfredzaamheidsroute.
        SelfReliance = "self_reliance",
    }
}

codes! {
    /// How far the valuation of a diploma came.
    Valuation {
        /// Not asked for.
        None = "none",
        /// Asked for.
        Requested = "requested",
        /// Decided.
        Decided = "decided",
        /// Used in an application or enrolment.
        Used = "used",
    }
}

codes! {
    /// Kind of contract.
    Contract {
        /// Permanent.
        Permanent = "permanent",
        /// Fixed term or on call.
        Flexible = "flexible",
        /// Temporary agency work.
        Agency = "agency",
        /// Self-employed.
        SelfEmployed = "self_employed",
    }
}

codes! {
    /// Main source of income in a month.
    Income {
        /// Work.
        Work = "work",
        /// Social assistance (bijstand).
        Assistance = "assistance",
        /// Another benefit, a study grant or none.
        Other = "other",
    }
}

codes! {
    /// Instruments a person takes part in.
    Instrument {
        /// Dual track: language and work together.
        Dual = "dual",
        /// Wage-cost subsidy (loonkostensubsidie).
        WageCostSubsidy = "lks",
        /// Job coach.
        JobCoach = "jobcoach",
        /// Trial placement (proefplaatsing).
        TrialPlacement = "proefplaatsing",
        /// Work-study track (leerwerktraject).
        WorkStudy = "leerwerktraject",
        /// Starter job (startbaan).
        StarterJob = "startbaan",
        /// Buddy.
        Buddy = "buddy",
    }
}

codes! {
    /// Barriers to work as the letter to Parliament of 28 September 2022 orders them.
    Barrier {
        /// Dutch.
        Language = "language",
        /// Diploma not valued.
        Diploma = "diploma",
        /// No network.
        Network = "network",
        /// Little knowledge of the labour market.
        LabourMarket = "labour_market",
        /// Health or family.
        HealthFamily = "health_family",
        /// Culture at work, on the employer's side.
        Culture = "culture",
        /// Risk the employer sees.
        Risk = "risk",
        /// Employers and candidates do not find each other.
        Findability = "findability",
    }
}

codes! {
    /// Level of Dutch.
    Dutch {
        /// Below A1.
        Below = "a0",
        /// A1.
        A1 = "a1",
        /// A2.
        A2 = "a2",
        /// B1.
        B1 = "b1",
        /// B2 or higher.
        B2 = "b2",
    }
}

codes! {
    /// Characteristics by which figures may be broken down, if the indicator allows it.
    Dimension {
        /// Year of the permit.
        Cohort = "cohort",
        /// Municipality.
        Municipality = "municipality",
        /// Nationality group.
        Origin = "origin",
        /// Ground of residence.
        Residence = "residence",
        /// Sex.
        Sex = "sex",
        /// Age band.
        Age = "age",
        /// Education in the country of origin, in three classes.
        Education = "education",
        /// Household.
        Household = "household",
        /// Learning route.
        Route = "route",
        /// Level of Dutch in the month of the figure.
        Dutch = "dutch",
    }
}

codes! {
    /// What a figure proves, from counting what was done to a randomised comparison.
    EvidenceLevel {
        /// What was done or found; says nothing on who was reached or whether it helped.
        Activity = "activity",
        /// Who was reached, among those it was meant for.
        Reach = "reach",
        /// The same people before and after, without a comparison group.
        BeforeAfter = "before_after",
        /// A comparison group made alike by matching, weighting or differences in differences.
        Matched = "matched",
        /// Chance decided who took part.
        Randomised = "randomised",
    }
}

impl EvidenceLevel {
    /// Step on the ladder, from 0.
    #[must_use]
    pub fn step(self) -> u8 {
        self as u8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_and_strangers_are_named() {
        for state in State::ALL {
            assert_eq!(State::parse(state.code()), Ok(*state));
        }
        let fault = Income::parse("salary").unwrap_err().to_string();
        assert_eq!(fault, "\"salary\" is not one of: work, assistance, other");
        assert_eq!(EvidenceLevel::Randomised.step(), 4);
    }
}

//! The closed list of facts that rules, conditions and diagnosis may ask about.
//!
//! Nationality, country of birth, sex, religion, name and medical details are no facts here, so
//! nothing in a data file can decide by them.
//! Health appears only as what a person or klantmanager reported as a limitation of doing.

use std::collections::BTreeMap;
use std::fmt;

use domain::level::LanguageLevel;
use serde::{Serialize, Serializer};

use crate::day::Day;

/// A code of a choice and the other words for it.
pub type Choice = (&'static str, &'static [&'static str]);

/// What kind of value a fact has.
#[derive(Clone, Copy, Debug)]
pub enum FactKind {
    /// One of a closed list of codes.
    Choice(&'static [Choice]),
    /// A whole number; the fact's description says of what.
    Number,
    /// A calendar day.
    Date,
    /// Yes or no.
    Flag,
    /// A language level.
    Level,
}

/// Value of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// A code out of the fact's list.
    Choice(&'static str),
    /// A whole number.
    Number(i64),
    /// A calendar day.
    Date(Day),
    /// Yes or no.
    Flag(bool),
    /// A language level.
    Level(LanguageLevel),
}

/// A fact or value that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FactFault {
    /// No such fact.
    #[error("there is no fact {name:?}")]
    Unknown {
        /// Name as written.
        name: String,
    },
    /// The value does not fit the fact.
    #[error("{value:?} is no value of {fact}; expected {expected}")]
    Unfit {
        /// The fact.
        fact: &'static str,
        /// Value as written.
        value: String,
        /// What would fit.
        expected: String,
    },
}

const RESIDENCE: &[Choice] = &[
    (
        "status_holder",
        &[
            "status_holder_temporary",
            "statushouder",
            "statushouder_bepaald",
            "asielstatushouder",
            "vergunninghouder",
        ],
    ),
    ("status_holder_permanent", &["statushouder_onbepaald"]),
    ("family_asylum", &["nareiziger"]),
    ("family_regular", &["gezinsmigrant"]),
    ("asylum_seeker", &["asielzoeker"]),
    (
        "displaced_ukraine",
        &[
            "ontheemde",
            "ontheemde_rtb",
            "ontheemde_oekraine",
            "oekraine",
            "rtb",
        ],
    ),
    (
        "third_country_ukraine",
        &["derdelander", "derdelander_ex_rtb", "derdelander_oekraine"],
    ),
    ("transition_document", &["transitiedocument"]),
    ("dutch", &["genaturaliseerd", "naturalised"]),
    ("other", &["unknown", "onbekend", "anders"]),
];
const KIND: &[Choice] = &[
    ("employment", &["loondienst", "werk", "job"]),
    (
        "own_business",
        &[
            "eigen_bedrijf",
            "zelfstandig",
            "self_employment",
            "self_employed",
            "zzp",
        ],
    ),
    ("internship", &["stage", "traineeship"]),
    (
        "volunteer",
        &["vrijwilligerswerk", "volunteer_work", "volunteering"],
    ),
];
const HOUSING: &[Choice] = &[
    ("reception_centre", &["azc", "coa"]),
    ("interim", &["tussenvoorziening"]),
    ("municipal_shelter", &["gemeentelijke_opvang_oekraine"]),
    ("home", &["woning"]),
];
const PLACEMENT: &[Choice] = &[
    ("regular", &["regulier"]),
    ("apprenticeship", &["leerbaan_bbl", "bbl", "leerbaan"]),
    ("trial", &["proefplaatsing", "trial_placement"]),
    ("work_experience", &["werkervaringsplaats"]),
    ("volunteer", &["vrijwilligerswerk"]),
    ("internship", &["stage"]),
    ("start_job", &["startbaan"]),
    ("agency", &["uitzend"]),
    ("secondment", &["detachering"]),
    ("self_employed", &["zelfstandig"]),
];
const BENEFIT: &[Choice] = &[
    ("none", &["geen"]),
    ("participation_act", &["bijstand", "participatiewet"]),
    ("unemployment", &["ww"]),
    (
        "sickness_or_disability",
        &["wia", "wajong", "ziektewet", "wao"],
    ),
    ("living_allowance", &["leefgeld"]),
];
const ROUTE: &[Choice] = &[
    ("b1", &["b1_route"]),
    ("education", &["onderwijsroute"]),
    ("z", &["z_route"]),
];
const TREATED_AS: &[Choice] = &[
    ("asylum_status_holder", &["asielstatushouder"]),
    ("family_migrant", &["gezinsmigrant"]),
    ("other_migrant", &["overige_migrant"]),
];
const DOCUMENTS: &[Choice] = &[
    ("original", &["origineel"]),
    ("copy", &["kopie"]),
    ("none", &["geen"]),
];
const NETWORK: &[Choice] = &[
    ("none", &["geen"]),
    ("small", &["klein"]),
    ("wide", &["breed"]),
];
const DIGITAL: &[Choice] = &[
    ("none", &[]),
    ("basic", &["basis"]),
    ("sufficient", &["voldoende"]),
];
const WORK_LEVEL: &[Choice] = &[
    ("under", &["onder"]),
    ("at", &["op"]),
    ("above", &["boven"]),
];
const CHANCE: &[Choice] = &[("high", &["hoog"]), ("low", &["laag"])];
const PACE: &[Choice] = &[
    ("normal", &["gewoon"]),
    ("adjusted", &["aangepast"]),
    ("pause", &["pauze"]),
];
const SIDE: &[Choice] = &[
    ("newcomer", &["nieuwkomer"]),
    ("employer", &["werkgever"]),
    ("municipality", &["gemeente"]),
    ("region", &["regio"]),
    ("ngo", &["maatschappelijk"]),
    ("state", &["rijk"]),
];
const ACTION: &[Choice] = &[
    ("dual_track", &["duaal"]),
    ("guidance", &["begeleiding"]),
    ("matching", &[]),
    ("language", &["taal"]),
    ("training_professionals", &[]),
    ("learning_network", &[]),
    ("sme_training", &[]),
    ("wage", &["loon"]),
    ("valuation", &["waardering"]),
    ("start_job", &["startbaan"]),
];

macro_rules! facts {
    ($($variant:ident = $name:literal, $kind:expr, $doc:literal;)*) => {
        /// A fact that a rule can ask about.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Fact { $(#[doc = $doc] $variant,)* }

        impl Fact {
            /// Every fact.
            pub const ALL: &'static [Fact] = &[$(Fact::$variant,)*];

            /// Name in data files.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Fact::$variant => $name,)* }
            }

            /// What kind of value it has.
            #[must_use]
            pub fn kind(self) -> FactKind {
                match self { $(Fact::$variant => $kind,)* }
            }

            /// What it means, in one sentence.
            #[must_use]
            pub fn meaning(self) -> &'static str {
                match self { $(Fact::$variant => $doc,)* }
            }
        }
    };
}

facts! {
    Residence = "residence", FactKind::Choice(RESIDENCE), "Residence situation.";
    Kind = "kind", FactKind::Choice(KIND), "Kind of work asked about.";
    Housing = "housing", FactKind::Choice(HOUSING), "Where the person lives.";
    ProcedureStart = "procedure_start", FactKind::Date, "Day the asylum procedure began.";
    WeeksWorked = "weeks_worked", FactKind::Number, "Weeks worked in the past 52 weeks.";
    GrantChance = "grant_chance", FactKind::Choice(CHANCE), "Chance of a grant as the IND's procedure track tells it.";
    RtbDocument = "rtb_document", FactKind::Flag, "Holds the IND's sticker or O-document.";
    SponsorFree = "sponsor_free", FactKind::Flag, "The sponsor of a family migrant has free access to work.";
    DocumentValidUntil = "document_valid_until", FactKind::Date, "Last day of the residence document.";
    StartDate = "start_date", FactKind::Date, "First day of the work.";
    PlacementKind = "placement_kind", FactKind::Choice(PLACEMENT), "Kind of placement.";
    DurationMonths = "duration_months", FactKind::Number, "Length of the placement in months.";
    IntentDeclared = "intent_declared", FactKind::Flag, "The employer declared in writing the intent to offer a contract.";
    IntentMonths = "intent_months", FactKind::Number, "Length in months of the contract intended.";
    WorkedThereBefore = "worked_there_before", FactKind::Flag, "The person worked there before in the same work.";
    DisplacesStaff = "displaces_staff", FactKind::Flag, "The place takes the work of paid staff.";
    PaysWage = "pays_wage", FactKind::Flag, "At least the minimum or agreed wage is paid.";
    LearningGoal = "learning_goal", FactKind::Flag, "A written learning goal and supervision are agreed.";
    NonProfit = "non_profit", FactKind::Flag, "The organisation makes no profit and serves the public.";
    Enrolled = "enrolled", FactKind::Flag, "The person is enrolled at a recognised school or training.";
    MonthsSinceHoused = "months_since_housed", FactKind::Number, "Months since the person got a home in the municipality.";
    Benefit = "benefit", FactKind::Choice(BENEFIT), "Benefit the person receives.";
    ExtraSupport = "extra_support", FactKind::Flag, "Needs more than the ordinary service to find work.";
    Age = "age", FactKind::Number, "Age in years; only for legal conditions of schemes, never for matching.";
    TreatedAs = "treated_as", FactKind::Choice(TREATED_AS), "Group under the Wet inburgering 2021.";
    LearningRoute = "learning_route", FactKind::Choice(ROUTE), "Learning route of the integration.";
    Listening = "listening", FactKind::Level, "Dutch, listening.";
    Speaking = "speaking", FactKind::Level, "Dutch, speaking.";
    Reading = "reading", FactKind::Level, "Dutch, reading.";
    Writing = "writing", FactKind::Level, "Dutch, writing.";
    TradeLanguage = "trade_language", FactKind::Flag, "Knows the Dutch words of the trade.";
    LatinScript = "latin_script", FactKind::Flag, "Reads and writes the Latin script.";
    DiplomaLevel = "diploma_level", FactKind::Number, "NLQF level of the highest diploma, 1..=8.";
    DiplomaDocuments = "diploma_documents", FactKind::Choice(DOCUMENTS), "Which papers of the diploma exist.";
    DiplomaValued = "diploma_valued", FactKind::Flag, "The diploma has been valued by IDW.";
    DiplomaFinished = "diploma_finished", FactKind::Flag, "The study was finished.";
    DiplomaRelevant = "diploma_relevant", FactKind::Flag, "The diploma is in demand on the Dutch labour market.";
    RegulatedProfession = "regulated_profession", FactKind::Flag, "The wanted profession is regulated.";
    CareProfession = "care_profession", FactKind::Flag, "The profession is in health care.";
    Recognised = "recognised", FactKind::Flag, "Recognised for the regulated profession.";
    Working = "working", FactKind::Flag, "Has paid work.";
    WorkLevel = "work_level", FactKind::Choice(WORK_LEVEL), "Level of the work against the diploma.";
    KnowsLabourMarket = "knows_labour_market", FactKind::Flag, "Knows how work and hiring go in the Netherlands.";
    Network = "network", FactKind::Choice(NETWORK), "Size of the network towards work.";
    SearchFits = "search_fits", FactKind::Flag, "Searches the way employers here recruit.";
    SectorsExcludedUnseen = "sectors_excluded_unseen", FactKind::Number, "Sectors ruled out without having looked at them.";
    ReportedMentalLoad = "reported_mental_load", FactKind::Flag, "The person said that stress or sorrow limits what they can do.";
    ReportedPhysicalLimit = "reported_physical_limit", FactKind::Flag, "The person said that the body limits what they can do.";
    Pace = "pace", FactKind::Choice(PACE), "Agreed pace of the plan.";
    CareerGapYears = "career_gap_years", FactKind::Number, "Years since the last work.";
    UncertainFuture = "uncertain_future", FactKind::Flag, "The person does not know whether or where they can stay.";
    FamilyReunification = "family_reunification", FactKind::Flag, "Busy with bringing the family.";
    RulesUnclear = "rules_unclear", FactKind::Flag, "Does not know which rules on work and benefit apply.";
    MovingSoon = "moving_soon", FactKind::Flag, "Will move to another municipality soon.";
    LicenceB = "licence_b", FactKind::Flag, "Holds driving licence B valid here.";
    PublicTransport = "public_transport", FactKind::Flag, "Work can be reached by public transport or bicycle.";
    CareTasksUnsolved = "care_tasks_unsolved", FactKind::Flag, "No childcare or other care for those at home.";
    Digital = "digital", FactKind::Choice(DIGITAL), "Digital skills.";
    MoneyWorries = "money_worries", FactKind::Flag, "Debts, or fear of losing allowances by working.";
    Bsn = "bsn", FactKind::Flag, "Has a citizen service number.";
    TimetableClash = "timetable_clash", FactKind::Flag, "Lessons clash with working hours.";
    LivingUnstable = "living_unstable", FactKind::Flag, "The person reported unrest at home, with justice or addiction.";
    DisabilityRegister = "disability_register", FactKind::Flag, "Stands in the register of the banenafspraak.";
    WageValuePercent = "wage_value_percent", FactKind::Number, "Measured wage value, percent of the minimum wage.";
    HourlyWageCents = "hourly_wage_cents", FactKind::Number, "Average hourly wage in euro cents.";
    HoursPerYear = "hours_per_year", FactKind::Number, "Paid hours in a calendar year.";
    EmploymentStart = "employment_start", FactKind::Date, "First day of the employment.";
    ShortageSector = "shortage_sector", FactKind::Flag, "The wanted work is in a sector with a shortage.";
    Vacancy = "vacancy", FactKind::Flag, "There is an employer with a concrete vacancy.";
    SmallEmployer = "small_employer", FactKind::Flag, "Employer with fewer than 250 staff.";
    CultureFriction = "culture_friction", FactKind::Flag, "Ways of working are misunderstood on the floor.";
    FloorLanguageGap = "floor_language_gap", FactKind::Flag, "Language gives problems on the floor.";
    SupervisionAvailable = "supervision_available", FactKind::Flag, "Somebody has time to guide.";
    SickRiskConcern = "sick_risk_concern", FactKind::Flag, "The employer fears the cost of sickness.";
    FindsNoCandidates = "finds_no_candidates", FactKind::Flag, "The employer does not find candidates.";
    WantsSupport = "wants_support", FactKind::Flag, "The employer asks how to go about it.";
    SelectsOnClick = "selects_on_click", FactKind::Flag, "Selection goes by \"de klik\".";
    RulesKnown = "rules_known", FactKind::Flag, "The employer knows the rules on work permits and notification.";
    DemandsCount = "demands_count", FactKind::Number, "Hard demands in the vacancy.";
    DiversityPolicy = "diversity_policy", FactKind::Flag, "There is a policy on diversity and inclusion.";
    WeeksWithoutSupport = "weeks_without_support", FactKind::Number, "Weeks since housing without guidance to work.";
    PictureComplete = "picture_complete", FactKind::Flag, "Background and wishes are known to the municipality.";
    Caseload = "caseload", FactKind::Number, "Clients per klantmanager.";
    DedicatedCaseworker = "dedicated_caseworker", FactKind::Flag, "The klantmanager works for this group alone.";
    ProjectsTemporary = "projects_temporary", FactKind::Flag, "The help is a local project of limited time.";
    LawsApart = "laws_apart", FactKind::Flag, "Integration and income are handled apart.";
    HandoverDone = "handover_done", FactKind::Flag, "COA handed over warmly.";
    DualPlaceMissing = "dual_place_missing", FactKind::Flag, "No dual place is free.";
    FundingEndsMonths = "funding_ends_months", FactKind::Number, "Months until the funding ends.";
    GeneralServiceOnly = "general_service_only", FactKind::Flag, "Only the general service of UWV is on offer.";
    Applicant = "applicant", FactKind::Choice(SIDE), "Who asks for funding.";
    ActionKind = "action_kind", FactKind::Choice(ACTION), "What is to be funded.";
}

impl Fact {
    /// Codes of its values; none for a fact that is no choice.
    pub fn choices(self) -> impl Iterator<Item = &'static str> {
        let choices = match self.kind() {
            FactKind::Choice(choices) => choices,
            _ => &[],
        };
        choices.iter().map(|(code, _)| *code)
    }

    /// The fact with this name.
    ///
    /// # Errors
    /// Fails when there is none.
    pub fn named(name: &str) -> Result<Fact, FactFault> {
        let found = Fact::ALL.iter().find(|fact| fact.name() == name);
        found.copied().ok_or_else(|| FactFault::Unknown {
            name: name.chars().take(60).collect(),
        })
    }

    /// Reads a written value of this fact; codes also in Dutch, upper case or with hyphens.
    ///
    /// # Errors
    /// Fails when the text does not fit, and says what would.
    pub fn read(self, text: &str) -> Result<Value, FactFault> {
        let value = match self.kind() {
            FactKind::Choice(choices) => code_of(choices, text).map(Value::Choice),
            FactKind::Number => text.parse().ok().map(Value::Number),
            FactKind::Date => text.parse().ok().map(Value::Date),
            FactKind::Level => text.parse().ok().map(Value::Level),
            FactKind::Flag => match text.to_ascii_lowercase().as_str() {
                "yes" | "true" | "ja" => Some(Value::Flag(true)),
                "no" | "false" | "nee" => Some(Value::Flag(false)),
                _ => None,
            },
        };
        value.ok_or_else(|| FactFault::Unfit {
            fact: self.name(),
            value: text.chars().take(60).collect(),
            expected: self.kind().expected(),
        })
    }
}

impl FactKind {
    fn expected(self) -> String {
        match self {
            FactKind::Choice(choices) => {
                let codes: Vec<&str> = choices.iter().map(|choice| choice.0).collect();
                format!("one of {}", codes.join(", "))
            }
            FactKind::Number => "a whole number".to_owned(),
            FactKind::Date => "a date such as 2026-11-22".to_owned(),
            FactKind::Flag => "yes or no".to_owned(),
            FactKind::Level => "a language level such as A2".to_owned(),
        }
    }
}

fn code_of(choices: &[Choice], text: &str) -> Option<&'static str> {
    let wanted = text.trim().to_lowercase().replace(['-', ' '], "_");
    let found = choices
        .iter()
        .find(|(code, aliases)| *code == wanted || aliases.contains(&wanted.as_str()));
    found.map(|choice| choice.0)
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl Serialize for Fact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Choice(code) => f.pad(code),
            Value::Number(number) => number.fmt(f),
            Value::Date(day) => day.fmt(f),
            Value::Flag(flag) => f.pad(if *flag { "yes" } else { "no" }),
            Value::Level(level) => level.fmt(f),
        }
    }
}

/// What is known of a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts(BTreeMap<Fact, Value>);

impl Facts {
    /// Nothing known yet.
    #[must_use]
    pub fn none() -> Facts {
        Facts::default()
    }

    /// The same facts and this one, read from text.
    ///
    /// # Errors
    /// Fails when the text does not fit the fact.
    pub fn with(mut self, fact: Fact, text: &str) -> Result<Facts, FactFault> {
        self.0.insert(fact, fact.read(text)?);
        Ok(self)
    }

    /// Value of a fact, if known.
    #[must_use]
    pub fn get(&self, fact: Fact) -> Option<Value> {
        self.0.get(&fact).copied()
    }

    /// Records a value that was already read for this fact.
    pub fn put(&mut self, fact: Fact, value: Value) {
        self.0.insert(fact, value);
    }

    /// Facts written as name and value in a file.
    ///
    /// # Errors
    /// Names the first fact or value that cannot be read.
    pub fn from_written(written: &BTreeMap<String, Written>) -> Result<Facts, FactFault> {
        let mut facts = Facts::none();
        for (name, value) in written {
            let fact = Fact::named(name)?;
            facts = facts.with(fact, &value.text())?;
        }
        Ok(facts)
    }

    /// All known facts, by name order of declaration.
    pub fn iter(&self) -> impl Iterator<Item = (Fact, Value)> + '_ {
        self.0.iter().map(|(fact, value)| (*fact, *value))
    }
}

/// A value as a file writes it, before it is read for its fact.
#[derive(Clone, Debug, serde::Deserialize)]
#[serde(untagged)]
pub enum Written {
    /// Yes or no.
    Flag(bool),
    /// A whole number.
    Number(i64),
    /// A TOML date or a date as text.
    Day(Day),
    /// A code or level.
    Text(String),
}

impl Written {
    /// The value as text.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Written::Flag(flag) => Value::Flag(*flag).to_string(),
            Written::Number(number) => number.to_string(),
            Written::Day(day) => day.to_string(),
            Written::Text(text) => text.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn protected_attributes_are_no_facts() {
        for name in [
            "nationality",
            "country",
            "country_of_birth",
            "origin",
            "sex",
            "gender",
            "religion",
            "name",
            "ethnicity",
            "diagnosis",
            "medication",
            "health",
            "headscarf",
        ] {
            assert!(Fact::named(name).is_err(), "{name}");
        }
    }

    #[test]
    fn codes_are_read_in_both_languages() {
        let read = |text| Fact::Residence.read(text);
        assert_eq!(
            read("ONTHEEMDE_RTB"),
            Ok(Value::Choice("displaced_ukraine"))
        );
        assert_eq!(read("status-holder"), Ok(Value::Choice("status_holder")));
        assert!(read("tourist").is_err());
        assert_eq!(Fact::Kind.read("Stage"), Ok(Value::Choice("internship")));
    }

    #[test]
    fn names_are_unique() {
        let names: std::collections::BTreeSet<_> = Fact::ALL.iter().map(|f| f.name()).collect();
        assert_eq!(names.len(), Fact::ALL.len());
    }
}

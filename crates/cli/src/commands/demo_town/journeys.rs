//! Newcomers of the town, each somewhere on the way from a first code to three months at work.

use std::net::{IpAddr, Ipv4Addr};

use anyhow::Context as _;
use application::matches::{EmployerAnswer, PersonAnswer};
use application::throttle::Network;
use application::{CaseAt, ConsentTerms, Context, Device, OpenCase, RegisterPerson};
use domain::availability::WeeklyHours;
use domain::case::{
    Bar, Channel, CheckInOutcome, Code, IntakeTopic, Interpreted, Interpreter, LearningRoute,
    NewContact, NewPlacement, NewStatement, NewTask, Note, Phase, PlanBecause, StatementSource,
    TaskOwner,
};
use domain::day::Day;
use domain::id::{MatchId, PersonId};
use domain::language::Language;
use domain::level::LanguageLevel;
use domain::person::{Identity, NamePart, PersonName};
use domain::placement::PlaceKind;
use domain::profile::{
    AnswerState, CvPart, Documents, Education, EducationLevel, Experience, LanguageSkill,
    PoolChoice, Profile, ProfileQuestion, ProfileSkill, SkillChoice, SkillSource, Travel, WorkKind,
};
use domain::rejection::RejectionReason;
use taxonomy::ConceptId;
use taxonomy::concept::{ConceptKind, Relation};
use time::Duration;

use super::accounts::Staff;
use super::vacancies::{REGIONS, domain_uri, name};
use super::{Account, Login, Town};

/// Version of the text that the invented people agreed to.
const CONSENT_TEXT: &str = "demo-1";

/// First name, language, residence situation, and an occupation by a part of its Dutch name.
type Story = (&'static str, Language, &'static str, &'static str, WorkKind);

const STORIES: [Story; 12] = [
    (
        "Amal",
        Language::AR,
        "status_holder",
        "arts",
        WorkKind::Paid,
    ),
    (
        "Yonas",
        Language::TI,
        "status_holder",
        "lasser",
        WorkKind::Paid,
    ),
    (
        "Oksana",
        Language::UK,
        "displaced_ukraine",
        "kok",
        WorkKind::Paid,
    ),
    (
        "Deniz",
        Language::TR,
        "status_holder",
        "timmerman",
        WorkKind::Informal,
    ),
    (
        "Shirin",
        Language::FA,
        "status_holder",
        "verpleegkundige",
        WorkKind::Paid,
    ),
    (
        "Farid",
        Language::FA,
        "status_holder",
        "chauffeur",
        WorkKind::SelfEmployed,
    ),
    (
        "Rahwa",
        Language::TI,
        "status_holder",
        "schoonmaker",
        WorkKind::Unpaid,
    ),
    (
        "Bohdan",
        Language::UK,
        "displaced_ukraine",
        "elektricien",
        WorkKind::Paid,
    ),
    (
        "Nour",
        Language::AR,
        "status_holder",
        "kinderopvang",
        WorkKind::Care,
    ),
    (
        "Selim",
        Language::TR,
        "status_holder",
        "bakker",
        WorkKind::Paid,
    ),
    (
        "Hewan",
        Language::TI,
        "status_holder",
        "naaister",
        WorkKind::Informal,
    ),
    (
        "Ivanka",
        Language::UK,
        "displaced_ukraine",
        "boekhouder",
        WorkKind::Paid,
    ),
];

/// How far somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Registered,
    Telling,
    Told,
    Intake,
    Plan,
    Proposed,
    Shared,
    Hired,
}

const STAGES: [Stage; 8] = [
    Stage::Registered,
    Stage::Telling,
    Stage::Told,
    Stage::Intake,
    Stage::Plan,
    Stage::Proposed,
    Stage::Shared,
    Stage::Hired,
];

/// How much school somebody had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Schooling {
    /// As the story draws it.
    Drawn,
    /// None: they learn to read now.
    LearnsToRead,
    /// A study that was broken off.
    Student,
}

impl Schooling {
    /// Of the newcomer with a number; thirteen shares no factor with stories and stages.
    fn of(number: usize) -> Schooling {
        match number % 13 {
            6 => Schooling::LearnsToRead,
            11 => Schooling::Student,
            _ => Schooling::Drawn,
        }
    }

    fn tell(self, profile: &mut Profile) {
        match self {
            Schooling::Drawn => {}
            Schooling::LearnsToRead => {
                profile.school.clear();
                for skill in &mut profile.languages {
                    skill.reading = Some(LanguageLevel::AlfaA);
                    skill.writing = Some(LanguageLevel::AlfaA);
                }
            }
            Schooling::Student => {
                for work in &mut profile.work {
                    work.kind = WorkKind::Traineeship;
                }
                profile.school = vec![Education {
                    words: None,
                    level: EducationLevel::Bachelor,
                    field: None,
                    is_finished: false,
                    until: None,
                    documents: Some(Documents::None),
                    recognition: None,
                }];
            }
        }
    }
}

/// From this number on some matches end in a no, so that those before tell the whole way.
const SOME_NO_FROM: usize = 20;

/// Somebody on the way.
struct Traveller {
    /// Place in the town, from 0.
    number: usize,
    person: PersonId,
    /// The newcomer themselves, logged in.
    own: Context,
    /// Who guides them.
    guide: Context,
}

impl Town {
    /// Adds the newcomers.
    pub(super) async fn newcomers(&mut self, staff: &Staff, n: u32) -> anyhow::Result<()> {
        for number in 0..n as usize {
            let story = STORIES[number % STORIES.len()];
            // Steps that share no factor with the stories, so that every story meets every stage.
            let stage = STAGES[(number * 5 + number / STORIES.len()) % STAGES.len()];
            let guide = staff.guides[number % staff.guides.len()];
            self.newcomer(number, story, stage, (guide, staff)).await?;
        }
        self.application.refresh_work().await?;
        Ok(())
    }

    async fn newcomer(
        &mut self,
        number: usize,
        story: Story,
        stage: Stage,
        (guide, staff): (Context, &Staff),
    ) -> anyhow::Result<()> {
        let display = format!("{} Fictief {}", story.0, number + 1);
        let identity = Identity {
            name: PersonName {
                family: Some(NamePart::new(&format!("Fictief {}", number + 1))?),
                ..PersonName::only(NamePart::new(story.0)?)
            },
            birth: None,
            email: None,
            phone: None,
        };
        let new = RegisterPerson { identity };
        let person = self.application.register_person(&guide, &new).await?;
        let traveller = Traveller {
            number,
            person,
            own: self.log_in(&guide, person, number).await?,
            guide,
        };
        let schooling = Schooling::of(number);
        self.tell(&traveller, (story, schooling), stage).await?;
        if stage >= Stage::Told && number.is_multiple_of(3) {
            self.share(&traveller, staff).await?;
        }
        self.guide(&traveller, story, stage).await?;
        if stage >= Stage::Proposed {
            self.match_up(&traveller, stage, staff).await?;
        }
        let code = self.application.issue_login_code(&guide, person).await?;
        let organisation = staff
            .organisations
            .iter()
            .find(|(id, _)| Some(*id) == guide.actor.organisation())
            .cloned()
            .map(|(_, name)| name)
            .unwrap_or_default();
        self.accounts.push(Account {
            role: "newcomer".to_owned(),
            organisation,
            name: format!("{display} ({stage:?}, {})", story.1),
            login: Login::Code {
                code: code.code.reveal().to_owned(),
            },
        });
        Ok(())
    }

    /// Logs the newcomer in with a first code, as they did then.
    async fn log_in(
        &self,
        guide: &Context,
        person: PersonId,
        number: usize,
    ) -> anyhow::Result<Context> {
        let issued = self.application.issue_login_code(guide, person).await?;
        // Each from a network of their own, so that the limit on attempts stays out of the way.
        let network = Ipv4Addr::new(10, (number >> 8) as u8, number as u8, 1);
        let logged_in = self
            .application
            .redeem_login_code(
                Network::from(IpAddr::V4(network)),
                issued.code.reveal(),
                Device::Own,
            )
            .await?;
        Ok(Context::of(logged_in.actor))
    }

    /// What the newcomer tells about themselves.
    async fn tell(
        &mut self,
        traveller: &Traveller,
        (story, schooling): (Story, Schooling),
        stage: Stage,
    ) -> anyhow::Result<()> {
        if stage == Stage::Registered {
            return Ok(());
        }
        let (_, language, residence, wanted, kind) = story;
        let mut profile = Profile::default();
        profile.about.language = Some(language);
        profile.about.residence = Some(residence.parse()?);
        let mut answered = vec![
            ProfileQuestion::PreferredLanguage,
            ProfileQuestion::Residence,
        ];
        if stage > Stage::Telling {
            let occupation = self.occupation(wanted)?;
            self.work_and_skills(&mut profile, occupation, kind)?;
            self.rest_of_story(&mut profile, language)?;
            schooling.tell(&mut profile);
            answered = ProfileQuestion::ALL.to_vec();
        }
        for question in answered {
            profile.answers.insert(question, AnswerState::Answered);
        }
        self.application
            .save_profile(&traveller.own, traveller.person, 0, &profile)
            .await?;
        Ok(())
    }

    fn work_and_skills(
        &mut self,
        profile: &mut Profile,
        occupation: ConceptId,
        kind: WorkKind,
    ) -> anyhow::Result<()> {
        profile.work.push(Experience {
            words: name(&self.catalogue, occupation).parse()?,
            occupation: Some(domain_uri(&self.catalogue, occupation)?),
            kind,
            from: Some(format!("{}", 2005 + self.draw.below(10)).parse()?),
            until: Some(format!("{}", 2018 + self.draw.below(6)).parse()?),
            tasks: Vec::new(),
        });
        let skills: Vec<ConceptId> = self
            .catalogue
            .skills_of(occupation)
            .filter(|(_, relation)| *relation == Relation::Essential)
            .map(|(skill, _)| skill)
            .collect();
        let most = skills.len().max(2) * 4 / 5;
        for skill in self.draw.some(&skills, most) {
            profile.skills.push(ProfileSkill {
                skill: domain_uri(&self.catalogue, skill)?,
                level: None,
                source: SkillSource::Suggested,
                evidence: None,
                choice: SkillChoice::Kept,
            });
        }
        Ok(())
    }

    fn rest_of_story(&mut self, profile: &mut Profile, own: Language) -> anyhow::Result<()> {
        let levels = [LanguageLevel::A1, LanguageLevel::A2, LanguageLevel::B1];
        let spoken = self.draw.one(&levels);
        profile.languages = vec![
            LanguageSkill {
                language: Language::NL,
                listening: Some(spoken),
                speaking: Some(spoken),
                reading: Some(self.draw.one(&levels[..2])),
                writing: self.draw.happens(60).then_some(LanguageLevel::A1),
            },
            LanguageSkill {
                language: own,
                listening: Some(LanguageLevel::C2),
                speaking: Some(LanguageLevel::C2),
                reading: Some(LanguageLevel::C1),
                writing: Some(LanguageLevel::C1),
            },
        ];
        profile.availability.hours = Some(WeeklyHours::new(self.draw.one(&[24, 32, 36, 40]))?);
        profile.availability.travel = Some(Travel {
            regions: vec![REGIONS[0].parse()?, self.draw.one(&REGIONS[1..]).parse()?],
            municipalities: None,
        });
        profile.pool = PoolChoice::Listed;
        if self.draw.happens(75) {
            let levels = [
                EducationLevel::UpperSecondary,
                EducationLevel::VocationalSkilled,
                EducationLevel::Bachelor,
            ];
            profile.school.push(Education {
                words: None,
                level: self.draw.one(&levels),
                field: None,
                is_finished: self.draw.happens(80),
                until: Some(format!("{}", 2000 + self.draw.below(12)).parse()?),
                documents: Some(self.draw.one(&[
                    Documents::Original,
                    Documents::Copy,
                    Documents::None,
                ])),
                recognition: None,
            });
        }
        Ok(())
    }

    /// The occupation whose Dutch name holds a word; the first of all when the catalogue has none.
    fn occupation(&self, wanted: &str) -> anyhow::Result<ConceptId> {
        let all = || self.catalogue.of_kind(ConceptKind::Occupation);
        all()
            .find(|found| name(&self.catalogue, *found).contains(wanted))
            .or_else(|| all().next())
            .context("the catalogue has no occupations")
    }

    /// What the person and the klantmanager said they would do.
    async fn agree_tasks(&self, guide: &Context, mut at: CaseAt) -> anyhow::Result<CaseAt> {
        let today = self.application.today();
        let agreed = [
            ("Zoek uw diploma en maak een foto", 5, TaskOwner::Person),
            ("Kom langs bij het taalcafé", 12, TaskOwner::Person),
            (
                "Regel een plek op de taalschool",
                9,
                TaskOwner::Klantmanager,
            ),
        ];
        for (what, days, who) in agreed {
            let task = NewTask {
                what: Note::new(what)?,
                due: Some(today.plus_days(days)),
                who,
            };
            at = self.application.add_task(guide, at, task).await?.at;
        }
        Ok(at)
    }

    /// What the klantmanager did.
    #[expect(clippy::too_many_lines, reason = "one journey, step after step")]
    async fn guide(
        &mut self,
        traveller: &Traveller,
        story: Story,
        stage: Stage,
    ) -> anyhow::Result<()> {
        let (application, guide) = (self.application.clone(), &traveller.guide);
        let today = application.today();
        // Some are near the end of their term, some have not been spoken to for weeks.
        let days_ago = 10 + self.draw.below(70) as i64;
        let began = today.plus_days(-days_ago);
        let permit = began.plus_days(-30 * (1 + self.draw.below(36) as i64));
        let mut new = OpenCase {
            bar: Bar {
                phase: phase(stage),
                contact_language: Some(story.1),
                interpreter: if self.draw.happens(50) {
                    Interpreter::Needed
                } else {
                    Interpreter::NotNeeded
                },
                municipality: Some(municipality(guide)?),
                ..Bar::default()
            },
            file_start: Some(began),
            last_contact: Some(contact(began.plus_days(3), story.1)?),
            ..OpenCase::default()
        };
        new.events.insert(Code::new("brp_registration")?, began);
        new.events.insert(Code::new("permit_granted")?, permit);
        let mut at = application.open_case(guide, traveller.person, &new).await?;
        if stage < Stage::Intake {
            return Ok(());
        }
        let beyond = [IntakeTopic::Residence, IntakeTopic::Money];
        for topic in IntakeTopic::REQUIRED.into_iter().chain(beyond) {
            let told = statement(topic, began.plus_days(5), story.2)?;
            at = application.add_statements(guide, at, vec![told]).await?.at;
        }
        at = self.agree_tasks(guide, at).await?;
        at = application
            .finish_intake(guide, at, today.plus_days(-4))
            .await?
            .at;
        at = application.diagnose_case(guide, at).await?.at;
        if stage < Stage::Plan {
            return Ok(());
        }
        let drafted = application
            .draft_plan(guide, at, PlanBecause::First)
            .await?;
        at = drafted.at;
        if let Some(number) = drafted.number {
            let view = application.read_case(guide, at.case).await?;
            if let Some(plan) = view.content.open_plan() {
                let mut content = plan.content.clone();
                content.route = Some(LearningRoute::B1);
                at = application
                    .change_plan(guide, at, number, content)
                    .await?
                    .at;
            }
            let on = today.plus_days(-3);
            at = application.discuss_plan(guide, at, number, on).await?.at;
            at = application.fix_plan(guide, at, number, on).await?.at;
        }
        if stage == Stage::Hired {
            let job = NewPlacement {
                kind: PlaceKind::Regular,
                employer: Note::new("Fictielas Metaal")?,
                from: today.plus_days(-100),
                until: None,
                hours_per_week: 32,
                work_group: "7".parse().ok(),
                conditions: vec![(Code::new("pays_wage")?, Code::new("yes")?)],
                aftercare: None,
            };
            let placed = application.start_placement(guide, at, job).await?;
            if let Some(number) = placed.number {
                let well = |days: i64| (today.plus_days(-days), CheckInOutcome::Well, None);
                let seen = application
                    .record_check_in(guide, placed.at, (number, 1), well(70))
                    .await?;
                // Of the others the talk at three months waits on today's list.
                if traveller.number.is_multiple_of(2) {
                    application
                        .record_check_in(guide, seen.at, (number, 3), well(9))
                        .await?;
                }
            }
        }
        Ok(())
    }

    /// Lets the partner organisation see a part of the story for half a year.
    async fn share(&mut self, traveller: &Traveller, staff: &Staff) -> anyhow::Result<()> {
        let partner = staff.partner();
        let guides = traveller.guide.actor.organisation();
        let Some(partner) = partner.filter(|partner| Some(*partner) != guides) else {
            return Ok(());
        };
        let terms = ConsentTerms {
            shown: [CvPart::Work, CvPart::Skills, CvPart::WorkLanguages].into(),
            lasts: Some(Duration::days(182)),
            text_version: CONSENT_TEXT.to_owned(),
        };
        self.application
            .give_consent(&traveller.own, traveller.person, partner, &terms)
            .await?;
        Ok(())
    }

    /// From a proposal to a hire, each step by whom it belongs to.
    async fn match_up(
        &mut self,
        traveller: &Traveller,
        stage: Stage,
        staff: &Staff,
    ) -> anyhow::Result<()> {
        let application = self.application.clone();
        let fitting = application
            .work_that_fits(&traveller.guide, traveller.person, 1)
            .await?;
        let Some(best) = fitting.first() else {
            return Ok(());
        };
        let id = application
            .propose_match(&traveller.guide, traveller.person, best.vacancy)
            .await?;
        let says_no = traveller.number >= SOME_NO_FROM && traveller.number.is_multiple_of(3);
        if stage == Stage::Proposed {
            if says_no {
                let no = PersonAnswer::Decline("too-far".parse()?);
                let version = self.version(traveller, id).await?;
                application
                    .decide_match(&traveller.own, id, version, &no)
                    .await?;
            }
            return Ok(());
        }
        let agree = PersonAnswer::Agree {
            text_version: CONSENT_TEXT.to_owned(),
        };
        let version = self.version(traveller, id).await?;
        application
            .decide_match(&traveller.own, id, version, &agree)
            .await?;
        let version = self.version(traveller, id).await?;
        application
            .share_match(&traveller.guide, id, version)
            .await?;
        let employer = staff
            .employers
            .iter()
            .find(|employer| employer.actor.organisation() == Some(best.organisation));
        let Some(employer) = employer else {
            return Ok(());
        };
        let mut answers = vec![EmployerAnswer::Invite];
        if stage == Stage::Hired {
            answers.push(EmployerAnswer::Hire);
        } else if says_no {
            let reason = RejectionReason::LanguageLevel.code().parse()?;
            answers.push(EmployerAnswer::Reject(reason));
        }
        for answer in answers {
            let version = self.version(traveller, id).await?;
            application
                .answer_match(employer, id, version, answer)
                .await?;
        }
        Ok(())
    }

    async fn version(&self, traveller: &Traveller, id: MatchId) -> anyhow::Result<i64> {
        let matches = self
            .application
            .matches_of_person(&traveller.guide, traveller.person)
            .await?;
        let found = matches.iter().find(|one| one.id == id);
        Ok(found.map_or(0, |one| one.version))
    }
}

fn phase(stage: Stage) -> Phase {
    match stage {
        Stage::Registered => Phase::Reception,
        Stage::Telling | Stage::Told => Phase::Intake,
        Stage::Intake => Phase::Orientation,
        Stage::Plan => Phase::Activation,
        Stage::Proposed | Stage::Shared => Phase::Matching,
        Stage::Hired => Phase::Placement,
    }
}

/// A made-up municipality for the figures, one per organisation that guides.
fn municipality(guide: &Context) -> anyhow::Result<Code> {
    let organisation = guide
        .actor
        .organisation()
        .context("a guide works somewhere")?;
    let tail: String = organisation.to_string().chars().rev().take(4).collect();
    Ok(Code::new(&format!("demo-{tail}"))?)
}

fn contact(on: Day, language: Language) -> anyhow::Result<NewContact> {
    Ok(NewContact {
        on,
        channel: Channel::InPerson,
        language: Some(language),
        interpreter: Interpreted::Professional,
        note: Some(Note::new("Eerste gesprek (verzonnen).")?),
    })
}

fn statement(topic: IntakeTopic, on: Day, residence: &str) -> anyhow::Result<NewStatement> {
    let fact = match topic {
        IntakeTopic::Residence => Some(("residence", residence)),
        IntakeTopic::Languages => Some(("speaking", "A2")),
        IntakeTopic::Money => Some(("benefit", "participation_act")),
        _ => None,
    };
    let fact = fact.map(|(name, value)| anyhow::Ok((Code::new(name)?, Code::new(value)?)));
    Ok(NewStatement {
        topic,
        text: Some(Note::new("Verteld in het gesprek (verzonnen).")?),
        fact: fact.transpose()?,
        source: StatementSource::Person,
        on,
        replaces: None,
    })
}

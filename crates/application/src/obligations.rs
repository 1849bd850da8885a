//! The register of motions and commitments of an organisation.
//!
//! A document gives proposals; a person accepts, corrects or dismisses each; after that only moves
//! with actor, date and passage change where an obligation stands. The rules are those of
//! `commitments::register`; here they get a database, a policy and an audit log.

mod change;
mod export;

use commitments::calendar::{PartialDate, iso, parse_iso};
use commitments::deadline::{Conventions, Deadline};
use commitments::known::Known;
use commitments::lint::{self, Finding};
use commitments::miner;
use commitments::read::Document;
use commitments::read::layout::Layout;
use commitments::record::RecordContent;
use commitments::register::{
    Move, Obligation, ObligationId, Origin, Register, Review, State, Taken,
};
use commitments::versions;
use domain::id::{OrganisationId, SourceId};
use domain::moment::Moment;
use exchange::chamber::Counts;
use store::Transaction;
use store::commitment::{Source, SourceName, StoredObligation};
use time::Date;

pub use change::Step;
pub use export::{
    Export, ExportForm, ExportedFile, PdfTemplate, Presentation, Typesetter, TypesettingError,
    UnknownForm, UnknownPresentation, write_note, write_overview,
};

use crate::audit::Event;
use crate::policy::Action;
use crate::{Application, ApplicationError, Context, InvalidInput};

/// Longest name of a file in characters.
const LONGEST_NAME: usize = 200;

/// Documents that a new one is compared with.
const MOST_VERSIONS: u64 = 10;

/// Documents in a list.
const MOST_SOURCES: u64 = 100;

/// How a document is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ReadingWay {
    /// As an overview that reports motions and commitments.
    #[default]
    Overview,
    /// As a letter in which commitments are made.
    Letter,
}

impl ReadingWay {
    /// The word that stands for it in storage and forms.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            ReadingWay::Overview => "overview",
            ReadingWay::Letter => "letter",
        }
    }

    /// The way with this word.
    #[must_use]
    pub fn of(code: &str) -> Option<ReadingWay> {
        [ReadingWay::Overview, ReadingWay::Letter]
            .into_iter()
            .find(|way| way.code() == code)
    }
}

/// A document to read.
#[derive(Clone, Debug)]
pub struct NewDocument {
    /// Name of the file; its ending says what kind of file it is.
    pub name: String,
    /// The file.
    pub bytes: Vec<u8>,
    /// Its date, for terms such as "later dit jaar"; when left out, that in the text.
    pub date: Option<Date>,
    /// How to read it.
    pub way: ReadingWay,
}

/// What reading a document did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DocumentTaken {
    /// The document.
    pub source: SourceId,
    /// The document of which it is another version.
    pub version_of: Option<SourceId>,
    /// What it gave to the register.
    pub counts: Counts,
}

/// An obligation with what is needed to change it.
#[derive(Clone, Debug, PartialEq)]
pub struct ObligationView {
    /// The obligation.
    pub obligation: Obligation,
    /// The document it was read from.
    pub source: Option<SourceId>,
    /// Counts changes, for [`Application::accept_obligation`] and the like.
    pub version: i64,
}

/// A document of the register in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceSummary {
    /// Id.
    pub id: SourceId,
    /// Name of the file.
    pub name: String,
    /// When it was added.
    pub added_at: Moment,
    /// The document of which it is another version.
    pub version_of: Option<SourceId>,
}

/// A document with what a person has to look at.
#[derive(Clone, Debug)]
pub struct SourceView {
    /// Id.
    pub id: SourceId,
    /// How it was read.
    pub way: ReadingWay,
    /// The document as read.
    pub document: Document,
    /// Slips in it: proposed, never changed.
    pub findings: Vec<Finding>,
    /// The obligations that were read from it.
    pub obligations: Vec<ObligationView>,
    /// The document of which it is another version.
    pub version_of: Option<SourceSummary>,
}

/// An obligation as everybody may see it: without officials, actions and notes.
#[derive(Clone, Debug, PartialEq)]
pub struct PublicObligation {
    /// Whose promise.
    pub organisation: String,
    /// Number in the register.
    pub id: ObligationId,
    /// What it is about.
    pub content: RecordContent,
    /// How far it has come.
    pub state: State,
    /// The term in force.
    pub deadline: Option<Deadline>,
    /// How often it was deferred.
    pub deferrals: usize,
    /// Codes of the indicators that show whether it helps.
    pub indicators: Vec<String>,
    /// Papers that report on it, with the passage: paper, words.
    pub proofs: Vec<(String, String)>,
}

/// What was read from a document, before it is stored.
struct Reading {
    document: Document,
    found: Vec<(RecordContent, Origin)>,
    version_of: Option<SourceId>,
}

impl Application {
    /// The whole register of an organisation.
    ///
    /// # Errors
    /// Fails when the actor may not or the database cannot be read.
    pub async fn obligations(
        &self,
        context: &Context,
        organisation: OrganisationId,
    ) -> Result<Vec<ObligationView>, ApplicationError> {
        self.authorise_register(context, Action::ReadObligations, organisation)?;
        store::commitment::all(&self.store, organisation)
            .await?
            .into_iter()
            .map(ObligationView::try_from)
            .collect()
    }

    /// One obligation.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when the register has no such number.
    pub async fn obligation(
        &self,
        context: &Context,
        organisation: OrganisationId,
        id: ObligationId,
    ) -> Result<ObligationView, ApplicationError> {
        self.authorise_register(context, Action::ReadObligations, organisation)?;
        store::commitment::find(&self.store, organisation, id.number())
            .await?
            .ok_or(ApplicationError::NotFound)?
            .try_into()
    }

    /// Reads a document and takes what it says into the register as proposals.
    ///
    /// # Errors
    /// [`ApplicationError::Document`] when the file is hostile, damaged or of another kind.
    pub async fn take_document(
        &self,
        context: &Context,
        organisation: OrganisationId,
        new: NewDocument,
    ) -> Result<DocumentTaken, ApplicationError> {
        self.authorise_register(context, Action::ManageObligations, organisation)?;
        let name = valid_file_name(&new.name)?;
        let way = new.way;
        let earlier = store::commitment::sources(&self.store, organisation, MOST_VERSIONS).await?;
        let reading = tokio::task::spawn_blocking(move || read(&new, &name, &earlier))
            .await
            .map_err(|_| ApplicationError::Fault("reading a document failed"))??;
        let id = SourceId::new(self.now(), &mut self.random());
        let source = Source {
            id,
            organisation,
            name: reading.document.name.clone(),
            dated: reading.document.date.day().map(iso),
            way: way.code().to_owned(),
            body: reading.document.text.clone(),
            version_of: reading.version_of,
            added_at: self.now(),
            added_by: context.actor.account(),
        };
        let transaction = self.store.begin().await?;
        store::commitment::lock(&transaction, organisation).await?;
        store::commitment::insert_source(&transaction, &source).await?;
        let found = reading.found;
        let counts = self
            .take_in(&transaction, context, organisation, Some(id), |register| {
                let mut counts = Counts::default();
                for (content, origin) in found {
                    count(&mut counts, register.take(content, origin));
                }
                Ok(counts)
            })
            .await?;
        transaction.commit().await?;
        Ok(DocumentTaken {
            source: id,
            version_of: source.version_of,
            counts,
        })
    }

    /// Takes proposals into the register that were read elsewhere, for example from a table.
    ///
    /// # Errors
    /// Fails when the actor may not or the database cannot be written.
    pub async fn take_obligations(
        &self,
        context: &Context,
        organisation: OrganisationId,
        found: Vec<(RecordContent, Origin)>,
    ) -> Result<Counts, ApplicationError> {
        self.authorise_register(context, Action::ManageObligations, organisation)?;
        let transaction = self.store.begin().await?;
        store::commitment::lock(&transaction, organisation).await?;
        let counts = self
            .take_in(&transaction, context, organisation, None, |register| {
                let mut counts = Counts::default();
                for (content, origin) in found {
                    count(&mut counts, register.take(content, origin));
                }
                Ok(counts)
            })
            .await?;
        transaction.commit().await?;
        Ok(counts)
    }

    /// Takes saved pages of the open data of the Chamber into the register; the same pages again
    /// change nothing.
    ///
    /// # Errors
    /// [`ApplicationError::Chamber`] when a page is no page of the open data; nothing is taken then.
    pub async fn import_chamber(
        &self,
        context: &Context,
        organisation: OrganisationId,
        pages: &[String],
    ) -> Result<Counts, ApplicationError> {
        self.authorise_register(context, Action::ManageObligations, organisation)?;
        let transaction = self.store.begin().await?;
        store::commitment::lock(&transaction, organisation).await?;
        let counts = self
            .take_in(&transaction, context, organisation, None, |register| {
                let mut counts = Counts::default();
                for page in pages {
                    counts = counts.plus(exchange::chamber::import(register, page)?);
                }
                Ok(counts)
            })
            .await?;
        transaction.commit().await?;
        Ok(counts)
    }

    /// Lets something be taken into the register, writes what changed and the event.
    async fn take_in(
        &self,
        transaction: &Transaction,
        context: &Context,
        organisation: OrganisationId,
        source: Option<SourceId>,
        take: impl FnOnce(&mut Register) -> Result<Counts, ApplicationError>,
    ) -> Result<Counts, ApplicationError> {
        let stored = store::commitment::all(transaction, organisation).await?;
        let known: Vec<ObligationView> = stored
            .into_iter()
            .map(ObligationView::try_from)
            .collect::<Result<_, _>>()?;
        let mut register = Register::of(known.iter().map(|view| view.obligation.clone()).collect());
        let counts = take(&mut register)?;
        for obligation in register.obligations() {
            let before = known
                .binary_search_by_key(&obligation.id(), |view| view.obligation.id())
                .ok()
                .and_then(|at| known.get(at));
            if before.is_some_and(|before| before.obligation == *obligation) {
                continue;
            }
            let view = ObligationView {
                obligation: obligation.clone(),
                source: source.or(before.and_then(|before| before.source)),
                version: before.map_or(0, |before| before.version),
            };
            let row = self.row(context, organisation, &view)?;
            store::commitment::put(transaction, &row).await?;
        }
        let event = Event::ObligationsTaken {
            organisation,
            n_new: u32::try_from(counts.new).unwrap_or(u32::MAX),
            n_updated: u32::try_from(counts.updated).unwrap_or(u32::MAX),
        };
        self.audit_in(transaction, context, event).await?;
        Ok(counts)
    }

    /// The documents of the register, the newest first.
    ///
    /// # Errors
    /// Fails when the actor may not or the database cannot be read.
    pub async fn commitment_sources(
        &self,
        context: &Context,
        organisation: OrganisationId,
    ) -> Result<Vec<SourceSummary>, ApplicationError> {
        self.authorise_register(context, Action::ReadObligations, organisation)?;
        let found =
            store::commitment::source_names(&self.store, organisation, MOST_SOURCES).await?;
        Ok(found.into_iter().map(SourceSummary::from).collect())
    }

    /// A document with what was read from it and what to check.
    ///
    /// # Errors
    /// [`ApplicationError::NotFound`] when the organisation has no such document.
    pub async fn commitment_source(
        &self,
        context: &Context,
        organisation: OrganisationId,
        id: SourceId,
    ) -> Result<SourceView, ApplicationError> {
        let obligations = self.obligations(context, organisation).await?;
        let source = self.own_source(organisation, id).await?;
        let others =
            store::commitment::source_names(&self.store, organisation, MOST_SOURCES).await?;
        let earlier = others
            .iter()
            .find(|known| Some(known.id) == source.version_of)
            .cloned();
        let names: Vec<String> = others.into_iter().map(|known| known.name).collect();
        let way = ReadingWay::of(&source.way).unwrap_or_default();
        let (document, findings) = tokio::task::spawn_blocking(move || {
            let date = source.dated.as_deref().and_then(|day| parse_iso(day).ok());
            let conventions = Conventions::default();
            let document = Document::read(&source.name, &source.body, date, &conventions);
            let at_hand: Vec<&str> = names.iter().map(String::as_str).collect();
            let findings = lint::lint(&document, &Known::built_in(), &at_hand);
            (document, findings)
        })
        .await
        .map_err(|_| ApplicationError::Fault("reading a document failed"))?;
        Ok(SourceView {
            id,
            way,
            document,
            findings,
            obligations: obligations
                .into_iter()
                .filter(|view| view.source == Some(id))
                .collect(),
            version_of: earlier.map(SourceSummary::from),
        })
    }

    async fn own_source(
        &self,
        organisation: OrganisationId,
        id: SourceId,
    ) -> Result<Source, ApplicationError> {
        store::commitment::find_source(&self.store, id)
            .await?
            .filter(|source| source.organisation == organisation)
            .ok_or(ApplicationError::NotFound)
    }

    /// What everybody may see: obligations that a person accepted, of all organisations.
    ///
    /// # Errors
    /// Fails when the database cannot be read.
    pub async fn public_obligations(&self) -> Result<Vec<PublicObligation>, ApplicationError> {
        let organisations = store::organisation::list(&self.store).await?;
        let mut out = Vec::new();
        for stored in store::commitment::all_reviewed(&self.store, ACCEPTED).await? {
            let organisation = organisations
                .iter()
                .find(|known| known.id == stored.organisation && known.disabled_at.is_none());
            if let Some(organisation) = organisation {
                let view = ObligationView::try_from(stored)?;
                out.push(PublicObligation::of(&organisation.name, &view.obligation));
            }
        }
        Ok(out)
    }

    pub(crate) fn authorise_register(
        &self,
        context: &Context,
        action: Action,
        organisation: OrganisationId,
    ) -> Result<(), ApplicationError> {
        self.authorise(
            context,
            action,
            Application::relation_to(context, organisation),
        )
    }

    /// The day in the Netherlands.
    #[must_use]
    pub fn date_today(&self) -> Date {
        self.now().in_amsterdam().date()
    }

    fn row(
        &self,
        context: &Context,
        organisation: OrganisationId,
        view: &ObligationView,
    ) -> Result<StoredObligation, ApplicationError> {
        let payload = serde_json::to_string(&view.obligation)
            .map_err(|_| ApplicationError::Fault("an obligation cannot be written"))?;
        Ok(StoredObligation {
            organisation,
            number: view.obligation.id().number(),
            source: view.source,
            review: review_code(view.obligation.review()).to_owned(),
            payload,
            changed_at: self.now(),
            changed_by: context.actor.account(),
            version: view.version,
        })
    }
}

const ACCEPTED: &str = "accepted";

fn review_code(review: &Review) -> &'static str {
    match review {
        Review::Proposed => "proposed",
        Review::Accepted { .. } => ACCEPTED,
        Review::Dismissed { .. } => "dismissed",
    }
}

fn count(counts: &mut Counts, taken: Taken) {
    match taken {
        Taken::New(_) => counts.new += 1,
        Taken::Updated(_) => counts.updated += 1,
        Taken::Same(_) => counts.same += 1,
    }
}

fn read(new: &NewDocument, name: &str, earlier: &[Source]) -> Result<Reading, ApplicationError> {
    let extracted = exchange::extract(name, &new.bytes)?;
    // A zero byte says nothing, and PostgreSQL takes none; places stay the same.
    let text = extracted.text.replace('\0', " ");
    let conventions = Conventions::default();
    let document = Document::read(name, &text, new.date, &conventions);
    let version_of = earlier
        .iter()
        .find(|source| versions::same_document(&Layout::of(&source.body), &document.layout))
        .map(|source| source.id);
    let day = document.date.day();
    let records = match new.way {
        ReadingWay::Overview => document.records.clone(),
        ReadingWay::Letter => miner::mine(&document, &conventions)
            .iter()
            .enumerate()
            .map(|(index, mined)| mined.record(index + 1, day))
            .collect(),
    };
    let found = records
        .into_iter()
        .map(|record| {
            let origin = Origin::Document {
                name: name.to_owned(),
                date: day.map(PartialDate::Day),
                span: record.span,
                record: Some(Box::new(record.clone())),
            };
            (record.content(), origin)
        })
        .collect();
    Ok(Reading {
        document,
        found,
        version_of,
    })
}

/// The last part of a path, as browsers of old send whole ones.
fn valid_file_name(name: &str) -> Result<String, InvalidInput> {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default().trim();
    let fits = (1..=LONGEST_NAME).contains(&name.chars().count());
    if fits && !name.chars().any(char::is_control) {
        Ok(name.to_owned())
    } else {
        Err(InvalidInput::Name)
    }
}

impl TryFrom<StoredObligation> for ObligationView {
    type Error = ApplicationError;

    fn try_from(stored: StoredObligation) -> Result<ObligationView, ApplicationError> {
        let obligation = serde_json::from_str(&stored.payload)
            .map_err(|_| ApplicationError::Fault("a stored obligation cannot be read"))?;
        Ok(ObligationView {
            obligation,
            source: stored.source,
            version: stored.version,
        })
    }
}

impl From<SourceName> for SourceSummary {
    fn from(source: SourceName) -> SourceSummary {
        SourceSummary {
            id: source.id,
            name: source.name,
            added_at: source.added_at,
            version_of: source.version_of,
        }
    }
}

impl PublicObligation {
    fn of(organisation: &str, obligation: &Obligation) -> PublicObligation {
        let proofs = obligation
            .history()
            .iter()
            .filter_map(|transition| match &transition.what {
                Move::Report { proof } | Move::SettlePartly { proof } | Move::Settle { proof } => {
                    Some((proof.paper().to_string(), proof.passage().quote.clone()))
                }
                _ => None,
            })
            .collect();
        PublicObligation {
            organisation: organisation.to_owned(),
            id: obligation.id(),
            content: obligation.content().clone(),
            state: obligation.state(),
            deadline: obligation.deadline().cloned(),
            deferrals: obligation.deferrals(),
            indicators: obligation.indicators().to_vec(),
            proofs,
        }
    }
}

//! Both sides of a matching, read from files and put in order of their ids.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::bail;
use clap::Args;
use matching::configuration::Configuration;
use matching::features::CandidateFeatures;
use matching::knowledge;
use matching::record::{CandidateRecord, VacancyRecord};
use matching::vacancy::Vacancy;
use matching::yardstick::Yardstick;
use taxonomy::Catalogue;

use crate::commands::catalogue::lookup::CatalogueFile;
use crate::ndjson::{OnFault, each_record, is_stream};
use crate::progress::Progress;

/// Files of both sides.
#[derive(Debug, Args)]
pub(crate) struct SidesArguments {
    /// File of candidates; - is standard input.
    #[arg(long, value_name = "FILE")]
    candidates: PathBuf,
    /// File of vacancies; - is standard input.
    #[arg(long, value_name = "FILE")]
    vacancies: PathBuf,
    #[command(flatten)]
    catalogue: CatalogueFile,
    /// Skip lines that cannot be used, name the first and count them all.
    #[arg(long)]
    keep_going: bool,
}

/// Both sides in order of their ids, so that ties go to the lower id whatever the order of lines.
pub(crate) struct Sides {
    pub(crate) catalogue: Catalogue,
    pub(crate) yardstick: Arc<Yardstick>,
    pub(crate) candidate_ids: Vec<String>,
    /// Groups of the candidates, empty where none was given.
    pub(crate) groups: Vec<String>,
    pub(crate) candidates: Arc<[CandidateFeatures]>,
    pub(crate) vacancy_ids: Vec<String>,
    pub(crate) vacancies: Arc<[Vacancy]>,
}

impl Sides {
    /// Reads both files.
    pub(crate) fn read(arguments: &SidesArguments) -> anyhow::Result<Sides> {
        if is_stream(&arguments.candidates) && is_stream(&arguments.vacancies) {
            bail!("only one of the two files can be standard input");
        }
        let on_fault = OnFault::from_option(arguments.keep_going);
        let progress = Progress::spinner("reading the catalogue");
        let catalogue = arguments.catalogue.open()?;
        let yardstick = knowledge::yardstick(&catalogue, Configuration::current());
        progress.say("reading vacancies");
        let mut vacancies = Vec::new();
        let mut seen = Ids::default();
        each_record(&arguments.vacancies, on_fault, |record: VacancyRecord| {
            let id = seen.free(record.id.checked()?)?;
            vacancies.push((id.clone(), record.weigh(&catalogue, &yardstick)?));
            seen.take(id);
            Ok(())
        })?;
        progress.say("reading candidates");
        let mut candidates = Vec::new();
        let mut seen = Ids::default();
        each_record(
            &arguments.candidates,
            on_fault,
            |record: CandidateRecord| {
                let id = seen.free(record.id.checked()?)?;
                let group = record.group.clone().unwrap_or_default();
                candidates.push((id.clone(), group, record.features(&catalogue)?));
                seen.take(id);
                Ok(())
            },
        )?;
        progress.finish();
        vacancies.sort_by(|one, other| one.0.cmp(&other.0));
        candidates.sort_by(|one, other| one.0.cmp(&other.0));
        let (vacancy_ids, vacancies): (Vec<_>, Vec<_>) = vacancies.into_iter().unzip();
        let ((candidate_ids, groups), candidates): ((Vec<_>, Vec<_>), Vec<_>) = candidates
            .into_iter()
            .map(|(id, group, features)| ((id, group), features))
            .unzip();
        Ok(Sides {
            catalogue,
            yardstick: Arc::new(yardstick),
            candidate_ids,
            groups,
            candidates: candidates.into(),
            vacancy_ids,
            vacancies: vacancies.into(),
        })
    }
}

/// The ids that were taken.
#[derive(Default)]
struct Ids(HashSet<String>);

impl Ids {
    /// The id, unless it was taken already.
    fn free(&self, id: &str) -> anyhow::Result<String> {
        if self.0.contains(id) {
            bail!("id {id:?} was used on an earlier line");
        }
        Ok(id.to_owned())
    }

    fn take(&mut self, id: String) {
        self.0.insert(id);
    }
}

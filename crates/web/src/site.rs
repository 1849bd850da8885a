//! What all requests share: the catalogue, the texts, the settings, the counters.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use application::Application;
use domain::language::Language;
use language::formats::NoFormats;
use language::messages::MessagesError;
use language::{Formats, Messages};
use taxonomy::Catalogue;

use crate::directory::Directory;
use crate::failure::Failure;
use crate::monitor::{Monitor, MonitorError, MonitorSettings, key::RoundingKey};
use crate::observing::Observer;
use crate::settings::Settings;
use crate::theme::Themes;

/// The site as handlers get it.
pub(crate) type SharedSite = Arc<Site>;

/// Everything that requests share.
#[derive(Debug)]
pub struct Site {
    pub(crate) catalogue: Arc<Catalogue>,
    pub(crate) directory: Directory,
    pub(crate) messages: Messages,
    pub(crate) settings: Settings,
    pub(crate) themes: Themes,
    pub(crate) observer: Observer,
    /// What can be done by who is logged in; without a database there are only public pages.
    pub(crate) application: Option<Application>,
    /// The figures of the dashboard.
    pub(crate) monitor: Arc<Monitor>,
    /// In the order of [`Language::interface`].
    formats: Vec<(Language, Formats)>,
    is_stopping: AtomicBool,
    n_requests: AtomicU64,
}

/// A site cannot start.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    /// The built-in messages are broken.
    #[error("cannot read the messages")]
    Messages(#[from] MessagesError),
    /// A language has no formats.
    #[error("cannot prepare the formats of numbers and dates")]
    Formats(#[from] NoFormats),
    /// The definitions of the monitor are broken.
    #[error("cannot read the definitions of the monitor")]
    Monitor(#[from] MonitorError),
}

impl Site {
    /// A site over a catalogue.
    ///
    /// # Errors
    /// Fails when the built-in texts are broken, which the tests rule out.
    pub fn new(
        catalogue: impl Into<Arc<Catalogue>>,
        settings: Settings,
    ) -> Result<Site, SiteError> {
        let catalogue = catalogue.into();
        let formats = Language::interface()
            .map(|language| Ok((language, Formats::new(language)?)))
            .collect::<Result<_, NoFormats>>()?;
        let themes = Themes::of(&settings.theme, &settings.themes);
        Ok(Site {
            directory: Directory::of(&catalogue),
            catalogue,
            messages: Messages::load()?,
            settings,
            themes,
            observer: Observer::default(),
            application: None,
            // Without records nothing is rounded.
            monitor: Arc::new(Monitor::open(
                MonitorSettings::default(),
                RoundingKey::of_invented(),
            )?),
            formats,
            is_stopping: AtomicBool::new(false),
            n_requests: AtomicU64::new(0),
        })
    }

    /// The site with people who can log in.
    #[must_use]
    pub fn with_application(self, application: Application) -> Site {
        Site {
            application: Some(application),
            ..self
        }
    }

    /// The site with figures on records.
    #[must_use]
    pub fn with_monitor(self, monitor: Arc<Monitor>) -> Site {
        Site { monitor, ..self }
    }

    /// The figures, for whoever keeps them up to date.
    #[must_use]
    pub fn monitor(&self) -> Arc<Monitor> {
        Arc::clone(&self.monitor)
    }

    /// The use cases, where there is a database.
    pub(crate) fn application(&self) -> Result<&Application, Failure> {
        self.application.as_ref().ok_or(Failure::NotFound)
    }

    /// Metrics in the text format of Prometheus.
    #[must_use]
    pub fn metrics(&self) -> String {
        self.observer.text()
    }

    /// Makes the site report that it takes no new work; requests under way are still answered.
    pub fn stop(&self) {
        self.is_stopping.store(true, Ordering::Relaxed);
    }

    /// Whether [`Site::stop`] has been called.
    #[must_use]
    pub fn is_stopping(&self) -> bool {
        self.is_stopping.load(Ordering::Relaxed)
    }

    /// An id for the next request: that of the process and a running number.
    pub(crate) fn next_request_id(&self) -> String {
        let number = self.n_requests.fetch_add(1, Ordering::Relaxed);
        format!("{:08x}-{number:x}", self.settings.process & 0xffff_ffff)
    }

    /// Formats of a language of the interface.
    pub(crate) fn formats(&self, language: Language) -> &Formats {
        let own = self.formats.iter().find(|(other, _)| *other == language);
        // The list is never empty: it was made from the languages of the interface.
        &own.unwrap_or(&self.formats[0]).1
    }
}

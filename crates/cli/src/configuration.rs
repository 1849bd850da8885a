//! The configuration: one TOML file, overridden by environment variables.
//!
//! Secrets come from the file's `[key]`, from files it names, or from the environment; never from
//! the command line, where every user of the machine can read them.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use serde::Deserialize;
use store::address::Address;
use vault::keys::MasterKey;
use vault::token::Secret;

/// The file that is read when none is named, if it is there.
const DEFAULT_FILE: &str = "werkbrug.toml";

/// The database that is used when none is named.
const DEFAULT_DATABASE: &str = "sqlite:werkbrug.db";

/// Everything that an installation may set.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub(crate) struct Configuration {
    /// Address of the database (`WERKBRUG_DATABASE`).
    database: Option<String>,
    key: KeyConfiguration,
    /// Where to serve pages.
    pub(crate) listen: Option<SocketAddr>,
    /// Where to serve metrics.
    pub(crate) metrics_listen: Option<SocketAddr>,
    /// What the organisation sets for its pages.
    pub(crate) site: web::Settings,
    /// Where the figures of the dashboard come from.
    pub(crate) monitor: web::monitor::MonitorSettings,
    /// The provider of identities with which staff can log in.
    openid: Option<OpenIdConfiguration>,
}

/// A provider of identities; its secret is in a file or in `WERKBRUG_OPENID_SECRET`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct OpenIdConfiguration {
    /// What staff call it; stands on the button.
    name: String,
    /// Issuer, exactly as the provider writes it.
    issuer: String,
    /// Id of this program with the provider.
    client_id: String,
    /// File with the secret of this program with the provider.
    secret_file: Option<PathBuf>,
    /// Address of this site, `https://…`.
    site: String,
    /// Levels of assurance that include a second factor.
    #[serde(default)]
    acr: Vec<String>,
    /// Methods that prove a second factor.
    #[serde(default)]
    amr: Vec<String>,
    /// File with the certificates (PEM) of the authorities that vouch for the provider.
    authority_file: Option<PathBuf>,
}

/// Where the master key is; `WERKBRUG_KEY` holds the key itself, `WERKBRUG_KEY_FILE` a file's name.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct KeyConfiguration {
    file: Option<PathBuf>,
}

impl Configuration {
    /// Reads the file that was named, or the default one if it is there.
    pub(crate) fn read(named: Option<&Path>) -> anyhow::Result<Configuration> {
        let path = named.unwrap_or(Path::new(DEFAULT_FILE));
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if named.is_none() && error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Configuration::default());
            }
            Err(error) => {
                return Err(error).with_context(|| format!("cannot read {}", path.display()));
            }
        };
        // The parser's message quotes the line, which may hold a password.
        toml::from_str(&text).map_err(|error| {
            let place = error
                .span()
                .map_or(0, |span| text[..span.start].matches('\n').count() + 1);
            anyhow::anyhow!("{}: line {place}: {}", path.display(), error.message())
        })
    }

    /// The database: from the command line, the environment, the file, or the default.
    pub(crate) fn database(&self, from_command_line: Option<&str>) -> anyhow::Result<Address> {
        if let Some(address) = from_command_line {
            let has_password = address
                .split_once("://")
                .and_then(|(_, rest)| rest.rsplit_once('@'))
                .is_some_and(|(user, _)| user.contains(':'));
            if has_password {
                bail!(
                    "a password on the command line can be read by everybody on this machine; put the address into WERKBRUG_DATABASE or the configuration file"
                );
            }
            return Ok(address.parse()?);
        }
        let from_environment = environment("WERKBRUG_DATABASE");
        let address = from_environment
            .as_deref()
            .or(self.database.as_deref())
            .unwrap_or(DEFAULT_DATABASE);
        Ok(address.parse()?)
    }

    /// The provider of identities with which staff can log in, if one is configured.
    pub(crate) fn provider(&self) -> anyhow::Result<Option<openid::Provider>> {
        let Some(openid) = &self.openid else {
            return Ok(None);
        };
        let secret = match (environment("WERKBRUG_OPENID_SECRET"), &openid.secret_file) {
            (Some(secret), _) => secret,
            (None, Some(file)) => read_secret(file)?.trim().to_owned(),
            (None, None) => bail!(
                "[openid] has no secret: name a file in `secret-file` or set WERKBRUG_OPENID_SECRET"
            ),
        };
        let authorities = openid.authority_file.as_ref().map(|file| {
            std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
        });
        let settings = openid::Settings {
            name: openid.name.clone(),
            issuer: openid.issuer.clone(),
            client_id: openid.client_id.clone(),
            client_secret: Secret::from_text(secret),
            site: openid.site.clone(),
            acr: openid.acr.clone(),
            amr: openid.amr.clone(),
            authorities: authorities.transpose()?,
        };
        openid::Provider::new(settings)
            .map(Some)
            .context("[openid]")
    }

    /// Whether it was said where the master key is.
    pub(crate) fn names_key(&self) -> bool {
        environment("WERKBRUG_KEY").is_some()
            || environment("WERKBRUG_KEY_FILE").is_some()
            || self.key.file.is_some()
    }

    /// The master key; there is no default.
    pub(crate) fn master_key(&self) -> anyhow::Result<MasterKey> {
        if let Some(text) = environment("WERKBRUG_KEY") {
            return MasterKey::parse(&text).context("WERKBRUG_KEY");
        }
        let file = environment("WERKBRUG_KEY_FILE")
            .map(PathBuf::from)
            .or_else(|| self.key.file.clone())
            .context(
                "no master key: make one with `werkbrug key generate --out FILE` and name it in WERKBRUG_KEY_FILE or as `file` under [key] in the configuration file",
            )?;
        let text = read_secret(&file)?;
        MasterKey::parse(&text).with_context(|| file.display().to_string())
    }
}

/// Reads a file with a secret; it must not be readable by others.
pub(crate) fn read_secret(file: &Path) -> anyhow::Result<String> {
    let text =
        std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;

        let mode = std::fs::metadata(file)
            .with_context(|| format!("cannot read {}", file.display()))?
            .permissions()
            .mode();
        if mode & 0o077 != 0 {
            bail!(
                "{} can be read by others; run `chmod 600 {}`",
                file.display(),
                file.display()
            );
        }
    }
    Ok(text)
}

fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

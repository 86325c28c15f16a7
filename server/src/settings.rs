//! Settings: flags, or environment variables named beside them. Secrets may come from files (`…_FILE`), the way
//! orchestrators hand them out.
//!
//! Without `--production` everything has a default that works on one machine and is said aloud at the start; with it the
//! program refuses to start while a key is missing or is the development one.

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use anyhow::{Context, bail};
use charla_core::{Config, SessionLimits, SimulatorAt};
use clap::{Args, ValueEnum};
use http::HeaderValue;
use jiff::SignedDuration;
use secrecy::{ExposeSecret, SecretString};

use crate::{
    http::{MostReaders, Rates},
    serve::HostOptions,
};

/// Known to everybody who reads this file: good for one's own machine only.
const DEVELOPMENT_KEY: &str = "charla development key, not a secret";
/// See [`DEVELOPMENT_KEY`]; also what the simulator signs with.
const DEVELOPMENT_APP_SECRET: &str = "charla-development-app-secret";
const DEVELOPMENT_VERIFY_TOKEN: &str = "charla-development-verify-token";

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines: one JSON object a line.
    Json,
}

/// On or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Switch {
    /// On.
    On,
    /// Off.
    Off,
}

/// Where the database is.
#[derive(Debug, Clone, Args)]
pub struct DatabaseAt {
    /// The address of a PostgreSQL 15 or later, `postgres://user:password@host/database`.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// A file that holds the address.
    #[arg(long, env = "DATABASE_URL_FILE")]
    pub database_url_file: Option<PathBuf>,
}

impl DatabaseAt {
    /// The address.
    ///
    /// # Errors
    /// When there is none, or its file cannot be read.
    pub fn url(&self) -> anyhow::Result<String> {
        secret(self.database_url.as_deref(), self.database_url_file.as_ref(), "DATABASE_URL")?
            .map(|url| url.expose_secret().to_owned())
            .context("no database: set DATABASE_URL to the address of a PostgreSQL 15 or later (`cargo xtask run` starts one for you)")
    }
}

/// Settings of `charla serve`.
#[derive(Debug, Clone, Args)]
pub struct ServeSettings {
    /// The database.
    #[command(flatten)]
    pub database: DatabaseAt,
    /// Connections to the database for requests; background work has half as many of its own.
    #[arg(long, env = "CHARLA_DATABASE_CONNECTIONS", default_value_t = 16)]
    pub database_connections: u32,
    /// Where to listen.
    #[arg(long, env = "CHARLA_ADDR", default_value = "127.0.0.1:8080")]
    pub addr: SocketAddr,
    /// The address people reach this installation at; `http://` and the listening address unless set.
    #[arg(long, env = "CHARLA_PUBLIC_URL")]
    pub public_url: Option<String>,
    /// The folder with the built site.
    #[arg(long, env = "CHARLA_SITE_ROOT", default_value = "target/site")]
    pub site_root: PathBuf,
    /// Refuse to start without keys of one's own, mark cookies Secure, send HSTS.
    #[arg(long, env = "CHARLA_PRODUCTION")]
    pub production: bool,
    /// The token Prometheus reads `/metrics` with; without one nobody may in production, otherwise the machine itself.
    #[arg(long, env = "CHARLA_METRICS_TOKEN", hide_env_values = true)]
    pub metrics_token: Option<String>,
    /// A file that holds the metrics token.
    #[arg(long, env = "CHARLA_METRICS_TOKEN_FILE")]
    pub metrics_token_file: Option<PathBuf>,
    /// Requests a minute from one address without a login; 0 for any number.
    #[arg(long, env = "CHARLA_RATE_ANONYMOUS", default_value_t = 100)]
    pub rate_anonymous: u32,
    /// Requests a minute of one login; 0 for any number.
    #[arg(long, env = "CHARLA_RATE_SESSION", default_value_t = 1200)]
    pub rate_session: u32,
    /// Requests a minute of all members of a workspace together; 0 for any number.
    #[arg(long, env = "CHARLA_RATE_WORKSPACE", default_value_t = 12_000)]
    pub rate_workspace: u32,
    /// Wrong guesses a minute from one address (sessions, verify and metrics tokens, addresses of webhooks); 0 for any
    /// number.
    #[arg(long, env = "CHARLA_RATE_PROOFS", default_value_t = 100)]
    pub rate_proofs: u32,
    /// Origins whose pages may call `/api/*`, `https://example.com`, separated by commas.
    #[arg(long, env = "CHARLA_CORS_ORIGINS", value_delimiter = ',')]
    pub cors_origins: Vec<String>,
    /// Most HTTP connections at a time; live readers are not counted.
    #[arg(long, env = "CHARLA_CONNECTIONS", default_value_t = 10_000)]
    pub connections: usize,
    /// Most live readers at a time; 0 for any number.
    #[arg(long, env = "CHARLA_READERS", default_value_t = 5000)]
    pub readers: usize,
    /// Most live readers of one workspace; 0 for any number.
    #[arg(long, env = "CHARLA_READERS_WORKSPACE", default_value_t = 2000)]
    pub readers_workspace: usize,
    /// Most live readers of one login, which are its open windows; 0 for any number.
    #[arg(long, env = "CHARLA_READERS_SESSION", default_value_t = 20)]
    pub readers_session: usize,
    /// Seconds from the signal to stop until no more connections are taken, so that a balancer has noticed; 5 in
    /// production, otherwise 0.
    #[arg(long, env = "CHARLA_DRAIN_SECONDS", value_parser = clap::value_parser!(u64).range(..=3600))]
    pub drain_seconds: Option<u64>,
    /// Take the client's address from the last entry of X-Forwarded-For: only behind a proxy that sets it.
    #[arg(long, env = "CHARLA_BEHIND_PROXY")]
    pub behind_proxy: bool,
    /// Seals stored tokens; 32 characters or more.
    #[arg(long, env = "CHARLA_SECRET_KEY", hide_env_values = true)]
    pub secret_key: Option<String>,
    /// A file that holds the secret key.
    #[arg(long, env = "CHARLA_SECRET_KEY_FILE")]
    pub secret_key_file: Option<PathBuf>,
    /// What Meta and we know.
    #[command(flatten)]
    pub meta: MetaSecrets,
    /// Where Meta's Graph API is, for numbers that people connect.
    #[arg(long, env = "CHARLA_GRAPH_URL", default_value = "https://graph.facebook.com")]
    pub graph_url: String,
    /// The version of Meta's Graph API to speak.
    #[arg(long, env = "CHARLA_GRAPH_VERSION", default_value = "v24.0")]
    pub graph_version: String,
    /// A simulator to connect new workspaces to.
    #[arg(long, env = "CHARLA_SIMULATOR_URL")]
    pub simulator_url: Option<String>,
    /// The simulator's address as browsers reach it, when it differs.
    #[arg(long, env = "CHARLA_SIMULATOR_PUBLIC_URL")]
    pub simulator_public_url: Option<String>,
    /// Minutes after which an unused login ends.
    #[arg(long, env = "CHARLA_SESSION_IDLE_MINUTES", default_value_t = 160, value_parser = clap::value_parser!(i64).range(1..=525_600))]
    pub session_idle_minutes: i64,
    /// Days after which any login ends.
    #[arg(long, env = "CHARLA_SESSION_DAYS", default_value_t = 30, value_parser = clap::value_parser!(i64).range(1..=3650))]
    pub session_days: i64,
    /// Give deliveries their effect; off is for measuring what storing them costs.
    #[arg(long, env = "CHARLA_PROCESSING", value_enum, default_value = "on", hide = true)]
    pub processing: Switch,
    /// Where traces are sent: a collector's OTLP address over HTTP, `http://127.0.0.1:4318/v1/traces`. None unless set.
    #[arg(long, env = "CHARLA_OTLP_ENDPOINT")]
    pub otlp_endpoint: Option<String>,
    /// What to log: a level, or `tracing` directives.
    #[arg(long, env = "CHARLA_LOG", default_value = "info")]
    pub log: String,
    /// How log lines look.
    #[arg(long, env = "CHARLA_LOG_FORMAT", value_enum, default_value = "text")]
    pub log_format: LogFormat,
}

/// The secrets Meta (or the simulator) and the server share.
#[derive(Debug, Clone, Args)]
pub struct MetaSecrets {
    /// The app secret webhooks are signed with.
    #[arg(long = "meta-app-secret", env = "CHARLA_META_APP_SECRET", hide_env_values = true)]
    pub app_secret: Option<String>,
    /// A file that holds the app secret.
    #[arg(long = "meta-app-secret-file", env = "CHARLA_META_APP_SECRET_FILE")]
    pub app_secret_file: Option<PathBuf>,
    /// The token a webhook subscription is proven with.
    #[arg(long = "meta-verify-token", env = "CHARLA_META_VERIFY_TOKEN", hide_env_values = true)]
    pub verify_token: Option<String>,
    /// A file that holds the verify token.
    #[arg(long = "meta-verify-token-file", env = "CHARLA_META_VERIFY_TOKEN_FILE")]
    pub verify_token_file: Option<PathBuf>,
}

/// Settings of `charla simulate`.
#[derive(Debug, Clone, Args)]
pub struct SimulateSettings {
    /// Where to listen.
    #[arg(long, env = "CHARLA_SIMULATOR_ADDR", default_value = "127.0.0.1:8090")]
    pub addr: SocketAddr,
    /// Where signed webhooks go.
    #[arg(long, env = "CHARLA_WEBHOOK_URL", default_value = "http://127.0.0.1:8080/webhooks/meta")]
    pub webhook_url: String,
    /// What the server and we know: webhooks are signed with it.
    #[command(flatten)]
    pub meta: MetaSecrets,
    /// The folder in which numbers and phones are kept over restarts; nothing is kept without.
    #[arg(long, env = "CHARLA_DATA_DIR")]
    pub data_dir: Option<PathBuf>,
    /// How many webhooks of one number are under way at once; with 1 they keep their order, which Meta does not promise.
    #[arg(long, env = "CHARLA_SIMULATOR_PARALLEL", default_value_t = 8)]
    pub webhook_parallel: usize,
    /// What to log.
    #[arg(long, env = "CHARLA_LOG", default_value = "info")]
    pub log: String,
    /// How log lines look.
    #[arg(long, env = "CHARLA_LOG_FORMAT", value_enum, default_value = "text")]
    pub log_format: LogFormat,
}

impl SimulateSettings {
    /// The app secret and the verify token, each the development one unless another is given.
    pub fn secrets(&self) -> anyhow::Result<(SecretString, SecretString)> {
        let app =
            secret(self.meta.app_secret.as_deref(), self.meta.app_secret_file.as_ref(), "CHARLA_META_APP_SECRET")?;
        let token = secret(
            self.meta.verify_token.as_deref(),
            self.meta.verify_token_file.as_ref(),
            "CHARLA_META_VERIFY_TOKEN",
        )?;
        Ok((app.unwrap_or(DEVELOPMENT_APP_SECRET.into()), token.unwrap_or(DEVELOPMENT_VERIFY_TOKEN.into())))
    }
}

/// What `charla demo` shares with the server whose database it fills.
#[derive(Debug, Clone, Args)]
pub struct DemoConfig {
    /// The server is one for production.
    #[arg(long, env = "CHARLA_PRODUCTION")]
    pub production: bool,
    /// Seals stored tokens; the server's own.
    #[arg(long, env = "CHARLA_SECRET_KEY", hide_env_values = true)]
    pub secret_key: Option<String>,
    /// A file that holds the secret key.
    #[arg(long, env = "CHARLA_SECRET_KEY_FILE")]
    pub secret_key_file: Option<PathBuf>,
    /// The simulator that the workspaces are connected to; without one nothing can be sent from them.
    #[arg(long, env = "CHARLA_SIMULATOR_URL")]
    pub simulator_url: Option<String>,
}

impl DemoConfig {
    /// The settings, as far as making data needs them: a key to seal with, and a simulator.
    ///
    /// # Errors
    /// When the key cannot be read, or is missing in production.
    pub fn resolve(&self) -> anyhow::Result<Config> {
        let key = secret(self.secret_key.as_deref(), self.secret_key_file.as_ref(), "CHARLA_SECRET_KEY")?;
        if self.production && key.is_none() {
            bail!("production needs CHARLA_SECRET_KEY (or CHARLA_SECRET_KEY_FILE), the server's own");
        }
        let simulator = self.simulator_url.as_ref().map(|url| {
            let url = url.trim_end_matches('/').to_owned();
            SimulatorAt { public_url: url.clone(), url }
        });
        Ok(Config {
            secret_key: key.unwrap_or(DEVELOPMENT_KEY.into()),
            app_secret: SecretString::default(),
            verify_token: SecretString::default(),
            public_url: String::new(),
            graph_url: String::new(),
            graph_version: String::new(),
            sessions: SessionLimits::default(),
            processing: false,
            simulator,
        })
    }
}

/// A secret given directly or in a file; none when neither is.
fn secret(value: Option<&str>, file: Option<&PathBuf>, name: &str) -> anyhow::Result<Option<SecretString>> {
    match (value.filter(|v| !v.is_empty()), file) {
        (Some(_), Some(_)) => bail!("both {name} and {name}_FILE are set; keep one"),
        (Some(value), None) => Ok(Some(value.into())),
        (None, Some(file)) => {
            let text = std::fs::read_to_string(file).with_context(|| format!("{name}_FILE: {}", file.display()))?;
            Ok(Some(text.trim_end_matches(['\r', '\n']).into()))
        }
        (None, None) => Ok(None),
    }
}

/// The settings core and the host need, and what is to be said aloud about them.
#[derive(Debug)]
pub struct Resolved {
    /// For core.
    pub config: Config,
    /// For the host.
    pub options: HostOptions,
    /// Sentences about defaults that are not for production.
    pub warnings: Vec<String>,
}

impl ServeSettings {
    /// Reads the secrets and checks everything.
    ///
    /// # Errors
    /// In production: a key that is missing, short or the development one; an address without `https://`.
    pub fn resolve(&self) -> anyhow::Result<Resolved> {
        let mut warnings = Vec::new();
        let mut key =
            |value: Option<&String>, file: Option<&PathBuf>, name: &str, development: &str, least: usize| match secret(
                value.map(String::as_str),
                file,
                name,
            )? {
                Some(key) if self.production && key.expose_secret() == development => {
                    bail!("{name} is the development value, which everybody knows; production needs one of your own")
                }
                Some(key) if key.expose_secret().len() < least => bail!("{name} needs {least} characters or more"),
                Some(key) => Ok(key),
                None if self.production => {
                    bail!("production needs {name} (or {name}_FILE): {least} random characters or more")
                }
                None => {
                    warnings.push(format!("{name} is not set: using the development value, which everybody knows"));
                    Ok(SecretString::from(development))
                }
            };
        let secret_key =
            key(self.secret_key.as_ref(), self.secret_key_file.as_ref(), "CHARLA_SECRET_KEY", DEVELOPMENT_KEY, 32)?;
        let app_secret = key(
            self.meta.app_secret.as_ref(),
            self.meta.app_secret_file.as_ref(),
            "CHARLA_META_APP_SECRET",
            DEVELOPMENT_APP_SECRET,
            16,
        )?;
        let verify_token = key(
            self.meta.verify_token.as_ref(),
            self.meta.verify_token_file.as_ref(),
            "CHARLA_META_VERIFY_TOKEN",
            DEVELOPMENT_VERIFY_TOKEN,
            16,
        )?;
        let public_url = match &self.public_url {
            Some(url) if self.production && !url.starts_with("https://") => {
                bail!("CHARLA_PUBLIC_URL must begin with https:// in production: cookies are sent over TLS only")
            }
            Some(url) if url.starts_with("https://") || url.starts_with("http://") => {
                url.trim_end_matches('/').to_owned()
            }
            Some(_) => bail!("CHARLA_PUBLIC_URL must begin with http:// or https://"),
            None if self.production => bail!("production needs CHARLA_PUBLIC_URL: links in invites are made from it"),
            None => format!("http://{}", self.addr),
        };
        let graph_url = self.graph_url.trim_end_matches('/').to_owned();
        if !(graph_url.starts_with("https://") || graph_url.starts_with("http://") && !self.production) {
            bail!("CHARLA_GRAPH_URL must begin with https:// (http:// is for a simulator, in development)");
        }
        if self.production && self.simulator_url.is_some() {
            bail!("CHARLA_SIMULATOR_URL is for development; production does not connect workspaces to a simulator");
        }
        let simulator = self.simulator_url.as_ref().map(|url| {
            let url = url.trim_end_matches('/').to_owned();
            let public_url = self.simulator_public_url.as_ref().map_or(&url, |u| u);
            SimulatorAt { public_url: public_url.trim_end_matches('/').to_owned(), url }
        });
        let sessions = SessionLimits {
            idle: SignedDuration::from_mins(self.session_idle_minutes),
            absolute: SignedDuration::from_hours(self.session_days * 24),
        };
        let config = Config {
            secret_key,
            app_secret,
            verify_token,
            public_url,
            graph_url,
            graph_version: self.graph_version.clone(),
            sessions,
            processing: self.processing != Switch::Off,
            simulator,
        };
        if self.production && !self.behind_proxy && self.addr.ip().is_loopback() {
            warnings.push(
                "only a proxy on this machine can reach us, and CHARLA_BEHIND_PROXY is not set: all strangers will \
                 share one limit"
                    .to_owned(),
            );
        }
        let options = self.options()?;
        Ok(Resolved { config, options, warnings })
    }

    fn options(&self) -> anyhow::Result<HostOptions> {
        let metrics_token =
            secret(self.metrics_token.as_deref(), self.metrics_token_file.as_ref(), "CHARLA_METRICS_TOKEN")?;
        if metrics_token.as_ref().is_some_and(|token| token.expose_secret().len() < 16) {
            bail!("CHARLA_METRICS_TOKEN needs 16 characters or more");
        }
        let origins = self.cors_origins.iter().map(|origin| origin.trim()).filter(|origin| !origin.is_empty());
        let drain = self.drain_seconds.unwrap_or(if self.production { 5 } else { 0 });
        Ok(HostOptions {
            site_root: self.site_root.clone(),
            addr: self.addr,
            production: self.production,
            behind_proxy: self.behind_proxy,
            metrics_token,
            rates: Rates {
                anonymous: self.rate_anonymous,
                session: self.rate_session,
                workspace: self.rate_workspace,
                proofs: self.rate_proofs,
            },
            cors_origins: origins.map(origin_of_a_site).collect::<anyhow::Result<_>>()?,
            connections: self.connections.max(1),
            readers: MostReaders {
                process: any_if_zero(self.readers),
                workspace: any_if_zero(self.readers_workspace),
                session: any_if_zero(self.readers_session),
            },
            drain: Duration::from_secs(drain),
        })
    }
}

const fn any_if_zero(most: usize) -> usize {
    if most == 0 { usize::MAX } else { most }
}

/// An origin as browsers send it (RFC 6454 §6.2): scheme, host and port, nothing behind it.
fn origin_of_a_site(origin: &str) -> anyhow::Result<HeaderValue> {
    let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://")).unwrap_or_default();
    if host.is_empty() || host.contains(['/', '*', '?', '#', '@']) || host.chars().any(char::is_uppercase) {
        bail!("CHARLA_CORS_ORIGINS: “{origin}” is no origin like https://example.com");
    }
    HeaderValue::from_str(origin).with_context(|| format!("CHARLA_CORS_ORIGINS: “{origin}”"))
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        settings: ServeSettings,
    }

    fn resolve(line: &[&str]) -> anyhow::Result<Resolved> {
        Line::try_parse_from([&["charla"], line].concat())?.settings.resolve()
    }

    #[test]
    fn development_starts_with_defaults_and_says_so() {
        let resolved = resolve(&[]).expect("starts");
        assert_eq!(resolved.warnings.len(), 3, "{:?}", resolved.warnings);
        assert_eq!(resolved.config.public_url, "http://127.0.0.1:8080");
    }

    #[test]
    fn production_refuses_to_start_without_keys_of_its_own() {
        let long = "0123456789abcdef0123456789abcdef";
        let url = ["--public-url", "https://charla.example"];
        let secret = ["--meta-app-secret", long, "--meta-verify-token", long];
        let refused = |line: &[&str]| resolve(&[&["--production"], line].concat()).map(|_| ()).unwrap_err().to_string();

        assert!(refused(&[]).contains("CHARLA_SECRET_KEY"));
        assert!(refused(&["--secret-key", DEVELOPMENT_KEY]).contains("development"));
        assert!(refused(&["--secret-key", "short"]).contains("32"));
        assert!(refused(&["--secret-key", long]).contains("CHARLA_META_APP_SECRET"));
        assert!(refused(&[&["--secret-key", long], &secret[..]].concat()).contains("CHARLA_PUBLIC_URL"));
        let plain = ["--secret-key", long, "--graph-url", "http://127.0.0.1:8090"];
        assert!(refused(&[&plain, &secret[..], &url[..]].concat()).contains("CHARLA_GRAPH_URL"));
        let all = [&["--production", "--behind-proxy", "--secret-key", long], &secret[..], &url[..]].concat();
        assert!(resolve(&all).is_ok_and(|resolved| resolved.warnings.is_empty()));
    }

    #[test]
    fn an_origin_is_a_site_and_nothing_more() {
        let origins = |list: &str| resolve(&["--cors-origins", list]).map(|resolved| resolved.options.cors_origins);
        assert_eq!(origins("https://a.example, http://b.example:8080,").expect("origins").len(), 2);
        for wrong in ["*", "a.example", "https://a.example/", "https://*.example", "null", "https://A.example"] {
            assert!(origins(wrong).is_err(), "{wrong}");
        }
        assert!(resolve(&[]).expect("starts").options.cors_origins.is_empty());
    }

    #[test]
    fn a_host_in_production_waits_for_its_balancer_when_it_stops() {
        let drain = |line: &[&str]| resolve(line).expect("starts").options.drain;
        assert_eq!(drain(&[]), Duration::ZERO);
        assert_eq!(drain(&["--drain-seconds", "7"]), Duration::from_secs(7));
    }

    #[test]
    fn a_secret_comes_from_a_file_or_directly_not_both() {
        let file = std::env::temp_dir().join(format!("charla-secret-{}", std::process::id()));
        std::fs::write(&file, "0123456789abcdef0123456789abcdef\n").expect("writes");
        let path = file.to_str().expect("utf-8");
        let resolved = resolve(&["--secret-key-file", path]).expect("starts");
        assert_eq!(resolved.config.secret_key.expose_secret(), "0123456789abcdef0123456789abcdef");
        assert!(resolve(&["--secret-key-file", path, "--secret-key", "x"]).is_err());
        std::fs::remove_file(file).expect("removes");
    }
}

//! What every handler may reach.

use std::{ops::Deref, sync::Arc};

use axum::extract::FromRef;
use charla_core::Core;
use jiff::Timestamp;
use leptos::config::{Env, LeptosOptions};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{limits::Limits, readers::Readers, watch::Watch};
use crate::serve::HostOptions;

/// The product and how this process presents it. Cheap to clone: every layer that a request passes does.
#[derive(Debug, Clone)]
pub struct Host(Arc<Shared>);

/// What all copies of a [`Host`] share.
#[derive(Debug)]
pub struct Shared {
    /// The product.
    pub core: Core,
    /// How it presents itself.
    pub options: HostOptions,
    /// Cancelled when the process is about to stop: whoever hands out requests is to look for another one.
    pub draining: CancellationToken,
    /// Cancelled when the process is to stop: long-lived connections watch it.
    pub stop: CancellationToken,
    /// The open HTTP connections.
    pub connections: TaskTracker,
    /// The live readers.
    pub sockets: TaskTracker,
    /// The places of the live readers.
    pub(super) readers: Arc<Readers>,
    /// How much one caller may ask for.
    pub limits: Arc<Limits>,
    /// How the installation is.
    pub watch: Watch,
    /// When it was put together.
    pub started: Timestamp,
    leptos: LeptosOptions,
}

impl Host {
    /// Puts it together; tells Leptos where the built site is.
    #[must_use]
    pub fn new(core: Core, options: HostOptions, stop: CancellationToken) -> Self {
        let site_root = std::path::absolute(&options.site_root).unwrap_or_else(|_| options.site_root.clone());
        let hash_file = site_root.join("hash.txt");
        let leptos = LeptosOptions::builder()
            .output_name("charla")
            .site_root(site_root.display().to_string())
            .site_pkg_dir("pkg")
            .site_addr(options.addr)
            .env(if options.production { Env::PROD } else { Env::DEV })
            // Absolute, or Leptos would look beside the program.
            .hash_file(Arc::<str>::from(hash_file.display().to_string()))
            .hash_files(hash_file.exists())
            .build();
        let started = core.environment.now();
        let limits = Arc::new(Limits::new(options.rates));
        Self(Arc::new(Shared {
            core,
            options,
            draining: CancellationToken::new(),
            stop,
            connections: TaskTracker::new(),
            sockets: TaskTracker::new(),
            readers: Arc::default(),
            limits,
            watch: Watch::default(),
            started,
            leptos,
        }))
    }
}

impl Deref for Host {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl FromRef<Host> for LeptosOptions {
    fn from_ref(host: &Host) -> Self {
        host.leptos.clone()
    }
}

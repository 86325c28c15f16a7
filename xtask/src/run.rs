//! `cargo xtask run`: from a checkout to a page in the browser.

use std::time::Duration;

use anyhow::Result;

use crate::{
    database::{DataLock, Database},
    instance::{self, Instance, Settings},
    places, processes, report,
    service::Output,
    site,
};

const APP: (&str, &str) = ("CHARLA_ADDR", "127.0.0.1:8080");
const SIMULATOR: (&str, &str) = ("CHARLA_SIMULATOR_ADDR", "127.0.0.1:8090");

pub fn run() -> Result<()> {
    let prepared = Prepared::new()?;
    let site = site::build_site(false)?;
    site::build_server(false)?;
    let mut database = Database::open(&prepared.settings.data)?;
    let settings = Settings { database_url: database.url(), site: site.folder, ..prepared.settings };
    let mut instance = Instance::start(&settings)?;
    welcome(&settings);
    // Ends by Ctrl-C, or because one of the three died; dropping stops the others: server, simulator, then Postgres.
    loop {
        if processes::pause(Duration::from_millis(200)).is_err() {
            report::note("Stopping …");
            drop(instance);
            drop(database);
            report::note("Stopped. The data are kept; `cargo xtask run` continues with them.");
            return Ok(());
        }
        instance.check()?;
        database.check()?;
    }
}

/// What can fail in a second is tried before what takes minutes.
#[derive(Debug)]
pub struct Prepared {
    pub settings: Settings,
    _lock: DataLock,
}

impl Prepared {
    pub fn new() -> Result<Self> {
        let app = instance::address(APP.0, APP.1)?;
        let simulator = instance::address(SIMULATOR.0, SIMULATOR.1)?;
        let data = places::data()?;
        let lock = DataLock::take(&data)?;
        instance::ensure_free(app, APP.0)?;
        instance::ensure_free(simulator, SIMULATOR.0)?;
        let settings = Settings {
            app,
            simulator,
            database_url: String::new(),
            data,
            site: places::target()?.join("site"),
            release: false,
            in_order: true,
            output: Output::Shown,
        };
        Ok(Self { settings, _lock: lock })
    }
}

pub fn welcome(settings: &Settings) {
    report::boxed(&[
        "Charla is running.".into(),
        String::new(),
        format!("App        {}", settings.app_url()),
        format!("Simulator  {}   WhatsApp phones to type on", settings.simulator_url()),
        format!("Data       {}", settings.data.display()),
        String::new(),
        "First steps".into(),
        "1. Open the app and register: the first account owns this instance.".into(),
        "2. Open the simulator in a second window and write as a customer.".into(),
        "3. The message appears in the inbox by itself. Answer it.".into(),
        String::new(),
        "Ctrl-C stops everything.".into(),
    ]);
}

//! The product, running: migrated database, simulated Meta, server.

use std::{
    env,
    net::{SocketAddr, TcpListener},
    path::PathBuf,
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};

use crate::{
    http, places, processes, report,
    service::{Output, Service},
};

/// Where an instance listens and what it works with.
#[derive(Debug, Clone)]
pub struct Settings {
    pub app: SocketAddr,
    pub simulator: SocketAddr,
    pub database_url: String,
    pub data: PathBuf,
    pub site: PathBuf,
    pub release: bool,
    /// Whether a number's webhooks come one after the other, as whoever writes two messages in a second expects. Meta
    /// does not promise it, and without it the simulator is faster.
    pub in_order: bool,
    pub output: Output,
}

impl Settings {
    pub fn app_url(&self) -> String {
        format!("http://{}", http::reachable(self.app))
    }

    pub fn simulator_url(&self) -> String {
        format!("http://{}", http::reachable(self.simulator))
    }

    fn charla(&self, task: &str) -> Result<Command> {
        let mut command = Command::new(places::binary(self.release)?);
        command
            .arg(task)
            .current_dir(places::root())
            .env("DATABASE_URL", &self.database_url)
            .env("CHARLA_ADDR", self.app.to_string())
            .env("CHARLA_SITE_ROOT", &self.site)
            .env("CHARLA_SIMULATOR_ADDR", self.simulator.to_string())
            .env("CHARLA_SIMULATOR_URL", self.simulator_url())
            .env("CHARLA_WEBHOOK_URL", format!("{}/webhooks/meta", self.app_url()))
            .env("CHARLA_DATA_DIR", &self.data);
        // Numbers are connected to the simulator, too, unless somebody develops against Meta itself.
        if env::var_os("CHARLA_GRAPH_URL").is_none() {
            command.env("CHARLA_GRAPH_URL", self.simulator_url());
        }
        // Tests, benchmarks and a developer's own scripts all come from one address, and ask quickly.
        for limit in [
            "CHARLA_RATE_ANONYMOUS",
            "CHARLA_RATE_SESSION",
            "CHARLA_RATE_WORKSPACE",
            "CHARLA_RATE_PROOFS",
            "CHARLA_READERS_SESSION",
        ] {
            if env::var_os(limit).is_none() {
                command.env(limit, "0");
            }
        }
        Ok(command)
    }

    /// Brings the schema up to date.
    pub fn migrate(&self) -> Result<()> {
        let step = report::step("Migrating the database");
        processes::capture(&mut self.charla("migrate")?)?;
        step.done();
        Ok(())
    }

    /// Fills a workspace of its own with demo data of this size.
    pub fn fill(&self, size: &str) -> Result<()> {
        let step = report::step("Making demo data");
        processes::capture(self.charla("demo")?.args(["--size", size, "--workspaces", "1"]))?;
        step.done();
        Ok(())
    }

    /// Starts the server alone and waits until it is ready.
    pub fn start_server(&self) -> Result<Service> {
        let mut server = Service::start("server", &self.charla("serve")?, self.output)?;
        wait_until_ready(&mut server, self.app, "/health/ready", Duration::from_millis(2))?;
        Ok(server)
    }

    fn start_simulator(&self) -> Result<Service> {
        let mut command = self.charla("simulate")?;
        if self.in_order {
            command.env("CHARLA_SIMULATOR_PARALLEL", "1");
        }
        let mut simulator = Service::start("simulator", &command, self.output)?;
        wait_until_ready(&mut simulator, self.simulator, "/health", Duration::from_millis(20))?;
        Ok(simulator)
    }
}

/// A running server with its simulator. Dropping it stops the server first, then the simulator.
#[derive(Debug)]
pub struct Instance {
    server: Service,
    simulator: Service,
}

impl Instance {
    pub fn start(settings: &Settings) -> Result<Self> {
        settings.migrate()?;
        let step = report::step("Starting the simulator and the server");
        let simulator = settings.start_simulator()?;
        let server = settings.start_server()?;
        step.done();
        Ok(Self { server, simulator })
    }

    /// An error that explains it, if one of them has died.
    pub fn check(&mut self) -> Result<()> {
        self.server.check()?;
        self.simulator.check()
    }

    /// What the server wrote last of warnings and errors, for a failed browser test.
    pub fn last_troubles(&self) -> String {
        self.server.last_troubles()
    }
}

fn wait_until_ready(service: &mut Service, address: SocketAddr, path: &str, glance: Duration) -> Result<()> {
    let address = http::reachable(address);
    let until = Instant::now() + Duration::from_mins(1);
    loop {
        service.check()?;
        if http::get(address, path).is_ok_and(|answer| answer.status == 200) {
            return Ok(());
        }
        if Instant::now() > until {
            bail!("http://{address}{path} did not answer 200 within a minute; last lines:\n{}", service.last_lines());
        }
        processes::pause(glance)?;
    }
}

/// The address in an environment variable, or the default one.
pub fn address(variable: &str, default: &str) -> Result<SocketAddr> {
    let text = env::var(variable).ok().filter(|text| !text.is_empty()).unwrap_or_else(|| default.to_owned());
    text.parse().with_context(|| format!("{variable}={text} is not an address like {default}"))
}

/// Fails early, with a way out, when somebody listens on an address already.
pub fn ensure_free(address: SocketAddr, variable: &str) -> Result<()> {
    if let Err(error) = TcpListener::bind(address) {
        let port = address.port();
        let next = SocketAddr::new(address.ip(), port.saturating_add(1));
        ensure!(
            error.kind() == std::io::ErrorKind::AddrInUse,
            "cannot listen on {address} ({error}); choose another address with {variable}"
        );
        bail!(
            "port {port} is taken by another program. Stop it, or choose another: `{variable}={next} cargo xtask run`"
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_named_with_the_variable_that_changes_it() {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = taken.local_addr().unwrap();
        let error = ensure_free(address, "CHARLA_ADDR").unwrap_err().to_string();
        assert!(error.contains(&address.port().to_string()) && error.contains("CHARLA_ADDR="), "{error}");
        drop(taken);
        ensure_free(address, "CHARLA_ADDR").unwrap();
    }
}

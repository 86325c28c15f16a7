//! `charla simulate`.

use anyhow::Context;
use charla_simulator::{Simulator, SimulatorConfig};
use secrecy::ExposeSecret;
use tokio::net::TcpListener;

use crate::{serve::stop_signal, settings::SimulateSettings};

pub(crate) async fn run(settings: SimulateSettings) -> anyhow::Result<()> {
    if let Some(folder) = &settings.data_dir {
        std::fs::create_dir_all(folder).with_context(|| format!("the folder {} cannot be made", folder.display()))?;
    }
    let (app_secret, verify_token) = settings.secrets()?;
    let simulator = Simulator::start(SimulatorConfig {
        webhook_url: settings.webhook_url,
        app_secret: app_secret.expose_secret().to_owned(),
        verify_token: verify_token.expose_secret().to_owned(),
        state_file: settings.data_dir.map(|folder| folder.join("simulator.json")),
        webhook_parallel: settings.webhook_parallel,
        ..SimulatorConfig::default()
    })
    .await
    .context("the simulator could not start")?;
    let listener = TcpListener::bind(settings.addr).await.with_context(|| {
        format!("cannot listen on {}; is it in use? CHARLA_SIMULATOR_ADDR changes it", settings.addr)
    })?;
    tracing::info!(addr = %listener.local_addr()?, "the simulator is ready");
    axum::serve(listener, simulator.router()).with_graceful_shutdown(stop_signal()).await?;
    simulator.shutdown().await;
    Ok(())
}

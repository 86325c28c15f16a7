//! `charla migrate`.

use anyhow::Context;
use charla_core::Database;

use crate::settings::DatabaseAt;

pub(crate) async fn run(at: DatabaseAt) -> anyhow::Result<()> {
    let database = Database::connect(&at.url()?, 4)?;
    database.migrate().await.context("the schema could not be brought up to date")?;
    eprintln!("charla: the schema is up to date");
    Ok(())
}

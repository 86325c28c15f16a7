//! The state file: read at start, written a moment after each change and at the end, never half.

use std::{
    io,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use serde::{Deserialize, Serialize};

use crate::{simulator::Simulator, world::World};

/// Raised when an old file can no longer be read.
const VERSION: u32 = 1;
/// Changes within this time are saved together.
const DEBOUNCE: Duration = Duration::from_millis(300);
/// After a save there is none for so many times its length, so that a large world does not only save itself.
const REST: u32 = 20;

#[derive(Deserialize)]
struct Saved {
    version: u32,
    world: World,
}

#[derive(Serialize)]
struct Saving<'a> {
    version: u32,
    world: &'a World,
}

/// The world in a file, or an empty one. A file that makes no sense is moved aside.
pub(crate) async fn read(file: &Path) -> io::Result<World> {
    let bytes = match tokio::fs::read(file).await {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(World::default()),
        Err(error) => return Err(error),
    };
    let reason = match serde_json::from_slice::<Saved>(&bytes) {
        Ok(Saved { version: VERSION, mut world }) => {
            world.index();
            return Ok(world);
        }
        Ok(Saved { version, .. }) => format!("it is of version {version}"),
        Err(error) => error.to_string(),
    };
    let aside = beside(file, &format!("broken-{}", jiff::Timestamp::now().as_second()));
    tokio::fs::rename(file, &aside).await?;
    tracing::warn!(file = %file.display(), aside = %aside.display(), reason, "the state file was moved aside; starting anew");
    Ok(World::default())
}

fn beside(file: &Path, suffix: &str) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(suffix);
    file.with_file_name(name)
}

/// Saves after changes for as long as the simulator lives.
pub(crate) async fn keep_saving(simulator: Simulator) {
    let mut rest = DEBOUNCE;
    loop {
        tokio::select! {
            () = simulator.inner.stop.cancelled() => return,
            () = simulator.inner.dirty.notified() => {}
        }
        tokio::select! {
            // The last save is `shutdown`'s.
            () = simulator.inner.stop.cancelled() => return,
            () = tokio::time::sleep(rest) => {}
        }
        let began = Instant::now();
        save(&simulator).await;
        rest = (began.elapsed() * REST).max(DEBOUNCE);
    }
}

/// Writes the state. A failure is logged and the simulator goes on: the next change tries again.
pub(crate) async fn save(simulator: &Simulator) {
    let Some(file) = &simulator.inner.config.state_file else { return };
    let bytes = serde_json::to_vec(&Saving { version: VERSION, world: &simulator.world() });
    let written = match bytes {
        Ok(bytes) => replace(file, &bytes).await,
        Err(error) => Err(error.into()),
    };
    if let Err(error) = written {
        tracing::error!(file = %file.display(), %error, "the simulator's state could not be saved");
    }
}

/// The new content is complete on disk before it takes the old one's place.
async fn replace(file: &Path, bytes: &[u8]) -> io::Result<()> {
    use tokio::io::AsyncWriteExt as _;
    let part = beside(file, "part");
    let mut out = tokio::fs::File::create(&part).await?;
    out.write_all(bytes).await?;
    out.sync_all().await?;
    drop(out);
    tokio::fs::rename(&part, file).await
}

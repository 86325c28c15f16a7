//! Room on the disk: a full disk fails in the middle of something and says it in Postgres' words.
//!
//! A target directory that many clones share grows without end, for cargo forgets nothing. What is given up here is only
//! what the compiler can make again.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};

use crate::{places, report};

const GIB: u64 = 1 << 30;
/// Below this the compiler's memory of half-finished work is given up: it is large, and only saves time.
const TIGHT: u64 = 12 * GIB;
/// Below this everything built is given up: a build of all from nothing takes about as much.
const SHORT: u64 = 8 * GIB;
/// With less than this nothing is begun: test databases, a browser and a link step need it.
const LEAST: u64 = 2 * GIB;

/// Makes room in the target directory where the disk is nearly full.
///
/// # Errors
/// Where even that leaves too little to build and test in.
pub fn ensure() -> Result<()> {
    let target = places::target()?;
    fs::create_dir_all(target).with_context(|| format!("cannot make {}", target.display()))?;
    let profiles = ["debug", "release"].map(|profile| target.join(profile));
    if free(target)? < TIGHT {
        give_up(&profiles.each_ref().map(|profile| profile.join("incremental")))?;
    }
    if free(target)? < SHORT {
        give_up(&profiles)?;
    }
    let left = free(target)?;
    ensure!(
        left >= LEAST,
        "only {} are free where {} is: free some space, or set CARGO_TARGET_DIR to another disk",
        report::size(left),
        target.display()
    );
    Ok(())
}

fn free(folder: &Path) -> Result<u64> {
    let disk = rustix::fs::statvfs(folder).with_context(|| format!("cannot ask how full {} is", folder.display()))?;
    Ok(disk.f_bavail.saturating_mul(disk.f_frsize))
}

fn give_up(folders: &[PathBuf]) -> Result<()> {
    for folder in folders.iter().filter(|folder| folder.exists()) {
        report::note(format!("The disk is nearly full: {} is removed, and will be built again.", folder.display()));
        fs::remove_dir_all(folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_says_how_much_is_free() {
        let free = free(Path::new("/")).unwrap();
        assert!(free > 0 && free < 1 << 60, "{free}");
    }

    #[test]
    fn giving_up_removes_what_is_there_and_passes_over_what_is_not() {
        let place = tempfile::tempdir().unwrap();
        let [there, absent] = ["incremental", "nothing"].map(|name| place.path().join(name));
        fs::create_dir_all(there.join("crate")).unwrap();
        give_up(&[there.clone(), absent]).unwrap();
        assert!(!there.exists());
    }
}

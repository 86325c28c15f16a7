//! Postgres' programs: found, or installed.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use crate::{processes, system};

/// The oldest major version the schema is written for.
const OLDEST: u32 = 15;
const DEBIAN_TOOLS: &[&str] = &["postgresql-common"];
const DEBIAN_SETTINGS: &str = "/etc/postgresql-common/createcluster.conf";

/// Postgres' own programs, all of one version.
#[derive(Debug, Clone)]
pub struct Binaries {
    folder: PathBuf,
    major: u32,
}

impl Binaries {
    /// Finds Postgres, of the version that made the data when there are some; installs it when there is none.
    pub fn ensure(made_by: Option<u32>) -> Result<Self> {
        let fits = |binaries: &Self| made_by.map_or(binaries.major >= OLDEST, |major| binaries.major == major);
        if let Some(found) = Self::installed().into_iter().find(fits) {
            return Ok(found);
        }
        if let Some(major) = made_by {
            bail!(
                "the database was made by PostgreSQL {major}, which is not installed here. Install it, or choose an empty \
                 data directory with CHARLA_DATA_DIR"
            );
        }
        prevent_debians_own_cluster()?;
        system::install(system::POSTGRES)?;
        Self::installed().into_iter().find(fits).with_context(|| {
            format!("no PostgreSQL {OLDEST} or later was found after installing it; put its `bin` folder in PATH")
        })
    }

    /// All versions on this machine: the one in `PATH` first, then Debian's and Homebrew's, newest first.
    fn installed() -> Vec<Self> {
        let in_path =
            system::find("postgres").and_then(|program| Some(fs::canonicalize(program).ok()?.parent()?.to_owned()));
        let debian = system::numbered_folders(Path::new("/usr/lib/postgresql"), "");
        let homebrew = ["/opt/homebrew/opt", "/usr/local/opt"]
            .into_iter()
            .flat_map(|parent| system::numbered_folders(Path::new(parent), "postgresql@"));
        let packaged = debian.into_iter().chain(homebrew).map(|(_, folder)| folder.join("bin"));
        in_path.into_iter().chain(packaged).filter_map(Self::at).collect()
    }

    fn at(folder: PathBuf) -> Option<Self> {
        let complete = ["postgres", "initdb", "psql", "pg_isready"].iter().all(|name| folder.join(name).is_file());
        let version =
            complete.then(|| processes::capture(Command::new(folder.join("postgres")).arg("--version")).ok())??;
        Some(Self { major: major_version(&version)?, folder })
    }

    /// Where they are.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The path of one of them.
    pub fn program(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

/// Debian's package would make and start a cluster on port 5432 that nobody asked for. Its tools read this setting, and a
/// machine that has the tools already is left as its owner set it.
fn prevent_debians_own_cluster() -> Result<()> {
    let is_root = rustix::process::geteuid().is_root();
    if !is_root || !system::is_debian() || system::has_debian_packages(DEBIAN_TOOLS) {
        return Ok(());
    }
    system::install_debian("PostgreSQL's tools", DEBIAN_TOOLS)?;
    let mut settings = fs::File::options().append(true).create(true).open(DEBIAN_SETTINGS)?;
    Ok(settings.write_all(b"\ncreate_main_cluster = false\n")?)
}

/// `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)` is 15; `17beta1` is 17.
fn major_version(text: &str) -> Option<u32> {
    let number = text.split_once("(PostgreSQL) ")?.1;
    number.split(|character: char| !character.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_what_postgres_says() {
        assert_eq!(major_version("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n"), Some(15));
        assert_eq!(major_version("postgres (PostgreSQL) 17beta1\n"), Some(17));
        assert_eq!(major_version("command not found"), None);
    }
}

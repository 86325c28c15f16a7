//! `charla replay FILE…`: what the parser makes of recorded deliveries, one JSON line per event.

use std::{
    io::{BufWriter, Write},
    path::PathBuf,
    process::ExitCode,
};

use charla_meta::webhook;

/// Prints every event of every file. Exit code 1 when one of them is not a delivery or cannot be read; the others are
/// printed all the same.
pub(crate) fn run(files: &[PathBuf]) -> ExitCode {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut good = true;
    for file in files {
        let name = file.display().to_string();
        let delivery = std::fs::read(file).map_err(|error| error.to_string());
        match delivery.and_then(|body| webhook::parse(&body).map_err(|error| error.to_string())) {
            Ok(delivery) => {
                for update in &delivery.updates {
                    let written = serde_json::to_string(&update.line(&name)).map(|line| writeln!(out, "{line}"));
                    // A reader that went away (`| head`) wants no more.
                    if !matches!(written, Ok(Ok(()))) {
                        return ExitCode::FAILURE;
                    }
                }
            }
            Err(reason) => {
                good = false;
                eprintln!("charla: {name}: {reason}");
            }
        }
    }
    if out.flush().is_err() || !good { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

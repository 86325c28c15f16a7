//! The `charla` program.

fn main() -> std::process::ExitCode {
    charla_server::cli::main()
}

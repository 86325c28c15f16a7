//! `charla openapi`: the description of the HTTP interface for programs.

use anyhow::Context;
use utoipa::OpenApi;

use crate::http;

/// What programs may call so far: webhooks and health. The REST interface proper comes with its rows (J1).
#[derive(Debug, OpenApi)]
#[openapi(
    info(title = "Charla", description = "A WhatsApp Business platform."),
    paths(
        http::webhooks::verify,
        http::webhooks::receive,
        http::webhooks::verify_app,
        http::webhooks::receive_app,
        http::health::live,
        http::health::ready
    )
)]
struct Description;

#[expect(clippy::print_stdout, reason = "printing it is the command's purpose")]
pub(crate) fn print() -> anyhow::Result<()> {
    println!("{}", Description::openapi().to_pretty_json().context("the description could not be written")?);
    Ok(())
}

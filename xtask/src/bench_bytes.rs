//! W1 and W2: what a browser loads, in bytes after brotli 11. Beside them an empty Leptos app (`bench_apps`).

use std::fs;

use anyhow::{Context, Result, ensure};

use crate::{
    bench_apps::Empty,
    compress::{self, Effort, Sizes},
    http,
    instance::Settings,
    places,
    postgres::Cluster,
    report,
    service::Output,
    site::Site,
};

/// Of a first page.
const PAGE_GOAL: u64 = 500_000;
/// Of a route.
const ROUTE_FLOOR: u64 = 20_000;
const ROUTE_GOAL: u64 = 10_000;

/// W1: what a browser loads until it has the first page.
pub fn first_page(site: &Site, cluster: &Cluster, empty: Empty) -> Result<()> {
    cluster.ensure_database("charla_bench")?;
    let data = tempfile::Builder::new().prefix("charla-bench-").tempdir()?;
    let settings = Settings {
        app: http::free_address()?,
        simulator: http::free_address()?,
        database_url: cluster.url("charla_bench"),
        data: data.path().to_owned(),
        site: site.folder.clone(),
        release: true,
        in_order: false,
        output: Output::Kept,
    };
    settings.migrate()?;
    let server = settings.start_server()?;
    let (path, html) = page_of_a_visitor(&settings)?;
    let words = words(&settings, &html)?;
    let html = compressed(&html)?;
    server.stop();

    // The other parts of the module are loaded when the inbox has been shown.
    let loaded = ["js", "wasm", "css"].map(|kind| (kind, bytes(site, kind, |name| kind != "wasm" || is_main(name))));
    let total = html + words + loaded.iter().map(|(_, bytes)| bytes).sum::<u64>();
    let verdict = if total <= PAGE_GOAL { "goal" } else { "missed" };
    report::note("");
    report::note(format!("W1  bytes to load, brotli 11 (goal: at most {}): {verdict}", report::size(PAGE_GOAL)));
    report::note(format!("    html {path:<12} {:>10}", report::size(html)));
    report::note(format!("    {:<17} {:>10}", "messages", report::size(words)));
    for (kind, bytes) in loaded {
        report::note(format!("    {kind:<17} {:>10}", report::size(bytes)));
    }
    report::note(format!("    {:<17} {:>10}", "total", report::size(total)));
    let parts = format!("js {}, wasm {}", report::size(empty.js), report::size(empty.wasm));
    report::note(format!("    {:<17} {:>10}  ({parts})", "an empty app", report::size(empty.total())));
    Ok(())
}

/// W2: what a route adds: all parts of the module together, less the module of an empty app, by the number of routes.
pub fn routes(site: &Site, empty: Empty) -> Result<()> {
    let modules = bytes(site, "wasm", |_| true);
    let parts = bytes(site, "wasm", |name| !is_main(name));
    let routes = count_routes(&fs::read_to_string(places::root().join("app/src/lib.rs"))?);
    ensure!(routes > 0, "app/src/lib.rs names no routes any more where they are looked for");
    let each = modules.saturating_sub(empty.wasm) / routes;
    let verdict = match each {
        each if each <= ROUTE_GOAL => "goal",
        each if each <= ROUTE_FLOOR => "floor",
        _ => "**missed**",
    };
    let size = report::size;
    report::note("");
    report::note(format!(
        "| W2 | WASM a route, brotli 11: {} of all modules ({} of them loaded later), less {} of an empty app, by {routes} \
         routes | {} | – | – | – | ≤ {} | ≤ {} | {verdict} |",
        size(modules),
        size(parts),
        size(empty.wasm),
        size(each),
        size(ROUTE_FLOOR),
        size(ROUTE_GOAL),
    ));
    // All routes but the inbox are in the parts.
    let beside = routes - 1;
    report::note(format!(
        "| W2 | the same of the {beside} pages beside the inbox, which are in the parts | {} | – | – | – | – | – | reported |",
        size(parts.checked_div(beside).unwrap_or_default()),
    ));
    Ok(())
}

/// Routes in the app's table; but for the makers' page, which release builds do not carry.
fn count_routes(source: &str) -> u64 {
    let routes = source.lines().filter(|line| line.trim_start().starts_with("<Route path=path!("));
    routes.filter(|line| !line.contains("\"/design\"")).count() as u64
}

/// What every page loads of the module, by the file's name.
fn is_main(name: &str) -> bool {
    name.starts_with(&format!("{}.", crate::site::NAME))
}

/// The bytes of those files of the site's code that end in `kind` and have such a name.
fn bytes(site: &Site, kind: &str, wanted: impl Fn(&str) -> bool) -> u64 {
    let of_kind = |file: &&Sizes| {
        let name = file.path.file_name().unwrap_or_default().to_string_lossy();
        let is_kind = file.path.extension().is_some_and(|extension| extension == kind);
        file.path.starts_with("pkg") && is_kind && wanted(&name)
    };
    site.sizes.iter().filter(of_kind).map(|file| file.brotli).sum()
}

/// The messages of a page's language, in bytes after brotli.
fn words(settings: &Settings, page: &[u8]) -> Result<u64> {
    let page = String::from_utf8_lossy(page);
    let rest = page.split_once("href=\"/messages/").context("the page names no messages")?.1;
    let name = rest.split('"').next().unwrap_or_default();
    compressed(&http::get(settings.app, &format!("/messages/{name}"))?.body)
}

fn compressed(bytes: &[u8]) -> Result<u64> {
    Ok(compress::brotli(bytes, Effort::Best)?.len() as u64)
}

/// The first page a visitor gets, after redirects: its path and what it holds.
fn page_of_a_visitor(settings: &Settings) -> Result<(String, Vec<u8>)> {
    let mut path = "/".to_owned();
    for _ in 0..4 {
        let answer = http::get(settings.app, &path)?;
        match answer.location {
            Some(next) if (300..400).contains(&answer.status) => path = next,
            _ => {
                ensure!(answer.status == 200, "{path} answered {}", answer.status);
                return Ok((path, answer.body));
            }
        }
    }
    anyhow::bail!("the first page redirects without end")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pages_of_the_app_are_counted_and_the_makers_page_is_not() {
        let source = fs::read_to_string(places::root().join("app/src/lib.rs")).unwrap();
        assert!(count_routes(&source) >= 10);
        let two =
            "<Route path=path!(\"/design\") />\n  <Route path=path!(\"home\") />\n<ParentRoute path=path!(\"/w\")>";
        assert_eq!(count_routes(two), 1);
    }
}

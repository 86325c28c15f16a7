//! The page: what a browser is given. What people do with it is tested in a browser.

use crate::kit::Meta;

#[tokio::test]
async fn every_file_has_a_policy_and_nothing_is_inline() {
    let meta = Meta::start().await;
    for (path, kind) in [
        ("/", "text/html"),
        ("/phones/5511987654321", "text/html"),
        ("/controls", "text/html"),
        ("/assets/phone.js", "text/javascript"),
        ("/assets/controls.js", "text/javascript"),
        ("/assets/phone.css", "text/css"),
        ("/assets/icon.svg", "image/svg+xml"),
    ] {
        let answer = meta.client.get(format!("{}{path}", meta.url)).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        assert!(answer.headers()["content-type"].to_str().unwrap().starts_with(kind), "{path}");
        assert!(
            answer.headers()["content-security-policy"].to_str().unwrap().starts_with("default-src 'self';"),
            "{path}"
        );
        assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
        let text = answer.text().await.unwrap();
        if kind == "text/html" {
            assert!(!text.contains("style=") && !text.contains("<style") && !text.contains(" on"), "inline in {path}");
            let script = if path == "/controls" { "controls" } else { "phone" };
            assert!(text.matches("<script").count() == 1 && text.contains(&format!("src=\"/assets/{script}.js\"")));
        }
        // Links of pages may name other places; the files may not load from them.
        for other in ["src=\"http", "url(http", "@import", "innerHTML", "insertAdjacentHTML"] {
            assert!(!text.contains(other), "{other} in {path}");
        }
    }
}

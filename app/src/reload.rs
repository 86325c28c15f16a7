//! In development, a page loads itself anew when the host was started anew: `cargo xtask watch` restarts it after each
//! change.

use leptos::{nonce::use_nonce, prelude::*};

/// Looks once a second when the host was started.
const SCRIPT: &str = "
let known;
setInterval(async () => {
  try {
    const { started } = await (await fetch('/health/live')).json();
    if (known && known !== started) location.reload();
    known = started;
  } catch { /* It is being built. */ }
}, 1000);
";

/// The script, in development.
pub fn script() -> Option<impl IntoView> {
    let development = use_context::<crate::context::RequestContext>().is_some_and(|context| context.development);
    development.then(|| view! { <script type="module" nonce=use_nonce() inner_html=SCRIPT></script> })
}

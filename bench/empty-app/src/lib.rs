//! A counter behind a router: what every Leptos app costs before it does anything (gates W1 and W2).

#[cfg(target_arch = "wasm32")]
mod app;

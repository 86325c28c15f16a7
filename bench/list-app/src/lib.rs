//! The rows of the inbox' list on a page of their own (gate W4).

#[cfg(target_arch = "wasm32")]
mod app;

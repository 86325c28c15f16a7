//! Doing something when the browser has nothing else to do.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// Does something when the browser is idle; in one that does not tell (Safari), in a while.
pub fn when_idle(done: impl Fn() + 'static) {
    let tells = js_sys::Reflect::has(&window(), &JsValue::from_str("requestIdleCallback")).unwrap_or_default();
    if tells {
        request_idle_callback(done);
    } else {
        set_timeout(done, Duration::ZERO);
    }
}

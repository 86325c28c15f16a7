//! One tab at a time (the Web Locks API).

use js_sys::{Function, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, future_to_promise};

/// Does some work while no other tab of this browser does work of the same name; waits for its turn. Browsers have no locks
/// on pages without TLS: the work is then done all the same, and what it does has to bear that.
pub async fn alone(name: &str, work: impl Future<Output = ()> + 'static) {
    let locks = Reflect::get(&window().navigator(), &JsValue::from_str("locks")).unwrap_or_default();
    let request = Reflect::get(&locks, &JsValue::from_str("request")).ok();
    let Some(request) = request.and_then(|request| request.dyn_into::<Function>().ok()) else { return work.await };
    let held = Closure::once_into_js(move |_lock: JsValue| -> Promise {
        future_to_promise(async move {
            work.await;
            Ok(JsValue::UNDEFINED)
        })
    });
    // Refused to pages that are about to go.
    if let Ok(done) = request.call2(&locks, &JsValue::from_str(name), &held) {
        let _ = JsFuture::from(Promise::resolve(&done)).await;
    }
}

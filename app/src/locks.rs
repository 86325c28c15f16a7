//! One tab at a time (the Web Locks API).

use std::{cell::RefCell, time::Duration};

use futures::{
    channel::oneshot,
    future::{Either, select},
};
use gloo_timers::future::sleep;
use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, future_to_promise};

/// Does some work while no other tab of this browser does work of the same name; waits for its turn. Browsers have no locks
/// on pages without TLS: the work is then done all the same, and what it does has to bear that.
pub async fn alone(name: &str, work: impl Future<Output = ()> + 'static) {
    let Some((locks, request)) = locks() else { return work.await };
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

thread_local! {
    /// The names this tab has taken.
    static TAKEN: RefCell<Vec<String>> = RefCell::default();
}

/// Takes a name for some time, unless another tab of this browser has it; says whether this one does. Of tabs that ask at
/// once exactly one gets it: the browser decides. Without locks, or where they are refused, all get it.
pub async fn take(name: &str, time: Duration) -> bool {
    let Some((locks, request)) = locks() else { return true };
    if TAKEN.with_borrow(|taken| taken.iter().any(|taken| taken == name)) {
        return true;
    }
    let (tell, told) = oneshot::channel();
    let own = name.to_owned();
    let asked = Closure::once_into_js(move |lock: JsValue| -> Promise {
        let taken = !lock.is_null();
        if taken {
            TAKEN.with_borrow_mut(|taken| taken.push(own.clone()));
        }
        // Whoever asked may be gone.
        let _ = tell.send(taken);
        future_to_promise(async move {
            if taken {
                sleep(time).await;
                TAKEN.with_borrow_mut(|taken| taken.retain(|taken| *taken != own));
            }
            Ok(JsValue::UNDEFINED)
        })
    });
    let options = Object::new();
    // Fails for no object that was just made.
    let _ = Reflect::set(&options, &JsValue::from_str("ifAvailable"), &JsValue::TRUE);
    let Ok(done) = request.call3(&locks, &JsValue::from_str(name), &options, &asked) else { return true };
    // Where it is refused nobody is called.
    match select(told, JsFuture::from(Promise::resolve(&done))).await {
        Either::Left((taken, _)) => taken.unwrap_or(true),
        Either::Right(_) => true,
    }
}

/// The browser's locks and the function that asks for one.
fn locks() -> Option<(JsValue, Function)> {
    let locks = Reflect::get(&window().navigator(), &JsValue::from_str("locks")).ok()?;
    let request = Reflect::get(&locks, &JsValue::from_str("request")).ok()?.dyn_into().ok()?;
    Some((locks, request))
}

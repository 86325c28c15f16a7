//! Parts of a view that change, behind one type each. Every closure in a view would otherwise bring its own copy of the
//! machinery that runs it, which the browser has to load.

use std::sync::{Arc, Mutex};

use leptos::{prelude::*, tachys::reactive_graph::SharedReactiveFunction};

/// A part that is shown anew whenever what it reads changes.
pub fn changing<V: IntoAny>(mut part: impl FnMut() -> V + Send + 'static) -> SharedReactiveFunction<AnyView> {
    Arc::new(Mutex::new(move || part().into_any()))
}

/// A part that has to wait for its data; for use inside `<Suspense>`.
pub fn loaded<F>(mut part: impl FnMut() -> F + Send + 'static) -> SharedReactiveFunction<Suspend<AnyView>>
where
    F: Future<Output: IntoAny> + Send + 'static,
{
    Arc::new(Mutex::new(move || {
        let part = part();
        Suspend::new(async move { part.await.into_any() })
    }))
}

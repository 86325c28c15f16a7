//! Told when an element gets another size: also when it is hidden, and when it is shown again.

use js_sys::{Array, Function, Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::Element;

/// An observer at work; until it is dropped.
struct Watch {
    observer: Object,
    _told: Closure<dyn FnMut()>,
}

impl Watch {
    /// Fails where the browser has no such observers.
    fn new(element: &Element, told: impl FnMut() + 'static) -> Result<Self, JsValue> {
        let told = Closure::<dyn FnMut()>::new(told);
        let class: Function = Reflect::get(&window(), &"ResizeObserver".into())?.dyn_into()?;
        let observer: Object = Reflect::construct(&class, &Array::of1(told.as_ref()))?.dyn_into()?;
        let watch = Self { observer, _told: told };
        watch.call("observe", &Array::of1(element))?;
        Ok(watch)
    }

    fn call(&self, name: &str, arguments: &Array) -> Result<JsValue, JsValue> {
        let method: Function = Reflect::get(&self.observer, &name.into())?.dyn_into()?;
        method.apply(&self.observer, arguments)
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        // It never fails; afterwards nothing is told any more.
        let _ = self.call("disconnect", &Array::new());
    }
}

/// Tells of each size of an element, the first included, until the present owner is cleaned up. For the browser.
pub fn watch(element: &Element, told: impl FnMut() + 'static) {
    if let Ok(watch) = Watch::new(element, told) {
        let _ = StoredValue::new_local(watch);
    }
}

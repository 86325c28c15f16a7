//! What can be done on the page that is open.

use leptos::prelude::*;

/// Something to do.
#[derive(Debug, Clone, Copy)]
pub struct Action {
    /// Which; stable, so that it is known as used lately.
    pub id: &'static str,
    /// The key of its name.
    pub words: &'static str,
    /// Its icon.
    pub icon: &'static str,
    /// The shortcut that does the same; empty when there is none.
    pub keys: &'static str,
    /// Whether it can be done now.
    pub shown: Signal<bool>,
    /// Does it.
    pub run: Callback<()>,
}

/// The actions of whatever is on screen; none at first. A handle, cheap to copy.
#[derive(Debug, Clone, Copy, Default)]
pub struct Actions {
    all: RwSignal<Vec<(u32, Action)>>,
    next: StoredValue<u32>,
}

impl Actions {
    /// Offers an action until the owner it is called in is cleaned up: a component's, while it is on screen.
    pub fn register(self, action: Action) {
        let number = self.next.get_value();
        self.next.set_value(number.wrapping_add(1));
        self.all.update(|all| all.push((number, action)));
        on_cleanup(move || _ = self.all.try_update(|all| all.retain(|(other, _)| *other != number)));
    }

    /// Those that can be done now.
    pub fn offered(self) -> Vec<Action> {
        self.all.with(|all| all.iter().map(|(_, action)| *action).filter(|action| action.shown.get()).collect())
    }
}

/// The actions of the workspace's pages.
pub fn use_actions() -> Actions {
    expect_context()
}

//! The sheet of shortcuts.

use leptos::prelude::*;

use super::{Pressed, SHORTCUTS, Scope, Shortcut};
use crate::{
    i18n::t,
    ui::{Dialog, changing},
};

/// All shortcuts by where they work.
#[component]
pub fn ShortcutSheet(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let title = StoredValue::new(t("keys-title"));
    view! {
        <Dialog open=open title=Signal::derive(move || title.get_value())>
            {changing(move || open.get().then(|| Scope::ALL.iter().map(|scope| group(*scope)).collect_view()))}
        </Dialog>
    }
    .into_any()
}

fn group(scope: Scope) -> impl IntoView {
    let rows = SHORTCUTS.iter().filter(|shortcut| shortcut.scope == scope).map(row).collect_view();
    view! {
        <section class="shortcut-group">
            <h3>{t(scope.words())}</h3>
            <dl>{rows}</dl>
        </section>
    }
}

fn row(shortcut: &Shortcut) -> impl IntoView + use<> {
    let between = match shortcut.pressed {
        Pressed::Together => "+".to_owned(),
        Pressed::InTurn => t("keys-then"),
        Pressed::Either => "/".to_owned(),
    };
    let keys = shortcut.keys.iter().enumerate().map(|(place, key)| {
        let between = (place > 0).then(|| view! { <span class="keys-between">{between.clone()}</span> });
        view! {
            {between}
            <kbd>{*key}</kbd>
        }
    });
    view! {
        <div>
            <dt>{t(shortcut.words)}</dt>
            <dd>{keys.collect_view()}</dd>
        </div>
    }
}

//! Under the field: how long it is, what waits, and words to the writer.

use charla_shared::{message::TEXT_MAX, text};
use leptos::prelude::*;

use super::{
    split::split,
    writing::{Mode, Writing},
};
use crate::{
    i18n::{Arg, t, t_with},
    inbox::sending,
    ui::{Button, changing},
};

/// Characters left at which they are counted.
const COUNT_FROM: isize = 200;

/// What stands under the field.
#[component]
pub fn Foot(writing: Writing) -> impl IntoView {
    let desk = writing.store.desk;
    let over = Memo::new(move |_| writing.left.get() < 0);
    let may_split =
        Memo::new(move |_| over.get() && writing.mode.get() == Mode::Reply && writing.barred.get().is_none());
    view! {
        <p id="composer-said" class="composer-said" role="status">
            {changing(move || writing.said.get())}
        </p>
        <p id="composer-count" class="composer-count" class:composer-over=move || over.get() aria-live="polite">
            {changing(move || {
                let left = writing.left.get();
                (left < COUNT_FROM).then(|| counted(left))
            })}
        </p>
        {changing(move || {
            may_split
                .get()
                .then(|| {
                    let parts = move || split(&text::clean(&writing.reply.read()), TEXT_MAX).len();
                    let words = move || t_with("composer-split", &[("count", Arg::from(parts()))]);
                    view! {
                        <div class="composer-split">
                            <Button on_click=move |_| writing.send_split()>{changing(words)}</Button>
                        </div>
                    }
                })
        })}
        <div class="composer-waiting" role="status">
            {changing(move || {
                let waiting = desk.waiting.get();
                (waiting > 0)
                    .then(|| {
                        view! {
                            <span>{t_with("composer-waiting", &[("count", Arg::from(waiting))])}</span>
                            <button type="button" class="composer-now" on:click=move |_| sending::wake(desk)>
                                {t("composer-waiting-now")}
                            </button>
                        }
                    })
            })}
        </div>
    }
    .into_any()
}

fn counted(left: isize) -> String {
    let key = if left < 0 { "composer-over" } else { "composer-left" };
    t_with(key, &[("count", Arg::from(left.unsigned_abs()))])
}

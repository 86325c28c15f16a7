//! Over the field: why nothing can be written, or not for long.

use charla_shared::conversation::ConversationView;
use leptos::prelude::*;

use crate::{
    i18n::t,
    inbox::{
        remedy,
        window::{Barred, Left},
    },
    ui::{Icon, changing},
};

/// That the number sends nothing at the moment, and why. What is written waits and goes out once that is mended.
#[component]
pub fn Stopped(row: RwSignal<ConversationView>, numbers: String) -> impl IntoView {
    let trouble = Memo::new(move |_| {
        let row = row.read();
        row.channel_trouble.clone().filter(|_| row.channel_active)
    });
    view! {
        <div class="composer-notice composer-stopped" aria-live="polite">
            {changing(move || {
                let numbers = numbers.clone();
                trouble
                    .get()
                    .map(|trouble| {
                        let why = remedy::words(trouble.remedy_key.as_deref(), None);
                        view! {
                            <p>
                                <Icon name="circle-alert" />
                                <span>
                                    {t("composer-stopped")} " " {why} " " <a href=numbers>{t("composer-numbers")}</a>
                                </span>
                            </p>
                        }
                    })
            })}
        </div>
    }
}

/// Why nothing can be written, when that is so.
#[component]
pub fn Notice(barred: Memo<Option<Barred>>, numbers: String) -> impl IntoView {
    view! {
        <div id="composer-notice" class="composer-notice" aria-live="polite">
            {changing(move || {
                let numbers = numbers.clone();
                barred
                    .get()
                    .map(|barred| {
                        let (icon, words) = match barred {
                            Barred::Role => ("lock", t("composer-role")),
                            Barred::Inactive => ("circle-alert", t("composer-inactive")),
                            Barred::Window => ("clock", t("composer-window")),
                        };
                        let way = (barred == Barred::Inactive)
                            .then(|| view! { " " <a href=numbers>{t("composer-numbers")}</a> });
                        view! {
                            <p>
                                <Icon name=icon />
                                <span>{words} {way}</span>
                            </p>
                        }
                    })
            })}
        </div>
    }
}

/// How long free messages may be sent.
#[component]
pub fn WindowLeft(left: Left) -> impl IntoView {
    view! {
        <p id="composer-window" class="composer-window" class:composer-window-soon=matches!(left, Left::Minutes(_))>
            <Icon name="clock" />
            <span>{left.words()}</span>
        </p>
    }
}

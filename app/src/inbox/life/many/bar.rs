//! The bar at the foot of the list: how many are selected, and what may be done with them.

use charla_shared::{
    life::{Change, NewStatus},
    permission::Permission,
};
use leptos::prelude::*;

use super::{
    Many,
    choices::{ManyAssignee, ManyLabels},
    menu::{ManyMenu, ManyTime},
    use_many,
    words::selected,
};
use crate::{
    frame::Workspace,
    i18n::{Arg, t, t_with},
    inbox::{list::take_focus, selection::Selection, state::InboxStore},
    ui::{Icon, Progress, changing, loaded},
};

/// Begins to select, or ends it; for those who may do anything with what is selected.
#[component]
pub fn SelectButton(
    /// The page's state.
    store: InboxStore,
    /// What the viewer may do.
    workspace: Workspace,
) -> impl IntoView {
    let selection = store.rows.selection;
    let is_on = Memo::new(move |_| selection.with(Selection::is_on));
    let press =
        move |_| selection.update(|selection| if selection.is_on() { selection.clear() } else { selection.begin() });
    let may = [Permission::ConversationsManage, Permission::ConversationsAssign];
    view! {
        <Suspense>
            {loaded(move || async move {
                let may = workspace
                    .await
                    .is_ok_and(|workspace| may.iter().any(|permission| workspace.permissions.allows(*permission)));
                may.then(|| {
                    view! {
                        <button
                            type="button"
                            class="icon-button list-select"
                            aria-label=t("many-begin")
                            title=t("many-begin")
                            aria-pressed=move || is_on.get().to_string()
                            on:click=press
                        >
                            <Icon name="list-checks" />
                        </button>
                    }
                })
            })}
        </Suspense>
    }
    .into_any()
}

/// The bar, while somebody selects or it works; and its count, told to those who listen.
#[component]
pub fn ManyBar(
    /// The page's state.
    store: InboxStore,
) -> impl IntoView {
    let many = use_many();
    let is_on = Memo::new(move |_| many.progress.get().is_some() || store.rows.selection.with(Selection::is_on));
    let told = move || Some(many.count.get()).filter(|count| *count > 0).map(selected);
    // Beside the bar: it stays while a time is asked for, whatever becomes of the selection.
    let choosing = RwSignal::new(false);
    view! {
        <p class="visually-hidden" role="status">{changing(told)}</p>
        {changing(move || is_on.get().then(|| view! { <Bar many=many choosing=choosing /> }))}
        <ManyTime many=many choosing=choosing />
    }
    .into_any()
}

#[component]
fn Bar(many: Many, choosing: RwSignal<bool>) -> impl IntoView {
    let (store, count) = (many.life.store, many.count);
    let any = Memo::new(move |_| count.get() > 0);
    on_cleanup(move || {
        // The focus was in what goes away: the list takes it, so that the keyboard does not begin anew at the top.
        let focused = document().active_element();
        if focused.is_some_and(|element| element.closest(".many").is_ok_and(|bar| bar.is_some())) {
            request_animation_frame(move || take_focus(store));
        }
    });
    view! {
        <div class="many" role="group" aria-label=t("many-title")>
            <div class="many-head">
                <strong class="many-count">
                    {changing(move || if any.get() { selected(count.get()) } else { t("many-none") })}
                </strong>
                <All many=many />
                <button
                    type="button"
                    class="icon-button"
                    aria-label=t("many-clear")
                    title=t("many-clear")
                    aria-keyshortcuts="Escape"
                    on:click=move |_| store.rows.unpick()
                >
                    <Icon name="x" />
                </button>
            </div>
            {changing(move || any.get().then(|| view! { <Doings many=many choosing=choosing /> }))}
            <Working many=many />
        </div>
    }
    .into_any()
}

/// Selects all that is loaded, and says how far that goes.
#[component]
fn All(many: Many) -> impl IntoView {
    let rows = many.life.store.rows;
    let loaded = Memo::new(move |_| rows.order.with(Vec::len));
    let is_whole = Memo::new(move |_| rows.extent.with(|extent| extent.top && extent.end));
    let has_all = Memo::new(move |_| {
        rows.order.with(|order| rows.selection.with(|selection| order.iter().all(|row| selection.contains(row.id))))
    });
    changing(move || {
        if has_all.get() {
            (!is_whole.get()).then(|| view! { <span class="many-rest">{t("many-rest")}</span> }).into_any()
        } else {
            let key = if is_whole.get() { "many-all" } else { "many-all-loaded" };
            let words = t_with(key, &[("count", Arg::from(loaded.get()))]);
            view! { <button type="button" class="many-all" on:click=move |_| rows.pick_loaded()>{words}</button> }
                .into_any()
        }
    })
}

/// What may be done, by those who may.
#[component]
fn Doings(many: Many, choosing: RwSignal<bool>) -> impl IntoView {
    let may = |permission| many.life.store.may(permission);
    let (manages, assigns) = (may(Permission::ConversationsManage), may(Permission::ConversationsAssign));
    let reopen = move |_| many.change(Change::Status { to: NewStatus::Open });
    let resolve = move |_| many.change(Change::Status { to: NewStatus::Resolved { reason: None } });
    view! {
        <div class="many-doings">
            {manages
                .then(|| {
                    view! {
                        <button type="button" class="button life-resolve" aria-keyshortcuts="e" on:click=resolve>
                            <Icon name="check" />
                            <span>{t("life-resolve")}</span>
                        </button>
                        <button
                            type="button"
                            class="icon-button"
                            aria-label=t("life-reopen")
                            title=t("life-reopen")
                            on:click=reopen
                        >
                            <Icon name="rotate-ccw" />
                        </button>
                    }
                })}
            {assigns.then(|| view! { <ManyAssignee many=many /> })}
            {manages.then(|| view! { <ManyLabels many=many /> })}
            {manages.then(|| view! { <ManyMenu many=many choosing=choosing /> })}
        </div>
    }
    .into_any()
}

/// How far it has come, while it works.
#[component]
fn Working(many: Many) -> impl IntoView {
    let works = Memo::new(move |_| many.progress.get().is_some());
    let small = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let done = Signal::derive(move || many.progress.get().map_or(0, |(done, _)| small(done)));
    let of = Signal::derive(move || many.progress.get().map(|(_, of)| small(of)));
    changing(move || {
        works.get().then(|| {
            view! {
                <div class="many-working">
                    <Progress id="many-progress" label=t("many-working") done=done of=of />
                </div>
            }
        })
    })
}

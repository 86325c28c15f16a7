//! The tags: made, renamed, recoloured, deleted.

use charla_shared::{
    id::TagId,
    label::{NAME_MAX, NewLabel, TagView},
    text::clean_line,
};
use leptos::{ev::SubmitEvent, prelude::*};

use super::work::{Doomed, Work, tag_row};
use crate::{
    contacts::{api, tags::ColourSelect},
    i18n::{Arg, t, t_with},
    ui::{Icon, Submit, Tag, changing},
};

/// The tags.
#[component]
pub fn Tags(
    /// What can be done.
    work: Work,
) -> impl IntoView {
    let none = Memo::new(move |_| work.tags.with(Vec::is_empty));
    view! {
        <section class="panel" aria-labelledby="contact-tags">
            <h2 id="contact-tags">{t("contacts-tags")}</h2>
            <p class="quiet">{t("contacts-tags-text")}</p>
            {changing(move || none.get().then(|| view! { <p>{t("contacts-tags-no")}</p> }))}
            <ul class="entries" role="list">
                <For each=move || work.tags.get() key=|tag| tag.id let:tag>
                    <Row work=work tag=tag />
                </For>
            </ul>
            {changing(move || work.may_edit.get().then(|| view! { <New work=work /> }))}
        </section>
    }
    .into_any()
}

#[component]
fn Row(work: Work, tag: TagView) -> impl IntoView {
    let id = tag.id;
    // As it is now: it may have been renamed, here or elsewhere.
    let now = Memo::new(move |last: Option<&TagView>| {
        let now = work.tags.with(|tags| tags.iter().find(|tag| tag.id == id).cloned());
        now.or_else(|| last.cloned()).unwrap_or_else(|| tag.clone())
    });
    changing(move || {
        if work.may_edit.get() {
            view! { <Edit work=work now=now /> }.into_any()
        } else {
            let tag = move || now.with(|tag| view! { <Tag colour=tag.colour name=tag.name.clone() /> });
            view! { <li class="entry" id=tag_row(id)>{changing(tag)}</li> }.into_any()
        }
    })
}

#[component]
fn Edit(work: Work, now: Memo<TagView>) -> impl IntoView {
    let tag = now.get_untracked();
    let (name, colour) = (RwSignal::new(tag.name.clone()), RwSignal::new(tag.colour));
    // What is written here is a change of this.
    let seen = StoredValue::new(NewLabel { name: tag.name.clone(), colour: tag.colour });
    Effect::new(move |_| {
        let now = now.with(|now| NewLabel { name: now.name.clone(), colour: now.colour });
        let written = NewLabel { name: name.get_untracked(), colour: colour.get_untracked() };
        let untouched = seen.with_value(|seen| *seen == written);
        if untouched && written != now {
            name.set(now.name.clone());
            colour.set(now.colour);
        }
        if untouched || written == now {
            seen.set_value(now);
        }
    });
    let named = move |key: &str| t_with(key, &[("name", Arg::from(now.with(|tag| tag.name.clone())))]);
    let (id, delete, label) = (tag.id, move || named("contacts-delete"), move || named("contacts-name-of"));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let change = NewLabel { name: name.get_untracked(), colour: colour.get_untracked() };
        let before = seen.get_value();
        let request = async move {
            api::change_tag(work.workspace, id, change.clone(), Some(before)).await?;
            // As it is stored; what is written by now is a change of that.
            let stored = NewLabel { name: clean_line(&change.name), ..change.clone() };
            if name.try_get_untracked().as_ref() == Some(&change.name) {
                let _ = name.try_set(stored.name.clone());
            }
            let _ = seen.try_set_value(stored);
            Ok(())
        };
        work.make("contacts-changed", Box::pin(request), || {});
    };
    view! {
        <li class="entry" id=tag_row(id)>
            <form class="tag-row" on:submit=submit>
                <span class="tag-dot" data-label=move || colour.get().name()></span>
                <input
                    aria-label=label
                    dir="auto"
                    required
                    maxlength=NAME_MAX
                    autocomplete="off"
                    value=name.get_untracked()
                    prop:value=move || name.get()
                    on:input:target=move |event| name.set(event.target().value())
                />
                <ColourSelect colour=colour />
                <Submit quiet=true busy=work.busy>{t("contacts-save")}</Submit>
                <button
                    type="button"
                    class="icon-button"
                    aria-label=delete
                    title=delete
                    on:click=move |_| ask(work, id, now)
                >
                    <Icon name="trash-2" />
                </button>
            </form>
        </li>
    }
    .into_any()
}

/// Asks before it is deleted, naming how many contacts have it.
fn ask(work: Work, id: TagId, now: Memo<TagView>) {
    work.asked.set(Some(Doomed::Tag(now.get_untracked(), None)));
    leptos::task::spawn_local(async move {
        let count = api::tag_use(work.workspace, id).await.ok();
        let _ = work.asked.try_update(|asked| match asked {
            Some(Doomed::Tag(tag, known)) if tag.id == id => *known = count,
            _ => {}
        });
    });
}

#[component]
fn New(work: Work) -> impl IntoView {
    let (name, colour) = (RwSignal::new(String::new()), RwSignal::new(charla_shared::label::Colour::default()));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let new = NewLabel { name: name.get_untracked(), colour: colour.get_untracked() };
        let request = async move { api::create_tag(work.workspace, new).await.map(drop) };
        work.make("contacts-tag-created", Box::pin(request), move || _ = name.try_set(String::new()));
    };
    view! {
        <form class="tag-row" on:submit=submit>
            <input
                aria-label=t("contacts-tag-new")
                placeholder=t("contacts-tag-new")
                dir="auto"
                required
                maxlength=NAME_MAX
                autocomplete="off"
                prop:value=move || name.get()
                on:input:target=move |event| name.set(event.target().value())
            />
            <ColourSelect colour=colour />
            <Submit quiet=true busy=work.busy>{t("contacts-tag-create")}</Submit>
        </form>
    }
    .into_any()
}

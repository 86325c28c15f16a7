//! `/design` (development only): every component in every state, to be looked at when something about them changes.

use charla_shared::{
    permission::Role,
    problem::{Problem, ProblemKind},
};
use leptos::prelude::*;
use leptos_meta::Title;

use super::Sheet;
use crate::{
    account::Preferences,
    failure::Failure,
    ui::{
        Avatar, Badge, Button, EmptyState, ErrorState, Icon, Notice, PasswordField, RoleSelect, Skeleton, Submit,
        TextField,
    },
};

/// Every icon of the sprite.
const ICONS: &[&str] = &[
    "arrow-down",
    "arrow-left",
    "ban",
    "check",
    "check-check",
    "chevron-down",
    "circle-alert",
    "circle-help",
    "circle-user",
    "clipboard-list",
    "clock",
    "contact",
    "external-link",
    "eye",
    "eye-off",
    "file-text",
    "image",
    "inbox",
    "info",
    "lock",
    "log-out",
    "map-pin",
    "messages-square",
    "mic",
    "mouse-pointer-click",
    "pencil",
    "plus",
    "send-horizontal",
    "shopping-cart",
    "smartphone",
    "smile",
    "sticker",
    "users",
    "video",
    "wifi-off",
    "x",
];

/// The page. Its words are for its makers and not translated.
#[component]
pub fn DesignPage() -> impl IntoView {
    let role = RwSignal::new(Role::Member);
    let failure = |kind, code: &str| Failure(Problem::new(kind, code, "The host said why, in a sentence."));
    view! {
        <Title text="Design · Charla" />
        <Sheet title="Design".to_owned() back=("/".to_owned(), "Home".to_owned())>
            <Section name="Buttons">
                <div class="design-line">
                    <Button primary=true on_click=|_| ()>"Primary"</Button>
                    <Button on_click=|_| ()>"Plain"</Button>
                    <Button busy=Signal::stored(true) primary=true on_click=|_| ()>"Busy"</Button>
                    <Button busy=Signal::stored(true) on_click=|_| ()>"Busy"</Button>
                    <form action="/design">
                        <Submit quiet=true>"Submit, quiet"</Submit>
                    </form>
                    <a class="button" href="/design">"A link"</a>
                    <button type="button" class="icon-button" aria-label="Close">
                        <Icon name="x" />
                    </button>
                </div>
            </Section>
            <Section name="Fields">
                <form class="form" action="/design">
                    <TextField name="plain" label="Plain" value="Ana Souza" />
                    <TextField name="hinted" label="With a hint" hint="What it is for." />
                    <TextField name="wrong" label="With an error" value="ana@" error=Some("This is not an e-mail address.".to_owned()) />
                    <PasswordField name="secret" label="Password" autocomplete="off" hint="At least 10 characters." />
                    <RoleSelect label="Role" mine=Role::Owner role=role />
                </form>
            </Section>
            <Section name="Notices">
                <Notice>"Something went well."</Notice>
                <Notice bad=true>"Something went wrong, nothing was lost, and this is what to do."</Notice>
            </Section>
            <Section name="Counts and people">
                <div class="design-line">
                    <Badge count=1 label="1 unread" />
                    <Badge count=42 label="42 unread" />
                    <Badge count=1000 label="1000 unread" />
                    <span class="tag">"Tag"</span>
                    {["Ana Souza", "Bruno", "李 小龙", "Émile Zola", "+55 11 91234", "Zoë", "Q W", "Olga"]
                        .map(|name| view! { <Avatar name=name.to_owned() /> })}
                </div>
            </Section>
            <Section name="Nothing, loading, trouble">
                <EmptyState icon="inbox" title="Nothing here yet" text="What comes here, and how.">
                    <a class="button button-primary" href="/design">"The next step"</a>
                </EmptyState>
                <Skeleton rows=3 label="Loading" />
                <ErrorState failure=failure(ProblemKind::Unavailable, "unreachable") on_retry=|| () />
                <ErrorState failure=failure(ProblemKind::Forbidden, "design.forbidden") on_retry=|| () />
            </Section>
            <Section name="Preferences">
                <Preferences back="/design" />
            </Section>
            <Section name="Icons">
                <ul class="design-icons" role="list">
                    {ICONS.iter().map(|name| view! { <li><Icon name=name />{*name}</li> }).collect_view()}
                </ul>
            </Section>
        </Sheet>
    }
    .into_any()
}

#[component]
fn Section(name: &'static str, children: Children) -> impl IntoView {
    let id = format!("design-{}", name.to_lowercase().replace([' ', ','], "-"));
    view! {
        <section class="panel" aria-labelledby=id>
            <h2 id=id.clone()>{name}</h2>
            {children()}
        </section>
    }
}

//! What is pressed.

use leptos::prelude::*;

use super::{Group, LONG, Shown};
use crate::ui::{Button, Icon, Kbd, Submit};

/// Buttons and keys.
#[component]
pub(super) fn Buttons() -> impl IntoView {
    view! {
        <Group name="Buttons">
            <Shown name="Button">
                <div class="design-line">
                    <Button primary=true on_click=|_| ()>"Primary"</Button>
                    <Button on_click=|_| ()>"Plain"</Button>
                    <Button busy=Signal::stored(true) primary=true on_click=|_| ()>"Busy"</Button>
                    <Button busy=Signal::stored(true) on_click=|_| ()>"Busy"</Button>
                    <Button on_click=|_| ()>
                        <Icon name="plus" />
                        "With an icon"
                    </Button>
                    <a class="button" href="/design">"A link"</a>
                </div>
            </Shown>
            <Shown name="Button, long">
                <div class="design-narrow">
                    <Button primary=true on_click=|_| ()>{LONG}</Button>
                </div>
            </Shown>
            <Shown name="Submit">
                <form class="design-line" action="/design">
                    <Submit>"Submit"</Submit>
                    <Submit quiet=true>"Submit, quiet"</Submit>
                    <Submit busy=Signal::stored(true)>"Busy"</Submit>
                </form>
            </Shown>
            <Shown name="Icon button">
                <div class="design-line">
                    <button type="button" class="icon-button" aria-label="Close">
                        <Icon name="x" />
                    </button>
                    <button type="button" class="icon-button" aria-label="Search">
                        <Icon name="search" />
                    </button>
                </div>
            </Shown>
            <Shown name="Keys">
                <p class="design-line">"Keys: " <Kbd keys="j" /> <Kbd keys="g i" /> <Kbd keys="Ctrl K" /></p>
            </Shown>
        </Group>
    }
    .into_any()
}

//! What pages are laid out with.

use leptos::{html, prelude::*};

use super::Group;
use crate::ui::{
    Button, Choice, Disclosure, Icon, PageHead, Resized, Separator, Switch, Table, Tabs, Widths, changing,
};

/// Heads, tabs, tables, details, panes.
#[component]
pub(super) fn Layout() -> impl IntoView {
    let tab = RwSignal::new("files".to_owned());
    let tabs = vec![Choice::new("files", "Files"), Choice::new("notes", "Notes"), Choice::new("history", "History")];
    view! {
        <Group name="Layout">
            <PageHead title="The head of a page" back=Some(("#design-layout".to_owned(), "Where one came from".to_owned()))>
                <Button primary=true on_click=|_| ()>"The one thing to do"</Button>
            </PageHead>
            <Tabs id="design-tabs" label="About a contact" tabs=tabs chosen=tab>
                <p>"What is shown: " {changing(move || tab.get())}</p>
            </Tabs>
            <Disclosure summary="Details for who asks">
                <p>"The details."</p>
            </Disclosure>
            <Disclosure summary="Open at first" open=true>
                <p>"The details."</p>
            </Disclosure>
            <Table label="Conversations by day" columns=vec![("Day".to_owned(), false), ("Conversations".to_owned(), true)]>
                {[("Monday", 128), ("Tuesday", 7), ("Wednesday", 1024)]
                    .map(|(day, count)| view! { <tr><td>{day}</td><td class="number">{count}</td></tr> })}
            </Table>
            <Panes />
        </Group>
    }
    .into_any()
}

/// Two panes with a line between them. How wide the first is, is forgotten with the page.
#[component]
fn Panes() -> impl IntoView {
    let (panes, width) = (NodeRef::<html::Div>::new(), RwSignal::new(None));
    let widths = Widths { least: 80, most: 320, usual: 160, share: 60 };
    let resize = Callback::new(move |resized: Resized| width.set(resized.width));
    Effect::new(move |_| {
        let Some(panes) = panes.get() else { return };
        let width = width.get().unwrap_or(widths.usual);
        let panes: &web_sys::HtmlElement = &panes;
        let _ = panes.style().set_property("--pane-design", &format!("{width}px"));
    });
    view! {
        <div class="design-panes" node_ref=panes>
            <p>"The list"</p>
            <Separator label="Width of the list" widths=widths width=width on_resize=resize />
            <p>"The thread"</p>
        </div>
    }
    .into_any()
}

/// The same the other way round: what points on points to the left.
#[component]
pub(super) fn RightToLeft() -> impl IntoView {
    let on = RwSignal::new(true);
    let turn = Callback::new(move |now| on.set(now));
    view! {
        <Group name="Right to left">
            <div class="design-rtl" dir="rtl" lang="ar">
                <div class="design-line">
                    <a class="page-back" href="#design-right-to-left">
                        <Icon name="arrow-left" />
                        "رجوع"
                    </a>
                    <Button primary=true on_click=|_| ()>
                        <Icon name="send-horizontal" />
                        "إرسال"
                    </Button>
                </div>
                <Switch id="design-rtl-switch" label="الإشعارات" checked=on on_change=turn />
                <Disclosure summary="التفاصيل">
                    <p>"مرحبا"</p>
                </Disclosure>
            </div>
        </Group>
    }
    .into_any()
}

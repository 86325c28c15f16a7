//! What pages are laid out with.

use leptos::{html, prelude::*};

use super::{Group, LONG, Shown};
use crate::ui::{
    Button, Choice, Disclosure, PageHead, Resized, Separator, Table, Tabs, Widths, changing,
    chart::{Bars, Point},
};

/// Heads, tabs, tables, details, panes, charts.
#[component]
pub(super) fn Layout() -> impl IntoView {
    view! {
        <Group name="Layout">
            <Shown name="Page head">
                <PageHead title="The head of a page" back=Some(("#design-layout".to_owned(), "Where one came from".to_owned()))>
                    <Button primary=true on_click=|_| ()>"The one thing to do"</Button>
                </PageHead>
            </Shown>
            <Shown name="Page head, long">
                <PageHead title=LONG back=None>
                    <Button primary=true on_click=|_| ()>"The one thing to do"</Button>
                </PageHead>
            </Shown>
            <Parts />
            <Shown name="Disclosure">
                <Disclosure summary="Details for who asks">
                    <p>"The details."</p>
                </Disclosure>
                <Disclosure summary="Open at first" open=true>
                    <p>"The details."</p>
                </Disclosure>
                <Disclosure summary=LONG>
                    <p>"The details."</p>
                </Disclosure>
            </Shown>
            <Tables />
            <Shown name="Separator">
                <Panes />
            </Shown>
            <Charts />
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

#[component]
fn Parts() -> impl IntoView {
    let (tab, month) = (RwSignal::new("files".to_owned()), RwSignal::new("May".to_owned()));
    let tabs = vec![Choice::new("files", "Files"), Choice::new("notes", "Notes"), Choice::new("history", "History")];
    let months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October"];
    view! {
        <Shown name="Tabs">
            <Tabs id="design-tabs" label="About a contact" tabs=tabs chosen=tab>
                <p>"What is shown: " {changing(move || tab.get())}</p>
            </Tabs>
        </Shown>
        <Shown name="Tabs, many">
            <Tabs id="design-tabs-many" label="By month" tabs=months.map(|name| Choice::new(name, name)).to_vec() chosen=month>
                <p>"The month: " {changing(move || month.get())}</p>
            </Tabs>
        </Shown>
    }
}

#[component]
fn Tables() -> impl IntoView {
    let columns = || vec![("Day".to_owned(), false), ("Conversations".to_owned(), true)];
    view! {
        <Shown name="Table">
            <Table label="Conversations by day" columns=columns()>
                {[("Monday", 128), ("Tuesday", 7), ("Wednesday", 1024)]
                    .map(|(day, count)| view! { <tr><td>{day}</td><td class="number">{count}</td></tr> })}
            </Table>
        </Shown>
        <Shown name="Table, long">
            <Table label="Conversations by long names" columns=columns()>
                <tr>
                    <td>{LONG}</td>
                    <td class="number">"1,000,000"</td>
                </tr>
            </Table>
        </Shown>
    }
}

/// A week with values, and one in which nothing happened.
#[component]
fn Charts() -> impl IntoView {
    let kinds = || ["In".to_owned(), "Out".to_owned()];
    let week = Memo::new(|_| days([(12, 8), (30, 24), (4, 9), (51, 40), (22, 22), (0, 1), (3, 0)]));
    let quiet = Memo::new(|_| days([(0, 0); 7]));
    view! {
        <Shown name="Bars">
            <Bars id="design-bars" label="Messages of a week".to_owned() kinds=kinds() points=week />
        </Shown>
        <Shown name="Bars, empty">
            <Bars id="design-bars-empty" label="Messages of a quiet week".to_owned() kinds=kinds() points=quiet />
        </Shown>
    }
}

fn days(values: [(u32, u32); 7]) -> Vec<Point> {
    ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        .into_iter()
        .zip(values)
        .map(|(day, (inbound, outbound))| Point {
            short: day.to_owned(),
            sentence: format!("{day}: {inbound} in, {outbound} out"),
            values: [inbound, outbound],
        })
        .collect()
}

//! Tables: the browser's own, in a box that scrolls when there is no room.

use leptos::prelude::*;

/// A table. Columns of numbers have the class `number`.
#[component]
pub fn Table(
    /// What it is of; for ears, and for the keyboard when it scrolls.
    #[prop(into)]
    label: String,
    /// The names of its columns, and whether each holds numbers.
    columns: Vec<(String, bool)>,
    /// Its rows: `<tr>`s.
    children: Children,
) -> impl IntoView {
    let columns = columns
        .into_iter()
        .map(|(name, number)| {
            view! {
                <th scope="col" class:number=number>
                    {name}
                </th>
            }
        })
        .collect_view();
    view! {
        <div class="table-box" role="region" tabindex="0" aria-label=label>
            <table class="table">
                <thead>
                    <tr>{columns}</tr>
                </thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

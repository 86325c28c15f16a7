//! Why updates wait, and how many: the way to those of one reason, and to replaying them all.

use charla_shared::quarantine::{REASON_COUNT_MAX, Reason, ReasonCount};
use leptos::prelude::*;

use super::{address, address::Place, work::Work};
use crate::{
    i18n::{t, t_known},
    ui::Button,
};

/// A reason in words; one that this page does not know yet by its name.
pub fn in_words(reason: &Reason) -> String {
    let key = format!("quarantine-reason-{}", reason.as_str().replace('_', "-"));
    t_known(&key).unwrap_or_else(|| reason.to_string())
}

/// The table of reasons.
#[component]
pub fn Reasons(
    /// The reasons with their counts.
    counts: Vec<ReasonCount>,
    /// The one whose updates are on screen.
    chosen: Option<Reason>,
    /// What can be done.
    work: Work,
) -> impl IntoView {
    let all = chosen.is_none();
    let rows = counts
        .into_iter()
        .map(|line| {
            let current = chosen.as_ref() == Some(&line.reason);
            view! { <Line line=line current=current work=work /> }
        })
        .collect_view();
    view! {
        <section class="panel" aria-labelledby="quarantine-reasons">
            <div class="quarantine-head">
                <h2 id="quarantine-reasons">{t("quarantine-reasons")}</h2>
                <Button on_click=move |_| work.refresh()>{t("quarantine-refresh")}</Button>
            </div>
            <table class="quarantine-reasons" aria-labelledby="quarantine-reasons">
                <thead>
                    <tr>
                        <th scope="col">{t("quarantine-reason")}</th>
                        <th scope="col">{t("quarantine-count")}</th>
                        <th scope="col">
                            <span class="visually-hidden">{t("quarantine-actions")}</span>
                        </th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            {(!all).then(|| view! { <p><a href=address::ALL>{t("quarantine-all")}</a></p> })}
        </section>
    }
    .into_any()
}

#[component]
fn Line(line: ReasonCount, current: bool, work: Work) -> impl IntoView {
    let ReasonCount { reason, count } = line;
    let shown = if count > REASON_COUNT_MAX { format!("{REASON_COUNT_MAX}+") } else { count.to_string() };
    let href = Place { reason: Some(reason.clone()), after: None }.address();
    let words = in_words(&reason);
    let name = reason.to_string();
    view! {
        <tr data-reason=name>
            <th scope="row">
                <a href=href aria-current=current.then_some("true")>
                    {words.clone()}
                </a>
            </th>
            <td>{shown}</td>
            <td>
                // One at a time: the news are about one.
                <Button busy=work.replay_all.pending() on_click=move |_| _ = work.replay_all.dispatch(reason.clone())>
                    {t("quarantine-replay-all")}
                    <span class="visually-hidden">": " {words}</span>
                </Button>
            </td>
        </tr>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where updates are put into quarantine.
    const SOURCES: [&str; 2] = [
        include_str!("../../../server/core/src/webhooks/apply.rs"),
        include_str!("../../../server/core/src/webhooks/process.rs"),
    ];

    #[test]
    fn every_reason_that_is_written_has_words() {
        let written: Vec<_> = SOURCES
            .iter()
            .flat_map(|source| source.split("Quarantine { reason: \"").skip(1))
            .filter_map(|rest| rest.split('"').next())
            .collect();
        assert!(written.len() > 7, "{written:?}");
        for name in written {
            let reason: Reason = name.parse().expect("a reason");
            assert_ne!(in_words(&reason), name, "no words for it");
        }
    }
}

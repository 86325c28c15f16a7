//! What may be chosen, one to a line.

use charla_shared::contact_field::FieldKind;
use leptos::prelude::*;

use crate::i18n::t;

/// The lines that say something.
pub fn lines(written: &str) -> Vec<String> {
    written.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// The kind of this name with what was written as its choices; text when there is no such kind.
pub fn kind(name: &str, written: &str) -> FieldKind {
    FieldKind::from_name(name, lines(written)).unwrap_or(FieldKind::Text)
}

/// The choices being written.
#[component]
pub fn Choices(
    /// Unique on the page.
    id: String,
    /// What stands there.
    written: RwSignal<String>,
) -> impl IntoView {
    view! {
        <div class="field">
            <label for=id.clone()>{t("contacts-choices")}</label>
            <textarea
                id=id
                rows="4"
                dir="auto"
                prop:value=move || written.get()
                on:input:target=move |event| written.set(event.target().value())
            ></textarea>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_the_lines_that_say_something() {
        assert_eq!(lines(" Gold \n\n  \nSilver"), ["Gold", "Silver"]);
        assert_eq!(kind("choice", "Gold").choices(), ["Gold"]);
        assert_eq!(kind("yes_no", "Gold"), FieldKind::YesNo);
    }
}

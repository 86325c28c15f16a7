//! A person's initials on a colour that is always theirs.

use leptos::prelude::*;

use super::dynamic::changing;

/// Colours of `style/components/avatar.css`.
const COLOURS: u32 = 8;

/// The initials of the first and the last word, in capitals; none when there is no letter or digit to show.
fn initials(name: &str) -> String {
    let mut letters = name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let first = letters.next();
    let last = letters.next_back();
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

/// The number of a name's colour (FNV-1a: stable over releases and machines).
fn colour(name: &str) -> u32 {
    name.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)) % COLOURS
}

/// The picture of somebody without a picture. Their name stands beside it, so it is hidden from screen readers.
#[component]
pub fn Avatar(
    /// Their name.
    #[prop(into)]
    name: Signal<String>,
) -> impl IntoView {
    view! {
        <span class="avatar" data-colour=move || name.with(|name| colour(name)) aria-hidden="true">
            {changing(move || name.with(|name| initials(name)))}
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_those_of_the_first_and_last_word() {
        assert_eq!(initials("Ana Maria de Souza"), "AS");
        assert_eq!(initials("ñandú"), "Ñ");
        assert_eq!(initials("+55 11 98765"), "59");
        assert_eq!(initials("李 小龙"), "李小");
        assert_eq!(initials("🦙 ~"), "");
        assert_eq!(initials(""), "");
    }

    #[test]
    fn a_colour_stays_with_its_name() {
        assert_eq!(colour("Ana"), colour("Ana"));
        assert!((0..50).map(|n| colour(&n.to_string())).collect::<std::collections::BTreeSet<_>>().len() > 4);
    }
}

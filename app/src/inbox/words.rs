//! Words of a message with their markup, cut when they are very long: the rest is a click away.

use leptos::prelude::*;

use super::markup::{Block, Inline, Mark, blocks, is_large_emoji};
use crate::{i18n::t, ui::changing};

/// Characters and lines that are shown at first.
const SHOWN: usize = 1_500;
const LINES: usize = 40;
/// Characters up to which a blank is looked for to cut at.
const BACK: usize = 60;

/// The words.
#[component]
pub fn Words(
    /// As written.
    text: String,
) -> impl IntoView {
    let Some(end) = cut(&text) else { return shown(&text) };
    let whole = RwSignal::new(false);
    view! {
        {changing(move || {
            if whole.get() {
                return shown(&text);
            }
            view! {
                {shown(&text[..end])}
                <button type="button" class="bubble-more" on:click=move |_| whole.set(true)>
                    {t("message-more")}
                </button>
            }
                .into_any()
        })}
    }
    .into_any()
}

/// Where a very long text is cut: after a word, where there is one. None for a text that is shown whole.
fn cut(text: &str) -> Option<usize> {
    let by_length = text.char_indices().nth(SHOWN).map(|(place, _)| place);
    let by_lines = text.match_indices('\n').nth(LINES).map(|(place, _)| place);
    let end = match (by_length, by_lines) {
        (Some(length), Some(lines)) => length.min(lines),
        (length, lines) => length.or(lines)?,
    };
    let blank = text[..end].char_indices().rev().take(BACK).find(|(_, c)| c.is_whitespace());
    Some(blank.map_or(end, |(place, _)| place))
}

fn shown(text: &str) -> AnyView {
    if is_large_emoji(text) {
        return view! { <p class="bubble-words bubble-emoji">{text.to_owned()}</p> }.into_any();
    }
    blocks(text).iter().map(block).collect_view().into_any()
}

fn block(block: &Block<'_>) -> AnyView {
    match block {
        Block::Words(words) => view! { <p class="bubble-words" dir="auto">{inlines(words)}</p> }.into_any(),
        Block::Quotation(lines) => {
            let lines = lines.iter().map(|line| view! { <p dir="auto">{inlines(line)}</p> }).collect_view();
            view! { <blockquote class="bubble-words">{lines}</blockquote> }.into_any()
        }
        Block::Bullets(list) => view! { <ul class="bubble-words">{items(list)}</ul> }.into_any(),
        Block::Numbers { first, items: list } => {
            view! { <ol class="bubble-words" start=first.to_string()>{items(list)}</ol> }.into_any()
        }
        Block::Code(code) => view! { <pre class="bubble-words"><code>{(*code).to_owned()}</code></pre> }.into_any(),
    }
}

fn items(list: &[Vec<Inline<'_>>]) -> AnyView {
    list.iter().map(|item| view! { <li dir="auto">{inlines(item)}</li> }).collect_view().into_any()
}

fn inlines(pieces: &[Inline<'_>]) -> AnyView {
    pieces.iter().map(inline).collect_view().into_any()
}

fn inline(piece: &Inline<'_>) -> AnyView {
    match piece {
        Inline::Text(text) => (*text).to_owned().into_any(),
        Inline::Code(code) => view! { <code>{(*code).to_owned()}</code> }.into_any(),
        Inline::Marked(Mark::Bold, inside) => view! { <strong>{inlines(inside)}</strong> }.into_any(),
        Inline::Marked(Mark::Italic, inside) => view! { <em>{inlines(inside)}</em> }.into_any(),
        Inline::Marked(Mark::Struck, inside) => view! { <s>{inlines(inside)}</s> }.into_any(),
        Inline::Link(link) => {
            // Where the written host could be taken for another, the real one stands beside it.
            let host = link.host.clone().map(|host| view! { <bdi class="bubble-host">{format!(" ({host})")}</bdi> });
            view! {
                <a href=link.address() target="_blank" rel="noopener noreferrer nofollow">{link.shown.to_owned()}</a>
                {host}
            }
            .into_any()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_very_long_text_is_cut_after_a_word() {
        assert_eq!(cut(&"word ".repeat(300)), None);
        let long = "word ".repeat(1_000);
        let end = cut(&long).expect("long");
        assert!(long[..end].ends_with("word") && end > SHOWN - BACK, "{end}");
        assert_eq!(cut(&"x".repeat(65_536)), Some(SHOWN));
        assert_eq!(cut(&"é\u{301}".repeat(40_000)).map(|end| end > 0), Some(true));
        assert!(cut(&"\n".repeat(100)).is_some());
    }
}

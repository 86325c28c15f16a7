//! The marks of what was found: ranges over the words that are in the page, by the CSS Custom Highlight API, so no
//! element is touched and nothing is laid out anew. A browser without it (Firefox before 140) shows which message it is,
//! and no marks in it.

use charla_shared::{
    id::MessageId,
    search::{Mark, ThreadHit},
};
use js_sys::{Array, Function, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement, Node, Range};

use crate::inbox::scroll::element_id;

/// The marks of all hits, and those of the one on screen; the style sheet knows them by these names.
const ALL: &str = "found";
const HERE: &str = "found-here";

/// What holds the words of a message. Others stand in its bubble, too: what it quotes, who wrote it.
const WORDS: &str =
    ".bubble > :is(.bubble-words, .bubble-file, .bubble-place, .bubble-aside, .bubble-card, .bubble-emoji)";

/// Node.TEXT_NODE of the DOM standard.
const TEXT: u16 = 3;

/// Marks the hits that are in the page; `here` is the one on screen.
pub fn paint(hits: &[ThreadHit], here: Option<MessageId>) {
    let (all, now) = (Array::new(), Array::new());
    for hit in hits {
        let Some(line) = document().get_element_by_id(&element_id(hit.id)) else { continue };
        let texts = texts_of(&line);
        let ranges = if here == Some(hit.id) { &now } else { &all };
        for range in hit.marks.iter().filter_map(|mark| range(&texts, mark)) {
            ranges.push(&range);
        }
    }
    // Fails only where the browser has no such marks.
    let _ = set(ALL, &all).and_then(|()| set(HERE, &now));
}

/// Takes all marks away.
pub fn clear() {
    paint(&[], None);
}

/// Shows all of a long message that was cut, when what was found is in the rest.
pub fn unfold(hit: &ThreadHit) {
    let Some(line) = document().get_element_by_id(&element_id(hit.id)) else { return };
    let more = line.query_selector(".bubble-more").ok().flatten();
    let Some(more) = more.and_then(|more| more.dyn_into::<HtmlElement>().ok()) else { return };
    let texts = texts_of(&line);
    if hit.marks.iter().any(|mark| range(&texts, mark).is_none()) {
        more.click();
    }
}

fn set(name: &str, ranges: &Array) -> Result<(), JsValue> {
    let class: Function = Reflect::get(&window(), &"Highlight".into())?.dyn_into()?;
    let highlight = Reflect::construct(&class, ranges)?;
    let css = Reflect::get(&window(), &"CSS".into())?;
    let registry = Reflect::get(&css, &"highlights".into())?;
    let set: Function = Reflect::get(&registry, &"set".into())?.dyn_into()?;
    set.call2(&registry, &name.into(), &highlight)?;
    Ok(())
}

/// The text nodes of a message's words, with what stands in them.
fn texts_of(line: &Element) -> Vec<(Node, String)> {
    let mut texts = Vec::new();
    if let Ok(parts) = line.query_selector_all(WORDS) {
        for part in (0..parts.length()).filter_map(|n| parts.item(n)) {
            gather(&part, &mut texts);
        }
    }
    texts
}

fn gather(node: &Node, texts: &mut Vec<(Node, String)>) {
    if node.node_type() == TEXT {
        texts.push((node.clone(), node.text_content().unwrap_or_default()));
        return;
    }
    let inside = node.child_nodes();
    for child in (0..inside.length()).filter_map(|n| inside.item(n)) {
        gather(&child, texts);
    }
}

/// Where a mark is. None when its letters are not together in the page: markup within a phrase parts them.
fn range(texts: &[(Node, String)], mark: &Mark) -> Option<Range> {
    let (node, start, end) = place(texts.iter().map(|(_, text)| text.as_str()), mark)?;
    let (node, _) = texts.get(node)?;
    let range = document().create_range().ok()?;
    range.set_start(node, start).ok()?;
    range.set_end(node, end).ok()?;
    Some(range)
}

/// Which of the texts a mark is in, from where to where; in UTF-16 units, as the DOM counts.
fn place<'a>(texts: impl Iterator<Item = &'a str>, mark: &Mark) -> Option<(usize, u32, u32)> {
    let mut before = mark.nth;
    for (number, text) in texts.enumerate() {
        let count = text.matches(mark.words.as_str()).count();
        if let Some((start, words)) = text.match_indices(mark.words.as_str()).nth(before) {
            let units = |text: &str| u32::try_from(text.encode_utf16().count()).ok();
            let from = units(&text[..start])?;
            return Some((number, from, from + units(words)?));
        }
        before -= count;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(words: &str, nth: usize) -> Mark {
        Mark { words: words.to_owned(), nth }
    }

    #[test]
    fn a_mark_is_found_by_its_letters_across_texts() {
        let texts = ["plan an ", "AN", " an end"];
        let place = |mark: &Mark| place(texts.into_iter(), mark);
        assert_eq!(place(&mark("an", 0)), Some((0, 2, 4)));
        assert_eq!(place(&mark("an", 1)), Some((0, 5, 7)));
        assert_eq!(place(&mark("an", 2)), Some((2, 1, 3)));
        assert_eq!(place(&mark("AN", 0)), Some((1, 0, 2)));
        assert_eq!(place(&mark("an", 3)), None);
        assert_eq!(place(&mark("nothing", 0)), None);
    }

    #[test]
    fn places_are_counted_as_the_dom_counts() {
        assert_eq!(place(["🎉 José 猫"].into_iter(), &mark("José", 0)), Some((0, 3, 7)));
        assert_eq!(place(["🎉 José 猫"].into_iter(), &mark("猫", 0)), Some((0, 8, 9)));
    }
}

//! Why a message failed and what to do, in the reader's language.

use crate::i18n::t_known;

/// The translation of a reason by its name, else its English sentence.
#[must_use]
pub fn words(key: Option<&str>, sentence: Option<&str>) -> Option<String> {
    key.and_then(|key| t_known(&format!("failure-{key}"))).or_else(|| sentence.map(str::to_owned))
}

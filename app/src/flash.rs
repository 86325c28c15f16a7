//! What a form has to say to the next page: carried by a cookie, shown once.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The word of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flash {
    /// Which form.
    pub form: String,
    /// What happened: a problem's code, or good news.
    pub code: String,
    /// Reasons by field.
    #[serde(default)]
    pub details: BTreeMap<String, String>,
    /// What was typed, to be filled in again. Never a password.
    #[serde(default)]
    pub values: BTreeMap<String, String>,
}

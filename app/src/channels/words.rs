//! Words about channels: Meta's in the reader's language, and what went wrong.

use std::collections::BTreeMap;

use charla_shared::{
    channel::{Trouble, TroubleKind},
    problem::{Problem, ProblemKind},
};
use uuid::Uuid;

use crate::{
    failure::Failure,
    i18n::{t, t_known},
    inbox::remedy,
    ui::problem_words,
};

/// What went wrong, and that nothing was lost by it.
pub fn trouble_words(failure: &Failure) -> String {
    let words = problem_words(&failure.0);
    // What only the host has words for says so itself.
    let known = words != failure.0.message && failure.0.code.starts_with("channel.");
    if known { format!("{words} {}", t("channels-unchanged")) } else { words }
}

/// Why a number sends nothing, and what to do: by what has to be mended.
pub fn stopped_words(trouble: &Trouble) -> String {
    match trouble.kind() {
        Some(TroubleKind::Token) => t("channels-stopped-token"),
        Some(TroubleKind::Permission) => t("channels-stopped-permission"),
        Some(TroubleKind::Payment) => t("channels-stopped-payment"),
        Some(TroubleKind::Account) | None => {
            remedy::words(trouble.remedy_key.as_deref(), None).unwrap_or_else(|| t("channels-stopped-account"))
        }
    }
}

/// Meta's word on the quality of a number.
pub fn quality_words(quality: &str) -> Option<String> {
    t_known(&format!("channels-quality-{}", quality.to_ascii_lowercase()))
}

/// What is wrong by field, as [`field_words`] looks it up.
pub type Wrong = BTreeMap<String, String>;

/// The fields that a problem is about.
pub fn wrong_fields(problem: &Problem) -> Wrong {
    // Only of input that breaks a rule: Meta's refusals are sentences of their own.
    if problem.kind != ProblemKind::Invalid || problem.code != "invalid" {
        return Wrong::new();
    }
    let field = |path: &String| path.rsplit('.').next().unwrap_or(path).to_owned();
    problem.details.iter().map(|(path, reason)| (field(path), reason.clone())).collect()
}

/// What is wrong with a field, in the reader's language.
pub fn field_words(wrong: &Wrong, field: &str) -> Option<String> {
    let reason = wrong.get(field)?;
    Some(t_known(&format!("channels-error-{}", field.replace('_', "-"))).unwrap_or_else(|| reason.clone()))
}

/// A verify token nobody guesses: 244 random bits. For the browser; the host must not write what the browser would not.
pub fn random_token() -> String {
    format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple())
}

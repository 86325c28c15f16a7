//! What may go wrong with contacts, in sentences.

use charla_shared::{
    contact::{TAGS_MAX, TAGS_OF_CONTACT_MAX},
    contact_field::{FIELDS_MAX, ValueProblem},
    problem::{Problem, ProblemKind},
};

use crate::Failure;

/// What may go wrong with contacts.
#[derive(Debug, thiserror::Error)]
pub enum ContactsError {
    /// What every feature shares.
    #[error(transparent)]
    Shared(#[from] Failure),
    /// Another tag or field of the workspace is called so, whatever the case of its letters.
    #[error("the name is taken")]
    NameTaken,
    /// The workspace has as many tags as it may have.
    #[error("the workspace has {TAGS_MAX} tags already")]
    TooManyTags,
    /// The contact has as many tags as it may have.
    #[error("the contact has {TAGS_OF_CONTACT_MAX} tags already")]
    TooManyTagsHere,
    /// The workspace has as many fields as it may have.
    #[error("the workspace has {FIELDS_MAX} fields already")]
    TooManyFields,
    /// A field stays of its kind, because its values are.
    #[error("a field's kind cannot be changed")]
    KindFixed,
    /// Somebody has changed it since it was read.
    #[error("it was changed since")]
    ChangedSince,
    /// A value does not fit its field.
    #[error(transparent)]
    Value(#[from] ValueProblem),
}

impl From<sqlx::Error> for ContactsError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(cause)
                if matches!(cause.constraint(), Some("tags_by_name" | "contact_fields_by_name")) =>
            {
                Self::NameTaken
            }
            _ => Self::Shared(error.into()),
        }
    }
}

impl From<crate::DatabaseError> for ContactsError {
    fn from(error: crate::DatabaseError) -> Self {
        Self::Shared(error.into())
    }
}

impl From<garde::Report> for ContactsError {
    fn from(report: garde::Report) -> Self {
        Self::Shared(report.into())
    }
}

impl From<ContactsError> for Problem {
    fn from(error: ContactsError) -> Self {
        let conflict = |code: &str, message: String| Self::new(ProblemKind::Conflict, code, message);
        match error {
            ContactsError::Shared(failure) => failure.into(),
            ContactsError::NameTaken => {
                conflict("contacts.name_taken", "There is one of this name already. Nothing was changed.".to_owned())
            }
            ContactsError::TooManyTags => conflict(
                "contacts.too_many_tags",
                format!("This workspace has {TAGS_MAX} tags, which is as many as it can have."),
            ),
            ContactsError::TooManyTagsHere => conflict(
                "contacts.too_many_tags_here",
                format!("This contact has {TAGS_OF_CONTACT_MAX} tags, which is as many as one can have."),
            ),
            ContactsError::TooManyFields => conflict(
                "contacts.too_many_fields",
                format!("This workspace has {FIELDS_MAX} fields, which is as many as it can have."),
            ),
            ContactsError::KindFixed => conflict(
                "contacts.kind_fixed",
                "A field stays of its kind. Make another field for the other kind of value.".to_owned(),
            ),
            ContactsError::ChangedSince => conflict(
                "contacts.changed_since",
                "Somebody has changed this since you opened it. Nothing was changed; load the page anew to see it."
                    .to_owned(),
            ),
            ContactsError::Value(problem) => {
                let code = format!("contacts.value_{}", problem.name());
                Self::new(ProblemKind::Invalid, &code, format!("It was not saved: {problem}."))
            }
        }
    }
}

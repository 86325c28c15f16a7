//! Recognising the sender of a message: business-scoped user id first, then phone number (meta-api.md §13). Either may
//! be missing; what is new about a known person is added to them.

use charla_shared::{id::ContactId, text};
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use crate::{Failure, Tx};

/// What a message says about its sender.
#[derive(Debug, Clone, Default)]
pub(crate) struct Known {
    /// Digits, no plus.
    pub phone: Option<String>,
    /// Business-scoped user id.
    pub user_id: Option<String>,
    /// The same for linked portfolios.
    pub parent_user_id: Option<String>,
    /// The name they chose themselves.
    pub name: Option<String>,
    /// Their username.
    pub username: Option<String>,
}

impl Known {
    /// In the order in which they are trusted.
    fn identities(&self) -> Vec<(&'static str, &str)> {
        [("bsuid", &self.user_id), ("parent_bsuid", &self.parent_user_id), ("phone", &self.phone)]
            .into_iter()
            .filter_map(|(kind, value)| Some((kind, value.as_deref().filter(|v| (1..=200).contains(&v.len()))?)))
            .collect()
    }
}

/// The contact this is, made if they are new. Gives none when nothing identifies them.
pub(crate) async fn recognise(tx: &mut Tx, known: &Known) -> Result<Option<ContactId>, Failure> {
    let identities = known.identities();
    let workspace = tx.workspace();
    if identities.is_empty() {
        return Ok(None);
    }
    // Two first messages of one person, side by side, must not make two contacts. Sorted, so that two transactions
    // cannot wait for each other.
    let mut locks: Vec<String> = identities.iter().map(|(kind, value)| format!("{workspace} {kind} {value}")).collect();
    locks.sort_unstable();
    for lock in locks {
        sqlx::query!("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", lock).execute(tx.sql()).await?;
    }

    let mut found = None;
    let mut missing = Vec::new();
    for (kind, value) in identities {
        let contact = sqlx::query_scalar!(
            "SELECT contact_id FROM identities WHERE workspace_id = $1 AND kind = $2 AND value = $3",
            workspace,
            kind,
            value
        )
        .fetch_optional(tx.sql())
        .await?;
        match contact {
            Some(contact) if found.is_none() => found = Some((contact, kind)),
            // Known as somebody else too: which of the two is right is for a person to decide (row D2).
            Some(_) => {}
            None => missing.push((kind, value)),
        }
    }
    // Known by their number only, while the number's contact is somebody with another user id: the number has a new owner
    // (user ids change with it, meta-api.md §13). It goes with them; the old contact keeps their history.
    let mut moved = None;
    if let Some((contact, "phone")) = found
        && known.user_id.is_some()
    {
        let other = sqlx::query_scalar!(
            r#"SELECT EXISTS (SELECT FROM identities WHERE workspace_id = $1 AND contact_id = $2 AND kind = 'bsuid') AS "other!""#,
            workspace,
            contact
        )
        .fetch_one(tx.sql())
        .await?;
        if other {
            found = None;
            moved.clone_from(&known.phone);
        }
    }
    let now = tx.now();
    let name = known.name.as_deref().map(text::clean_line).map(|n| text::shorten(&n, 190)).unwrap_or_default();
    let username = known
        .username
        .as_deref()
        .map(|u| text::shorten(text::clean_line(u).trim_start_matches('@'), 90))
        .filter(|u| !u.is_empty());
    let contact = if let Some((contact, _)) = found {
        // A name that a person gave themselves fills a gap and never overwrites what members wrote.
        sqlx::query!(
            "UPDATE contacts SET name = CASE WHEN name = '' THEN $3 ELSE name END, username = coalesce($4, username)
             WHERE workspace_id = $1 AND id = $2 AND ((name = '' AND $3 <> '') OR username IS DISTINCT FROM coalesce($4, username))",
            workspace,
            contact,
            name,
            username
        )
        .execute(tx.sql())
        .await?;
        contact
    } else {
        let contact: Uuid = tx.id();
        sqlx::query!(
            "INSERT INTO contacts (workspace_id, id, name, username, created_at) VALUES ($1, $2, $3, $4, $5)",
            workspace,
            contact,
            name,
            username,
            now.to_sqlx() as _
        )
        .execute(tx.sql())
        .await?;
        contact
    };
    if let Some(phone) = moved {
        sqlx::query!(
            "UPDATE identities SET contact_id = $3, created_at = $4 WHERE workspace_id = $1 AND kind = 'phone' AND value = $2",
            workspace,
            phone,
            contact,
            now.to_sqlx() as _
        )
        .execute(tx.sql())
        .await?;
    }
    for (kind, value) in missing {
        sqlx::query!(
            "INSERT INTO identities (workspace_id, kind, value, contact_id, created_at) VALUES ($1, $2, $3, $4, $5)",
            workspace,
            kind,
            value,
            contact,
            now.to_sqlx() as _
        )
        .execute(tx.sql())
        .await?;
    }
    Ok(Some(contact.into()))
}

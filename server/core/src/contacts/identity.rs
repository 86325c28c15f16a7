//! Recognising the sender of a message: business-scoped user id first, then phone number (meta-api.md §13). Either may
//! be missing; what is new about a known person is added to them.

use std::collections::{BTreeMap, HashMap, HashSet};

use charla_shared::{
    id::{ContactId, WorkspaceId},
    text,
};
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{Core, Failure};

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

    fn clean_name(&self) -> String {
        self.name.as_deref().map(text::clean_line).map(|name| text::shorten(&name, 190)).unwrap_or_default()
    }

    fn clean_username(&self) -> Option<String> {
        self.username
            .as_deref()
            .map(|name| text::shorten(text::clean_line(name).trim_start_matches('@'), 90))
            .filter(|name| !name.is_empty())
    }
}

/// The contacts these are, each made if they are new; none where nothing identifies them. In the caller's transaction.
///
/// People who are known, with nothing new about them, cost one statement however many they are; the others are looked at
/// one by one.
pub(crate) async fn recognise(
    core: &Core,
    sql: &mut PgConnection,
    senders: &[(WorkspaceId, &Known)],
) -> Result<Vec<Option<ContactId>>, Failure> {
    let on_file = on_file(sql, senders).await?;
    let mut contacts: Vec<Option<ContactId>> = Vec::with_capacity(senders.len());
    let mut unsure: BTreeMap<(WorkspaceId, Named<'_>), Vec<usize>> = BTreeMap::new();
    for (place, (workspace, known)) in senders.iter().enumerate() {
        let identities = known.identities();
        let contact = settled(*workspace, known, &identities, &on_file);
        if contact.is_none() && !identities.is_empty() {
            unsure.entry((*workspace, identities)).or_default().push(place);
        }
        contacts.push(contact);
    }
    let mut locked = None;
    for ((workspace, _), places) in unsure {
        // Two first messages of one person, side by side, must not make two contacts. One lock for all contacts of a
        // workspace, since a batch may hold hundreds of new people; workspaces come in order, so nobody waits crosswise.
        if locked.replace(workspace) != Some(workspace) {
            sqlx::query!("SELECT pg_advisory_xact_lock(hashtextextended('contacts ' || $1, 0))", workspace.to_string())
                .execute(&mut *sql)
                .await?;
        }
        for place in places {
            contacts[place] = recognise_one(core, sql, workspace, senders[place].1).await?;
        }
    }
    Ok(contacts)
}

/// What somebody is known by: kinds and values.
type Named<'a> = Vec<(&'static str, &'a str)>;

/// An identity as it is stored.
struct OnFile {
    contact: Uuid,
    /// What WhatsApp calls them, also where a member's name stands in its place.
    name: String,
    username: Option<String>,
}

async fn on_file(
    sql: &mut PgConnection,
    senders: &[(WorkspaceId, &Known)],
) -> Result<HashMap<(WorkspaceId, String, String), OnFile>, Failure> {
    let (mut workspaces, mut kinds, mut values) = (Vec::new(), Vec::new(), Vec::new());
    let mut seen = HashSet::new();
    for (workspace, known) in senders {
        for (kind, value) in known.identities() {
            if seen.insert((*workspace, kind, value)) {
                workspaces.push(Uuid::from(*workspace));
                kinds.push(kind);
                values.push(value);
            }
        }
    }
    let rows = sqlx::query!(
        r#"SELECT i.workspace_id, i.kind, i.value, i.contact_id, c.username,
                CASE WHEN c.name_given THEN coalesce(c.profile_name, '') ELSE c.name END AS "name!"
         FROM unnest($1::uuid[], $2::text[], $3::text[]) AS k (workspace_id, kind, value)
         JOIN identities i USING (workspace_id, kind, value)
         JOIN contacts c ON c.workspace_id = i.workspace_id AND c.id = i.contact_id"#,
        &workspaces,
        &kinds as _,
        &values as _
    )
    .fetch_all(sql)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let found = OnFile { contact: row.contact_id, name: row.name, username: row.username };
            ((row.workspace_id.into(), row.kind, row.value), found)
        })
        .collect())
}

/// The contact, when everything said about them is on file already and says the same.
fn settled(
    workspace: WorkspaceId,
    known: &Known,
    identities: &[(&'static str, &str)],
    on_file: &HashMap<(WorkspaceId, String, String), OnFile>,
) -> Option<ContactId> {
    let mut found: Option<&OnFile> = None;
    for (kind, value) in identities {
        let entry = on_file.get(&(workspace, (*kind).to_owned(), (*value).to_owned()))?;
        if found.is_some_and(|found| found.contact != entry.contact) {
            return None;
        }
        found = Some(entry);
    }
    let found = found?;
    let name = known.clean_name();
    let name_is_news = !name.is_empty() && found.name != name;
    let username_is_news = known.clean_username().is_some_and(|name| found.username.as_deref() != Some(&name));
    (!name_is_news && !username_is_news).then(|| found.contact.into())
}

/// One sender, with everything that may be new about them.
async fn recognise_one(
    core: &Core,
    sql: &mut PgConnection,
    workspace: WorkspaceId,
    known: &Known,
) -> Result<Option<ContactId>, Failure> {
    let identities = known.identities();
    let workspace = Uuid::from(workspace);
    if identities.is_empty() {
        return Ok(None);
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
        .fetch_optional(&mut *sql)
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
        .fetch_one(&mut *sql)
        .await?;
        if other {
            found = None;
            moved.clone_from(&known.phone);
        }
    }
    let now = core.environment.now();
    let (name, username) = (known.clean_name(), known.clean_username());
    let contact = if let Some((contact, _)) = found {
        // The name follows what WhatsApp tells, until a member gives one: then WhatsApp's is kept behind it.
        sqlx::query!(
            "UPDATE contacts
             SET name = CASE WHEN name_given OR $3 = '' THEN name ELSE $3 END,
                 profile_name = CASE WHEN name_given AND $3 <> '' THEN $3 ELSE profile_name END,
                 username = coalesce($4, username)
             WHERE workspace_id = $1 AND id = $2
               AND (($3 <> '' AND CASE WHEN name_given THEN profile_name ELSE name END IS DISTINCT FROM $3)
                    OR username IS DISTINCT FROM coalesce($4, username))",
            workspace,
            contact,
            name,
            username
        )
        .execute(&mut *sql)
        .await?;
        contact
    } else {
        let contact: Uuid = core.environment.id();
        sqlx::query!(
            "INSERT INTO contacts (workspace_id, id, name, username, created_at) VALUES ($1, $2, $3, $4, $5)",
            workspace,
            contact,
            name,
            username,
            now.to_sqlx() as _
        )
        .execute(&mut *sql)
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
        .execute(&mut *sql)
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
        .execute(&mut *sql)
        .await?;
    }
    Ok(Some(contact.into()))
}

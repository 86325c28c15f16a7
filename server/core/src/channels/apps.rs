//! The Meta apps of workspaces: each has a webhook address of its own, whose deliveries are signed with its secret.
//!
//! A webhook has the app's id before anything else is known, and thousands come a second: what is needed to check them is
//! kept in memory for a few seconds, also that there is no such app.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};

use charla_shared::{
    channel,
    event::Happening,
    id::{MetaAppId, WorkspaceId},
};
use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx;
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use crate::{Actor, Core, Failure, Tx, audit::NewEntry};

/// How long keys are believed without looking: how long another process may go on with a secret that was changed here.
const BELIEVED: SignedDuration = SignedDuration::from_secs(10);
/// How many apps are kept, those that do not exist included.
const KEPT: usize = 4096;
/// How exactly the last delivery is written down: one write a minute and app costs nothing.
const NOTED_EVERY: SignedDuration = SignedDuration::from_mins(1);

/// What an app's webhooks are checked with.
#[derive(Debug)]
pub struct AppKeys {
    /// Signs deliveries.
    pub secret: SecretString,
    /// Proves subscriptions.
    pub verify_token: SecretString,
    workspace: WorkspaceId,
    /// When a delivery was last written down, in microseconds since 1970; 0 for never.
    noted: AtomicI64,
}

#[derive(Debug, Clone)]
struct Kept {
    at: Timestamp,
    keys: Option<Arc<AppKeys>>,
}

impl Kept {
    /// A clock that went backwards makes it old, too.
    fn is_fresh(&self, now: Timestamp) -> bool {
        let age = now.duration_since(self.at);
        !age.is_negative() && age < BELIEVED
    }
}

/// The keys that were asked for lately.
#[derive(Debug, Default)]
pub struct AppCache {
    kept: Mutex<HashMap<MetaAppId, Kept>>,
    /// How often keys were changed here. Who reads the database while that happens may have read the old ones.
    changes: AtomicU64,
}

impl AppCache {
    fn with<T>(&self, what: impl FnOnce(&mut HashMap<MetaAppId, Kept>) -> T) -> T {
        // Nothing here panics half-way, so what a poisoned lock holds is whole.
        what(&mut self.kept.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn find(&self, app: MetaAppId, now: Timestamp) -> Option<Option<Arc<AppKeys>>> {
        self.with(|kept| kept.get(&app).filter(|kept| kept.is_fresh(now)).map(|kept| kept.keys.clone()))
    }

    /// Whether nothing would be learned by looking: it is there, or was, or was found missing just now.
    fn knows(&self, app: MetaAppId, now: Timestamp) -> bool {
        self.with(|kept| kept.get(&app).is_some_and(|kept| kept.keys.is_some() || kept.is_fresh(now)))
    }

    /// To be asked before the database is.
    fn changes(&self) -> u64 {
        self.changes.load(Ordering::Acquire)
    }

    /// Keeps what was read, unless keys were changed since there were `changes`. Who guesses ids by the thousand fills it
    /// with apps that do not exist: those go first.
    fn keep(&self, app: MetaAppId, keys: Option<Arc<AppKeys>>, now: Timestamp, changes: u64) {
        self.with(|kept| {
            if self.changes() != changes {
                return;
            }
            if kept.len() >= KEPT {
                kept.retain(|_, one| one.keys.is_some());
            }
            if kept.len() >= KEPT {
                kept.retain(|_, one| one.is_fresh(now));
            }
            if kept.len() >= KEPT {
                kept.clear();
            }
            kept.insert(app, Kept { at: now, keys });
        });
    }

    /// Has the app looked up anew. To be called after the commit.
    pub(super) fn forget(&self, app: MetaAppId) {
        self.with(|kept| {
            self.changes.fetch_add(1, Ordering::AcqRel);
            kept.remove(&app);
        });
    }
}

/// Whether the app was there when it was last asked for, or was found missing a few seconds ago: asking for another one may
/// be a guess.
#[must_use]
pub fn knows_app(core: &Core, app: MetaAppId) -> bool {
    core.apps.knows(app, core.environment.now())
}

/// What webhooks of an app are checked with; none when there is no such app.
///
/// # Errors
/// When the database is away: nothing can be said about the webhook then.
pub async fn app_keys(core: &Core, app: MetaAppId) -> Result<Option<Arc<AppKeys>>, Failure> {
    let now = core.environment.now();
    if let Some(kept) = core.apps.find(app, now) {
        return Ok(kept);
    }
    let changes = core.apps.changes();
    let mut tx = core.database.worker().await?;
    // Served by meta_apps_by_id.
    let row = sqlx::query!(
        r#"SELECT workspace_id, secret_sealed, verify_token_sealed, last_delivery_at AS "last_delivery_at: jiff_sqlx::Timestamp"
           FROM meta_apps WHERE id = $1"#,
        Uuid::from(app)
    )
    .fetch_optional(&mut *tx)
    .await?;
    drop(tx);
    let keys = match row {
        None => None,
        Some(row) => Some(Arc::new(AppKeys {
            secret: open(core, SECRETS, app.into(), &row.secret_sealed)?,
            verify_token: open_verify_token(core, app.into(), &row.verify_token_sealed)?,
            workspace: row.workspace_id.into(),
            noted: AtomicI64::new(row.last_delivery_at.map_or(0, |at| at.to_jiff().as_microsecond())),
        })),
    };
    core.apps.keep(app, keys.clone(), now, changes);
    Ok(keys)
}

/// Writes down that Meta proved the subscription with the app's verify token.
///
/// Events: the channels changed.
pub async fn subscribed(core: &Core, app: MetaAppId, keys: &AppKeys) -> Result<(), Failure> {
    let mut tx = Actor::system(keys.workspace, "webhooks").begin(core).await?;
    let (workspace, now) = (tx.workspace(), tx.now());
    sqlx::query!(
        "UPDATE meta_apps SET subscribed_at = $3 WHERE workspace_id = $1 AND id = $2",
        workspace,
        Uuid::from(app),
        now.to_sqlx() as _
    )
    .execute(tx.sql())
    .await?;
    tx.tell(&Happening::ChannelChanged).await?;
    tx.commit().await
}

/// Writes down that a delivery with a right signature came, to the minute.
///
/// Events: the channels changed, with the first.
pub async fn delivered(core: &Core, app: MetaAppId, keys: &AppKeys) -> Result<(), Failure> {
    let now = core.environment.now();
    let noted = keys.noted.load(Ordering::Relaxed);
    let due = now.as_microsecond().saturating_sub(noted) >= i64::try_from(NOTED_EVERY.as_micros()).unwrap_or(i64::MAX);
    // Of many at once, one writes.
    let mine =
        due && keys.noted.compare_exchange(noted, now.as_microsecond(), Ordering::Relaxed, Ordering::Relaxed).is_ok();
    if !mine {
        return Ok(());
    }
    let mut tx = Actor::system(keys.workspace, "webhooks").begin(core).await?;
    let workspace = tx.workspace();
    sqlx::query!(
        "UPDATE meta_apps SET last_delivery_at = $3 WHERE workspace_id = $1 AND id = $2",
        workspace,
        Uuid::from(app),
        now.to_sqlx() as _
    )
    .execute(tx.sql())
    .await?;
    if noted == 0 {
        tx.tell(&Happening::ChannelChanged).await?;
    }
    tx.commit().await
}

/// Where Meta is to send the app's webhooks.
pub(super) fn callback_url(core: &Core, app: MetaAppId) -> String {
    format!("{}/webhooks/meta/{app}", core.config.public_url)
}

/// Seals bind to a place: each of the row's two secrets has one of its own, so that neither passes for the other.
const SECRETS: &str = "meta_apps";
const VERIFY_TOKENS: &str = "meta_apps.verify_token";

fn open(core: &Core, place: &str, app: Uuid, sealed: &[u8]) -> Result<SecretString, Failure> {
    core.sealer.open(place, app, sealed).map_err(|error| Failure::Corrupt(error.to_string()))
}

pub(super) fn open_verify_token(core: &Core, app: Uuid, sealed: &[u8]) -> Result<SecretString, Failure> {
    open(core, VERIFY_TOKENS, app, sealed)
}

/// The workspace's app with this secret, made if there is none; the verify token is its from now on. The workspace is
/// locked by the caller.
///
/// Audit: `meta_app.add` or `meta_app.set_verify_token`.
pub(super) async fn find_or_add(
    tx: &mut Tx,
    secret: &SecretString,
    verify_token: &SecretString,
) -> Result<MetaAppId, Failure> {
    let (workspace, tail) = (tx.workspace(), channel::tail(secret.expose_secret()));
    let alike = sqlx::query!(
        "SELECT id, secret_sealed, verify_token_sealed FROM meta_apps
         WHERE workspace_id = $1 AND secret_tail = $2 ORDER BY id",
        workspace,
        tail
    )
    .fetch_all(tx.sql())
    .await?;
    let core = tx.core().clone();
    for row in alike {
        if open(&core, SECRETS, row.id, &row.secret_sealed)?.expose_secret() != secret.expose_secret() {
            continue;
        }
        let app = MetaAppId::from(row.id);
        let present = open_verify_token(&core, row.id, &row.verify_token_sealed)?;
        if present.expose_secret() != verify_token.expose_secret() {
            store_verify_token(tx, app, verify_token).await?;
            tx.record(NewEntry::new("meta_app.set_verify_token", "meta_app", app));
        }
        return Ok(app);
    }
    let (app, now) = (tx.id::<MetaAppId>(), tx.now());
    sqlx::query!(
        "INSERT INTO meta_apps (workspace_id, id, secret_sealed, secret_tail, verify_token_sealed, created_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        workspace,
        Uuid::from(app),
        core.sealer.seal(&core.environment, SECRETS, app.into(), secret),
        tail,
        core.sealer.seal(&core.environment, VERIFY_TOKENS, app.into(), verify_token),
        now.to_sqlx() as _
    )
    .execute(tx.sql())
    .await?;
    tx.record(NewEntry::new("meta_app.add", "meta_app", app));
    Ok(app)
}

pub(super) async fn store_secret(tx: &mut Tx, app: MetaAppId, secret: &str) -> Result<(), Failure> {
    let (workspace, core) = (tx.workspace(), tx.core().clone());
    sqlx::query!(
        "UPDATE meta_apps SET secret_sealed = $3, secret_tail = $4 WHERE workspace_id = $1 AND id = $2",
        workspace,
        Uuid::from(app),
        core.sealer.seal(&core.environment, SECRETS, app.into(), &secret.into()),
        channel::tail(secret)
    )
    .execute(tx.sql())
    .await?;
    Ok(())
}

pub(super) async fn store_verify_token(tx: &mut Tx, app: MetaAppId, token: &SecretString) -> Result<(), Failure> {
    let (workspace, core) = (tx.workspace(), tx.core().clone());
    sqlx::query!(
        "UPDATE meta_apps SET verify_token_sealed = $3 WHERE workspace_id = $1 AND id = $2",
        workspace,
        Uuid::from(app),
        core.sealer.seal(&core.environment, VERIFY_TOKENS, app.into(), token)
    )
    .execute(tx.sql())
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn app(n: u128) -> MetaAppId {
        Uuid::from_u128(n).into()
    }

    fn keys() -> Arc<AppKeys> {
        Arc::new(AppKeys {
            secret: "secret".into(),
            verify_token: "token".into(),
            workspace: Uuid::nil().into(),
            noted: AtomicI64::new(0),
        })
    }

    #[test]
    fn keys_are_believed_for_a_few_seconds() {
        let (cache, now) = (AppCache::default(), Timestamp::UNIX_EPOCH + SignedDuration::from_hours(1));
        cache.keep(app(1), Some(keys()), now, 0);
        cache.keep(app(2), None, now, 0);
        assert!(cache.find(app(1), now).is_some_and(|keys| keys.is_some()));
        assert!(cache.find(app(2), now).is_some_and(|keys| keys.is_none()), "that there is none is known, too");
        assert!(cache.find(app(3), now).is_none());
        for later in [BELIEVED, SignedDuration::from_secs(-1)] {
            assert!(cache.find(app(1), now + later).is_none(), "{later:?}");
            assert!(cache.knows(app(1), now + later), "it was there");
            assert!(!cache.knows(app(2), now + later), "it was not, and may be by now");
        }
        cache.forget(app(1));
        assert!(cache.find(app(1), now).is_none());
    }

    #[test]
    fn keys_that_were_read_before_a_change_are_not_kept_after_it() {
        let (cache, now) = (AppCache::default(), Timestamp::UNIX_EPOCH);
        let changes = cache.changes();
        cache.forget(app(1));
        cache.keep(app(1), Some(keys()), now, changes);
        assert!(cache.find(app(1), now).is_none());
        cache.keep(app(1), Some(keys()), now, cache.changes());
        assert!(cache.find(app(1), now).is_some());
    }

    #[test]
    fn whoever_guesses_ids_neither_fills_the_memory_nor_drives_out_real_apps() {
        let (cache, now) = (AppCache::default(), Timestamp::UNIX_EPOCH);
        cache.keep(app(0), Some(keys()), now, 0);
        for n in 1..=2 * KEPT as u128 {
            cache.keep(app(n), None, now, 0);
        }
        assert!(cache.find(app(0), now).is_some());
        assert!(cache.with(|kept| kept.len()) <= KEPT);
    }
}

//! Where demo data go: workspaces of their own, or one whose only channels are the simulator's.

use charla_shared::{
    entry::MemberName,
    id::{ChannelId, UserId, WorkspaceId},
    permission::Role,
};
use jiff_sqlx::ToSqlx;
use serde_json::json;
use uuid::Uuid;

use super::{
    DemoError, Order,
    story::Scene,
    vocabulary::{BUSINESSES, CANNED, COLLEAGUES, LABELS, TAGS},
};
use crate::{Actor, Core, Failure, Tx, audit::NewEntry, channels};

/// A workspace that demo data were begun in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Begun {
    pub workspace: WorkspaceId,
    /// Which of the workspaces that are made together.
    pub place: u64,
    /// How many times something was begun.
    pub runs: u64,
    /// Whether all of it is there.
    pub filled: bool,
}

/// Makes sure that no customer can be on the other end of the installation, or of the one workspace.
pub(super) async fn ensure_simulated(core: &Core, into: Option<WorkspaceId>) -> Result<(), DemoError> {
    let mut tx = core.database.worker().await.map_err(Failure::from)?;
    let real = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM channels WHERE NOT simulated AND ($1::uuid IS NULL OR workspace_id = $1)) AS "real!""#,
        into.map(Uuid::from)
    )
    .fetch_one(&mut *tx)
    .await?;
    if real { Err(DemoError::RealChannel) } else { Ok(()) }
}

/// The workspaces this was begun in before: those it made itself, or the one that is named.
pub(super) async fn begun(core: &Core, into: Option<WorkspaceId>) -> Result<Vec<Begun>, DemoError> {
    let mut tx = core.database.worker().await.map_err(Failure::from)?;
    let rows = sqlx::query!(
        r#"SELECT workspace_id, min((after ->> 'place')::bigint) AS "place!", count(*) FILTER (WHERE action = 'demo.begin') AS "runs!",
                  bool_or(action = 'demo.fill') AS "filled!"
           FROM audit_entries
           WHERE action IN ('demo.begin', 'demo.fill') AND (workspace_id = $1 OR $1 IS NULL AND (after ->> 'own')::boolean)
           GROUP BY workspace_id ORDER BY 2, 1"#,
        into.map(Uuid::from)
    )
    .fetch_all(&mut *tx)
    .await?;
    let count = |number: i64| u64::try_from(number).unwrap_or_default();
    let begun = rows.into_iter().map(|row| Begun {
        workspace: row.workspace_id.into(),
        place: count(row.place),
        runs: count(row.runs),
        filled: row.filled,
    });
    Ok(begun.collect())
}

/// How many conversations are in a workspace.
pub(super) async fn conversations(core: &Core, workspace: WorkspaceId) -> Result<u64, DemoError> {
    let mut tx = core.database.worker().await.map_err(Failure::from)?;
    let count = sqlx::query_scalar!(
        r#"SELECT count(*) AS "count!" FROM conversations WHERE workspace_id = $1"#,
        Uuid::from(workspace)
    )
    .fetch_one(&mut *tx)
    .await?;
    Ok(u64::try_from(count).unwrap_or_default())
}

/// Prepares a workspace: people, labels, tags, canned replies and a channel, each unless it is there.
///
/// Audit: `demo.begin`.
pub(super) async fn prepare(
    core: &Core,
    order: &Order,
    place: u64,
    there: Option<WorkspaceId>,
) -> Result<Scene, DemoError> {
    let workspace = there.or(order.into).unwrap_or_else(|| core.environment.id());
    let actor = Actor::system(workspace, "demo");
    let mut tx = actor.begin(core).await.map_err(Failure::from)?;
    let now = tx.now();
    let owner = sqlx::query_scalar!("SELECT id FROM users WHERE operator ORDER BY id LIMIT 1")
        .fetch_optional(tx.sql())
        .await?
        .ok_or(DemoError::Unclaimed)?;
    if order.into.is_none() {
        let name = BUSINESSES[usize::try_from(place).unwrap_or_default() % BUSINESSES.len()];
        sqlx::query!(
            "INSERT INTO workspaces (id, name, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            Uuid::from(workspace),
            format!("{name} (demo {})", place + 1),
            now.to_sqlx() as _
        )
        .execute(tx.sql())
        .await?;
        add_member(&mut tx, owner.into(), Role::Owner).await?;
    } else {
        let exists = sqlx::query_scalar!(
            r#"SELECT EXISTS (SELECT FROM workspaces WHERE id = $1) AS "exists!""#,
            Uuid::from(workspace)
        )
        .fetch_one(tx.sql())
        .await?;
        if !exists {
            return Err(Failure::NotFound.into());
        }
    }
    let members = colleagues(&mut tx).await?;
    let labels = labels(&mut tx).await?;
    let tags = tags(&mut tx).await?;
    canned(&mut tx).await?;
    tx.record(
        NewEntry::new("demo.begin", "workspace", workspace)
            .after(json!({ "place": place, "own": order.into.is_none(), "seed": order.seed })),
    );
    tx.commit().await?;
    let channel = channel(core, &actor).await?;
    Ok(Scene { workspace: workspace.into(), channel: channel.into(), members, labels, tags, now })
}

/// Notes that all of it is there. Audit: `demo.fill`.
pub(super) async fn finish(core: &Core, order: &Order, place: u64, workspace: Uuid) -> Result<(), DemoError> {
    let mut tx = Actor::system(workspace.into(), "demo").begin(core).await.map_err(Failure::from)?;
    tx.record(
        NewEntry::new("demo.fill", "workspace", workspace)
            .after(json!({ "place": place, "own": order.into.is_none(), "seed": order.seed })),
    );
    Ok(tx.commit().await?)
}

/// The simulator's number; without a simulator one that stands in for it and sends nothing.
async fn channel(core: &Core, actor: &Actor) -> Result<ChannelId, DemoError> {
    for made in [false, true] {
        let mut tx = actor.begin(core).await.map_err(Failure::from)?;
        let workspace = tx.workspace();
        let there = sqlx::query!(
            "SELECT id, simulated FROM channels WHERE workspace_id = $1 ORDER BY active DESC, id",
            workspace
        )
        .fetch_all(tx.sql())
        .await?;
        if there.iter().any(|channel| !channel.simulated) {
            return Err(DemoError::RealChannel);
        }
        if let Some(channel) = there.first() {
            return Ok(channel.id.into());
        }
        if made {
            break;
        }
        if core.config.simulator.is_some() {
            drop(tx);
            channels::connect_quietly(core, actor.workspace).await.map_err(|e| DemoError::Simulator(e.reason))?;
        } else {
            channels::add_stand_in(&mut tx).await?;
            tx.commit().await?;
        }
    }
    Err(Failure::Corrupt("a channel that was just made is not there".to_owned()).into())
}

async fn add_member(tx: &mut Tx, user: UserId, role: Role) -> Result<(), Failure> {
    let (workspace, now) = (tx.workspace(), tx.now());
    sqlx::query!(
        "INSERT INTO members (workspace_id, user_id, role, joined_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        workspace,
        Uuid::from(user),
        role.name(),
        now.to_sqlx() as _
    )
    .execute(tx.sql())
    .await?;
    Ok(())
}

/// The colleagues as members; those who may write are given back. Their accounts have no password: `!` is the hash of
/// none, so nobody logs in with them.
async fn colleagues(tx: &mut Tx) -> Result<Vec<MemberName>, Failure> {
    let now = tx.now();
    let mut writers = Vec::new();
    for (name, email, role) in COLLEAGUES {
        sqlx::query!(
            "INSERT INTO users (id, email, name, password_hash, created_at) VALUES ($1, $2, $3, '!', $4) ON CONFLICT (email) DO NOTHING",
            tx.id::<Uuid>(),
            *email,
            *name,
            now.to_sqlx() as _
        )
        .execute(tx.sql())
        .await?;
        let user: UserId =
            sqlx::query_scalar!("SELECT id FROM users WHERE email = $1", *email).fetch_one(tx.sql()).await?.into();
        let role: Role = role.parse().map_err(|_| Failure::Corrupt(format!("role {role}")))?;
        add_member(tx, user, role).await?;
        if role != Role::Viewer {
            writers.push(MemberName { id: user, name: (*name).to_owned() });
        }
    }
    Ok(writers)
}

async fn labels(tx: &mut Tx) -> Result<Vec<(Uuid, String)>, Failure> {
    let (workspace, now) = (tx.workspace(), tx.now());
    for (name, colour) in LABELS {
        sqlx::query!(
            "INSERT INTO labels (workspace_id, id, name, colour, created_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
            workspace,
            tx.id::<Uuid>(),
            *name,
            *colour,
            now.to_sqlx() as _
        )
        .execute(tx.sql())
        .await?;
    }
    let rows = sqlx::query!("SELECT id, name FROM labels WHERE workspace_id = $1 ORDER BY created_at, id", workspace)
        .fetch_all(tx.sql())
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

async fn tags(tx: &mut Tx) -> Result<Vec<Uuid>, Failure> {
    let (workspace, now) = (tx.workspace(), tx.now());
    for (name, colour) in TAGS {
        sqlx::query!(
            "INSERT INTO tags (workspace_id, id, name, colour, created_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
            workspace,
            tx.id::<Uuid>(),
            *name,
            *colour,
            now.to_sqlx() as _
        )
        .execute(tx.sql())
        .await?;
    }
    let ids = sqlx::query_scalar!("SELECT id FROM tags WHERE workspace_id = $1 ORDER BY created_at, id", workspace);
    Ok(ids.fetch_all(tx.sql()).await?)
}

async fn canned(tx: &mut Tx) -> Result<(), Failure> {
    let (workspace, now) = (tx.workspace(), tx.now());
    for (shortcut, body) in CANNED {
        sqlx::query!(
            "INSERT INTO canned_replies (workspace_id, id, shortcut, body, updated_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
            workspace,
            tx.id::<Uuid>(),
            *shortcut,
            *body,
            now.to_sqlx() as _
        )
        .execute(tx.sql())
        .await?;
    }
    Ok(())
}

//! Workspaces (row A5): creating, entering, seeing one.

use charla_shared::{
    id::WorkspaceId,
    permission::Role,
    text,
    workspace::{NewWorkspace, WorkspaceView},
};
use garde::Validate;
use jiff_sqlx::ToSqlx;
use serde_json::json;
use uuid::Uuid;

use crate::{
    Actor, Core, Failure, RequestInfo, SignedIn, Who,
    audit::NewEntry,
    events::Topic,
    jobs::{self, Kind, NewJob},
};

/// Makes a workspace with its maker as owner. With a simulator around, it is connected to it soon after.
///
/// Audit: `workspace.create`.
///
/// # Errors
/// [`Failure::Invalid`] for a blank or long name.
pub async fn create(
    core: &Core,
    signed_in: &SignedIn,
    name: &str,
    request: &RequestInfo,
) -> Result<WorkspaceId, Failure> {
    NewWorkspace { name: name.to_owned() }.validate()?;
    let workspace: WorkspaceId = core.environment.id();
    let actor = member(workspace, signed_in, Role::Owner, request.clone());
    let mut tx = actor.begin(core).await?;
    let now = tx.now();
    let name = text::clean_line(name);
    sqlx::query!(
        "INSERT INTO workspaces (id, name, created_at) VALUES ($1, $2, $3)",
        Uuid::from(workspace),
        name,
        now.to_sqlx() as _
    )
    .execute(tx.sql())
    .await?;
    sqlx::query!(
        "INSERT INTO members (workspace_id, user_id, role, joined_at) VALUES ($1, $2, $3, $4)",
        Uuid::from(workspace),
        Uuid::from(signed_in.user),
        Role::Owner.name(),
        now.to_sqlx() as _
    )
    .execute(tx.sql())
    .await?;
    if core.config.simulator.is_some() {
        let job = NewJob {
            kind: Kind::ConnectSimulator,
            payload: json!({}),
            dedupe_key: Some(format!("connect simulator {workspace}")),
            run_at: now,
        };
        jobs::add(tx.sql(), &core.environment, Some(workspace), job).await?;
        tx.ring(Topic::Jobs);
    }
    tx.record(NewEntry::new("workspace.create", "workspace", workspace).after(json!({ "name": name })));
    tx.commit().await?;
    Ok(workspace)
}

fn member(workspace: WorkspaceId, signed_in: &SignedIn, role: Role, request: RequestInfo) -> Actor {
    Actor {
        workspace,
        who: Who::Member { user: signed_in.user, session: signed_in.session, role },
        permissions: role.permissions(),
        request,
    }
}

/// Lets a logged-in user into a workspace they are a member of.
///
/// # Errors
/// [`Failure::NotFound`] when they are not, or there is none: the two look the same.
pub async fn enter(
    core: &Core,
    signed_in: &SignedIn,
    workspace: WorkspaceId,
    request: RequestInfo,
) -> Result<Actor, Failure> {
    let mut tx = core.database.as_user(signed_in.user).await?;
    let role = sqlx::query_scalar!(
        "SELECT role FROM members WHERE workspace_id = $1 AND user_id = $2",
        Uuid::from(workspace),
        Uuid::from(signed_in.user)
    )
    .fetch_optional(&mut *tx)
    .await?
    .ok_or(Failure::NotFound)?;
    let role = role.parse().map_err(|_| Failure::Corrupt(format!("role {role}")))?;
    Ok(member(workspace, signed_in, role, request))
}

/// The workspace as the actor sees it.
pub async fn view(core: &Core, actor: &Actor) -> Result<WorkspaceView, Failure> {
    let Who::Member { role, .. } = actor.who else { return Err(Failure::NotFound) };
    let mut tx = actor.begin(core).await?;
    let id = tx.workspace();
    let row = sqlx::query!(
        r#"SELECT w.name, EXISTS (SELECT FROM channels c WHERE c.workspace_id = $1 AND c.simulated) AS "simulated!"
           FROM workspaces w WHERE w.id = $1"#,
        id
    )
    .fetch_optional(tx.sql())
    .await?
    .ok_or(Failure::NotFound)?;
    tx.commit().await?;
    let simulator_url = core.config.simulator.as_ref().filter(|_| row.simulated).map(|s| s.public_url.clone());
    Ok(WorkspaceView {
        id: actor.workspace,
        name: row.name,
        role,
        permissions: actor.permissions.clone(),
        simulator_url,
    })
}

//! What every page and server function may ask about its request. Filled by the host.

use std::sync::Arc;

use charla_core::{
    Actor, Core, RequestInfo, SignedIn,
    accounts::{self, Operator},
    workspaces,
};
use charla_shared::{
    account::Locale,
    id::{UserId, WorkspaceId},
    problem::Problem,
};
use futures::lock::Mutex;
use leptos::prelude::*;

use crate::{density::Density, failure::Failure, flash::Flash, panes::Panes, theme::Theme};

/// How much a workspace may still ask for; the host keeps the count.
#[derive(Clone)]
pub struct Allowance(Arc<dyn Fn(WorkspaceId) -> Result<(), Problem> + Send + Sync>);

impl Allowance {
    /// One that asks this function; its problem is told to whoever asks too much.
    pub fn new(ask: impl Fn(WorkspaceId) -> Result<(), Problem> + Send + Sync + 'static) -> Self {
        Self(Arc::new(ask))
    }
}

/// The workspace that a request has entered. A page asks for its parts one by one, each in the name of the same member.
#[derive(Clone, Debug, Default)]
pub struct Entered(Arc<Mutex<Option<Actor>>>);

impl std::fmt::Debug for Allowance {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Allowance").finish_non_exhaustive()
    }
}

/// The request as the host understood it.
#[derive(Clone, Debug)]
pub struct RequestContext {
    /// The product.
    pub core: Core,
    /// How much the workspaces of who asks may still ask for.
    pub allowance: Allowance,
    /// Who asks, if they are logged in.
    pub signed_in: Option<SignedIn>,
    /// Where they have been let in.
    pub entered: Entered,
    /// For the audit trail and the logs.
    pub request: RequestInfo,
    /// The language to answer in.
    pub locale: Locale,
    /// The theme to show.
    pub theme: Theme,
    /// How much room everything has.
    pub density: Density,
    /// Whether the rail shows its icons without their names.
    pub narrow_rail: bool,
    /// How the inbox is divided between its panes.
    pub panes: Panes,
    /// What the last form has to say.
    pub flash: Option<Flash>,
    /// Whether development pages are there.
    pub development: bool,
    /// Whether an account exists.
    pub claimed: bool,
}

fn context() -> Result<RequestContext, Failure> {
    use_context::<RequestContext>().ok_or_else(|| Failure::from(Problem::unauthenticated()))
}

/// The product, for what anybody may ask.
pub fn core() -> Result<Core, Failure> {
    Ok(context()?.core)
}

/// The product and the person who asks.
pub fn signed_in() -> Result<(Core, SignedIn), Failure> {
    let context = context()?;
    let signed_in = context.signed_in.ok_or_else(Problem::unauthenticated)?;
    Ok((context.core, signed_in))
}

/// The product and the person who asks, as an operator.
pub async fn operator() -> Result<(Core, Operator), Failure> {
    let (core, signed_in) = signed_in()?;
    let operator = accounts::operator(&core, &signed_in).await?;
    Ok((core, operator))
}

/// As [`actor`], for what is asked in the name of whoever the page is of: a page of somebody who is not logged in any more, because somebody
/// else has logged in with the same browser since, is turned away. Pages of the release before do not say whose they are.
pub async fn writer(workspace: WorkspaceId, writer: Option<UserId>) -> Result<(Core, Actor), Failure> {
    let (core, actor) = actor(workspace).await?;
    if writer.is_some_and(|writer| actor.user() != Some(writer)) {
        return Err(Problem::unauthenticated().into());
    }
    Ok((core, actor))
}

/// The product and the person who asks, as a member of the workspace.
pub async fn actor(workspace: WorkspaceId) -> Result<(Core, Actor), Failure> {
    let context = context()?;
    let signed_in = context.signed_in.ok_or_else(Problem::unauthenticated)?;
    // Parts that ask at the same time wait for the first of them; whoever was not let in is asked about anew.
    let mut entered = context.entered.0.lock().await;
    if let Some(actor) = entered.as_ref().filter(|actor| actor.workspace == workspace) {
        return Ok((context.core, actor.clone()));
    }
    let actor =
        workspaces::enter(&context.core, &signed_in, workspace, context.request).await.map_err(Problem::from)?;
    // Only now: somebody else must not be able to use it up.
    (context.allowance.0)(workspace)?;
    *entered = Some(actor.clone());
    Ok((context.core, actor))
}

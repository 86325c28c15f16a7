//! Connecting a workspace to the simulator (row B6): a number of its own, and a customer who has just written, so that
//! a newcomer has somebody to answer within the first minute.

use charla_meta::{
    Method,
    graph::{HttpRequest, HttpResponse},
};
use charla_shared::{
    channel,
    event::Happening,
    id::{ChannelId, WorkspaceId},
    text::{clean_line, shorten},
};
use jiff_sqlx::ToSqlx;
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::connect::make_reachable;
use crate::{
    Actor, Core, Failure, SimulatorAt, Tx,
    audit::NewEntry,
    events::Topic,
    jobs::{self, Job, JobError, Kind, NewJob},
};

/// The simulated customer who writes first.
const FIRST_CUSTOMER: (&str, &str) = ("Ana Souza", "+5511987654321");
const FIRST_WORDS: &str = "Hi! Is anybody there? I would like to know when you are open today.";

/// The simulator's answer to registering a number.
#[derive(Deserialize)]
struct Registered {
    phone_number_id: String,
    waba_id: String,
    access_token: String,
    display_phone_number: String,
    #[serde(default)]
    verified_name: String,
}

fn simulator(core: &Core) -> Result<&SimulatorAt, JobError> {
    core.config.simulator.as_ref().ok_or_else(|| JobError::never("there is no simulator any more".to_owned()))
}

async fn ask(core: &Core, request: HttpRequest) -> Result<HttpResponse, JobError> {
    let answer = core.http.send(request).await.map_err(|error| JobError::backoff(format!("the simulator: {error}")))?;
    if answer.status == 200 {
        Ok(answer)
    } else {
        Err(JobError::backoff(format!("the simulator answered {}", answer.status)))
    }
}

/// The job: registers a number at the simulator and makes it the workspace's channel. Safe to repeat: the simulator
/// gives the same number for the same workspace, and the channel is made once.
///
/// Audit: `channel.connect`. Events: the channels changed.
pub(crate) async fn connect(core: &Core, job: &Job) -> Result<(), JobError> {
    connect_workspace(core, job.tenant()?, true).await
}

/// As the job does, but no customer writes.
pub(crate) async fn connect_quietly(core: &Core, workspace: WorkspaceId) -> Result<(), JobError> {
    connect_workspace(core, workspace, false).await
}

async fn connect_workspace(core: &Core, workspace: WorkspaceId, greeted: bool) -> Result<(), JobError> {
    let actor = Actor::system(workspace, "simulator");
    let mut tx = actor.begin(core).await?;
    let name = sqlx::query_scalar!("SELECT name FROM workspaces WHERE id = $1", Uuid::from(workspace))
        .fetch_one(tx.sql())
        .await?;
    drop(tx);
    let url = format!("{}/__sim/numbers/{workspace}", simulator(core)?.url);
    let answer = ask(core, HttpRequest::json(Method::PUT, url, &json!({ "display_name": name }))).await?;
    let number: Registered = serde_json::from_slice(&answer.body)
        .map_err(|error| JobError::backoff(format!("the simulator's answer: {error}")))?;

    let mut tx = actor.begin(core).await?;
    let (channel, now) = (tx.id::<ChannelId>(), tx.now());
    let tail = channel::tail(&number.access_token);
    let token = SecretString::from(number.access_token);
    let sealed = core.sealer.seal(&core.environment, "channels", channel.into(), &token);
    let added = sqlx::query!(
        "INSERT INTO channels (workspace_id, id, kind, label, phone_number_id, business_account_id, display_phone, graph_url,
                               simulated, token_sealed, token_tail, verified_name, verified_at, created_at)
         VALUES ($1, $2, 'whatsapp', $3, $4, $5, $6, $7, true, $8, $9, $10, $11, $11)
         ON CONFLICT (workspace_id, phone_number_id) DO NOTHING",
        Uuid::from(workspace),
        Uuid::from(channel),
        "WhatsApp",
        number.phone_number_id,
        number.waba_id,
        number.display_phone_number,
        simulator(core)?.url,
        sealed,
        tail,
        shorten(&clean_line(&number.verified_name), 199),
        now.to_sqlx() as _
    )
    .execute(tx.sql())
    .await?
    .rows_affected();
    if added == 0 {
        return Ok(());
    }
    make_reachable(&mut tx, channel, &number.phone_number_id).await?;
    if greeted {
        let greeting = NewJob {
            kind: Kind::GreetFromSimulator,
            payload: json!({ "phone_number_id": number.phone_number_id }),
            dedupe_key: Some(format!("greet {workspace}")),
            run_at: now,
        };
        jobs::add(tx.sql(), &core.environment, Some(workspace), greeting).await?;
        tx.ring(Topic::Jobs);
    }
    tx.tell(&Happening::ChannelChanged).await?;
    tx.record(
        NewEntry::new("channel.connect", "channel", channel)
            .after(json!({ "kind": "whatsapp", "phone_number_id": number.phone_number_id, "simulated": true })),
    );
    Ok(tx.commit().await?)
}

/// A number that stands in for the simulator's where there is none, for demo data. It is deactivated: nothing is sent
/// through it. Audit: `channel.connect`.
pub(crate) async fn add_stand_in(tx: &mut Tx) -> Result<(), Failure> {
    let (workspace, channel, now) = (tx.workspace(), tx.id::<ChannelId>(), tx.now());
    let number = format!("demo-{workspace}");
    let core = tx.core();
    let sealed = core.sealer.seal(&core.environment, "channels", channel.into(), &SecretString::default());
    sqlx::query!(
        "INSERT INTO channels (workspace_id, id, kind, label, phone_number_id, business_account_id, display_phone, graph_url,
                               simulated, active, token_sealed, created_at)
         VALUES ($1, $2, 'whatsapp', 'Demo', $3, 'demo', '', '', true, false, $4, $5)",
        workspace,
        Uuid::from(channel),
        number,
        sealed,
        now.to_sqlx() as _
    )
    .execute(tx.sql())
    .await?;
    make_reachable(tx, channel, &number).await?;
    tx.record(
        NewEntry::new("channel.connect", "channel", channel)
            .after(json!({ "kind": "whatsapp", "phone_number_id": number, "simulated": true })),
    );
    Ok(())
}

/// The job: has the simulated customer write. Repeated after a crash it would write twice, to a demonstration.
pub(crate) async fn greet(core: &Core, job: &Job) -> Result<(), JobError> {
    let number: String = job.field("phone_number_id")?;
    let (name, phone) = FIRST_CUSTOMER;
    let url = format!("{}/simulate/send", simulator(core)?.url);
    let body = json!({ "from": phone, "name": name, "text": FIRST_WORDS, "phone_number_id": number });
    ask(core, HttpRequest::json(Method::POST, url, &body)).await.map(|_| ())
}

//! The sandbox's own paths, which Meta does not have: numbers are registered here, and customers write here.
//!
//! They ask for no credentials, because the whole simulator is a toy on one machine; it must not be reachable from
//! elsewhere. Bodies must be `application/json`, which no foreign web page can send without asking first.

mod load;

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::{FromRequest, Path, Query, Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post, put},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

use crate::{
    customer::{SandboxError, Written, name},
    events, graph,
    media::{Enclosure, MediaFile},
    message::{Author, Message, Status},
    number::Number,
    phone::{Digits, Phone},
    simulator::Simulator,
};

/// How many phones the list shows, the latest first.
const PHONES_LISTED: usize = 200;

pub(crate) fn routes() -> Router<Simulator> {
    Router::new()
        .route("/health", get(health))
        .route("/simulate/send", post(send))
        .route("/__sim/numbers", get(numbers))
        .route("/__sim/numbers/{key}", put(register))
        .route("/__sim/phones", get(phones))
        .route("/__sim/phones/{phone}", get(thread))
        .route("/__sim/phones/{phone}/messages", post(write))
        .route("/__sim/phones/{phone}/read", post(read))
        .route("/__sim/events", get(events::stream))
        .route("/__sim/media/{id}", get(file))
        .route("/__sim/verify", post(verify))
        .route("/whatsapp_business/attachments/", get(graph::download))
        .merge(load::routes())
}

impl IntoResponse for SandboxError {
    fn into_response(self) -> Response {
        let status = match self {
            Self::UnknownNumber(_) | Self::UnknownPhone(_) | Self::UnknownMessage | Self::UnknownBulk(_) => {
                StatusCode::NOT_FOUND
            }
            Self::Media(ref error) => error.status(),
            Self::NoNumber | Self::TooManyNumbers => StatusCode::CONFLICT,
            _ => StatusCode::BAD_REQUEST,
        };
        (status, Json(json!({ "success": false, "error": self.to_string() }))).into_response()
    }
}

/// A JSON body; what is wrong with it is said in the sandbox's own form.
struct Body<T>(T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = SandboxError;

    async fn from_request(request: Request, state: &S) -> Result<Self, SandboxError> {
        match Json::from_request(request, state).await {
            Ok(Json(body)) => Ok(Self(body)),
            Err(rejection) => Err(SandboxError::Body(rejection.body_text())),
        }
    }
}

async fn health(State(simulator): State<Simulator>) -> Json<Value> {
    let waiting = simulator.world().outbox.waiting();
    Json(json!({ "status": "ok", "webhooks_waiting": waiting }))
}

/// Plays Meta's verification handshake with the server.
async fn verify(State(simulator): State<Simulator>) -> Response {
    match simulator.verify_webhook().await {
        Ok(()) => Json(json!({ "success": true })).into_response(),
        Err(error) => {
            (StatusCode::BAD_GATEWAY, Json(json!({ "success": false, "error": error.to_string() }))).into_response()
        }
    }
}

// Numbers.

#[derive(Deserialize)]
struct Registration {
    display_name: String,
}

async fn register(
    State(simulator): State<Simulator>,
    Path(key): Path<String>,
    Body(registration): Body<Registration>,
) -> Result<Json<Number>, SandboxError> {
    let display_name = name(&registration.display_name)?;
    if !(1..=128).contains(&key.chars().count()) || key.chars().any(char::is_control) {
        return Err(SandboxError::Key);
    }
    if !simulator.world().has_room_for(&key) {
        return Err(SandboxError::TooManyNumbers);
    }
    Ok(Json(simulator.register_number(&key, display_name)))
}

async fn numbers(State(simulator): State<Simulator>) -> Json<Value> {
    let mut numbers: Vec<Arc<Number>> = simulator.world().numbers().cloned().collect();
    numbers.sort_by_key(|number| std::cmp::Reverse(number.registered));
    Json(json!({ "data": numbers }))
}

// Phones.

/// A phone as the list shows it.
#[derive(Serialize)]
struct Summary {
    phone: Digits,
    name: String,
    user_id: String,
    unread: usize,
    last_active: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_message: Option<Message>,
}

impl From<&Phone> for Summary {
    fn from(phone: &Phone) -> Self {
        let unread = |m: &&Message| m.author == Author::Business && m.status == Status::Delivered;
        Self {
            phone: phone.digits,
            name: phone.name.clone(),
            user_id: phone.user_id.clone(),
            unread: phone.messages.iter().filter(unread).count(),
            last_active: phone.last_active,
            last_message: phone.messages.back().cloned(),
        }
    }
}

async fn phones(State(simulator): State<Simulator>) -> Json<Value> {
    let world = simulator.world();
    let total = world.count_phones();
    let data: Vec<Summary> = world.phones().take(PHONES_LISTED).map(Summary::from).collect();
    Json(json!({ "data": data, "total": total }))
}

#[derive(Deserialize)]
struct ThreadQuery {
    /// Only the thread with this number (phone number id).
    number: Option<String>,
}

async fn thread(
    State(simulator): State<Simulator>,
    Path(phone): Path<String>,
    Query(query): Query<ThreadQuery>,
) -> Result<Json<Value>, SandboxError> {
    let digits = Digits::parse(&phone)?;
    let world = simulator.world();
    let phone = world.phone(&digits).ok_or(SandboxError::UnknownPhone(phone))?;
    let wanted = |m: &&Message| query.number.as_ref().is_none_or(|number| *number == m.phone_number_id);
    let messages: Vec<&Message> = phone.messages.iter().filter(wanted).collect();
    Ok(Json(json!({ "phone": phone.digits, "name": phone.name, "user_id": phone.user_id, "messages": messages })))
}

#[derive(Deserialize)]
struct NewMessage {
    /// The business number: phone number id, key or telephone number.
    number: Option<String>,
    text: Option<String>,
    reply_to: Option<String>,
    name: Option<String>,
    media: Option<MediaFile>,
}

/// The file of a message and its text, which is the file's caption if there is a file; a message without a file needs a
/// text.
fn enclosed<'a>(
    media: Option<&'a MediaFile>,
    text: Option<&'a str>,
) -> Result<(Option<Enclosure>, &'a str), SandboxError> {
    let Some(media) = media else {
        let text = text.ok_or_else(|| SandboxError::Body("missing field `text`".to_owned()))?;
        return Ok((None, text));
    };
    let caption = media.caption.as_deref().or(text).unwrap_or_default();
    Ok((Some(Enclosure::read(media)?), caption))
}

/// A file as the page shows it, without a token.
async fn file(State(simulator): State<Simulator>, Path(id): Path<String>) -> Response {
    simulator.file(&id).map_or_else(|| StatusCode::NOT_FOUND.into_response(), graph::content)
}

async fn write(
    State(simulator): State<Simulator>,
    Path(phone): Path<String>,
    Body(new): Body<NewMessage>,
) -> Result<Json<Value>, SandboxError> {
    let (file, text) = enclosed(new.media.as_ref(), new.text.as_deref())?;
    let id = simulator.write(Written {
        phone: &phone,
        name: new.name.as_deref(),
        number: new.number.as_deref(),
        text,
        reply_to: new.reply_to.as_deref(),
        file,
    })?;
    Ok(Json(json!({ "success": true, "message_id": id })))
}

/// The body of `POST /simulate/send`, with the names that older tools use.
#[derive(Deserialize)]
struct Simulated {
    #[serde(alias = "phone")]
    from: String,
    name: Option<String>,
    #[serde(alias = "message")]
    text: Option<String>,
    media: Option<MediaFile>,
    #[serde(alias = "to")]
    phone_number_id: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
}

async fn send(State(simulator): State<Simulator>, Body(send): Body<Simulated>) -> Result<Json<Value>, SandboxError> {
    if let Some(kind) = send.kind.filter(|kind| kind != "text" && send.media.is_none()) {
        return Err(SandboxError::Type(kind));
    }
    let (file, text) = enclosed(send.media.as_ref(), send.text.as_deref())?;
    let id = simulator.write(Written {
        phone: &send.from,
        name: send.name.as_deref(),
        number: send.phone_number_id.as_deref(),
        text,
        file,
        ..Written::default()
    })?;
    Ok(Json(json!({ "success": true, "message_id": id })))
}

#[derive(Deserialize)]
struct Look {
    /// Only the thread with this number (phone number id).
    number: Option<String>,
}

async fn read(
    State(simulator): State<Simulator>,
    Path(phone): Path<String>,
    Body(look): Body<Look>,
) -> Result<Json<Value>, SandboxError> {
    let count = simulator.read(&phone, look.number.as_deref())?;
    Ok(Json(json!({ "success": true, "read": count })))
}

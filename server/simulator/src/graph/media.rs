//! Media: upload, address, download, deletion (Meta, "Media").

use axum::{
    extract::{Multipart, Query, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{GraphError, auth, params::Params, validate::product};
use crate::{
    media::{Enclosure, File, MediaError, types},
    number::Number,
    simulator::Simulator,
};

/// The file of a multipart request.
#[derive(Clone, Debug)]
pub(super) struct Part {
    mime_type: Option<String>,
    filename: Option<String>,
    bytes: Bytes,
}

/// The fields of a multipart request; the one with a file is kept apart.
pub(super) async fn read_parts(request: Request) -> Result<(Map<String, Value>, Option<Part>), GraphError> {
    use axum::extract::FromRequest as _;
    let broken = |error: &dyn std::fmt::Display| GraphError::param(format!("Invalid parameter: {error}"));
    let mut parts = Multipart::from_request(request, &()).await.map_err(|error| broken(&error))?;
    let (mut fields, mut file) = (Map::new(), None);
    while let Some(part) = parts.next_field().await.map_err(|error| broken(&error))? {
        let name = part.name().unwrap_or_default().to_owned();
        if name == "file" {
            let mime_type = part.content_type().map(str::to_owned);
            let filename = part.file_name().map(str::to_owned);
            let bytes = part.bytes().await.map_err(|error| broken(&error))?;
            file = Some(Part { mime_type, filename, bytes });
        } else {
            let value = part.text().await.map_err(|error| broken(&error))?;
            fields.insert(name, value.into());
        }
    }
    Ok((fields, file))
}

/// `POST /{phone_number_id}/media`.
pub(super) fn upload(simulator: &Simulator, number: &Number, params: &Params) -> Result<Value, GraphError> {
    product(params)?;
    let part = params.file().ok_or_else(|| GraphError::param("The parameter file is required."))?.clone();
    // The part's own type counts; `type` stands in for it.
    let mime_type = part.mime_type.as_deref().or_else(|| params.text("type"));
    let mime_type = mime_type.ok_or_else(|| GraphError::param("The parameter type is required."))?;
    let file =
        Enclosure::upload(mime_type, part.filename.clone(), part.bytes.clone()).map_err(|error| match error {
            MediaError::Large(..) => GraphError::of_code(131_053).explained(error.to_string()),
            MediaError::Type(given) => GraphError::param(format!(
                "Param file must be a file with one of the following types: {}. Received file of type '{given}'.",
                types()
            )),
            other => GraphError::param(other.to_string()),
        })?;
    Ok(json!({ "id": simulator.upload(&number.phone_number_id, file) }))
}

/// `GET` and `DELETE /{media_id}`, for the number whose file it is.
pub(super) fn one(
    simulator: &Simulator,
    number: &Number,
    method: &Method,
    id: &str,
    host: Option<&str>,
    params: &Params,
) -> Result<Value, GraphError> {
    let unknown = || GraphError::no_such_object(method, id);
    let file = simulator.file(id).filter(|file| file.number == number.phone_number_id).ok_or_else(unknown)?;
    if params.text("phone_number_id").is_some_and(|asked| asked != number.phone_number_id) {
        return Err(unknown());
    }
    match *method {
        Method::GET => {
            let query = simulator.download_query(id);
            Ok(json!({
                "messaging_product": "whatsapp",
                "url": format!("http://{}/whatsapp_business/attachments/?{query}", host.unwrap_or("127.0.0.1")),
                "mime_type": file.mime_type,
                "sha256": hex::encode(file.sha256),
                "file_size": file.bytes.len(),
                "id": id,
            }))
        }
        Method::DELETE => {
            simulator.delete_file(id);
            Ok(json!({ "success": true }))
        }
        _ => Err(GraphError::unsupported(method)),
    }
}

#[derive(Deserialize)]
pub(crate) struct Address {
    mid: String,
    ext: i64,
    hash: String,
}

/// The download itself, which Meta has on another host: it needs the token, and ends five minutes after it was asked for.
pub(crate) async fn download(
    State(simulator): State<Simulator>,
    headers: HeaderMap,
    Query(address): Query<Address>,
) -> Response {
    let Ok(number) = auth::number(&simulator, auth::bearer(&headers).as_deref()) else {
        return StatusCode::UNAUTHORIZED.into_response();
    };
    if !simulator.may_download(&address.mid, address.ext, &address.hash) {
        return StatusCode::NOT_FOUND.into_response();
    }
    match simulator.file(&address.mid).filter(|file| file.number == number.phone_number_id) {
        Some(file) => content(file),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// A file as it was sent. Browsers show it as what it says it is, and run nothing in it.
pub(crate) fn content(file: File) -> Response {
    let mut response = file.bytes.into_response();
    let headers = response.headers_mut();
    let kind = HeaderValue::from_str(&file.mime_type);
    headers.insert(header::CONTENT_TYPE, kind.unwrap_or(HeaderValue::from_static("application/octet-stream")));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    response
}

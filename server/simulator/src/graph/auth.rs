//! Who asks: a token reaches one number and its account, and nothing else exists for it.

use std::sync::Arc;

use axum::http::{HeaderMap, header};

use super::GraphError;
use crate::{
    number::{Number, TokenState},
    simulator::Simulator,
};

/// The token of the `Authorization` header.
pub(super) fn bearer(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    // Meta's own documents use both words.
    let known = scheme.eq_ignore_ascii_case("bearer") || scheme.eq_ignore_ascii_case("oauth");
    (known && !token.trim().is_empty()).then(|| token.trim().to_owned())
}

/// The number that a token belongs to.
pub(super) fn number(simulator: &Simulator, token: Option<&str>) -> Result<Arc<Number>, GraphError> {
    let token = token.filter(|token| !token.is_empty()).ok_or_else(GraphError::no_token)?;
    let number = simulator.world().number_of_token(token).cloned().ok_or_else(GraphError::bad_token)?;
    match number.token {
        TokenState::Valid => Ok(number),
        TokenState::Expired => Err(GraphError::of_code(190)),
        TokenState::NoPermission => Err(GraphError::of_code(10)),
    }
}

//! The parameters of a request. Graph takes them from the query, from a form or from JSON, all alike.

use axum::{
    Form,
    body::Bytes,
    extract::{FromRequest as _, Query, Request},
    http::{Method, header},
};
use serde_json::{Map, Value};

use super::{
    GraphError,
    media::{self, Part},
};

/// Named values; those of the body win over those of the query.
#[derive(Debug)]
pub(super) struct Params {
    values: Map<String, Value>,
    file: Option<Part>,
}

type Pairs = Vec<(String, String)>;

impl Params {
    pub(super) async fn read(request: Request) -> Result<Self, GraphError> {
        let query = Query::<Pairs>::try_from_uri(request.uri()).map(|Query(pairs)| pairs);
        let pairs = query.map_err(|_| GraphError::param("Invalid parameter"))?;
        let mut params: Map<String, Value> = pairs.into_iter().map(decode).collect();
        if *request.method() == Method::GET {
            return Ok(Self::plain(params));
        }
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if kind.starts_with("application/x-www-form-urlencoded") {
            let Form(pairs) = Form::<Pairs>::from_request(request, &())
                .await
                .map_err(|error| GraphError::param(format!("Invalid parameter: {error}")))?;
            params.extend(pairs.into_iter().map(decode));
            return Ok(Self::plain(params));
        }
        if kind.starts_with("multipart/form-data") {
            let (fields, file) = media::read_parts(request).await?;
            params.extend(fields);
            return Ok(Self { values: params, file });
        }
        let body = Bytes::from_request(request, &())
            .await
            .map_err(|error| GraphError::param(format!("Invalid parameter: {error}")))?;
        if body.is_empty() {
            return Ok(Self::plain(params));
        }
        match serde_json::from_slice(&body) {
            Ok(Value::Object(body)) => params.extend(body),
            Ok(_) => return Err(GraphError::param("Invalid parameter: the body is not a JSON object")),
            Err(error) => return Err(GraphError::param(format!("Invalid parameter: the body is not JSON ({error})"))),
        }
        Ok(Self::plain(params))
    }

    fn plain(values: Map<String, Value>) -> Self {
        Self { values, file: None }
    }

    /// The file that came with the request.
    pub(super) fn file(&self) -> Option<&Part> {
        self.file.as_ref()
    }

    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.values.get(name).filter(|value| !value.is_null())
    }

    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.get(name)?.as_str()
    }

    /// The names in `fields`, without what is nested in braces or called with dots.
    pub(super) fn fields(&self) -> Option<Vec<String>> {
        let mut depth = 0_usize;
        let mut names = vec![String::new()];
        for sign in self.text("fields")?.chars() {
            match sign {
                '{' | '(' => depth += 1,
                '}' | ')' => depth = depth.saturating_sub(1),
                ',' if depth == 0 => names.push(String::new()),
                _ if depth == 0 => names.last_mut().into_iter().for_each(|name| name.push(sign)),
                _ => {}
            }
        }
        let plain = |name: String| name.split('.').next().unwrap_or_default().trim().to_owned();
        Some(names.into_iter().map(plain).filter(|name| !name.is_empty()).collect())
    }
}

/// Objects and lists are written as JSON inside a form.
fn decode((name, value): (String, String)) -> (String, Value) {
    // This one may well hold JSON, as text.
    let is_text = name == "biz_opaque_callback_data";
    let nested = if !is_text && value.starts_with(['{', '[']) { serde_json::from_str(&value).ok() } else { None };
    (name, nested.unwrap_or(Value::String(value)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_may_be_nested() {
        let params = Params::plain(
            [("fields".to_owned(), "id, a{b,c},health_status,x.limit(2){y},".into())].into_iter().collect(),
        );
        assert_eq!(params.fields(), Some(["id", "a", "health_status", "x"].map(str::to_owned).to_vec()));
    }
}

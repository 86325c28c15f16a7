//! `POST /{phone_number_id}/messages`: send, or mark as read (Meta, "Messages API").

use serde_json::{Value, json};

use super::{
    GraphError, Recipient,
    field::Object,
    params::Params,
    validate::{message, product},
};
use crate::{number::Number, simulator::Simulator};

pub(super) fn post(simulator: &Simulator, number: &Number, params: &Params) -> Result<Value, GraphError> {
    product(params)?;
    if params.get("status").is_some() {
        return mark_as_read(simulator, number, params);
    }
    let outgoing = message(params)?;
    let (input, by_user_id) = (outgoing.input.clone(), matches!(outgoing.recipient, Recipient::User(_)));
    let is_template = outgoing.kind == "template";
    let accepted = simulator.accept(number, outgoing)?;
    let contact = if by_user_id {
        json!({ "input": input, "user_id": accepted.user_id })
    } else {
        json!({ "input": input, "wa_id": accepted.phone })
    };
    let mut message = json!({ "id": accepted.id });
    if is_template {
        message["message_status"] = "accepted".into();
    }
    Ok(json!({ "messaging_product": "whatsapp", "contacts": [contact], "messages": [message] }))
}

/// A read receipt, with a typing indicator if asked for.
fn mark_as_read(simulator: &Simulator, number: &Number, params: &Params) -> Result<Value, GraphError> {
    if params.text("status") != Some("read") {
        return Err(GraphError::param("Param status must be one of {READ}."));
    }
    let id = match params.get("message_id") {
        None => return Err(GraphError::missing("Parameter 'message_id' is mandatory.")),
        Some(id) => id.as_str().ok_or_else(|| GraphError::param("Param message_id must be a string."))?,
    };
    let typing = match params.get("typing_indicator") {
        None => false,
        Some(typing) => Object::param(typing, "typing_indicator")?.one_of("type", &["text"]).map(|_| true)?,
    };
    simulator.business_reads(number, id, typing)?;
    Ok(json!({ "success": true }))
}

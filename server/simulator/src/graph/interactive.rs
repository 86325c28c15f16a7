//! Interactive messages: buttons, lists, links, flows, products and the rest (meta-api section 1.5).

use std::{collections::HashSet, ops::RangeInclusive};

use serde_json::Value;

use super::{GraphError, field::Object, validate::source};

const ANY: usize = usize::MAX;

/// Checks the content of an interactive message; gives what the phone shows of it.
pub(super) fn check(content: &Value) -> Result<String, GraphError> {
    let interactive = Object::value(content, "interactive")?;
    let kind = interactive.text("type", 1..=64)?;
    let action = |name: &str| -> Result<Object<'_>, GraphError> {
        let action = interactive.object("action")?;
        action.one_of("name", &[name])?;
        Ok(action)
    };
    let mut shown = Vec::new();
    match kind {
        "button" => {
            header(&interactive, &["text", "image", "video", "document"])?;
            shown.push(body(&interactive, 1..=1024)?);
            shown.extend(buttons(&interactive.object("action")?)?);
        }
        "list" => {
            header(&interactive, &["text"])?;
            shown.push(body(&interactive, 1..=4096)?);
            shown.extend(list(&interactive.object("action")?)?);
        }
        "cta_url" => {
            header(&interactive, &["text", "image", "video", "document"])?;
            shown.push(body(&interactive, 1..=1024)?);
            shown.push(link(&action("cta_url")?)?);
        }
        "flow" => {
            header(&interactive, &["text", "image", "video", "document"])?;
            shown.push(body(&interactive, 1..=1024)?);
            shown.push(flow(&action("flow")?.object("parameters")?)?);
        }
        "product" => {
            if interactive.get("header").is_some() {
                return Err(interactive.refuse("header", "is not allowed for this type."));
            }
            shown.extend(optional_body(&interactive)?);
            let action = interactive.object("action")?;
            action.text("catalog_id", 1..=ANY)?;
            action.text("product_retailer_id", 1..=ANY)?;
        }
        "product_list" => {
            interactive.object("header")?;
            header(&interactive, &["text"])?;
            shown.push(body(&interactive, 1..=1024)?);
            products(&interactive.object("action")?)?;
        }
        "carousel" => {
            shown.push(body(&interactive, 1..=1024)?);
            carousel(&interactive.object("action")?)?;
        }
        "location_request_message" => {
            shown.push(body(&interactive, 1..=1024)?);
            action("send_location")?;
        }
        "catalog_message" | "address_message" | "request_contact_info" => {
            shown.push(body(&interactive, 1..=1024)?);
            action(kind)?;
        }
        "voice_call" => {
            shown.push(body(&interactive, 1..=1024)?);
            let parameters = action("voice_call")?.optional_object("parameters")?;
            if let Some(parameters) = parameters {
                parameters.optional_text("display_text", 1..=20)?;
            }
        }
        "call_permission_request" => {
            shown.extend(optional_body(&interactive)?);
            action("call_permission_request")?;
        }
        // Payments differ by country; only their frame is checked.
        "order_details" | "order_status" => {
            shown.push(body(&interactive, 1..=1024)?);
            interactive.object("action")?.object("parameters")?;
        }
        other => return Err(interactive.refuse("type", &format!("is not a known type: \"{other}\"."))),
    }
    if let Some(footer) = interactive.optional_object("footer")? {
        footer.text("text", 1..=60)?;
    }
    shown.retain(|line| !line.is_empty());
    if shown.is_empty() {
        shown.push(kind.replace('_', " "));
    }
    Ok(shown.join("\n"))
}

fn header(interactive: &Object<'_>, possible: &[&str]) -> Result<(), GraphError> {
    let Some(header) = interactive.optional_object("header")? else { return Ok(()) };
    match header.one_of("type", possible)? {
        "text" => header.text("text", 1..=60).map(|_| ()),
        media => source(&header.object(media)?),
    }
}

fn body(interactive: &Object<'_>, length: RangeInclusive<usize>) -> Result<String, GraphError> {
    Ok(interactive.object("body")?.text("text", length)?.to_owned())
}

fn optional_body(interactive: &Object<'_>) -> Result<Option<String>, GraphError> {
    interactive.optional_object("body")?.map(|body| body.text("text", 1..=1024).map(str::to_owned)).transpose()
}

/// One to three reply buttons with different ids and titles.
fn buttons(action: &Object<'_>) -> Result<Vec<String>, GraphError> {
    let (mut ids, mut titles) = (HashSet::new(), HashSet::new());
    let mut shown = Vec::new();
    for button in action.list("buttons", 1..=3)? {
        button.one_of("type", &["reply"])?;
        let reply = button.object("reply")?;
        let title = reply.text("title", 1..=20)?;
        if !ids.insert(reply.text("id", 1..=256)?) {
            return Err(reply.refuse("id", "is duplicated."));
        }
        if !titles.insert(title) {
            return Err(reply.refuse("title", "is duplicated."));
        }
        shown.push(format!("[{title}]"));
    }
    Ok(shown)
}

/// Up to ten sections, and no more than ten rows in all of them together.
fn list(action: &Object<'_>) -> Result<Vec<String>, GraphError> {
    let mut shown = vec![format!("[{}]", action.text("button", 1..=20)?)];
    let sections = action.list("sections", 1..=10)?;
    let mut ids = HashSet::new();
    for section in &sections {
        if section.optional_text("title", 0..=24)?.is_none_or(str::is_empty) && sections.len() > 1 {
            return Err(GraphError::missing("Section titles are required if there is more than one section."));
        }
        for row in section.list("rows", 1..=10)? {
            let title = row.text("title", 1..=24)?;
            row.optional_text("description", 0..=72)?;
            if !ids.insert(row.text("id", 1..=200)?) {
                return Err(row.refuse("id", "is duplicated."));
            }
            shown.push(format!("- {title}"));
        }
    }
    if ids.len() > 10 {
        return Err(action.refuse("sections", "have more than 10 rows in total."));
    }
    Ok(shown)
}

fn link(action: &Object<'_>) -> Result<String, GraphError> {
    let parameters = action.object("parameters")?;
    let label = parameters.text("display_text", 1..=20)?;
    let url = parameters.text("url", 1..=2000)?;
    if !url.starts_with("https://") && !url.starts_with("http://") {
        return Err(parameters.refuse("url", "is not a valid URI."));
    }
    Ok(format!("[{label}] {url}"))
}

fn flow(parameters: &Object<'_>) -> Result<String, GraphError> {
    parameters.one_of("flow_message_version", &["3"])?;
    match (parameters.optional_text("flow_id", 1..=ANY)?, parameters.optional_text("flow_name", 1..=ANY)?) {
        (None, None) => return Err(parameters.refuse_whole("must have one of the fields flow_id and flow_name.")),
        (Some(_), Some(_)) => {
            return Err(parameters.refuse_whole("must have only one of the fields flow_id and flow_name."));
        }
        _ => {}
    }
    if parameters.get("mode").is_some() {
        parameters.one_of("mode", &["draft", "published"])?;
    }
    if parameters.get("flow_action").is_some()
        && parameters.one_of("flow_action", &["navigate", "data_exchange"])? == "navigate"
        && let Some(payload) = parameters.optional_object("flow_action_payload")?
    {
        payload.text("screen", 1..=ANY)?;
    }
    Ok(format!("[{}]", parameters.text("flow_cta", 1..=30)?))
}

/// Up to ten sections, and no more than thirty products in all of them together.
fn products(action: &Object<'_>) -> Result<(), GraphError> {
    action.text("catalog_id", 1..=ANY)?;
    let sections = action.list("sections", 1..=10)?;
    let mut count = 0;
    for section in &sections {
        if section.optional_text("title", 0..=24)?.is_none_or(str::is_empty) && sections.len() > 1 {
            return Err(GraphError::missing("Section titles are required if there is more than one section."));
        }
        for item in section.list("product_items", 1..=30)? {
            item.text("product_retailer_id", 1..=ANY)?;
            count += 1;
        }
    }
    if count > 30 {
        return Err(action.refuse("sections", "have more than 30 products in total."));
    }
    Ok(())
}

/// Two to ten cards of one kind, numbered in order.
fn carousel(action: &Object<'_>) -> Result<(), GraphError> {
    let mut first = None;
    for (n, card) in action.list("cards", 2..=10)?.iter().enumerate() {
        if card.required("card_index")?.as_u64() != u64::try_from(n).ok() {
            return Err(card.refuse("card_index", "must number the cards from 0."));
        }
        let kind = card.one_of("type", &["cta_url", "product"])?;
        let like = if kind == "product" {
            card.object("action")?.text("product_retailer_id", 1..=ANY)?;
            card.object("action")?.text("catalog_id", 1..=ANY)?
        } else {
            header(card, &["image", "video"])?;
            if let Some(body) = card.optional_object("body")? {
                body.text("text", 1..=160)?;
            }
            let action = card.object("action")?;
            action.one_of("name", &["cta_url"])?;
            link(&action)?;
            card.object("header")?.one_of("type", &["image", "video"])?
        };
        if *first.get_or_insert((kind, like)) != (kind, like) {
            return Err(card.refuse_whole("must be like the first card."));
        }
    }
    Ok(())
}

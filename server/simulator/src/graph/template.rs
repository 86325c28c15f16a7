//! Template messages. One template exists, `hello_world`, which every new account has at Meta too.

use serde_json::Value;

use super::{GraphError, field::Object};

/// An approved template without parameters.
#[derive(Debug)]
pub(super) struct Template {
    name: &'static str,
    language: &'static str,
    pub(super) category: &'static str,
    pub(super) body: &'static str,
}

static TEMPLATES: [Template; 1] = [Template {
    name: "hello_world",
    language: "en_US",
    category: "utility",
    body: "Hello World\nWelcome and congratulations!! This message demonstrates your ability to send a WhatsApp message \
           notification from the Cloud API, hosted by Meta. Thank you for taking the time to test with us.",
}];

/// The template that is meant: it must exist in the language (132001) and get as many parameters as it has (132000).
pub(super) fn check(content: &Value) -> Result<&'static Template, GraphError> {
    let template = Object::param(content, "template")?;
    let name = template.text("name", 1..=512)?;
    let language = template.object("language")?.text("code", 1..=16)?;
    let known = TEMPLATES
        .iter()
        .find(|known| known.name == name && known.language.eq_ignore_ascii_case(&language.replace('-', "_")))
        .ok_or_else(|| GraphError::no_such_template(name, language))?;
    if template.get("components").is_none() {
        return Ok(known);
    }
    for component in template.list("components", 0..=64)? {
        let kind = component.text("type", 1..=64)?.to_ascii_lowercase();
        let count = if component.get("parameters").is_some() { component.list("parameters", 0..=64)?.len() } else { 0 };
        if count > 0 {
            let details = format!(
                "{kind}: number of localizable_params ({count}) does not match the expected number of params (0)"
            );
            return Err(GraphError::template_parameters(details));
        }
    }
    Ok(known)
}

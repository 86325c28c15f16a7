//! Graph's manners: tokens, ids, paths, reads.

use serde_json::json;

use crate::kit::{ANA, Meta, answer};

#[tokio::test]
async fn a_request_needs_the_token_of_the_number() {
    let meta = Meta::start().await;
    let other = meta.simulator.register_number("butcher", "Butcher");
    let url = format!("{}/v25.0/{}/messages", meta.url, meta.number.phone_number_id);
    // Wrong in every way: the token is looked at first.
    let post = |token: Option<&str>| {
        let request = meta.client.post(&url).json(&json!({ "nonsense": true }));
        answer(match token {
            Some(token) => request.bearer_auth(token),
            None => request,
        })
    };
    let (status, body) = post(None).await;
    assert_eq!((status, &body["error"]["code"], &body["error"]["type"]), (401, &json!(0), &json!("OAuthException")));
    assert!(body["error"]["fbtrace_id"].as_str().is_some_and(|trace| trace.len() > 10));
    let (status, body) = post(Some("EAAwrong")).await;
    assert_eq!((status, &body["error"]["code"]), (401, &json!(190)));
    // A good token does not see other accounts.
    let (status, body) = post(Some(&other.access_token)).await;
    assert_eq!((status, &body["error"]["code"], &body["error"]["error_subcode"]), (400, &json!(100), &json!(33)));
    assert_eq!(body["error"]["type"], "GraphMethodException");
    let (status, body) = post(Some(&meta.number.access_token)).await;
    assert_eq!((status, &body["error"]["code"], body["error"].get("error_subcode")), (400, &json!(100), None));
}

#[tokio::test]
async fn the_token_may_be_a_parameter() {
    let meta = Meta::start().await;
    let url = format!("{}/{}?access_token={}", meta.url, meta.number.phone_number_id, meta.number.access_token);
    let (status, body) = answer(meta.client.get(url)).await;
    assert_eq!((status, &body["id"]), (200, &json!(meta.number.phone_number_id)));
}

#[tokio::test]
async fn a_form_is_as_good_as_json() {
    let meta = Meta::start().await;
    meta.ana_has_written().await;
    let form = "messaging_product=whatsapp&to=%2B5511987654321&type=text&text=%7B%22body%22%3A%22por%20formulario%22%7D&biz_opaque_callback_data=%7B%22a%22%3A1%7D";
    let request = meta.client.post(format!("{}/v24.0/{}/messages", meta.url, meta.number.phone_number_id));
    let request =
        request.header("content-type", "application/x-www-form-urlencoded").bearer_auth(&meta.number.access_token);
    let (status, body) = answer(request.body(form)).await;
    assert_eq!(status, 200, "{body}");
    let message = meta.simulator.phone_messages(ANA).pop().unwrap();
    assert_eq!((message.text.as_str(), message.callback_data.as_deref()), ("por formulario", Some("{\"a\":1}")));
}

#[tokio::test]
async fn numbers_and_accounts_can_be_read() {
    let meta = Meta::start().await;
    let (id, waba) = (&meta.number.phone_number_id, &meta.number.waba_id);
    let (status, usual) = meta.get(&format!("/v24.0/{id}")).await;
    assert_eq!((status, &usual["verified_name"], &usual["quality_rating"]), (200, &json!("Bakery"), &json!("GREEN")));
    let (_, some) = meta.get(&format!("/v24.0/{id}?fields=verified_name,throughput{{level}},status")).await;
    assert_eq!(
        some,
        json!({ "verified_name": "Bakery", "throughput": { "level": "STANDARD" }, "status": "CONNECTED", "id": id })
    );
    let (status, wrong) = meta.get(&format!("/v24.0/{id}?fields=favourite_colour")).await;
    assert_eq!((status, &wrong["error"]["code"]), (400, &json!(100)));
    assert!(wrong["error"]["message"].as_str().unwrap().contains("(favourite_colour)"));

    let (_, account) = meta.get(&format!("/{waba}?fields=name,currency")).await;
    assert_eq!(account, json!({ "name": "Bakery", "currency": "USD", "id": waba }));
    let (_, numbers) = meta.get(&format!("/v24.0/{waba}/phone_numbers?fields=display_phone_number&limit=10")).await;
    assert_eq!(numbers["data"], json!([{ "display_phone_number": meta.number.display_phone_number, "id": id }]));
}

#[tokio::test]
async fn what_does_not_exist_is_refused_as_graph_does() {
    let meta = Meta::start().await;
    let id = &meta.number.phone_number_id;
    let (status, body) = meta.get(&format!("/v24.0/{id}/nothing/here")).await;
    assert_eq!((status, &body["error"]["code"]), (400, &json!(2500)));
    assert_eq!(body["error"]["message"], "Unknown path components: /nothing/here");
    for path in ["/v24.0/12345", "/v24.0/12345/messages", "/hello"] {
        let (status, body) = meta.get(path).await;
        assert_eq!(
            (status, &body["error"]["code"], &body["error"]["error_subcode"]),
            (400, &json!(100), &json!(33)),
            "{path}"
        );
    }
    let (status, body) = meta.get(&format!("/v24.0/{id}/messages")).await;
    assert_eq!((status, &body["error"]["code"]), (400, &json!(100)));
    assert_eq!(meta.get("/v24.0").await.1["error"]["code"], 2500);
}

#[tokio::test]
async fn answers_carry_metas_headers() {
    let meta = Meta::start().await;
    let request = meta.client.get(format!("{}/v25.0/1", meta.url)).bearer_auth(&meta.number.access_token);
    let answer = request.send().await.unwrap();
    assert_eq!(answer.headers()["facebook-api-version"], "v25.0");
    let trace = answer.headers()["x-fb-trace-id"].to_str().unwrap().to_owned();
    assert!(answer.text().await.unwrap().contains(&trace));
}

//! The interface in several languages: a page names the messages of its own, and a browser loads those alone.

use crate::kit::{Answer, Charla};

/// The address of the messages that a page names.
fn messages_of(page: &str) -> String {
    let link = page.split("id=\"messages\"").nth(1).expect("the page names its messages");
    let address = link.split("href=\"").nth(1).and_then(|rest| rest.split('"').next());
    address.expect("the link has an address").to_owned()
}

#[tokio::test]
async fn a_page_loads_the_messages_of_its_language_and_no_other() {
    let charla = Charla::start().await;
    let reader = charla.owner().await;
    let page = reader.open("/account").await;
    assert!(page.body.contains("lang=\"en\" dir=\"ltr\""));
    let english = reader.get(&messages_of(&page.body)).await;
    assert!(english.body.contains("login-title = "), "{}", english.body);

    reader.submit("/preferences", &[("locale", "es"), ("back", "/account")]).await;
    let page = reader.open("/account").await;
    assert!(page.body.contains("lang=\"es\""));
    let spanish = reader.get(&messages_of(&page.body)).await;
    assert_eq!(spanish.status, 200);
    assert_ne!(spanish.body, english.body);
}

#[tokio::test]
async fn messages_are_kept_by_browsers_under_their_own_name_only() {
    let charla = Charla::start().await;
    let stranger = charla.browser();
    let address = messages_of(&stranger.open("/welcome").await.body);
    let kept = |answer: &Answer| answer.headers["cache-control"].to_str().unwrap().contains("immutable");
    assert!(kept(&stranger.get(&address).await));
    // A page of another release is served, too, but what it gets is not what its name says.
    let other = stranger.get("/messages/en-0000000000000000.ftl").await;
    assert_eq!(other.status, 200);
    assert!(!kept(&other));
    assert_eq!(stranger.get("/messages/tlh-0000000000000000.ftl").await.status, 404);
}

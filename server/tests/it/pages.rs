//! Pages as the host makes them: whole, and the same whoever else is served at that moment. The browser takes over what the
//! host has written with the data that came along, so the two must never differ.

use std::collections::BTreeMap;

use futures::{StreamExt, stream};

use crate::kit::{Answer, Charla, eventually};

/// What is to be seen of a page: without its scripts, whose order is that in which data came, and without the key of its
/// policy, which is another for each.
fn markup(page: &Answer) -> String {
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).expect("a nonce");
    let body = page.body.replace(nonce, "");
    let mut parts = body.split("<script");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| all + part.split_once("</script>").map_or("", |(_, rest)| rest))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_page_is_the_same_however_many_are_made_at_once() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    for number in 0..5 {
        charla.phone(&workspace, "Bea", &format!("+551190000000{number}")).await.writes("Are you open?").await;
    }
    let (otto, others) = charla.other_tenant(&owner, &workspace).await;
    // Each with the one that greets a new workspace.
    let mut asked = Vec::new();
    for (member, workspace, unread) in [(&owner, &workspace, 6), (&otto, &others, 1)] {
        let conversations = eventually(|| async {
            let all = member.conversations(workspace).await;
            (all.len() == unread).then_some(all)
        })
        .await;
        let thread = format!("inbox/{}", conversations[0]["id"].as_str().unwrap());
        let title = format!("<title>({unread}) ");
        for page in ["inbox", &thread, "contacts", "settings/labels"] {
            asked.push((member, format!("/w/{workspace}/{page}"), title.clone()));
        }
    }

    let count = 30 * asked.len();
    let pages = stream::iter(asked.iter().cycle().take(count)).map(|(member, path, title)| async move {
        let page = member.open(path).await;
        assert_eq!(page.status, 200, "{path}");
        (path, title, markup(&page))
    });
    let mut seen = BTreeMap::new();
    for (path, title, page) in pages.buffer_unordered(12).collect::<Vec<_>>().await {
        assert!(page.contains(title), "{path} says in its title how much is unread in its own workspace");
        assert!(page.contains("</html>"), "{path} has an end");
        let first = seen.entry(path).or_insert_with(|| page.clone());
        assert_eq!(*first, page, "{path}");
    }
}

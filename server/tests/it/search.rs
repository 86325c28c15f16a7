//! Search: in every script, by phrase and beginning, by parts of numbers; and nothing of what somebody may not see.

use serde_json::{Value, json};

use crate::kit::{Answer, Browser, Charla, Phone, eventually};

async fn ask(browser: &Browser, workspace: &str, query: &str) -> Answer {
    browser
        .call("search/messages", &json!({ "workspace": workspace, "search": { "query": query }, "after": null }))
        .await
}

/// The texts of what was found, with hits in brackets.
async fn found(browser: &Browser, workspace: &str, query: &str) -> Vec<String> {
    let page = ask(browser, workspace, query).await.ok();
    page["hits"].as_array().unwrap().iter().map(marked).collect()
}

fn marked(hit: &Value) -> String {
    let pieces = hit["snippet"].as_array().unwrap().iter().map(|piece| {
        let text = piece["text"].as_str().unwrap();
        if piece["hit"] == true { format!("[{text}]") } else { text.to_owned() }
    });
    pieces.collect()
}

/// The names of the people found.
async fn people(browser: &Browser, workspace: &str, query: &str) -> Vec<String> {
    let found = browser.call("search/people", &json!({ "workspace": workspace, "query": query })).await.ok();
    let name = |person: &Value| person["contact"]["name"].as_str().unwrap().to_owned();
    found.as_array().unwrap().iter().map(name).collect()
}

/// A customer who has written all of these.
async fn wrote(charla: &Charla, owner: &Browser, workspace: &str, who: (&str, &str), texts: &[&str]) -> Phone {
    let phone = charla.phone(workspace, who.0, who.1).await;
    for text in texts {
        phone.writes(text).await;
    }
    let last = texts.last().copied().unwrap_or_default();
    eventually(|| async {
        let all = owner.conversations(workspace).await;
        let row = all.into_iter().find(|c| c["contact"]["name"] == who.0)?;
        let thread = owner.thread(workspace, row["id"].as_str().unwrap()).await;
        thread.iter().any(|message| message["content"]["body"] == last).then_some(())
    })
    .await;
    phone
}

#[tokio::test(flavor = "multi_thread")]
async fn words_are_found_in_every_script() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let texts = [
        "¿Llegará mañana el envío de José?",
        "مَرْحَبًا، متى تفتحون؟",
        "नमस्ते, दुकान कब खुलती है?",
        "请问明天几点开门",
        "ร้านเปิดกี่โมงวันพรุ่งนี้",
        "한국에서 주문했어요",
        "done 🎉🎉 thanks 👍🏽",
        "Straße 12, Łódź",
    ];
    wrote(&charla, &owner, &workspace, ("Bea", "+5511900000002"), &texts).await;
    for (query, marked) in [
        ("jose", "¿Llegará mañana el envío de [José]?"),
        ("MANANA envío", "¿Llegará [mañana] el [envío] de José?"),
        ("مرحبا", "[مَرْحَبًا]، متى تفتحون؟"),
        ("खुलती", "नमस्ते, दुकान कब [खुलती] है?"),
        ("几点", "请问明天[几点]开门"),
        ("พรุ่งนี้", "ร้านเปิดกี่โมงวัน[พรุ่งนี้]"),
        ("주문", "한국에서 [주문했어요]"),
        ("🎉", "done [🎉🎉] thanks 👍🏽"),
        ("👍", "done 🎉🎉 thanks [👍🏽]"),
        ("strasse lodz", "[Straße] 12, [Łódź]"),
    ] {
        assert_eq!(found(&owner, &workspace, query).await, [marked], "{query}");
    }
    for query in ["खुलता", "点几", "भ", "🎂"] {
        assert!(found(&owner, &workspace, query).await.is_empty(), "{query}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_words_count_the_last_may_be_a_beginning_and_a_phrase_stands_together() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let texts = ["two weeks late", "late by weeks, two of them", "just late"];
    wrote(&charla, &owner, &workspace, ("Bea", "+5511900000002"), &texts).await;
    let count = |query: &'static str| {
        let (owner, workspace) = (owner.clone(), workspace.clone());
        async move { found(&owner, &workspace, query).await.len() }
    };
    assert_eq!(count("late").await, 3);
    assert_eq!(count("late wee").await, 2);
    assert_eq!(count("wee late").await, 0, "only the last word may be a beginning");
    assert_eq!(found(&owner, &workspace, "\"two weeks\"").await, ["[two weeks] late"]);
    assert_eq!(count("late nothing").await, 0);
    // Newest first, as in the thread.
    let page = ask(&owner, &workspace, "late").await.ok();
    let hits = page["hits"].as_array().unwrap();
    let thread = owner.thread(&workspace, hits[0]["conversation"].as_str().unwrap()).await;
    let ids = |messages: &[Value]| messages.iter().map(|message| message["id"].clone()).collect::<Vec<_>>();
    let mut newest_first = ids(&thread);
    newest_first.reverse();
    assert_eq!(ids(hits), newest_first);
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_follow_each_other_without_gap_or_repetition() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    wrote(&charla, &owner, &workspace, ("Bea", "+5511900000002"), &["first"]).await;
    let raw = charla.raw().await;
    // Among so many that the newest few do not hold all of them.
    sqlx::query(
        "INSERT INTO messages (workspace_id, id, conversation_id, channel_id, direction, author_kind, content, at, created_at, arrival)
         SELECT workspace_id, gen_random_uuid(), id, channel_id, 'in', 'contact',
                jsonb_build_object('type', 'text', 'body', CASE WHEN n % 20 = 0 THEN 'needle ' || n ELSE 'hay ' || n END),
                now() - n * interval '1 minute', now(), 100 + n
         FROM conversations, generate_series(1, 1000) AS n WHERE preview ->> 'text' = 'first'",
    )
    .execute(&raw)
    .await
    .unwrap();
    for query in ["needle", "needle hay", "\"needle 500\""] {
        let (mut after, mut ids) = (Value::Null, Vec::new());
        loop {
            let arguments = json!({ "workspace": workspace, "search": { "query": query }, "after": after });
            let page = owner.call("search/messages", &arguments).await.ok();
            ids.extend(page["hits"].as_array().unwrap().iter().map(|hit| hit["id"].as_str().unwrap().to_owned()));
            after = page["next"].clone();
            if after.is_null() {
                break;
            }
        }
        let different: std::collections::BTreeSet<_> = ids.iter().collect();
        assert_eq!(different.len(), ids.len(), "{query}");
        let expected = match query {
            "needle" => 50,
            "needle hay" => 0,
            _ => 1,
        };
        assert_eq!(ids.len(), expected, "{query}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_message_says_now_is_what_is_found() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    wrote(&charla, &owner, &workspace, ("Bea", "+5511900000002"), &["an apricot"]).await;
    let raw = charla.raw().await;
    sqlx::query("UPDATE messages SET content = '{\"type\":\"document\",\"filename\":\"quince.pdf\",\"caption\":\"a fig\"}' WHERE content ->> 'body' = 'an apricot'")
        .execute(&raw)
        .await
        .unwrap();
    assert!(found(&owner, &workspace, "apricot").await.is_empty());
    assert_eq!(found(&owner, &workspace, "quince").await, ["a fig · [quince].pdf"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_stored_before_there_was_a_search_is_found_soon() {
    let mut charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    wrote(&charla, &owner, &workspace, ("Bea", "+5511900000002"), &["an apricot"]).await;
    let raw = charla.raw().await;
    // As an upgrade leaves it; there are no words for the backlog's task to find before the next start.
    let most = "ffffffff-ffff-ffff-ffff-ffffffffffff";
    for statement in [
        "DELETE FROM message_words",
        "UPDATE contacts SET words = NULL",
        "DELETE FROM words_backlog",
        &format!("INSERT INTO words_backlog (workspace_id, message_id) VALUES ('{most}', '{most}')"),
    ] {
        sqlx::query(sqlx::AssertSqlSafe(statement.to_owned())).execute(&raw).await.unwrap();
    }
    assert!(found(&owner, &workspace, "apricot").await.is_empty());
    assert!(people(&owner, &workspace, "bea").await.is_empty());
    let addr = charla.stop().await;
    charla.start_again(addr).await;
    eventually(|| async { (found(&owner, &workspace, "apricot").await.len() == 1).then_some(()) }).await;
    eventually(|| async { (people(&owner, &workspace, "bea").await == ["Bea"]).then_some(()) }).await;
    eventually(|| async {
        let left: i64 = sqlx::query_scalar("SELECT count(*) FROM words_backlog").fetch_one(&raw).await.unwrap();
        (left == 0).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_stays_in_its_conversation_and_its_time() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    wrote(&charla, &owner, &workspace, ("Bea", "+5511900000002"), &["bread from Bea"]).await;
    wrote(&charla, &owner, &workspace, ("Carl", "+5511900000003"), &["bread from Carl"]).await;
    let all = owner.conversations(&workspace).await;
    let bea = all.iter().find(|c| c["contact"]["name"] == "Bea").unwrap()["id"].clone();
    let search = |search: Value| {
        let (owner, workspace) = (owner.clone(), workspace.clone());
        async move {
            let arguments = json!({ "workspace": workspace, "search": search, "after": null });
            let page = owner.call("search/messages", &arguments).await.ok();
            page["hits"].as_array().unwrap().iter().map(marked).collect::<Vec<_>>()
        }
    };
    assert_eq!(search(json!({ "query": "bread", "conversation": bea })).await, ["[bread] from Bea"]);
    assert_eq!(search(json!({ "query": "bread", "until": "2001-01-01T00:00:00Z" })).await, [""; 0]);
    assert_eq!(search(json!({ "query": "bread", "from": "2001-01-01T00:00:00Z" })).await.len(), 2);
    // Times that no database knows.
    assert_eq!(search(json!({ "query": "bread", "until": "-009000-01-01T00:00:00Z" })).await, [""; 0]);
    assert_eq!(search(json!({ "query": "bread", "from": "-009000-01-01T00:00:00Z" })).await.len(), 2);
    let early = json!({ "at": "-009000-01-01T00:00:00Z", "id": bea });
    let arguments = json!({ "workspace": workspace, "search": { "query": "bread" }, "after": early });
    assert_eq!(owner.call("search/messages", &arguments).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conversation_is_searched_in_pages_and_says_how_many_there_are() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    wrote(&charla, &owner, &workspace, ("Bea", "+5511900000002"), &["first"]).await;
    wrote(&charla, &owner, &workspace, ("Carl", "+5511900000003"), &["a needle of Carl's"]).await;
    sqlx::query(
        "INSERT INTO messages (workspace_id, id, conversation_id, channel_id, direction, author_kind, content, at, created_at, arrival)
         SELECT workspace_id, gen_random_uuid(), id, channel_id, 'in', 'contact',
                jsonb_build_object('type', 'text', 'body', CASE WHEN n % 8 = 0 THEN 'Needle or *needle* ' || n ELSE 'hay ' || n END),
                now() - n * interval '1 minute', now(), 100 + n
         FROM conversations, generate_series(1, 2000) AS n WHERE preview ->> 'text' = 'first'",
    )
    .execute(&charla.raw().await)
    .await
    .unwrap();
    let all = owner.conversations(&workspace).await;
    let id = |name: &str| all.iter().find(|c| c["contact"]["name"] == name).unwrap()["id"].clone();
    let search = |name: &str, query: &'static str, after: Value| {
        let (owner, arguments) = (
            owner.clone(),
            json!({ "workspace": workspace, "conversation": id(name), "query": query, "after": after }),
        );
        async move { owner.call("search/conversation", &arguments).await.ok() }
    };
    let (mut after, mut times, mut pages) = (Value::Null, Vec::new(), Vec::new());
    loop {
        let page = search("Bea", "needle", after).await;
        let hits = page["hits"].as_array().unwrap();
        times.extend(hits.iter().map(|hit| hit["at"].as_str().unwrap().to_owned()));
        pages.push((hits.len(), page["total"].clone()));
        after = page["next"].clone();
        if after.is_null() {
            break;
        }
    }
    let total = json!({ "counted": 250, "more": false });
    assert_eq!(pages, [(100, total), (100, Value::Null), (50, Value::Null)]);
    assert!(times.windows(2).all(|pair| pair[0] > pair[1]), "newest first, none twice");
    // Marks are told by their letters: markup is not shown.
    let page = search("Bea", "\"needle 16\"", Value::Null).await;
    assert_eq!(page["hits"][0]["marks"], json!([{ "words": "needle* 16", "nth": 0 }]));
    let page = search("Bea", "needle", Value::Null).await;
    assert_eq!(page["hits"][0]["marks"], json!([{ "words": "Needle", "nth": 0 }, { "words": "needle", "nth": 0 }]));
    // Counting has an end.
    assert_eq!(search("Bea", "hay", Value::Null).await["total"], json!({ "counted": 1000, "more": true }));
    assert_eq!(search("Carl", "hay", Value::Null).await["total"], json!({ "counted": 0, "more": false }));
    assert_eq!(search("Carl", "needle", Value::Null).await["hits"].as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn people_are_found_by_name_and_by_any_part_of_their_number() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    wrote(&charla, &owner, &workspace, ("María José Núñez", "+34600123456"), &["hola"]).await;
    wrote(&charla, &owner, &workspace, ("王小明", "+447700900123"), &["hello"]).await;
    for query in ["maria", "nunez mar", "JOSÉ", "600 12 34 56", "+34 600-123", "123456", "0034600123456", "345"] {
        assert_eq!(people(&owner, &workspace, query).await, ["María José Núñez"], "{query}");
    }
    for query in ["小明", "07700 900123", "7700"] {
        assert_eq!(people(&owner, &workspace, query).await, ["王小明"], "{query}");
    }
    for query in ["45", "aria", "maria zzz", "600123457"] {
        assert!(people(&owner, &workspace, query).await.is_empty(), "{query}");
    }
    let everything = owner.call("search/everything", &json!({ "workspace": workspace, "query": "mar" })).await.ok();
    assert_eq!(everything["people"][0]["contact"]["phone"], "+34600123456");
    assert!(everything["people"][0]["conversation"]["id"].is_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_thousands_have_is_found_though_none_of_them_wrote_lately() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    wrote(&charla, &owner, &workspace, ("Bea", "+5511900000002"), &["hola"]).await;
    let raw = charla.raw().await;
    sqlx::query(
        "INSERT INTO contacts (workspace_id, id, name, created_at)
         SELECT $1::uuid, gen_random_uuid(), 'Zoe ' || n, now() FROM generate_series(1, 1200) AS n",
    )
    .bind(&workspace)
    .execute(&raw)
    .await
    .unwrap();
    assert!(people(&owner, &workspace, "zoe").await.len() > 1);
    assert_eq!(people(&owner, &workspace, "zoe 1200").await, ["Zoe 1200"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_see_numbers_cannot_feel_for_them_either() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    wrote(&charla, &owner, &workspace, ("María", "+34600123456"), &["hola"]).await;
    let viewer = charla.joins(&owner, &workspace, "Vera Viewer", "viewer").await;
    for query in ["600", "34600123456", "+34 600 123 456", "3456"] {
        assert!(people(&viewer, &workspace, query).await.is_empty(), "{query}");
        let arguments = json!({ "workspace": workspace, "query": query });
        let everything = viewer.call("search/everything", &arguments).await;
        assert_eq!(everything.json()["people"], json!([]), "{query}");
    }
    let arguments = json!({ "workspace": workspace, "query": "maria" });
    let answer = viewer.call("search/people", &arguments).await;
    assert!(answer.body.contains('•') && !answer.body.contains("600123"), "{}", answer.body);
    let page = ask(&viewer, &workspace, "hola").await;
    assert!(page.status == 200 && !page.body.contains("600123"), "{}", page.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_workspace_is_never_searched() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let (otto, others) = charla.other_tenant(&owner, &workspace).await;
    wrote(&charla, &owner, &workspace, ("Bea Secret", "+5511900000002"), &["a quince for Bea"]).await;
    assert_eq!(found(&owner, &workspace, "quince").await.len(), 1);
    assert!(found(&otto, &others, "quince").await.is_empty());
    assert!(people(&otto, &others, "secret").await.is_empty());
    assert!(people(&otto, &others, "900000002").await.is_empty());
    // The functions take the workspace from the transaction, and without one they find nothing.
    let raw = charla.raw().await;
    let mut tx = raw.begin().await.unwrap();
    sqlx::query("SET LOCAL ROLE charla_app").execute(&mut *tx).await.unwrap();
    let statement = "SELECT count(*) FROM search_messages('{quince}', true, NULL, 'epoch', now() + interval '1 year', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 100)";
    assert_eq!(sqlx::query_scalar::<_, i64>(statement).fetch_one(&mut *tx).await.unwrap(), 0);
    let statement = "SELECT count(*) FROM search_contacts('{secret}', true, '{}', 100)";
    assert_eq!(sqlx::query_scalar::<_, i64>(statement).fetch_one(&mut *tx).await.unwrap(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_question_breaks_the_search() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    wrote(&charla, &owner, &workspace, ("Bea", "+5511900000002"), &["it's 100% (really) a:b & c\\d <-> e!"]).await;
    for query in [
        "",
        " ",
        "\0",
        "a\0b",
        "'",
        "''",
        "\\",
        "\\'",
        "&",
        "|",
        "!",
        "!!x",
        "a & | b",
        "(",
        "((((",
        "a:b",
        "a:*",
        ":*",
        "<->",
        "a <2> b",
        "%",
        "_",
        "%' OR 1=1 --",
        "'; DROP TABLE messages; --",
        "\"",
        "\"\"\"",
        "“",
        "{}",
        "{a,b}",
        "[",
        "NULL",
        "\u{feff}",
        "\u{202e}",
        "\u{1f3fd}",
        "\u{10ffff}",
        "\u{e000}",
        "#",
        "+",
        "+1",
        "....",
        "𝓗𝓸𝓵𝓪",
        "ﷺ",
    ] {
        for function in ["search/people", "search/everything"] {
            let answer = owner.call(function, &json!({ "workspace": workspace, "query": query })).await;
            assert_eq!(answer.status, 200, "{function} {query:?}: {}", answer.body);
        }
        let answer = ask(&owner, &workspace, query).await;
        assert_eq!(answer.status, 200, "{query:?}: {}", answer.body);
    }
    assert_eq!(
        found(&owner, &workspace, "it's a:b c\\d").await.len(),
        1,
        "what divides words in a text divides them in a question"
    );
    for query in ["x".repeat(201), "x ".repeat(32_000), "🎉".repeat(65_000)] {
        let answer = ask(&owner, &workspace, &query).await;
        assert_eq!(answer.status, 400, "{} characters", query.chars().count());
    }
    // As long as may be.
    assert_eq!(ask(&owner, &workspace, &"x ".repeat(100)).await.status, 200);
    assert_eq!(ask(&owner, &workspace, &"漢".repeat(200)).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_is_as_quick_the_tenth_time() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    wrote(&charla, &owner, &workspace, ("Bea", "+5511900000002"), &["first"]).await;
    let raw = charla.raw().await;
    // One rare word at the far end of many messages: a plan for any values would walk back to it.
    sqlx::query(
        "INSERT INTO messages (workspace_id, id, conversation_id, channel_id, direction, author_kind, content, at, created_at, arrival)
         SELECT workspace_id, gen_random_uuid(), id, channel_id, 'in', 'contact',
                jsonb_build_object('type', 'text', 'body', CASE WHEN n = 20000 THEN 'needle' ELSE 'hay ' || n END),
                now() - n * interval '1 minute', now(), 100 + n
         FROM conversations, generate_series(1, 20000) AS n WHERE preview ->> 'text' = 'first'",
    )
    .execute(&raw)
    .await
    .unwrap();
    sqlx::query("VACUUM ANALYZE messages, message_words").execute(&raw).await.unwrap();
    // Rows of messages and of their words that the database has read so far, by whatever way.
    let read = || async {
        let statement = "SELECT sum(coalesce(idx_tup_fetch, 0) + coalesce(seq_tup_read, 0))::bigint FROM pg_stat_user_tables WHERE relname IN ('messages', 'message_words')";
        sqlx::query("SELECT pg_stat_clear_snapshot()").execute(&raw).await.unwrap();
        sqlx::query_scalar::<_, i64>(statement).fetch_one(&raw).await.unwrap()
    };
    for _ in 0..12 {
        assert_eq!(found(&owner, &workspace, "needle").await, ["[needle]"]);
    }
    // Counters of other connections are flushed when these become idle for a moment.
    tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
    let before = read().await;
    for _ in 0..10 {
        assert_eq!(found(&owner, &workspace, "needle").await, ["[needle]"]);
    }
    tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
    let rows = read().await - before;
    assert!(rows < 10 * 1000, "{rows} rows were read for ten searches of one word");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_that_takes_too_long_says_so() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let raw = charla.raw().await;
    // Nothing can be read while somebody holds the table.
    let mut tx = raw.begin().await.unwrap();
    sqlx::query("LOCK TABLE messages").execute(&mut *tx).await.unwrap();
    let answer = ask(&owner, &workspace, "hello").await;
    assert_eq!((answer.status, answer.code().as_str()), (503, "search.too_long"));
    tx.rollback().await.unwrap();
    assert_eq!(ask(&owner, &workspace, "hello").await.status, 200);
}

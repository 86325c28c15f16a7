//! Thousands of messages at once, stored by SQL as the one door for outgoing messages stores each of them: the message,
//! its first line in the flight recorder, its place in the outbox, the conversation's last message, the event.

use sqlx::PgPool;
use uuid::Uuid;

use super::Tenant;

/// A conversation with an open window.
#[derive(Debug, Clone)]
pub struct Talk {
    pub id: Uuid,
    /// Digits.
    pub phone: String,
}

/// Digits of the n-th customer of the tests. They end in 2000 to 6999, where the simulator's numbers with a meaning are
/// not.
fn phone(n: usize) -> String {
    format!("5511{:05}{}", 97_000 + n / 5000, 2000 + n % 5000)
}

/// Customers who wrote an hour ago; those of `first` and after it.
pub async fn talks(sql: &PgPool, tenant: &Tenant, first: usize, count: usize) -> Vec<Talk> {
    let talks: Vec<Talk> = (first..first + count).map(|n| Talk { id: Uuid::now_v7(), phone: phone(n) }).collect();
    let ids: Vec<Uuid> = talks.iter().map(|talk| talk.id).collect();
    let phones: Vec<String> = talks.iter().map(|talk| talk.phone.clone()).collect();
    let (contacts, messages) = (fresh(count), fresh(count));
    let mut tx = sql.begin().await.unwrap();
    sqlx::query(
        "INSERT INTO contacts (workspace_id, id, name, created_at)
         SELECT $1, id, 'Customer ' || phone, now() FROM unnest($2::uuid[], $3::text[]) AS t (id, phone)",
    )
    .bind(tenant.workspace)
    .bind(&contacts)
    .bind(&phones)
    .execute(&mut *tx)
    .await
    .unwrap();
    sqlx::query(
        "INSERT INTO identities (workspace_id, kind, value, contact_id, created_at)
         SELECT $1, 'phone', phone, id, now() FROM unnest($2::uuid[], $3::text[]) AS t (id, phone)",
    )
    .bind(tenant.workspace)
    .bind(&contacts)
    .bind(&phones)
    .execute(&mut *tx)
    .await
    .unwrap();
    sqlx::query(
        r#"INSERT INTO conversations (workspace_id, id, channel_id, contact_id, arrived, preview, last_message_id,
                                      last_message_at, last_inbound_at, waiting_since, created_at)
           SELECT $1, id, $2, contact, 1, '{"direction": "in", "content_type": "text", "text": "hello", "state": null}',
                  message, now() - interval '1 hour', now() - interval '1 hour', now() - interval '1 hour', now()
           FROM unnest($3::uuid[], $4::uuid[], $5::uuid[]) AS t (id, contact, message)"#,
    )
    .bind(tenant.workspace)
    .bind(tenant.channel)
    .bind(&ids)
    .bind(&contacts)
    .bind(&messages)
    .execute(&mut *tx)
    .await
    .unwrap();
    sqlx::query(
        r#"INSERT INTO messages (workspace_id, id, conversation_id, channel_id, direction, author_kind, content,
                                 external_id, at, created_at, arrival)
           SELECT $1, message, id, $2, 'in', 'contact', '{"type": "text", "body": "hello"}', 'wamid.hello.' || message,
                  now() - interval '1 hour', now(), 1
           FROM unnest($3::uuid[], $4::uuid[]) AS t (id, message)"#,
    )
    .bind(tenant.workspace)
    .bind(tenant.channel)
    .bind(&ids)
    .bind(&messages)
    .execute(&mut *tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
    talks
}

fn fresh(count: usize) -> Vec<Uuid> {
    (0..count).map(|_| Uuid::now_v7()).collect()
}

/// Stores a text for each of these conversations, in this order; one that stands there twice gets two. Gives the
/// messages.
pub async fn enqueue(sql: &PgPool, tenant: &Tenant, talks: &[Talk]) -> Vec<Uuid> {
    let conversations: Vec<Uuid> = talks.iter().map(|talk| talk.id).collect();
    let messages = fresh(talks.len());
    let mut tx = sql.begin().await.unwrap();
    // As the one door does: the lock of the conversation keeps the order.
    sqlx::query("SELECT FROM conversations WHERE workspace_id = $1 AND id = ANY ($2) ORDER BY id FOR UPDATE")
        .bind(tenant.workspace)
        .bind(&conversations)
        .execute(&mut *tx)
        .await
        .unwrap();
    sqlx::query(
        "INSERT INTO messages (workspace_id, id, conversation_id, channel_id, direction, author_kind, author_user_id, content,
                               client_key, state, at, created_at, arrival)
         SELECT $1, message, c.id, $2, 'out', 'member', $5, jsonb_build_object('type', 'text', 'body', 'campaign ' || message),
                gen_random_uuid(), 'queued', now(), now(), c.arrived
         FROM unnest($3::uuid[], $4::uuid[]) AS t (conversation, message)
         JOIN conversations c ON c.workspace_id = $1 AND c.id = conversation",
    )
    .bind(tenant.workspace)
    .bind(tenant.channel)
    .bind(&conversations)
    .bind(&messages)
    .bind(tenant.user)
    .execute(&mut *tx)
    .await
    .unwrap();
    sqlx::query(
        "INSERT INTO message_events (workspace_id, message_id, id, state, source, at)
         SELECT $1, message, gen_random_uuid(), 'queued', 'member', now() FROM unnest($2::uuid[]) AS t (message)",
    )
    .bind(tenant.workspace)
    .bind(&messages)
    .execute(&mut *tx)
    .await
    .unwrap();
    sqlx::query(
        "INSERT INTO outbox (workspace_id, message_id, channel_id, conversation_id, first, due_at)
         SELECT $1, message, $2, conversation,
                row_number() OVER (PARTITION BY conversation ORDER BY place) = 1
                AND NOT EXISTS (SELECT FROM outbox o WHERE o.workspace_id = $1 AND o.conversation_id = conversation),
                now()
         FROM unnest($3::uuid[], $4::uuid[]) WITH ORDINALITY AS t (conversation, message, place)
         ORDER BY place",
    )
    .bind(tenant.workspace)
    .bind(tenant.channel)
    .bind(&conversations)
    .bind(&messages)
    .execute(&mut *tx)
    .await
    .unwrap();
    sqlx::query(
        r#"UPDATE conversations c
           SET last_message_id = t.message, last_message_at = now(), waiting_since = NULL,
               preview = '{"direction": "out", "content_type": "text", "text": "campaign", "state": "queued"}'
           FROM (SELECT DISTINCT ON (conversation) conversation, message
                 FROM unnest($2::uuid[], $3::uuid[]) WITH ORDINALITY AS t (conversation, message, place)
                 ORDER BY conversation, place DESC) t
           WHERE c.workspace_id = $1 AND c.id = t.conversation"#,
    )
    .bind(tenant.workspace)
    .bind(&conversations)
    .bind(&messages)
    .execute(&mut *tx)
    .await
    .unwrap();
    sqlx::query(
        "INSERT INTO events (workspace_id, at, happening)
         SELECT $1, now(), jsonb_build_object('kind', 'message_created', 'conversation', conversation, 'message', message)
         FROM unnest($2::uuid[], $3::uuid[]) AS t (conversation, message)",
    )
    .bind(tenant.workspace)
    .bind(&conversations)
    .bind(&messages)
    .execute(&mut *tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
    ring(sql).await;
    messages
}

/// Rings the doorbells, as a node does after its commit; a lost ring is made up for by looking from time to time.
pub async fn ring(sql: &PgPool) {
    for topic in ["jobs", "outbox", "events"] {
        let ring = sqlx::query("SELECT pg_notify('charla', 'elsewhere ' || $1)").bind(topic);
        ring.execute(sql).await.unwrap();
    }
}

//! A workspace of the installation, and what is prepared in it by SQL.

use anyhow::{Context, Result};
use sqlx::PgPool;
use uuid::Uuid;

use crate::traffic::{self, Number};

/// A workspace with one number, and the owner's cookie.
#[derive(Debug, Clone)]
pub(crate) struct Tenant {
    pub workspace: Uuid,
    pub channel: Uuid,
    pub number: Number,
    pub cookie: String,
}

/// An outgoing message that Meta took, and the customer it went to.
#[derive(Debug, Clone)]
pub(crate) struct Taken {
    pub id: String,
    pub phone: u64,
}

impl Tenant {
    /// Stores `count` outgoing messages that Meta has taken already, spread over the conversations with the first
    /// `phones` customers, so that statuses have something to be about. Not what is measured: hence SQL.
    pub(crate) async fn taken_messages(
        &self,
        sql: &PgPool,
        tag: &str,
        count: usize,
        phones: u64,
    ) -> Result<Vec<Taken>> {
        let stored: Vec<(String, String)> = sqlx::query_as(
            "WITH places AS (
                 SELECT c.id, c.arrived, i.value AS phone, row_number() OVER (ORDER BY i.value) - 1 AS place, count(*) OVER () AS places
                 FROM conversations c
                 JOIN identities i ON i.workspace_id = c.workspace_id AND i.contact_id = c.contact_id AND i.kind = 'phone'
                 WHERE c.workspace_id = $1 AND c.channel_id = $2 AND i.value = ANY($5)),
             stored AS (
                 INSERT INTO messages (workspace_id, id, conversation_id, channel_id, direction, author_kind, author_user_id, content,
                                       external_id, arrival, state, at, created_at)
                 SELECT $1, gen_random_uuid(), p.id, $2, 'out', 'member', (SELECT user_id FROM members WHERE workspace_id = $1 LIMIT 1),
                        '{\"type\":\"text\",\"body\":\"Yes, it is. Shall we send it to you?\"}', 'wamid.' || $3 || '.out.' || n, p.arrived,
                        'accepted', now(), now()
                 FROM generate_series(1, $4::bigint) n JOIN places p ON p.place = n % p.places
                 RETURNING conversation_id, external_id)
             SELECT s.external_id, p.phone FROM stored s JOIN places p ON p.id = s.conversation_id ORDER BY s.external_id",
        )
        .bind(self.workspace)
        .bind(self.channel)
        .bind(tag)
        .bind(i64::try_from(count)?)
        .bind((0..phones).map(traffic::digits).collect::<Vec<_>>())
        .fetch_all(sql)
        .await
        .context("the messages that statuses are about could not be prepared")?;
        anyhow::ensure!(stored.len() == count, "{} of {count} messages could be prepared", stored.len());
        sqlx::query("ANALYZE messages").execute(sql).await?;
        let first = traffic::digits(0).parse::<u64>()?;
        stored.into_iter().map(|(id, phone)| Ok(Taken { id, phone: (phone.parse::<u64>()? - first) / 10 })).collect()
    }

    /// Puts `count` messages into the outbox as a campaign does, spread over the conversations with the first `phones`
    /// customers: what is measured is the sending, hence SQL.
    pub(crate) async fn enqueue(&self, sql: &PgPool, count: usize, phones: u64) -> Result<()> {
        let queued = sqlx::query(
            "WITH places AS (
                 SELECT c.id, c.arrived, row_number() OVER (ORDER BY i.value) - 1 AS place, count(*) OVER () AS places
                 FROM conversations c
                 JOIN identities i ON i.workspace_id = c.workspace_id AND i.contact_id = c.contact_id AND i.kind = 'phone'
                 WHERE c.workspace_id = $1 AND c.channel_id = $2 AND i.value = ANY($4)),
             queued AS (
                 INSERT INTO messages (workspace_id, id, conversation_id, channel_id, direction, author_kind, author_user_id, content,
                                       arrival, state, at, created_at)
                 SELECT $1, gen_random_uuid(), p.id, $2, 'out', 'member', (SELECT user_id FROM members WHERE workspace_id = $1 LIMIT 1),
                        '{\"type\":\"text\",\"body\":\"The blue one is back. Shall we keep one for you?\"}', p.arrived,
                        'queued', now() + n * interval '1 microsecond', now()
                 FROM generate_series(0, $3::bigint - 1) n JOIN places p ON p.place = n % p.places
                 RETURNING id, conversation_id, at)
             INSERT INTO outbox (workspace_id, message_id, channel_id, conversation_id, priority, first, due_at)
             SELECT $1, id, $2, conversation_id, 2, row_number() OVER (PARTITION BY conversation_id ORDER BY at) = 1, now()
             FROM queued ORDER BY at",
        )
        .bind(self.workspace)
        .bind(self.channel)
        .bind(i64::try_from(count)?)
        .bind((0..phones).map(traffic::digits).collect::<Vec<_>>())
        .execute(sql)
        .await
        .context("messages could not be put into the outbox; has its shape changed?")?
        .rows_affected();
        anyhow::ensure!(usize::try_from(queued).ok() == Some(count), "{queued} of {count} messages were queued");
        Ok(())
    }
}

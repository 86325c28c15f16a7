//! A database per test: copied from a template that is migrated once per version of the migrations.

use std::hash::{DefaultHasher, Hash, Hasher};

use charla_core::{Database, MIGRATOR};
use sqlx::{Connection, Executor, PgConnection};

/// The address of a fresh, migrated database on the cluster that the build driver started.
pub async fn fresh_database() -> String {
    let admin = std::env::var("CHARLA_TEST_DATABASE_URL").expect("run the tests with `cargo xtask test`");
    let mut connection = PgConnection::connect(&admin).await.expect("the test cluster runs");
    let mut hasher = DefaultHasher::new();
    for migration in MIGRATOR.iter() {
        migration.checksum.hash(&mut hasher);
    }
    let template = format!("charla_template_{:x}", hasher.finish());
    let name = format!("charla_test_{}", uuid::Uuid::now_v7().simple());

    // Tests are processes side by side: one makes the template, the others wait.
    connection.execute("SELECT pg_advisory_lock(4711)").await.unwrap();
    let there: bool = sqlx::query_scalar("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)")
        .bind(&template)
        .fetch_one(&mut connection)
        .await
        .unwrap();
    if !there {
        let making = format!("{template}_making");
        execute(&mut connection, &format!("DROP DATABASE IF EXISTS {making}")).await;
        execute(&mut connection, &format!("CREATE DATABASE {making}")).await;
        let database = Database::connect(&address(&admin, &making), 4).unwrap();
        database.migrate().await.unwrap();
        database.close().await;
        execute(&mut connection, &format!("ALTER DATABASE {making} RENAME TO {template}")).await;
    }
    execute(&mut connection, &format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
    connection.execute("SELECT pg_advisory_unlock(4711)").await.unwrap();
    address(&admin, &name)
}

async fn execute(connection: &mut PgConnection, statement: &str) {
    connection.execute(sqlx::AssertSqlSafe(statement.to_owned())).await.unwrap();
}

/// The same server, another database.
fn address(admin: &str, name: &str) -> String {
    let (start, query) = admin.split_once('?').map_or((admin, None), |(start, query)| (start, Some(query)));
    let (server, _) = start.rsplit_once('/').unwrap();
    query.map_or_else(|| format!("{server}/{name}"), |query| format!("{server}/{name}?{query}"))
}

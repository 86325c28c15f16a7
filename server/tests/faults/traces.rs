//! Traces reach a collector (row K1), and a collector that is away costs nothing but them.

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    sync::mpsc,
};

use crate::kit::{Installation, Plan};

/// A collector that takes everything; gives the bodies of what it was sent.
async fn collector() -> (String, mpsc::UnboundedReceiver<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/v1/traces", listener.local_addr().unwrap());
    let (sender, bodies) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let sender = sender.clone();
            tokio::spawn(async move {
                let mut bytes = vec![0; 65_536];
                while let Ok(read) = stream.read(&mut bytes).await {
                    if read == 0 || sender.send(bytes[..read].to_vec()).is_err() {
                        return;
                    }
                    let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
                }
            });
        }
    });
    (url, bodies)
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_are_traced_to_a_collector_if_one_is_named() {
    let (url, mut bodies) = collector().await;
    let plan = Plan { settings: vec![("CHARLA_OTLP_ENDPOINT", url)], ..Plan::default() };
    let mut installation = Installation::planned(plan).await;
    installation.node().ready().await;
    let mut sent = Vec::new();
    let traced = async {
        while let Some(body) = bodies.recv().await {
            sent.extend(body);
            let text = String::from_utf8_lossy(&sent);
            if text.contains("charla") && text.contains("request") && text.contains("/account") {
                return;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(20), traced).await.expect("the registration's trace");
    assert!(!String::from_utf8_lossy(&sent).contains("correct horse"), "no secret in a trace");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_collector_that_is_away_costs_nothing() {
    let nowhere = "http://127.0.0.1:9/v1/traces".to_owned();
    let plan = Plan { settings: vec![("CHARLA_OTLP_ENDPOINT", nowhere)], ..Plan::default() };
    let mut installation = Installation::planned(plan).await;
    tokio::time::sleep(Duration::from_secs(6)).await;
    assert_eq!(installation.node().health("ready").await, Some(200));
}

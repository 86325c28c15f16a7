//! What survives a restart.

use std::time::Duration;

use charla_simulator::{Simulator, Status};
use serde_json::json;

use crate::kit::{ANA, Meta, Receiver, Scratch, config, eventually};

#[tokio::test]
async fn numbers_phones_and_threads_survive() {
    let scratch = Scratch::new("survive");
    let meta = Meta::start_with(|config| config.state_file = Some(scratch.file())).await;
    meta.ana_has_written().await;
    meta.send_text(ANA, "Hello").await;
    eventually(|| (meta.simulator.phone_messages(ANA).last()?.status == Status::Delivered).then_some(())).await;
    // Saved a moment after the change, without being asked.
    let saved = || std::fs::read_to_string(scratch.file()).unwrap_or_default();
    eventually(|| saved().contains("\"status\":\"delivered\"").then_some(())).await;
    meta.simulator.shutdown().await;

    let again = Meta::start_with(|config| config.state_file = Some(scratch.file())).await;
    let texts = |simulator: &Simulator| simulator.phone_messages(ANA).into_iter().map(|m| m.text).collect::<Vec<_>>();
    assert_eq!(texts(&again.simulator), ["Hola", "Hello"]);
    // The window is still open, the number still answers to its token, and messages can still be read.
    again.send_text(ANA, "Still here").await;
    assert_eq!(again.simulator.read(ANA, None), Ok(1));
    again.receiver.at_least(3).await;
    assert_eq!(again.receiver.statuses(), ["read", "sent", "delivered"]);
    assert_eq!(scratch.names(), ["state.json"]);
}

#[tokio::test]
async fn webhooks_and_statuses_that_were_underway_go_on() {
    let scratch = Scratch::new("underway");
    let meta = Meta::start_with(|config| {
        config.state_file = Some(scratch.file());
        config.timing.delivered = Duration::from_hours(1);
        config.timing.retry.first = Duration::from_hours(1);
        config.timing.retry.max = Duration::from_hours(1);
    })
    .await;
    meta.ana_has_written().await;
    meta.receiver.will_answer(&[503]);
    meta.send_text(ANA, "Hello").await;
    eventually(|| (meta.receiver.tries().len() == 2).then_some(())).await;
    let refused = meta.receiver.tries()[1].0.clone();
    meta.simulator.shutdown().await;

    let again = Meta::start_with(|config| config.state_file = Some(scratch.file())).await;
    again.receiver.at_least(2).await;
    assert_eq!(again.receiver.statuses(), ["sent", "delivered"]);
    assert_eq!(again.receiver.tries()[0].0, refused, "the bytes outlive a restart");
}

#[tokio::test]
async fn a_broken_file_is_moved_aside() {
    for content in
        ["{\"version\":1,\"wor", "", "{\"version\":99,\"world\":{\"numbers\":{},\"phones\":{},\"outbox\":{}}}"]
    {
        let scratch = Scratch::new("broken");
        std::fs::write(scratch.file(), content).unwrap();
        let mut with_file = config(&Receiver::default().listen().await);
        with_file.state_file = Some(scratch.file());
        let simulator = Simulator::start(with_file).await.unwrap();
        simulator.register_number("bakery", "Bakery");
        simulator.shutdown().await;
        let aside = scratch.names().into_iter().find(|name| name.contains("broken")).unwrap();
        let folder = scratch.file().parent().unwrap().to_owned();
        assert_eq!(std::fs::read_to_string(folder.join(aside)).unwrap(), content, "nothing is thrown away");
        let state: serde_json::Value = serde_json::from_slice(&std::fs::read(scratch.file()).unwrap()).unwrap();
        assert_eq!(state["world"]["numbers"]["bakery"]["verified_name"], json!("Bakery"));
    }
}

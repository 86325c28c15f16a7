//! P6 and P6b: numbers of 20, 80 and 1,000 messages a second at once, each with more to send than it may, at a round trip
//! of 150 ms. The simulator refuses what is above the limit as Meta does, and writes down what it took and when.

use std::{collections::HashSet, time::Duration};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use crate::{
    Setting,
    figures::short,
    installation::{Installation, Processing},
    report::{self, Bounds, Row, Verdict},
    tenant::Tenant,
};

/// Messages a second that the numbers may send.
const RATES: [u32; 3] = [20, 80, 1_000];
/// Milliseconds until the simulator answers.
const ROUND_TRIP: u32 = 150;
/// Most customers of one number: each gets few messages, or the limit of a pair would be what is measured.
const CUSTOMERS: u64 = 2_000;
/// Codes of the limits: of the number, of the pair (meta-api.md, errors).
const LIMITS: [&str; 2] = ["130429", "131056"];

struct Line {
    tenant: Tenant,
    rate: u32,
    messages: usize,
    customers: u64,
}

/// What the simulator wrote down about a number.
struct Ledger {
    /// Taken within the window that began with the first.
    in_window: usize,
    most_in_second: u64,
    refusals: u64,
}

pub(crate) async fn measure(setting: &Setting) -> Result<Vec<Row>> {
    let mut installation = Installation::start(setting, "p6").await?;
    let seconds = setting.form(15, 60);
    let mut lines = Vec::new();
    for rate in RATES {
        let tenant = installation.another_tenant(&format!("Rate{rate}")).await?;
        // A tenth more than the window takes, so that there is always one waiting.
        let messages = usize::try_from(rate * seconds)? * 11 / 10;
        let customers = CUSTOMERS.min(u64::try_from(messages)?);
        installation.conversations(&tenant, customers).await?;
        sqlx::query("UPDATE channels SET rate = $3 WHERE workspace_id = $1 AND id = $2")
            .bind(tenant.workspace)
            .bind(tenant.channel)
            .bind(i32::try_from(rate)?)
            .execute(&installation.sql)
            .await?;
        // The customers wrote to the server without the simulator's knowledge: it must not look at their windows.
        let limits = json!({ "per_second": rate, "pair": true, "window": false });
        let path = format!("/__sim/numbers/{}/limits", tenant.number.phone_number_id);
        installation.simulated("PUT", &path, Some(&limits)).await?;
        lines.push(Line { tenant, rate, messages, customers });
    }
    let faults = json!({ "seed": 1, "graph": [{ "fault": "delay", "ms": ROUND_TRIP }], "webhooks": [] });
    installation.simulated("PUT", "/__sim/faults", Some(&faults)).await?;
    // Rates are read when a number is taken over.
    installation.restart_server(Processing::On).await?;

    let mut rows = Vec::new();
    for has_statuses in [false, true] {
        let timing = json!({ "sent_ms": 100, "delivered_ms": 400, "read_ms": 1_500, "statuses": has_statuses });
        installation.simulated("PUT", "/__sim/timing", Some(&timing)).await?;
        let ledgers = run(&mut installation, &lines, seconds).await?;
        let kind = if has_statuses { "with three statuses each" } else { "without statuses" };
        for (line, ledger) in lines.iter().zip(&ledgers) {
            rows.extend(judged(line, ledger, seconds, kind));
        }
    }
    Ok(rows)
}

/// Sends what all numbers have, and reads what the simulator wrote down.
async fn run(installation: &mut Installation<'_>, lines: &[Line], seconds: u32) -> Result<Vec<Ledger>> {
    installation.simulated("DELETE", "/__sim/ledger", None).await?;
    for line in lines {
        line.tenant.enqueue(&installation.sql, line.messages, line.customers).await?;
    }
    let until = Instant::now() + Duration::from_secs(u64::from(seconds)) * 2 + Duration::from_mins(1);
    loop {
        let left = installation.count("SELECT count(*) FROM outbox").await?;
        if left == 0 {
            break;
        }
        ensure!(Instant::now() < until, "{left} messages are still in the outbox after twice the time");
        sleep(Duration::from_millis(100)).await;
    }
    let unsent = installation
        .count("SELECT count(*) FROM messages WHERE direction = 'out' AND state IN ('queued', 'sending', 'failed', 'unknown')")
        .await?;
    ensure!(unsent == 0, "{unsent} messages were not accepted");
    let mut ledgers = Vec::new();
    for line in lines {
        ledgers.push(ledger(installation, line, seconds).await?);
    }
    // The statuses of this run must not fall into the next one.
    sleep(Duration::from_secs(3)).await;
    installation.drain(Duration::from_mins(2)).await?;
    Ok(ledgers)
}

async fn ledger(installation: &Installation<'_>, line: &Line, seconds: u32) -> Result<Ledger> {
    let number = &line.tenant.number.phone_number_id;
    let (mut times, mut messages, mut after) = (Vec::new(), HashSet::new(), None);
    loop {
        let page = after.map_or(String::new(), |after: u64| format!("&after={after}"));
        let path = format!("/__sim/ledger/sent?number={number}{page}");
        let page = installation.simulated("GET", &path, None).await?;
        let sent = page["sent"].as_array().context("the ledger has no `sent`")?;
        let Some(last) = sent.last() else { break };
        after = Some(last["order"].as_u64().context("an entry of the ledger without `order`")?);
        for entry in sent {
            times.push(entry["at_us"].as_u64().context("an entry of the ledger without `at_us`")?);
            let data = entry["callback_data"].as_str().context("a message without callback data")?;
            ensure!(messages.insert(data.to_owned()), "{data} reached the customer twice");
        }
    }
    ensure!(
        times.len() == line.messages,
        "of {} messages at {}/s the simulator took {}",
        line.messages,
        line.rate,
        times.len()
    );
    let first = times.iter().min().copied().unwrap_or(0);
    let window = u64::from(seconds) * 1_000_000;
    let in_window = times.iter().filter(|at| **at < first + window).count();
    let path = format!("/__sim/ledger/rate?number={number}&window_ms=1000");
    let rate = installation.simulated("GET", &path, None).await?;
    let most_in_second = rate["most_in_window"].as_u64().context("the ledger has no `most_in_window`")?;
    let refused = installation.simulated("GET", &format!("/__sim/refusals?number={number}"), None).await?;
    let refusals = LIMITS.iter().filter_map(|code| refused.get(*code).and_then(Value::as_u64)).sum();
    Ok(Ledger { in_window, most_in_second, refusals })
}

fn judged(line: &Line, ledger: &Ledger, seconds: u32, kind: &str) -> [Row; 2] {
    let ideal = line.rate * seconds;
    let ratio = ledger.in_window as f64 / f64::from(ideal);
    let sent = Row {
        ours: short(ledger.in_window as f64),
        baseline: short(f64::from(ideal)),
        ratio: format!("{ratio:.4}"),
        ..Row::of_value(
            "P6",
            format!("accepted in {seconds} s at {}/s, 150 ms away, {kind}", line.rate),
            "",
            ratio,
            Bounds::at_least(0.97, 0.99),
        )
    };
    let excess = (ledger.most_in_second as f64 / f64::from(line.rate) - 1.0).max(0.0);
    let refused = ledger.refusals as f64 / line.messages as f64;
    let verdict = if ledger.refusals == 0 && excess <= 0.0 {
        Verdict::Goal
    } else if excess <= 0.02 && refused <= 1e-4 {
        Verdict::Floor
    } else {
        Verdict::Missed
    };
    report::note(format!("{}/s {kind}: {} refusals by a limit", line.rate, ledger.refusals));
    let above = Row {
        gate: "P6b",
        what: format!("most in any second at {}/s, and refusals by a limit, {kind}", line.rate),
        ours: format!("{}, {}", ledger.most_in_second, ledger.refusals),
        baseline: format!("{}, 0", line.rate),
        ratio: short(ledger.most_in_second as f64 / f64::from(line.rate)),
        spread: "–".to_owned(),
        floor: "≤ +2 %, ≤ 1 in 10,000".to_owned(),
        goal: "≤ +0 %, 0".to_owned(),
        verdict,
    };
    [sent, above]
}

//! The way to the log-in page when the session has ended while the page was open.

use std::time::Duration;

use charla_shared::{
    address,
    problem::{Problem, ProblemKind},
};
use leptos::prelude::*;

/// Time for a log-out of one's own: it ends the session first and then goes to the log-in page by itself.
const PATIENCE: Duration = Duration::from_secs(1);

/// Goes to the log-in page, which leads back here. For the browser.
pub fn again() {
    set_timeout(go, PATIENCE);
}

fn go() {
    let location = window().location();
    let here = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
    // A refused navigation leaves the page as it is, with its error shown.
    let _ = location.set_href(&address::log_in(&here));
}

/// Goes there when that is what a failure asks for. For the browser: call it in an effect.
pub fn if_needed(problem: &Problem) {
    if problem.kind == ProblemKind::Unauthenticated {
        again();
    }
}

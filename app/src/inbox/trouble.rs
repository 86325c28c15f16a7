//! What could not be loaded: why, and the way out.

use leptos::prelude::*;

use super::log_in;
use crate::{failure::Failure, ui::ErrorState};

/// A failure in place of what was to be shown. A session that has ended leads to the log-in page.
#[component]
pub fn Trouble(
    /// What went wrong.
    failure: Failure,
    /// Tries again.
    on_retry: impl Fn() + Send + Sync + 'static,
) -> impl IntoView {
    let problem = failure.0.clone();
    Effect::new(move |_| log_in::if_needed(&problem));
    view! { <ErrorState failure=failure on_retry=on_retry /> }
}

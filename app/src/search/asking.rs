//! Asking while somebody types: a moment after the last key, keeping the last answer on screen until the next is there.

use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};

use crate::failure::Failure;

/// Milliseconds after a key in which another one may come.
const PAUSE: u32 = 120;

/// A question and its answer. A handle, cheap to copy; all methods are safe to call after its page is gone.
#[derive(Debug)]
pub struct Asking<T: Send + Sync + 'static> {
    /// The last answer; none before the first, or when nothing is asked.
    pub answer: RwSignal<Option<Result<T, Failure>>>,
    /// Whether an answer is on its way.
    pub busy: RwSignal<bool>,
    turn: StoredValue<u32>,
}

impl<T: Send + Sync + 'static> Clone for Asking<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Asking<T> {}

impl<T: Send + Sync + 'static> Asking<T> {
    /// Nothing is asked yet.
    pub fn new() -> Self {
        Self { answer: RwSignal::new(None), busy: RwSignal::new(false), turn: StoredValue::new(0) }
    }

    /// Asks in a moment, unless something else is asked until then.
    pub fn ask<F>(self, request: impl FnOnce() -> F + 'static)
    where
        F: Future<Output = Result<T, Failure>> + 'static,
    {
        let Some(turn) = self.next() else { return };
        let _ = self.busy.try_set(true);
        spawn_local(async move {
            TimeoutFuture::new(PAUSE).await;
            if !self.is(turn) {
                return;
            }
            let answer = request().await;
            if self.is(turn) {
                let _ = self.answer.try_set(Some(answer));
                let _ = self.busy.try_set(false);
            }
        });
    }

    /// Asks nothing; answers on their way are dropped.
    pub fn clear(self) {
        if self.next().is_some() {
            let _ = self.answer.try_set(None);
            let _ = self.busy.try_set(false);
        }
    }

    /// Which question this is.
    pub fn turn(self) -> u32 {
        self.turn.try_get_value().unwrap_or_default()
    }

    /// Whether this is still the question.
    pub fn is(self, turn: u32) -> bool {
        self.turn.try_get_value() == Some(turn)
    }

    fn next(self) -> Option<u32> {
        self.turn.try_update_value(|turn| {
            *turn = turn.wrapping_add(1);
            *turn
        })
    }
}

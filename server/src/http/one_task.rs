//! A page is made by one task.
//!
//! The parts of a page spawn tasks: for their data, and to see whether all of it is there. Beside each other on several
//! threads they would meet in the page's signals, which are not made for it: who reads one that is being written gets
//! nothing, or panics, and the page says something else than the data that are sent along with it, so that the browser
//! cannot take it over. Who writes one waits, and two that wait for each other keep the threads of the host for ever.
//! Therefore what a page spawns is done by the task that makes the page, one thing at a time. Pages are made beside each
//! other; that is what the threads are for.

use std::{
    future::{Future, poll_fn},
    mem,
    pin::pin,
    sync::{Arc, Mutex, PoisonError},
    task::Poll,
};

use any_spawner::{CustomExecutor, Executor, PinnedFuture, PinnedLocalFuture};
use futures::stream::{FuturesUnordered, StreamExt};

tokio::task_local! {
    /// What the page under way has spawned and not begun.
    static SPAWNED: Spawned;
}

#[derive(Clone, Default)]
struct Spawned(Arc<Mutex<Vec<PinnedFuture<()>>>>);

impl Spawned {
    fn add(&self, task: PinnedFuture<()>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(task);
    }

    fn is_empty(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    fn take(&self) -> Vec<PinnedFuture<()>> {
        mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Where the reactive system spawns: into the page that is being made, if one is.
struct Spawner;

impl CustomExecutor for Spawner {
    fn spawn(&self, task: PinnedFuture<()>) {
        match SPAWNED.try_with(Spawned::clone) {
            Ok(spawned) => spawned.add(task),
            Err(_) => _ = tokio::spawn(task),
        }
    }

    fn spawn_local(&self, task: PinnedLocalFuture<()>) {
        tokio::task::spawn_local(task);
    }

    fn poll_local(&self) {}
}

/// Has the reactive system spawn as [`run`] needs it; to be called before any page is made.
pub(super) fn prepare() {
    // It is there already when a process has several hosts, as tests have.
    let _ = Executor::init_custom_executor(Spawner);
}

/// Does what makes a page, and in the same task whatever that spawns. What is not done when the page is, is dropped.
pub(super) async fn run<F: Future>(page: F) -> F::Output {
    let spawned = Spawned::default();
    let mut tasks = FuturesUnordered::new();
    let mut page = pin!(page);
    let new = spawned.clone();
    let all = poll_fn(move |context| {
        if let Poll::Ready(page) = page.as_mut().poll(context) {
            return Poll::Ready(page);
        }
        loop {
            tasks.extend(new.take());
            // What a task does for the page or for another wakes this one.
            if tasks.poll_next_unpin(context) != Poll::Ready(Some(())) && new.is_empty() {
                return Poll::Pending;
            }
        }
    });
    SPAWNED.scope(spawned, all).await
}

#[cfg(test)]
mod tests {
    use std::{
        sync::atomic::{AtomicUsize, Ordering},
        time::Duration,
    };

    use tokio::{sync::oneshot, task, time};

    use super::*;

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn what_a_page_spawns_runs_in_its_task_and_so_does_what_that_spawns() {
        prepare();
        let page = run(async {
            let (done, mut told) = tokio::sync::mpsc::unbounded_channel();
            for _ in 0..40 {
                let done = done.clone();
                Executor::spawn(async move {
                    time::sleep(Duration::from_millis(1)).await;
                    Executor::spawn(async move {
                        task::yield_now().await;
                        done.send(task::id()).unwrap();
                    });
                });
            }
            drop(done);
            let mut tasks = Vec::new();
            while let Some(task) = told.recv().await {
                tasks.push(task);
            }
            (task::id(), tasks)
        });
        let (own, tasks) = tokio::spawn(page).await.unwrap();
        assert_eq!(tasks, [own; 40]);
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn what_is_not_done_when_the_page_is_goes_with_it() {
        prepare();
        let (left, gone) = oneshot::channel::<()>();
        let page = run(async {
            Executor::spawn(async move {
                let _left = left;
                std::future::pending::<()>().await;
            });
            task::yield_now().await;
            "page"
        });
        assert_eq!(page.await, "page");
        assert!(gone.await.is_err());
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn pages_are_made_beside_each_other() {
        prepare();
        let under_way = Arc::new(AtomicUsize::new(0));
        let page = |under_way: Arc<AtomicUsize>| {
            run(async move {
                let (all_here, wait) = oneshot::channel();
                Executor::spawn(async move {
                    under_way.fetch_add(1, Ordering::SeqCst);
                    while under_way.load(Ordering::SeqCst) < 2 {
                        time::sleep(Duration::from_millis(1)).await;
                    }
                    all_here.send(()).unwrap();
                });
                wait.await.unwrap();
            })
        };
        let both = futures::future::join(tokio::spawn(page(Arc::clone(&under_way))), tokio::spawn(page(under_way)));
        let (first, second) = time::timeout(Duration::from_secs(5), both).await.unwrap();
        first.and(second).unwrap();
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn without_a_page_tasks_are_the_runtimes() {
        prepare();
        let (told, hears) = oneshot::channel();
        Executor::spawn(async move { told.send(task::id()).unwrap() });
        assert!(hears.await.is_ok_and(|id| Some(id) != task::try_id()));
    }
}

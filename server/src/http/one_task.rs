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
    pin::Pin,
    sync::{Arc, Mutex, Once, PoisonError},
    task::Poll,
};

use any_spawner::{CustomExecutor, Executor, PinnedFuture, PinnedLocalFuture};
use futures::{
    FutureExt,
    stream::{FuturesUnordered, StreamExt},
};

/// Tasks that end, or new ones that begin, before somebody else has a turn.
const TURNS: usize = 256;

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
///
/// # Panics
/// When something else was chosen before: pages would be made as they must not be.
pub(super) fn prepare() {
    // A process may have several hosts, as tests have.
    static CHOSEN: Once = Once::new();
    CHOSEN.call_once(|| {
        assert!(Executor::init_custom_executor(Spawner).is_ok(), "the reactive system spawns elsewhere already");
    });
}

/// Does what makes a page, and in the same task whatever that spawns. What is not done when the page is, is dropped.
pub(super) async fn run<T: Send>(page: impl Future<Output = T> + Send) -> T {
    let spawned = Spawned::default();
    let mut under_way = FuturesUnordered::<Pin<Box<dyn Future<Output = Option<T>> + Send>>>::new();
    under_way.push(Box::pin(page.map(Some)));
    let new = spawned.clone();
    let all = poll_fn(move |context| {
        // As long as anything is done, but others have a turn now and then.
        for _ in 0..TURNS {
            under_way.extend(new.take().into_iter().map(|task| Box::pin(task.map(|()| None)) as _));
            match under_way.poll_next_unpin(context) {
                Poll::Ready(Some(Some(page))) => return Poll::Ready(page),
                Poll::Pending if new.is_empty() => return Poll::Pending,
                Poll::Ready(_) | Poll::Pending => {}
            }
        }
        context.waker().wake_by_ref();
        Poll::Pending
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
                // As parts of a page do: were theirs another executor than ours, nothing of this would hold.
                leptos::task::spawn(async move {
                    time::sleep(Duration::from_millis(1)).await;
                    leptos::task::spawn(async move {
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

    #[tokio::test]
    async fn a_task_that_never_rests_stops_nobody_else() {
        prepare();
        let page = run(async {
            Executor::spawn(async {
                loop {
                    Executor::tick().await;
                }
            });
            std::future::pending::<()>().await;
        });
        assert!(time::timeout(Duration::from_millis(20), page).await.is_err());
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

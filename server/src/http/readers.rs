//! How many live readers there may be (row K2): of one login, of one workspace, and of this process. Each takes a file,
//! memory and a part of every event's way; who comes when all places are taken is told to come back.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use charla_shared::{
    id::{SessionId, WorkspaceId},
    problem::{Problem, ProblemKind},
};

/// Most live readers at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MostReaders {
    /// Of this process.
    pub process: usize,
    /// Of one workspace.
    pub workspace: usize,
    /// Of one login: one for each of its windows.
    pub session: usize,
}

impl MostReaders {
    /// No limits.
    pub const OFF: Self = Self { process: usize::MAX, workspace: usize::MAX, session: usize::MAX };
}

/// The places that are taken.
#[derive(Debug, Default)]
pub(super) struct Readers(Mutex<Taken>);

#[derive(Debug, Default)]
struct Taken {
    all: usize,
    workspaces: HashMap<WorkspaceId, usize>,
    sessions: HashMap<SessionId, usize>,
}

/// A reader's place, until it is dropped.
#[derive(Debug)]
pub(super) struct Place {
    readers: Arc<Readers>,
    workspace: WorkspaceId,
    session: SessionId,
}

impl Readers {
    /// A place for one more.
    ///
    /// # Errors
    /// The answer, when all are taken.
    pub(super) fn take(
        self: &Arc<Self>,
        most: MostReaders,
        workspace: WorkspaceId,
        session: SessionId,
    ) -> Result<Place, Problem> {
        let mut taken = self.locked();
        let of_workspace = taken.workspaces.get(&workspace).copied().unwrap_or_default();
        let of_session = taken.sessions.get(&session).copied().unwrap_or_default();
        if taken.all >= most.process || of_workspace >= most.workspace || of_session >= most.session {
            let message = "Too many windows are open at once. Close some, or come back in a minute.";
            return Err(Problem {
                retry_after: Some(60),
                ..Problem::new(ProblemKind::Unavailable, "socket.full", message)
            });
        }
        taken.all += 1;
        taken.workspaces.insert(workspace, of_workspace + 1);
        taken.sessions.insert(session, of_session + 1);
        Ok(Place { readers: Arc::clone(self), workspace, session })
    }

    fn locked(&self) -> MutexGuard<'_, Taken> {
        // Nothing here panics half-way, so what a poisoned lock holds is whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.readers.locked();
        taken.all -= 1;
        leave(&mut taken.workspaces, &self.workspace);
        leave(&mut taken.sessions, &self.session);
    }
}

/// One less of this key; the last takes the key along.
fn leave<K: Hash + Eq>(counts: &mut HashMap<K, usize>, key: &K) {
    if let Some(count) = counts.get_mut(key) {
        *count -= 1;
        if *count == 0 {
            counts.remove(key);
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn there_are_places_for_a_login_a_workspace_and_the_process_and_who_leaves_makes_room() {
        let readers = Arc::<Readers>::default();
        let most = MostReaders { process: 4, workspace: 3, session: 2 };
        let take =
            |workspace, session| readers.take(most, Uuid::from_u128(workspace).into(), Uuid::from_u128(session).into());
        let first = take(1, 1).expect("a place");
        let _second = take(1, 1).expect("a place");
        assert_eq!(take(1, 1).expect_err("the login's are taken").kind, ProblemKind::Unavailable);
        let _third = take(1, 2).expect("another login");
        take(1, 3).expect_err("the workspace's are taken");
        let fourth = take(2, 3).expect("another workspace");
        take(3, 4).expect_err("the process's are taken");
        drop(first);
        let _fifth = take(1, 1).expect("one left");
        drop(fourth);
        assert!(!readers.locked().workspaces.contains_key(&Uuid::from_u128(2).into()), "and is forgotten");
    }
}

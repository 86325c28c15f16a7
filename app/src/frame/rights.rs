//! What the viewer may do in the workspace. A role may change while a page is open, and a membership may end: the host says
//! so on the line, and every part of the page follows.

use charla_shared::{
    event::{Event, Happening, ServerFrame},
    id::{UserId, WorkspaceId},
    permission::{Permission, PermissionSet, Role},
    problem::ProblemKind,
    workspace::WorkspaceView,
};
use leptos::{prelude::*, task::spawn_local};

use super::{AGAIN, NoWorkspace, Workspace};
use crate::{
    inbox::{gather::SPREAD, log_in},
    realtime::Line,
    ui::{changing, loaded},
    workspaces,
};

/// The viewer's rights; a handle, cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct Rights {
    permissions: RwSignal<PermissionSet>,
    /// The role they come with; none until it is told anew.
    role: RwSignal<Option<Role>>,
    /// Whether there is no such workspace for this person, or not any more.
    outside: RwSignal<bool>,
    id: Memo<Option<WorkspaceId>>,
    workspace: Workspace,
    me: RwSignal<Option<UserId>>,
    /// Whether the line was there before: while it was gone nothing was heard.
    heard: StoredValue<bool>,
}

/// The viewer's rights.
pub fn use_rights() -> Rights {
    expect_context()
}

impl Rights {
    /// Provides them to the pages of the frame. In the browser they follow the host from then on.
    pub(super) fn provide(
        id: Memo<Option<WorkspaceId>>,
        workspace: Workspace,
        me: RwSignal<Option<UserId>>,
        line: Line,
    ) -> Self {
        let (permissions, outside, heard) = (RwSignal::default(), RwSignal::new(false), StoredValue::new(false));
        let rights = Self { permissions, role: RwSignal::new(None), outside, id, workspace, me, heard };
        provide_context(rights);
        line.hear(move |frame| rights.hear(frame));
        rights
    }

    /// All of them. None until the workspace is known.
    pub fn all(self) -> Signal<PermissionSet> {
        self.permissions.into()
    }

    /// Whether the viewer holds a right at this moment; none until the workspace is known.
    pub fn may(self, permission: Permission) -> bool {
        self.permissions.try_with_untracked(|all| all.allows(permission)).unwrap_or_default()
    }

    /// The same, followed.
    pub fn may_now(self, permission: Permission) -> bool {
        self.permissions.try_with(|all| all.allows(permission)).unwrap_or_default()
    }

    /// The same, for a page that has the workspace at hand.
    pub fn of(self, workspace: &WorkspaceView, permission: Permission) -> Memo<bool> {
        self.take(&workspace.permissions);
        Memo::new(move |_| self.may_now(permission))
    }

    /// The viewer's role, followed; `first` is the one that came with the page.
    pub fn role(self, first: Role) -> Memo<Role> {
        Memo::new(move |_| self.role.get().unwrap_or(first))
    }

    /// Takes what the host has told.
    pub fn take(self, permissions: &PermissionSet) {
        if self.permissions.try_with_untracked(|before| before != permissions) == Some(true) {
            let _ = self.permissions.try_set(permissions.clone());
        }
    }

    fn hear(self, frame: &ServerFrame) {
        match frame {
            ServerFrame::Rights | ServerFrame::Closed => spawn_local(self.ask()),
            ServerFrame::Event(event) => self.note(std::slice::from_ref(event)),
            ServerFrame::Events { events } => self.note(events),
            ServerFrame::Reload { .. } => self.ask_spread(),
            ServerFrame::Ready { .. } => {
                if self.heard.try_update_value(|heard| std::mem::replace(heard, true)) == Some(true) {
                    self.ask_spread();
                }
            }
            ServerFrame::Heartbeat { .. } => {}
        }
    }

    fn note(self, events: &[Event]) {
        let me = self.me.try_get_untracked().flatten();
        let is_mine = |event: &Event| matches!(event.happening, Happening::MemberChanged { user } if Some(user) == me);
        if events.iter().any(is_mine) {
            spawn_local(self.ask());
        }
    }

    /// What every page hears in the same instant is asked for spread over a while.
    fn ask_spread(self) {
        set_timeout(move || spawn_local(self.ask()), SPREAD.mul_f64(js_sys::Math::random()));
    }

    /// Asks what the viewer may do, until there is an answer.
    async fn ask(self) {
        let Some(id) = self.id.try_get_untracked().flatten() else { return };
        match workspaces::api::view(id).await {
            Ok(view) => self.follow(view),
            Err(failure) => match failure.0.kind {
                ProblemKind::Unauthenticated => log_in::again(),
                ProblemKind::NotFound | ProblemKind::Forbidden => {
                    self.take(&PermissionSet::default());
                    let _ = self.outside.try_set(true);
                }
                _ => set_timeout(move || spawn_local(self.ask()), AGAIN),
            },
        }
    }

    fn follow(self, view: WorkspaceView) {
        self.take(&view.permissions);
        let _ = self.role.try_set(Some(view.role));
        // For pages that come later. Those that are there follow the rights: made anew they would lose what is being written.
        if let Some(mut known) = self.workspace.try_write_untracked() {
            *known = Some(Ok(view));
        }
    }
}

/// Stands in the place of the page for those who are no members.
#[component]
pub(super) fn Outside(
    /// The viewer's rights.
    rights: Rights,
) -> impl IntoView {
    view! {
        <Suspense>
            {loaded(move || async move {
                let refused = |kind| matches!(kind, ProblemKind::NotFound | ProblemKind::Forbidden);
                let outside = rights.workspace.await.is_err_and(|failure| refused(failure.0.kind));
                let _ = rights.outside.try_set(outside);
                changing(move || rights.outside.get().then(|| view! { <NoWorkspace /> }))
            })}
        </Suspense>
    }
}

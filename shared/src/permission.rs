//! The fixed list of rights in the product, and the five roles every workspace starts with.
//!
//! The whole list stands here from the beginning so that roles, the audit trail, API key scopes and documentation can
//! name a right before the page that uses it exists. A right is checked in one place, in core (DESIGN rule 3).

use std::{collections::BTreeSet, fmt, str::FromStr};

use serde::{Deserialize, Serialize};

macro_rules! permissions {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)+) => {
        /// One right. Its name is stable: it is stored, shown and used in API key scopes.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Permission {
            $($(#[$doc])* #[serde(rename = $name)] $variant,)+
        }

        impl Permission {
            /// Every right there is, in the order of the permission page.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The stable name, `area.verb`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }
        }

        impl FromStr for Permission {
            type Err = UnknownPermission;

            fn from_str(name: &str) -> Result<Self, UnknownPermission> {
                match name {
                    $($name => Ok(Self::$variant),)+
                    _ => Err(UnknownPermission),
                }
            }
        }
    };
}

/// The name is not one of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is no permission of this name")]
pub struct UnknownPermission;

permissions! {
    /// Change the name, time zone and profile of the workspace.
    WorkspaceEdit = "workspace.edit",
    /// Delete the workspace and all it holds.
    WorkspaceDelete = "workspace.delete",
    /// Hand ownership to another member.
    WorkspaceTransfer = "workspace.transfer",
    /// See who is in the workspace.
    MembersView = "members.view",
    /// Make and revoke invite links.
    MembersInvite = "members.invite",
    /// Change a member's role, remove a member.
    MembersManage = "members.manage",
    /// Make and change custom roles.
    RolesManage = "roles.manage",
    /// Make and change departments, their hours, routing and SLA.
    DepartmentsManage = "departments.manage",
    /// See the audit trail.
    AuditView = "audit.view",
    /// Export the audit trail.
    AuditExport = "audit.export",
    /// See connected numbers and their health.
    ChannelsView = "channels.view",
    /// Connect, change and deactivate numbers; holds the secrets.
    ChannelsManage = "channels.manage",
    /// Read every conversation.
    ConversationsViewAll = "conversations.view_all",
    /// Read the conversations assigned to oneself.
    ConversationsViewAssigned = "conversations.view_assigned",
    /// Answer customers.
    ConversationsReply = "conversations.reply",
    /// Assign and transfer conversations.
    ConversationsAssign = "conversations.assign",
    /// Resolve, reopen, snooze, label, set priority.
    ConversationsManage = "conversations.manage",
    /// Delete a conversation.
    ConversationsDelete = "conversations.delete",
    /// Read internal notes.
    NotesView = "notes.view",
    /// Write internal notes.
    NotesWrite = "notes.write",
    /// Make and change the canned replies everyone uses.
    CannedRepliesManage = "canned_replies.manage",
    /// See contacts.
    ContactsView = "contacts.view",
    /// See phone numbers in full; without it they are masked.
    ContactsViewPhone = "contacts.view_phone",
    /// Create and change contacts.
    ContactsEdit = "contacts.edit",
    /// Delete and restore contacts.
    ContactsDelete = "contacts.delete",
    /// Merge contacts and undo it.
    ContactsMerge = "contacts.merge",
    /// Import contacts from a file.
    ContactsImport = "contacts.import",
    /// Export contacts to a file.
    ContactsExport = "contacts.export",
    /// Record consent and opt-outs by hand.
    ConsentManage = "consent.manage",
    /// Export or erase one person for privacy law.
    PrivacyManage = "privacy.manage",
    /// Make and change segments.
    SegmentsManage = "segments.manage",
    /// See templates.
    TemplatesView = "templates.view",
    /// Write templates.
    TemplatesEdit = "templates.edit",
    /// Approve templates and submit them to Meta.
    TemplatesSubmit = "templates.submit",
    /// See campaigns and their results.
    CampaignsView = "campaigns.view",
    /// Draft campaigns and send tests.
    CampaignsEdit = "campaigns.edit",
    /// Launch, pause and cancel campaigns.
    CampaignsLaunch = "campaigns.launch",
    /// See AI agents and what they did.
    AgentsView = "agents.view",
    /// Change AI agents, their steps and tools.
    AgentsEdit = "agents.edit",
    /// Put a changed AI agent in front of customers.
    AgentsPublish = "agents.publish",
    /// See the knowledge base.
    KnowledgeView = "knowledge.view",
    /// Add, change and remove documents.
    KnowledgeEdit = "knowledge.edit",
    /// See automations and their runs.
    AutomationsView = "automations.view",
    /// Write, enable and disable automations.
    AutomationsEdit = "automations.edit",
    /// See tickets.
    TicketsView = "tickets.view",
    /// Create and change tickets.
    TicketsEdit = "tickets.edit",
    /// See appointments.
    AppointmentsView = "appointments.view",
    /// Book and change appointments, services and staff hours.
    AppointmentsEdit = "appointments.edit",
    /// See dashboards and reports.
    AnalyticsView = "analytics.view",
    /// Export reports.
    AnalyticsExport = "analytics.export",
    /// See what messages and models cost, set budgets.
    CostsManage = "costs.manage",
    /// Make and revoke API keys.
    ApiKeysManage = "api_keys.manage",
    /// Make and change outgoing webhooks.
    WebhooksManage = "webhooks.manage",
}

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A role every workspace has. Custom roles come beside these; these cannot be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Everything, including deleting the workspace. There is always at least one.
    Owner,
    /// Everything but deleting or handing over the workspace.
    Admin,
    /// Sees and steers all conversations and reports.
    Supervisor,
    /// Answers customers.
    Member,
    /// Looks, changes nothing.
    Viewer,
}

/// The text is not the name of a built-in role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is no role of this name")]
pub struct UnknownRole;

impl Role {
    /// From the most powerful to the least.
    pub const ALL: &'static [Self] = &[Self::Owner, Self::Admin, Self::Supervisor, Self::Member, Self::Viewer];

    /// The stable name, as stored.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Admin => "admin",
            Self::Supervisor => "supervisor",
            Self::Member => "member",
            Self::Viewer => "viewer",
        }
    }

    /// What the role may do.
    #[must_use]
    pub fn permissions(self) -> PermissionSet {
        use Permission as P;
        const OWNER_ONLY: &[P] = &[P::WorkspaceDelete, P::WorkspaceTransfer];
        const VIEWER: &[P] = &[
            P::MembersView,
            P::ChannelsView,
            P::ConversationsViewAll,
            P::NotesView,
            P::ContactsView,
            P::TemplatesView,
            P::CampaignsView,
            P::AgentsView,
            P::KnowledgeView,
            P::AutomationsView,
            P::TicketsView,
            P::AppointmentsView,
            P::AnalyticsView,
        ];
        const MEMBER: &[P] = &[
            P::MembersView,
            P::ChannelsView,
            P::ConversationsViewAll,
            P::ConversationsViewAssigned,
            P::ConversationsReply,
            P::ConversationsAssign,
            P::ConversationsManage,
            P::NotesView,
            P::NotesWrite,
            P::ContactsView,
            P::ContactsViewPhone,
            P::ContactsEdit,
            P::TemplatesView,
            P::CampaignsView,
            P::AgentsView,
            P::KnowledgeView,
            P::AutomationsView,
            P::TicketsView,
            P::TicketsEdit,
            P::AppointmentsView,
            P::AppointmentsEdit,
            P::AnalyticsView,
        ];
        const SUPERVISOR_ADDS: &[P] = &[
            P::CannedRepliesManage,
            P::ContactsMerge,
            P::ContactsImport,
            P::ContactsExport,
            P::ConsentManage,
            P::SegmentsManage,
            P::TemplatesEdit,
            P::CampaignsEdit,
            P::AnalyticsView,
            P::AnalyticsExport,
            P::AuditView,
            P::MembersInvite,
        ];
        PermissionSet(match self {
            Self::Owner => P::ALL.iter().copied().collect(),
            Self::Admin => P::ALL.iter().copied().filter(|p| !OWNER_ONLY.contains(p)).collect(),
            Self::Supervisor => MEMBER.iter().chain(SUPERVISOR_ADDS).copied().collect(),
            Self::Member => MEMBER.iter().copied().collect(),
            Self::Viewer => VIEWER.iter().copied().collect(),
        })
    }

    /// Whether somebody with this role may hand out `other`: nobody gives away more than they hold.
    #[must_use]
    pub fn may_grant(self, other: Self) -> bool {
        other.permissions().0.is_subset(&self.permissions().0)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(name: &str) -> Result<Self, UnknownRole> {
        Self::ALL.iter().copied().find(|role| role.name() == name).ok_or(UnknownRole)
    }
}

/// The rights somebody holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PermissionSet(BTreeSet<Permission>);

impl PermissionSet {
    /// Whether the right is held.
    #[must_use]
    pub fn allows(&self, permission: Permission) -> bool {
        self.0.contains(&permission)
    }

    /// The rights, in the order of the list.
    pub fn iter(&self) -> impl Iterator<Item = Permission> + '_ {
        self.0.iter().copied()
    }
}

impl FromIterator<Permission> for PermissionSet {
    fn from_iter<I: IntoIterator<Item = Permission>>(permissions: I) -> Self {
        Self(permissions.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_permission_is_found_by_its_name() {
        for permission in Permission::ALL {
            assert_eq!(permission.name().parse(), Ok(*permission));
        }
    }

    #[test]
    fn every_role_may_do_no_more_than_the_one_above_it() {
        for pair in Role::ALL.windows(2) {
            assert!(pair[0].may_grant(pair[1]), "{} should be able to grant {}", pair[0], pair[1]);
            assert!(!pair[1].may_grant(pair[0]), "{} must not be able to grant {}", pair[1], pair[0]);
        }
    }

    #[test]
    fn a_viewer_changes_nothing() {
        let views = ["view", "view_all", "view_assigned"];
        for permission in Role::Viewer.permissions().iter() {
            let verb = permission.name().split('.').next_back();
            assert!(verb.is_some_and(|verb| views.contains(&verb)), "{permission}");
        }
    }

    #[test]
    fn only_owners_delete_a_workspace() {
        let can: Vec<_> =
            Role::ALL.iter().filter(|role| role.permissions().allows(Permission::WorkspaceDelete)).collect();
        assert_eq!(can, [&Role::Owner]);
    }
}

//! The list of server functions. They are registered by name because a linker may drop what nothing refers to; the
//! host's test over all routes fails when one has no row.

use leptos::server_fn::axum::register_explicit as register;

/// Makes every server function known to the host.
pub fn register_server_functions() {
    register::<crate::account::api::AskMe>();
    register::<crate::account::api::ListSessions>();
    register::<crate::channels::api::ListChannels>();
    register::<crate::channels::api::TestChannel>();
    register::<crate::channels::api::ConnectChannel>();
    register::<crate::channels::api::VerifyChannel>();
    register::<crate::channels::api::ChangeChannel>();
    register::<crate::channels::api::SetChannelActive>();
    register::<crate::channels::api::SetChannelToken>();
    register::<crate::channels::api::SetAppSecret>();
    register::<crate::channels::api::SetVerifyToken>();
    register::<crate::inbox::api::ListConversations>();
    register::<crate::inbox::api::ShowConversation>();
    register::<crate::inbox::api::ShowThread>();
    register::<crate::inbox::api::ShowMessage>();
    register::<crate::inbox::api::SendMessage>();
    register::<crate::inbox::api::ResendMessage>();
    register::<crate::inbox::api::ShowRecorder>();
    register::<crate::inbox::api::TellTyping>();
    register::<crate::inbox::api::MarkRead>();
    register::<crate::invites::api::ListInvites>();
    register::<crate::invites::api::CreateInvite>();
    register::<crate::invites::api::RevokeInvite>();
    register::<crate::invites::api::InviteOffered>();
    register::<crate::members::api::ListMembers>();
    register::<crate::quarantine::api::ListReasons>();
    register::<crate::quarantine::api::ListQuarantined>();
    register::<crate::quarantine::api::ShowQuarantined>();
    register::<crate::quarantine::api::ReplayDelivery>();
    register::<crate::quarantine::api::ReplayReason>();
    register::<crate::quarantine::api::DiscardDelivery>();
    register::<crate::search::api::SearchMessages>();
    register::<crate::search::api::SearchPeople>();
    register::<crate::search::api::SearchEverything>();
    register::<crate::workspaces::api::ShowWorkspace>();
}

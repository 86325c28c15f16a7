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
    register::<crate::contacts::api::ListContacts>();
    register::<crate::contacts::api::ShowContact>();
    register::<crate::contacts::api::RenameContact>();
    register::<crate::contacts::api::ShowTimeline>();
    register::<crate::contacts::api::ListContactNotes>();
    register::<crate::contacts::api::WriteContactNote>();
    register::<crate::contacts::api::EditContactNote>();
    register::<crate::contacts::api::DeleteContactNote>();
    register::<crate::contacts::api::RestoreContactNote>();
    register::<crate::contacts::api::SetContactValue>();
    register::<crate::contacts::api::SetContactTag>();
    register::<crate::contacts::api::ListTags>();
    register::<crate::contacts::api::CreateTag>();
    register::<crate::contacts::api::ChangeTag>();
    register::<crate::contacts::api::CountTag>();
    register::<crate::contacts::api::DeleteTag>();
    register::<crate::contacts::api::ListFields>();
    register::<crate::contacts::api::CreateField>();
    register::<crate::contacts::api::ChangeField>();
    register::<crate::contacts::api::MoveField>();
    register::<crate::contacts::api::CountField>();
    register::<crate::contacts::api::DeleteField>();
    register::<crate::inbox::api::ListConversations>();
    register::<crate::inbox::api::CountConversations>();
    register::<crate::inbox::api::ListChoices>();
    register::<crate::inbox::api::SaveView>();
    register::<crate::inbox::api::ChangeView>();
    register::<crate::inbox::api::DeleteView>();
    register::<crate::inbox::api::ShowConversation>();
    register::<crate::inbox::api::ShowThread>();
    register::<crate::inbox::api::ShowMessage>();
    register::<crate::inbox::api::SendMessage>();
    register::<crate::inbox::api::ResendMessage>();
    register::<crate::inbox::api::ShowRecorder>();
    register::<crate::inbox::api::TellTyping>();
    register::<crate::inbox::api::MarkRead>();
    register::<crate::inbox::life::api::ShowDesk>();
    register::<crate::inbox::life::api::ChangeConversations>();
    register::<crate::invites::api::ListInvites>();
    register::<crate::invites::api::CreateInvite>();
    register::<crate::invites::api::RevokeInvite>();
    register::<crate::invites::api::InviteOffered>();
    register::<crate::labels::api::ListLabels>();
    register::<crate::labels::api::CreateLabel>();
    register::<crate::labels::api::ChangeLabel>();
    register::<crate::labels::api::DeleteLabel>();
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

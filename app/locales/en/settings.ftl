# Workspaces, members, invites.
workspaces-title = Workspaces
workspaces-new = New workspace
workspaces-name = Name of the workspace
workspaces-create = Create workspace
workspaces-none = No workspace yet
workspaces-none-text = Create one below, or open the invite link somebody sent you.
workspace-none-text = This workspace does not exist, or you are not a member of it.

members-title = Members
members-list = Who is here
members-since = since

invites-title = Invite somebody
invites-text =
    { $hours ->
        [one] A link works once and for { $hours } hour. Send it yourself, by whatever way you trust.
       *[other] A link works once and for { $hours } hours. Send it yourself, by whatever way you trust.
    }
invites-role = Their role
invites-create = Create an invite link
invites-link = The invite link
invites-once = It is shown only now. Whoever opens it first joins.
invites-none = No open invites.
invites-by = By { $name }
invites-until = valid until
invites-revoke = Revoke
problem-invite-too-many = This workspace has 200 open invites, which is as many as it can have. Revoke those that are not needed.

invite-title = You are invited
invite-lead = { $name } invites you to “{ $workspace }” as { $role }.
invite-accept = Join the workspace
invite-have-account = I already have an account
invite-gone = This invite is not valid any more
invite-gone-text = It has expired, was used or was revoked. Ask whoever sent it for a new link.

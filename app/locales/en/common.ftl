# What every page shares.
loading = Loading
error-title = This could not be shown
error-not-found = There is nothing here
error-forbidden = Your role does not allow this
error-retry = Try again
error-home = To my workspaces
not-found-text = The address leads nowhere, or to something that is not yours to see.
not-found-home = To the start page
problem-unreachable = The server could not be reached. Check your connection, then try again.
problem-no-answer = The server’s answer could not be read. Look whether it was done before you try it again.
problem-request-malformed = The server did not understand the request. Load the page again, then try once more.
problem-timeout = This takes too long. Look whether it was done before you try it again.
problem-rate-limited = These are too many requests. Wait a moment, then go on.
problem-unavailable = The database cannot be reached right now. Try again in a moment.
problem-internal = Something went wrong on the server. Look whether it was done before you try it again.
problem-session-required = You are logged out. Log in again and you will be back here.
problem-forbidden = Ask an admin of the workspace if you need it.
problem-operator-required = This is for the operators of this installation. Ask whoever set it up.
problem-invalid = Some fields need another look. Nothing was changed.
problem-not-found = It may have been removed, or it is not yours to see.

copy = Copy
copied = Copied
copy-by-hand = The browser did not copy it. It is selected: copy it by hand.

frame-skip = To the content
frame-navigation = Navigation
frame-switch = Workspace { $name }: switch
frame-me = My account
sheet-to-inbox = To the inbox

preferences-language = Language
preferences-theme = Theme
theme-system = As the device
theme-light = Light
theme-dark = Dark

role-owner = Owner
role-admin = Admin
role-supervisor = Supervisor
role-member = Member
role-viewer = Viewer

# What forms have to say.
flash-invalid = Some of it needs another look. Nothing was changed.
flash-not-found = That is not there any more. Nothing was changed.
flash-other = That did not work. Nothing was changed; try again.
flash-unavailable = The server could not do that just now. Look whether it was done before you try it again.
flash-session-wrong = E-mail address and password do not belong together.
flash-session-throttled =
    { $seconds ->
        [one] Too many attempts. Try again in { $seconds } second.
       *[other] Too many attempts. Try again in { $seconds } seconds.
    }
flash-session-ended = That browser is logged out.
flash-account-closed = New accounts need an invite. Ask an admin of your workspace for a link.
flash-account-unavailable = No account can be made with this address. If it is yours, log in instead.
flash-password-wrong = The current password is another one. Nothing was changed.
flash-password-changed = Your password is changed. Your other browsers are logged out.
flash-invite-gone = This invite has expired, was used or was revoked. Ask for a new one.

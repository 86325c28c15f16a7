# Accounts: registering, logging in, one's own settings.
field-name = Your name
field-email = E-mail address
field-password = Password
field-current-password = Current password
field-new-password = New password
password-show = Show password
password-hide = Hide password
hint-password =
    { $least ->
        [one] At least { $least } character. A few words are easier to remember than signs.
       *[other] At least { $least } characters. A few words are easier to remember than signs.
    }
error-password =
    { $least ->
        [one] Use at least { $least } character, and not the same one again and again.
       *[other] Use at least { $least } characters, and not the same one again and again.
    }
error-name = Write a name of at most 80 characters.
error-email = Write an e-mail address, such as ana@example.com.

register-submit = Create account
welcome-title = Welcome to Charla
welcome-lead = This installation is new. The first account owns it.
welcome-next = After this: a workspace whose simulated customer has just written to you.
login-title = Log in
login-submit = Log in
login-by-invite = No account yet? Ask an admin of your workspace for an invite link.
logout = Log out
logout-waiting = Messages are still waiting to be sent. When you log out now, they are lost. Log out anyway?

account-title = My account
account-about = About me
account-preferences = Language and theme
account-password = Password
account-password-text = Changing it logs your other browsers out.
account-password-submit = Change password
sessions-title = Logged-in browsers
sessions-text = Log out what you do not recognise, then change your password.
sessions-unknown = Unknown browser
sessions-from = from { $address }
sessions-current = This browser
sessions-end = Log out

# Answers and notes.
composer-tabs = What to write
composer-reply = Reply
composer-note = Note
composer-note-label = Note for the team
composer-note-placeholder = Write a note; the customer does not see it
composer-note-write = Add note
composer-note-hint = Add note (Enter); new line: Shift+Enter
composer-no-files = Files cannot be sent from here yet. Nothing was attached.
composer-replies = Canned replies
composer-replying = Replying to
composer-replying-end = Do not reply to this message
composer-split =
    { $count ->
        [one] Send as { $count } message
       *[other] Send as { $count } messages
    }
composer-waiting =
    { $count ->
        [one] { $count } message waits to be sent.
       *[other] { $count } messages wait to be sent.
    }
composer-waiting-now = Try now
row-draft = Draft
send-refused-stale = It was written more than a day ago and has waited for a connection since. Send it if it is still right.
problem-inbox-not-quotable = The message you reply to is not one that WhatsApp knows in this conversation. Nothing was sent.

# Emoji.
emoji-title = Emoji
emoji-search = Search emoji
emoji-none = No emoji is called that.
emoji-found = Found
emoji-recent = Used lately
emoji-people = Smileys and people
emoji-nature = Animals and nature
emoji-food = Food and drink
emoji-activities = Activities
emoji-travel = Travel and places
emoji-objects = Objects
emoji-symbols = Symbols
emoji-flags = Flags

# Canned replies.
replies-title = Canned replies
replies-list = Replies for everyone
replies-text = Type / and the shortcut while you write, and the text is there.
replies-search = Search
replies-new = New canned reply
replies-change = Change
replies-delete = Delete
replies-none = No canned replies yet
replies-none-text = Write what you answer again and again once, and call it up with a few letters.
replies-none-view = Once a supervisor or admin has written some, you call them up with a few letters.
replies-nothing-found = No canned reply has these words.
replies-shortcut = Shortcut
replies-shortcut-hint = Letters, digits, _ and -. You type it after a slash.
replies-shortcut-wrong = Write 1 to { $most } letters, digits, _ or -, without blanks.
replies-body = Text
replies-body-hint = What stands after | is used when the value is missing, as in {"{{"}contact.first_name|friend{"}}"}.
replies-unknown = There is no variable called “{ $name }”. Choose one of those offered.
replies-variables = Put in a value
replies-variable-contact-name = Contact’s name
replies-variable-contact-first-name = Contact’s first name
replies-variable-contact-phone = Contact’s number
replies-variable-member-name = Your name
replies-variable-workspace-name = Workspace
replies-preview = How it looks
replies-example-contact = Ana Souza
replies-example-member = Mia Member
replies-example-workspace = Sunny Café
replies-save = Save
replies-cancel = Cancel
replies-saved = The canned reply is saved.
replies-deleted = /{ $shortcut } is deleted.
replies-undo = Undo
problem-canned-reply-shortcut-taken = Another canned reply has this shortcut. Nothing was changed; choose another one.
problem-canned-reply-changed-since = Somebody has changed this reply since you opened it. Nothing was changed; load the page anew to see it.
problem-canned-reply-too-many = This workspace has as many canned replies as it can have.

# Contacts: their pane and page, their tags and fields.
contacts-title = Contacts
contacts-loading = Loading the contact
contacts-none = No contacts yet
contacts-none-text = Whoever writes to your number becomes a contact, and appears here.
contacts-news =
    { $count ->
        [one] Show { $count } new contact
       *[other] Show { $count } new contacts
    }
contacts-pages = Pages of contacts
contacts-newest = To the newest
contacts-older = Older contacts
contacts-last = Last message
contacts-settings = Tags and fields
contacts-to-list = To the contacts

contacts-save = Save
contacts-cancel = Cancel
contacts-undo = Undo
contacts-saving = Saving
contacts-saved = Saved
contacts-name = Name
contacts-name-hint = As WhatsApp says
contacts-rename = Change the name
contacts-whatsapp-name = On WhatsApp: { $name }

contacts-identities = Known by
contacts-identity-phone = Phone
contacts-identity-bsuid = WhatsApp user ID
contacts-identity-parent_bsuid = WhatsApp user ID of the portfolio
contacts-identity-psid = Messenger ID
contacts-identity-igsid = Instagram ID
contacts-copy = Copy: { $name }
contacts-copy-failed = The browser did not copy it. Select it and copy it by hand.

contacts-tags = Tags
contacts-tags-none = No tags.
contacts-tags-change = Change tags
contacts-tag-new = New tag
contacts-tag-create = Create
contacts-tag-created = The tag is created.
contacts-colour = Colour
contacts-colour-grey = Grey
contacts-colour-red = Red
contacts-colour-orange = Orange
contacts-colour-yellow = Yellow
contacts-colour-green = Green
contacts-colour-teal = Teal
contacts-colour-blue = Blue
contacts-colour-purple = Purple
contacts-colour-pink = Pink

contacts-fields = Fields
contacts-fields-none = No fields yet.
contacts-fields-define = Tags and fields
contacts-true = Yes
contacts-false = No
contacts-value-text = Not saved: write 1 to 500 visible characters, or leave it empty.
contacts-value-number = Not saved: write a number without marks between thousands, such as 1250 or 12.5.
contacts-value-date = Not saved: write a day of the calendar.
contacts-value-choice = Not saved: choose one of the choices.
contacts-value-kind = Not saved: this field holds another kind of value.

contacts-notes = Notes
contacts-notes-none = No notes yet.
contacts-notes-more = Older notes
contacts-note-new = New note
contacts-note-hint = Only the team sees it
contacts-note-save = Add note
contacts-note-edit = Change the note
contacts-note-delete = Delete the note
contacts-note-deleted = The note is deleted.
contacts-note-changed = changed
contacts-note-nobody = Somebody who left

contacts-conversations = Conversations
contacts-no-conversations = No conversations.
contacts-no-other-conversations = No conversations on other channels.
contacts-status-open = Open
contacts-status-pending = Pending
contacts-status-snoozed = Snoozed
contacts-status-resolved = Resolved

contacts-history = History
contacts-history-more = Earlier
contacts-history-by = By { $name }
contacts-history-first = Heard of for the first time
contacts-history-opened = First message on { $channel }
contacts-history-assigned = { $channel }: given to { $name }
contacts-history-unassigned = { $channel }: given to nobody
contacts-history-status = { $channel }: { $status }
contacts-history-status-because = { $channel }: { $status } ({ $reason })
contacts-history-tagged = Tagged “{ $tag }”
contacts-history-noted = Note: { $text }
contacts-history-renamed = Renamed from “{ $from }” to “{ $to }”

# Their settings.
contacts-settings-view = Your role can look at these, not change them. Ask an admin to change it.
contacts-tags-text = Tags sort contacts. Whoever changes contacts can put them on, and make new ones.
contacts-tags-no = No tags yet.
contacts-fields-text = What you want to know about contacts. Each contact has these fields, in this order.
contacts-name-of = Name of { $name }
contacts-change = Change { $name }
contacts-changed = The change is saved.
contacts-moved = The order is saved.
contacts-field-new = New field
contacts-field-create = Create field
contacts-field-created = The field is created.
contacts-field-up = Move { $name } up
contacts-field-down = Move { $name } down
contacts-kind = What it holds
contacts-kind-text = Text
contacts-kind-number = Number
contacts-kind-date = Date
contacts-kind-choice = One of a few choices
contacts-kind-yes_no = Yes or no
contacts-choices = Choices, one to a line
contacts-delete = Delete { $name }
contacts-delete-yes = Delete for good
contacts-delete-no = Keep it
contacts-delete-counting = This cannot be undone.
contacts-delete-tag =
    { $count ->
        [0] No contact has this tag. This cannot be undone.
        [one] { $count } contact has this tag and loses it. This cannot be undone.
       *[other] { $count } contacts have this tag and lose it. This cannot be undone.
    }
contacts-delete-field =
    { $count ->
        [0] No contact has a value in this field. This cannot be undone.
        [one] The value of { $count } contact is lost. This cannot be undone.
       *[other] The values of { $count } contacts are lost. This cannot be undone.
    }
contacts-deleted = It is deleted.

# What may go wrong.
problem-contacts-name-taken = There is one of this name already. Nothing was changed.
problem-contacts-too-many-tags = This workspace has 200 tags, which is as many as it can have.
problem-contacts-too-many-tags-here = This contact has 30 tags, which is as many as one can have.
problem-contacts-too-many-fields = This workspace has 50 fields, which is as many as it can have.
problem-contacts-changed-since = Somebody has changed this since you opened it. Nothing was changed; load the page anew to see it.
problem-contacts-kind-fixed = A field stays of its kind. Make another field for the other kind of value.
problem-contacts-value-text = Not saved: write 1 to 500 visible characters, or leave it empty.
problem-contacts-value-number = Not saved: write a number without marks between thousands, such as 1250 or 12.5.
problem-contacts-value-date = Not saved: write a day of the calendar.
problem-contacts-value-choice = Not saved: choose one of the choices. They may have changed meanwhile.
problem-contacts-value-kind = Not saved: this field holds another kind of value.

# The life of a conversation: status, assignee, labels.
life-word-pending = Pending
life-word-snoozed = Snoozed until
life-word-resolved = Resolved
life-status = Status
life-resolve = Resolve
life-reopen = Reopen
life-open = Open now
life-pending = Mark as pending
life-more = Snooze and other statuses
life-assign = Assign
life-assignee = Assigned to
life-assign-me = Me ({ $name })
life-nobody = Unassigned
life-labels = Labels
life-undo = Undo
life-told-open = { $who }: open again.
life-told-pending = { $who }: marked as pending.
life-told-snoozed = { $who }: snoozed until { $until }.
life-told-resolved = { $who }: resolved.
life-told-assigned = { $who }: assigned to { $member }.
life-told-unassigned = { $who }: assigned to nobody.
life-told-labelled = { $who }: labelled “{ $label }”.
life-told-unlabelled = { $who }: label “{ $label }” taken off.
life-failed = It stays as it was. { $why }
life-full = The label was not put on: this conversation has as many labels as it can have. Take one off first.
life-missing = Nothing was changed: this conversation is not here any more.
life-new-message = { $who } has just written, so the conversation stays open.
life-changed-since = Somebody has changed the conversation with { $who } since, so it stays as it is.
problem-inbox-not-assignable = This member’s role does not answer customers. Choose somebody else.
problem-inbox-label-taken = There is a label of this name already. Choose another name, or use that label.
problem-inbox-label-changed-since = Somebody has changed this label since you opened it. Nothing was changed; close the form and open it again to see it.
problem-inbox-too-many-labels = This workspace has as many labels as it can have. Delete one first.
problem-inbox-labels-full = This conversation has as many labels as it can have. Take one off first.

snooze-hours =
    { $count ->
        [one] In { $count } hour
       *[other] In { $count } hours
    }
snooze-tomorrow = Tomorrow
snooze-monday = Monday
snooze-week = In a week
snooze-choose = Another day or time…
snooze-title = Snooze the conversation
snooze-until = Until
snooze-do = Snooze
snooze-wrong = Choose a day and time in the future, at most a year away.

# The settings of labels.
labels-title = Labels
labels-list = All labels
labels-none = No labels yet
labels-none-text = Labels say what a conversation is about, so that it is found again. Make the first one below.
labels-new = New label
labels-create = Create
labels-manage = Manage labels
labels-name = Name
labels-name-wrong = A name has 1 to 50 characters, at least one of them visible.
labels-colour = Colour
labels-save = Save
labels-edit = Change “{ $label }”
labels-delete = Delete “{ $label }”
labels-delete-ask =
    { $count ->
        [0] No conversation has this label. This cannot be undone.
        [one] { $count } conversation has this label and loses it. This cannot be undone.
       *[other] { $count } conversations have this label and lose it. This cannot be undone.
    }
labels-delete-yes = Delete for good
labels-delete-no = Keep it
labels-deleted = Label “{ $label }” deleted, and taken off every conversation.
labels-used =
    { $count ->
        [0] On no conversation
        [one] On { $count } conversation
       *[other] On { $count } conversations
    }
label-colour-grey = Grey
label-colour-red = Red
label-colour-orange = Orange
label-colour-yellow = Yellow
label-colour-green = Green
label-colour-teal = Teal
label-colour-blue = Blue
label-colour-purple = Purple
label-colour-pink = Pink

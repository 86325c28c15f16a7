# Many conversations at once, and the reason a conversation is resolved with.
many-begin = Select conversations
many-pick = Select { $name }
many-title = The selected conversations
many-none = Nothing selected
many-selected =
    { $count ->
        [one] { $count } selected
       *[other] { $count } selected
    }
many-all = Select all { $count }
many-all-loaded = Select the { $count } loaded
many-rest = This view has more conversations. They are not loaded, so they are not selected.
many-clear = Clear the selection
many-working = Changing conversations
many-snooze-title = Snooze the selected conversations
many-told-open =
    { $count ->
        [one] { $count } conversation is open again.
       *[other] { $count } conversations are open again.
    }
many-told-pending =
    { $count ->
        [one] { $count } conversation marked as pending.
       *[other] { $count } conversations marked as pending.
    }
many-told-snoozed =
    { $count ->
        [one] { $count } conversation snoozed until { $until }.
       *[other] { $count } conversations snoozed until { $until }.
    }
many-told-resolved =
    { $count ->
        [one] { $count } conversation resolved.
       *[other] { $count } conversations resolved.
    }
many-told-assigned =
    { $count ->
        [one] { $count } conversation assigned to { $member }.
       *[other] { $count } conversations assigned to { $member }.
    }
many-told-unassigned =
    { $count ->
        [one] { $count } conversation assigned to nobody.
       *[other] { $count } conversations assigned to nobody.
    }
many-told-labelled =
    { $count ->
        [one] { $count } conversation labelled “{ $label }”.
       *[other] { $count } conversations labelled “{ $label }”.
    }
many-told-unlabelled =
    { $count ->
        [one] Label “{ $label }” taken off { $count } conversation.
       *[other] Label “{ $label }” taken off { $count } conversations.
    }
many-same =
    { $count ->
        [one] Nothing to change: the conversation is so already.
       *[other] Nothing to change: the { $count } conversations are so already.
    }
many-undone =
    { $count ->
        [one] { $count } conversation is as it was.
       *[other] { $count } conversations are as they were.
    }
# Why some stayed as they were: “3 of 12 …”.
many-refused-new =
    { $count ->
        [one] { $count } of { $of } was not changed: the customer has just written.
       *[other] { $count } of { $of } were not changed: the customers have just written.
    }
many-refused-full =
    { $count ->
        [one] { $count } of { $of } was not changed: it has as many labels as it can have.
       *[other] { $count } of { $of } were not changed: they have as many labels as they can have.
    }
many-refused-since =
    { $count ->
        [one] { $count } of { $of } was not changed: somebody has changed it since.
       *[other] { $count } of { $of } were not changed: somebody has changed them since.
    }
many-refused-missing =
    { $count ->
        [one] { $count } of { $of } was not changed: it is not here any more.
       *[other] { $count } of { $of } were not changed: they are not here any more.
    }
many-failed =
    { $count ->
        [one] { $count } of { $of } stayed as it was. { $why }
       *[other] { $count } of { $of } stayed as they were. { $why }
    }

reason-menu = Resolve with a reason…
reason-title = Resolve with a reason
reason-label = Reason (optional)
reason-hint = For the team, up to 200 characters. The customer does not see it.

keys-resolve-reason = Resolve with a reason
keys-select = Select the conversation, or not
keys-select-range = Select everything up to the conversation
keys-select-none = Clear the selection

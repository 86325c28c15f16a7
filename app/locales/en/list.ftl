# The list of conversations.
list-views = Views
list-scope-mine = Mine
list-scope-unassigned = Unassigned
list-scope-all = All
list-count =
    { $count ->
        [one] { $count } conversation
       *[other] { $count } conversations
    }
list-news =
    { $count ->
        [one] { $count } new
       *[other] { $count } new
    }
list-narrow = Filter and sort
list-narrow-ends-search = These narrow the list, not the search: choosing one leads back to the list.
list-narrowed = What the list is narrowed to
list-take-off = Remove: { $name }
list-clear = Clear
list-status = Status
list-status-open = Open
list-status-pending = Pending
list-status-snoozed = Snoozed
list-status-resolved = Resolved
list-status-any = Any status
list-sort = Order
list-sort-newest = Newest first
list-sort-oldest = Oldest first
list-sort-waiting = Waiting longest
list-channel = Number
list-channel-all = All numbers
list-label = Label
list-label-all = All labels
list-unread = Unread only
list-save-name = Save this view as
list-save = Save
list-saved = The view “{ $name }” is saved.
list-view-menu = View { $name }
list-rename = Rename
list-rename-title = Rename the view
list-delete = Delete
list-deleted = The view “{ $name }” is deleted.
list-undo = Undo
list-assigned = Assigned to { $name }
list-waited-minutes = { $count } min
list-waited-hours = { $count } h
list-waited-days =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
list-show-all = Show all open conversations
list-none-all = No open conversations
list-none-all-text = As soon as a customer writes to your number, the conversation appears here.
list-none-mine = Nothing is assigned to you
list-none-mine-text = Take a conversation from Unassigned, or wait until a colleague gives you one.
list-none-unassigned = Everything has somebody
list-none-unassigned-text = A new conversation that nobody has taken appears here.
list-none-unread = Nothing unread
list-none-unread-text = Every message has been looked at. New ones appear here by themselves.
list-none-waiting = Nobody is waiting
list-none-waiting-text = Every customer has an answer. Whoever writes next appears here, the longest wait first.
list-none-snoozed = Nothing is snoozed
list-none-snoozed-text = Snooze a conversation to see it again at the right time.
list-none-narrowed = Nothing matches
list-none-narrowed-text = No conversation matches these filters. Remove one of them to see more.
problem-inbox-too-many-views = You have as many saved views as one can have. Delete one to save another.

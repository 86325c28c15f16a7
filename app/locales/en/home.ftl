# Home: figures of the workspace.
home-title = Home
home-today = Today
home-active = Active conversations today
home-begun = New conversations today
home-inbound = Messages received
home-outbound = Messages sent
home-wait-median = Answer time today, median
home-wait-most = Answer time today, 9 of 10 within
home-waiting = Waiting for an answer
home-waiting-longest = The longest for { $time }
home-unread = Unread conversations
home-unread-show = Show them
home-trend-yesterday = { $change } vs yesterday
home-trend-week = { $change } vs a week ago
home-trend-time = Compared with the same time of day.
home-seconds =
    { $large ->
        [one] { $large } second
       *[other] { $large } seconds
    }
home-minutes = { $large } min
home-hours = { $large } h { $small } min
home-days = { $large } d { $small } h
home-longest = Waiting longest
home-longest-none = Nobody waits for an answer.
home-loads = Open by assignee
home-loads-none = There is no open conversation.
home-nobody = Unassigned
home-activity = Recent activity
home-activity-none = Nothing yet: notes, assignments and labels of all conversations appear here.
home-by-itself = Charla
home-did-note = wrote a note
home-did-assign = assigned it to { $name }
home-did-unassign = took the assignment off
home-did-reopen = opened it again, because the customer wrote
home-did-open = opened it
home-did-pending = set it to pending
home-did-snooze = snoozed it
home-did-resolve = resolved it
home-did-label = added the label “{ $label }”
home-did-unlabel = removed the label “{ $label }”
home-volume = Messages over time
home-ranges = Time range
home-range-today = Today
home-range-week = 7 days
home-range-month = 30 days
home-range-quarter = 90 days
home-point = { $when }: { $inbound } received, { $outbound } sent
home-table = As a table
home-hour = Hour
home-day = Day
home-export = Export CSV
home-stale = The figures could not be refreshed; they are being tried again.

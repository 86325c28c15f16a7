# For operators of the installation.
quarantine-title = Quarantine
quarantine-text = Parts of webhooks that could have no effect. Nothing of them is lost: fix what was in the way, then replay them.
quarantine-none = Nothing is waiting
quarantine-none-text = Every webhook has had its effect.
quarantine-none-here = Nothing is waiting here any more.
quarantine-refresh = Look again
quarantine-reasons = Why they wait
quarantine-reason = Reason
quarantine-count = Updates
quarantine-actions = What can be done
quarantine-all = Show those of every reason
quarantine-updates = What waits
quarantine-updates-of = What waits: { $reason }
quarantine-whole = Replaying and discarding concern the whole delivery. What of it had its effect already does not have it twice.
quarantine-part = Part { $number } of its delivery
quarantine-pages = Pages of the list
quarantine-newest = Newest
quarantine-older = Older
quarantine-show = Show what came
quarantine-hide = Hide what came
quarantine-raw = What came
quarantine-size =
    { $count ->
        [one] { $count } byte.
       *[other] { $count } bytes.
    }
quarantine-cut = Only the beginning is shown.
quarantine-replay = Replay
quarantine-replay-all = Replay all
quarantine-replaying =
    { $count ->
        [one] { $count } delivery is replayed so far; more follow.
       *[other] { $count } deliveries are replayed so far; more follow.
    }
quarantine-replayed =
    { $count ->
        [one] { $count } delivery is replayed. What fails again comes back here.
       *[other] { $count } deliveries are replayed. What fails again comes back here.
    }
quarantine-discard = Discard
quarantine-discard-title = Discard for good?
quarantine-discard-text = What waits of this delivery will never have an effect: its messages do not reach the inbox. This cannot be undone.
quarantine-discard-sure = Discard for good
quarantine-keep = Keep it
quarantine-discarded = The delivery is discarded.
quarantine-gone = It is not waiting any more: it was replayed or discarded already.

quarantine-reason-unknown-number = Unknown number
quarantine-reason-unreadable = Could not be read
quarantine-reason-not-a-delivery = Not a webhook delivery
quarantine-reason-failed = Refused by the database
quarantine-reason-group = Message of a group
quarantine-reason-anonymous = Without a sender
quarantine-reason-foreign-app = Signed by an app of another workspace
quarantine-reason-foreign-account = Names another business account

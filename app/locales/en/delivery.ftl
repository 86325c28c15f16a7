# The way of a message: its recorder, sending it again, why it failed.
recorder-open = Delivery details
recorder-title = Delivery details
recorder-close = Close
recorder-loading = Loading the details
recorder-none = Nothing is known about the way of this message.
recorder-attempt = Attempt { $number }
recorder-http = HTTP { $status }
recorder-code = Meta’s code { $code }
recorder-free = Free of charge ({ $category })
recorder-charged = Charged as { $category }
recorder-priced = Category: { $category }

# What happened, by who says so.
step-member-queued = Written; waits for its turn
step-resent = Sent again, as a new message
step-attempt-sending = Handed to WhatsApp
step-attempt-accepted = Accepted by WhatsApp
step-attempt-queued = Not taken by WhatsApp; waits for the next attempt
step-attempt-failed = Could not be sent
step-attempt-unknown = WhatsApp’s answer was lost
step-webhook-sent = WhatsApp reports: sent
step-webhook-delivered = WhatsApp reports: delivered to the phone
step-webhook-read = WhatsApp reports: read
step-webhook-played = WhatsApp reports: played
step-webhook-failed = WhatsApp reports: not delivered

# Sending again.
state-unconfirmed-explained = WhatsApp has not reported on it for 15 minutes: it stays unconfirmed whether this message arrived.
resend-done = This was sent again.
resend-doubt = It may have arrived. Send again anyway?
resend-anyway = Send again anyway
resend-cancel = Do not send
resend-not-lost = This message is not lost, so it is not sent again.
resend-unclear = WhatsApp may still report on this message. Wait a few minutes.

# The window.
window-hours =
    { $count ->
        [one] { $count } hour left for free messages
       *[other] { $count } hours left for free messages
    }
window-minutes =
    { $count ->
        [one] { $count } minute left for free messages
       *[other] { $count } minutes left for free messages
    }
window-closed = Closed for free messages until the customer writes

# Why a message failed and what to do, by Meta’s codes.
failure-reconnect = WhatsApp no longer accepts the number’s access token. An admin has to reconnect the number.
failure-permission = The access token lacks a permission. An admin has to grant it in Meta’s business settings.
failure-removed = Meta no longer knows this number. An admin has to connect it again or remove it.
failure-unregistered = The number is not registered with WhatsApp, so nothing can be sent. An admin has to connect it again.
failure-account = Meta has restricted the WhatsApp account, so nothing can be sent. An admin has to look into Meta’s business settings.
failure-display-name = Meta has not approved the number’s display name, so nothing can be sent. An admin has to settle it with Meta.
failure-payment = There is a problem with the payment of the WhatsApp account. An admin has to solve it with Meta.
failure-terms = Meta’s terms of payment are not accepted. An admin has to accept them in Meta’s settings.
failure-marketing-off = Marketing messages are switched off for this way of sending. An admin has to change it in Meta’s settings.
failure-busy = WhatsApp is busy. The message is tried again by itself.
failure-account-pace = The WhatsApp account has made as many requests as Meta allows for now. The message is tried again by itself.
failure-pace = This number is sending as fast as WhatsApp allows. The message is tried again by itself.
failure-pair = Too many messages to this customer in a short time. The message is tried again by itself.
failure-limited = WhatsApp limits this number for a while. The message is tried again later.
failure-classified = WhatsApp limits this number because of how its templates are classified. An admin should check the templates; the limit is lifted by itself.
failure-form-pace = Meta lets the form of this message go out ten times an hour. It is tried again later.
failure-preparing = Meta is still preparing the template for marketing. The message is tried again later.
failure-malformed = WhatsApp did not accept the form of this message. Nothing was sent; change it and send it again.
failure-unsupported = WhatsApp does not support this kind of message.
failure-file = WhatsApp could not take the file. It is tried again; if it fails, send another format.
failure-companion = The message can be seen on the business’s phone only.
failure-template = WhatsApp does not accept the template as it is. An admin has to check it on the templates page before it is sent again.
failure-parameters = The values do not fit the template. Nothing was sent; correct the values and send it again.
failure-not-marketing = This message cannot go out as marketing. Send it as an ordinary template.
failure-form = Meta has blocked the form of this message. An admin has to mend it in Meta’s settings.
failure-window = The customer has not written for 24 hours, so only a template may be sent.
failure-undeliverable = The message could not be delivered: the number may not be on WhatsApp, its app may be too old, or the customer may have blocked you.
failure-blocked = This customer is blocked. Unblock them to write to them.
failure-stopped = This customer has stopped marketing messages from you. Send them no more.
failure-experiment = WhatsApp shows this customer no marketing messages at the moment. Do not send it again.
failure-engagement = WhatsApp holds this message back so that customers get less marketing. Try again after a day at the earliest.
failure-country = WhatsApp does not let this account write to the customer’s country.
failure-phone = This kind of message needs the customer’s phone number, and only their user id is known.
failure-identity = The customer’s identity has changed. Make sure who they are before you write.
failure-recipients = This is a test number and the customer is not on its list of recipients. An admin can add them in Meta’s settings.
failure-itself = A number cannot write to itself.
failure-group = The group cannot be written to: it is gone, or the number is not a member or the only one.
failure-group-suspended = Meta has suspended the group, so it cannot be written to.
failure-interrupted = Our server stopped before it could store the answer.
failure-held-back = It could not go out at that moment and waits for its next turn.
failure-no-address = The contact has no address on this number any more. Nothing was sent.

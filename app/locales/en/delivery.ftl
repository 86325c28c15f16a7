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
failure-busy = WhatsApp is busy. The message is tried again by itself.
failure-malformed = WhatsApp did not accept the form of this message. Nothing was sent; change it and send it again.
failure-template = WhatsApp did not accept the template. Check it on the templates page before sending it again.
failure-account = The WhatsApp account may not send at the moment. An admin has to look into Meta’s business settings.
failure-pace = This number is sending as fast as WhatsApp allows. The message is tried again by itself.
failure-pair = Too many messages to this customer in a short time. The message is tried again by itself.
failure-limited = WhatsApp limits this number for a while. The message is tried again later.
failure-classified = WhatsApp limits this number because of how its templates are classified. The limit is lifted by itself.
failure-payment = There is a problem with the payment of the WhatsApp account. An admin has to solve it with Meta.
failure-blocked = This customer is blocked. Unblock them to write to them.
failure-experiment = WhatsApp shows this customer no marketing messages at the moment. Do not send it again.
failure-country = WhatsApp does not let this account write to the customer’s country.
failure-group = The group cannot be written to.
failure-itself = A number cannot write to itself.
failure-undeliverable = The message could not be delivered: the number may not be on WhatsApp, or its app is too old.
failure-recipients = This is a test number and the customer is not on its list of recipients.
failure-window = The customer has not written for 24 hours, so only a template may be sent.
failure-engagement = WhatsApp holds this message back so that customers get less marketing. Try again after a day at the earliest.
failure-stopped = This customer has stopped marketing messages from you.
failure-unsupported = WhatsApp does not support this kind of message.
failure-file = The file could not be transferred. Send it again, perhaps in another format.
failure-companion = The message can be seen on the business’s phone only.
failure-phone = This kind of message needs the customer’s phone number, and only their user id is known.
failure-identity = The customer’s identity has changed. Make sure who they are before you write.
failure-call = The call could not be made.
failure-interrupted = Our server stopped before it could store the answer.

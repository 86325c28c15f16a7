# The inbox.
inbox-title = Inbox
inbox-page-title = Inbox · Charla
inbox-nameless = Unknown contact
inbox-today = Today
inbox-yesterday = Yesterday
inbox-unread-messages =
    { $count ->
        [one] { $count } unread message
       *[other] { $count } unread messages
    }
inbox-loading = Loading conversations
inbox-more = More conversations
inbox-more-failed = The next conversations could not be loaded. Try again.
inbox-none-simulator = Write from the simulator’s phone as a customer would: type a message there and it appears here at once.
inbox-open-simulator = Open the simulator’s phone
inbox-offline = No connection. Trying to reconnect; what you see may be out of date.
inbox-back = Back to the list

# The thread.
thread-title = Conversation
thread-messages = Messages
thread-loading = Loading messages
thread-none = Choose a conversation
thread-none-text = Pick one from the list, or press j for the first.
thread-unread = New messages
thread-earlier = Earlier messages
thread-earlier-failed = The earlier messages could not be loaded. Try again.
thread-to-end = To the newest message
thread-missed =
    { $count ->
        [one] { $count } new message
       *[other] { $count } new messages
    }

# Kinds of content.
content-text = Message
content-image = Photo
content-video = Video
content-audio = Audio
content-voice = Voice message
content-document = Document
content-sticker = Sticker
content-location = Location
content-contacts = Contact card
content-reaction = Reaction
content-reaction-removed = Reaction removed
content-choice = Choice
content-form = Form
content-order = Order
content-order-items =
    { $count ->
        [one] { $count } product
       *[other] { $count } products
    }
content-system = Notice from WhatsApp
content-edit = Edited message
content-revoked = Message deleted by the customer
content-unsupported = A kind of message that cannot be shown here. Look at it on the phone.

# How far a message has come.
state-queued = Waiting to be sent
state-sending = Being sent
state-accepted = Accepted by WhatsApp
state-sent = Sent
state-delivered = Delivered
state-read = Read
state-played = Played
state-failed = Not delivered
state-unknown = Unclear whether it was sent
state-failed-explained = It was not delivered. Write again, or reach the customer another way.
state-unknown-explained = The answer was lost, so it is unclear whether this message arrived. It is not sent again by itself; WhatsApp usually reports within minutes.
author-phone = From the phone

# Writing.
composer-label = Message
composer-placeholder = Write a message
composer-send = Send
composer-send-hint = Send (Enter); new line: Shift+Enter
composer-role = Your role can read conversations, not answer them. Ask an admin to change it.
composer-window = WhatsApp takes free messages only within 24 hours of the customer’s last one. You can write again when they do; what you have typed is kept.
composer-inactive = This number is deactivated, so nothing is sent. What you have typed is kept; an admin can activate the number.
composer-stopped = Nothing is sent from this number at the moment. What you write waits and goes out later.
composer-numbers = To the numbers
composer-left =
    { $count ->
        [one] { $count } character left
       *[other] { $count } characters left
    }
composer-over =
    { $count ->
        [one] { $count } character too many
       *[other] { $count } characters too many
    }
send-refused = Not sent.
send-refused-window = The 24-hour window has closed. Nothing reached the customer.
send-refused-session = You are logged out. Log in and send it again.
send-refused-forbidden = Your role does not answer customers.
send-refused-unreachable = The server could not be reached. Your text is kept.
send-refused-throttled = These are too many messages in a short time. Your text is kept; send it again in a moment.
send-refused-unanswered = The server did not confirm it. Your text is kept; sent again, it still goes out only once.
send-refused-text = A message has 1 to 4,096 characters, at least one of them visible.
send-retry = Send again
send-discard = Discard

# The contact.
contact-title = Contact
contact-show = Show the contact
contact-hide = Hide the contact
panes-list = Width of the list
panes-contact = Width of the contact
contact-username = Username
contact-channel = Channel
contact-since = First seen
contact-wrote = Last wrote
contact-window = Free messages until
contact-writing = Free messages
contact-window-closed = Once the customer writes again

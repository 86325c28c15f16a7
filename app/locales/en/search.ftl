# Search in the list.
search-label = Search people and messages
search-placeholder = Search
search-close = Close the search
search-loading = Searching
search-results = What was found
search-people = People
search-messages = Messages
search-us = You
search-found =
    { $people ->
        [0] No people
        [one] { $people } person
       *[other] { $people } people
    }, { $messages ->
        [0] no messages
        [one] { $messages } message
       *[other] { $messages } messages
    }{ $more ->
        [yes] , and there are more.
       *[other] .
    }
search-more = Older messages
search-more-failed = The older messages could not be loaded. Try again.
search-none = Nothing found
search-none-text = Try fewer words, or the beginning of one. Every word has to be in the message.
search-recent = Searched lately
search-forget = Forget this search
search-tip-words = All the words you write have to be in a message; accents and capitals do not matter.
search-tip-phrase = “Words in quotation marks” have to stand together.
search-tip-number = A part of a phone number finds people: three digits are enough.
problem-search-too-long = This search takes too long. Add a word to it, or write the words in full.

# Search in the open conversation.
find-title = Search in this conversation
find-loading = Searching…
find-none = Nothing found
find-at =
    { $more ->
        [yes] { $at } of more than { $total }
       *[no] { $at } of { $total }
    }
find-earlier = Earlier hit (Enter)
find-later = Later hit (Shift+Enter)
find-close = Close the search in this conversation

# The palette.
palette-title = Go to, do, find
palette-label = A place, an action, a person or a message
palette-placeholder = Where to, or what to do?
palette-recent = Used lately
palette-commands = Places and actions
palette-people = People
palette-messages = Messages
palette-none = Nothing fits. Try other letters.
palette-switch = Switch to { $name }

# The sheet of shortcuts.
keys-title = Keyboard shortcuts
keys-everywhere = Everywhere
keys-inbox = In the inbox
keys-list = In the list, once it has the focus
keys-thread = In a conversation, once it has the focus
keys-writing = While writing
keys-then = then
keys-palette = Go anywhere, do anything, find anyone
keys-search = Search people and messages
keys-sheet = Show keyboard shortcuts
keys-go-home = Go to home
keys-go-inbox = Go to the inbox
keys-go-contacts = Go to the contacts
keys-go-settings = Go to the settings
keys-go-numbers = Go to the numbers
keys-next = Next conversation
keys-previous = Previous conversation
keys-reply = Reply
keys-note = Write a note
keys-resolve = Resolve or reopen
keys-snooze = Snooze
keys-assign = Assign
keys-label = Label
keys-assign-me = Assign to me
keys-details = Show or hide the contact
keys-list-step = Next or previous conversation, without opening it
keys-list-page = A page back or on
keys-list-ends = First or last conversation
keys-list-open = Open the conversation
keys-thread-step = Next or previous message
keys-thread-open = What can be done with the message
keys-find = Search in this conversation
keys-send = Send
keys-break = New line
keys-leave = Leave the field

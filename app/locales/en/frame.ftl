# The frame around the pages, and the words of components.
frame-offline = Your device has no connection. What you see may be out of date.
frame-reconnecting = No connection. Trying again; what you see may be out of date.
frame-fold = Show icons only
frame-unfold = Show names
frame-unread = ({ $count })

toasts = Messages of this page
toast-dismiss = Dismiss
dialog-close = Close
picker-search = Search
picker-none = Nothing fits.
load-more = Show more
error-unreachable = No connection

preferences-density = Density
density-comfortable = Comfortable
density-compact = Compact

# Notifications and shortcuts, by device.
account-device = On this device
notify-desktop = Desktop notifications
notify-desktop-hint = When a customer writes and you are not looking at the conversation.
notify-forbidden = The browser forbids notifications from here. Allow them in its settings for this page.
notify-never = This browser shows no notifications from this address.
notify-sound = Sound
notify-sound-hint = Two soft notes, at the same moments.
notify-which = For which conversations
notify-which-all = All
notify-which-mine = Mine
notify-which-none = None
notify-new-message = New message
notify-and-others =
    { $others ->
        [one] { $name } and { $others } other
       *[other] { $name } and { $others } others
    }
shortcuts-switch = Shortcuts of a single key
shortcuts-switch-hint = Such as j and k in the inbox. Switch them off if you dictate, or press keys by accident.
settings-title = Settings

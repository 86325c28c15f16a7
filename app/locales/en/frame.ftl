# The frame around the pages, and the words of components.
toasts = Messages of this page
toast-dismiss = Dismiss
dialog-close = Close
picker-search = Search
picker-none = Nothing fits.

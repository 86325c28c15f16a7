# The frame around the pages, and the words of components.
toasts = Avisos de esta página
toast-dismiss = Descartar
dialog-close = Cerrar
picker-search = Buscar
picker-none = Nada coincide.

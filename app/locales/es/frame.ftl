# The frame around the pages, and the words of components.
frame-offline = Tu dispositivo no tiene conexión. Lo que ves puede no estar al día.
frame-reconnecting = Sin conexión. Intentando de nuevo; lo que ves puede no estar al día.
frame-fold = Mostrar solo iconos
frame-unfold = Mostrar nombres
frame-unread = ({ $count })

toasts = Avisos de esta página
toast-dismiss = Descartar
dialog-close = Cerrar
picker-search = Buscar
picker-none = Nada coincide.
load-more = Mostrar más
error-unreachable = Sin conexión

preferences-density = Densidad
density-comfortable = Cómoda
density-compact = Compacta

# Avisos y atajos, por dispositivo.
account-device = En este dispositivo
notify-desktop = Notificaciones de escritorio
notify-desktop-hint = Cuando un cliente escribe y no estás mirando la conversación.
notify-forbidden = El navegador prohíbe las notificaciones de este sitio. Permítelas en su configuración de esta página.
notify-never = Este navegador no muestra notificaciones de esta dirección.
notify-sound = Sonido
notify-sound-hint = Dos notas suaves, en los mismos momentos.
notify-which = Para qué conversaciones
notify-which-all = Todas
notify-which-mine = Las mías
notify-which-none = Ninguna
notify-new-message = Mensaje nuevo
notify-and-others =
    { $others ->
        [one] { $name } y { $others } más
       *[other] { $name } y { $others } más
    }
shortcuts-switch = Atajos de una sola tecla
shortcuts-switch-hint = Como j y k en la bandeja. Desactívalos si dictas o si pulsas teclas sin querer.
settings-title = Ajustes

# La bandeja.
inbox-title = Bandeja
inbox-page-title = Bandeja · Charla
inbox-nameless = Contacto desconocido
inbox-today = Hoy
inbox-yesterday = Ayer
inbox-unread-messages =
    { $count ->
        [one] { $count } mensaje sin leer
       *[other] { $count } mensajes sin leer
    }
inbox-loading = Cargando conversaciones
inbox-more = Más conversaciones
inbox-more-failed = No se pudieron cargar las siguientes conversaciones. Inténtalo de nuevo.
inbox-none-simulator = Escribe desde el teléfono del simulador como lo haría un cliente: el mensaje aparecerá aquí al instante.
inbox-open-simulator = Abrir el teléfono del simulador
inbox-offline = Sin conexión. Intentando reconectar; lo que ves puede no estar al día.
inbox-back = Volver a la lista

# La conversación.
thread-title = Conversación
thread-messages = Mensajes
thread-loading = Cargando mensajes
thread-none = Elige una conversación
thread-none-text = Escoge una de la lista o pulsa j para ir a la primera.
thread-unread = Mensajes nuevos
thread-earlier = Mensajes anteriores
thread-earlier-failed = No se pudieron cargar los mensajes anteriores. Inténtalo de nuevo.
thread-to-end = Ir al último mensaje
thread-missed =
    { $count ->
        [one] { $count } mensaje nuevo
       *[other] { $count } mensajes nuevos
    }

# Tipos de contenido.
content-text = Mensaje
content-image = Foto
content-video = Vídeo
content-audio = Audio
content-voice = Mensaje de voz
content-document = Documento
content-sticker = Sticker
content-location = Ubicación
content-contacts = Tarjeta de contacto
content-reaction = Reacción
content-reaction-removed = Reacción quitada
content-choice = Elección
content-form = Formulario
content-order = Pedido
content-order-items =
    { $count ->
        [one] { $count } producto
       *[other] { $count } productos
    }
content-system = Aviso de WhatsApp
content-edit = Mensaje editado
content-revoked = Mensaje eliminado por el cliente
content-unsupported = Un tipo de mensaje que no se puede mostrar aquí. Míralo en el teléfono.

# Hasta dónde ha llegado un mensaje.
state-queued = Esperando a enviarse
state-sending = Enviándose
state-accepted = Aceptado por WhatsApp
state-sent = Enviado
state-delivered = Entregado
state-read = Leído
state-played = Reproducido
state-failed = No entregado
state-unknown = No está claro si se envió
state-failed-explained = No se entregó. Escribe de nuevo o contacta al cliente por otro medio.
state-unknown-explained = Se perdió la respuesta, así que no está claro si este mensaje llegó. No se reenvía solo; WhatsApp suele informar en unos minutos.
author-phone = Desde el teléfono

# Escribir.
composer-label = Mensaje
composer-placeholder = Escribe un mensaje
composer-send = Enviar
composer-send-hint = Enviar (Intro); línea nueva: Mayús+Intro
composer-role = Tu rol puede leer las conversaciones, no responderlas. Pide a un administrador que lo cambie.
composer-window = WhatsApp solo admite mensajes libres durante las 24 horas siguientes al último del cliente. Podrás escribir de nuevo cuando lo haga; lo que hayas escrito se conserva.
composer-inactive = Este número está desactivado, así que no se envía nada. Lo que hayas escrito se conserva; un administrador puede activarlo.
composer-stopped = Por ahora no se envía nada desde este número. Lo que escribas espera y saldrá más tarde.
composer-numbers = A los números
composer-left =
    { $count ->
        [one] Queda { $count } carácter
       *[other] Quedan { $count } caracteres
    }
composer-over =
    { $count ->
        [one] Sobra { $count } carácter
       *[other] Sobran { $count } caracteres
    }
send-refused = No enviado.
send-refused-window = La ventana de 24 horas se ha cerrado. Nada llegó al cliente.
send-refused-session = Tu sesión se cerró. Entra y envíalo de nuevo.
send-refused-forbidden = Tu rol no responde a clientes.
send-refused-unreachable = No se pudo contactar con el servidor. Tu texto se conserva.
send-refused-throttled = Son demasiados mensajes en poco tiempo. Tu texto se conserva; envíalo de nuevo en un momento.
send-refused-unanswered = El servidor no lo confirmó. Tu texto se conserva; si lo envías de nuevo, sale una sola vez.
send-refused-text = Un mensaje tiene de 1 a 4096 caracteres, al menos uno de ellos visible.
send-retry = Enviar de nuevo
send-discard = Descartar

# El contacto.
contact-title = Contacto
contact-show = Mostrar el contacto
contact-hide = Ocultar el contacto
panes-list = Ancho de la lista
panes-contact = Ancho del contacto
contact-username = Nombre de usuario
contact-channel = Canal
contact-since = Visto por primera vez
contact-wrote = Escribió por última vez
contact-window = Mensajes libres hasta
contact-writing = Mensajes libres
contact-window-closed = Cuando el cliente vuelva a escribir

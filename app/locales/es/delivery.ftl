# El camino de un mensaje: su registro, reenviarlo, por qué falló.
recorder-open = Detalles de la entrega
recorder-title = Detalles de la entrega
recorder-close = Cerrar
recorder-loading = Cargando los detalles
recorder-none = No se sabe nada del camino de este mensaje.
recorder-attempt = Intento { $number }
recorder-http = HTTP { $status }
recorder-code = Código de Meta { $code }
recorder-free = Sin coste ({ $category })
recorder-charged = Se cobra como { $category }
recorder-priced = Categoría: { $category }

# Qué pasó, según quién lo dice.
step-member-queued = Escrito; espera su turno
step-resent = Enviado de nuevo, como otro mensaje
step-attempt-sending = Pasado a WhatsApp
step-attempt-accepted = Aceptado por WhatsApp
step-attempt-queued = WhatsApp no lo tomó; espera el próximo intento
step-attempt-failed = No se pudo enviar
step-attempt-unknown = Se perdió la respuesta de WhatsApp
step-webhook-sent = WhatsApp informa: enviado
step-webhook-delivered = WhatsApp informa: entregado en el teléfono
step-webhook-read = WhatsApp informa: leído
step-webhook-played = WhatsApp informa: reproducido
step-webhook-failed = WhatsApp informa: no entregado

# Enviar de nuevo.
state-unconfirmed-explained = WhatsApp no ha informado en 15 minutos: queda sin confirmar si este mensaje llegó.
resend-done = Se envió de nuevo.
resend-doubt = Puede que haya llegado. ¿Enviarlo de nuevo igualmente?
resend-anyway = Enviar de nuevo igualmente
resend-cancel = No enviar
resend-not-lost = Este mensaje no se perdió, así que no se envía de nuevo.
resend-unclear = WhatsApp aún puede informar sobre este mensaje. Espera unos minutos.

# La ventana.
window-hours =
    { $count ->
        [one] Queda { $count } hora para mensajes libres
       *[other] Quedan { $count } horas para mensajes libres
    }
window-minutes =
    { $count ->
        [one] Queda { $count } minuto para mensajes libres
       *[other] Quedan { $count } minutos para mensajes libres
    }
window-closed = Cerrada para mensajes libres hasta que el cliente escriba

# Por qué falló un mensaje y qué hacer, según los códigos de Meta.
failure-reconnect = WhatsApp ya no acepta el token de acceso del número. Un administrador tiene que reconectarlo.
failure-permission = Al token de acceso le falta un permiso. Un administrador tiene que concederlo en la configuración de empresa de Meta.
failure-removed = Meta ya no conoce este número. Un administrador tiene que conectarlo de nuevo o quitarlo.
failure-unregistered = El número no está registrado en WhatsApp, así que no se puede enviar nada. Un administrador tiene que conectarlo de nuevo.
failure-account = Meta ha restringido la cuenta de WhatsApp, así que no se puede enviar nada. Un administrador tiene que revisar la configuración de empresa de Meta.
failure-display-name = Meta no ha aprobado el nombre visible del número, así que no se puede enviar nada. Un administrador tiene que resolverlo con Meta.
failure-payment = Hay un problema con el pago de la cuenta de WhatsApp. Un administrador tiene que resolverlo con Meta.
failure-terms = No se han aceptado las condiciones de pago de Meta. Un administrador tiene que aceptarlas en la configuración de Meta.
failure-marketing-off = Los mensajes de marketing están desactivados para esta forma de envío. Un administrador tiene que cambiarlo en la configuración de Meta.
failure-busy = WhatsApp está ocupado. El mensaje se reintenta solo.
failure-account-pace = La cuenta de WhatsApp ha hecho tantas solicitudes como Meta permite por ahora. El mensaje se reintenta solo.
failure-pace = Este número envía tan rápido como WhatsApp permite. El mensaje se reintenta solo.
failure-pair = Demasiados mensajes a este cliente en poco tiempo. El mensaje se reintenta solo.
failure-limited = WhatsApp limita este número por un tiempo. El mensaje se reintenta más tarde.
failure-classified = WhatsApp limita este número por cómo están clasificadas sus plantillas. Un administrador debería revisarlas; el límite se levanta solo.
failure-form-pace = Meta permite enviar el formulario de este mensaje diez veces por hora. Se reintenta más tarde.
failure-preparing = Meta aún está preparando la plantilla para marketing. El mensaje se reintenta más tarde.
failure-malformed = WhatsApp no aceptó la forma de este mensaje. No se envió nada; cámbialo y envíalo de nuevo.
failure-unsupported = WhatsApp no admite este tipo de mensaje.
failure-file = WhatsApp no pudo recibir el archivo. Se reintenta; si falla, envíalo en otro formato.
failure-companion = El mensaje solo se puede ver en el teléfono de la empresa.
failure-template = WhatsApp no acepta la plantilla tal como está. Un administrador tiene que revisarla en la página de plantillas antes de enviarla de nuevo.
failure-parameters = Los valores no encajan en la plantilla. No se envió nada; corrígelos y envíala de nuevo.
failure-not-marketing = Este mensaje no puede salir como marketing. Envíalo como plantilla normal.
failure-form = Meta ha bloqueado el formulario de este mensaje. Un administrador tiene que corregirlo en la configuración de Meta.
failure-window = El cliente no ha escrito en 24 horas, así que solo se puede enviar una plantilla.
failure-undeliverable = No se pudo entregar el mensaje: puede que el número no esté en WhatsApp, que su aplicación sea demasiado antigua o que el cliente te haya bloqueado.
failure-blocked = Este cliente está bloqueado. Desbloquéalo para escribirle.
failure-stopped = Este cliente ha dejado de recibir tus mensajes de marketing. No le envíes más.
failure-experiment = WhatsApp no muestra mensajes de marketing a este cliente por ahora. No lo envíes de nuevo.
failure-engagement = WhatsApp retiene este mensaje para que los clientes reciban menos marketing. Inténtalo de nuevo al cabo de un día como pronto.
failure-country = WhatsApp no permite que esta cuenta escriba al país del cliente.
failure-phone = Este tipo de mensaje necesita el número de teléfono del cliente y solo se conoce su id de usuario.
failure-identity = La identidad del cliente ha cambiado. Asegúrate de quién es antes de escribirle.
failure-recipients = Este es un número de prueba y el cliente no está en su lista de destinatarios. Un administrador puede añadirlo en la configuración de Meta.
failure-itself = Un número no puede escribirse a sí mismo.
failure-group = No se puede escribir al grupo: ya no existe, o el número no es miembro o es el único.
failure-group-suspended = Meta ha suspendido el grupo, así que no se puede escribir en él.
failure-interrupted = Nuestro servidor se detuvo antes de guardar la respuesta.
failure-held-back = No pudo salir en ese momento y espera su próximo turno.
failure-no-address = El contacto ya no tiene dirección en este número. No se envió nada.

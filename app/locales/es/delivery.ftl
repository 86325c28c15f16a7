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
failure-busy = WhatsApp está ocupado. El mensaje se reintenta solo.
failure-malformed = WhatsApp no aceptó la forma de este mensaje. No se envió nada; cámbialo y envíalo de nuevo.
failure-template = WhatsApp no aceptó la plantilla. Revísala en la página de plantillas antes de enviarla de nuevo.
failure-account = La cuenta de WhatsApp no puede enviar por ahora. Un administrador tiene que revisar la configuración de empresa de Meta.
failure-pace = Este número envía tan rápido como WhatsApp permite. El mensaje se reintenta solo.
failure-pair = Demasiados mensajes a este cliente en poco tiempo. El mensaje se reintenta solo.
failure-limited = WhatsApp limita este número por un tiempo. El mensaje se reintenta más tarde.
failure-classified = WhatsApp limita este número por cómo están clasificadas sus plantillas. El límite se levanta solo.
failure-payment = Hay un problema con el pago de la cuenta de WhatsApp. Un administrador tiene que resolverlo con Meta.
failure-blocked = Este cliente está bloqueado. Desbloquéalo para escribirle.
failure-experiment = WhatsApp no muestra mensajes de marketing a este cliente por ahora. No lo envíes de nuevo.
failure-country = WhatsApp no permite que esta cuenta escriba al país del cliente.
failure-group = No se puede escribir al grupo.
failure-itself = Un número no puede escribirse a sí mismo.
failure-undeliverable = No se pudo entregar el mensaje: puede que el número no esté en WhatsApp o que su aplicación sea demasiado antigua.
failure-recipients = Este es un número de prueba y el cliente no está en su lista de destinatarios.
failure-window = El cliente no ha escrito en 24 horas, así que solo se puede enviar una plantilla.
failure-engagement = WhatsApp retiene este mensaje para que los clientes reciban menos marketing. Inténtalo de nuevo al cabo de un día como pronto.
failure-stopped = Este cliente ha dejado de recibir tus mensajes de marketing.
failure-unsupported = WhatsApp no admite este tipo de mensaje.
failure-file = No se pudo transferir el archivo. Envíalo de nuevo, quizá en otro formato.
failure-companion = El mensaje solo se puede ver en el teléfono de la empresa.
failure-phone = Este tipo de mensaje necesita el número de teléfono del cliente y solo se conoce su id de usuario.
failure-identity = La identidad del cliente ha cambiado. Asegúrate de quién es antes de escribirle.
failure-call = No se pudo hacer la llamada.
failure-interrupted = Nuestro servidor se detuvo antes de guardar la respuesta.

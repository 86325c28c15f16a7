# Respuestas y notas.
composer-tabs = Qué escribir
composer-reply = Respuesta
composer-note = Nota
composer-note-label = Nota para el equipo
composer-note-placeholder = Escribe una nota; el cliente no la ve
composer-note-write = Añadir nota
composer-note-hint = Añadir nota (Intro); línea nueva: Mayús+Intro
composer-no-files = Desde aquí aún no se pueden enviar archivos. No se ha adjuntado nada.
composer-replies = Respuestas guardadas
composer-replying = Respondes a
composer-replying-end = No responder a este mensaje
composer-split =
    { $count ->
        [one] Enviar como { $count } mensaje
       *[other] Enviar como { $count } mensajes
    }
composer-waiting =
    { $count ->
        [one] { $count } mensaje espera para enviarse.
       *[other] { $count } mensajes esperan para enviarse.
    }
composer-waiting-now = Intentar ahora
row-draft = Borrador
send-refused-stale = Se escribió hace más de un día y ha esperado conexión desde entonces. Envíalo si aún es correcto.
problem-inbox-not-quotable = El mensaje al que respondes no es uno que WhatsApp conozca en esta conversación. No se ha enviado nada.

# Emoji.
emoji-title = Emoji
emoji-search = Buscar emoji
emoji-none = Ningún emoji se llama así.
emoji-found = Encontrados
emoji-recent = Usados hace poco
emoji-people = Caras y personas
emoji-nature = Animales y naturaleza
emoji-food = Comida y bebida
emoji-activities = Actividades
emoji-travel = Viajes y lugares
emoji-objects = Objetos
emoji-symbols = Símbolos
emoji-flags = Banderas

# Respuestas guardadas.
replies-title = Respuestas guardadas
replies-list = Respuestas para todo el equipo
replies-text = Escribe / y el atajo mientras redactas, y ahí está el texto.
replies-search = Buscar
replies-new = Nueva respuesta guardada
replies-change = Cambiar
replies-delete = Eliminar
replies-none = Aún no hay respuestas guardadas
replies-none-text = Escribe una sola vez lo que respondes a menudo, y recupéralo con unas pocas letras.
replies-none-view = Cuando un supervisor o administrador haya escrito algunas, las recuperarás con unas pocas letras.
replies-nothing-found = Ninguna respuesta guardada tiene esas palabras.
replies-shortcut = Atajo
replies-shortcut-hint = Letras, cifras, _ y -. Se escribe después de una barra.
replies-shortcut-wrong = Escribe de 1 a { $most } letras, cifras, _ o -, sin espacios.
replies-body = Texto
replies-body-hint = Lo que va después de | se usa cuando falta el dato, como en {"{{"}contact.first_name|amigo{"}}"}.
replies-unknown = No hay ninguna variable llamada «{ $name }». Elige una de las que se ofrecen.
replies-variables = Insertar un dato
replies-variable-contact-name = Nombre del contacto
replies-variable-contact-first-name = Nombre de pila del contacto
replies-variable-contact-phone = Número del contacto
replies-variable-member-name = Tu nombre
replies-variable-workspace-name = Espacio de trabajo
replies-preview = Cómo se verá
replies-example-contact = Ana Souza
replies-example-member = Mía Miembro
replies-example-workspace = Café Sol
replies-save = Guardar
replies-cancel = Cancelar
replies-saved = La respuesta está guardada.
replies-deleted = /{ $shortcut } se ha eliminado.
replies-undo = Deshacer
problem-canned-reply-shortcut-taken = Otra respuesta guardada tiene este atajo. No se ha cambiado nada; elige otro.
problem-canned-reply-changed-since = Alguien cambió esta respuesta desde que la abriste. No se cambió nada; vuelve a cargar la página para verla.
problem-canned-reply-too-many = Este espacio ya tiene todas las respuestas guardadas que puede tener.

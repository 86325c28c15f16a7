# La búsqueda en la lista.
search-label = Buscar personas y mensajes
search-placeholder = Buscar
search-close = Cerrar la búsqueda
search-loading = Buscando
search-results = Lo que se encontró
search-people = Personas
search-messages = Mensajes
search-us = Tú
search-found =
    { $people ->
        [0] Ninguna persona
        [one] { $people } persona
       *[other] { $people } personas
    }, { $messages ->
        [0] ningún mensaje
        [one] { $messages } mensaje
       *[other] { $messages } mensajes
    }{ $more ->
        [yes] , y hay más.
       *[other] .
    }
search-more = Mensajes anteriores
search-more-failed = No se pudieron cargar los mensajes anteriores. Inténtalo de nuevo.
search-none = No se encontró nada
search-none-text = Prueba con menos palabras o con el comienzo de una. Todas las palabras tienen que estar en el mensaje.
search-recent = Búsquedas recientes
search-forget = Olvidar esta búsqueda
search-tip-words = Todas las palabras que escribas tienen que estar en el mensaje; las tildes y las mayúsculas no importan.
search-tip-phrase = Las «palabras entre comillas» tienen que ir juntas.
search-tip-number = Una parte de un número de teléfono encuentra a la persona: bastan tres cifras.
problem-search-too-long = Esta búsqueda tarda demasiado. Añade una palabra o escribe las palabras completas.

# Search in the open conversation.
find-title = Buscar en esta conversación
find-loading = Buscando…
find-none = No se encontró nada
find-at =
    { $more ->
        [yes] { $at } de más de { $total }
       *[no] { $at } de { $total }
    }
find-earlier = Resultado anterior en el tiempo (Intro)
find-later = Resultado posterior en el tiempo (Mayús+Intro)
find-close = Cerrar la búsqueda en esta conversación

# La paleta.
palette-title = Ir, hacer, encontrar
palette-label = Un lugar, una acción, una persona o un mensaje
palette-placeholder = ¿Adónde vamos o qué hacemos?
palette-recent = Usado hace poco
palette-commands = Lugares y acciones
palette-people = Personas
palette-messages = Mensajes
palette-none = No hay nada que coincida. Prueba con otras letras.
palette-switch = Cambiar a { $name }

# La hoja de atajos.
keys-title = Atajos de teclado
keys-everywhere = En todas partes
keys-inbox = En la bandeja
keys-list = En la lista, cuando tiene el foco
keys-thread = En una conversación, cuando tiene el foco
keys-writing = Al escribir
keys-then = y después
keys-palette = Ir, hacer o encontrar cualquier cosa
keys-search = Buscar personas y mensajes
keys-sheet = Mostrar los atajos de teclado
keys-go-home = Ir al inicio
keys-go-inbox = Ir a la bandeja
keys-go-contacts = Ir a los contactos
keys-go-settings = Ir a los ajustes
keys-go-numbers = Ir a los números
keys-next = Conversación siguiente
keys-previous = Conversación anterior
keys-reply = Responder
keys-note = Escribir una nota
keys-resolve = Resolver o reabrir
keys-snooze = Posponer
keys-assign = Asignar
keys-label = Etiquetar
keys-assign-me = Asignármela
keys-details = Mostrar u ocultar el contacto
keys-list-step = Conversación siguiente o anterior, sin abrirla
keys-list-page = Una página atrás o adelante
keys-list-ends = Primera o última conversación
keys-list-open = Abrir la conversación
keys-thread-step = Mensaje siguiente o anterior
keys-thread-open = Qué se puede hacer con el mensaje
keys-find = Buscar en esta conversación
keys-send = Enviar
keys-break = Línea nueva
keys-leave = Salir del campo

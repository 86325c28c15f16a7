# Varias conversaciones a la vez, y el motivo con el que se resuelve una conversación.
many-begin = Seleccionar conversaciones
many-pick = Seleccionar a { $name }
many-title = Las conversaciones seleccionadas
many-none = Nada seleccionado
many-selected =
    { $count ->
        [one] { $count } seleccionada
       *[other] { $count } seleccionadas
    }
many-all = Seleccionar las { $count }
many-all-loaded = Seleccionar las { $count } cargadas
many-rest = Hay más conversaciones en esta vista que no están cargadas, así que no están seleccionadas.
many-clear = Quitar la selección
many-working = Cambiando conversaciones
many-snooze-title = Posponer las conversaciones seleccionadas
many-told-open =
    { $count ->
        [one] { $count } conversación abierta de nuevo.
       *[other] { $count } conversaciones abiertas de nuevo.
    }
many-told-pending =
    { $count ->
        [one] { $count } conversación marcada como pendiente.
       *[other] { $count } conversaciones marcadas como pendientes.
    }
many-told-snoozed =
    { $count ->
        [one] { $count } conversación pospuesta hasta { $until }.
       *[other] { $count } conversaciones pospuestas hasta { $until }.
    }
many-told-resolved =
    { $count ->
        [one] { $count } conversación resuelta.
       *[other] { $count } conversaciones resueltas.
    }
many-told-assigned =
    { $count ->
        [one] { $count } conversación asignada a { $member }.
       *[other] { $count } conversaciones asignadas a { $member }.
    }
many-told-unassigned =
    { $count ->
        [one] { $count } conversación sin asignar.
       *[other] { $count } conversaciones sin asignar.
    }
many-told-labelled =
    { $count ->
        [one] Etiqueta «{ $label }» puesta en { $count } conversación.
       *[other] Etiqueta «{ $label }» puesta en { $count } conversaciones.
    }
many-told-unlabelled =
    { $count ->
        [one] Etiqueta «{ $label }» quitada de { $count } conversación.
       *[other] Etiqueta «{ $label }» quitada de { $count } conversaciones.
    }
many-same =
    { $count ->
        [one] No hay nada que cambiar: la conversación ya está así.
       *[other] No hay nada que cambiar: las { $count } conversaciones ya están así.
    }
many-undone =
    { $count ->
        [one] { $count } conversación está como antes.
       *[other] { $count } conversaciones están como antes.
    }
# Por qué algunas se quedan como estaban: «3 de 12 …».
many-refused-new =
    { $count ->
        [one] { $count } de { $of } no ha cambiado: el cliente acaba de escribir.
       *[other] { $count } de { $of } no han cambiado: los clientes acaban de escribir.
    }
many-refused-full =
    { $count ->
        [one] { $count } de { $of } no ha cambiado: tiene todas las etiquetas que puede tener.
       *[other] { $count } de { $of } no han cambiado: tienen todas las etiquetas que pueden tener.
    }
many-refused-since =
    { $count ->
        [one] { $count } de { $of } no ha cambiado: alguien la ha cambiado desde entonces.
       *[other] { $count } de { $of } no han cambiado: alguien las ha cambiado desde entonces.
    }
many-refused-missing =
    { $count ->
        [one] { $count } de { $of } no ha cambiado: ya no está aquí.
       *[other] { $count } de { $of } no han cambiado: ya no están aquí.
    }
many-failed =
    { $count ->
        [one] { $count } de { $of } se queda como estaba. { $why }
       *[other] { $count } de { $of } se quedan como estaban. { $why }
    }

reason-menu = Resolver con un motivo…
reason-title = Resolver con un motivo
reason-label = Motivo (opcional)
reason-hint = Para el equipo, hasta 200 caracteres. El cliente no lo ve.

keys-resolve-reason = Resolver con un motivo
keys-select = Seleccionar la conversación, o no
keys-select-range = Seleccionar todo hasta la conversación
keys-select-none = Quitar la selección

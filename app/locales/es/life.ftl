# La vida de una conversación: estado, responsable, etiquetas.
life-word-pending = Pendiente
life-word-snoozed = Pospuesta hasta
life-word-resolved = Resuelta
life-status = Estado
life-resolve = Resolver
life-reopen = Reabrir
life-open = Abrir ahora
life-pending = Marcar como pendiente
life-more = Posponer y otros estados
life-assign = Asignar
life-assignee = Asignada a
life-assign-me = Yo ({ $name })
life-nobody = Sin asignar
life-labels = Etiquetas
life-undo = Deshacer
life-told-open = { $who }: abierta de nuevo.
life-told-pending = { $who }: marcada como pendiente.
life-told-snoozed = { $who }: pospuesta hasta { $until }.
life-told-resolved = { $who }: resuelta.
life-told-assigned = { $who }: asignada a { $member }.
life-told-unassigned = { $who }: sin asignar.
life-told-labelled = { $who }: etiqueta «{ $label }» puesta.
life-told-unlabelled = { $who }: etiqueta «{ $label }» quitada.
life-failed = Se queda como estaba. { $why }
life-full = La etiqueta no se ha puesto: esta conversación tiene todas las etiquetas que puede tener. Quita una primero.
life-missing = No ha cambiado nada: esta conversación ya no está aquí.
life-new-message = { $who } acaba de escribir, así que la conversación sigue abierta.
life-changed-since = Alguien ha cambiado la conversación con { $who } desde entonces, así que se queda como está.
problem-inbox-not-assignable = El rol de esta persona no responde a clientes. Elige a otra.
problem-inbox-label-taken = Ya hay una etiqueta con este nombre. Elige otro nombre o usa esa etiqueta.
problem-inbox-label-changed-since = Alguien cambió esta etiqueta desde que la abriste. No se cambió nada; cierra el formulario y ábrelo de nuevo para verla.
problem-inbox-too-many-labels = Este espacio tiene todas las etiquetas que puede tener. Elimina una primero.
problem-inbox-labels-full = Esta conversación tiene todas las etiquetas que puede tener. Quita una primero.

snooze-hours =
    { $count ->
        [one] En { $count } hora
       *[other] En { $count } horas
    }
snooze-tomorrow = Mañana
snooze-monday = El lunes
snooze-week = En una semana
snooze-choose = Otro día u otra hora…
snooze-title = Posponer la conversación
snooze-until = Hasta
snooze-do = Posponer
snooze-wrong = Elige un día y una hora en el futuro, como mucho dentro de un año.

# Los ajustes de las etiquetas.
labels-title = Etiquetas
labels-list = Todas las etiquetas
labels-none = Aún no hay etiquetas
labels-none-text = Las etiquetas dicen de qué trata una conversación, para encontrarla después. Crea la primera aquí abajo.
labels-new = Nueva etiqueta
labels-create = Crear
labels-manage = Gestionar etiquetas
labels-name = Nombre
labels-name-wrong = Un nombre tiene de 1 a 50 caracteres, al menos uno de ellos visible.
labels-colour = Color
labels-save = Guardar
labels-edit = Cambiar «{ $label }»
labels-delete = Eliminar «{ $label }»
labels-delete-ask =
    { $count ->
        [0] Ninguna conversación tiene esta etiqueta. No se puede deshacer.
        [one] { $count } conversación tiene esta etiqueta y la pierde. No se puede deshacer.
       *[other] { $count } conversaciones tienen esta etiqueta y la pierden. No se puede deshacer.
    }
labels-delete-yes = Eliminar para siempre
labels-delete-no = Conservar
labels-deleted = Etiqueta «{ $label }» eliminada y quitada de todas las conversaciones.
labels-used =
    { $count ->
        [0] En ninguna conversación
        [one] En { $count } conversación
       *[other] En { $count } conversaciones
    }
label-colour-grey = Gris
label-colour-red = Rojo
label-colour-orange = Naranja
label-colour-yellow = Amarillo
label-colour-green = Verde
label-colour-teal = Turquesa
label-colour-blue = Azul
label-colour-purple = Morado
label-colour-pink = Rosa

# La lista de conversaciones.
list-views = Vistas
list-scope-mine = Mías
list-scope-unassigned = Sin asignar
list-scope-all = Todas
list-count =
    { $count ->
        [one] { $count } conversación
       *[other] { $count } conversaciones
    }
list-news =
    { $count ->
        [one] { $count } nueva
       *[other] { $count } nuevas
    }
list-narrow = Filtrar y ordenar
list-narrow-ends-search = Esto filtra la lista, no la búsqueda: al elegir algo se vuelve a la lista.
list-narrowed = Filtros de la lista
list-take-off = Quitar: { $name }
list-clear = Limpiar
list-status = Estado
list-status-open = Abierta
list-status-pending = Pendiente
list-status-snoozed = Pospuesta
list-status-resolved = Resuelta
list-status-any = Cualquier estado
list-sort = Orden
list-sort-newest = Más recientes primero
list-sort-oldest = Más antiguas primero
list-sort-waiting = Más tiempo esperando
list-channel = Número
list-channel-all = Todos los números
list-label = Etiqueta
list-label-all = Todas las etiquetas
list-unread = Solo sin leer
list-save-name = Guardar esta vista como
list-save = Guardar
list-saved = La vista «{ $name }» está guardada.
list-view-menu = Vista { $name }
list-rename = Cambiar el nombre
list-rename-title = Cambiar el nombre de la vista
list-delete = Eliminar
list-deleted = La vista «{ $name }» está eliminada.
list-undo = Deshacer
list-assigned = Asignada a { $name }
list-waited-minutes = { $count } min
list-waited-hours = { $count } h
list-waited-days =
    { $count ->
        [one] { $count } día
       *[other] { $count } días
    }
list-show-all = Ver todas las conversaciones abiertas
list-none-all = No hay conversaciones abiertas
list-none-all-text = En cuanto un cliente escriba a tu número, la conversación aparecerá aquí.
list-none-mine = No tienes nada asignado
list-none-mine-text = Toma una conversación de Sin asignar, o espera a que un colega te dé una.
list-none-unassigned = Todo tiene responsable
list-none-unassigned-text = Las conversaciones nuevas que nadie ha tomado aparecen aquí.
list-none-unread = Nada sin leer
list-none-unread-text = Todos los mensajes están vistos. Los nuevos aparecen aquí solos.
list-none-waiting = Nadie está esperando
list-none-waiting-text = Todos los clientes tienen respuesta. Quien escriba ahora aparecerá aquí, primero quien más espera.
list-none-snoozed = No hay nada pospuesto
list-none-snoozed-text = Pospón una conversación para volver a verla en el momento justo.
list-none-narrowed = Nada coincide
list-none-narrowed-text = Ninguna conversación coincide con estos filtros. Quita alguno para ver más.
problem-inbox-too-many-views = Ya tienes tantas vistas guardadas como se puede. Elimina una para guardar otra.

# Inicio: cifras del espacio de trabajo.
home-title = Inicio
home-today = Hoy
home-active = Conversaciones activas hoy
home-begun = Conversaciones nuevas hoy
home-inbound = Mensajes recibidos
home-outbound = Mensajes enviados
home-wait-median = Tiempo de respuesta hoy, mediana
home-wait-most = Tiempo de respuesta hoy, 9 de cada 10 en
home-waiting = Esperan respuesta
home-waiting-longest = La que más, desde hace { $time }
home-unread = Conversaciones sin leer
home-unread-show = Mostrarlas
home-trend-yesterday = { $change } respecto a ayer
home-trend-week = { $change } respecto a hace una semana
home-trend-time = Se compara con la misma hora del día.
home-seconds =
    { $large ->
        [one] { $large } segundo
       *[other] { $large } segundos
    }
home-minutes = { $large } min
home-hours = { $large } h { $small } min
home-days = { $large } d { $small } h
home-longest = Quienes más esperan
home-longest-none = Nadie espera respuesta.
home-loads = Abiertas por responsable
home-loads-none = No hay ninguna conversación abierta.
home-nobody = Sin asignar
home-activity = Actividad reciente
home-activity-none = Todavía nada: aquí aparecen las notas, asignaciones y etiquetas de todas las conversaciones.
home-by-itself = Charla
home-did-note = escribió una nota
home-did-assign = la asignó a { $name }
home-did-unassign = quitó la asignación
home-did-reopen = la reabrió porque el cliente escribió
home-did-open = la abrió
home-did-pending = la dejó pendiente
home-did-snooze = la pospuso
home-did-resolve = la resolvió
home-did-label = añadió la etiqueta «{ $label }»
home-did-unlabel = quitó la etiqueta «{ $label }»
home-volume = Mensajes a lo largo del tiempo
home-ranges = Periodo
home-range-today = Hoy
home-range-week = 7 días
home-range-month = 30 días
home-range-quarter = 90 días
home-point = { $when }: { $inbound } recibidos, { $outbound } enviados
home-table = Como tabla
home-hour = Hora
home-day = Día
home-export = Exportar CSV
home-stale = No se pudieron actualizar las cifras; se vuelve a intentar.

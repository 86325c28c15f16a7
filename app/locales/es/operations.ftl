# Para operadores de la instalación.
quarantine-title = Cuarentena
quarantine-text = Partes de webhooks que no pudieron surtir efecto. Nada se ha perdido: corrige lo que lo impedía y vuelve a procesarlas.
quarantine-none = No hay nada en espera
quarantine-none-text = Todos los webhooks han surtido efecto.
quarantine-none-here = Aquí ya no hay nada en espera.
quarantine-refresh = Mirar de nuevo
quarantine-reasons = Por qué esperan
quarantine-reason = Motivo
quarantine-count = Partes
quarantine-actions = Qué se puede hacer
quarantine-all = Mostrar las de todos los motivos
quarantine-updates = Lo que espera
quarantine-updates-of = Lo que espera: { $reason }
quarantine-whole = Volver a procesar y descartar afectan a la entrega completa. Lo que ya surtió efecto no lo surte dos veces.
quarantine-part = Parte { $number } de su entrega
quarantine-pages = Páginas de la lista
quarantine-newest = Lo más nuevo
quarantine-older = Lo anterior
quarantine-show = Mostrar lo recibido
quarantine-hide = Ocultar lo recibido
quarantine-raw = Lo recibido
quarantine-size =
    { $count ->
        [one] { $count } byte.
       *[other] { $count } bytes.
    }
quarantine-cut = Solo se muestra el principio.
quarantine-replay = Volver a procesar
quarantine-replay-all = Volver a procesar todas
quarantine-replaying =
    { $count ->
        [one] { $count } entrega vuelve a procesarse por ahora; siguen más.
       *[other] { $count } entregas vuelven a procesarse por ahora; siguen más.
    }
quarantine-replayed =
    { $count ->
        [one] { $count } entrega vuelve a procesarse. Lo que falle otra vez regresa aquí.
       *[other] { $count } entregas vuelven a procesarse. Lo que falle otra vez regresa aquí.
    }
quarantine-discard = Descartar
quarantine-discard-title = ¿Descartar definitivamente?
quarantine-discard-text = Lo que espera de esta entrega nunca surtirá efecto: sus mensajes no llegan a la bandeja. No se puede deshacer.
quarantine-discard-sure = Descartar definitivamente
quarantine-keep = Conservarla
quarantine-discarded = La entrega está descartada.
quarantine-gone = Ya no está en espera: se volvió a procesar o se descartó.

quarantine-reason-unknown-number = Número desconocido
quarantine-reason-unreadable = No se pudo leer
quarantine-reason-not-a-delivery = No es una entrega de webhook
quarantine-reason-failed = Rechazado por la base de datos
quarantine-reason-group = Mensaje de un grupo
quarantine-reason-anonymous = Sin remitente
quarantine-reason-foreign-app = Firmado por una app de otro espacio
quarantine-reason-foreign-account = Nombra otra cuenta de empresa

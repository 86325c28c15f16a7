# Los contactos: su panel y su página, sus etiquetas y campos.
contacts-title = Contactos
contacts-loading = Cargando el contacto
contacts-none = Aún no hay contactos
contacts-none-text = Quien escriba a tu número se convierte en contacto y aparece aquí.
contacts-news =
    { $count ->
        [one] Mostrar { $count } contacto nuevo
       *[other] Mostrar { $count } contactos nuevos
    }
contacts-pages = Páginas de contactos
contacts-newest = A los más recientes
contacts-older = Contactos anteriores
contacts-last = Último mensaje
contacts-settings = Etiquetas y campos
contacts-to-list = A los contactos

contacts-save = Guardar
contacts-cancel = Cancelar
contacts-undo = Deshacer
contacts-saving = Guardando
contacts-saved = Guardado
contacts-name = Nombre
contacts-name-hint = El que diga WhatsApp
contacts-rename = Cambiar el nombre
contacts-whatsapp-name = En WhatsApp: { $name }

contacts-identities = Se le conoce por
contacts-identity-phone = Teléfono
contacts-identity-bsuid = ID de usuario de WhatsApp
contacts-identity-parent_bsuid = ID de usuario de WhatsApp del portafolio
contacts-identity-psid = ID de Messenger
contacts-identity-igsid = ID de Instagram
contacts-copy = Copiar: { $name }
contacts-copy-failed = El navegador no lo copió. Selecciónalo y cópialo a mano.

contacts-tags = Etiquetas
contacts-tags-none = Sin etiquetas.
contacts-tags-change = Cambiar etiquetas
contacts-tag-new = Etiqueta nueva
contacts-tag-create = Crear
contacts-tag-created = La etiqueta está creada.
contacts-colour = Color
contacts-colour-grey = Gris
contacts-colour-red = Rojo
contacts-colour-orange = Naranja
contacts-colour-yellow = Amarillo
contacts-colour-green = Verde
contacts-colour-teal = Verde azulado
contacts-colour-blue = Azul
contacts-colour-purple = Morado
contacts-colour-pink = Rosa

contacts-fields = Campos
contacts-fields-none = Aún no hay campos.
contacts-fields-define = Etiquetas y campos
contacts-true = Sí
contacts-false = No
contacts-value-text = Sin guardar: escribe de 1 a 500 caracteres visibles o déjalo vacío.
contacts-value-number = Sin guardar: escribe un número sin separar los miles, como 1250 o 12,5.
contacts-value-date = Sin guardar: escribe un día del calendario.
contacts-value-choice = Sin guardar: elige una de las opciones.
contacts-value-kind = Sin guardar: este campo guarda otro tipo de valor.

contacts-notes = Notas
contacts-notes-none = Aún no hay notas.
contacts-notes-more = Notas anteriores
contacts-note-new = Nota nueva
contacts-note-hint = Solo la ve el equipo
contacts-note-save = Añadir nota
contacts-note-edit = Cambiar la nota
contacts-note-delete = Eliminar la nota
contacts-note-deleted = La nota está eliminada.
contacts-note-changed = modificada
contacts-note-nobody = Alguien que ya no está

contacts-conversations = Conversaciones
contacts-no-conversations = Sin conversaciones.
contacts-no-other-conversations = Sin conversaciones en otros canales.
contacts-status-open = Abierta
contacts-status-pending = Pendiente
contacts-status-snoozed = Pospuesta
contacts-status-resolved = Resuelta

contacts-history = Historial
contacts-history-more = Anterior
contacts-history-by = Por { $name }
contacts-history-first = Primera noticia
contacts-history-opened = Primer mensaje en { $channel }
contacts-history-assigned = { $channel }: asignada a { $name }
contacts-history-unassigned = { $channel }: sin asignar
contacts-history-status = { $channel }: { $status }
contacts-history-status-because = { $channel }: { $status } ({ $reason })
contacts-history-tagged = Etiqueta «{ $tag }»
contacts-history-noted = Nota: { $text }
contacts-history-renamed = Nombre cambiado de «{ $from }» a «{ $to }»

# Sus ajustes.
contacts-settings-view = Tu rol puede verlos, no cambiarlos. Pide a un administrador que lo cambie.
contacts-tags-text = Las etiquetas ordenan los contactos. Quien modifica contactos puede ponerlas y crear otras.
contacts-tags-no = Aún no hay etiquetas.
contacts-fields-text = Lo que quieres saber de los contactos. Cada contacto tiene estos campos, en este orden.
contacts-name-of = Nombre de { $name }
contacts-change = Cambiar { $name }
contacts-changed = El cambio está guardado.
contacts-moved = El orden está guardado.
contacts-field-new = Campo nuevo
contacts-field-create = Crear campo
contacts-field-created = El campo está creado.
contacts-field-up = Subir { $name }
contacts-field-down = Bajar { $name }
contacts-kind = Qué guarda
contacts-kind-text = Texto
contacts-kind-number = Número
contacts-kind-date = Fecha
contacts-kind-choice = Una de varias opciones
contacts-kind-yes_no = Sí o no
contacts-choices = Opciones, una por línea
contacts-delete = Eliminar { $name }
contacts-delete-yes = Eliminar para siempre
contacts-delete-no = Conservar
contacts-delete-counting = No se puede deshacer.
contacts-delete-tag =
    { $count ->
        [0] Ningún contacto tiene esta etiqueta. No se puede deshacer.
        [one] { $count } contacto tiene esta etiqueta y la pierde. No se puede deshacer.
       *[other] { $count } contactos tienen esta etiqueta y la pierden. No se puede deshacer.
    }
contacts-delete-field =
    { $count ->
        [0] Ningún contacto tiene un valor en este campo. No se puede deshacer.
        [one] Se pierde el valor de { $count } contacto. No se puede deshacer.
       *[other] Se pierden los valores de { $count } contactos. No se puede deshacer.
    }
contacts-deleted = Está eliminado.

# Lo que puede salir mal.
problem-contacts-name-taken = Ya existe uno con este nombre. No se cambió nada.
problem-contacts-too-many-tags = Este espacio tiene 200 etiquetas, que son las que puede tener.
problem-contacts-too-many-tags-here = Este contacto tiene 30 etiquetas, que son las que puede tener.
problem-contacts-too-many-fields = Este espacio tiene 50 campos, que son los que puede tener.
problem-contacts-changed-since = Alguien cambió esto desde que lo abriste. No se cambió nada; vuelve a cargar la página para verlo.
problem-contacts-kind-fixed = Un campo conserva su tipo. Crea otro campo para el otro tipo de valor.
problem-contacts-value-text = Sin guardar: escribe de 1 a 500 caracteres visibles o déjalo vacío.
problem-contacts-value-number = Sin guardar: escribe un número sin separar los miles, como 1250 o 12,5.
problem-contacts-value-date = Sin guardar: escribe un día del calendario.
problem-contacts-value-choice = Sin guardar: elige una de las opciones. Puede que hayan cambiado.
problem-contacts-value-kind = Sin guardar: este campo guarda otro tipo de valor.

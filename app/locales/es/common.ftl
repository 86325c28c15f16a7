# Lo que comparten todas las páginas.
loading = Cargando
error-title = No se pudo mostrar
error-not-found = Aquí no hay nada
error-forbidden = Tu rol no lo permite
error-retry = Intentar de nuevo
error-home = A mis espacios de trabajo
not-found-text = La dirección no lleva a ningún sitio, o a algo que no te corresponde ver.
not-found-home = A la página de inicio
problem-unreachable = No se pudo contactar con el servidor. Revisa tu conexión e inténtalo de nuevo.
problem-no-answer = No se pudo leer la respuesta del servidor. Mira si se hizo antes de intentarlo de nuevo.
problem-request-malformed = El servidor no entendió la petición. Carga la página de nuevo e inténtalo otra vez.
problem-timeout = Está tardando demasiado. Mira si se hizo antes de intentarlo de nuevo.
problem-rate-limited = Son demasiadas peticiones. Espera un momento y sigue.
problem-unavailable = Ahora mismo no se puede acceder a la base de datos. Inténtalo de nuevo en un momento.
problem-internal = Algo falló en el servidor. Mira si se hizo antes de intentarlo de nuevo.
problem-session-required = Tu sesión está cerrada. Inicia sesión y volverás aquí.
problem-forbidden = Si lo necesitas, pídelo a quien administra el espacio.
problem-operator-required = Esto es para los operadores de esta instalación. Pregunta a quien la haya puesto en marcha.
problem-invalid = Algunos campos necesitan otra mirada. No se ha cambiado nada.
problem-not-found = Puede que se haya eliminado, o que no te corresponda verlo.

copy = Copiar
copied = Copiado
copy-by-hand = El navegador no lo copió. Está seleccionado: cópialo a mano.

frame-skip = Ir al contenido
frame-navigation = Navegación
frame-switch = Espacio { $name }: cambiar
frame-me = Mi cuenta
sheet-to-inbox = A la bandeja

preferences-language = Idioma
preferences-theme = Tema
theme-system = El del dispositivo
theme-light = Claro
theme-dark = Oscuro

role-owner = Propietario
role-admin = Administrador
role-supervisor = Supervisor
role-member = Miembro
role-viewer = Observador

# Lo que dicen los formularios.
flash-invalid = Hay algo que revisar. No se cambió nada.
flash-not-found = Eso ya no está. No se cambió nada.
flash-other = No funcionó. No se cambió nada; inténtalo de nuevo.
flash-unavailable = El servidor no pudo hacerlo ahora. Mira si se hizo antes de intentarlo de nuevo.
flash-session-wrong = El correo y la contraseña no coinciden.
flash-session-throttled =
    { $seconds ->
        [one] Demasiados intentos. Inténtalo de nuevo en { $seconds } segundo.
       *[other] Demasiados intentos. Inténtalo de nuevo en { $seconds } segundos.
    }
flash-session-ended = Se cerró la sesión de ese navegador.
flash-account-closed = Para crear una cuenta hace falta una invitación. Pide un enlace a quien administra tu espacio.
flash-account-unavailable = No se puede crear una cuenta con esta dirección. Si es tuya, inicia sesión.
flash-password-wrong = La contraseña actual es otra. No se cambió nada.
flash-password-changed = Tu contraseña cambió. Se cerró la sesión en tus otros navegadores.
flash-invite-gone = Esta invitación caducó, ya se usó o fue anulada. Pide una nueva.

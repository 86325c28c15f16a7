# Cuentas: registrarse, iniciar sesión, la configuración propia.
field-name = Tu nombre
field-email = Correo electrónico
field-password = Contraseña
field-current-password = Contraseña actual
field-new-password = Contraseña nueva
password-show = Mostrar la contraseña
password-hide = Ocultar la contraseña
hint-password =
    { $least ->
        [one] Al menos { $least } carácter. Unas cuantas palabras se recuerdan mejor que signos.
       *[other] Al menos { $least } caracteres. Unas cuantas palabras se recuerdan mejor que signos.
    }
error-password =
    { $least ->
        [one] Usa al menos { $least } carácter, y no siempre el mismo.
       *[other] Usa al menos { $least } caracteres, y no siempre el mismo.
    }
error-name = Escribe un nombre de 80 caracteres como máximo.
error-email = Escribe un correo electrónico, como ana@example.com.

register-submit = Crear cuenta
welcome-title = Te damos la bienvenida a Charla
welcome-lead = Esta instalación es nueva. La primera cuenta es su propietaria.
welcome-next = Después: un espacio de trabajo cuyo cliente simulado acaba de escribirte.
login-title = Iniciar sesión
login-submit = Iniciar sesión
login-by-invite = ¿Aún no tienes cuenta? Pide un enlace de invitación a quien administra tu espacio.
logout = Cerrar sesión
logout-waiting = Todavía hay mensajes esperando a ser enviados. Si cierras sesión ahora, se perderán. ¿Cerrar sesión de todos modos?

account-title = Mi cuenta
account-about = Sobre mí
account-preferences = Idioma y tema
account-password = Contraseña
account-password-text = Al cambiarla se cierra la sesión en tus otros navegadores.
account-password-submit = Cambiar la contraseña
sessions-title = Navegadores con la sesión iniciada
sessions-text = Cierra la sesión de lo que no reconozcas y cambia después tu contraseña.
sessions-unknown = Navegador desconocido
sessions-from = desde { $address }
sessions-current = Este navegador
sessions-end = Cerrar sesión

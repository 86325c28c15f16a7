# Espacios de trabajo, miembros, invitaciones.
workspaces-title = Espacios de trabajo
workspaces-new = Nuevo espacio
workspaces-name = Nombre del espacio
workspaces-create = Crear espacio
workspaces-none = Aún no hay ningún espacio
workspaces-none-text = Crea uno aquí abajo, o abre el enlace de invitación que te hayan enviado.
workspace-none-text = Este espacio no existe, o no eres miembro de él.

members-title = Miembros
members-list = Quién está aquí
members-since = desde

invites-title = Invitar a alguien
invites-text =
    { $hours ->
        [one] Un enlace sirve una vez y durante { $hours } hora. Envíalo tú, por la vía en la que confíes.
       *[other] Un enlace sirve una vez y durante { $hours } horas. Envíalo tú, por la vía en la que confíes.
    }
invites-role = Su rol
invites-create = Crear un enlace de invitación
invites-link = El enlace de invitación
invites-once = Solo se muestra ahora. Quien lo abra primero se une.
invites-none = No hay invitaciones abiertas.
invites-by = De { $name }
invites-until = válida hasta
invites-revoke = Anular
problem-invite-too-many = Este espacio tiene 200 invitaciones abiertas, que son las que puede tener. Revoca las que no hagan falta.

invite-title = Tienes una invitación
invite-lead = { $name } te invita a «{ $workspace }» como { $role }.
invite-accept = Unirme al espacio
invite-have-account = Ya tengo cuenta
invite-gone = Esta invitación ya no es válida
invite-gone-text = Caducó, ya se usó o fue anulada. Pide un enlace nuevo a quien te la envió.

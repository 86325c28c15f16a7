# Espaços de trabalho, membros, convites.
workspaces-title = Espaços de trabalho
workspaces-new = Novo espaço de trabalho
workspaces-name = Nome do espaço de trabalho
workspaces-create = Criar espaço de trabalho
workspaces-none = Ainda não há espaços de trabalho
workspaces-none-text = Crie um abaixo ou abra o link de convite que alguém enviou a você.
workspace-none-text = Este espaço de trabalho não existe, ou você não é membro dele.

members-title = Membros
members-list = Quem está aqui
members-since = desde

invites-title = Convidar alguém
invites-text =
    { $hours ->
        [one] Um link funciona uma vez e por { $hours } hora. Envie por conta própria, pelo meio em que confiar.
       *[other] Um link funciona uma vez e por { $hours } horas. Envie por conta própria, pelo meio em que confiar.
    }
invites-role = Função da pessoa
invites-create = Criar um link de convite
invites-link = O link de convite
invites-once = Ele só é mostrado agora. Quem abrir primeiro entra.
invites-none = Nenhum convite aberto.
invites-by = Por { $name }
invites-until = válido até
invites-revoke = Revogar
problem-invite-too-many = Este espaço tem 200 convites abertos, o máximo que pode ter. Revogue os que não são necessários.

invite-title = Você recebeu um convite
invite-lead = { $name } convida você para “{ $workspace }” como { $role }.
invite-accept = Entrar no espaço de trabalho
invite-have-account = Já tenho uma conta
invite-gone = Este convite não é mais válido
invite-gone-text = Ele expirou, já foi usado ou foi revogado. Peça um novo link a quem o enviou.

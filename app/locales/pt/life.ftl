# A vida de uma conversa: status, responsável, etiquetas.
life-word-pending = Pendente
life-word-snoozed = Adiada até
life-word-resolved = Resolvida
life-status = Status
life-resolve = Resolver
life-reopen = Reabrir
life-open = Abrir agora
life-pending = Marcar como pendente
life-more = Adiar e outros status
life-assign = Atribuir
life-assignee = Atribuída a
life-assign-me = Eu ({ $name })
life-nobody = Sem responsável
life-labels = Etiquetas
life-undo = Desfazer
life-told-open = { $who }: aberta de novo.
life-told-pending = { $who }: marcada como pendente.
life-told-snoozed = { $who }: adiada até { $until }.
life-told-resolved = { $who }: resolvida.
life-told-assigned = { $who }: atribuída a { $member }.
life-told-unassigned = { $who }: sem responsável.
life-told-labelled = { $who }: etiqueta “{ $label }” adicionada.
life-told-unlabelled = { $who }: etiqueta “{ $label }” removida.
life-failed = Ficou como estava. { $why }
life-full = A etiqueta não foi colocada: esta conversa já tem todas as etiquetas que pode ter. Remova uma primeiro.
life-missing = Nada mudou: esta conversa não está mais aqui.
life-new-message = { $who } acabou de escrever, por isso a conversa continua aberta.
life-changed-since = Alguém mudou a conversa com { $who } desde então, por isso ela fica como está.
problem-inbox-not-assignable = A função deste membro não responde a clientes. Escolha outra pessoa.
problem-inbox-label-taken = Já existe uma etiqueta com este nome. Escolha outro nome ou use essa etiqueta.
problem-inbox-label-changed-since = Alguém alterou esta etiqueta desde que você a abriu. Nada foi alterado; feche o formulário e abra-o de novo para ver.
problem-inbox-too-many-labels = Este espaço já tem todas as etiquetas que pode ter. Exclua uma primeiro.
problem-inbox-labels-full = Esta conversa já tem todas as etiquetas que pode ter. Remova uma primeiro.

snooze-hours =
    { $count ->
        [one] Daqui a { $count } hora
       *[other] Daqui a { $count } horas
    }
snooze-tomorrow = Amanhã
snooze-monday = Segunda-feira
snooze-week = Daqui a uma semana
snooze-choose = Outro dia ou horário…
snooze-title = Adiar a conversa
snooze-until = Até
snooze-do = Adiar
snooze-wrong = Escolha um dia e um horário no futuro, no máximo daqui a um ano.

# As configurações das etiquetas.
labels-title = Etiquetas
labels-list = Todas as etiquetas
labels-none = Ainda não há etiquetas
labels-none-text = As etiquetas dizem do que trata uma conversa, para que você a encontre depois. Crie a primeira abaixo.
labels-new = Nova etiqueta
labels-create = Criar
labels-manage = Gerenciar etiquetas
labels-name = Nome
labels-name-wrong = Um nome tem de 1 a 50 caracteres, pelo menos um deles visível.
labels-colour = Cor
labels-save = Salvar
labels-edit = Alterar “{ $label }”
labels-delete = Excluir “{ $label }”
labels-delete-ask =
    { $count ->
        [0] Nenhuma conversa tem esta etiqueta. Isto não pode ser desfeito.
        [one] { $count } conversa tem esta etiqueta e a perde. Isto não pode ser desfeito.
       *[other] { $count } conversas têm esta etiqueta e a perdem. Isto não pode ser desfeito.
    }
labels-delete-yes = Excluir definitivamente
labels-delete-no = Manter
labels-deleted = Etiqueta “{ $label }” excluída e removida de todas as conversas.
labels-used =
    { $count ->
        [0] Em nenhuma conversa
        [one] Em { $count } conversa
       *[other] Em { $count } conversas
    }
label-colour-grey = Cinza
label-colour-red = Vermelho
label-colour-orange = Laranja
label-colour-yellow = Amarelo
label-colour-green = Verde
label-colour-teal = Turquesa
label-colour-blue = Azul
label-colour-purple = Roxo
label-colour-pink = Rosa

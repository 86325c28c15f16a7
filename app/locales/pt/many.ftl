# Várias conversas de uma vez, e o motivo com que uma conversa é resolvida.
many-begin = Selecionar conversas
many-pick = Selecionar { $name }
many-title = As conversas selecionadas
many-none = Nada selecionado
many-selected =
    { $count ->
        [one] { $count } selecionada
       *[other] { $count } selecionadas
    }
many-all = Selecionar as { $count }
many-all-loaded = Selecionar as { $count } carregadas
many-rest = Há mais conversas nesta visualização que não estão carregadas, por isso não estão selecionadas.
many-clear = Limpar a seleção
many-working = Alterando conversas
many-snooze-title = Adiar as conversas selecionadas
many-told-open =
    { $count ->
        [one] { $count } conversa aberta de novo.
       *[other] { $count } conversas abertas de novo.
    }
many-told-pending =
    { $count ->
        [one] { $count } conversa marcada como pendente.
       *[other] { $count } conversas marcadas como pendentes.
    }
many-told-snoozed =
    { $count ->
        [one] { $count } conversa adiada até { $until }.
       *[other] { $count } conversas adiadas até { $until }.
    }
many-told-resolved =
    { $count ->
        [one] { $count } conversa resolvida.
       *[other] { $count } conversas resolvidas.
    }
many-told-assigned =
    { $count ->
        [one] { $count } conversa atribuída a { $member }.
       *[other] { $count } conversas atribuídas a { $member }.
    }
many-told-unassigned =
    { $count ->
        [one] { $count } conversa sem responsável.
       *[other] { $count } conversas sem responsável.
    }
many-told-labelled =
    { $count ->
        [one] Etiqueta “{ $label }” adicionada a { $count } conversa.
       *[other] Etiqueta “{ $label }” adicionada a { $count } conversas.
    }
many-told-unlabelled =
    { $count ->
        [one] Etiqueta “{ $label }” removida de { $count } conversa.
       *[other] Etiqueta “{ $label }” removida de { $count } conversas.
    }
many-same =
    { $count ->
        [one] Nada a mudar: a conversa já está assim.
       *[other] Nada a mudar: as { $count } conversas já estão assim.
    }
many-undone =
    { $count ->
        [one] { $count } conversa está como antes.
       *[other] { $count } conversas estão como antes.
    }
# Por que algumas ficaram como estavam: “3 de 12 …”.
many-refused-new =
    { $count ->
        [one] { $count } de { $of } não mudou: o cliente acabou de escrever.
       *[other] { $count } de { $of } não mudaram: os clientes acabaram de escrever.
    }
many-refused-full =
    { $count ->
        [one] { $count } de { $of } não mudou: já tem todas as etiquetas que pode ter.
       *[other] { $count } de { $of } não mudaram: já têm todas as etiquetas que podem ter.
    }
many-refused-since =
    { $count ->
        [one] { $count } de { $of } não mudou: alguém a mudou desde então.
       *[other] { $count } de { $of } não mudaram: alguém as mudou desde então.
    }
many-refused-missing =
    { $count ->
        [one] { $count } de { $of } não mudou: não está mais aqui.
       *[other] { $count } de { $of } não mudaram: não estão mais aqui.
    }
many-failed =
    { $count ->
        [one] { $count } de { $of } ficou como estava. { $why }
       *[other] { $count } de { $of } ficaram como estavam. { $why }
    }

reason-menu = Resolver com um motivo…
reason-title = Resolver com um motivo
reason-label = Motivo (opcional)
reason-hint = Para a equipe, até 200 caracteres. O cliente não vê.

keys-resolve-reason = Resolver com um motivo
keys-select = Selecionar a conversa, ou não
keys-select-range = Selecionar tudo até a conversa
keys-select-none = Limpar a seleção

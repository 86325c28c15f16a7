# Para operadores da instalação.
quarantine-title = Quarentena
quarantine-text = Partes de webhooks que não puderam ter efeito. Nada delas se perdeu: corrija o que impedia e depois reprocesse.
quarantine-none = Nada está esperando
quarantine-none-text = Todos os webhooks tiveram efeito.
quarantine-none-here = Nada mais está esperando aqui.
quarantine-refresh = Ver de novo
quarantine-reasons = Por que esperam
quarantine-reason = Motivo
quarantine-count = Partes
quarantine-actions = O que pode ser feito
quarantine-all = Mostrar as de todos os motivos
quarantine-updates = O que espera
quarantine-updates-of = O que espera: { $reason }
quarantine-whole = Reprocessar e descartar valem para a entrega inteira. O que dela já teve efeito não tem efeito duas vezes.
quarantine-part = Parte { $number } da sua entrega
quarantine-pages = Páginas da lista
quarantine-newest = Mais recentes
quarantine-older = Anteriores
quarantine-show = Mostrar o que chegou
quarantine-hide = Ocultar o que chegou
quarantine-raw = O que chegou
quarantine-size =
    { $count ->
        [one] { $count } byte.
       *[other] { $count } bytes.
    }
quarantine-cut = Só o começo é mostrado.
quarantine-replay = Reprocessar
quarantine-replay-all = Reprocessar tudo
quarantine-replaying =
    { $count ->
        [one] { $count } entrega em reprocessamento até agora; há mais a seguir.
       *[other] { $count } entregas em reprocessamento até agora; há mais a seguir.
    }
quarantine-replayed =
    { $count ->
        [one] { $count } entrega em reprocessamento. O que falhar de novo volta para cá.
       *[other] { $count } entregas em reprocessamento. O que falhar de novo volta para cá.
    }
quarantine-discard = Descartar
quarantine-discard-title = Descartar definitivamente?
quarantine-discard-text = O que espera desta entrega nunca terá efeito: suas mensagens não chegam à caixa de entrada. Isto não pode ser desfeito.
quarantine-discard-sure = Descartar definitivamente
quarantine-keep = Manter
quarantine-discarded = A entrega foi descartada.
quarantine-gone = Não está mais esperando: já foi reprocessada ou descartada.

quarantine-reason-unknown-number = Número desconhecido
quarantine-reason-unreadable = Não foi possível ler
quarantine-reason-not-a-delivery = Não é uma entrega de webhook
quarantine-reason-failed = Recusada pelo banco de dados
quarantine-reason-group = Mensagem de um grupo
quarantine-reason-anonymous = Sem remetente
quarantine-reason-foreign-app = Assinada por um app de outro espaço
quarantine-reason-foreign-account = Indica outra conta comercial

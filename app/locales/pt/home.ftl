# Início: números do espaço de trabalho.
home-title = Início
home-today = Hoje
home-active = Conversas ativas hoje
home-begun = Novas conversas hoje
home-inbound = Mensagens recebidas
home-outbound = Mensagens enviadas
home-wait-median = Tempo de resposta hoje, mediana
home-wait-most = Tempo de resposta hoje, 9 de 10 em até
home-waiting = Esperando resposta
home-waiting-longest = A mais antiga há { $time }
home-unread = Conversas não lidas
home-unread-show = Mostrar
home-trend-yesterday = { $change } em relação a ontem
home-trend-week = { $change } em relação a uma semana atrás
home-trend-time = Comparado com a mesma hora do dia.
home-seconds =
    { $large ->
        [one] { $large } segundo
       *[other] { $large } segundos
    }
home-minutes = { $large } min
home-hours = { $large } h { $small } min
home-days = { $large } d { $small } h
home-longest = Esperando há mais tempo
home-longest-none = Ninguém espera resposta.
home-loads = Abertas por responsável
home-loads-none = Não há conversas abertas.
home-nobody = Sem responsável
home-activity = Atividade recente
home-activity-none = Nada ainda: notas, atribuições e etiquetas de todas as conversas aparecem aqui.
home-by-itself = Charla
home-did-note = escreveu uma nota
home-did-assign = atribuiu a conversa a { $name }
home-did-unassign = retirou a atribuição
home-did-reopen = reabriu a conversa, porque o cliente escreveu
home-did-open = abriu a conversa
home-did-pending = marcou a conversa como pendente
home-did-snooze = adiou a conversa
home-did-resolve = resolveu a conversa
home-did-label = adicionou a etiqueta “{ $label }”
home-did-unlabel = removeu a etiqueta “{ $label }”
home-volume = Mensagens ao longo do tempo
home-ranges = Período
home-range-today = Hoje
home-range-week = 7 dias
home-range-month = 30 dias
home-range-quarter = 90 dias
home-point = { $when }: { $inbound } recebidas, { $outbound } enviadas
home-table = Como tabela
home-hour = Hora
home-day = Dia
home-export = Exportar CSV
home-stale = Não foi possível atualizar os números; uma nova tentativa está em andamento.

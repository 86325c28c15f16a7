# A lista de conversas.
list-views = Visualizações
list-scope-mine = Minhas
list-scope-unassigned = Sem responsável
list-scope-all = Todas
list-count =
    { $count ->
        [one] { $count } conversa
       *[other] { $count } conversas
    }
list-news =
    { $count ->
        [one] { $count } nova
       *[other] { $count } novas
    }
list-narrow = Filtrar e ordenar
list-narrow-ends-search = Isto filtra a lista, não a busca: ao escolher algo, volta-se à lista.
list-narrowed = Filtros da lista
list-take-off = Remover: { $name }
list-clear = Limpar
list-status = Status
list-status-open = Aberta
list-status-pending = Pendente
list-status-snoozed = Adiada
list-status-resolved = Resolvida
list-status-any = Qualquer status
list-sort = Ordem
list-sort-newest = Mais recentes primeiro
list-sort-oldest = Mais antigas primeiro
list-sort-waiting = Esperando há mais tempo
list-channel = Número
list-channel-all = Todos os números
list-label = Etiqueta
list-label-all = Todas as etiquetas
list-unread = Só não lidas
list-save-name = Salvar esta visualização como
list-save = Salvar
list-saved = A visualização “{ $name }” foi salva.
list-view-menu = Visualização { $name }
list-rename = Renomear
list-rename-title = Renomear a visualização
list-delete = Excluir
list-deleted = A visualização “{ $name }” foi excluída.
list-undo = Desfazer
list-assigned = Atribuída a { $name }
list-waited-minutes = { $count } min
list-waited-hours = { $count } h
list-waited-days =
    { $count ->
        [one] { $count } dia
       *[other] { $count } dias
    }
list-show-all = Mostrar todas as conversas abertas
list-none-all = Nenhuma conversa aberta
list-none-all-text = Assim que um cliente escrever para o seu número, a conversa aparece aqui.
list-none-mine = Nada está atribuído a você
list-none-mine-text = Pegue uma conversa em Sem responsável ou espere um colega passar uma para você.
list-none-unassigned = Tudo tem responsável
list-none-unassigned-text = Uma nova conversa que ninguém pegou aparece aqui.
list-none-unread = Nada por ler
list-none-unread-text = Todas as mensagens foram vistas. As novas aparecem aqui automaticamente.
list-none-waiting = Ninguém está esperando
list-none-waiting-text = Todos os clientes têm resposta. Quem escrever agora aparece aqui, primeiro quem espera há mais tempo.
list-none-snoozed = Nada foi adiado
list-none-snoozed-text = Adie uma conversa para vê-la de novo na hora certa.
list-none-narrowed = Nada corresponde
list-none-narrowed-text = Nenhuma conversa corresponde a estes filtros. Remova um deles para ver mais.
problem-inbox-too-many-views = Você já tem o máximo de visualizações salvas. Exclua uma para salvar outra.

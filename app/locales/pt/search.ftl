# A pesquisa na lista.
search-label = Pesquisar pessoas e mensagens
search-placeholder = Pesquisar
search-close = Fechar a pesquisa
search-loading = Pesquisando
search-results = O que foi encontrado
search-people = Pessoas
search-messages = Mensagens
search-us = Você
search-found =
    { $people ->
        [0] Nenhuma pessoa
        [one] { $people } pessoa
       *[other] { $people } pessoas
    }, { $messages ->
        [0] nenhuma mensagem
        [one] { $messages } mensagem
       *[other] { $messages } mensagens
    }{ $more ->
        [yes] , e há mais.
       *[other] .
    }
search-more = Mensagens anteriores
search-more-failed = Não foi possível carregar as mensagens anteriores. Tente de novo.
search-none = Nada encontrado
search-none-text = Tente menos palavras ou o começo de uma. Todas as palavras precisam estar na mensagem.
search-recent = Pesquisas recentes
search-forget = Esquecer esta pesquisa
search-tip-words = Todas as palavras que você escrever precisam estar na mensagem; acentos e maiúsculas não importam.
search-tip-phrase = “Palavras entre aspas” precisam aparecer juntas.
search-tip-number = Parte de um número de telefone encontra pessoas: bastam três dígitos.
problem-search-too-long = Esta pesquisa está demorando demais. Acrescente uma palavra ou escreva as palavras inteiras.

# Search in the open conversation.
find-title = Pesquisar nesta conversa
find-loading = Pesquisando…
find-none = Nada encontrado
find-at =
    { $more ->
        [yes] { $at } de mais de { $total }
       *[no] { $at } de { $total }
    }
find-earlier = Resultado mais antigo (Enter)
find-later = Resultado mais recente (Shift+Enter)
find-close = Fechar a pesquisa nesta conversa

# A paleta.
palette-title = Ir, fazer, encontrar
palette-label = Um lugar, uma ação, uma pessoa ou uma mensagem
palette-placeholder = Para onde ir ou o que fazer?
palette-recent = Usados recentemente
palette-commands = Lugares e ações
palette-people = Pessoas
palette-messages = Mensagens
palette-none = Nada corresponde. Tente outras letras.
palette-switch = Trocar para { $name }

# A folha de atalhos.
keys-title = Atalhos de teclado
keys-everywhere = Em todo lugar
keys-inbox = Na caixa de entrada
keys-list = Na lista, quando ela tem o foco
keys-thread = Em uma conversa, quando ela tem o foco
keys-writing = Ao escrever
keys-then = e depois
keys-palette = Ir, fazer ou encontrar qualquer coisa
keys-search = Pesquisar pessoas e mensagens
keys-sheet = Mostrar os atalhos de teclado
keys-go-home = Ir para o início
keys-go-inbox = Ir para a caixa de entrada
keys-go-contacts = Ir para os contatos
keys-go-settings = Ir para as configurações
keys-go-numbers = Ir para os números
keys-next = Próxima conversa
keys-previous = Conversa anterior
keys-reply = Responder
keys-note = Escrever uma nota
keys-resolve = Resolver ou reabrir
keys-snooze = Adiar
keys-assign = Atribuir
keys-label = Etiquetar
keys-assign-me = Atribuir a mim
keys-details = Mostrar ou ocultar o contato
keys-list-step = Próxima conversa ou anterior, sem abri-la
keys-list-page = Uma página para trás ou para a frente
keys-list-ends = Primeira ou última conversa
keys-list-open = Abrir a conversa
keys-thread-step = Próxima mensagem ou anterior
keys-thread-open = O que pode ser feito com a mensagem
keys-find = Pesquisar nesta conversa
keys-send = Enviar
keys-break = Nova linha
keys-leave = Sair do campo

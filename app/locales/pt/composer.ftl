# Respostas e notas.
composer-tabs = O que escrever
composer-reply = Resposta
composer-note = Nota
composer-note-label = Nota para a equipe
composer-note-placeholder = Escreva uma nota; o cliente não a vê
composer-note-write = Adicionar nota
composer-note-hint = Adicionar nota (Enter); nova linha: Shift+Enter
composer-no-files = Ainda não é possível enviar arquivos por aqui. Nada foi anexado.
composer-replies = Respostas rápidas
composer-replying = Respondendo a
composer-replying-end = Não responder a esta mensagem
composer-split =
    { $count ->
        [one] Enviar como { $count } mensagem
       *[other] Enviar como { $count } mensagens
    }
composer-waiting =
    { $count ->
        [one] { $count } mensagem aguarda envio.
       *[other] { $count } mensagens aguardam envio.
    }
composer-waiting-now = Tentar agora
row-draft = Rascunho
send-refused-stale = Foi escrita há mais de um dia e desde então espera por conexão. Envie-a se ainda estiver certa.
problem-inbox-not-quotable = O WhatsApp não conhece nesta conversa a mensagem a que você responde. Nada foi enviado.

# Emoji.
emoji-title = Emoji
emoji-search = Pesquisar emoji
emoji-none = Nenhum emoji tem esse nome.
emoji-found = Encontrados
emoji-recent = Usados recentemente
emoji-people = Carinhas e pessoas
emoji-nature = Animais e natureza
emoji-food = Comidas e bebidas
emoji-activities = Atividades
emoji-travel = Viagens e lugares
emoji-objects = Objetos
emoji-symbols = Símbolos
emoji-flags = Bandeiras

# Respostas rápidas.
replies-title = Respostas rápidas
replies-list = Respostas para todos
replies-text = Digite / e o atalho enquanto escreve, e o texto aparece.
replies-search = Pesquisar
replies-new = Nova resposta rápida
replies-change = Alterar
replies-delete = Excluir
replies-none = Ainda não há respostas rápidas
replies-none-text = Escreva uma só vez o que você responde sempre, e use com poucas letras.
replies-none-view = Quando um supervisor ou administrador escrever algumas, você poderá usá-las com poucas letras.
replies-nothing-found = Nenhuma resposta rápida tem essas palavras.
replies-shortcut = Atalho
replies-shortcut-hint = Letras, dígitos, _ e -. Você o digita depois de uma barra.
replies-shortcut-wrong = Escreva de 1 a { $most } letras, dígitos, _ ou -, sem espaços.
replies-body = Texto
replies-body-hint = O que vem depois de | é usado quando falta o valor, como em {"{{"}contact.first_name|cliente{"}}"}.
replies-unknown = Não há nenhuma variável chamada “{ $name }”. Escolha uma das oferecidas.
replies-variables = Inserir um valor
replies-variable-contact-name = Nome do contato
replies-variable-contact-first-name = Primeiro nome do contato
replies-variable-contact-phone = Número do contato
replies-variable-member-name = Seu nome
replies-variable-workspace-name = Espaço de trabalho
replies-preview = Como fica
replies-example-contact = Ana Souza
replies-example-member = Mia Membro
replies-example-workspace = Café Sol
replies-save = Salvar
replies-cancel = Cancelar
replies-saved = A resposta rápida foi salva.
replies-deleted = /{ $shortcut } foi excluída.
replies-undo = Desfazer
problem-canned-reply-shortcut-taken = Outra resposta rápida já tem este atalho. Nada foi alterado; escolha outro.
problem-canned-reply-changed-since = Alguém alterou esta resposta desde que você a abriu. Nada foi alterado; recarregue a página para vê-la.
problem-canned-reply-too-many = Este espaço já tem todas as respostas rápidas que pode ter.

# A caixa de entrada.
inbox-title = Caixa de entrada
inbox-page-title = Caixa de entrada · Charla
inbox-nameless = Contato desconhecido
inbox-today = Hoje
inbox-yesterday = Ontem
inbox-unread-messages =
    { $count ->
        [one] { $count } mensagem não lida
       *[other] { $count } mensagens não lidas
    }
inbox-loading = Carregando conversas
inbox-more = Mais conversas
inbox-more-failed = Não foi possível carregar as próximas conversas. Tente de novo.
inbox-none-simulator = Escreva do celular do simulador como um cliente faria: digite lá uma mensagem e ela aparece aqui na hora.
inbox-open-simulator = Abrir o celular do simulador
inbox-offline = Sem conexão. Tentando reconectar; o que você vê pode estar desatualizado.
inbox-back = Voltar à lista

# A conversa.
thread-title = Conversa
thread-messages = Mensagens
thread-loading = Carregando mensagens
thread-none = Escolha uma conversa
thread-none-text = Escolha uma na lista ou aperte j para ir à primeira.
thread-unread = Novas mensagens
thread-earlier = Mensagens anteriores
thread-earlier-failed = Não foi possível carregar as mensagens anteriores. Tente de novo.
thread-to-end = Ir para a mensagem mais recente
thread-missed =
    { $count ->
        [one] { $count } nova mensagem
       *[other] { $count } novas mensagens
    }

# Tipos de conteúdo.
content-text = Mensagem
content-image = Foto
content-video = Vídeo
content-audio = Áudio
content-voice = Mensagem de voz
content-document = Documento
content-sticker = Figurinha
content-location = Localização
content-contacts = Cartão de contato
content-reaction = Reação
content-reaction-removed = Reação removida
content-choice = Escolha
content-form = Formulário
content-order = Pedido
content-order-items =
    { $count ->
        [one] { $count } produto
       *[other] { $count } produtos
    }
content-system = Aviso do WhatsApp
content-edit = Mensagem editada
content-revoked = Mensagem apagada pelo cliente
content-unsupported = Um tipo de mensagem que não pode ser mostrado aqui. Veja no celular.

# Até onde uma mensagem chegou.
state-queued = Aguardando envio
state-sending = Enviando
state-accepted = Aceita pelo WhatsApp
state-sent = Enviada
state-delivered = Entregue
state-read = Lida
state-played = Reproduzida
state-failed = Não entregue
state-unknown = Não se sabe se foi enviada
state-failed-explained = Não foi entregue. Escreva de novo ou fale com o cliente por outro meio.
state-unknown-explained = A resposta se perdeu, por isso não se sabe se esta mensagem chegou. Ela não é reenviada automaticamente; o WhatsApp costuma dar notícia em alguns minutos.
author-phone = Pelo celular

# Escrever.
composer-label = Mensagem
composer-placeholder = Escreva uma mensagem
composer-send = Enviar
composer-send-hint = Enviar (Enter); nova linha: Shift+Enter
composer-role = Sua função pode ler conversas, mas não responder. Peça a um administrador que a altere.
composer-window = O WhatsApp só aceita mensagens livres até 24 horas depois da última do cliente. Você pode escrever de novo quando ele escrever; o que você digitou foi mantido.
composer-inactive = Este número está desativado, por isso nada é enviado. O que você digitou foi mantido; um administrador pode ativar o número.
composer-stopped = Nada é enviado deste número no momento. O que você escrever espera e sai mais tarde.
composer-numbers = Para os números
composer-left =
    { $count ->
        [one] Resta { $count } caractere
       *[other] Restam { $count } caracteres
    }
composer-over =
    { $count ->
        [one] { $count } caractere a mais
       *[other] { $count } caracteres a mais
    }
send-refused = Não enviada.
send-refused-window = A janela de 24 horas se fechou. Nada chegou ao cliente.
send-refused-session = Sua sessão foi encerrada. Entre e envie de novo.
send-refused-forbidden = Sua função não responde a clientes.
send-refused-unreachable = Não foi possível acessar o servidor. Seu texto foi mantido.
send-refused-throttled = São mensagens demais em pouco tempo. Seu texto foi mantido; envie de novo em instantes.
send-refused-unanswered = O servidor não confirmou. Seu texto foi mantido; mesmo enviado de novo, sai uma só vez.
send-refused-text = Uma mensagem tem de 1 a 4.096 caracteres, pelo menos um deles visível.
send-retry = Enviar de novo
send-discard = Descartar

# O contato.
contact-title = Contato
contact-show = Mostrar o contato
contact-hide = Ocultar o contato
panes-list = Largura da lista
panes-contact = Largura do contato
contact-username = Nome de usuário
contact-channel = Canal
contact-since = Visto pela primeira vez
contact-wrote = Última mensagem recebida
contact-window = Mensagens livres até
contact-writing = Mensagens livres
contact-window-closed = Quando o cliente escrever de novo

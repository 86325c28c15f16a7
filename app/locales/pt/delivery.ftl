# O caminho de uma mensagem: seu registro, enviá-la de novo, por que falhou.
recorder-open = Detalhes da entrega
recorder-title = Detalhes da entrega
recorder-close = Fechar
recorder-loading = Carregando os detalhes
recorder-none = Nada se sabe sobre o caminho desta mensagem.
recorder-attempt = Tentativa { $number }
recorder-http = HTTP { $status }
recorder-code = Código da Meta { $code }
recorder-free = Sem cobrança ({ $category })
recorder-charged = Cobrada como { $category }
recorder-priced = Categoria: { $category }

# O que aconteceu, segundo quem o diz.
step-member-queued = Escrita; espera sua vez
step-resent = Enviada de novo, como nova mensagem
step-attempt-sending = Passada ao WhatsApp
step-attempt-accepted = Aceita pelo WhatsApp
step-attempt-queued = O WhatsApp não a recebeu; espera a próxima tentativa
step-attempt-failed = Não foi possível enviar
step-attempt-unknown = A resposta do WhatsApp se perdeu
step-webhook-sent = O WhatsApp informa: enviada
step-webhook-delivered = O WhatsApp informa: entregue no celular
step-webhook-read = O WhatsApp informa: lida
step-webhook-played = O WhatsApp informa: reproduzida
step-webhook-failed = O WhatsApp informa: não entregue

# Enviar de novo.
state-unconfirmed-explained = O WhatsApp não dá notícia dela há 15 minutos: continua sem confirmação se esta mensagem chegou.
resend-done = Esta mensagem foi enviada de novo.
resend-doubt = Pode ter chegado. Enviar de novo mesmo assim?
resend-anyway = Enviar de novo mesmo assim
resend-cancel = Não enviar
resend-not-lost = Esta mensagem não se perdeu, por isso não é enviada de novo.
resend-unclear = O WhatsApp ainda pode dar notícia desta mensagem. Espere alguns minutos.

# A janela.
window-hours =
    { $count ->
        [one] Resta { $count } hora para mensagens livres
       *[other] Restam { $count } horas para mensagens livres
    }
window-minutes =
    { $count ->
        [one] Resta { $count } minuto para mensagens livres
       *[other] Restam { $count } minutos para mensagens livres
    }
window-closed = Fechada para mensagens livres até o cliente escrever

# Por que uma mensagem falhou e o que fazer, segundo os códigos da Meta.
failure-reconnect = O WhatsApp não aceita mais o token de acesso do número. Um administrador precisa reconectar o número.
failure-permission = Falta uma permissão no token de acesso. Um administrador precisa concedê-la nas configurações da empresa na Meta.
failure-removed = A Meta não conhece mais este número. Um administrador precisa conectá-lo de novo ou removê-lo.
failure-unregistered = O número não está registrado no WhatsApp, por isso nada pode ser enviado. Um administrador precisa conectá-lo de novo.
failure-account = A Meta restringiu a conta do WhatsApp, por isso nada pode ser enviado. Um administrador precisa verificar as configurações da empresa na Meta.
failure-display-name = A Meta não aprovou o nome de exibição do número, por isso nada pode ser enviado. Um administrador precisa resolver isso com a Meta.
failure-payment = Há um problema com o pagamento da conta do WhatsApp. Um administrador precisa resolvê-lo com a Meta.
failure-terms = Os termos de pagamento da Meta não foram aceitos. Um administrador precisa aceitá-los nas configurações da Meta.
failure-marketing-off = As mensagens de marketing estão desativadas para esta forma de envio. Um administrador precisa mudar isso nas configurações da Meta.
failure-busy = O WhatsApp está ocupado. O envio é tentado de novo automaticamente.
failure-account-pace = A conta do WhatsApp fez todas as solicitações que a Meta permite por ora. O envio é tentado de novo automaticamente.
failure-pace = Este número está enviando tão rápido quanto o WhatsApp permite. O envio é tentado de novo automaticamente.
failure-pair = Mensagens demais para este cliente em pouco tempo. O envio é tentado de novo automaticamente.
failure-limited = O WhatsApp limita este número por um tempo. O envio é tentado de novo mais tarde.
failure-classified = O WhatsApp limita este número por causa da classificação dos seus modelos. Um administrador deve verificar os modelos; o limite é retirado automaticamente.
failure-form-pace = A Meta permite enviar o formulário desta mensagem dez vezes por hora. O envio é tentado de novo mais tarde.
failure-preparing = A Meta ainda está preparando o modelo para marketing. O envio é tentado de novo mais tarde.
failure-malformed = O WhatsApp não aceitou a forma desta mensagem. Nada foi enviado; altere-a e envie de novo.
failure-unsupported = O WhatsApp não oferece suporte a este tipo de mensagem.
failure-file = O WhatsApp não conseguiu receber o arquivo. O envio é tentado de novo; se falhar, envie outro formato.
failure-companion = A mensagem só pode ser vista no celular da empresa.
failure-template = O WhatsApp não aceita o modelo como está. Um administrador precisa verificá-lo na página de modelos antes de enviá-lo de novo.
failure-parameters = Os valores não se encaixam no modelo. Nada foi enviado; corrija os valores e envie de novo.
failure-not-marketing = Esta mensagem não pode sair como marketing. Envie-a como um modelo comum.
failure-form = A Meta bloqueou o formulário desta mensagem. Um administrador precisa corrigi-lo nas configurações da Meta.
failure-window = O cliente não escreve há 24 horas, por isso só um modelo pode ser enviado.
failure-undeliverable = Não foi possível entregar a mensagem: o número pode não estar no WhatsApp, o aplicativo pode ser antigo demais ou o cliente pode ter bloqueado você.
failure-blocked = Este cliente está bloqueado. Desbloqueie-o para escrever para ele.
failure-stopped = Este cliente não quer mais receber suas mensagens de marketing. Não envie outras.
failure-experiment = O WhatsApp não mostra mensagens de marketing a este cliente no momento. Não envie de novo.
failure-engagement = O WhatsApp retém esta mensagem para que os clientes recebam menos marketing. Tente de novo só depois de um dia, no mínimo.
failure-country = O WhatsApp não permite que esta conta escreva para o país do cliente.
failure-phone = Este tipo de mensagem precisa do número de telefone do cliente, e só se conhece o ID de usuário dele.
failure-identity = A identidade do cliente mudou. Confirme quem é antes de escrever.
failure-recipients = Este é um número de teste, e o cliente não está na lista de destinatários. Um administrador pode adicioná-lo nas configurações da Meta.
failure-itself = Um número não pode escrever para si mesmo.
failure-group = Não é possível escrever para o grupo: ele não existe mais, ou o número não é membro ou é o único.
failure-group-suspended = A Meta suspendeu o grupo, por isso não é possível escrever para ele.
failure-interrupted = Nosso servidor parou antes de conseguir guardar a resposta.
failure-held-back = Não pôde sair naquele momento e espera a próxima vez.
failure-no-address = O contato não tem mais endereço neste número. Nada foi enviado.

# Contatos: seu painel e sua página, suas tags e seus campos.
contacts-title = Contatos
contacts-loading = Carregando o contato
contacts-none = Ainda não há contatos
contacts-none-text = Quem escreve para o seu número vira um contato e aparece aqui.
contacts-news =
    { $count ->
        [one] Mostrar { $count } contato novo
       *[other] Mostrar { $count } contatos novos
    }
contacts-pages = Páginas de contatos
contacts-newest = Para os mais recentes
contacts-older = Contatos anteriores
contacts-last = Última mensagem
contacts-settings = Tags e campos
contacts-to-list = Para os contatos

contacts-save = Salvar
contacts-cancel = Cancelar
contacts-undo = Desfazer
contacts-saving = Salvando
contacts-saved = Salvo
contacts-name = Nome
contacts-name-hint = Como está no WhatsApp
contacts-rename = Alterar o nome
contacts-whatsapp-name = No WhatsApp: { $name }

contacts-identities = Identificado por
contacts-identity-phone = Telefone
contacts-identity-bsuid = ID de usuário do WhatsApp
contacts-identity-parent_bsuid = ID de usuário do WhatsApp do portfólio
contacts-identity-psid = ID do Messenger
contacts-identity-igsid = ID do Instagram
contacts-copy = Copiar: { $name }
contacts-copy-failed = O navegador não copiou. Selecione e copie manualmente.

contacts-tags = Tags
contacts-tags-none = Sem tags.
contacts-tags-change = Alterar tags
contacts-tag-new = Nova tag
contacts-tag-create = Criar
contacts-tag-created = A tag foi criada.
contacts-colour = Cor
contacts-colour-grey = Cinza
contacts-colour-red = Vermelho
contacts-colour-orange = Laranja
contacts-colour-yellow = Amarelo
contacts-colour-green = Verde
contacts-colour-teal = Turquesa
contacts-colour-blue = Azul
contacts-colour-purple = Roxo
contacts-colour-pink = Rosa

contacts-fields = Campos
contacts-fields-none = Ainda não há campos.
contacts-fields-define = Tags e campos
contacts-true = Sim
contacts-false = Não
contacts-value-text = Não salvo: escreva de 1 a 500 caracteres visíveis ou deixe vazio.
contacts-value-number = Não salvo: escreva um número sem separar os milhares, como 1250 ou 12,5.
contacts-value-date = Não salvo: escreva um dia do calendário.
contacts-value-choice = Não salvo: escolha uma das opções.
contacts-value-kind = Não salvo: este campo guarda outro tipo de valor.

contacts-notes = Notas
contacts-notes-none = Ainda não há notas.
contacts-notes-more = Notas anteriores
contacts-note-new = Nova nota
contacts-note-hint = Só a equipe vê
contacts-note-save = Adicionar nota
contacts-note-edit = Alterar a nota
contacts-note-delete = Excluir a nota
contacts-note-deleted = A nota foi excluída.
contacts-note-changed = alterada
contacts-note-nobody = Alguém que saiu

contacts-conversations = Conversas
contacts-no-conversations = Sem conversas.
contacts-no-other-conversations = Sem conversas em outros canais.
contacts-status-open = Aberta
contacts-status-pending = Pendente
contacts-status-snoozed = Adiada
contacts-status-resolved = Resolvida

contacts-history = Histórico
contacts-history-more = Anteriores
contacts-history-by = Por { $name }
contacts-history-first = Primeiro registro
contacts-history-opened = Primeira mensagem em { $channel }
contacts-history-assigned = { $channel }: atribuída a { $name }
contacts-history-unassigned = { $channel }: sem responsável
contacts-history-status = { $channel }: { $status }
contacts-history-status-because = { $channel }: { $status } ({ $reason })
contacts-history-tagged = Recebeu a tag “{ $tag }”
contacts-history-noted = Nota: { $text }
contacts-history-renamed = Nome alterado de “{ $from }” para “{ $to }”

# Suas configurações.
contacts-settings-view = Sua função pode ver isto, mas não alterar. Peça a um administrador que altere.
contacts-tags-text = As tags organizam os contatos. Quem altera contatos pode aplicá-las e criar novas.
contacts-tags-no = Ainda não há tags.
contacts-fields-text = O que você quer saber sobre os contatos. Cada contato tem estes campos, nesta ordem.
contacts-name-of = Nome de { $name }
contacts-change = Alterar { $name }
contacts-changed = A alteração foi salva.
contacts-moved = A ordem foi salva.
contacts-field-new = Novo campo
contacts-field-create = Criar campo
contacts-field-created = O campo foi criado.
contacts-field-up = Mover { $name } para cima
contacts-field-down = Mover { $name } para baixo
contacts-kind = O que guarda
contacts-kind-text = Texto
contacts-kind-number = Número
contacts-kind-date = Data
contacts-kind-choice = Uma entre algumas opções
contacts-kind-yes_no = Sim ou não
contacts-choices = Opções, uma por linha
contacts-delete = Excluir { $name }
contacts-delete-yes = Excluir definitivamente
contacts-delete-no = Manter
contacts-delete-counting = Isto não pode ser desfeito.
contacts-delete-tag =
    { $count ->
        [0] Nenhum contato tem esta tag. Isto não pode ser desfeito.
        [one] { $count } contato tem esta tag e a perde. Isto não pode ser desfeito.
       *[other] { $count } contatos têm esta tag e a perdem. Isto não pode ser desfeito.
    }
contacts-delete-field =
    { $count ->
        [0] Nenhum contato tem um valor neste campo. Isto não pode ser desfeito.
        [one] O valor de { $count } contato será perdido. Isto não pode ser desfeito.
       *[other] Os valores de { $count } contatos serão perdidos. Isto não pode ser desfeito.
    }
contacts-deleted = Foi excluído.

# O que pode dar errado.
problem-contacts-name-taken = Já existe um item com este nome. Nada foi alterado.
problem-contacts-too-many-tags = Este espaço tem 200 tags, o máximo que pode ter.
problem-contacts-too-many-tags-here = Este contato tem 30 tags, o máximo que pode ter.
problem-contacts-too-many-fields = Este espaço tem 50 campos, o máximo que pode ter.
problem-contacts-changed-since = Alguém alterou isto desde que você o abriu. Nada foi alterado; recarregue a página para ver.
problem-contacts-kind-fixed = Um campo não muda de tipo. Crie outro campo para o outro tipo de valor.
problem-contacts-value-text = Não salvo: escreva de 1 a 500 caracteres visíveis ou deixe vazio.
problem-contacts-value-number = Não salvo: escreva um número sem separar os milhares, como 1250 ou 12,5.
problem-contacts-value-date = Não salvo: escreva um dia do calendário.
problem-contacts-value-choice = Não salvo: escolha uma das opções. Elas podem ter mudado nesse meio-tempo.
problem-contacts-value-kind = Não salvo: este campo guarda outro tipo de valor.

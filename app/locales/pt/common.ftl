# O que todas as páginas compartilham.
loading = Carregando
error-title = Não foi possível mostrar isto
error-not-found = Não há nada aqui
error-forbidden = Sua função não permite isto
error-retry = Tentar de novo
error-home = Para meus espaços de trabalho
not-found-text = O endereço não leva a lugar nenhum, ou leva a algo que não cabe a você ver.
not-found-home = Para a página inicial
problem-unreachable = Não foi possível acessar o servidor. Verifique sua conexão e tente de novo.
problem-no-answer = Não foi possível ler a resposta do servidor. Veja se foi feito antes de tentar de novo.
problem-request-malformed = O servidor não entendeu a solicitação. Recarregue a página e tente mais uma vez.
problem-timeout = Isto está demorando demais. Veja se foi feito antes de tentar de novo.
problem-rate-limited = São solicitações demais. Espere um momento e continue.
problem-unavailable = O banco de dados não está acessível agora. Tente de novo em instantes.
problem-internal = Algo deu errado no servidor. Veja se foi feito antes de tentar de novo.
problem-session-required = Sua sessão foi encerrada. Entre de novo e você voltará para cá.
problem-forbidden = Peça a um administrador do espaço, se precisar.
problem-operator-required = Isto é para os operadores desta instalação. Fale com quem a configurou.
problem-invalid = Alguns campos precisam de revisão. Nada foi alterado.
problem-not-found = Pode ter sido removido, ou não cabe a você ver.

copy = Copiar
copied = Copiado
copy-by-hand = O navegador não copiou. O texto está selecionado: copie-o manualmente.

frame-skip = Ir para o conteúdo
frame-navigation = Navegação
frame-switch = Espaço { $name }: trocar
frame-me = Minha conta
sheet-to-inbox = Para a caixa de entrada

preferences-language = Idioma
preferences-theme = Tema
theme-system = Igual ao do dispositivo
theme-light = Claro
theme-dark = Escuro

role-owner = Proprietário
role-admin = Administrador
role-supervisor = Supervisor
role-member = Membro
role-viewer = Observador

# O que os formulários têm a dizer.
flash-invalid = Algo aqui precisa de revisão. Nada foi alterado.
flash-not-found = Isso não existe mais. Nada foi alterado.
flash-other = Não funcionou. Nada foi alterado; tente de novo.
flash-unavailable = O servidor não conseguiu fazer isso agora. Veja se foi feito antes de tentar de novo.
flash-session-wrong = O e-mail e a senha não combinam.
flash-session-throttled =
    { $seconds ->
        [one] Tentativas demais. Tente de novo em { $seconds } segundo.
       *[other] Tentativas demais. Tente de novo em { $seconds } segundos.
    }
flash-session-ended = Esse navegador foi desconectado.
flash-account-closed = Novas contas precisam de um convite. Peça um link a um administrador do seu espaço.
flash-account-unavailable = Não é possível criar uma conta com este endereço. Se ele for seu, entre na sua conta.
flash-password-wrong = A senha atual é outra. Nada foi alterado.
flash-password-changed = Sua senha foi trocada. Seus outros navegadores foram desconectados.
flash-invite-gone = Este convite expirou, já foi usado ou foi revogado. Peça um novo.

# A moldura em torno das páginas e as palavras dos componentes.
frame-offline = Seu dispositivo está sem conexão. O que você vê pode estar desatualizado.
frame-reconnecting = Sem conexão. Tentando de novo; o que você vê pode estar desatualizado.
frame-fold = Mostrar só ícones
frame-unfold = Mostrar nomes
frame-unread = ({ $count })

toasts = Avisos desta página
toast-dismiss = Dispensar
dialog-close = Fechar
picker-search = Pesquisar
picker-none = Nada corresponde.
load-more = Mostrar mais
error-unreachable = Sem conexão

preferences-density = Densidade
density-comfortable = Confortável
density-compact = Compacta

# Notificações e atalhos, por dispositivo.
account-device = Neste dispositivo
notify-desktop = Notificações na área de trabalho
notify-desktop-hint = Quando um cliente escreve e você não está vendo a conversa.
notify-forbidden = O navegador proíbe notificações daqui. Permita-as nas configurações dele para esta página.
notify-never = Este navegador não mostra notificações deste endereço.
notify-sound = Som
notify-sound-hint = Duas notas suaves, nos mesmos momentos.
notify-which = Para quais conversas
notify-which-all = Todas
notify-which-mine = Minhas
notify-which-none = Nenhuma
notify-new-message = Nova mensagem
notify-and-others =
    { $others ->
        [one] { $name } e mais { $others }
       *[other] { $name } e mais { $others }
    }
shortcuts-switch = Atalhos de uma só tecla
shortcuts-switch-hint = Como j e k na caixa de entrada. Desative-os se você usa ditado ou aperta teclas sem querer.
settings-title = Configurações

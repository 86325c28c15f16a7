# Contas: cadastrar-se, entrar, as próprias configurações.
field-name = Seu nome
field-email = E-mail
field-password = Senha
field-current-password = Senha atual
field-new-password = Nova senha
password-show = Mostrar a senha
password-hide = Ocultar a senha
hint-password =
    { $least ->
        [one] Pelo menos { $least } caractere. Algumas palavras são mais fáceis de lembrar do que símbolos.
       *[other] Pelo menos { $least } caracteres. Algumas palavras são mais fáceis de lembrar do que símbolos.
    }
error-password =
    { $least ->
        [one] Use pelo menos { $least } caractere, e não sempre o mesmo.
       *[other] Use pelo menos { $least } caracteres, e não sempre o mesmo.
    }
error-name = Escreva um nome de no máximo 80 caracteres.
error-email = Escreva um e-mail, como ana@example.com.

register-submit = Criar conta
welcome-title = Boas-vindas ao Charla
welcome-lead = Esta instalação é nova. A primeira conta é a proprietária.
welcome-next = Depois disso: um espaço de trabalho cujo cliente simulado acabou de escrever para você.
login-title = Entrar
login-submit = Entrar
login-by-invite = Ainda não tem conta? Peça um link de convite a um administrador do seu espaço.
logout = Sair
logout-waiting = Ainda há mensagens aguardando envio. Se você sair agora, elas serão perdidas. Sair mesmo assim?

account-title = Minha conta
account-about = Sobre mim
account-preferences = Idioma e tema
account-password = Senha
account-password-text = Ao trocá-la, você sai dos seus outros navegadores.
account-password-submit = Trocar a senha
sessions-title = Navegadores conectados
sessions-text = Desconecte o que você não reconhecer e depois troque sua senha.
sessions-unknown = Navegador desconhecido
sessions-from = de { $address }
sessions-current = Este navegador
sessions-end = Desconectar

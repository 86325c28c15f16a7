//! A way to the database that can be made to hang as a stopped server does: connections stay, nothing comes.

use sqlx::postgres::PgConnectOptions;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, split},
    net::{TcpListener, TcpStream, UnixStream},
    sync::watch,
};

pub struct Detour {
    /// The database's address by this way.
    pub url: String,
    hangs: watch::Sender<bool>,
}

impl Detour {
    /// To the database at this address.
    pub async fn to(url: &str) -> Self {
        let options: PgConnectOptions = url.parse().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (user, database) = (options.get_username().to_owned(), options.get_database().unwrap().to_owned());
        let url = format!("postgres://{user}@{}/{database}", listener.local_addr().unwrap());
        let (hangs, hanging) = watch::channel(false);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let hanging = hanging.clone();
                if let Some(folder) = options.get_socket() {
                    let socket = folder.join(format!(".s.PGSQL.{}", options.get_port()));
                    join(client, UnixStream::connect(socket).await.unwrap(), hanging);
                } else {
                    let server = TcpStream::connect((options.get_host(), options.get_port())).await.unwrap();
                    join(client, server, hanging);
                }
            }
        });
        Self { url, hangs }
    }

    /// From now on nothing comes through.
    pub fn hang(&self) {
        self.hangs.send_replace(true);
    }

    /// What was held up comes through, and everything after it.
    pub fn go_on(&self) {
        self.hangs.send_replace(false);
    }
}

fn join(client: TcpStream, server: impl AsyncRead + AsyncWrite + Send + 'static, hanging: watch::Receiver<bool>) {
    let ((from_client, to_client), (from_server, to_server)) = (split(client), split(server));
    tokio::spawn(carry(from_client, to_server, hanging.clone()));
    tokio::spawn(carry(from_server, to_client, hanging));
}

async fn carry(
    mut from: impl AsyncRead + Unpin + Send,
    mut to: impl AsyncWrite + Unpin + Send,
    mut hanging: watch::Receiver<bool>,
) {
    let mut buffer = vec![0; 16 * 1024];
    while let Ok(read @ 1..) = from.read(&mut buffer).await {
        if hanging.wait_for(|hanging| !hanging).await.is_err() || to.write_all(&buffer[..read]).await.is_err() {
            return;
        }
    }
    let _ = to.shutdown().await;
}

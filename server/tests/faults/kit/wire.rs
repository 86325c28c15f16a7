//! Wires that can be cut: one in front of the program, which leads to the node a balancer would choose, one that goes dead
//! without a word, and one in front of Postgres, which counts statements and cuts at the n-th.

use std::{
    net::SocketAddr,
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, Ordering},
    },
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional},
    net::{TcpListener, TcpStream, UnixStream},
    sync::watch,
    task::JoinSet,
};

/// An address in front of the nodes.
pub struct Balancer {
    pub addr: SocketAddr,
    to: Arc<Mutex<SocketAddr>>,
    open: Arc<Mutex<JoinSet<()>>>,
}

impl Balancer {
    /// Leads to this node.
    pub async fn start(to: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let balancer =
            Self { addr: listener.local_addr().unwrap(), to: Arc::new(Mutex::new(to)), open: Arc::default() };
        let (to, open) = (Arc::clone(&balancer.to), Arc::clone(&balancer.open));
        tokio::spawn(async move {
            while let Ok((mut client, _)) = listener.accept().await {
                let to = *to.lock().unwrap();
                open.lock().unwrap().spawn(async move {
                    if let Ok(mut node) = TcpStream::connect(to).await {
                        // However it ends, it has ended.
                        let _ = copy_bidirectional(&mut client, &mut node).await;
                    }
                });
            }
        });
        balancer
    }

    /// Leads to another node from now on; what was open is cut.
    pub fn leads_to(&self, node: SocketAddr) {
        *self.to.lock().unwrap() = node;
        self.open.lock().unwrap().abort_all();
    }
}

/// A way to a node whose far end can vanish, as a phone does that leaves the network: what the node sends is still taken
/// (by the last machine on the way), but nothing ever comes back, not even that it is over.
pub struct DeadEnd {
    pub addr: SocketAddr,
    dead: watch::Sender<bool>,
}

impl DeadEnd {
    /// Leads to this node.
    pub async fn start(to: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (dead, dies) = watch::channel(false);
        let end = Self { addr: listener.local_addr().unwrap(), dead };
        tokio::spawn(async move {
            while let Ok((mut client, _)) = listener.accept().await {
                let mut dies = dies.clone();
                tokio::spawn(async move {
                    let Ok(mut node) = TcpStream::connect(to).await else { return };
                    tokio::select! {
                        _ = copy_bidirectional(&mut client, &mut node) => return,
                        _ = dies.wait_for(|dead| *dead) => {}
                    }
                    // Until the node gives up.
                    let _ = tokio::io::copy(&mut node, &mut tokio::io::sink()).await;
                });
            }
        });
        end
    }

    /// From now on nobody is there any more.
    pub fn vanishes(&self) {
        self.dead.send_replace(true);
    }
}

/// Where a statement is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// Before Postgres saw it.
    Before,
    /// After Postgres saw it: nobody knows whether it was done.
    After,
}

/// A wire to Postgres. One cut at a time; it happens once.
pub struct Wire {
    pub addr: SocketAddr,
    plan: Arc<Plan>,
}

#[derive(Default)]
struct Plan {
    /// Statements until the cut; below one when nothing is planned.
    left: AtomicI64,
    after: Mutex<bool>,
}

impl Wire {
    /// Leads to this socket of Postgres.
    pub async fn start(socket: PathBuf) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let wire = Self { addr: listener.local_addr().unwrap(), plan: Arc::default() };
        let plan = Arc::clone(&wire.plan);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let (plan, socket) = (Arc::clone(&plan), socket.clone());
                tokio::spawn(async move {
                    if let Ok(postgres) = UnixStream::connect(socket).await {
                        lead(client, postgres, &plan).await;
                    }
                });
            }
        });
        wire
    }

    /// Cuts the connection that makes the n-th statement from now on, counted over all of them.
    pub fn cut_at(&self, n: i64, cut: Cut) {
        *self.plan.after.lock().unwrap() = cut == Cut::After;
        self.plan.left.store(n, Ordering::SeqCst);
    }

    /// Whether the planned cut has happened.
    pub fn has_cut(&self) -> bool {
        self.plan.left.load(Ordering::SeqCst) <= 0
    }
}

/// Carries one connection until either side ends it or it is cut.
async fn lead(client: TcpStream, postgres: UnixStream, plan: &Plan) {
    let ((mut from_client, mut to_client), (mut from_postgres, mut to_postgres)) =
        (client.into_split(), postgres.into_split());
    let answers = tokio::spawn(async move {
        let _ = tokio::io::copy(&mut from_postgres, &mut to_client).await;
    });
    // The first message of a connection has no type.
    let mut typed = false;
    loop {
        let Ok((kind, message)) = message(&mut from_client, typed).await else { break };
        typed = true;
        // A simple query, or the end of an extended one: one statement as the program sees it.
        if matches!(kind, b'Q' | b'S') && plan.left.fetch_sub(1, Ordering::SeqCst) == 1 {
            if *plan.after.lock().unwrap() {
                // No answer gets through any more, then Postgres sees the statement.
                answers.abort();
                let _ = to_postgres.write_all(&message).await;
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            }
            break;
        }
        if to_postgres.write_all(&message).await.is_err() {
            break;
        }
    }
    answers.abort();
}

/// One message of the protocol, whole (PostgreSQL, "Message formats").
async fn message(from: &mut (impl AsyncReadExt + Unpin), typed: bool) -> std::io::Result<(u8, Vec<u8>)> {
    let kind = if typed { from.read_u8().await? } else { 0 };
    let length = from.read_u32().await?;
    let mut message = if typed { vec![kind] } else { Vec::new() };
    message.extend_from_slice(&length.to_be_bytes());
    let start = message.len();
    message.resize(start + usize::try_from(length).unwrap().saturating_sub(4), 0);
    from.read_exact(&mut message[start..]).await?;
    Ok((kind, message))
}

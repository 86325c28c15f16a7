//! HTTP/1.1 over a kept connection, as lean as pgbench's protocol: requests are bytes made before the clock starts, of
//! an answer the status is read and the body taken off the wire.

use std::net::SocketAddr;

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    /// The value of a header, the first if there are several.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        header(&self.head, name)
    }
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

/// A kept connection.
#[derive(Debug)]
pub(crate) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    pub(crate) async fn open(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await.with_context(|| format!("nobody listens on {address}"))?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(4096) })
    }

    /// Sends a whole request and gives the status; the body is thrown away.
    pub(crate) async fn status_of(&mut self, request: &[u8]) -> Result<u16> {
        self.stream.write_all(request).await?;
        let (status, _, _) = self.read(false).await?;
        Ok(status)
    }

    /// Sends a whole request and gives the answer.
    pub(crate) async fn exchange(&mut self, request: &[u8]) -> Result<Answer> {
        self.stream.write_all(request).await?;
        let (status, head, body) = self.read(true).await?;
        Ok(Answer { status, head, body })
    }

    /// Whether `keep` is wanted: head and body.
    async fn read(&mut self, keep: bool) -> Result<(u16, String, Vec<u8>)> {
        let end = loop {
            if let Some(end) = self.buffer.windows(4).position(|four| four == b"\r\n\r\n") {
                break end;
            }
            self.fill().await?;
        };
        let head = std::str::from_utf8(&self.buffer[..end]).context("an answer that is no HTTP")?;
        let status = head.get(9..12).and_then(|code| code.parse().ok()).context("an answer without a status")?;
        let length: Option<usize> = header(head, "content-length").and_then(|value| value.parse().ok());
        let is_chunked = header(head, "transfer-encoding").is_some();
        let head = if keep { head.to_owned() } else { String::new() };
        self.buffer.drain(..end + 4);
        let body = if is_chunked { self.chunks().await? } else { self.take(length.unwrap_or(0)).await? };
        Ok((status, head, if keep { body } else { Vec::new() }))
    }

    async fn chunks(&mut self) -> Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let end = loop {
                if let Some(end) = self.buffer.windows(2).position(|two| two == b"\r\n") {
                    break end;
                }
                self.fill().await?;
            };
            let line = self.take(end + 2).await?;
            let size = std::str::from_utf8(&line[..end]).ok().and_then(|hex| usize::from_str_radix(hex, 16).ok());
            let size = size.context("a chunk without a size")?;
            let chunk = self.take(size + 2).await?;
            if size == 0 {
                return Ok(body);
            }
            body.extend_from_slice(&chunk[..size]);
        }
    }

    async fn take(&mut self, length: usize) -> Result<Vec<u8>> {
        while self.buffer.len() < length {
            self.fill().await?;
        }
        Ok(self.buffer.drain(..length).collect())
    }

    async fn fill(&mut self) -> Result<()> {
        let count = self.stream.read_buf(&mut self.buffer).await?;
        ensure!(count > 0, "the server closed the connection");
        Ok(())
    }

    /// The bare stream, with what was read beyond the last answer.
    pub(crate) fn into_parts(self) -> (TcpStream, Vec<u8>) {
        (self.stream, self.buffer)
    }
}

/// The bytes of a request.
pub(crate) fn request(address: SocketAddr, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let mut text = format!("{method} {path} HTTP/1.1\r\nHost: {address}\r\n");
    for (name, value) in headers {
        text.push_str(name);
        text.push_str(": ");
        text.push_str(value);
        text.push_str("\r\n");
    }
    if method != "GET" {
        text.push_str("Content-Length: ");
        text.push_str(&body.len().to_string());
        text.push_str("\r\n");
    }
    text.push_str("\r\n");
    [text.as_bytes(), body].concat()
}

/// Asks once, over a connection of its own.
pub(crate) async fn ask(
    address: SocketAddr,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> Result<Answer> {
    let mut connection = Connection::open(address).await?;
    connection.exchange(&request(address, method, path, headers, body)).await
}

/// Asks for JSON with JSON; anything but 200 is an error that shows the answer.
pub(crate) async fn ask_json(address: SocketAddr, method: &str, path: &str, body: Option<&Value>) -> Result<Value> {
    let bytes = body.map(Value::to_string).unwrap_or_default();
    let answer = ask(address, method, path, &[("Content-Type", "application/json")], bytes.as_bytes()).await?;
    let shown = String::from_utf8_lossy(&answer.body).chars().take(300).collect::<String>();
    ensure!((200..300).contains(&answer.status), "{method} {path} answered {}: {shown}", answer.status);
    if answer.body.is_empty() {
        return Ok(Value::Null);
    }
    serde_json::from_slice(&answer.body).with_context(|| format!("{method} {path} answered no JSON: {shown}"))
}

/// A port of the loopback interface that nobody listens on at this moment.
pub(crate) fn free_address() -> Result<SocketAddr> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0").context("no free port on 127.0.0.1")?.local_addr()?)
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;

    use super::*;

    #[tokio::test]
    async fn answers_are_told_apart_on_one_connection() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            stream
                .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nokHTTP/1.1 503 No\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nnot\r\n1\r\n!\r\n0\r\n\r\n")
                .await
                .unwrap();
            // Kept open until the other side has read everything.
            let _ = stream.read(&mut [0; 1024]).await;
            tokio::time::sleep(std::time::Duration::from_secs(5)).await;
        });
        let mut connection = Connection::open(address).await.unwrap();
        let get = request(address, "GET", "/", &[], b"");
        assert_eq!(connection.status_of(&get).await.unwrap(), 200);
        let answer = connection.exchange(&get).await.unwrap();
        assert_eq!((answer.status, answer.body.as_slice()), (503, b"not!".as_slice()));
        assert_eq!(answer.header("transfer-encoding"), Some("chunked"));
    }
}

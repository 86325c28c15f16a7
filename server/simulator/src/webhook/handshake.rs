//! The verification handshake: does the server know the verify token (Meta, "Webhooks: verification requests")?

use crate::{ids, simulator::Simulator};

/// Why a server is not accepted as the receiver of webhooks.
#[derive(Debug, thiserror::Error)]
pub enum HandshakeError {
    #[error("the server cannot be reached")]
    Unreachable(#[source] reqwest::Error),
    #[error("the server answered {0}; is the verify token the same on both sides?")]
    Refused(u16),
    #[error("the server did not give the challenge back as the body of its answer")]
    WrongChallenge,
}

impl Simulator {
    /// Asks the server what Meta asks when a callback URL is entered. Webhooks are sent whether it was asked or not.
    pub async fn verify_webhook(&self) -> Result<(), HandshakeError> {
        let challenge = ids::trace();
        let mut url = self.inner.callback.clone();
        url.query_pairs_mut()
            .append_pair("hub.mode", "subscribe")
            .append_pair("hub.challenge", &challenge)
            .append_pair("hub.verify_token", &self.inner.config.verify_token);
        let answer = self.inner.http.get(url).send().await.map_err(HandshakeError::Unreachable)?;
        if answer.status().as_u16() != 200 {
            return Err(HandshakeError::Refused(answer.status().as_u16()));
        }
        let body = answer.text().await.map_err(HandshakeError::Unreachable)?;
        if body == challenge { Ok(()) } else { Err(HandshakeError::WrongChallenge) }
    }
}

//! Fault scripts: what they are made of. Rules are tried in order, and the first that fires wins.

use serde::{Deserialize, Serialize};

/// What is to go wrong, until another script or none takes its place.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FaultScript {
    /// The same seed and the same requests in the same order have the same fate.
    #[serde(default)]
    pub seed: u64,
    /// What happens to requests to the Graph API.
    #[serde(default)]
    pub graph: Vec<GraphRule>,
    /// What happens to deliveries of webhooks.
    #[serde(default)]
    pub webhooks: Vec<WebhookRule>,
}

/// When a rule holds; the default is always.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct When {
    /// From 0 to 1.
    #[serde(default = "always")]
    pub probability: f64,
    /// Only for this phone number id.
    #[serde(default)]
    pub number: Option<String>,
    /// Only for this customer, in digits.
    #[serde(default)]
    pub to: Option<String>,
    /// Milliseconds since the script was put.
    #[serde(default)]
    pub from_ms: u64,
    #[serde(default)]
    pub until_ms: Option<u64>,
    /// Fires at most so often.
    #[serde(default)]
    pub limit: Option<u64>,
}

fn always() -> f64 {
    1.0
}

impl Default for When {
    fn default() -> Self {
        Self { probability: 1.0, number: None, to: None, from_ms: 0, until_ms: None, limit: None }
    }
}

/// A rule for the messages endpoint.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GraphRule {
    #[serde(flatten)]
    pub fault: GraphFault,
    #[serde(flatten)]
    pub when: When,
    /// Holds for every Graph request, not only for messages.
    #[serde(default)]
    pub any: bool,
}

/// What happens to a request. Where `accepted` is true, the message goes its way all the same.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum GraphFault {
    /// Accepted, then the connection is closed without an answer.
    DropAnswer,
    /// The connection is closed; nothing is accepted.
    DropBefore,
    /// Accepted, then the answer is cut in the middle.
    Truncate,
    /// An error of Meta's, with its usual status unless another is given.
    Error {
        code: u32,
        #[serde(default)]
        status: Option<u16>,
        #[serde(default)]
        details: Option<String>,
        #[serde(default)]
        accepted: bool,
    },
    /// The page of a proxy.
    Html {
        #[serde(default = "bad_gateway")]
        status: u16,
        #[serde(default)]
        accepted: bool,
    },
    /// No body.
    Empty {
        #[serde(default = "ok")]
        status: u16,
        #[serde(default)]
        accepted: bool,
    },
    /// Status 200 with an error in it.
    #[serde(rename = "error_in_200")]
    ErrorIn200 {
        code: u32,
        #[serde(default)]
        accepted: bool,
    },
    /// An error whose `error_data` is a string.
    ErrorDataString {
        code: u32,
        #[serde(default)]
        accepted: bool,
    },
    /// A late answer.
    Delay { ms: u64 },
    /// No answer, for as long as the client waits.
    Hang,
    /// Error 130429.
    RateLimited,
    /// Error 131056.
    PairLimited,
    /// Error 190.
    ExpiredToken,
}

fn bad_gateway() -> u16 {
    502
}

fn ok() -> u16 {
    200
}

/// A rule for deliveries.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WebhookRule {
    #[serde(flatten)]
    pub fault: WebhookFault,
    #[serde(flatten)]
    pub when: When,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum WebhookFault {
    /// The delivery arrives so many times in all: at once, or each after the one before was taken.
    Duplicate {
        #[serde(default = "twice")]
        copies: u8,
        #[serde(default)]
        parallel: bool,
    },
    /// This and the next deliveries of the number, so many in all, are shuffled.
    Reorder { window: usize },
    /// The delivery comes later: after `ms`, or after a random time up to `max_ms`.
    Delay {
        #[serde(default)]
        ms: Option<u64>,
        #[serde(default)]
        max_ms: Option<u64>,
    },
}

fn twice() -> u8 {
    2
}

/// Why a script is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FaultScriptError {
    #[error("a probability is between 0 and 1")]
    Probability,
    #[error("a status is between 200 and 599")]
    Status,
    #[error("there are 2 to 5 copies of a duplicate")]
    Copies,
    #[error("a window has 2 to 1000 deliveries")]
    Window,
    #[error("a delay has ms or max_ms, up to an hour")]
    Delay,
    #[error("a customer is given as digits")]
    Customer,
}

const LONGEST_DELAY: u64 = 3_600_000;

impl FaultScript {
    pub(super) fn check(&self) -> Result<(), FaultScriptError> {
        use FaultScriptError as Error;
        for rule in &self.graph {
            rule.when.check()?;
            match rule.fault {
                GraphFault::Error { status: Some(status), .. }
                | GraphFault::Html { status, .. }
                | GraphFault::Empty { status, .. }
                    if !(200..=599).contains(&status) =>
                {
                    return Err(Error::Status);
                }
                GraphFault::Delay { ms } if ms > LONGEST_DELAY => return Err(Error::Delay),
                _ => {}
            }
        }
        for rule in &self.webhooks {
            rule.when.check()?;
            match rule.fault {
                WebhookFault::Duplicate { copies, .. } if !(2..=5).contains(&copies) => return Err(Error::Copies),
                WebhookFault::Reorder { window } if !(2..=1000).contains(&window) => return Err(Error::Window),
                WebhookFault::Delay { ms, max_ms } if ms.or(max_ms).is_none_or(|ms| ms > LONGEST_DELAY) => {
                    return Err(Error::Delay);
                }
                _ => {}
            }
        }
        Ok(())
    }
}

impl When {
    fn check(&self) -> Result<(), FaultScriptError> {
        if !(0.0..=1.0).contains(&self.probability) {
            return Err(FaultScriptError::Probability);
        }
        if self.to.as_ref().is_some_and(|to| crate::phone::Digits::parse(to).is_err()) {
            return Err(FaultScriptError::Customer);
        }
        Ok(())
    }
}

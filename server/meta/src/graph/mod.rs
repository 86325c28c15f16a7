//! The Graph API client: what is asked of Meta, and what its answers mean.

mod client;
mod code;
mod error;
mod interactive;
mod message;
mod outcome;
mod page;
mod remedy;
mod template;
mod transport;

pub use client::{Accepted, BusinessAccount, GraphClient, MediaUrl, PhoneNumber, Upload};
pub use code::{CodeInfo, RetryClass, lookup};
pub use error::MetaError;
pub use interactive::{Action, Button, Header, Interactive, ProductSection, Row, Section};
pub use message::{Location, Media, MediaSource, OutgoingContent, OutgoingMessage, Recipient};
pub use outcome::{Outcome, SendFailure};
pub use page::{PageAttachment, PageMessage, PageRecipient, QuickReply, SenderAction};
pub use template::{Component, Parameter, Template};
pub use transport::{HttpRequest, HttpResponse, HttpTransport, ReqwestTransport, TransportError};

//! What a person does with their phone: write, and look.

use crate::{
    bulk::BulkError,
    events::Change,
    faults::FaultScriptError,
    ids::Wamid,
    magic,
    media::{Enclosure, MediaError},
    message::{Author, Message, Status},
    phone::{Digits, PhoneError},
    simulator::Simulator,
    webhook,
};

/// The longest text, in characters: the messages endpoint's own limit, kept in both directions.
pub(crate) const LONGEST_TEXT: usize = 4096;
const LONGEST_NAME: usize = 100;

/// Why the sandbox refuses something; the sentences are for the person at the keyboard.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SandboxError {
    #[error(transparent)]
    Phone(#[from] PhoneError),
    #[error("no business number is registered yet; PUT /__sim/numbers/{{key}} makes one")]
    NoNumber,
    #[error("there is no business number {0:?}; GET /__sim/numbers lists them")]
    UnknownNumber(String),
    #[error("no phone {0:?} has been used yet")]
    UnknownPhone(String),
    #[error("the text is empty")]
    EmptyText,
    #[error("the text has {0} characters; at most 4096 are possible")]
    LongText(usize),
    #[error("a name has 1 to 100 characters")]
    Name,
    #[error("a key has 1 to 128 characters")]
    Key,
    #[error("there are a thousand numbers already; use one of them")]
    TooManyNumbers,
    #[error("the quoted message is not on this phone")]
    UnknownMessage,
    #[error("only messages of type \"text\" can be written, not {0:?}; files are sent as \"media\"")]
    Type(String),
    #[error(transparent)]
    Media(#[from] MediaError),
    #[error(transparent)]
    Faults(#[from] FaultScriptError),
    #[error(transparent)]
    Bulk(#[from] BulkError),
    #[error("there is no bulk {0}")]
    UnknownBulk(u64),
    #[error("{0}")]
    Body(String),
}

/// A text as the customer writes it, or a file with a caption.
#[derive(Debug, Default)]
pub(crate) struct Written<'a> {
    pub(crate) phone: &'a str,
    /// Renames the profile when given.
    pub(crate) name: Option<&'a str>,
    /// The business number by id, key or telephone number; the one registered last if absent.
    pub(crate) number: Option<&'a str>,
    /// With a file it is the caption and may be empty.
    pub(crate) text: &'a str,
    /// The message that is quoted.
    pub(crate) reply_to: Option<&'a str>,
    pub(crate) file: Option<Enclosure>,
}

/// A name of a person or a business, without the space around it.
pub(crate) fn name(raw: &str) -> Result<&str, SandboxError> {
    let name = raw.trim();
    if (1..=LONGEST_NAME).contains(&name.chars().count()) { Ok(name) } else { Err(SandboxError::Name) }
}

impl Simulator {
    /// A customer writes a text to a business number; the signed webhook follows. Gives the message's id.
    pub fn customer_writes(
        &self,
        phone: &str,
        name: &str,
        number_id: &str,
        text: &str,
    ) -> Result<String, SandboxError> {
        self.write(Written { phone, name: Some(name), number: Some(number_id), text, ..Written::default() })
    }

    pub(crate) fn write(&self, written: Written<'_>) -> Result<String, SandboxError> {
        let digits = Digits::parse(written.phone)?;
        let name = written.name.map(name).transpose()?;
        let length = written.text.chars().count();
        if written.text.trim().is_empty() && written.file.is_none() {
            return Err(SandboxError::EmptyText);
        }
        if length > LONGEST_TEXT {
            return Err(SandboxError::LongText(length));
        }
        let now = self.now();
        let (message, number_id) = {
            let mut world = self.world();
            let number = world
                .number_named(written.number)
                .ok_or_else(|| {
                    written.number.map_or(SandboxError::NoNumber, |n| SandboxError::UnknownNumber(n.to_owned()))
                })?
                .clone();
            let quoted = match written.reply_to {
                None => None,
                Some(id) => Some(
                    world
                        .phone(&digits)
                        .and_then(|phone| {
                            phone.messages.iter().find(|m| m.id == id && m.phone_number_id == number.phone_number_id)
                        })
                        .ok_or(SandboxError::UnknownMessage)?
                        .clone(),
                ),
            };
            let kept = written.file.map(|file| self.keep(&number.phone_number_id, file, written.text, now));
            let (kind, text, media, shown) = match kept {
                None => ("text".to_owned(), written.text.to_owned(), None, None),
                Some(kept) => (kept.kind.to_owned(), kept.shown, Some(kept.webhook), Some(kept.id)),
            };
            let message = Message {
                id: Wamid::new(Author::Customer, digits).to_string(),
                phone_number_id: number.phone_number_id.clone(),
                author: Author::Customer,
                at: now,
                kind,
                text,
                reply_to: written.reply_to.map(str::to_owned),
                status: Status::Accepted,
                failure: None,
                callback_data: None,
                to_user_id: false,
                category: None,
                media: shown,
            };
            let phone = world.phone_for(&digits, name, &self.inner.config.app_secret, now);
            phone.last_wrote.insert(number.phone_number_id.clone(), now);
            let update = webhook::incoming(&number, phone, &message, quoted.as_ref(), media);
            world.add_message(&digits, message.clone());
            if number.subscribed {
                for _ in 0..magic::Behaviour::of(&digits).copies() {
                    world.outbox.queue(&number, update.clone());
                }
            }
            (message, number.phone_number_id.clone())
        };
        let id = message.id.clone();
        self.tell(Change::Message { phone: digits, message });
        self.deliver(&number_id);
        Ok(id)
    }

    /// The customer looks at a thread (at all threads, without a number): what was delivered is read, and the business
    /// hears of it. Gives how many messages that were.
    pub fn read(&self, phone: &str, number_id: Option<&str>) -> Result<usize, SandboxError> {
        let digits = Digits::parse(phone)?;
        let unread: Vec<(String, Status)> = {
            let world = self.world();
            let phone = world.phone(&digits).ok_or_else(|| SandboxError::UnknownPhone(phone.to_owned()))?;
            let unread = |m: &&Message| {
                m.author == Author::Business
                    && m.status == Status::Delivered
                    && number_id.is_none_or(|number_id| m.phone_number_id == number_id)
            };
            phone.messages.iter().filter(unread).map(|m| (m.id.clone(), Status::Read)).collect()
        };
        self.advance(&unread);
        Ok(unread.len())
    }

    /// What is on a phone, oldest first; nothing if the phone was never used.
    pub fn phone_messages(&self, phone: &str) -> Vec<Message> {
        let Ok(digits) = Digits::parse(phone) else { return Vec::new() };
        self.world().phone(&digits).map(|phone| phone.messages.iter().cloned().collect()).unwrap_or_default()
    }
}

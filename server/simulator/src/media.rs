//! Files: what businesses upload and customers send (Meta, "Media"). Kept in memory only, up to [`MEMORY`]; the oldest go
//! first.

use std::collections::{HashMap, VecDeque};

use axum::http::StatusCode;
use base64::{Engine as _, prelude::BASE64_STANDARD};
use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use crate::{
    customer::{SandboxError, Written},
    signature,
    simulator::{Simulator, lock},
};

/// How many bytes all files have together.
const MEMORY: usize = 256 * 1024 * 1024;
/// What a business uploads.
const UPLOADED: SignedDuration = SignedDuration::from_hours(30 * 24);
/// What a customer sends.
const RECEIVED: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How long a download address is good, in seconds.
const ADDRESS: i64 = 300;
const LONGEST_CAPTION: usize = 1024;

const KIB: usize = 1024;
const MIB: usize = 1024 * 1024;

/// A kind of file: its name in messages, what a phone shows, its largest size, and its types.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    shown: &'static str,
    most: usize,
    types: &'static [&'static str],
}

static KINDS: [Kind; 5] = [
    Kind { name: "image", shown: "Photo", most: 5 * MIB, types: &["image/jpeg", "image/png"] },
    Kind { name: "sticker", shown: "Sticker", most: 500 * KIB, types: &["image/webp"] },
    Kind { name: "video", shown: "Video", most: 16 * MIB, types: &["video/mp4", "video/3gpp"] },
    Kind {
        name: "audio",
        shown: "Audio",
        most: 16 * MIB,
        types: &["audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"],
    },
    Kind {
        name: "document",
        shown: "Document",
        most: 100 * MIB,
        types: &[
            "text/plain",
            "application/pdf",
            "application/msword",
            "application/vnd.ms-excel",
            "application/vnd.ms-powerpoint",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ],
    },
];

impl Kind {
    fn named(name: &str) -> Option<&'static Self> {
        KINDS.iter().find(|kind| kind.name == name)
    }

    /// The kind that a MIME type belongs to; its parameters (`; codecs=opus`) do not matter.
    fn of_type(mime_type: &str) -> Option<&'static Self> {
        KINDS.iter().find(|kind| kind.has(mime_type))
    }

    fn has(&self, mime_type: &str) -> bool {
        let essence = mime_type.split(';').next().unwrap_or_default().trim();
        self.types.iter().any(|known| known.eq_ignore_ascii_case(essence))
    }
}

/// Why a file is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MediaError {
    #[error("files are image, video, audio, document or sticker, not {0:?}")]
    Kind(String),
    #[error("{0:?} is not a type of this kind of file")]
    Type(String),
    #[error("the file is not base64")]
    Base64,
    #[error("the file is empty")]
    Empty,
    #[error("the file has {0} bytes; at most {1} are possible")]
    Large(usize, usize),
    #[error("a caption has at most 1024 characters")]
    Caption,
}

impl MediaError {
    pub(crate) fn status(&self) -> StatusCode {
        if matches!(self, Self::Large(..)) { StatusCode::PAYLOAD_TOO_LARGE } else { StatusCode::BAD_REQUEST }
    }
}

/// A file as a customer sends it.
#[derive(Clone, Debug, Deserialize)]
pub struct MediaFile {
    /// `image`, `video`, `audio`, `document` or `sticker`.
    #[serde(rename = "type")]
    pub kind: String,
    pub mime_type: String,
    pub base64: String,
    pub filename: Option<String>,
    pub caption: Option<String>,
}

/// A file that may be sent.
#[derive(Debug)]
pub(crate) struct Enclosure {
    kind: &'static str,
    mime_type: String,
    filename: Option<String>,
    bytes: Bytes,
}

impl Enclosure {
    /// Reads a customer's file. WhatsApp sends documents of any type.
    pub(crate) fn read(file: &MediaFile) -> Result<Self, MediaError> {
        let kind = Kind::named(&file.kind).ok_or_else(|| MediaError::Kind(file.kind.clone()))?;
        let is_typed = kind.name == "document" && file.mime_type.contains('/');
        if !is_typed && !kind.has(&file.mime_type) {
            return Err(MediaError::Type(file.mime_type.clone()));
        }
        if file.caption.as_ref().is_some_and(|caption| caption.chars().count() > LONGEST_CAPTION) {
            return Err(MediaError::Caption);
        }
        let bytes = BASE64_STANDARD.decode(file.base64.trim()).map_err(|_| MediaError::Base64)?;
        check_size(kind, bytes.len())?;
        Ok(Self {
            kind: kind.name,
            mime_type: file.mime_type.clone(),
            filename: file.filename.clone(),
            bytes: bytes.into(),
        })
    }

    /// Reads an upload of a business, whose type must be one of Meta's.
    pub(crate) fn upload(mime_type: &str, filename: Option<String>, bytes: Bytes) -> Result<Self, MediaError> {
        let kind = Kind::of_type(mime_type).ok_or_else(|| MediaError::Type(mime_type.to_owned()))?;
        check_size(kind, bytes.len())?;
        Ok(Self { kind: kind.name, mime_type: mime_type.to_owned(), filename, bytes })
    }
}

fn check_size(kind: &Kind, length: usize) -> Result<(), MediaError> {
    match length {
        0 => Err(MediaError::Empty),
        length if length > kind.most => Err(MediaError::Large(length, kind.most)),
        _ => Ok(()),
    }
}

/// The types that can be uploaded, for a refusal.
pub(crate) fn types() -> String {
    KINDS.iter().flat_map(|kind| kind.types).copied().collect::<Vec<_>>().join(", ")
}

/// A file that is kept.
#[derive(Clone, Debug)]
pub(crate) struct File {
    /// The phone number id that may use it.
    pub(crate) number: String,
    pub(crate) mime_type: String,
    pub(crate) bytes: Bytes,
    pub(crate) sha256: [u8; 32],
    until: Timestamp,
}

/// All files, by id.
#[derive(Debug, Default)]
pub(crate) struct Files {
    by_id: HashMap<String, File>,
    by_age: VecDeque<String>,
    size: usize,
}

impl Files {
    fn add(&mut self, file: File) -> String {
        // Sixteen digits, the first not zero.
        let id = rand::random_range(1_000_000_000_000_000_u64..10_000_000_000_000_000).to_string();
        self.size += file.bytes.len();
        self.by_id.insert(id.clone(), file);
        self.by_age.push_back(id.clone());
        while self.size > MEMORY
            && let Some(oldest) = self.by_age.pop_front()
        {
            self.remove(&oldest);
        }
        id
    }

    fn remove(&mut self, id: &str) -> bool {
        let removed = self.by_id.remove(id);
        self.size -= removed.as_ref().map_or(0, |file| file.bytes.len());
        removed.is_some()
    }

    fn get(&self, id: &str, now: Timestamp) -> Option<&File> {
        self.by_id.get(id).filter(|file| file.until > now)
    }
}

/// What became of a customer's file.
pub(crate) struct Kept {
    pub(crate) id: String,
    pub(crate) kind: &'static str,
    /// What the phone shows.
    pub(crate) shown: String,
    /// What the webhook says of it.
    pub(crate) webhook: Value,
}

impl Simulator {
    /// A customer sends a file to a business number; the signed webhook follows. Gives the message's id.
    pub fn customer_sends(
        &self,
        phone: &str,
        name: &str,
        number_id: &str,
        file: &MediaFile,
    ) -> Result<String, SandboxError> {
        self.write(Written {
            phone,
            name: Some(name),
            number: Some(number_id),
            text: file.caption.as_deref().unwrap_or_default(),
            file: Some(Enclosure::read(file)?),
            ..Written::default()
        })
    }

    /// Keeps a customer's file.
    pub(crate) fn keep(&self, phone_number_id: &str, file: Enclosure, caption: &str, now: Timestamp) -> Kept {
        let sha256: [u8; 32] = Sha256::digest(&file.bytes).into();
        let mut webhook = Map::new();
        webhook.insert("mime_type".into(), file.mime_type.as_str().into());
        webhook.insert("sha256".into(), BASE64_STANDARD.encode(sha256).into());
        let caption = Some(caption).filter(|caption| !caption.is_empty());
        match file.kind {
            "audio" => {
                webhook.insert("voice".into(), file.mime_type.starts_with("audio/ogg").into());
            }
            "sticker" => {
                webhook.insert("animated".into(), false.into());
            }
            _ => {
                if let Some(caption) = caption {
                    webhook.insert("caption".into(), caption.into());
                }
            }
        }
        if let Some(filename) = file.filename.as_deref().filter(|_| file.kind == "document") {
            webhook.insert("filename".into(), filename.into());
        }
        let parts = [Kind::named(file.kind).map(|kind| kind.shown), file.filename.as_deref(), caption];
        let shown = parts.into_iter().flatten().collect::<Vec<_>>().join(": ");
        let kind = file.kind;
        let id = self.store(phone_number_id, file, sha256, now + RECEIVED);
        webhook.insert("id".into(), id.as_str().into());
        Kept { id, kind, shown, webhook: webhook.into() }
    }

    /// Keeps an upload of a business; gives its id.
    pub(crate) fn upload(&self, phone_number_id: &str, file: Enclosure) -> String {
        let sha256 = Sha256::digest(&file.bytes).into();
        self.store(phone_number_id, file, sha256, self.now() + UPLOADED)
    }

    fn store(&self, number: &str, file: Enclosure, sha256: [u8; 32], until: Timestamp) -> String {
        let file = File { number: number.to_owned(), mime_type: file.mime_type, bytes: file.bytes, sha256, until };
        lock(&self.inner.files).add(file)
    }

    /// A file that is still kept.
    pub(crate) fn file(&self, id: &str) -> Option<File> {
        lock(&self.inner.files).get(id, self.now()).cloned()
    }

    pub(crate) fn delete_file(&self, id: &str) {
        lock(&self.inner.files).remove(id);
    }

    /// Whether a number may send a file as that kind of message.
    pub(crate) fn can_send_file(&self, phone_number_id: &str, id: &str, kind: &str) -> bool {
        let files = lock(&self.inner.files);
        let file = files.get(id, self.now()).filter(|file| file.number == phone_number_id);
        file.is_some_and(|file| Kind::named(kind).is_some_and(|kind| kind.has(&file.mime_type)))
    }

    /// The query of a download address, which is good for five minutes.
    pub(crate) fn download_query(&self, id: &str) -> String {
        let until = self.now().as_second() + ADDRESS;
        format!("mid={id}&source=getMedia&ext={until}&hash={}", self.download_hash(id, until))
    }

    /// Whether a download address is genuine and still good.
    pub(crate) fn may_download(&self, id: &str, until: i64, hash: &str) -> bool {
        until >= self.now().as_second() && self.download_hash(id, until) == hash
    }

    fn download_hash(&self, id: &str, until: i64) -> String {
        let secret = &self.inner.config.app_secret;
        hex::encode(signature::derive(secret, "charla-simulator/media", &format!("{id}/{until}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(length: usize) -> File {
        File {
            number: "1".into(),
            mime_type: "image/png".into(),
            bytes: vec![0; length].into(),
            sha256: [0; 32],
            until: Timestamp::MAX,
        }
    }

    #[test]
    fn memory_is_bounded_and_the_oldest_go_first() {
        let mut files = Files::default();
        let ids: Vec<String> = (0..5).map(|_| files.add(file(60 * MIB))).collect();
        let kept: Vec<bool> = ids.iter().map(|id| files.get(id, Timestamp::UNIX_EPOCH).is_some()).collect();
        assert_eq!(kept, [false, true, true, true, true]);
        assert_eq!(files.size, 240 * MIB);
        assert!(files.remove(&ids[1]) && !files.remove(&ids[1]));
        assert_eq!(files.size, 180 * MIB);
    }

    #[test]
    fn types_and_sizes_are_metas() {
        let upload = |mime_type: &str, length: usize| {
            Enclosure::upload(mime_type, None, vec![0; length].into()).map(|file| file.kind)
        };
        assert_eq!(upload("image/jpeg", 5 * MIB), Ok("image"));
        assert_eq!(upload("image/jpeg", 5 * MIB + 1), Err(MediaError::Large(5 * MIB + 1, 5 * MIB)));
        assert_eq!(upload("audio/ogg; codecs=opus", 16 * MIB), Ok("audio"));
        assert_eq!(upload("image/webp", 500 * KIB), Ok("sticker"));
        assert_eq!(upload("application/pdf", 17 * MIB), Ok("document"));
        assert_eq!(upload("image/gif", 1), Err(MediaError::Type("image/gif".into())));
        assert_eq!(upload("image/png", 0), Err(MediaError::Empty));
    }

    #[test]
    fn files_end() {
        let mut files = Files::default();
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        let id = files.add(File { until: now + RECEIVED, ..file(1) });
        assert!(files.get(&id, now + SignedDuration::from_hours(167)).is_some());
        assert!(files.get(&id, now + SignedDuration::from_hours(168)).is_none());
    }
}

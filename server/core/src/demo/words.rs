//! What is in messages: every type the app shows, short and long texts, rare words.

use charla_shared::message::Content;

use super::{
    dice::Dice,
    vocabulary::{EMOJI, LONG_WORDS, Language},
};

/// What a customer sends. `earlier` is Meta's id of a message that stands before it.
pub(super) fn from_customer(dice: &mut Dice, language: &Language, earlier: Option<&str>) -> Content {
    let caption = |dice: &mut Dice| dice.often(500).then(|| (*dice.one_of(language.questions)).to_owned());
    match (dice.weighted(&[790, 40, 12, 40, 20, 15, 12, 6, 20, 15, 4, 4, 3, 6, 4, 9]), earlier) {
        (1, _) => Content::Image { caption: caption(dice) },
        (2, _) => Content::Video { caption: caption(dice) },
        (3, _) => Content::Audio { voice: dice.often(900) },
        (4, _) => Content::Document { filename: Some(file_name(dice)), caption: caption(dice) },
        (5, _) => Content::Sticker,
        (6, _) => place(dice),
        (7, _) => Content::Contacts { names: vec![dice.one_of(language.given).to_string()] },
        (8, Some(target)) => Content::Reaction {
            emoji: dice.often(950).then(|| dice.zipf_of(EMOJI).to_string()),
            target: target.to_owned(),
        },
        (9, _) => {
            Content::Choice { title: (*dice.one_of(language.questions)).to_owned(), id: Some("option-1".to_owned()) }
        }
        (10, _) => Content::Form { name: Some("Delivery details".to_owned()) },
        (11, _) => Content::Order { items: dice.place(9) + 1, note: caption(dice) },
        (12, _) => Content::System { body: "The customer's number has changed.".to_owned() },
        (13, Some(target)) => {
            Content::Edit { body: text(dice, language, language.questions), target: target.to_owned() }
        }
        (14, Some(target)) => Content::Revoked { target: target.to_owned() },
        (15, _) => Content::Unsupported { kind: "poll_creation".to_owned() },
        _ => Content::Text { body: text(dice, language, language.questions) },
    }
}

/// What a member answers.
pub(super) fn from_member(dice: &mut Dice, language: &Language) -> Content {
    let caption = Some((*dice.one_of(language.answers)).to_owned());
    match dice.weighted(&[940, 20, 5, 10, 25]) {
        1 => Content::Image { caption },
        2 => Content::Video { caption },
        3 => Content::Audio { voice: true },
        4 => Content::Document { filename: Some(file_name(dice)), caption },
        _ => Content::Text { body: text(dice, language, language.answers) },
    }
}

fn file_name(dice: &mut Dice) -> String {
    let kind = ["invoice", "factura", "nota-fiscal", "счёт", "发票", "price list"][dice.place(6)];
    format!("{kind} {}.pdf", dice.between(1000, 99_999))
}

fn place(dice: &mut Dice) -> Content {
    let (latitude, longitude, name) =
        [(-23.5505, -46.6333, "Praça da Sé"), (40.4168, -3.7038, "Puerta del Sol"), (25.1972, 55.2744, "برج خليفة")]
            [dice.place(3)];
    Content::Location { latitude, longitude, name: Some(name.to_owned()), address: None }
}

/// A text: a phrase, words by Zipf's law, a number nobody else has, an emoji; now and then very long.
fn text(dice: &mut Dice, language: &Language, phrases: &[&str]) -> String {
    let phrase = (*dice.zipf_of(phrases)).to_owned();
    match dice.below(1000) {
        0..=449 => phrase,
        450..=649 => {
            let count = dice.between(3, 14);
            words(dice, language, count)
        }
        650..=749 => format!("{phrase} {}", dice.zipf_of(EMOJI)),
        750..=849 => format!("{phrase} #{}", dice.between(10_000, 99_999)),
        850..=899 => dice.zipf_of(EMOJI).repeat(usize::try_from(dice.between(1, 3)).unwrap_or(1)),
        900..=949 => {
            let count = dice.between(5, 12);
            format!("{phrase}\n{}", words(dice, language, count))
        }
        950..=959 => format!("{phrase} {}", dice.one_of(LONG_WORDS)),
        960..=979 => format!("*{phrase}* _{}_ ~{}~", words(dice, language, 2), words(dice, language, 1)),
        980..=994 => {
            let count = dice.between(60, 120);
            words(dice, language, count)
        }
        _ => {
            // The most WhatsApp takes is 4,096 characters.
            let count = dice.between(300, 450);
            let long = words(dice, language, count);
            long.chars().take(4_000).collect::<String>().trim().to_owned()
        }
    }
}

fn words(dice: &mut Dice, language: &Language, count: i64) -> String {
    (0..count.max(1)).map(|_| *dice.zipf_of(language.words)).collect::<Vec<_>>().join(language.between)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use charla_shared::message::{TEXT_MAX, body_rule};

    use super::{super::vocabulary::LANGUAGES, *};

    #[test]
    fn customers_send_every_type_and_every_text_may_be_sent() {
        let (mut dice, mut types) = (Dice::new(1, 1), HashSet::new());
        for language in LANGUAGES {
            for _ in 0..3_000 {
                let content = from_customer(&mut dice, language, Some("wamid.1"));
                types.insert(content.type_name());
                if let Content::Text { body } = content {
                    assert!(body_rule(&body, &()).is_ok(), "{body}");
                    assert!(body.chars().count() <= TEXT_MAX);
                }
            }
        }
        assert_eq!(types.len(), 16, "{types:?}");
    }
}

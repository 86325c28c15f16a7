//! What people are told about Meta's error codes: what happened and what to do.

/// The stable name of what happened and the sentence for people.
pub(super) type Remedy = (&'static str, &'static str);

/// The name shared by everything no message can fail with. It has no translations: the sentence is shown.
pub(super) const OTHER: &str = "other";

const fn other(sentence: &'static str) -> Remedy {
    (OTHER, sentence)
}

// The number and its account.
pub(super) const RECONNECT: Remedy =
    ("reconnect", "WhatsApp no longer accepts the number's access token. An admin has to reconnect the number.");
pub(super) const PERMISSION: Remedy =
    ("permission", "The access token lacks a permission. An admin has to grant it in Meta's business settings.");
pub(super) const REMOVED: Remedy =
    ("removed", "Meta no longer knows this number. An admin has to connect it again or remove it.");
pub(super) const UNREGISTERED: Remedy = (
    "unregistered",
    "The number is not registered with WhatsApp, so nothing can be sent. An admin has to connect it again.",
);
pub(super) const ACCOUNT: Remedy = (
    "account",
    "Meta has restricted the WhatsApp account, so nothing can be sent. An admin has to look into Meta's business settings.",
);
pub(super) const DISPLAY_NAME: Remedy = (
    "display-name",
    "Meta has not approved the number's display name, so nothing can be sent. An admin has to settle it with Meta.",
);
pub(super) const PAYMENT: Remedy =
    ("payment", "There is a problem with the payment of the WhatsApp account. An admin has to solve it with Meta.");
pub(super) const TERMS: Remedy =
    ("terms", "Meta's terms of payment are not accepted. An admin has to accept them in Meta's settings.");
pub(super) const MARKETING_OFF: Remedy = (
    "marketing-off",
    "Marketing messages are switched off for this way of sending. An admin has to change it in Meta's settings.",
);

// What passes by itself.
pub(super) const BUSY: Remedy = ("busy", "WhatsApp is busy. The message is tried again by itself.");
pub(super) const ACCOUNT_PACE: Remedy = (
    "account-pace",
    "The WhatsApp account has made as many requests as Meta allows for now. The message is tried again by itself.",
);
pub(super) const PACE: Remedy =
    ("pace", "This number is sending as fast as WhatsApp allows. The message is tried again by itself.");
pub(super) const PAIR: Remedy =
    ("pair", "Too many messages to this customer in a short time. The message is tried again by itself.");
pub(super) const LIMITED: Remedy =
    ("limited", "WhatsApp limits this number for a while. The message is tried again later.");
pub(super) const CLASSIFIED: Remedy = (
    "classified",
    "WhatsApp limits this number because of how its templates are classified. An admin should check the templates; the limit is lifted by itself.",
);
pub(super) const FORM_PACE: Remedy =
    ("form-pace", "Meta lets the form of this message go out ten times an hour. It is tried again later.");
pub(super) const PREPARING: Remedy =
    ("preparing", "Meta is still preparing the template for marketing. The message is tried again later.");

// The message.
pub(super) const MALFORMED: Remedy =
    ("malformed", "WhatsApp did not accept the form of this message. Nothing was sent; change it and send it again.");
pub(super) const UNSUPPORTED: Remedy = ("unsupported", "WhatsApp does not support this kind of message.");
pub(super) const FILE: Remedy =
    ("file", "WhatsApp could not take the file. It is tried again; if it fails, send another format.");
pub(super) const COMPANION: Remedy = ("companion", "The message can be seen on the business's phone only.");
pub(super) const TEMPLATE: Remedy = (
    "template",
    "WhatsApp does not accept the template as it is. An admin has to check it on the templates page before it is sent again.",
);
pub(super) const PARAMETERS: Remedy =
    ("parameters", "The values do not fit the template. Nothing was sent; correct the values and send it again.");
pub(super) const NOT_MARKETING: Remedy =
    ("not-marketing", "This message cannot go out as marketing. Send it as an ordinary template.");
pub(super) const FORM: Remedy =
    ("form", "Meta has blocked the form of this message. An admin has to mend it in Meta's settings.");

// Its recipient.
pub(super) const WINDOW: Remedy =
    ("window", "The customer has not written for 24 hours, so only a template may be sent.");
pub(super) const UNDELIVERABLE: Remedy = (
    "undeliverable",
    "The message could not be delivered: the number may not be on WhatsApp, its app may be too old, or the customer may have blocked you.",
);
pub(super) const BLOCKED: Remedy = ("blocked", "This customer is blocked. Unblock them to write to them.");
pub(super) const STOPPED: Remedy =
    ("stopped", "This customer has stopped marketing messages from you. Send them no more.");
pub(super) const EXPERIMENT: Remedy =
    ("experiment", "WhatsApp shows this customer no marketing messages at the moment. Do not send it again.");
pub(super) const ENGAGEMENT: Remedy = (
    "engagement",
    "WhatsApp holds this message back so that customers get less marketing. Try again after a day at the earliest.",
);
pub(super) const COUNTRY: Remedy = ("country", "WhatsApp does not let this account write to the customer's country.");
pub(super) const PHONE: Remedy =
    ("phone", "This kind of message needs the customer's phone number, and only their user id is known.");
pub(super) const IDENTITY: Remedy =
    ("identity", "The customer's identity has changed. Make sure who they are before you write.");
pub(super) const RECIPIENTS: Remedy = (
    "recipients",
    "This is a test number and the customer is not on its list of recipients. An admin can add them in Meta's settings.",
);
pub(super) const ITSELF: Remedy = ("itself", "A number cannot write to itself.");
pub(super) const GROUP: Remedy =
    ("group", "The group cannot be written to: it is gone, or the number is not a member or the only one.");
pub(super) const GROUP_SUSPENDED: Remedy =
    ("group-suspended", "Meta has suspended the group, so it cannot be written to.");

// Registering a number.
pub(super) const DEREGISTERING: Remedy =
    other("The number is still being taken off its old registration. Try to connect it again later.");
pub(super) const PIN: Remedy =
    other("The number's PIN is wrong. An admin has to enter the right one or set a new one with Meta.");
pub(super) const PIN_GUESSES: Remedy =
    other("The number's PIN was wrong too often. An admin has to wait before trying again.");
pub(super) const UNVERIFIED: Remedy =
    other("The number must be verified first. An admin has to ask Meta for a code and enter it.");
pub(super) const JUST_REMOVED: Remedy = other("The number was removed a moment ago. Connect it again in five minutes.");
pub(super) const REGISTERED_OFTEN: Remedy =
    other("The number was registered too often. Connect it again in three days.");
pub(super) const PHONE_APP: Remedy =
    other("The number's WhatsApp Business app could not be connected. An admin has to connect the number again.");
pub(super) const USERNAME: Remedy =
    other("Meta did not accept the business's username. An admin has to choose another or ask Meta.");

// Groups and calls.
pub(super) const GROUP_CHANGE: Remedy =
    other("WhatsApp did not accept this for the group. Check the group and its members.");
pub(super) const GROUP_PACE: Remedy = other("The group was changed too often in a short time. Try again later.");
pub(super) const NO_GROUPS: Remedy =
    other("This number may not have groups at the moment. An admin has to look into Meta's settings.");
pub(super) const CALLS: Remedy = other(
    "The number may not make calls. An admin has to switch calling on in Meta's business settings, if Meta offers it.",
);
pub(super) const CALL: Remedy =
    other("The call could not be made: the customer cannot be called now. Try again later or write.");
pub(super) const CALL_PACE: Remedy =
    other("This number makes as many calls as WhatsApp allows. Call again in a while.");
pub(super) const CALL_LIMIT: Remedy =
    other("WhatsApp does not allow another call to this customer now. Ask them for permission, or wait a day.");

// Lists, settings and files fetched.
pub(super) const FETCH: Remedy =
    other("The file could not be fetched from WhatsApp. Ask the customer to send it again.");
pub(super) const LIST: Remedy = other("Meta's list has changed meanwhile. Load it again from its first page.");
pub(super) const BLOCKING: Remedy =
    other("Some customers could not be blocked or unblocked. Load the list again and repeat what is missing.");
pub(super) const BLOCKED_FULL: Remedy = other("The list of blocked customers is full. Unblock others first.");
pub(super) const FLOW: Remedy =
    other("Meta did not accept this change of the form. An admin has to correct the form in Meta's settings.");
pub(super) const SETTING: Remedy =
    other("Meta did not accept this change. Nothing was changed; correct the values and try again.");
pub(super) const FIGURES: Remedy =
    other("Meta has no figures for this template. An admin has to allow them in Meta's settings.");
pub(super) const DONE: Remedy = other("This was done already. There is nothing to do.");

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::OTHER;
    use crate::graph::lookup;

    const ENGLISH: &str = include_str!("../../../../app/locales/en/delivery.ftl");
    const SPANISH: &str = include_str!("../../../../app/locales/es/delivery.ftl");
    /// Failures that are not Meta's.
    const OURS: [&str; 3] = ["interrupted", "held-back", "no-address"];

    /// The reasons a language has words for.
    fn words(language: &str) -> BTreeMap<&str, &str> {
        language.lines().filter_map(|line| line.strip_prefix("failure-")?.split_once(" = ")).collect()
    }

    #[test]
    fn every_remedy_has_one_sentence_and_words_in_each_language() {
        let mut remedies = BTreeMap::new();
        for info in (0..3_000_000).filter_map(lookup).filter(|info| info.key != OTHER) {
            assert_eq!(*remedies.entry(info.key).or_insert(info.remedy), info.remedy, "{}", info.key);
        }
        let sentences: BTreeSet<&str> = remedies.values().copied().collect();
        assert_eq!(sentences.len(), remedies.len(), "no sentence has two names");

        let (english, spanish) = (words(ENGLISH), words(SPANISH));
        for (key, remedy) in &remedies {
            let same = english.get(key).map(|words| words.replace('\u{2019}', "'"));
            assert_eq!(same.as_deref(), Some(*remedy), "{key}");
        }
        let named: BTreeSet<&str> = remedies.into_keys().chain(OURS).collect();
        assert_eq!(english.into_keys().collect::<BTreeSet<_>>(), named);
        assert_eq!(spanish.into_keys().collect::<BTreeSet<_>>(), named);
    }
}

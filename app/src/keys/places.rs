//! The places of a workspace, once for all that lead to them: the rail, the line of settings, the palette, and the letters
//! after `g`.

use charla_shared::permission::{Permission, PermissionSet};

/// What lists a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    /// The rail.
    Rail,
    /// The line above the pages of the settings.
    Settings,
}

/// A place of the workspace.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// The letter that goes there after `g`, if one does.
    pub letter: Option<&'static str>,
    /// The path below the workspace.
    pub path: &'static str,
    /// The key of its name.
    pub words: &'static str,
    /// Its icon.
    pub icon: &'static str,
    /// What it takes to see it.
    pub needs: Option<Permission>,
    /// What lists it.
    pub listed: Listed,
}

const fn rail(
    letter: &'static str,
    path: &'static str,
    icon: &'static str,
    words: &'static str,
    needs: Option<Permission>,
) -> Place {
    Place { letter: Some(letter), path, words, icon, needs, listed: Listed::Rail }
}

const fn page(
    letter: Option<&'static str>,
    path: &'static str,
    icon: &'static str,
    words: &'static str,
    needs: Permission,
) -> Place {
    Place { letter, path, words, icon, needs: Some(needs), listed: Listed::Settings }
}

/// Every place, in the order they are listed.
pub const PLACES: &[Place] = &[
    rail("h", "home", "layout-dashboard", "home-title", Some(Permission::AnalyticsView)),
    rail("i", "inbox", "inbox", "inbox-title", None),
    rail("c", "contacts", "contact", "contacts-title", Some(Permission::ContactsView)),
    rail("s", "settings/members", "settings", "settings-title", Some(Permission::MembersView)),
    page(None, "settings/members", "users", "members-title", Permission::MembersView),
    page(Some("n"), "settings/channels", "smartphone", "channels-title", Permission::ChannelsView),
    page(None, "settings/replies", "message-square-text", "replies-title", Permission::ConversationsReply),
    page(None, "settings/labels", "tag", "labels-title", Permission::ConversationsManage),
    page(None, "settings/contacts", "contact", "contacts-settings", Permission::ContactsView),
];

/// The places somebody may see.
pub fn places(permissions: &PermissionSet) -> impl Iterator<Item = &'static Place> {
    PLACES.iter().filter(|place| place.needs.is_none_or(|needed| permissions.allows(needed)))
}

/// Where a letter after `g` leads somebody.
#[must_use]
pub fn place_of(letter: &str, permissions: &PermissionSet) -> Option<&'static Place> {
    places(permissions).find(|place| place.letter == Some(letter))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_letter_leads_to_two_places() {
        let letters: Vec<_> = PLACES.iter().filter_map(|place| place.letter).collect();
        assert_eq!(letters.iter().collect::<BTreeSet<_>>().len(), letters.len());
    }

    #[test]
    fn a_letter_leads_only_where_one_may_be() {
        let nothing = PermissionSet::default();
        assert_eq!(place_of("i", &nothing).map(|place| place.path), Some("inbox"));
        assert!(place_of("s", &nothing).is_none());
        assert!(place_of("e", &nothing).is_none());
    }
}

//! The entries of the palette: places, actions, people and messages as one list.

use std::cmp::Reverse;

use charla_shared::{
    account::MyWorkspace,
    id::WorkspaceId,
    permission::PermissionSet,
    search::{Found, MessageHit, PersonHit, Piece},
};
use leptos::prelude::*;

use super::{actions::Action, kept::Kept, rank::rank};
use crate::{
    i18n::{Arg, t, t_with},
    keys,
    search::{aside_of, title_of},
};

/// How much more what was used lately is worth.
const LATELY: u32 = 50;

/// What an entry does.
#[derive(Debug, Clone)]
pub enum Run {
    /// Goes to a page of this workspace.
    Go(String),
    /// Opens a conversation of this workspace, beside the list as it is.
    Open(String),
    /// Loads a page outside of it.
    Leave(String),
    /// Does something.
    Do(Callback<()>),
}

/// What an entry belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Used lately.
    Recent,
    /// Where one can go, and what can be done here.
    Commands,
    /// Contacts and their conversations.
    People,
    /// Messages.
    Messages,
}

impl Group {
    /// In the order they are shown.
    pub const ALL: &'static [Self] = &[Self::Recent, Self::Commands, Self::People, Self::Messages];

    /// The key of its name; also the id of its title.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Recent => "palette-recent",
            Self::Commands => "palette-commands",
            Self::People => "palette-people",
            Self::Messages => "palette-messages",
        }
    }
}

/// One line of the palette.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Which; stable.
    pub id: String,
    /// Where it stands.
    pub group: Group,
    /// Its icon.
    pub icon: &'static str,
    /// Its name.
    pub name: String,
    /// What is beside the name, with hits marked.
    pub aside: Vec<Piece>,
    /// The shortcut that does the same.
    pub keys: &'static str,
    /// What it does.
    pub run: Run,
}

impl Entry {
    /// Whether the host has found it, and not the browser among what it has.
    pub const fn is_found(&self) -> bool {
        matches!(self.group, Group::People | Group::Messages)
    }
}

fn command(id: String, icon: &'static str, name: String, run: Run) -> Entry {
    Entry { id, group: Group::Commands, icon, name, aside: Vec::new(), keys: "", run }
}

fn words(text: String) -> Vec<Piece> {
    if text.is_empty() { Vec::new() } else { vec![Piece { text, hit: false }] }
}

/// The places of the workspace the viewer may see, the actions of the page, and the other workspaces.
pub fn commands(
    workspace: WorkspaceId,
    permissions: &PermissionSet,
    actions: &[Action],
    others: &[MyWorkspace],
) -> Vec<Entry> {
    let places = keys::places(permissions).map(|place| {
        let run = Run::Go(format!("/w/{workspace}/{}", place.path));
        command(format!("go {}", place.words), place.icon, t(place.words), run)
    });
    let actions = actions.iter().map(|action| Entry {
        keys: action.keys,
        ..command(format!("do {}", action.id), action.icon, t(action.words), Run::Do(action.run))
    });
    let others = others.iter().filter(|other| other.id != workspace).map(|other| {
        let name = t_with("palette-switch", &[("name", Arg::from(other.name.clone()))]);
        command(format!("switch {}", other.id), "messages-square", name, Run::Leave(format!("/w/{}/inbox", other.id)))
    });
    let account = command("account".to_owned(), "circle-user", t("account-title"), Run::Leave("/account".to_owned()));
    places.chain(actions).chain(others).chain([account]).collect()
}

/// Those that fit what was written, the best first. Of what fits as well, what was used lately comes first.
pub fn fitting(query: &str, commands: Vec<Entry>, kept: &[Kept]) -> Vec<Entry> {
    let mut ranked: Vec<(u32, Entry)> = commands
        .into_iter()
        .filter_map(|entry| {
            let lately = kept.iter().any(|kept| kept.id == entry.id);
            Some((rank(query, &entry.name)? + if lately { LATELY } else { 0 }, entry))
        })
        .collect();
    // Stable: what fits as well stays in its order.
    ranked.sort_by_key(|ranked| Reverse(ranked.0));
    ranked.into_iter().map(|(_, entry)| entry).collect()
}

/// Nothing is written yet: what was used lately, then everything.
pub fn offered(workspace: WorkspaceId, mut commands: Vec<Entry>, kept: &[Kept]) -> Vec<Entry> {
    let here = format!("/w/{workspace}/");
    let mut entries = Vec::new();
    for kept in kept {
        if let Some(place) = commands.iter().position(|entry| entry.id == kept.id) {
            entries.push(Entry { group: Group::Recent, ..commands.remove(place) });
        } else if let Some(href) = kept.href.as_ref().filter(|href| href.starts_with(&here)) {
            let run = Run::Open(href.clone());
            entries.push(Entry { group: Group::Recent, ..command(kept.id.clone(), "history", kept.name.clone(), run) });
        }
    }
    entries.append(&mut commands);
    entries
}

/// What the host found.
pub fn found(workspace: WorkspaceId, found: Found) -> Vec<Entry> {
    let person = |person: PersonHit| {
        let conversation = person.conversation.as_ref()?.id;
        let run = Run::Open(format!("/w/{workspace}/inbox/{conversation}"));
        let (name, aside) = (title_of(&person.contact), words(aside_of(&person)));
        Some(Entry { group: Group::People, aside, ..command(format!("to {conversation}"), "contact", name, run) })
    };
    let message = |message: MessageHit| {
        let run = Run::Open(format!("/w/{workspace}/inbox/{}?message={}", message.conversation, message.id));
        let name = title_of(&message.contact);
        let entry = command(format!("message {}", message.id), "messages-square", name, run);
        Entry { group: Group::Messages, aside: message.snippet, ..entry }
    };
    let people = found.people.into_iter().filter_map(person);
    people.chain(found.messages.into_iter().map(message)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(names: &[&str]) -> Vec<Entry> {
        names.iter().map(|name| command((*name).to_owned(), "x", (*name).to_owned(), Run::Go(String::new()))).collect()
    }

    fn kept(id: &str, href: Option<&str>) -> Kept {
        Kept { id: id.to_owned(), name: id.to_owned(), href: href.map(str::to_owned) }
    }

    fn names(entries: &[Entry]) -> Vec<(&str, Group)> {
        entries.iter().map(|entry| (entry.name.as_str(), entry.group)).collect()
    }

    #[test]
    fn what_was_used_lately_comes_first_of_what_fits_as_well() {
        let found = fitting("num", entries(&["Numbers", "Number two"]), &[kept("Number two", None)]);
        assert_eq!(names(&found), [("Number two", Group::Commands), ("Numbers", Group::Commands)]);
    }

    #[test]
    fn before_anything_is_written_recent_ones_of_this_workspace_stand_on_top() {
        let workspace = WorkspaceId::from(uuid::uuid!("01890a5d-ac96-774b-bcce-b302099a8057"));
        let here = format!("/w/{workspace}/inbox/1");
        let kept = [
            kept("Ana", Some(&here)),
            kept("Numbers", None),
            kept("Eve", Some("/w/another/inbox/2")),
            kept("gone", None),
        ];
        let offered = offered(workspace, entries(&["Inbox", "Numbers"]), &kept);
        assert_eq!(names(&offered), [("Ana", Group::Recent), ("Numbers", Group::Recent), ("Inbox", Group::Commands)]);
    }
}

//! The line of a workspace: one socket for as long as its frame is there, heard by every part that is on screen.
//!
//! A part begins to hear before it asks for what it shows, so that nothing falls between the two. What a page was rendered
//! with was read earlier, on the host: the line begins with the oldest of those readings.

use charla_shared::{
    event::{EventCursor, ServerFrame},
    id::WorkspaceId,
};
use leptos::prelude::*;

use super::socket::{self, Connection};

/// Who hears.
type Ear = Callback<ServerFrame>;

/// The line; a handle, cheap to copy.
#[derive(Debug, Clone, Copy, Default)]
pub struct Line {
    /// How the connection stands.
    pub connection: RwSignal<Connection>,
    /// From where in the log of events it is heard; none before it is.
    from: RwSignal<Option<EventCursor>>,
    /// The oldest reading of what is on screen.
    read: StoredValue<Option<EventCursor>>,
    ears: StoredValue<Vec<(u32, Ear)>>,
    next: StoredValue<u32>,
}

impl Line {
    /// Keeps the socket open for as long as the present owner lives, once it is known from where on
    /// ([`begin`](Self::begin)). For components; on the host nothing is opened.
    pub fn keep_open(self, workspace: Memo<Option<WorkspaceId>>) {
        Effect::new(move |_| {
            if let (Some(workspace), Some(from)) = (workspace.get(), self.from.get()) {
                socket::open(workspace, from, self.connection, move |frame| self.tell(&frame));
            }
        });
    }

    /// Begins to listen, at this place of the log or where something on screen was read before it. Later calls change
    /// nothing.
    pub fn begin(self, at: EventCursor) {
        if self.from.try_get_untracked() == Some(None) {
            let read = self.read.try_get_value().flatten();
            let _ = self.from.try_set(Some(read.map_or(at, |read| read.min(at))));
        }
    }

    /// Something on screen was read when the log of events stood here.
    pub fn was_read(self, at: EventCursor) {
        let _ = self.read.try_update_value(|read| *read = Some(read.map_or(at, |before| before.min(at))));
    }

    /// Whether something that happened after a reading was heard by nobody; none while nothing is heard yet. Followed.
    #[must_use]
    pub fn missed_since(self, read: EventCursor) -> Option<bool> {
        self.from.get().map(|from| read < from)
    }

    /// Hears every frame until the present owner is cleaned up.
    pub fn hear(self, ear: impl Fn(&ServerFrame) + Send + Sync + 'static) {
        let number = self.next.get_value();
        self.next.set_value(number.wrapping_add(1));
        self.ears.update_value(|ears| ears.push((number, Callback::new(move |frame: ServerFrame| ear(&frame)))));
        on_cleanup(move || _ = self.ears.try_update_value(|ears| ears.retain(|(other, _)| *other != number)));
    }

    fn tell(self, frame: &ServerFrame) {
        // Taken out first: whoever hears may bring another page with ears of its own.
        let ears = self.ears.try_with_value(|ears| ears.iter().map(|(_, ear)| *ear).collect::<Vec<_>>());
        for ear in ears.unwrap_or_default() {
            let _ = ear.try_run(frame.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(transaction: u64) -> EventCursor {
        EventCursor { transaction, sequence: 0 }
    }

    #[test]
    fn the_line_begins_where_the_oldest_of_what_is_shown_was_read() {
        let owner = Owner::new();
        owner.with(|| {
            let line = Line::default();
            assert_eq!(line.missed_since(at(1)), None, "nothing is heard yet");
            line.was_read(at(7));
            line.was_read(at(5));
            line.begin(at(6));
            assert_eq!(line.missed_since(at(5)), Some(false));
            assert_eq!(line.missed_since(at(4)), Some(true));
            line.begin(at(2));
            assert_eq!(line.missed_since(at(4)), Some(true), "it begins once");
        });
    }

    #[test]
    fn whoever_is_gone_hears_no_more() {
        let owner = Owner::new();
        owner.with(|| {
            let (line, heard) = (Line::default(), StoredValue::new(0));
            let page = Owner::new();
            page.with(|| line.hear(move |_| heard.update_value(|heard| *heard += 1)));
            line.tell(&ServerFrame::Closed);
            page.cleanup();
            line.tell(&ServerFrame::Closed);
            assert_eq!(heard.get_value(), 1);
        });
    }
}

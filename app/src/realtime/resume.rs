//! Where to go on after a connection is lost.
//!
//! An event's own cursor is safe to come back with: events arrive in order. A heartbeat's cursor says where the log stands,
//! but an event before it may still be in the host's queue for this reader when the line breaks. So a heartbeat only counts
//! once the next one has come: by then everything before the first has been sent.

use charla_shared::event::{EventCursor, ServerFrame};

/// How far this reader has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resume {
    safe: EventCursor,
    heartbeat: Option<EventCursor>,
}

impl Resume {
    /// From where the page was read.
    #[must_use]
    pub const fn from(cursor: EventCursor) -> Self {
        Self { safe: cursor, heartbeat: None }
    }

    /// The cursor to come back with.
    #[must_use]
    pub const fn cursor(self) -> EventCursor {
        self.safe
    }

    /// Takes note of a frame.
    pub fn note(&mut self, frame: &ServerFrame) {
        match frame {
            ServerFrame::Event(event) => self.safe = self.safe.max(event.cursor),
            ServerFrame::Events { events } => {
                self.safe = events.iter().map(|event| event.cursor).fold(self.safe, EventCursor::max);
            }
            ServerFrame::Heartbeat { cursor } => {
                if let Some(before) = self.heartbeat.replace(*cursor) {
                    self.safe = self.safe.max(before);
                }
            }
            // The order of cursors may have begun anew (a restored backup): what was known before counts no more.
            ServerFrame::Reload { cursor } => *self = Self::from(*cursor),
            ServerFrame::Ready { .. } => self.heartbeat = None,
            ServerFrame::Rights | ServerFrame::Closed => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use charla_shared::event::{Event, Happening};

    use super::*;

    fn at(transaction: u64) -> EventCursor {
        EventCursor { transaction, sequence: 0 }
    }

    fn event(transaction: u64) -> ServerFrame {
        ServerFrame::Event(Event { cursor: at(transaction), happening: Happening::ChannelChanged })
    }

    #[test]
    fn an_event_moves_the_cursor_forward_only() {
        let mut resume = Resume::from(at(5));
        resume.note(&event(7));
        resume.note(&event(6));
        assert_eq!(resume.cursor(), at(7));
    }

    #[test]
    fn events_that_come_together_move_it_to_the_last() {
        let mut resume = Resume::from(at(5));
        let event = |transaction| Event { cursor: at(transaction), happening: Happening::ChannelChanged };
        resume.note(&ServerFrame::Events { events: vec![event(6), event(8)] });
        assert_eq!(resume.cursor(), at(8));
    }

    #[test]
    fn a_heartbeat_counts_when_the_next_has_come() {
        let mut resume = Resume::from(at(5));
        resume.note(&ServerFrame::Heartbeat { cursor: at(10) });
        assert_eq!(resume.cursor(), at(5));
        resume.note(&event(9));
        resume.note(&ServerFrame::Heartbeat { cursor: at(20) });
        assert_eq!(resume.cursor(), at(10));
    }

    #[test]
    fn a_heartbeat_of_the_last_connection_does_not_count_in_the_next() {
        let mut resume = Resume::from(at(5));
        resume.note(&ServerFrame::Heartbeat { cursor: at(10) });
        resume.note(&ServerFrame::Ready { cursor: at(5) });
        resume.note(&ServerFrame::Heartbeat { cursor: at(20) });
        assert_eq!(resume.cursor(), at(5));
    }

    #[test]
    fn a_reload_may_go_back() {
        let mut resume = Resume::from(at(500));
        resume.note(&ServerFrame::Reload { cursor: at(3) });
        assert_eq!(resume.cursor(), at(3));
    }
}

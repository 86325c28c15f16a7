//! Which stretch of the list is loaded, as row numbers from the top.
//!
//! Of a long list a stretch of at most [`KEPT`] rows is in memory. Pages are added at either end, and what is far from the
//! reader is dropped at the other. Rows that were dropped keep their room: the list is as high as it was, and nothing
//! jumps. Where each page began is remembered, so that whoever drags the scrollbar to a place seen before gets its page
//! with one request.

use std::ops::Range;

use charla_shared::conversation::ListCursor;

/// The most rows in memory.
pub const KEPT: usize = 600;
/// Rows beyond the sight that are to be loaded ahead.
const AHEAD: usize = 30;
/// Further than this from what is loaded, pages in between are passed over.
const FAR: usize = 150;

/// The loaded stretch and what is known around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extent {
    /// Rows above the first that is loaded.
    pub above: usize,
    /// Rows below the last that is loaded, as far as they were seen.
    pub below: usize,
    /// Whether the list begins with the first that is loaded.
    pub top: bool,
    /// Whether the list ends with the last that is loaded.
    pub end: bool,
    /// Row numbers at which pages began, with the place before each.
    marks: Vec<(usize, ListCursor)>,
}

impl Default for Extent {
    fn default() -> Self {
        Self { above: 0, below: 0, top: true, end: true, marks: Vec::new() }
    }
}

/// What is to be loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Want {
    /// Nothing.
    Nothing,
    /// The page after the last row.
    After,
    /// The page before the first row.
    Before,
    /// The page around this row number, instead of what is loaded.
    At(usize),
}

impl Extent {
    /// A list that was just begun.
    #[must_use]
    pub fn begun(end: bool) -> Self {
        Self { end, ..Self::default() }
    }

    /// A page was added at the end: `added` rows that were not there. `seam` is the place before them.
    pub fn appended(&mut self, loaded_before: usize, added: usize, seam: ListCursor, end: bool) {
        let number = self.above + loaded_before;
        if self.marks.last().is_none_or(|(last, _)| *last < number) {
            self.marks.push((number, seam));
        }
        self.below = if end { 0 } else { self.below.saturating_sub(added) };
        self.end = end;
    }

    /// A page was added at the beginning. Gives by how many rows what was there moved down: none, unless more or fewer rows
    /// came than there was room for.
    #[must_use]
    pub fn prepended(&mut self, added: usize, top: bool) -> isize {
        let room = if top { 0 } else { self.above.saturating_sub(added).max(1) };
        let moved = room.cast_signed() + added.cast_signed() - self.above.cast_signed();
        self.above = room;
        self.top = top;
        moved
    }

    /// How many rows to drop so that no more than [`KEPT`] stay; those at the end when `at_end`.
    #[must_use]
    pub fn trimmed(&mut self, loaded: usize, at_end: bool) -> usize {
        let over = loaded.saturating_sub(KEPT);
        if over > 0 && at_end {
            self.below += over;
            self.end = false;
        } else if over > 0 {
            self.above += over;
            self.top = false;
        }
        over
    }

    /// Another stretch took the place of the loaded one.
    pub fn moved(&mut self, loaded_before: usize, to: usize, loaded: usize, end: bool) {
        let known = self.above + loaded_before + self.below;
        self.above = to;
        self.top = to == 0;
        self.end = end;
        self.below = if end { 0 } else { known.saturating_sub(to + loaded) };
    }

    /// Where the page around a row begins: its row number, and the place before it; none for the list's beginning.
    #[must_use]
    pub fn mark_before(&self, row: usize) -> Option<(usize, ListCursor)> {
        self.marks.iter().rev().find(|(number, _)| number + AHEAD / 2 <= row).copied()
    }

    /// What is to be loaded while these rows are in sight.
    #[must_use]
    pub fn want(&self, sight: &Range<usize>, loaded: usize) -> Want {
        let (first, last) = (self.above, self.above + loaded);
        if sight.start > last + FAR && !self.end || sight.end + FAR < first {
            Want::At(sight.start)
        } else if !self.end && sight.end + AHEAD > last {
            Want::After
        } else if !self.top && sight.start < first + AHEAD {
            Want::Before
        } else {
            Want::Nothing
        }
    }

    /// Which of the loaded rows are in sight, counted from the first that is loaded.
    #[must_use]
    pub fn loaded_in(&self, sight: &Range<usize>, loaded: usize) -> Range<usize> {
        let start = sight.start.saturating_sub(self.above).min(loaded);
        let end = sight.end.saturating_sub(self.above).clamp(start, loaded);
        start..end
    }
}

/// The row numbers in sight, and a few around them, so that a small scroll needs nothing new. All in pixels.
#[must_use]
pub fn sight(scrolled: i32, height: i32, row: i32) -> Range<usize> {
    /// Rows around the sight.
    const AROUND: usize = 8;
    /// The window moves by this many rows at a time.
    const STEP: usize = 4;
    let number = |pixels: i32| usize::try_from(pixels.max(0) / row.max(1)).unwrap_or_default();
    let first = number(scrolled).saturating_sub(AROUND);
    let last = number(scrolled.saturating_add(height)) + 1 + AROUND;
    first / STEP * STEP..last.div_ceil(STEP) * STEP
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    fn place(n: i64) -> ListCursor {
        ListCursor { at: Timestamp::constant(n, 0), id: uuid::Uuid::from_u128(1).into() }
    }

    #[test]
    fn what_is_in_sight_is_a_few_rows_more_than_fit() {
        assert_eq!(sight(0, 640, 64), 0..20);
        let deep = sight(64 * 1_000, 640, 64);
        assert!(deep.start <= 992 && deep.end >= 1_011 && deep.len() < 40, "{deep:?}");
        assert_eq!(sight(64 * 1_000, 640, 64), sight(64 * 1_000 + 3, 640, 64));
        assert_eq!(sight(-50, 0, 0), 0..12, "what cannot be measured yet");
    }

    #[test]
    fn far_rows_are_dropped_and_keep_their_room() {
        let mut extent = Extent::begun(false);
        let mut loaded = 50;
        for page in 1..40 {
            extent.appended(loaded, 50, place(page), false);
            loaded += 50;
            loaded -= extent.trimmed(loaded, false);
        }
        assert_eq!((extent.above, loaded, extent.top), (1_400, KEPT, false));
        assert_eq!(extent.want(&(1_500..1_520), loaded), Want::Nothing);
        assert_eq!(extent.want(&(1_410..1_430), loaded), Want::Before);
        assert_eq!(extent.prepended(50, false), 0, "there was room for them");
        loaded += 50;
        loaded -= extent.trimmed(loaded, true);
        assert_eq!((extent.above, extent.below, loaded), (1_350, 50, KEPT));
        assert_eq!(extent.want(&(100..120), loaded), Want::At(100), "dragged up by the scrollbar");
        assert_eq!(extent.mark_before(120), Some((100, place(2))));
        assert_eq!(extent.mark_before(3), None);
    }

    #[test]
    fn rows_that_came_above_move_the_rest_by_what_there_was_no_room_for() {
        let mut extent = Extent { above: 20, top: false, ..Extent::begun(true) };
        assert_eq!(extent.prepended(50, false), 31, "one more row is known to be there");
        assert_eq!(extent.above, 1);
        assert_eq!(extent.prepended(3, true), 2);
        assert_eq!((extent.above, extent.top), (0, true));
    }

    #[test]
    fn another_stretch_keeps_the_height_of_the_list() {
        let mut extent = Extent { above: 1_400, below: 100, top: false, ..Extent::begun(false) };
        extent.moved(600, 100, 50, false);
        assert_eq!((extent.above, extent.below), (100, 1_950));
        extent.moved(50, 0, 50, false);
        assert!(extent.top);
        assert_eq!(extent.loaded_in(&(40..60), 50), 40..50);
        assert_eq!(extent.loaded_in(&(90..99), 50), 50..50);
    }

    #[test]
    fn what_is_shown_is_always_within_what_is_loaded() {
        for above in [0, 1, 49, 600, 5_000] {
            for loaded in [0, 1, 50, KEPT] {
                for scrolled in (0..400_000).step_by(977) {
                    let extent = Extent { above, ..Extent::default() };
                    let sight = sight(scrolled, 700, 64);
                    let shown = extent.loaded_in(&sight, loaded);
                    assert!(shown.start <= shown.end && shown.end <= loaded);
                    assert!(shown.clone().all(|row| sight.contains(&(above + row))), "{above} {loaded} {scrolled}");
                }
            }
        }
    }
}

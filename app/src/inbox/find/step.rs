//! From one hit to the next.

/// Which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Up the thread.
    Earlier,
    /// Down the thread.
    Later,
}

/// Where a step leads among hits that are counted from the newest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// To this one.
    To(usize),
    /// To the first one of the next page, which has to be loaded.
    Load,
    /// Nowhere.
    Stay,
}

/// A step from a hit among those that are loaded; `more` says that there are earlier ones. Around the ends, where both
/// are known.
pub const fn step(way: Way, at: usize, loaded: usize, more: bool) -> Step {
    match way {
        _ if loaded == 0 => Step::Stay,
        Way::Earlier if at + 1 < loaded => Step::To(at + 1),
        Way::Earlier if more => Step::Load,
        Way::Earlier => Step::To(0),
        Way::Later if at > 0 => Step::To(at - 1),
        Way::Later if more => Step::Stay,
        Way::Later => Step::To(loaded - 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hits_are_gone_through_around_the_ends() {
        assert_eq!(step(Way::Earlier, 0, 3, false), Step::To(1));
        assert_eq!(step(Way::Earlier, 2, 3, false), Step::To(0));
        assert_eq!(step(Way::Later, 1, 3, false), Step::To(0));
        assert_eq!(step(Way::Later, 0, 3, false), Step::To(2));
        assert_eq!(step(Way::Earlier, 0, 1, false), Step::To(0));
    }

    #[test]
    fn an_end_that_is_not_loaded_is_loaded_or_not_gone_around() {
        assert_eq!(step(Way::Earlier, 99, 100, true), Step::Load);
        assert_eq!(step(Way::Earlier, 98, 100, true), Step::To(99));
        assert_eq!(step(Way::Later, 0, 100, true), Step::Stay);
    }

    #[test]
    fn among_nothing_there_is_no_step() {
        assert_eq!(step(Way::Earlier, 0, 0, false), Step::Stay);
        assert_eq!(step(Way::Later, 0, 0, false), Step::Stay);
    }
}

//! A parse that is watched: it takes no second, and little memory for the size of its input.

use std::{
    alloc::{GlobalAlloc, Layout, System},
    cell::Cell,
    time::{Duration, Instant},
};

use charla_meta::webhook::{self, Delivery, NotADelivery};

/// Counts what the thread holds, and the most it held.
struct Counting;

thread_local! {
    static HELD: Cell<usize> = const { Cell::new(0) };
    static MOST: Cell<usize> = const { Cell::new(0) };
}

fn count(grown: usize, shrunk: usize) {
    // Memory may be freed by another thread than its owner's, and after the thread's own cells are gone.
    let _ = HELD.try_with(|held| {
        held.set((held.get() + grown).saturating_sub(shrunk));
        let _ = MOST.try_with(|most| most.set(most.get().max(held.get())));
    });
}

// SAFETY: every call goes to the system's allocator as it came; counting allocates nothing.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size(), 0);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        count(0, layout.size());
        unsafe { System.dealloc(place, layout) }
    }

    unsafe fn realloc(&self, place: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // Both exist while the content moves.
        count(size, 0);
        count(0, layout.size());
        unsafe { System.realloc(place, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Times its input that a parse may hold in memory at most.
const MEMORY_PER_BYTE: usize = 10;
/// What it may hold beside that: the five thousand updates that are the most it reads.
const MEMORY_FREE: usize = 12 * 1024 * 1024;
/// For a delivery of any size, in an unoptimised build.
const PATIENCE: Duration = Duration::from_secs(1);

/// Parses, within the limits of time and memory.
pub fn parse(name: &str, body: &[u8]) -> Result<Delivery, NotADelivery> {
    let (before, began) = (HELD.get(), Instant::now());
    MOST.set(before);
    let outcome = webhook::parse(body);
    let (took, held) = (began.elapsed(), MOST.get() - before);
    assert!(took < PATIENCE, "{name}: {} bytes took {took:?}", body.len());
    let limit = body.len() * MEMORY_PER_BYTE + MEMORY_FREE;
    assert!(held <= limit, "{name}: {} bytes held {held} bytes of memory", body.len());
    outcome
}

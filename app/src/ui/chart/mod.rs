//! Charts: SVG that the host draws, too, readable in both themes and by the keyboard.

mod bars;
mod scale;

pub use bars::{Bars, Point};

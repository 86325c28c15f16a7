//! From values to places in a drawing of fixed size; the browser scales it to the room there is.

/// The drawing's size.
pub const WIDTH: f64 = 720.0;
/// The drawing's height.
pub const HEIGHT: f64 = 220.0;
/// Where bars stand: left, right, above, below.
pub const LEFT: f64 = 44.0;
const RIGHT: f64 = 716.0;
const ABOVE: f64 = 12.0;
/// The ground that bars stand on.
pub const GROUND: f64 = 190.0;

/// The value at the upper edge: the least of 1, 2, 5, 10, 20, … that no value exceeds.
pub fn top(largest: u32) -> u32 {
    let mut unit = 1_u32;
    loop {
        for step in [1, 2, 5] {
            let top = unit.saturating_mul(step);
            if top >= largest || top == u32::MAX {
                return top;
            }
        }
        unit = unit.saturating_mul(10);
    }
}

/// How high a value stands below an upper edge.
pub fn height(value: u32, top: u32) -> f64 {
    (GROUND - ABOVE) * f64::from(value.min(top)) / f64::from(top.max(1))
}

/// Where the place of that many begins.
pub fn left(place: u32, count: u32) -> f64 {
    LEFT + slot(count) * f64::from(place)
}

/// How wide a place is.
pub fn slot(count: u32) -> f64 {
    (RIGHT - LEFT) / f64::from(count.max(1))
}

/// A coordinate as it is written: one digit behind the point, the same on the host and in the browser.
pub fn write(coordinate: f64) -> String {
    format!("{coordinate:.1}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_upper_edge_is_a_round_number() {
        assert_eq!([0, 1, 3, 5, 6, 11, 480, 501, 9_999].map(top), [1, 1, 5, 5, 10, 20, 500, 1_000, 10_000]);
        assert_eq!(top(u32::MAX), u32::MAX);
    }

    #[test]
    fn bars_stand_within_the_drawing() {
        assert_eq!(write(height(5, 10)), "89.0");
        assert_eq!(write(height(0, 10)), "0.0");
        assert_eq!(write(left(0, 24)), "44.0");
        assert_eq!(write(left(24, 24)), "716.0");
    }
}

//! The components everything is made of: native elements with our looks, names and states. The design page shows each.

mod avatar;
mod button;
mod copy;
mod dynamic;
mod field;
mod icon;
mod notice;
mod state;
mod time;

pub use avatar::Avatar;
pub use button::{Button, Submit};
pub use copy::CopyField;
pub use dynamic::{changing, loaded};
pub use field::{BoundField, PasswordField, RoleSelect, TextField};
pub use icon::Icon;
pub use notice::{Badge, FlashNotice, Notice};
pub use state::{EmptyState, ErrorState, Skeleton, problem_words};
pub use time::Time;

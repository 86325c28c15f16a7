//! The components everything is made of: native elements with our looks, names and states. The design page shows each.

mod avatar;
mod button;
pub mod chart;
mod copy;
mod dialog;
mod dynamic;
mod field;
mod icon;
mod menu;
mod notice;
mod picker;
mod state;
mod tag;
mod time;
mod toast;

pub use avatar::Avatar;
pub use button::{Button, Submit};
pub use copy::CopyField;
pub use dialog::Dialog;
pub use dynamic::{changing, loaded};
pub use field::{BoundField, PasswordField, RoleSelect, TextField};
pub use icon::Icon;
pub use menu::{Menu, MenuItem};
pub use notice::{Badge, FlashNotice, Notice};
pub use picker::{Picker, PickerOption};
pub use state::{EmptyState, ErrorState, Skeleton, problem_words};
pub use tag::Tag;
pub use time::Time;
pub use toast::{ToastRegion, Toasts, provide_toasts, use_toasts};

//! One's own account: claiming the installation, logging in, password, logins, language and theme.

pub mod api;
mod forms;
mod log_out;
mod login;
mod page;
mod preferences;
mod sessions;
mod welcome;

pub use forms::{LoginForm, RegisterForm};
pub use log_out::LogOut;
pub use login::LoginPage;
pub use page::AccountPage;
pub use preferences::Preferences;
pub use welcome::WelcomePage;

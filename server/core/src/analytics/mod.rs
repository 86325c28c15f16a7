//! Figures of a workspace (row I1): what happened today beside other days, what waits, volume over time.
//!
//! Every figure is counted from messages and conversations when it is asked for; counts of messages are kept for a few
//! seconds ([`Recent`]), because many members look at the same ones and nobody sees them change faster. Lists of people
//! are read anew with each viewer's own rights. The database knows the time zones.

mod activity;
mod dashboard;
mod period;
mod recent;
mod volume;
mod waiting;

pub use dashboard::dashboard;
pub use recent::Recent;
pub use volume::{export, volume};

use charla_shared::{conversation::ContactView, permission::Permission, phone::Phone};
use uuid::Uuid;

use crate::{Actor, DatabaseError, Failure};

/// A contact as the actor may see it.
fn contact(actor: &Actor, id: Uuid, name: String, username: Option<String>, phone: Option<String>) -> ContactView {
    let full = actor.permissions.allows(Permission::ContactsViewPhone);
    let phone = phone.and_then(|phone| Phone::parse(&phone).ok());
    ContactView {
        id: id.into(),
        name,
        phone: phone.map(|phone| if full { phone.to_string() } else { phone.masked() }),
        username,
    }
}

/// A time zone that Postgres does not know (22023, invalid parameter) is the asker's mistake.
fn zone_is_known(error: sqlx::Error) -> Failure {
    match DatabaseError::from(error) {
        DatabaseError::Refused(sqlx::Error::Database(cause)) if cause.code().as_deref() == Some("22023") => {
            let mut report = garde::Report::new();
            report.append(garde::Path::new("zone"), garde::Error::new("this time zone is not known"));
            Failure::Invalid(report)
        }
        error => error.into(),
    }
}

fn small(count: i64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

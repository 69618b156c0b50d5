//! A server that is going to be killed, and what is waited for and set right after its death.

use crate::engines::Database;
use crate::server::Server;
use crate::world::PRODUCT_KEY_SECRET;
use domain::ids::OrganizationId;
use std::path::Path;
use std::process::Command;
use std::time::Duration;
use store::{Engine, Scope, Store, params, statements};

statements! {
    SESSIONS_OF_VICTIM: shared = "SELECT COUNT(*) FROM pg_stat_activity WHERE application_name = 'victim' \
        AND datname = current_database()";
    LET_LEASES_END: organization = "UPDATE job SET due_at = 0 WHERE organization_id = $1 AND state = 'running'";
}

/// Starts `zetel serve` on a database. Its connections have a name, so that one can see when the last is gone.
///
/// # Panics
/// When it does not start.
#[must_use]
pub fn serve(zetel: &Path, database: &Database) -> Server {
    let address = database.address();
    let address = match database.engine() {
        Engine::Sqlite => address,
        Engine::Postgres if address.contains('?') => format!("{address}&application_name=victim"),
        Engine::Postgres => format!("{address}?application_name=victim"),
    };
    let mut command = Command::new(zetel);
    command.args(["serve", "--database", &address, "--listen", "127.0.0.1:0"]);
    // A world may have made the product keys that it takes.
    command.env("ZETEL_PRODUCT_KEY_SECRET", PRODUCT_KEY_SECRET);
    Server::start_by(command)
}

/// A server of PostgreSQL finishes what a dead client sent it last; waits for that.
///
/// # Panics
/// When the database does not answer.
pub fn wait_for_the_end_of(store: &Store) {
    let sessions = || {
        let count =
            store.read(Scope::Shared, |read| read.query_one(&SESSIONS_OF_VICTIM, params![], |row| row.get::<i64>(0)));
        count.expect("the server answers").unwrap_or_default()
    };
    while store.engine() == Engine::Postgres && sessions() > 0 {
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Makes it as if the minute had passed for which the dead process had its work.
///
/// # Panics
/// When the database does not answer.
pub fn let_leases_end(store: &Store, organization: OrganizationId) {
    let released = store.write(organization, |write| write.change_some(&LET_LEASES_END, params![]));
    released.wait().expect("the database answers");
}

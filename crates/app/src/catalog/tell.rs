//! Tell every organization that has a product something about it, in the background.

use crate::door::{Caller, Change, Command};
use crate::failure::Failure;
use crate::job::Running;
use domain::access::Actor;
use domain::access::permission::OperateCatalog;
use domain::ids::{JobId, ProductId};
use store::Scope;
use store::tables::subscription;

/// Organizations that are told before the work says that it is still alive.
const ORGANIZATIONS: usize = 100;

/// Lets a command run in every organization that has a subscription of the product, by Zetel itself and under the id of
/// the work, so that a command finds what an earlier try did. `told` counts the organizations.
pub(super) fn tell_holders<C: Command<Outcome = ()>>(
    job: &Running<'_>,
    product: ProductId,
    told: &mut i64,
    command: impl Fn() -> C,
) -> Result<(), Failure> {
    let caller = Caller { actor: Actor::system(), request: job.id.to_string() };
    let mut after = None;
    loop {
        let page = job.app.store().read(Scope::Shared, |read| {
            Ok::<_, Failure>(subscription::organizations_with(read, product, after, ORGANIZATIONS)?)
        })?;
        let Some(last) = page.last() else { return Ok(()) };
        after = Some(*last);
        for organization in &page {
            job.app.write(&caller, *organization, command()).wait()?;
            *told += 1;
        }
        job.app.write(&job.caller, job.organization, NoteTold { job: job.id, told: *told }).wait()?;
    }
}

/// Notes how many were told, which keeps the work from being given to another worker.
struct NoteTold {
    job: JobId,
    told: i64,
}

impl Command for NoteTold {
    type Permission = OperateCatalog;
    type Outcome = ();
    const NAME: &'static str = "tell_holders";

    fn execute(&self, change: &Change<'_, OperateCatalog>) -> Result<(), Failure> {
        change.progress(self.job, self.told, self.told)
    }
}

//! Put an organization into another cloud (domain 7).

use crate::door::{Change, Command};
use crate::failure::Failure;
use domain::access::permission::OperateOrganizations;
use domain::event::Subjects;
use domain::organization::change_cloud::decide;
use domain::organization::{Cloud, Organization};
use domain::refusal::Field;
use domain::subscription::due::counted_otherwise;
use store::tables::{organization, payment_method, subscription};

/// Puts an organization into another cloud. No day moves: where one would, the change is refused.
#[derive(Debug, Clone, Copy)]
pub struct ChangeCloud(pub Cloud);

impl Command for ChangeCloud {
    type Permission = OperateOrganizations;
    type Outcome = ();
    const NAME: &'static str = "change_cloud";

    fn execute(&self, change: &Change<'_, OperateOrganizations>) -> Result<(), Failure> {
        let (before, to) = (change.organization(), self.0);
        let on_file = payment_method::on_file(change.write)?;
        let on_file: Vec<_> = on_file.into_iter().map(|listed| listed.method.described).collect();
        let mut ending = 0;
        for channel in counted_otherwise(before.cloud, to) {
            ending += subscription::count_ending(change.write, channel)?;
        }
        let event = decide(before, to, &on_file, ending).map_err(|refusal| refusal.at(Field::Cloud))?;
        organization::update(change.write, &Organization { cloud: to, ..before.clone() })?;
        change.record(Subjects::default(), &event)
    }
}

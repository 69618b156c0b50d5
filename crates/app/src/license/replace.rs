//! Replace licenses: people get the chosen products, and what they had of the organization is taken back (domain 1.11,
//! R162). It is one transaction: every one of these people, or nobody.

use super::assign::AssignLicenses;
use super::people_of;
use super::unassign::UnassignLicenses;
use crate::door::{Change, Command, Look, Query};
use crate::failure::Failure;
use domain::access::permission::AssignLicenses as MayAssign;
use domain::ids::{ProductId, UserId};
use domain::refusal::{Field, Refusal};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::Read;
use store::tables::{assignment, catalog, subscription};

/// Gives each of up to twenty people licenses of these products instead of all others that the organization gave them.
#[derive(Debug, Clone)]
pub struct ReplaceLicenses {
    /// What they have afterwards.
    pub products: Vec<ProductId>,
    /// Who; somebody who is named twice counts once.
    pub users: Vec<UserId>,
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replaced {
    /// Licenses that people got.
    pub given: usize,
    /// Licenses that were taken back.
    pub taken: usize,
}

impl Command for ReplaceLicenses {
    type Permission = MayAssign;
    type Outcome = Replaced;
    const NAME: &'static str = "replace_licenses";

    fn execute(&self, change: &Change<'_, MayAssign>) -> Result<Replaced, Failure> {
        change.granted.everything()?;
        let Plan { taken, given, .. } = plan(change.write, &self.products, &self.users)?;
        let count = |plan: &BTreeMap<ProductId, Vec<UserId>>| plan.values().map(Vec::len).sum();
        let done = Replaced { given: count(&given), taken: count(&taken) };
        if done == (Replaced { given: 0, taken: 0 }) {
            return Err(Refusal::NothingToChange.at(Field::Licenses).into());
        }
        for (product_id, users) in taken {
            UnassignLicenses { product_id, users }.execute(change)?;
        }
        for (product_id, users) in given {
            let assign = AssignLicenses { product_id, subscription_id: None, users, disabled_plans: Vec::new() };
            assign.execute(change)?;
        }
        Ok(done)
    }
}

/// Who loses and who gets which product.
struct Plan {
    taken: BTreeMap<ProductId, Vec<UserId>>,
    given: BTreeMap<ProductId, Vec<UserId>>,
    /// Licenses that stay because another user bought them (R19).
    kept: i64,
}

fn plan(read: &Read<'_>, products: &[ProductId], users: &[UserId]) -> Result<Plan, Failure> {
    let Some(first) = products.first() else { return Err(Refusal::Required.at(Field::Licenses).into()) };
    let mut plan = Plan { taken: BTreeMap::new(), given: BTreeMap::new(), kept: 0 };
    for person in people_of(read, *first, users)? {
        let held = assignment::of_user(read, person.user_id)?;
        for license in held.iter().filter(|license| !products.contains(&license.product_id)) {
            let of = subscription::find(read, license.subscription_id)?.ok_or(Refusal::NotFound)?.subscription;
            match of.holder {
                Some(_) => plan.kept += 1,
                None => plan.taken.entry(license.product_id).or_default().push(person.user_id),
            }
        }
        for product in products {
            if !held.iter().any(|license| license.product_id == *product && license.is_covered()) {
                let given = plan.given.entry(*product).or_default();
                if !given.contains(&person.user_id) {
                    given.push(person.user_id);
                }
            }
        }
    }
    Ok(plan)
}

/// Asks what replacing would do.
#[derive(Debug, Clone)]
pub struct PreviewReplace(pub ReplaceLicenses);

/// What replacing would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplacePreview {
    /// The products whose licenses are taken back, with how many people, by name.
    pub taken: Vec<(String, i64)>,
    /// The products that people get, with how many people, by name.
    pub given: Vec<(String, i64)>,
    /// Licenses that stay because a user bought them.
    pub kept: i64,
}

impl Query for PreviewReplace {
    type Permission = MayAssign;
    type Outcome = ReplacePreview;

    fn run(&self, look: &Look<'_, MayAssign>) -> Result<ReplacePreview, Failure> {
        look.granted.everything()?;
        let Plan { taken, given, kept } = plan(look.read, &self.0.products, &self.0.users)?;
        Ok(ReplacePreview { taken: named(look.read, &taken)?, given: named(look.read, &given)?, kept })
    }
}

fn named(read: &Read<'_>, plan: &BTreeMap<ProductId, Vec<UserId>>) -> Result<Vec<(String, i64)>, Failure> {
    let name = |(product, users): (&ProductId, &Vec<UserId>)| {
        let found = catalog::find_product(read, *product)?.ok_or_else(|| Refusal::UnknownChoice.at(Field::Licenses))?;
        Ok((found.name, users.len() as i64))
    };
    let mut names = plan.iter().map(name).collect::<Result<Vec<_>, Failure>>()?;
    names.sort();
    Ok(names)
}

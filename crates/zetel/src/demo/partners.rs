//! The partners of the demo: they sold some of the portfolio, and the demo organization let them in.

use super::seed::Seeding;
use crate::house::House;
use admin::web::Persona;
use domain::access::Role;
use domain::ids::{OrganizationId, SubscriptionId, UserId};
use domain::organization::OrganizationKind;
use domain::partner::RelationshipState;
use domain::user::UserFacts;
use store::tables::{organization, partner, user};
use store::{Scope, Write};

struct DemoPartner {
    name: &'static str,
    kind: OrganizationKind,
    contact: &'static str,
    link: &'static str,
    admin: &'static str,
    email: &'static str,
}

/// Named as the portfolio names who sold it.
const PARTNERS: &[DemoPartner] = &[
    DemoPartner {
        name: "Polder Licensing",
        kind: OrganizationKind::VolumePartner,
        contact: "licenties@polder-licensing.example",
        link: "",
        admin: "Pleun Polder",
        email: "pleun@polder-licensing.example",
    },
    DemoPartner {
        name: "Noordzee Cloud",
        kind: OrganizationKind::Reseller,
        contact: "support@noordzee-cloud.example",
        link: "",
        admin: "Rens Noordzee",
        email: "rens@noordzee-cloud.example",
    },
];

/// The name of a partner, and what it sold.
pub type Sold = (&'static str, SubscriptionId);

/// Makes the partners, gives them what they sold, and gives their admins whom anybody may become.
pub fn fill(house: &House, seeding: &Seeding, sold: &[Sold]) -> store::Result<Vec<Persona>> {
    let home = seeding.home;
    let mut personas = Vec::new();
    for demo in PARTNERS {
        let (id, admin) = (OrganizationId::from_uuid(seeding.new_id()), UserId::from_uuid(seeding.new_id()));
        let (new, now) = (seeding.organization(id, demo.name, demo.kind), seeding.now);
        house.store.write(Scope::Shared, move |write| organization::insert(write, &new)).wait()?;
        house.store.write(id, move |write| fill_partner(write, demo, admin, now)).wait()?;
        let sold = sold.to_vec();
        house.store.write(home, move |write| relate(write, demo, id, &sold, now)).wait()?;
        let name = demo.admin.to_owned();
        personas.push(Persona { code: demo.kind.code(), organization_id: id, user_id: admin, name });
    }
    Ok(personas)
}

fn fill_partner(write: &Write<'_>, demo: &DemoPartner, admin: UserId, now: jiff::Timestamp) -> store::Result<()> {
    partner::set(write, demo.contact, demo.link)?;
    let facts = UserFacts {
        display_name: demo.admin.to_owned(),
        email: demo.email.to_owned(),
        department: String::new(),
        usage_location: Some("NL".to_owned()),
        is_guest: false,
    };
    user::insert(write, admin, &facts, now)?;
    user::set_roles(write, admin, &[Role::GlobalAdmin])
}

fn relate(
    write: &Write<'_>,
    demo: &DemoPartner,
    id: OrganizationId,
    sold: &[Sold],
    now: jiff::Timestamp,
) -> store::Result<()> {
    partner::insert_relationship(write, id, RelationshipState::Active, now)?;
    let sold = sold.iter().filter(|(name, _)| *name == demo.name);
    sold.copied().try_for_each(|(_, subscription)| partner::set_seller(write, subscription, id))
}

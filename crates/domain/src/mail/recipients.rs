//! To whom a mail goes (domain 4.10): each person once.

use super::Audience;
use std::collections::BTreeSet;

/// Somebody who gets mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// The name; empty for an address without a person.
    pub name: String,
    /// The address.
    pub address: String,
}

/// The people of an organization whom a mail may concern.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Directory {
    /// Who ordered.
    pub orderer: Option<Recipient>,
    /// The buyer, when the subscription is self-service; who asked, when it is about a request.
    pub buyer: Option<Recipient>,
    /// Whom somebody chose.
    pub chosen: Vec<Recipient>,
    /// Global and Billing admins who may sign in.
    pub admins: Vec<Recipient>,
    /// Under a customer agreement, those with a role on the billing profile that gets invoices.
    pub billing_roles: Vec<Recipient>,
    /// The organization's contact, and the extra addresses that it set.
    pub extra: Vec<Recipient>,
}

/// Those who get a mail, each address once.
#[must_use]
pub fn recipients(audience: Audience, directory: &Directory) -> Vec<Recipient> {
    let billing = || match &directory.buyer {
        Some(buyer) => vec![buyer.clone()],
        // An invoice goes to somebody in any case.
        None if directory.billing_roles.is_empty() => [&directory.admins[..], &directory.extra].concat(),
        None => [&directory.billing_roles[..], &directory.extra].concat(),
    };
    let all = match audience {
        Audience::Orderer => directory.orderer.clone().map_or_else(billing, |orderer| vec![orderer]),
        Audience::Billing => billing(),
        Audience::Concerned => directory.buyer.iter().cloned().collect(),
        Audience::Chosen => directory.chosen.clone(),
        Audience::Admins => match &directory.buyer {
            Some(buyer) => vec![buyer.clone()],
            None => directory.admins.clone(),
        },
    };
    let mut seen = BTreeSet::new();
    all.into_iter().filter(|recipient| seen.insert(recipient.address.to_lowercase())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> Recipient {
        Recipient { name: name.to_owned(), address: format!("{}@waterland.example", name.to_lowercase()) }
    }

    fn addresses(audience: Audience, directory: &Directory) -> Vec<String> {
        let local = |recipient: Recipient| recipient.address.split('@').next().unwrap_or_default().to_owned();
        recipients(audience, directory).into_iter().map(local).collect()
    }

    fn directory() -> Directory {
        Directory {
            orderer: Some(named("Anna")),
            buyer: None,
            chosen: vec![named("Emma"), named("Finn"), named("Emma")],
            admins: vec![named("Bram"), named("Carla")],
            billing_roles: Vec::new(),
            extra: vec![named("Invoices")],
        }
    }

    /// R172: admins and the addresses that the organization set; the one who ordered gets the confirmation.
    #[test]
    fn a_central_subscription() {
        assert_eq!(addresses(Audience::Orderer, &directory()), ["anna"]);
        assert_eq!(addresses(Audience::Billing, &directory()), ["bram", "carla", "invoices"]);
        assert_eq!(addresses(Audience::Admins, &directory()), ["bram", "carla"]);
    }

    /// M11: whom somebody chose, and nobody else.
    #[test]
    fn people_whom_somebody_chose() {
        assert_eq!(addresses(Audience::Chosen, &directory()), ["emma", "finn"]);
        assert_eq!(addresses(Audience::Chosen, &Directory { chosen: Vec::new(), ..directory() }), [""; 0]);
    }

    /// Domain 4.10: buyers of self-service get their own mail, and nobody else does.
    #[test]
    fn a_self_service_subscription() {
        let own = Directory { buyer: Some(named("Dirk")), orderer: Some(named("Dirk")), ..directory() };
        for audience in [Audience::Orderer, Audience::Billing, Audience::Admins] {
            assert_eq!(addresses(audience, &own), ["dirk"]);
        }
    }

    /// Domain 4.10: under a customer agreement the roles of the billing profile count.
    #[test]
    fn a_customer_agreement() {
        let with_roles = Directory { billing_roles: vec![named("Eva")], ..directory() };
        assert_eq!(addresses(Audience::Billing, &with_roles), ["eva", "invoices"]);
        assert_eq!(addresses(Audience::Admins, &with_roles), ["bram", "carla"]);
    }

    #[test]
    fn a_program_orders_for_those_who_keep_the_money() {
        let by_program = Directory { orderer: None, ..directory() };
        assert_eq!(addresses(Audience::Orderer, &by_program), ["bram", "carla", "invoices"]);
    }

    #[test]
    fn an_address_gets_a_mail_once() {
        let shouted = Recipient { name: String::new(), address: "BRAM@waterland.example".to_owned() };
        let twice = Directory { extra: vec![shouted], ..directory() };
        assert_eq!(addresses(Audience::Billing, &twice), ["bram", "carla"]);
    }
}

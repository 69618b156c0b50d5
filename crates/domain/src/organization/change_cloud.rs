//! Put an organization into another cloud (domain 7).

use super::{Cloud, Organization};
use crate::billing::payment_method::MethodDescription;
use crate::event::{Change, Event};
use crate::refusal::Refusal;

/// Decides whether the organization may go into a cloud. `on_file` are its payment methods; `ending` is how many
/// subscriptions have ended and wait to be erased on days that the other cloud counts otherwise
/// ([`crate::subscription::due::counted_otherwise`]): people were told those days.
///
/// # Errors
/// [`Refusal::NothingToChange`] when it is there, [`Refusal::MethodsNotInCloud`], [`Refusal::DaysOfOtherCloud`].
pub fn decide(
    organization: &Organization,
    to: Cloud,
    on_file: &[MethodDescription],
    ending: u32,
) -> Result<Event, Refusal> {
    if organization.cloud == to {
        return Err(Refusal::NothingToChange);
    }
    let unknown = on_file.iter().filter(|method| method.offered_in(to).is_err()).count() as u32;
    if unknown > 0 {
        return Err(Refusal::MethodsNotInCloud { methods: unknown });
    }
    if ending > 0 {
        return Err(Refusal::DaysOfOtherCloud { subscriptions: ending });
    }
    Ok(Event::OrganizationCloudChanged { cloud: Change { from: organization.cloud, to } })
}

#[cfg(test)]
mod tests {
    use super::super::OrganizationKind;
    use super::super::tests::organization;
    use super::*;
    use crate::billing::payment_method::{BankAccountDescription, CardDescription};

    fn card(brand: &str) -> MethodDescription {
        let (last_four, expires_on) = ("4242".to_owned(), "2030-12".to_owned());
        MethodDescription::Card(CardDescription { brand: brand.to_owned(), last_four, expires_on })
    }

    fn account() -> MethodDescription {
        let (country, last_four, mandate) = ("NL".to_owned(), "4300".to_owned(), None);
        MethodDescription::BankAccount(BankAccountDescription { country, last_four, mandate })
    }

    /// Domain 7: an override for each organization, which the operator corrects.
    #[test]
    fn a_cloud_is_changed_where_nothing_breaks() {
        let waterland = organization(OrganizationKind::Customer);
        let changed = |to| Ok(Event::OrganizationCloudChanged { cloud: Change { from: Cloud::Worldwide, to } });
        let (germany, china) = (Cloud::Germany, Cloud::Vianet21);
        assert_eq!(decide(&waterland, Cloud::Worldwide, &[], 0), Err(Refusal::NothingToChange));
        assert_eq!(decide(&waterland, germany, &[card("Visa"), account()], 0), changed(germany));
        assert_eq!(decide(&waterland, china, &[card("UnionPay")], 0), changed(china));
        let on_file = [card("Visa"), card("UnionPay"), account()];
        assert_eq!(decide(&waterland, china, &on_file, 3), Err(Refusal::MethodsNotInCloud { methods: 2 }));
        assert_eq!(decide(&waterland, china, &[], 3), Err(Refusal::DaysOfOtherCloud { subscriptions: 3 }));
    }
}

//! The matrix role × permission (domain 6) in one place that a person can read.

use super::{Actor, BillingRole, Permission, Principal, Reach, Role};
use crate::ids::{BillingProfileId, OrganizationId};

/// How far `actor` may use `permission` in `organization`; the widest of what their roles and scopes give.
///
/// Nobody reaches into another organization, except operators and Zetel itself.
#[must_use]
pub fn reach(actor: &Actor, permission: Permission, organization: Option<OrganizationId>) -> Reach {
    match actor.principal {
        Principal::System => return Reach::All,
        // Keys are made at home only, so that no operator makes one of a customer.
        Principal::User(_)
            if actor.is_operator() && matches!(permission, Permission::ReadApiTokens | Permission::ManageApiTokens) =>
        {
            return if actor.home == organization { Reach::All } else { Reach::Nothing };
        }
        Principal::User(_) if actor.is_operator() => return operator_reach(permission),
        Principal::Token(_) if operates(actor, permission) => return Reach::All,
        Principal::User(_) | Principal::Token(_) => {}
    }
    if organization.is_none() || actor.home != organization {
        return Reach::Nothing;
    }
    if matches!(actor.principal, Principal::Token(_)) {
        let given = actor.scopes.iter().any(|scope| scope.permissions().contains(&permission));
        return if given { Reach::All } else { Reach::Nothing };
    }
    let roles = actor.roles.iter().map(|role| match (role, permission) {
        // The organization lets them (D22).
        (Role::BillingAdmin, Permission::AssignLicenses) if actor.billing_admins_assign => Reach::All,
        (role, permission) => role_reach(*role, permission),
    });
    let billing =
        actor.billing_roles.iter().map(|given| match (billing_reach(given.role, permission), given.profile) {
            // What is of one billing profile is a part of the organization.
            (Reach::All, Some(_)) => Reach::Own,
            (reach, _) => reach,
        });
    roles.chain(billing).max().unwrap_or(Reach::Nothing).max(ordinary_reach(permission))
}

/// Whether a program's key is the operator's and for this.
fn operates(actor: &Actor, permission: Permission) -> bool {
    actor.scopes.iter().any(|scope| scope.is_of_operator() && scope.permissions().contains(&permission))
}

/// How far `actor` may use `permission` on what belongs to a billing profile: all of it, where a billing role for that
/// profile gives so.
#[must_use]
pub fn reach_in_profile(
    actor: &Actor,
    permission: Permission,
    organization: Option<OrganizationId>,
    profile: BillingProfileId,
) -> Reach {
    let given = actor.billing_roles.iter().filter(|given| given.profile == Some(profile));
    match reach(actor, permission, organization) {
        Reach::Own => given.map(|given| billing_reach(given.role, permission)).fold(Reach::Own, Reach::max),
        reach => reach,
    }
}

/// Whether `actor` reaches all of a billing profile with `permission`, and so acts for the organization there and not
/// for oneself alone.
#[must_use]
pub fn reaches_a_profile(actor: &Actor, permission: Permission, organization: Option<OrganizationId>) -> bool {
    let mut profiles = actor.billing_roles.iter().filter_map(|given| given.profile);
    profiles.any(|profile| reach_in_profile(actor, permission, organization, profile) == Reach::All)
}

/// What a billing role gives where it counts: in the whole billing account, or in one billing profile (domain 6).
const fn billing_reach(role: BillingRole, permission: Permission) -> Reach {
    use BillingRole as R;
    use Permission as P;
    let gives = match permission {
        P::ReadSubscriptions | P::ReadPrices | P::ReadInvoices => true,
        P::PayInvoices => !matches!(role, R::AccountReader | R::ProfileReader),
        P::ManagePaymentMethods
        | P::ManageBillingProfiles
        | P::BuySubscription
        | P::ManageQuantity
        | P::ManageSubscription => changes_all(role),
        P::ManageBillingRoles => role.is_owner(),
        // Who takes over what a user bought decides for the whole organization (D7).
        P::TakeOver | P::ReadNotifications | P::ManageNotifications | P::ManageRecipients => {
            matches!(role, R::AccountOwner | R::AccountContributor)
        }
        _ => false,
    };
    if gives { Reach::All } else { Reach::Nothing }
}

const fn changes_all(role: BillingRole) -> bool {
    use BillingRole as R;
    matches!(role, R::AccountOwner | R::AccountContributor | R::ProfileOwner | R::ProfileContributor)
}

/// Operators run the whole house: the catalog, every organization and its people. They act for a customer only where
/// support needs it; they do not buy.
const fn operator_reach(permission: Permission) -> Reach {
    match permission {
        Permission::BuySubscription
        | Permission::ManageQuantity
        | Permission::RedeemProductKeys
        | Permission::ManageSubscription
        | Permission::DeleteSubscription
        | Permission::DeleteFreeSubscription
        | Permission::TakeOver
        | Permission::PayInvoices
        | Permission::ManagePaymentMethods
        | Permission::ManageBillingProfiles
        | Permission::ManageBillingRoles
        | Permission::ReadPartners
        | Permission::ManagePartners
        | Permission::ManageCustomers
        | Permission::ManageAssigners
        | Permission::ReadApiTokens
        | Permission::ManageApiTokens => Reach::Nothing,
        _ => Reach::All,
    }
}

const fn role_reach(role: Role, permission: Permission) -> Reach {
    use Permission as P;
    use Reach::{All, Nothing};
    match role {
        Role::GlobalAdmin => match permission {
            P::OperateOrganizations
            | P::OperateCatalog
            | P::OperateBilling
            | P::OperateProductKeys
            | P::OperateJobs => Nothing,
            // May become owner of the billing account, who gives the others.
            P::ManageBillingRoles => Reach::Own,
            _ => All,
        },
        Role::BillingAdmin => match permission {
            P::ReadOrganization
            | P::ReadJobs
            | P::ReadSubscriptions
            | P::ReadPrices
            | P::ReadInvoices
            | P::PayInvoices
            | P::ManagePaymentMethods
            | P::ManageBillingProfiles
            | P::BuySubscription
            | P::ManageQuantity
            | P::RedeemProductKeys
            | P::ManageSubscription
            | P::ReadSelfServicePolicy
            | P::ManageSelfServicePolicy
            | P::TakeOver
            | P::DeleteFreeSubscription
            | P::ReadLicenses
            | P::ReadUsers
            | P::ReadNotifications
            | P::ManageNotifications
            | P::ReadHistory => All,
            _ => Nothing,
        },
        Role::LicenseAdmin => match permission {
            P::ReadOrganization
            | P::ReadJobs
            | P::ReadSubscriptions
            | P::ReadLicenses
            | P::AssignLicenses
            | P::ReadUsers
            | P::SetUsageLocation
            | P::ReadHistory => All,
            _ => Nothing,
        },
        Role::UserAdmin => match permission {
            P::ReadOrganization
            | P::ReadJobs
            | P::ReadSubscriptions
            | P::ReadLicenses
            | P::AssignLicenses
            | P::ReadUsers
            | P::ManageUsers
            | P::SetUsageLocation
            | P::ReadHistory => All,
            _ => Nothing,
        },
        Role::GlobalReader => match permission {
            P::ReadOrganization
            | P::ReadJobs
            | P::ReadSubscriptions
            | P::ReadPrices
            | P::ReadInvoices
            | P::ReadSelfServicePolicy
            | P::ReadLicenses
            | P::ReadUsers
            | P::ReadNotifications
            | P::ReadPartners
            | P::ReadApiTokens
            | P::ReadHistory => All,
            _ => Nothing,
        },
        Role::Operator => Nothing,
    }
}

/// What everyone may do with what is theirs: see their own page, and keep what they bought by self-service (R16, R18).
const fn ordinary_reach(permission: Permission) -> Reach {
    match permission {
        Permission::ReadOrganization
        | Permission::ReadJobs
        | Permission::ReadUsers
        | Permission::ReadSubscriptions
        | Permission::ReadPrices
        | Permission::ReadInvoices
        | Permission::PayInvoices
        | Permission::ManagePaymentMethods
        | Permission::BuySubscription
        | Permission::ManageQuantity
        | Permission::RedeemProductKeys
        | Permission::ManageSubscription
        | Permission::ReadLicenses
        | Permission::AssignLicenses => Reach::Own,
        _ => Reach::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::super::BillingGrant;
    use super::*;
    use crate::ids::UserId;
    use uuid::Uuid;

    fn person(roles: &[Role]) -> Actor {
        Actor {
            principal: Principal::User(UserId::from_uuid(Uuid::from_u128(1))),
            home: Some(home()),
            name: "Test".to_owned(),
            roles: roles.to_vec(),
            billing_roles: Vec::new(),
            billing_admins_assign: false,
            scopes: Vec::new(),
        }
    }

    /// D22: the setting of an organization gives its Billing admins the licenses, and nobody anything else.
    #[test]
    fn an_organization_lets_billing_admins_assign() {
        for role in Role::ALL {
            let by_role = person(&[*role]);
            let allowed = Actor { billing_admins_assign: true, ..by_role.clone() };
            let of = |actor: &Actor, permission: Permission| reach(actor, permission, Some(home()));
            let more = |permission: &&Permission| of(&allowed, **permission) != of(&by_role, **permission);
            let more: Vec<_> = Permission::ALL.iter().filter(more).copied().collect();
            match role {
                Role::BillingAdmin => assert_eq!(more, [Permission::AssignLicenses]),
                _ => assert_eq!(more, [], "{role}"),
            }
        }
        let abroad = OrganizationId::from_uuid(Uuid::from_u128(9));
        let allowed = Actor { billing_admins_assign: true, ..person(&[Role::BillingAdmin]) };
        assert_eq!(reach(&allowed, Permission::AssignLicenses, Some(home())), Reach::All);
        assert_eq!(reach(&allowed, Permission::AssignLicenses, Some(abroad)), Reach::Nothing);
    }

    fn home() -> OrganizationId {
        OrganizationId::from_uuid(Uuid::from_u128(2))
    }

    /// The matrix as people review it: a change of rights is a change of this picture. `A` all, `o` own, `.` nothing.
    #[test]
    fn the_matrix() {
        let mut picture = String::new();
        for permission in Permission::ALL {
            let columns = std::iter::once(person(&[])).chain(Role::ALL.iter().map(|role| person(&[*role])));
            let marks = columns.map(|actor| match reach(&actor, *permission, Some(home())) {
                Reach::All => 'A',
                Reach::Own => 'o',
                Reach::Nothing => '.',
            });
            picture += &format!("{:27}{}\n", permission.code(), marks.collect::<String>());
        }
        let expected = "\
read_organization          oAAAAAA
read_users                 oAAAAAA
manage_users               .A..A.A
manage_roles               .A....A
set_usage_location         .A.AA.A
read_subscriptions         oAAAAAA
read_prices                oAAooAA
read_invoices              oAAooAA
pay_invoices               oAAooo.
manage_payment_methods     oAAooo.
manage_billing_profiles    .AA....
manage_billing_roles       .o.....
buy_subscription           oAAooo.
manage_quantity            oAAooo.
redeem_product_keys        oAAooo.
manage_subscription        oAAooo.
delete_subscription        .A.....
delete_free_subscription   .AA....
read_self_service_policy   .AA..AA
manage_self_service_policy .AA...A
take_over                  .AA....
read_licenses              oAAAAAA
assign_licenses            oAoAAoA
manage_auto_claim          .A....A
manage_assigners           .A.....
read_history               .AAAAAA
read_jobs                  oAAAAAA
read_api_tokens            .A...AA
manage_api_tokens          .A....A
move_clock                 .A....A
read_notifications         .AA..AA
manage_notifications       .AA...A
manage_recipients          .A....A
read_partners              .A...A.
manage_partners            .A.....
manage_customers           .A.....
operate_organizations      ......A
operate_catalog            ......A
operate_billing            ......A
operate_product_keys       ......A
operate_jobs               ......A
";
        assert_eq!(
            picture,
            expected,
            "columns: ordinary user, {}",
            Role::ALL.iter().map(|role| role.code()).collect::<Vec<_>>().join(", ")
        );
    }

    fn with_billing_role(role: BillingRole) -> Actor {
        let profile = (!role.is_of_account()).then_some(profile(7));
        Actor { billing_roles: vec![BillingGrant { role, profile }], ..person(&[]) }
    }

    fn profile(number: u128) -> BillingProfileId {
        BillingProfileId::from_uuid(Uuid::from_u128(number))
    }

    /// R171, domain 6: what each billing role adds to what everyone may do. Columns: account owner, contributor, reader;
    /// profile owner, contributor, reader, invoice manager; for the last four, in their own billing profile.
    #[test]
    fn the_matrix_of_billing_roles() {
        let mut picture = String::new();
        for permission in Permission::ALL {
            let marks = BillingRole::ALL.iter().map(|role| {
                match reach_in_profile(&with_billing_role(*role), *permission, Some(home()), profile(7)) {
                    Reach::All => 'A',
                    Reach::Own => 'o',
                    Reach::Nothing => '.',
                }
            });
            let marks: String = marks.collect();
            if marks.contains('A') {
                picture += &format!("{:24}{marks}\n", permission.code());
            }
        }
        let expected = "\
read_subscriptions      AAAAAAA
read_prices             AAAAAAA
read_invoices           AAAAAAA
pay_invoices            AAoAAoA
manage_payment_methods  AAoAAoo
manage_billing_profiles AA.AA..
manage_billing_roles    A..A...
buy_subscription        AAoAAoo
manage_quantity         AAoAAoo
manage_subscription     AAoAAoo
take_over               AA.....
read_notifications      AA.....
manage_notifications    AA.....
manage_recipients       AA.....
";
        assert_eq!(picture, expected);
    }

    /// R171: a role for one billing profile is none for another one, and none in another organization.
    #[test]
    fn a_profile_is_a_part() {
        for role in BillingRole::ALL.iter().filter(|role| !role.is_of_account()) {
            for permission in Permission::ALL {
                let actor = with_billing_role(*role);
                let everyone = ordinary_reach(*permission);
                let here = reach(&actor, *permission, Some(home()));
                assert_ne!(here, Reach::All, "{role} {permission}");
                let elsewhere = reach_in_profile(&actor, *permission, Some(home()), profile(8));
                assert_eq!(elsewhere, here, "{role} {permission}");
                assert!(here == everyone || here == Reach::Own);
                let other = Some(OrganizationId::from_uuid(Uuid::from_u128(3)));
                assert_eq!(reach_in_profile(&actor, *permission, other, profile(7)), Reach::Nothing);
            }
        }
    }

    /// R171, domain 6: owner and contributor of a billing profile buy on it for the organization; the others, and everybody
    /// on another profile, only for themselves.
    #[test]
    fn who_buys_on_a_billing_profile() {
        let buys = |role| {
            let actor = with_billing_role(role);
            let here = reach_in_profile(&actor, Permission::BuySubscription, Some(home()), profile(7));
            let elsewhere = reach_in_profile(&actor, Permission::BuySubscription, Some(home()), profile(8));
            let any = reaches_a_profile(&actor, Permission::BuySubscription, Some(home()));
            (here == Reach::All, elsewhere == Reach::All, any)
        };
        for (role, expected) in [
            (BillingRole::AccountOwner, (true, true, false)),
            (BillingRole::AccountContributor, (true, true, false)),
            (BillingRole::AccountReader, (false, false, false)),
            (BillingRole::ProfileOwner, (true, false, true)),
            (BillingRole::ProfileContributor, (true, false, true)),
            (BillingRole::ProfileReader, (false, false, false)),
            (BillingRole::InvoiceManager, (false, false, false)),
        ] {
            assert_eq!(buys(role), expected, "{role}");
        }
        assert!(!reaches_a_profile(&person(&[]), Permission::BuySubscription, Some(home())));
    }

    #[test]
    fn nobody_reaches_into_another_organization() {
        let other = OrganizationId::from_uuid(Uuid::from_u128(3));
        for role in Role::ALL.iter().filter(|role| **role != Role::Operator) {
            for permission in Permission::ALL {
                assert_eq!(reach(&person(&[*role]), *permission, Some(other)), Reach::Nothing);
                assert_eq!(reach(&person(&[*role]), *permission, None), Reach::Nothing);
            }
        }
    }

    /// D7, R71: only a global or billing admin buys licenses.
    #[test]
    fn only_global_and_billing_admins_buy() {
        let buyers: Vec<_> = Role::ALL
            .iter()
            .filter(|role| reach(&person(&[**role]), Permission::BuySubscription, Some(home())) == Reach::All)
            .collect();
        assert_eq!(buyers, [&Role::GlobalAdmin, &Role::BillingAdmin]);
    }

    #[test]
    fn a_program_has_exactly_its_scopes() {
        use super::super::Scope;
        let mut program = person(&[]);
        program.principal = Principal::Token(crate::ids::ApiTokenId::from_uuid(Uuid::from_u128(9)));
        program.scopes = vec![Scope::LicensesRead];
        assert_eq!(reach(&program, Permission::ReadLicenses, Some(home())), Reach::All);
        assert_eq!(reach(&program, Permission::AssignLicenses, Some(home())), Reach::Nothing);
        assert_eq!(reach(&program, Permission::ReadOrganization, Some(home())), Reach::Nothing);
    }

    /// A key of the operator does in every organization what its scope says, and nothing else; and an operator makes
    /// keys at home only.
    #[test]
    fn a_key_of_the_operator_reaches_every_organization() {
        use super::super::Scope;
        let other = Some(OrganizationId::from_uuid(Uuid::from_u128(3)));
        let mut program = person(&[]);
        program.principal = Principal::Token(crate::ids::ApiTokenId::from_uuid(Uuid::from_u128(9)));
        program.scopes = vec![Scope::OperateBilling];
        for permission in Permission::ALL {
            let expected = if *permission == Permission::OperateBilling { Reach::All } else { Reach::Nothing };
            assert_eq!(reach(&program, *permission, other), expected, "{permission}");
        }
        let operator = person(&[Role::Operator]);
        assert_eq!(reach(&operator, Permission::ManageApiTokens, Some(home())), Reach::All);
        assert_eq!(reach(&operator, Permission::ManageApiTokens, other), Reach::Nothing);
    }
}

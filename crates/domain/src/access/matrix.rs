//! The matrix role × permission (domain 6) in one place that a person can read.

use super::{Actor, Permission, Principal, Reach, Role};
use crate::ids::OrganizationId;

/// How far `actor` may use `permission` in `organization`; the widest of what their roles and scopes give.
///
/// Nobody reaches into another organization, except operators and Zetel itself.
#[must_use]
pub fn reach(actor: &Actor, permission: Permission, organization: Option<OrganizationId>) -> Reach {
    match actor.principal {
        Principal::System => return Reach::All,
        Principal::User(_) if actor.is_operator() => return operator_reach(permission),
        Principal::User(_) | Principal::Token(_) => {}
    }
    if organization.is_none() || actor.home != organization {
        return Reach::Nothing;
    }
    if matches!(actor.principal, Principal::Token(_)) {
        let given = actor.scopes.iter().any(|scope| scope.permissions().contains(&permission));
        return if given { Reach::All } else { Reach::Nothing };
    }
    let roles = actor.roles.iter().map(|role| role_reach(*role, permission));
    roles.max().unwrap_or(Reach::Nothing).max(ordinary_reach(permission))
}

/// Operators run the whole house: the catalog, every organization and its people. They act for a customer only where
/// support needs it; they do not buy.
const fn operator_reach(permission: Permission) -> Reach {
    match permission {
        Permission::BuySubscription
        | Permission::ManageQuantity
        | Permission::ManageSubscription
        | Permission::DeleteSubscription
        | Permission::TakeOver
        | Permission::PayInvoices
        | Permission::ManagePaymentMethods
        | Permission::ManageBillingProfiles
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
            | P::ManageSubscription
            | P::ReadSelfServicePolicy
            | P::ManageSelfServicePolicy
            | P::TakeOver
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
        | Permission::ManageSubscription
        | Permission::ReadLicenses
        | Permission::AssignLicenses => Reach::Own,
        _ => Reach::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::UserId;
    use uuid::Uuid;

    fn person(roles: &[Role]) -> Actor {
        Actor {
            principal: Principal::User(UserId::from_uuid(Uuid::from_u128(1))),
            home: Some(home()),
            name: "Test".to_owned(),
            roles: roles.to_vec(),
            scopes: Vec::new(),
        }
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
buy_subscription           oAAooo.
manage_quantity            oAAooo.
manage_subscription        oAAooo.
delete_subscription        .A.....
read_self_service_policy   .AA..AA
manage_self_service_policy .AA...A
take_over                  .AA....
read_licenses              oAAAAAA
assign_licenses            oAoAAoA
read_history               .AAAAAA
read_jobs                  oAAAAAA
manage_api_tokens          .A.....
move_clock                 .A....A
read_notifications         .AA..AA
manage_notifications       .AA...A
manage_recipients          .A....A
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
}

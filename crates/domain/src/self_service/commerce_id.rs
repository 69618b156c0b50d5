//! The identifiers under which scripts of the field know products of the policy, and which products they are here
//! (domain 5.3, wire 3.2). They are facts; a product that has none goes by its own identifier.

/// A product as scripts know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CommerceProduct {
    /// The present identifier.
    pub id: &'static str,
    /// The one of 2020 and 2021, which stays valid.
    pub alias: Option<&'static str>,
    /// Whether it can be tried without a payment method.
    pub has_free_trial: bool,
    /// The part numbers of its SKUs here: what the organization buys, and what people buy for their team.
    part_numbers: &'static [&'static str],
}

impl CommerceProduct {
    /// Whether scripts may mean this product by the identifier; the old one counts as well.
    #[must_use]
    pub fn is_called(&self, id: &str) -> bool {
        self.id.eq_ignore_ascii_case(id) || self.alias.is_some_and(|alias| alias.eq_ignore_ascii_case(id))
    }
}

/// What scripts call the product that has one of these part numbers.
pub fn of_part_numbers<'a>(part_numbers: impl IntoIterator<Item = &'a str>) -> Option<&'static CommerceProduct> {
    part_numbers.into_iter().find_map(|part_number| {
        let is_it = |known: &&str| known.eq_ignore_ascii_case(part_number);
        PRODUCTS.iter().find(|product| product.part_numbers.iter().any(&is_it))
    })
}

const fn product(
    id: &'static str,
    alias: Option<&'static str>,
    has_free_trial: bool,
    part_numbers: &'static [&'static str],
) -> CommerceProduct {
    CommerceProduct { id, alias, has_free_trial, part_numbers }
}

/// The products of the list of October 2024, then those of earlier lists alone. One without part numbers is known here
/// under its own identifier: the published catalog has no SKU of it, or, as of Windows 365, one for each size, of which
/// a script must not block just one.
const PRODUCTS: &[CommerceProduct] = &[
    product("CFQ7TTC0N8SS", None, false, &["CLIPCHAMP_PREMIUM", "CLIPCHAMP_PREMIUM_DEPT"]),
    product("CFQ7TTC0MM8R", None, false, &["MICROSOFT_365_COPILOT", "MICROSOFT_365_COPILOT_DEPT"]),
    product("CFQ7TTC0LH05", None, false, &["SPE_F1", "SPE_F1_DEPT"]),
    product("CFQ7TTC0N8SL", None, true, &[]),
    product("CFQ7TTC0LH2H", Some("CFQ7TTC0KP0P"), false, &["POWERAPPS_PER_USER", "POWERAPPS_PER_USER_DEPT"]),
    product("CFQ7TTC0LH3L", Some("CFQ7TTC0KP0N"), false, &["FLOW_PER_USER", "FLOW_PER_USER_DEPT"]),
    product("CFQ7TTC0LSGZ", Some("CFQ7TTC0KXG6"), false, &["POWERAUTOMATE_ATTENDED_RPA_DEPT"]),
    product("CFQ7TTC0H6RP", Some("CFQ7TTC0KXG7"), false, &["PBI_PREMIUM_PER_USER", "PBI_PREMIUM_PER_USER_DEPT"]),
    product("CFQ7TTC0H9MP", Some("CFQ7TTC0L3PB"), false, &["POWER_BI_PRO", "POWER_BI_PRO_DEPT"]),
    product("CFQ7TTC0HDB1", Some("CFQ7TTC0KXND"), true, &["PROJECT_P1", "PROJECT_PLAN1_DEPT"]),
    product("CFQ7TTC0HDB0", Some("CFQ7TTC0KXNC"), false, &["PROJECTPROFESSIONAL", "PROJECT_PLAN3_DEPT"]),
    product("CFQ7TTC0S3X1", None, false, &[]),
    product("CFQ7TTC0J1FV", None, true, &["TEAMS_EXPLORATORY", "MICROSOFT_TEAMS_EXPLORATORY_DEPT"]),
    product("CFQ7TTC0RM8K", None, true, &["MICROSOFT_TEAMS_PREMIUM"]),
    product("CFQ7TTC0HD33", Some("CFQ7TTC0KXN9"), true, &["VISIOONLINE_PLAN1", "VISIO_PLAN1_DEPT"]),
    product("CFQ7TTC0HD32", Some("CFQ7TTC0KXN8"), false, &["VISIOCLIENT", "VISIO_PLAN2_DEPT"]),
    product("CFQ7TTC0PW0V", None, true, &["MICROSOFT_VIVA_GOALS"]),
    product("CFQ7TTC0HHS9", None, false, &[]),
    product("CFQ7TTC0J203", None, false, &[]),
    product("CFQ7TTC0HX99", None, false, &[]),
    product("CFQ7TTC0LH3N", None, false, &["DYN365_MARKETING_APP"]),
    product("CFQ7TTC0LHWP", None, false, &["DYN365_MARKETING_APP_ATTACH"]),
    product("CFQ7TTC0LHVK", None, false, &["DYN365_MARKETING_APPLICATION_ADDON"]),
    product("CFQ7TTC0LHWM", None, false, &["DYN365_MARKETING_SANDBOX_APPLICATION_ADDON"]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// R116, domain 5.3: the old identifier means the same product, and case does not matter.
    #[test]
    fn a_product_is_known_by_its_part_number_and_both_identifiers() {
        let power_bi = of_part_numbers(["SPE_E3", "power_bi_pro_dept"]).expect("it is in the list");
        assert_eq!((power_bi.id, power_bi.has_free_trial), ("CFQ7TTC0H9MP", false));
        assert!(power_bi.is_called("CFQ7TTC0H9MP") && power_bi.is_called("cfq7ttc0l3pb"));
        assert!(!power_bi.is_called("CFQ7TTC0KP0P"));
        assert_eq!(of_part_numbers(["SPE_E3"]), None);
        assert!(of_part_numbers(["VISIO_PLAN1_DEPT"]).expect("it is in the list").has_free_trial);
    }

    /// R116, domain 5.3: every product of the lists, with its present and its old identifier, and whether it can be tried
    /// without a payment method.
    #[test]
    fn the_lists_row_by_row() {
        let table = [
            ("N8SS", None, false),         // Clipchamp Premium
            ("MM8R", None, false),         // Copilot
            ("LH05", None, false),         // Microsoft 365 F3
            ("N8SL", None, true),          // Purview Discovery
            ("LH2H", Some("KP0P"), false), // Power Apps per user
            ("LH3L", Some("KP0N"), false), // Power Automate per user
            ("LSGZ", Some("KXG6"), false), // Power Automate RPA
            ("H6RP", Some("KXG7"), false), // Power BI Premium
            ("H9MP", Some("L3PB"), false), // Power BI Pro
            ("HDB1", Some("KXND"), true),  // Project Plan 1
            ("HDB0", Some("KXNC"), false), // Project Plan 3
            ("S3X1", None, false),         // Python in Excel
            ("J1FV", None, true),          // Teams Exploratory
            ("RM8K", None, true),          // Teams Premium
            ("HD33", Some("KXN9"), true),  // Visio Plan 1
            ("HD32", Some("KXN8"), false), // Visio Plan 2
            ("PW0V", None, true),          // Viva Goals
            ("HHS9", None, false),         // Windows 365 Enterprise
            ("J203", None, false),         // Windows 365 Business
            ("HX99", None, false),         // Windows 365 Business with hybrid benefit
            ("LH3N", None, false),         // Dynamics 365 Marketing
            ("LHWP", None, false),         // Dynamics 365 Marketing Attach
            ("LHVK", None, false),         // Dynamics 365 Marketing Additional Application
            ("LHWM", None, false),         // Dynamics 365 Marketing Additional Non-Prod
        ];
        let short = |id: &'static str| id.strip_prefix("CFQ7TTC0").expect("they begin alike");
        let kept: Vec<_> = PRODUCTS
            .iter()
            .map(|product| (short(product.id), product.alias.map(short), product.has_free_trial))
            .collect();
        assert_eq!(kept, table);
        // The part numbers of those that the published catalog sells.
        let id = |part_number| of_part_numbers([part_number]).map(|product| short(product.id));
        assert_eq!(id("DYN365_MARKETING_APP_ATTACH"), Some("LHWP"));
        assert_eq!(id("SPE_F1"), Some("LH05"));
        assert_eq!(id("CPC_B_2C_4RAM_128GB"), None);
    }

    #[test]
    fn no_identifier_and_no_part_number_stands_for_two_products() {
        let ids: Vec<_> =
            PRODUCTS.iter().flat_map(|product| std::iter::once(product.id).chain(product.alias)).collect();
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
        let part_numbers: Vec<_> = PRODUCTS.iter().flat_map(|product| product.part_numbers).collect();
        assert_eq!(part_numbers.iter().collect::<BTreeSet<_>>().len(), part_numbers.len());
        for id in ids {
            assert!(id.len() == 12 && id.starts_with("CFQ7TTC0"), "{id}");
        }
    }
}

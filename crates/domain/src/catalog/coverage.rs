//! Which product may take the place of another: one with the same or higher data services (domain 1.10, R161).

use super::Category;
use crate::ids::SkuId;
use std::collections::BTreeSet;

/// The services that keep what people made, by what programs call them, from the lowest to the highest: mail, then
/// files. Those for schools and governments stand beside the usual ones.
const LADDERS: &[&[&[&str]]] = &[
    &[
        &["EXCHANGE_S_DESKLESS", "EXCHANGE_S_DESKLESS_GOV"],
        &["EXCHANGE_S_STANDARD", "EXCHANGE_S_STANDARD_GOV", "EXCHANGE_S_STANDARD_MIDMARKET", "EXCHANGE_L_STANDARD"],
        &["EXCHANGE_S_ENTERPRISE", "EXCHANGE_S_ENTERPRISE_GOV"],
    ],
    &[
        &["SHAREPOINTDESKLESS", "SHAREPOINTDESKLESS_GOV"],
        &["SHAREPOINTSTANDARD", "SHAREPOINTSTANDARD_EDU", "SHAREPOINTLITE"],
        &[
            "SHAREPOINTENTERPRISE",
            "SHAREPOINTENTERPRISE_GOV",
            "SHAREPOINTENTERPRISE_EDU",
            "SHAREPOINTENTERPRISE_MIDMARKET",
        ],
    ],
];

/// What a SKU holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// Which.
    pub sku_id: SkuId,
    /// The shelf of its product.
    pub category: Category,
    /// Its apps and services, by the names that programs know.
    pub services: BTreeSet<String>,
}

impl Content {
    /// How high it stands on each ladder; 0 where it has nothing of it.
    fn levels(&self) -> Vec<usize> {
        let level = |ladder: &&[&[&str]]| {
            ladder.iter().rposition(|rung| rung.iter().any(|name| self.services.contains(*name))).map_or(0, |at| at + 1)
        };
        LADDERS.iter().map(level).collect()
    }

    /// Whether people can go from this to another product and keep what they made. What has everything that this has
    /// will do. Where mail or files are kept, another product of the same shelf will do as well, when it keeps each of
    /// them in the same service or a higher one; other apps may differ.
    #[must_use]
    pub fn is_covered_by(&self, other: &Self) -> bool {
        if self.sku_id == other.sku_id {
            return false;
        }
        let (levels, others) = (self.levels(), other.levels());
        let keeps_data = levels.iter().any(|level| *level > 0) && self.category == other.category;
        let is_as_high = levels.iter().zip(&others).all(|(level, other)| other >= level);
        (keeps_data && is_as_high) || (!self.services.is_empty() && self.services.is_subset(&other.services))
    }

    /// How many apps and services of this the other one has not.
    #[must_use]
    pub fn missing_in(&self, other: &Self) -> usize {
        self.services.difference(&other.services).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn content(id: u128, category: Category, services: &[&str]) -> Content {
        let services = services.iter().map(|name| (*name).to_owned()).collect();
        Content { sku_id: SkuId::from_uuid(Uuid::from_u128(id)), category, services }
    }

    /// R161: the same or higher services of mail and files, on the same shelf.
    #[test]
    fn mail_and_files_are_kept_in_the_same_service_or_a_higher_one() {
        let suite = |id, mail, files| content(id, Category::Productivity, &[mail, files, "TEAMS1"]);
        let first_line = suite(1, "EXCHANGE_S_DESKLESS", "SHAREPOINTDESKLESS");
        let small = suite(2, "EXCHANGE_S_STANDARD", "SHAREPOINTSTANDARD");
        let large = suite(3, "EXCHANGE_S_ENTERPRISE", "SHAREPOINTENTERPRISE");
        let mixed = suite(4, "EXCHANGE_S_ENTERPRISE", "SHAREPOINTDESKLESS");
        assert!(first_line.is_covered_by(&small) && small.is_covered_by(&large) && first_line.is_covered_by(&large));
        assert!(!small.is_covered_by(&first_line) && !large.is_covered_by(&small));
        assert!(!small.is_covered_by(&mixed), "files would go down");
        assert!(first_line.is_covered_by(&mixed));
        assert!(!small.is_covered_by(&small), "it is the same");
        let elsewhere = content(5, Category::BusinessApps, &["SHAREPOINTENTERPRISE", "EXCHANGE_S_ENTERPRISE"]);
        assert!(!small.is_covered_by(&elsewhere));
        assert_eq!(small.missing_in(&large), 2);
    }

    /// R161: where nothing is kept every app has to be there, on whatever shelf.
    #[test]
    fn without_mail_and_files_every_app_has_to_be_there() {
        let one = content(1, Category::Productivity, &["VISIOONLINE", "ONEDRIVE_BASIC"]);
        let two = content(2, Category::Productivity, &["VISIOONLINE", "ONEDRIVE_BASIC", "VISIO_CLIENT"]);
        let suite = content(3, Category::Other, &["VISIOONLINE", "ONEDRIVE_BASIC", "EXCHANGE_S_STANDARD"]);
        assert!(one.is_covered_by(&two) && one.is_covered_by(&suite));
        assert!(!two.is_covered_by(&one) && !two.is_covered_by(&suite));
        let nothing = content(4, Category::Productivity, &[]);
        assert!(!nothing.is_covered_by(&one) && !one.is_covered_by(&nothing));
        assert_eq!((one.missing_in(&two), two.missing_in(&one)), (0, 1));
    }
}

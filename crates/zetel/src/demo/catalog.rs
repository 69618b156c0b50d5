//! The demo's catalog: real products of the trade with invented prices (decision D32).
//!
//! Part numbers, GUIDs and service plans are facts and come from `catalog.csv`, the rows of `data/products.csv` for
//! the SKUs named here. Sentences and prices are our own; nothing is claimed to be a vendor's price.

use domain::catalog::import::{self, ImportedSku};
use domain::catalog::{BillingFrequency, Category, ProductKind, Term};
use domain::money::{Currency, Money};
use std::collections::BTreeMap;

const ROWS: &str = include_str!("catalog.csv");

/// A product of the demo catalog.
#[derive(Debug)]
pub struct DemoProduct {
    /// The name, the same in every language.
    pub name: &'static str,
    /// Its shelf.
    pub category: Category,
    /// One sentence in English.
    pub description_en: &'static str,
    /// The same sentence in Dutch.
    pub description_nl: &'static str,
    /// Part number of the SKU that organizations buy, or that users sign up for when it costs nothing.
    pub central: &'static str,
    /// Part number of the SKU that users buy for their team, where the trade has one (D31).
    pub self_service: Option<&'static str>,
    /// List price per license and month for an annual term, in whole units of EUR, USD, GBP and CNY; nothing for what
    /// is free.
    monthly: [i64; 4],
}

/// What one license of a product costs for one billing period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DemoPrice {
    /// How long the buyer commits.
    pub term: Term,
    /// How often the license is charged.
    pub billing_frequency: BillingFrequency,
    /// The price of one license for one billing period.
    pub unit_price: Money,
}

/// The currencies in which the demo sells, in the order of a product's prices.
pub const CURRENCIES: [Currency; 4] = [Currency::Eur, Currency::Usd, Currency::Gbp, Currency::Cny];

impl DemoProduct {
    /// Twelve prices: three ways to buy in each of [`CURRENCIES`]. A monthly term costs a fifth more per month than an
    /// annual one; paying the year at once costs a twentieth less. What is free has no price (R180).
    pub fn prices(&self) -> Vec<DemoPrice> {
        let in_currency = |(currency, whole_units): (Currency, i64)| {
            let month = whole_units * 100;
            [
                (Term::Monthly, BillingFrequency::Monthly, month * 6 / 5),
                (Term::Annual, BillingFrequency::Monthly, month),
                (Term::Annual, BillingFrequency::Yearly, month * 12 * 19 / 20),
            ]
            .map(|(term, billing_frequency, minor)| DemoPrice {
                term,
                billing_frequency,
                unit_price: Money::new(minor, currency),
            })
        };
        let prices = CURRENCIES.into_iter().zip(self.monthly).flat_map(in_currency);
        prices.filter(|price| price.unit_price.minor > 0).collect()
    }
}

/// Every SKU of the demo catalog with its GUID and service plans, by part number.
pub fn skus() -> BTreeMap<String, ImportedSku> {
    let products = import::parse(ROWS).map(|file| file.products).unwrap_or_default();
    products.into_iter().flat_map(|product| product.skus).map(|sku| (sku.part_number.clone(), sku)).collect()
}

/// What is an add-on, by the part number of its central SKU, and the products that it fits (domain 1.9).
pub const ADD_ONS: &[(&str, ProductKind, &[&str])] = &[
    ("MCOMEETADV", ProductKind::TraditionalAddOn, &["SPE_E3", "SPE_F1", "O365_BUSINESS_PREMIUM", "SPB"]),
    ("SHAREPOINTSTORAGE", ProductKind::TraditionalAddOn, &["SPE_E3", "SPE_E5"]),
    ("10_ALR_ADDON", ProductKind::StandaloneAddOn, &["SPE_E5"]),
];

/// The products, shelf by shelf.
pub const PRODUCTS: &[DemoProduct] = &[
    DemoProduct {
        name: "Microsoft 365 E3",
        category: Category::Productivity,
        description_en: "Apps, mail, meetings and device management for a whole enterprise.",
        description_nl: "Apps, e-mail, vergaderingen en apparaatbeheer voor een hele onderneming.",
        central: "SPE_E3",
        self_service: None,
        monthly: [34, 36, 30, 260],
    },
    DemoProduct {
        name: "Microsoft 365 E5",
        category: Category::Productivity,
        description_en: "Everything in E3, with advanced security, calling and analysis.",
        description_nl: "Alles van E3, met geavanceerde beveiliging, telefonie en analyse.",
        central: "SPE_E5",
        self_service: None,
        monthly: [55, 57, 48, 420],
    },
    DemoProduct {
        name: "Microsoft 365 Business Basic",
        category: Category::Productivity,
        description_en: "Mail, meetings and web apps for a small company.",
        description_nl: "E-mail, vergaderingen en webapps voor een klein bedrijf.",
        central: "O365_BUSINESS_ESSENTIALS",
        self_service: None,
        monthly: [6, 6, 5, 45],
    },
    DemoProduct {
        name: "Microsoft 365 Business Standard",
        category: Category::Productivity,
        description_en: "Desktop apps, mail and meetings for a small company.",
        description_nl: "Bureaubladapps, e-mail en vergaderingen voor een klein bedrijf.",
        central: "O365_BUSINESS_PREMIUM",
        self_service: None,
        monthly: [12, 13, 10, 90],
    },
    DemoProduct {
        name: "Microsoft 365 Business Premium",
        category: Category::Productivity,
        description_en: "Desktop apps and mail with protection of people and devices.",
        description_nl: "Bureaubladapps en e-mail met bescherming van mensen en apparaten.",
        central: "SPB",
        self_service: None,
        monthly: [20, 22, 18, 155],
    },
    DemoProduct {
        name: "Microsoft 365 F3",
        category: Category::Productivity,
        description_en: "Mail, tasks and web apps for people who work on their feet.",
        description_nl: "E-mail, taken en webapps voor mensen die niet achter een bureau werken.",
        central: "SPE_F1",
        self_service: None,
        monthly: [8, 8, 7, 60],
    },
    DemoProduct {
        name: "Microsoft 365 Apps for Business",
        category: Category::Productivity,
        description_en: "Only the desktop apps, on five computers per person.",
        description_nl: "Alleen de bureaubladapps, op vijf computers per persoon.",
        central: "O365_BUSINESS",
        self_service: None,
        monthly: [10, 11, 9, 75],
    },
    DemoProduct {
        name: "Microsoft Copilot for Microsoft 365",
        category: Category::Productivity,
        description_en: "An assistant that writes, summarizes and answers in the apps people use.",
        description_nl: "Een assistent die schrijft, samenvat en antwoord geeft in de apps die mensen gebruiken.",
        central: "Microsoft_365_Copilot",
        self_service: None,
        monthly: [28, 30, 25, 215],
    },
    DemoProduct {
        name: "Visio Plan 1",
        category: Category::Productivity,
        description_en: "Diagrams in the browser.",
        description_nl: "Diagrammen in de browser.",
        central: "VISIOONLINE_PLAN1",
        self_service: Some("VISIO_PLAN1_DEPT"),
        monthly: [5, 5, 4, 36],
    },
    DemoProduct {
        name: "Visio Plan 2",
        category: Category::Productivity,
        description_en: "Diagrams in the browser and on the desktop, linked to data.",
        description_nl: "Diagrammen in de browser en op het bureaublad, gekoppeld aan gegevens.",
        central: "VISIOCLIENT",
        self_service: Some("VISIO_PLAN2_DEPT"),
        monthly: [14, 15, 12, 108],
    },
    DemoProduct {
        name: "Microsoft Teams Premium",
        category: Category::Communication,
        description_en: "Larger and better protected meetings, with a summary afterwards.",
        description_nl: "Grotere en beter beschermde vergaderingen, met achteraf een samenvatting.",
        central: "Microsoft_Teams_Premium",
        self_service: Some("Teams_Premium_(for_Departments)"),
        monthly: [9, 10, 8, 70],
    },
    DemoProduct {
        name: "Microsoft Teams Phone Standard",
        category: Category::Communication,
        description_en: "Calls to and from ordinary phone numbers.",
        description_nl: "Bellen van en naar gewone telefoonnummers.",
        central: "MCOEV",
        self_service: None,
        monthly: [8, 8, 7, 60],
    },
    DemoProduct {
        name: "Power BI Pro",
        category: Category::Analytics,
        description_en: "Make and share interactive reports.",
        description_nl: "Interactieve rapporten maken en delen.",
        central: "POWER_BI_PRO",
        self_service: Some("POWER_BI_PRO_DEPT"),
        monthly: [13, 14, 11, 98],
    },
    DemoProduct {
        name: "Power BI Premium Per User",
        category: Category::Analytics,
        description_en: "Reports on larger data, refreshed more often.",
        description_nl: "Rapporten over meer gegevens, vaker ververst.",
        central: "PBI_PREMIUM_PER_USER",
        self_service: Some("PBI_PREMIUM_PER_USER_DEPT"),
        monthly: [22, 24, 19, 170],
    },
    DemoProduct {
        name: "Power Apps Premium",
        category: Category::BusinessApps,
        description_en: "Build and run apps for the own work without programming.",
        description_nl: "Apps voor het eigen werk bouwen en gebruiken zonder te programmeren.",
        central: "POWERAPPS_PER_USER",
        self_service: None,
        monthly: [18, 20, 16, 140],
    },
    DemoProduct {
        name: "Power Automate per user plan",
        category: Category::BusinessApps,
        description_en: "Let routine work run by itself, with a plan per person.",
        description_nl: "Routinewerk vanzelf laten lopen, met een abonnement per persoon.",
        central: "FLOW_PER_USER",
        self_service: Some("FLOW_PER_USER_DEPT"),
        monthly: [14, 15, 12, 105],
    },
    DemoProduct {
        name: "Planner Plan 1",
        category: Category::BusinessApps,
        description_en: "Plan tasks and see their progress on a time line.",
        description_nl: "Taken plannen en hun voortgang op een tijdlijn zien.",
        central: "PROJECT_P1",
        self_service: Some("PROJECT_PLAN1_DEPT"),
        monthly: [9, 10, 8, 70],
    },
    DemoProduct {
        name: "Planner and Project Plan 3",
        category: Category::BusinessApps,
        description_en: "Plan projects with resources, costs and a desktop app.",
        description_nl: "Projecten plannen met mensen, kosten en een bureaubladapp.",
        central: "PROJECTPROFESSIONAL",
        self_service: Some("PROJECT_PLAN3_DEPT"),
        monthly: [28, 30, 24, 215],
    },
    DemoProduct {
        name: "Dynamics 365 Sales Premium",
        category: Category::BusinessApps,
        description_en: "Follow leads and customers with predictions per deal.",
        description_nl: "Leads en klanten volgen met een voorspelling per deal.",
        central: "DYN365_SALES_PREMIUM",
        self_service: None,
        monthly: [126, 135, 112, 980],
    },
    DemoProduct {
        name: "Dynamics 365 Customer Service Professional",
        category: Category::BusinessApps,
        description_en: "Handle the questions of customers as cases.",
        description_nl: "Vragen van klanten behandelen als dossiers.",
        central: "DYN365_CUSTOMER_SERVICE_PRO",
        self_service: None,
        monthly: [47, 50, 41, 360],
    },
    DemoProduct {
        name: "Microsoft Entra ID P1",
        category: Category::Security,
        description_en: "One sign-in for all apps, with conditions.",
        description_nl: "Eén aanmelding voor alle apps, met voorwaarden.",
        central: "AAD_PREMIUM",
        self_service: None,
        monthly: [6, 6, 5, 42],
    },
    DemoProduct {
        name: "Microsoft Entra ID P2",
        category: Category::Security,
        description_en: "Sign-in that weighs its risk and grants rights for a while only.",
        description_nl: "Aanmelding die het risico weegt en rechten maar tijdelijk geeft.",
        central: "AAD_PREMIUM_P2",
        self_service: None,
        monthly: [9, 9, 8, 65],
    },
    DemoProduct {
        name: "Microsoft Defender for Endpoint",
        category: Category::Security,
        description_en: "Protect computers and phones, and see what attacked them.",
        description_nl: "Computers en telefoons beschermen en zien wat ze aanviel.",
        central: "WIN_DEF_ATP",
        self_service: None,
        monthly: [5, 5, 4, 38],
    },
    DemoProduct {
        name: "Intune",
        category: Category::Windows,
        description_en: "Manage and secure computers, phones and apps from one place.",
        description_nl: "Computers, telefoons en apps vanaf één plek beheren en beveiligen.",
        central: "INTUNE_A",
        self_service: None,
        monthly: [8, 8, 7, 58],
    },
    DemoProduct {
        name: "Windows 365 Enterprise 2 vCPU 4 GB 128 GB",
        category: Category::Windows,
        description_en: "A Windows computer in the cloud, ready on any device.",
        description_nl: "Een Windows-computer in de cloud, klaar op elk apparaat.",
        central: "CPC_E_2C_4GB_128GB",
        self_service: None,
        monthly: [33, 35, 29, 250],
    },
    DemoProduct {
        name: "Microsoft 365 E5 Developer (without Windows and Audio Conferencing)",
        category: Category::Developer,
        description_en: "A place to build and test with all apps.",
        description_nl: "Een plek om met alle apps te bouwen en te testen.",
        central: "DEVELOPERPACK_E5",
        self_service: None,
        monthly: [15, 16, 13, 115],
    },
    DemoProduct {
        name: "Clipchamp Premium",
        category: Category::Other,
        description_en: "Edit videos with the own logo and colors.",
        description_nl: "Video's bewerken met het eigen logo en eigen kleuren.",
        central: "Clipchamp_Premium",
        self_service: None,
        monthly: [11, 12, 10, 85],
    },
    DemoProduct {
        name: "Microsoft 365 Audio Conferencing",
        category: Category::Communication,
        description_en: "Dial in to meetings by telephone. An add-on to a subscription.",
        description_nl: "Bel in bij vergaderingen via de telefoon. Een invoegtoepassing bij een abonnement.",
        central: "MCOMEETADV",
        self_service: None,
        monthly: [4, 4, 3, 30],
    },
    DemoProduct {
        name: "Office 365 Extra File Storage",
        category: Category::Productivity,
        description_en: "More room for shared files. An add-on to a subscription.",
        description_nl: "Meer ruimte voor gedeelde bestanden. Een invoegtoepassing bij een abonnement.",
        central: "SHAREPOINTSTORAGE",
        self_service: None,
        monthly: [1, 1, 1, 5],
    },
    DemoProduct {
        name: "10-Year Audit Log Retention Add On",
        category: Category::Security,
        description_en: "Keep the audit log for ten years. An add-on with a term of its own.",
        description_nl: "Bewaar het auditlogboek tien jaar. Een invoegtoepassing met een eigen termijn.",
        central: "10_ALR_ADDON",
        self_service: None,
        monthly: [5, 5, 4, 36],
    },
    DemoProduct {
        name: "Microsoft Fabric (Free)",
        category: Category::Analytics,
        description_en: "Make reports for yourself, at no cost.",
        description_nl: "Rapporten voor uzelf maken, zonder kosten.",
        central: "POWER_BI_STANDARD",
        self_service: None,
        monthly: [0, 0, 0, 0],
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use domain::catalog::SkuKind;
    use std::collections::HashSet;

    fn part_numbers() -> Vec<&'static str> {
        PRODUCTS.iter().flat_map(|product| std::iter::once(product.central).chain(product.self_service)).collect()
    }

    #[test]
    fn every_sku_and_its_plans_are_those_of_the_published_table() {
        let published = import::parse(include_str!("../../../../data/products.csv")).unwrap();
        let published: Vec<&ImportedSku> = published.products.iter().flat_map(|product| &product.skus).collect();
        let skus = skus();

        assert_eq!(skus.len(), part_numbers().len());
        for part_number in part_numbers() {
            let found: Vec<&ImportedSku> =
                published.iter().copied().filter(|sku| sku.part_number == part_number).collect();
            assert_eq!(found, [&skus[part_number]]);
        }
    }

    #[test]
    fn an_add_on_fits_products_of_the_catalog() {
        for (part_number, kind, fits) in ADD_ONS {
            assert!(kind.is_add_on() && part_numbers().contains(part_number), "{part_number}");
            assert!(!fits.is_empty() && fits.iter().all(|base| part_numbers().contains(base)), "{part_number}");
        }
    }

    #[test]
    fn no_row_is_left_out() {
        assert_eq!(import::parse(ROWS).unwrap().refused, []);
    }

    #[test]
    fn every_product_has_three_ways_to_buy_in_four_currencies_or_is_free() {
        let skus = skus();
        let is_free = |product: &&DemoProduct| skus[product.central].kind() == SkuKind::Free;
        let (free, sold): (Vec<_>, Vec<_>) = PRODUCTS.iter().partition(is_free);
        assert!(free.iter().map(|product| (product.central, product.prices())).eq([("POWER_BI_STANDARD", vec![])]));
        for product in sold {
            let prices = product.prices();
            let ways: HashSet<_> = prices
                .iter()
                .map(|price| (price.unit_price.currency.code(), price.term.code(), price.billing_frequency.code()))
                .collect();
            assert_eq!((prices.len(), ways.len()), (12, 12), "{}", product.name);
            assert!(prices.iter().all(|price| price.unit_price.minor > 0), "{}", product.name);
        }
    }

    #[test]
    fn a_monthly_term_costs_more_and_a_year_at_once_less() {
        let power_bi = PRODUCTS.iter().find(|product| product.name == "Power BI Pro").unwrap();
        let euros: Vec<i64> = power_bi.prices().iter().take(3).map(|price| price.unit_price.minor).collect();
        assert_eq!(euros, [1_560, 1_300, 14_820]);
    }

    #[test]
    fn names_are_unique_every_shelf_is_filled_and_both_sentences_end() {
        assert_eq!(PRODUCTS.iter().map(|product| product.name).collect::<HashSet<_>>().len(), PRODUCTS.len());
        for category in Category::ALL {
            assert!(PRODUCTS.iter().any(|product| product.category == *category), "{category}");
        }
        for product in PRODUCTS {
            assert!(product.description_en.ends_with('.') && product.description_nl.ends_with('.'), "{}", product.name);
        }
    }
}

//! What differs between the clouds (domain 7), as data in one place: pages, rules and help read it. Only the days of
//! the life cycle stand elsewhere, because they also differ by channel (`subscription::due`).

use crate::codes::coded;
use crate::organization::Cloud;
use crate::subscription::Action;
use jiff::ToSpan;
use jiff::civil::Date;

coded! {
    /// The year whose names of pages an operator shows: written steps of that year name them so.
    #[derive(Default)]
    pub enum PageNames {
        /// As in April 2020: each cloud had a name of its own for the page with the subscriptions.
        Of2020 = "2020",
        /// As in 2021: one name in all clouds.
        #[default]
        Of2021 = "2021",
    }
}

/// The name of the page that lists the subscriptions (R52, R56, R58, R88).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProductsPage {
    /// Your products.
    YourProducts,
    /// Products & services.
    ProductsAndServices,
    /// Subscriptions.
    Subscriptions,
}

/// How the pane with the total of licenses is sent (R54, R57, R59).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuantityButtons {
    /// "Submit change" sends it and closes the pane.
    SubmitChange,
    /// "Submit" sends it; the pane says what was done until "Close".
    SubmitThenClose,
}

/// Where recurring billing is switched (domain 1.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecurringBillingControl {
    /// In a pane only.
    Pane,
    /// Also by a button on the page of the subscription.
    Toggle,
}

/// Which cards a cloud takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cards {
    /// Of every brand.
    Any,
    /// Of one brand; the others are from abroad.
    OfBrand(&'static str),
}

impl Cards {
    /// Whether cards of a brand are taken.
    #[must_use]
    pub fn take(self, brand: &str) -> bool {
        match self {
            Self::Any => true,
            Self::OfBrand(only) => only == brand,
        }
    }
}

/// What proves to the authorities that something was paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProofOfPayment {
    /// The invoice.
    Invoice,
    /// A Fapiao, asked for some days after paying (R184).
    Fapiao,
}

/// How long a trial lasts (R157).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrialLength {
    /// Calendar months.
    Months(i32),
    /// Days.
    Days(i32),
}

impl TrialLength {
    /// The day on which a trial ends that began on this day.
    #[must_use]
    pub fn end(self, started_on: Date) -> Date {
        match self {
            Self::Months(months) => started_on.saturating_add(months.months()),
            Self::Days(days) => started_on.saturating_add(days.days()),
        }
    }
}

/// A place that the links of written steps lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Home.
    Home,
    /// Billing > Your products.
    Products,
    /// Billing > Licenses.
    Licenses,
    /// Billing > Purchase services.
    PurchaseServices,
    /// Billing > Bills & payments.
    Invoices,
    /// Settings > Notifications.
    Notifications,
    /// Users > Active users.
    ActiveUsers,
    /// Billing > Bills & payments > Billing profiles.
    BillingProfiles,
    /// A page of help.
    Help(&'static str),
}

/// Everything that differs in a cloud.
#[derive(Debug)]
pub struct CloudFacts {
    /// The name of the page with the subscriptions in 2020; since 2021 it is Your products everywhere.
    pub products_page_of_2020: ProductsPage,
    /// How the pane with the total is sent.
    pub quantity_buttons: QuantityButtons,
    /// Where recurring billing is switched.
    pub recurring_billing: RecurringBillingControl,
    /// Whether every page says that the admin center is changing (R15).
    pub says_that_it_changes: bool,
    /// What only support does.
    pub by_support: &'static [Action],
    /// The cards that can be put on file.
    pub cards: Cards,
    /// Whether bank accounts can be put on file.
    pub bank_accounts: bool,
    /// What proves that something was paid.
    pub proof_of_payment: ProofOfPayment,
    /// How long its trials last (domain 1.7).
    pub trial_length: TrialLength,
    /// The numbers of links in written steps (`/link/842054`), with where they lead.
    pub links: &'static [(u32, Place)],
}

const WORLDWIDE: CloudFacts = CloudFacts {
    products_page_of_2020: ProductsPage::ProductsAndServices,
    quantity_buttons: QuantityButtons::SubmitChange,
    recurring_billing: RecurringBillingControl::Pane,
    says_that_it_changes: false,
    by_support: &[],
    cards: Cards::Any,
    bank_accounts: true,
    proof_of_payment: ProofOfPayment::Invoice,
    trial_length: TrialLength::Months(1),
    links: &[
        (842_054, Place::Products),
        (842_264, Place::Licenses),
        (868_433, Place::PurchaseServices),
        (2_024_339, Place::Home),
        (2_102_895, Place::Invoices),
        (853_212, Place::Notifications),
        (834_822, Place::ActiveUsers),
        (2_103_629, Place::BillingProfiles),
        (2_117_167, Place::Help("payment-methods")),
        (2_117_519, Place::Help("reactivate")),
        (2_119_112, Place::Help("billing-frequency")),
        (2_119_113, Place::Help("cancel")),
        (2_119_216, Place::Help("recurring-billing")),
    ],
};

const GERMANY: CloudFacts = CloudFacts {
    products_page_of_2020: ProductsPage::Subscriptions,
    quantity_buttons: QuantityButtons::SubmitThenClose,
    recurring_billing: RecurringBillingControl::Toggle,
    by_support: &[Action::EditBillingFrequency],
    links: &[
        (847_745, Place::Products),
        (848_038, Place::Licenses),
        (848_041, Place::PurchaseServices),
        (848_040, Place::Invoices),
        (853_213, Place::Notifications),
        (847_686, Place::ActiveUsers),
    ],
    ..WORLDWIDE
};

const VIANET_21: CloudFacts = CloudFacts {
    products_page_of_2020: ProductsPage::Subscriptions,
    quantity_buttons: QuantityButtons::SubmitThenClose,
    recurring_billing: RecurringBillingControl::Toggle,
    says_that_it_changes: true,
    by_support: &[Action::ChangePaymentMethod],
    cards: Cards::OfBrand("UnionPay"),
    bank_accounts: false,
    proof_of_payment: ProofOfPayment::Fapiao,
    trial_length: TrialLength::Days(30),
    links: &[
        (850_626, Place::Products),
        (850_625, Place::Licenses),
        (850_627, Place::PurchaseServices),
        (2_127_421, Place::Invoices),
        (853_215, Place::Notifications),
        (850_628, Place::ActiveUsers),
    ],
};

impl Cloud {
    /// What differs in this cloud.
    #[must_use]
    pub const fn facts(self) -> &'static CloudFacts {
        match self {
            Self::Worldwide => &WORLDWIDE,
            Self::Germany => &GERMANY,
            Self::Vianet21 => &VIANET_21,
        }
    }

    /// The name of the page that lists the subscriptions.
    #[must_use]
    pub const fn products_page(self, names: PageNames) -> ProductsPage {
        match names {
            PageNames::Of2020 => self.facts().products_page_of_2020,
            PageNames::Of2021 => ProductsPage::YourProducts,
        }
    }
}

/// Where the link with this number leads, whichever cloud it was written for; `None` for a number that no steps have.
#[must_use]
pub fn place_of_link(number: u32) -> Option<Place> {
    let mut links = Cloud::ALL.iter().flat_map(|cloud| cloud.facts().links);
    links.find(|(known, _)| *known == number).map(|(_, place)| *place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// R52, R56, R58: the names of 2020; R88, R95, R106: the one of 2021.
    #[test]
    fn the_page_with_the_subscriptions_has_its_names() {
        use ProductsPage as P;
        let names = |year| Cloud::ALL.iter().map(|cloud| cloud.products_page(year)).collect::<Vec<_>>();
        assert_eq!(names(PageNames::Of2020), [P::ProductsAndServices, P::Subscriptions, P::Subscriptions]);
        assert_eq!(names(PageNames::Of2021), [P::YourProducts; 3]);
    }

    /// R54, R57, R59; R15.
    #[test]
    fn buttons_and_notice() {
        use QuantityButtons as Q;
        let facts: Vec<_> = Cloud::ALL.iter().map(|cloud| cloud.facts()).collect();
        let buttons: Vec<_> = facts.iter().map(|facts| facts.quantity_buttons).collect();
        assert_eq!(buttons, [Q::SubmitChange, Q::SubmitThenClose, Q::SubmitThenClose]);
        let notice: Vec<_> = facts.iter().map(|facts| facts.says_that_it_changes).collect();
        assert_eq!(notice, [false, false, true]);
    }

    /// R2, R9, R36, R88, R95, R106, R110, R123, R133, R144: every number of written steps leads to its place, and no
    /// other to any.
    #[test]
    fn links_of_written_steps_lead_to_their_places() {
        for (numbers, place) in [
            (&[842_054, 847_745, 850_626][..], Place::Products),
            (&[842_264, 848_038, 850_625], Place::Licenses),
            (&[868_433, 848_041, 850_627], Place::PurchaseServices),
            (&[2_024_339], Place::Home),
            (&[2_102_895, 848_040, 2_127_421], Place::Invoices),
            (&[853_212, 853_213, 853_215], Place::Notifications),
            (&[834_822, 847_686, 850_628], Place::ActiveUsers),
            (&[2_103_629], Place::BillingProfiles),
            (&[2_117_167], Place::Help("payment-methods")),
            (&[2_117_519], Place::Help("reactivate")),
            (&[2_119_112], Place::Help("billing-frequency")),
            (&[2_119_113], Place::Help("cancel")),
            (&[2_119_216], Place::Help("recurring-billing")),
        ] {
            assert!(numbers.iter().all(|number| place_of_link(*number) == Some(place)), "{numbers:?}");
        }
        let mut numbers: Vec<_> = Cloud::ALL.iter().flat_map(|cloud| cloud.facts().links).map(|link| link.0).collect();
        assert_eq!(numbers.len(), 25);
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), 25);
        assert_eq!(place_of_link(842_055), None);
    }

    /// Domain 1.7: a calendar month, or 30 days.
    #[test]
    fn trials_differ_in_length() {
        let end = |cloud: Cloud| cloud.facts().trial_length.end(date(2021, 1, 31));
        assert_eq!(end(Cloud::Worldwide), date(2021, 2, 28));
        assert_eq!(end(Cloud::Germany), date(2021, 2, 28));
        assert_eq!(end(Cloud::Vianet21), date(2021, 3, 2));
    }
}

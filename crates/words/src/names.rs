//! The words for the enumerations of the domain: a new variant does not compile until it has its words here.

use crate::Words;
use domain::money::Currency;

impl Words {
    /// The name of a currency.
    #[must_use]
    pub const fn currency(self, currency: Currency) -> &'static str {
        match currency {
            Currency::Eur => self.currency_eur(),
            Currency::Usd => self.currency_usd(),
            Currency::Gbp => self.currency_gbp(),
            Currency::Cny => self.currency_cny(),
            Currency::Jpy => self.currency_jpy(),
            Currency::Kwd => self.currency_kwd(),
        }
    }
}

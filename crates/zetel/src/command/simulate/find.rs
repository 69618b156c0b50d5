//! What a scenario names, found on the stage.

use super::act::Wrong;
use super::stage::{Home, Named, OnShelf, Player, Stage};
use app::{Caller, Command};
use domain::access::Actor;
use domain::billing::BillingProfile;
use domain::billing::invoice::Invoice;
use domain::catalog::{BillingFrequency, SkuKind, Term};
use domain::ids::{BillingProfileId, OrganizationId, ProductId, SubscriptionId, UserId};
use domain::money::{Currency, Money};
use domain::refusal::Refusal;
use domain::subscription::Subscription;
use jiff::civil::Date;
use store::Read;
use store::tables::{billing_account, invoice, subscription};

/// More rows than a scenario makes.
pub const ALL: usize = 1_000_000;

impl Stage {
    /// Carries out a command of somebody at home.
    pub fn write<C: Command>(&self, by: &Player, command: C) -> Result<C::Outcome, Wrong> {
        Ok(self.app.write(&by.caller, by.organization, command).wait()?)
    }

    /// Carries out a command of the operator.
    pub fn operate<C: Command>(&self, organization: OrganizationId, command: C) -> Result<C::Outcome, Wrong> {
        Ok(self.app.write(&operator(), organization, command).wait()?)
    }

    /// Reads what an organization has.
    pub fn read<T>(
        &self,
        organization: OrganizationId,
        read: impl Fn(&Read<'_>) -> store::Result<T>,
    ) -> Result<T, Wrong> {
        Ok(self.store.read(organization, read)?)
    }

    /// The organization with this name; without one that which buys.
    pub fn home(&self, field: &str, name: Option<&str>) -> Result<&Home, Wrong> {
        let found = self.homes.iter().find(|home| name.is_none_or(|name| home.name == name));
        found.ok_or_else(|| nothing(field, "no organization", name.unwrap_or_default()))
    }

    /// The organization with this identifier.
    pub fn home_of(&self, id: OrganizationId) -> &Home {
        self.homes.iter().find(|home| home.id == id).unwrap_or(&self.homes[0])
    }

    /// The day where an organization is.
    pub fn today(&self, organization: OrganizationId) -> Date {
        self.now().to_zoned(self.home_of(organization).zone.clone()).date()
    }

    /// An amount.
    pub fn money(&self, field: &str, amount: &str, currency: Currency) -> Result<Money, Wrong> {
        Money::parse(amount, currency).map_err(|_| Wrong::at(field, format!("{amount:?} is no amount")))
    }

    /// The subscription with this name.
    pub fn named(&self, name: &str) -> Result<Named, Wrong> {
        self.names.get(name).copied().ok_or_else(|| nothing("subscription", "nothing", name))
    }

    /// The subscription with this name, as it stands.
    pub fn subscription(&self, name: &str) -> Result<Subscription, Wrong> {
        let Named { organization, id } = self.named(name)?;
        let found = self.read(organization, |read| subscription::find(read, id))?;
        Ok(found.ok_or(Refusal::NotFound)?.subscription)
    }

    /// That no subscription has this name yet.
    pub fn is_new(&self, field: &str, name: &str) -> Result<(), Wrong> {
        match self.names.contains_key(name) {
            true => Err(Wrong::at(field, format!("{name:?} is the name of another subscription"))),
            false => Ok(()),
        }
    }

    /// Gives a subscription a name.
    pub fn name(&mut self, name: &str, organization: OrganizationId, id: SubscriptionId) {
        self.names.insert(name.to_owned(), Named { organization, id });
    }

    /// The person with this name.
    pub fn person(&self, field: &str, name: &str) -> Result<UserId, Wrong> {
        self.people.get(name).copied().ok_or_else(|| nothing(field, "nobody", name))
    }

    /// The people with these names.
    pub fn everyone(&self, people: &[String]) -> Result<Vec<UserId>, Wrong> {
        let person = |(number, name): (usize, &String)| self.person(&format!("people[{number}]"), name);
        people.iter().enumerate().map(person).collect()
    }

    /// The product with this name.
    pub fn product(&self, field: &str, name: &str) -> Result<ProductId, Wrong> {
        self.products.get(name).copied().ok_or_else(|| nothing(field, "no product", name))
    }

    /// The price of a product for somebody: people who hold no office buy at prices of their own.
    pub fn priced(
        &self,
        by: &Player,
        product: &str,
        term: Term,
        billing_frequency: BillingFrequency,
    ) -> Result<&OnShelf, Wrong> {
        self.product("product", product)?;
        let currency = self.home_of(by.organization).currency;
        let kind = if by.is_admin() { SkuKind::Central } else { SkuKind::SelfService };
        let is_it = |sold: &&OnShelf| {
            let price = &sold.price;
            sold.product == product
                && (price.term, price.billing_frequency, price.unit_price.currency)
                    == (term, billing_frequency, currency)
        };
        let found = self.shelf.iter().filter(is_it);
        // What is sold to others only is refused by the product itself.
        let found = found.min_by_key(|sold| sold.kind != kind);
        found.ok_or_else(|| {
            let way = format!("for this term and billing frequency in {currency}");
            Wrong::at("product", format!("the catalog has no {product:?} {way}"))
        })
    }

    /// The billing profile with this name; without a name the first.
    pub fn profile(
        &self,
        organization: OrganizationId,
        field: &str,
        name: Option<&str>,
    ) -> Result<BillingProfile, Wrong> {
        let is_it = |profile: &BillingProfile| match name {
            Some(name) => profile.name == name,
            None => profile.id == BillingProfileId::first_of(organization),
        };
        let found = self.read(organization, billing_account::profiles)?.into_iter().find(is_it);
        found.ok_or_else(|| nothing(field, "no billing profile", name.unwrap_or_default()))
    }

    /// The invoice or credit note with a number, and whose it is.
    pub fn numbered(&self, field: &str, number: &str) -> Result<(OrganizationId, Invoice), Wrong> {
        for home in &self.homes {
            if let Some(found) = self.invoices(home.id)?.into_iter().find(|invoice| invoice.number == number) {
                return Ok((home.id, found));
            }
        }
        Err(Wrong::at(field, format!("no invoice has the number {number:?} by now")))
    }

    /// Every invoice of an organization, the oldest first.
    pub fn invoices(&self, organization: OrganizationId) -> Result<Vec<Invoice>, Wrong> {
        self.read(organization, |read| {
            let mut listed = invoice::list(read, None, Date::MIN, Date::MAX, None, ALL)?;
            listed.reverse();
            let found = listed.iter().map(|row| invoice::find(read, row.id));
            found.filter_map(Result::transpose).map(|stored| stored.map(|stored| stored.invoice)).collect()
        })
    }
}

fn nothing(field: &str, what: &str, name: &str) -> Wrong {
    Wrong::at(field, format!("{what} is named {name:?}"))
}

/// Who acts for the seller.
pub fn operator() -> Caller {
    Caller { actor: Actor::system(), request: "simulate".to_owned() }
}

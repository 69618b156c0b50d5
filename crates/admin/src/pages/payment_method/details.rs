//! One payment method: whose it is, what it pays for, and what can be done with it.

use super::{status, url_of};
use crate::frame::Frame;
use crate::pages::present::{by_support, card_month, method_name, one_line, subscription_links};
use crate::parts::{Closed, Link, Status};
use crate::web::{PageError, PageResult, Section, Visitor, render};
use app::payment_method::details::{PaymentMethodDetails, PaymentMethodView};
use askama::Template;
use axum::extract::Path;
use domain::billing::payment_method::MethodDescription;
use domain::ids::PaymentMethodId;
use domain::refusal::Refusal;
use words::Words;

#[derive(Template)]
#[template(path = "payment_method/details.html")]
struct DetailsPage {
    frame: Frame,
    words: Words,
    status: Status,
    url: String,
    facts: Vec<(&'static str, String)>,
    items: Vec<(Link, String)>,
    more: Option<String>,
    edit: Option<Closed>,
    replace: Option<Closed>,
    delete: Option<Closed>,
}

/// The payment method whose address holds this id.
pub(super) async fn view(visitor: &Visitor, id: &str) -> Result<(PaymentMethodId, PaymentMethodView), PageError> {
    let id = id.parse().map_err(|_| Refusal::NotFound)?;
    Ok((id, visitor.read(PaymentMethodDetails(id)).await?))
}

pub(super) async fn page(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let words = visitor.words;
    let (id, view) = view(&visitor, &id).await?;
    let frame = visitor.frame(Section::Bills, method_name(words, &view.row.listed.method)).await?;
    let (items, more) = items(words, &view);
    render(&DetailsPage {
        frame,
        words,
        status: status(words, &view.row),
        url: url_of(id),
        facts: facts(words, &view),
        items,
        more,
        edit: not_the_owner(words, &view),
        replace: not_replaceable(words, &view),
        delete: not_the_owner(words, &view).or_else(|| not_deletable(words, &view)),
    })
}

/// What it pays for, each with its page; and how much more there is.
pub(super) fn items(words: Words, view: &PaymentMethodView) -> (Vec<(Link, String)>, Option<String>) {
    let mut items = subscription_links(words, &view.subscriptions);
    let profile = |name: &String| format!("{}: {name}", words.billing_profile());
    let profiles = view.profiles.iter();
    let profiles = profiles.map(|(id, name)| Link::new(profile(name), format!("/billing/profiles/{id}")));
    let invoices = view.row.listed.uses.invoices;
    let invoices =
        (invoices > 0).then(|| Link::new(words.open_invoices_count(i64::from(invoices)), Section::Bills.url()));
    items.extend(profiles.chain(invoices).map(|link| (link, String::new())));
    let named = view.subscriptions.len() + view.profiles.len();
    let all = (view.row.listed.uses.subscriptions + view.row.listed.uses.billing_profiles) as usize;
    let more = all.saturating_sub(named);
    (items, (more > 0).then(|| words.and_more(more as i64)))
}

fn facts(words: Words, view: &PaymentMethodView) -> Vec<(&'static str, String)> {
    let listed = &view.row.listed;
    let method = &listed.method;
    let mut facts = Vec::new();
    match &method.described {
        MethodDescription::Card(card) => {
            facts.push((words.card_expiration_date(), card_month(words, &card.expires_on)))
        }
        MethodDescription::BankAccount(account) => {
            let country = words.country(&account.country).unwrap_or(&account.country);
            facts.push((words.organization_country(), country.to_owned()));
            facts.extend(account.mandate.clone().map(|mandate| (words.mandate_reference(), mandate)));
        }
    }
    facts.push((words.holder_name(), method.holder.clone()));
    facts.push((words.address(), one_line(words, &method.address)));
    facts.push((words.added_by(), listed.owner_name.clone()));
    facts.push((words.people_added_on(), words.date(method.created_at.to_zoned(view.zone.clone()).date())));
    if view.row.is_default {
        facts.push((words.default_method(), words.default_method_means().to_owned()));
    }
    facts.retain(|(_, value)| !value.is_empty());
    facts
}

/// Why the reader cannot edit it (R164).
pub(super) fn not_the_owner(words: Words, view: &PaymentMethodView) -> Option<Closed> {
    (!view.row.may_change).then(|| Closed::new(words.method_only_its_owner()))
}

/// Why nothing can take its place.
pub(super) fn not_replaceable(words: Words, view: &PaymentMethodView) -> Option<Closed> {
    if !view.row.may_replace {
        return Some(Closed::new(words.refusal(&Refusal::NotAllowed).to_string()));
    }
    match view.replace.as_ref().err()? {
        Refusal::Closed(_) => Some(by_support(words)),
        _ => Some(Closed::new(format!("{}: {}.", words.pays_for(), words.pays_for_nothing()))),
    }
}

/// Why it cannot be deleted now, and what opens it.
pub(super) fn not_deletable(words: Words, view: &PaymentMethodView) -> Option<Closed> {
    let refusal = view.delete.as_ref().err()?;
    let closed = Closed::new(words.refusal(refusal).to_string());
    Some(match refusal {
        Refusal::PaymentMethodInUse { .. } if not_replaceable(words, view).is_none() => {
            closed.remedy(words.replace(), format!("{}/replace", url_of(view.row.listed.method.id)))
        }
        Refusal::LastPaymentMethod => closed.remedy(words.add_payment_method(), super::add_url(super::URL)),
        _ => closed,
    })
}

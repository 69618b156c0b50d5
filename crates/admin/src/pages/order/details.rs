//! One order: its confirmation, its payment on the way, or why it was given up (R55, R73).

use super::order_status;
use crate::frame::Frame;
use crate::pages::invoice::url_of;
use crate::pages::present::{card_month, credit_check_words, method_name};
use crate::parts::{Link, Status};
use crate::web::{PageResult, Section, Visitor, blocking, render};
use app::Failure;
use app::gateway::Settling;
use app::order::charge::settle;
use app::order::details::{OrderDetails, OrderView};
use askama::Template;
use axum::extract::Path;
use domain::access::Permission;
use domain::ids::OrderId;
use domain::order::{OrderKind, OrderState};
use domain::product_key::KeyUse;
use domain::refusal::Refusal;
use domain::subscription::Channel;
use jiff::tz::TimeZone;
use words::Words;

#[derive(Template)]
#[template(path = "order/details.html")]
struct DetailsPage {
    frame: Frame,
    words: Words,
    status: Status,
    stage: Stage,
    live_url: Option<String>,
    number: String,
    ordered_on: String,
    ordered_by: String,
    amount: Option<String>,
    items: Vec<(String, String)>,
    payment: Vec<(&'static str, String)>,
    subscription_url: Option<String>,
    invoice: Option<Link>,
}

/// What the page says above the facts.
enum Stage {
    /// Licenses are ready; where to assign them, and where to everybody who has no license, for those who may.
    Ready { text: String, assign_url: Option<String>, assign_many_url: Option<String> },
    /// The payment is on its way.
    BeingPaid,
    /// The payer has to confirm at this address.
    AtTheBank { url: Option<String> },
    /// The customer waits for a credit check, which is decided by this day.
    AtTheCheck { text: String },
    /// Nothing was bought, why, and where to try another card.
    GivenUp { reason: String, again_url: Option<String> },
    /// Nothing to say.
    Quiet,
}

/// Looks first how the payment of a buyer stands, so that coming back from the bank shows the outcome at once.
pub(super) async fn page(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let id: OrderId = id.parse().map_err(|_| Refusal::NotFound)?;
    let mut view = visitor.read(OrderDetails(id)).await?;
    let mut address = None;
    if view.may_buy && view.listed.order.state == OrderState::ConfirmationRequired {
        let (app, caller, organization) = (visitor.app().clone(), visitor.caller(), visitor.organization);
        // The gateway may not answer now; the job asks again, and the page says that the payment is under way.
        if let Ok(settling) = blocking(move || settle(&app, &caller, organization, id)).await {
            match settling {
                // Only the bank of the sandbox has to be told where to come back to.
                Settling::WaitsForPayer { address: at } if at.starts_with('/') => {
                    address = Some(format!("{at}?order={id}"));
                }
                Settling::WaitsForPayer { address: at } => address = Some(at),
                Settling::Settled | Settling::WaitsForBank => view = visitor.read(OrderDetails(id)).await?,
            }
        }
    }
    let title = visitor.words.order_number(&view.listed.order.number.to_string());
    let frame = visitor.frame(Section::Orders, title).await?;
    render(&details_page(&visitor, frame, &view, address)?)
}

fn details_page(
    visitor: &Visitor,
    frame: Frame,
    view: &OrderView,
    address: Option<String>,
) -> Result<DetailsPage, Failure> {
    let words = visitor.words;
    let order = &view.listed.order;
    let zone = TimeZone::get(&view.time_zone).map_err(Failure::internal)?;
    let url = format!("{}/{}", Section::Orders.url(), order.id);
    let is_being_paid = matches!(order.state, OrderState::PaymentPending | OrderState::ConfirmationRequired);
    Ok(DetailsPage {
        status: order_status(words, order.state),
        stage: stage(visitor, view, address),
        live_url: is_being_paid.then_some(url),
        number: order.number.to_string(),
        ordered_on: words.date_time(order.ordered_at, &zone),
        ordered_by: view.listed.ordered_by_name.clone().unwrap_or_default(),
        amount: (view.with_prices && view.keys.is_empty()).then(|| words.money(order.amount)),
        items: items(words, view),
        payment: payment(words, view),
        invoice: view.invoice.as_ref().map(|row| Link::new(words.invoice_titled(&row.number), url_of(row.id))),
        subscription_url: view
            .has_subscription
            .then(|| format!("{}/{}", Section::YourProducts.url(), order.subscription_id)),
        words,
        frame,
    })
}

fn stage(visitor: &Visitor, view: &OrderView, address: Option<String>) -> Stage {
    let words = visitor.words;
    let order = &view.listed.order;
    let ready = |text| Stage::Ready { text, assign_url: None, assign_many_url: None };
    match order.state {
        OrderState::Posted if view.starts_on.is_some() => {
            ready(view.starts_on.map(|day| words.order_starts_later(day)).unwrap_or_default())
        }
        OrderState::Posted if !view.keys.is_empty() => {
            let may_assign = view.may_assign && view.keys.iter().any(|key| key.key_use != KeyUse::Extend);
            let assign_url = may_assign.then(|| format!("{}/{}", Section::Licenses.url(), order.product_id));
            Stage::Ready { text: words.order_keys_redeemed().to_owned(), assign_url, assign_many_url: None }
        }
        OrderState::Posted if order.kind == OrderKind::Purchase => {
            let assign_url = view.may_assign.then(|| format!("{}/{}", Section::Licenses.url(), order.product_id));
            let to_many = !view.is_add_on && visitor.may(Permission::ReadUsers);
            Stage::Ready {
                text: words.order_confirmed_text(order.quantity, &view.listed.product_name),
                assign_many_url: assign_url.as_ref().filter(|_| to_many).map(|url| format!("{url}/many?unlicensed=on")),
                assign_url,
            }
        }
        OrderState::Posted if order.kind == OrderKind::Renewal && order.payment_method_id.is_some() => {
            ready(words.order_extended_text(order.quantity, &view.listed.product_name))
        }
        OrderState::PaymentPending => Stage::BeingPaid,
        OrderState::ConfirmationRequired => Stage::AtTheBank { url: address },
        OrderState::Voided => {
            let again = |price| match order.kind {
                OrderKind::Renewal => {
                    format!("{}/{}/extend/pay?price={price}", Section::YourProducts.url(), order.subscription_id)
                }
                _ => {
                    let shop = format!("{}/{}/checkout", Section::Purchase.url(), order.product_id);
                    format!("{shop}?price={price}&quantity={}", order.quantity)
                }
            };
            Stage::GivenUp {
                reason: order.void_reason.as_deref().map(|code| words.void_reason(code)).unwrap_or_default(),
                again_url: order.price_id.filter(|_| view.may_buy).map(again),
            }
        }
        OrderState::CreditCheckPending => match &view.credit_check {
            Some(check) => Stage::AtTheCheck { text: words.order_waits_for_check_text(check.due_on) },
            None => Stage::Quiet,
        },
        OrderState::Posted => Stage::Quiet,
    }
}

fn items(words: Words, view: &OrderView) -> Vec<(String, String)> {
    if view.keys.is_empty() {
        return bought(words, view).into_iter().map(|(label, value)| (label.to_owned(), value)).collect();
    }
    // What product keys bring was paid before, and has no price here.
    let product = std::iter::once((words.product().to_owned(), view.listed.product_name.clone()));
    product.chain(view.keys.iter().map(|key| words.redeemed_key(key))).collect()
}

fn bought(words: Words, view: &OrderView) -> Vec<(&'static str, String)> {
    let order = &view.listed.order;
    let mut items = vec![
        (words.order_items_label(), words.order_items(order.quantity.abs(), &view.listed.product_name)),
        (words.term(), words.term_name(order.term).to_owned()),
        (words.billing_frequency(), words.billing_frequency_name(order.billing_frequency).to_owned()),
    ];
    if let Some(day) = order.starts_on {
        items.push((words.starts_on(), words.date(day)));
    }
    if view.with_prices {
        items.push((words.price_per_license(), words.price_per_license_of(order.unit_price, order.billing_frequency)));
        items.push((words.total_without_vat(), words.money(order.amount)));
        if order.tax.minor != 0 {
            items.push((words.vat(), words.money(order.tax)));
            items.push((words.total_with_vat(), words.money(order.total())));
        }
    }
    items
}

fn payment(words: Words, view: &OrderView) -> Vec<(&'static str, String)> {
    if let Some(check) = &view.credit_check {
        return vec![
            (words.payment_method(), words.channel_name(Channel::DirectInvoice).to_owned()),
            (words.credit_check(), credit_check_words(words, check)),
        ];
    }
    if !view.keys.is_empty() {
        return vec![(words.cost_now(), words.review_costs_nothing().to_owned())];
    }
    let Some(method) = &view.method else { return Vec::new() };
    let month = method.expires_on().map(|month| (words.card_expiration_date(), card_month(words, month)));
    std::iter::once((words.payment_method(), method_name(words, method))).chain(month).collect()
}

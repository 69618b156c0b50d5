//! Centralize a product that users bought, step by step: have enough licenses, assign them, ask the buyers to cancel,
//! see who has (R121-R127). Whoever comes back finds how far it is.

use super::product_url;
use crate::frame::Frame;
use crate::pages::mail_to::mail_to;
use crate::parts::{Closed, Paging, Progress, Status};
use crate::web::{Done, Form, PageError, PageResult, Section, Visitor, address, notice_and_redirect, redirect, render};
use app::license::many::{BulkAction, BulkRequest, Source, make_list};
use app::self_service::centralize::{AskToCancel, Buyer, Centralization, CentralizeProduct};
use askama::Template;
use axum::extract::{Path, Query};
use domain::access::Permission;
use domain::ids::{ProductId, SubscriptionId};
use domain::limits::PAGE_ROWS;
use domain::refusal::Refusal;
use domain::self_service::centralize::Standing;
use serde::Deserialize;
use words::Words;

/// What the address asks for; what it does not know it leaves out.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    after: String,
}

struct BuyerRow {
    id: String,
    name: String,
    email: String,
    url: String,
    licenses: String,
    people: String,
    asked: String,
    ask: &'static str,
    ask_label: String,
    may_ask: bool,
    mail_url: String,
    standing: Status,
}

#[derive(Template)]
#[template(path = "license/centralize.html")]
struct CentralizePage {
    frame: Frame,
    words: Words,
    url: String,
    /// Nobody bought it, and nobody did before.
    is_empty: bool,
    figures: Vec<(&'static str, String)>,
    missing: i64,
    not_enough: String,
    buy: String,
    buy_url: Option<String>,
    adds_to_subscription: bool,
    assign_about: String,
    assign: String,
    /// Whether somebody still has it from a buyer.
    has_people: bool,
    assign_closed: Option<Closed>,
    export_url: String,
    list_url: Option<String>,
    rows: Vec<BuyerRow>,
    /// Where this page of buyers begins.
    after: String,
    paging: Paging,
    /// How many stand where.
    standings: Vec<(Status, String)>,
    may_ask: bool,
    ask_all: Option<String>,
    mail_subject: String,
    mail_text: String,
    work: Progress,
}

pub(super) async fn page(visitor: Visitor, Path(id): Path<String>, Query(asked): Query<Asked>) -> PageResult {
    let product_id: ProductId = id.parse().map_err(|_| Refusal::NotFound)?;
    let query = CentralizeProduct { product_id, after: asked.after.parse().ok(), limit: PAGE_ROWS };
    let view = visitor.read(query).await?;
    let words = visitor.words;
    let mut frame = visitor.frame(Section::Licenses, words.centralize_product(&view.name)).await?;
    frame.lead = Some(words.centralize_purpose().to_owned());
    render(&centralize_page(&visitor, frame, &view, asked.after))
}

fn centralize_page(visitor: &Visitor, frame: Frame, view: &Centralization, after: String) -> CentralizePage {
    let words = visitor.words;
    let product = product_url(view.product_id);
    let url = format!("{product}/centralize");
    let may_ask = visitor.may(Permission::TakeOver);
    let still_pay =
        view.standings.iter().find(|(standing, _)| *standing == Standing::Active).map_or(0, |(_, count)| *count);
    CentralizePage {
        is_empty: view.standings.is_empty(),
        figures: vec![
            (words.centralize_people(), words.number(view.people)),
            (words.centralize_free(), words.number(view.free)),
            (words.centralize_missing(), words.number(view.missing)),
            (words.centralize_buyers_left(), words.number(still_pay)),
        ],
        missing: view.missing,
        not_enough: words.centralize_not_enough(view.missing),
        buy: words.buy_so_many(view.missing),
        buy_url: visitor.may(Permission::BuySubscription).then(|| buy_url(view)),
        adds_to_subscription: view.grows.is_some(),
        assign_about: words.centralize_assign_about(view.people),
        assign: words.assign_many_start(view.people),
        has_people: view.people > 0,
        assign_closed: assign_closed(visitor, view),
        export_url: format!("{product}/users.csv?subscription=self_service"),
        list_url: view.list.map(|list| format!("{product}/many/{list}")),
        rows: view.buyers.iter().map(|buyer| buyer_row(words, view, buyer)).collect(),
        paging: Paging::of(&after, view.next, |at| address(&url, [("after", at)])),
        after,
        standings: view.standings.iter().map(|(of, count)| (standing(words, *of), words.number(*count))).collect(),
        ask_all: (may_ask && view.never_asked > 0).then(|| words.centralize_ask_all(view.never_asked)),
        may_ask,
        mail_subject: words.mail_cancellation_requested(&view.name),
        mail_text: words.mail_cancellation_requested_why(&view.name),
        work: progress(words, view, still_pay, &url),
        url,
        words,
        frame,
    }
}

/// Where the missing licenses are bought, with their number filled in: at the organization's own subscription that can
/// grow, or in the catalog.
fn buy_url(view: &Centralization) -> String {
    match view.grows {
        Some((id, quantity)) => {
            format!("{}/{id}/quantity?quantity={}", Section::YourProducts.url(), i64::from(quantity) + view.missing)
        }
        None => format!("{}/{}?quantity={}", Section::Purchase.url(), view.product_id, view.missing),
    }
}

fn assign_closed(visitor: &Visitor, view: &Centralization) -> Option<Closed> {
    let words = visitor.words;
    if !visitor.may(Permission::AssignLicenses) {
        return Some(Closed::new(words.closed_role()).remedy(words.roles(), "/help/roles"));
    }
    (view.missing > 0).then(|| Closed::new(words.centralize_licenses_first()))
}

/// How many of the buyers' subscriptions are over; looks again by itself while some are not.
fn progress(words: Words, view: &Centralization, still_pay: i64, url: &str) -> Progress {
    let purchases = view.standings.iter().filter(|(standing, _)| standing.is_purchase());
    let total: i64 = purchases.map(|(_, count)| count).sum();
    let done = total - still_pay;
    Progress {
        done: done.unsigned_abs(),
        total: total.max(1).unsigned_abs(),
        text: words.centralize_progress(done, total),
        time_left: String::new(),
        note: String::new(),
        live_url: (still_pay > 0).then(|| url.to_owned()),
    }
}

fn buyer_row(words: Words, view: &Centralization, buyer: &Buyer) -> BuyerRow {
    let bought = &buyer.bought;
    let ask = if buyer.asked_on.is_some() { words.centralize_ask_again() } else { words.centralize_ask_one() };
    BuyerRow {
        id: bought.subscription_id.to_string(),
        url: format!("{}/{}", Section::YourProducts.url(), bought.subscription_id),
        licenses: words.licenses_count(i64::from(bought.quantity)),
        people: match bought.people {
            0 => String::new(),
            people => words.centralize_still_people(people),
        },
        asked: match buyer.asked_on {
            Some(day) => words.centralize_asked_on(&words.date_short(day), &bought.asked_by),
            None if bought.has_left => words.centralize_has_left().to_owned(),
            None if buyer.standing.can_be_asked() && bought.people > 0 => words.centralize_ask_later().to_owned(),
            None => words.centralize_never_asked().to_owned(),
        },
        ask,
        ask_label: format!("{ask}: {}", bought.buyer),
        may_ask: buyer.may_ask,
        mail_url: mail_to(
            &bought.email,
            &words.mail_cancellation_requested(&view.name),
            &words.centralize_mail_text(&bought.buyer, &view.name),
        ),
        standing: standing(words, buyer.standing),
        name: bought.buyer.clone(),
        email: bought.email.clone(),
    }
}

fn standing(words: Words, standing: Standing) -> Status {
    match standing {
        Standing::Active => Status::warning(words.standing_active()),
        Standing::Trial => Status::neutral(words.channel_trial()),
        Standing::Free => Status::neutral(words.channel_free()),
        Standing::Canceled => Status::good(words.standing_canceled()),
        Standing::Expired => Status::good(words.status_expired()),
        Standing::Deleted => Status::neutral(words.status_deleted()),
    }
}

/// Makes the list of everybody who has it from a buyer; its page says what it comes to and asks for the start.
pub(super) async fn assign(visitor: Visitor, Path(id): Path<String>, _form: Form) -> PageResult {
    let product_id: ProductId = id.parse().map_err(|_| Refusal::NotFound)?;
    let request =
        BulkRequest { action: BulkAction::Centralize, product_id, subscription_id: None, disabled_plans: Vec::new() };
    let list = visitor
        .run(move |app, caller, organization| make_list(app, caller, organization, &request, &Source::BoughtByUsers))
        .await?;
    Ok(redirect(&format!("{}/many/{list}", product_url(product_id))))
}

/// Asks one buyer, or all who were never asked.
pub(super) async fn ask(visitor: Visitor, Path(id): Path<String>, form: Form) -> PageResult {
    let product_id: ProductId = id.parse().map_err(|_| Refusal::NotFound)?;
    let named = |text: &str| text.parse::<SubscriptionId>().map_err(|_| PageError::from(Refusal::NotFound));
    let subscriptions = match form.text("subscription") {
        "" => Vec::new(),
        one => vec![named(one)?],
    };
    let count = visitor.write(AskToCancel { product_id, subscriptions }).await?;
    let done = match count {
        0 => Done::BuyersAskedBefore {},
        count => Done::BuyersAsked { count: i64::from(count) },
    };
    let page = match form.text("after") {
        "" => String::new(),
        after => format!("?after={}", after.parse::<SubscriptionId>().map_err(|_| Refusal::NotFound)?),
    };
    Ok(notice_and_redirect(&done, &format!("{}/centralize{page}", product_url(product_id))))
}

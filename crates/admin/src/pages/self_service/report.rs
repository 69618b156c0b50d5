//! Who bought what by self-service, what it costs a month and what licenses of the organization instead would save: a
//! page, a CSV file and a workbook.

use crate::chart::{self, ChartText, Picture, SavingBar};
use crate::frame::Frame;
use crate::pages::license_request::{REPORT_URL, tabs};
use crate::pages::present::subscription_status;
use crate::parts::{Status, Tab};
use crate::web::csv::{Csv, download_whole};
use crate::web::workbook;
use crate::web::{PageResult, Section, Visitor, render};
use app::ports::Cell;
use app::self_service::report::{ProductReport, Purchase, Report, SelfServiceReport};
use askama::Template;
use domain::money::Money;
use words::Words;

/// Purchases that the page shows; the files have them all.
const PURCHASES_SHOWN: usize = 100;

struct ProductRow {
    name: String,
    note: String,
    url: String,
    centralize_url: String,
    centralize_label: String,
    licenses: String,
    people: String,
    cost: String,
    central: String,
    central_note: String,
    saving: String,
}

struct PurchaseRow {
    product: String,
    url: String,
    buyer: String,
    email: String,
    licenses: Picture,
    ends_on: String,
    status: Status,
    cost: String,
}

#[derive(Template)]
#[template(path = "self_service/report.html")]
struct ReportPage {
    frame: Frame,
    words: Words,
    tabs: Vec<Tab>,
    figures: Vec<(&'static str, String)>,
    picture: Option<Picture>,
    products: Vec<ProductRow>,
    purchases: Vec<PurchaseRow>,
    cut: Option<String>,
}

pub(super) async fn page(visitor: Visitor) -> PageResult {
    let words = visitor.words;
    let report = visitor.read(SelfServiceReport).await?;
    let mut frame = visitor.frame(Section::Licenses, words.self_service_report()).await?;
    frame.lead = Some(words.self_service_report_purpose().to_owned());
    let shown = report.purchases.iter().take(PURCHASES_SHOWN);
    render(&ReportPage {
        tabs: tabs(&visitor, REPORT_URL),
        figures: figures(words, &report),
        picture: picture(words, &report),
        products: report.products.iter().map(|row| product_row(words, row)).collect(),
        purchases: shown.map(|(bought, cost)| purchase_row(words, bought, *cost)).collect(),
        cut: (report.purchases.len() > PURCHASES_SHOWN).then(|| words.report_first_rows(PURCHASES_SHOWN as i64)),
        words,
        frame,
    })
}

fn figures(words: Words, report: &Report) -> Vec<(&'static str, String)> {
    let mut figures = Vec::new();
    for (cost, saved) in report.totals() {
        figures.push((words.report_cost(), words.money(cost)));
        figures.push((words.report_saving(), words.money(saved)));
    }
    figures.push((words.subscriptions(), words.number(report.purchases.len() as i64)));
    let people: i64 = report.products.iter().map(|row| row.people).sum();
    figures.push((words.assigned_users(), words.number(people)));
    figures
}

/// One picture, of the currency in which most products are paid: amounts of several cannot be compared.
fn picture(words: Words, report: &Report) -> Option<Picture> {
    let currency = report.products.iter().max_by_key(|row| row.cost.minor)?.cost.currency;
    let bar = |row: &ProductReport| {
        let saved = Money::new(row.saving.map_or(0, |saving| saving.saved.minor.max(0)), currency);
        SavingBar {
            label: row.name.clone(),
            url: centralize_url(row),
            cost: row.cost.minor.unsigned_abs(),
            saved: saved.minor.unsigned_abs(),
            value: words.report_saved_of(saved, row.cost),
        }
    };
    let of_currency = report.products.iter().filter(|row| row.cost.currency == currency && row.cost.minor > 0);
    let bars: Vec<_> = of_currency.map(bar).collect();
    let text = ChartText {
        id: "savings",
        title: words.report_picture().to_owned(),
        description: words.report_picture_purpose().to_owned(),
        numbers: words.view_as_table().to_owned(),
        heads: vec![words.product().to_owned(), words.report_saving().to_owned()],
    };
    (!bars.is_empty()).then(|| chart::saving_bars(&text, &bars))
}

fn centralize_url(row: &ProductReport) -> String {
    format!("{}/{}/centralize", Section::Licenses.url(), row.product_id)
}

fn product_row(words: Words, row: &ProductReport) -> ProductRow {
    let (central, central_note, saving) = match row.saving {
        None => (String::new(), words.report_unknown().to_owned(), String::new()),
        Some(found) => (
            words.money(found.cost),
            if found.to_buy == 0 { words.report_enough_free().to_owned() } else { words.report_to_buy(found.to_buy) },
            match found.saved.minor {
                less @ ..0 => words.report_costs_more(Money::new(-less, found.saved.currency)),
                _ => words.money(found.saved),
            },
        ),
    };
    ProductRow {
        note: words.subscriptions_count(row.subscriptions),
        url: format!("{}/{}?subscription=self_service", Section::Licenses.url(), row.product_id),
        centralize_url: centralize_url(row),
        centralize_label: words.centralize_product(&row.name),
        licenses: words.number(row.licenses),
        people: words.number(row.people),
        cost: words.money(row.cost),
        name: row.name.clone(),
        central,
        central_note,
        saving,
    }
}

fn purchase_row(words: Words, bought: &Purchase, cost: Money) -> PurchaseRow {
    let quantity = i64::from(bought.quantity);
    PurchaseRow {
        product: bought.product_name.clone(),
        url: format!("{}/{}", Section::YourProducts.url(), bought.subscription_id),
        buyer: bought.buyer.clone(),
        email: bought.email.clone(),
        licenses: chart::usage_bar(
            bought.people.unsigned_abs(),
            quantity.unsigned_abs(),
            &words.part_of(bought.people, quantity),
        ),
        ends_on: words.date_short(bought.ends_on),
        status: subscription_status(words, bought.state),
        cost: words.money(cost),
    }
}

fn head(words: Words) -> [&'static str; 9] {
    [
        words.product_name(),
        words.purchaser_name(),
        words.email_address(),
        words.subscriptions_purchased(),
        words.assigned_users(),
        words.expiration_date(),
        words.subscription_status(),
        words.currency(),
        words.report_cost(),
    ]
}

/// Every purchase as a CSV file.
pub(super) async fn csv(visitor: Visitor) -> PageResult {
    let words = visitor.words;
    let report = visitor.read(SelfServiceReport).await?;
    let mut csv = Csv::with_head(&head(words));
    for (bought, cost) in &report.purchases {
        csv.row(&[
            &bought.product_name,
            &bought.buyer,
            &bought.email,
            &bought.quantity.to_string(),
            &bought.people.to_string(),
            &bought.ends_on.to_string(),
            &subscription_status(words, bought.state).word,
            cost.currency.code(),
            &cost.decimal(),
        ]);
    }
    Ok(download_whole("self-service.csv", csv))
}

/// Every purchase as a workbook.
pub(super) async fn workbook(visitor: Visitor) -> PageResult {
    let words = visitor.words;
    let report = visitor.read(SelfServiceReport).await?;
    let row = |(bought, cost): &(Purchase, Money)| {
        vec![
            Cell::Text(bought.product_name.clone()),
            Cell::Text(bought.buyer.clone()),
            Cell::Text(bought.email.clone()),
            Cell::Count(i64::from(bought.quantity)),
            Cell::Count(bought.people),
            Cell::Text(bought.ends_on.to_string()),
            Cell::Text(subscription_status(words, bought.state).word),
            Cell::from(cost.currency.code()),
            Cell::Amount(*cost),
        ]
    };
    let rows: Vec<_> = report.purchases.iter().map(row).collect();
    let book = visitor.run(move |app, _, _| app.workbook(&head(words), &rows)).await?;
    Ok(workbook::send("self-service.xlsx", book))
}

//! Every payment method, what it pays for, and when it expires (R40).

use super::{status, url_of, uses};
use crate::frame::Frame;
use crate::pages::invoice::{BillsTab, tabs};
use crate::pages::present::method_name;
use crate::parts::{Status, Tab, Tone};
use crate::web::{PageResult, Section, Visitor, render};
use app::payment_method::list::{ListPaymentMethods, PaymentMethodRow};
use askama::Template;
use domain::billing::payment_method::Expiry;
use words::Words;

struct RowView {
    name: String,
    note: String,
    is_default: bool,
    url: String,
    owner: String,
    uses: String,
    status: Status,
    may_change: bool,
    replace: bool,
    menu_label: String,
}

/// Which cards need somebody's attention.
struct Warning {
    tone: Tone,
    title: &'static str,
    cards: String,
}

#[derive(Template)]
#[template(path = "payment_method/list.html")]
struct ListPage {
    frame: Frame,
    words: Words,
    tabs: Vec<Tab>,
    warnings: Vec<Warning>,
    rows: Vec<RowView>,
    may_add: bool,
}

pub(super) async fn page(visitor: Visitor) -> PageResult {
    let words = visitor.words;
    let view = visitor.read(ListPaymentMethods).await?;
    let mut frame = visitor.frame(Section::Bills, words.payment_methods()).await?;
    frame.lead = Some(words.payment_methods_purpose().to_owned());
    let warnings = [
        warning(words, &view.rows, Expiry::Past, Tone::Severe, words.methods_expired_title()),
        warning(words, &view.rows, Expiry::Soon, Tone::Warning, words.methods_expire_soon_title()),
    ];
    render(&ListPage {
        tabs: tabs(&visitor, BillsTab::PaymentMethods),
        warnings: warnings.into_iter().flatten().collect(),
        rows: view.rows.iter().map(|row| row_view(words, row)).collect(),
        may_add: view.may_add,
        words,
        frame,
    })
}

/// A notice about those that pay for something and are at this point of their life.
fn warning(
    words: Words,
    rows: &[PaymentMethodRow],
    expiry: Expiry,
    tone: Tone,
    title: &'static str,
) -> Option<Warning> {
    let ending = rows.iter().filter(|row| row.expiry == expiry && row.listed.uses.items() > 0);
    let cards: Vec<_> = ending.map(|row| method_name(words, &row.listed.method)).collect();
    (!cards.is_empty()).then(|| Warning { tone, title, cards: words.list(&cards) })
}

fn row_view(words: Words, row: &PaymentMethodRow) -> RowView {
    let method = &row.listed.method;
    let name = method_name(words, method);
    RowView {
        note: method.holder.clone(),
        is_default: row.is_default,
        url: url_of(method.id),
        owner: row.listed.owner_name.clone(),
        uses: uses(words, &row.listed.uses),
        status: status(words, row),
        may_change: row.may_change,
        replace: row.may_replace && row.listed.uses.items() > 0,
        menu_label: words.more_actions_for(&name),
        name,
    }
}

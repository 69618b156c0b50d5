//! Entering keys, reviewing what will be true afterwards, redeeming them (R92 to R94, R98, R99). One address takes
//! every step as a form, so that keys never stand in an address and everything works without script.

use crate::frame::Frame;
use crate::parts::{Choice, FieldErrors};
use crate::web::{
    Done, Form, PageError, PageResult, Section, Visitor, notice_and_redirect, redirect, render, render_refused,
};
use app::Failure;
use app::order::place::new_order_id;
use app::product_key::redeem::{Redeem, Reviewed, TypedKey, redeem, review};
use app::subscription::details::{SubscriptionDetails, SubscriptionView};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use domain::access::Permission;
use domain::ids::{OrderId, SubscriptionId};
use domain::limits::KEYS_PER_REDEMPTION_MAX;
use domain::product_key::KeyUse;
use domain::product_key::code::split;
use domain::product_key::redeem::KeyLine;
use domain::refusal::{Field, Refusal};
use domain::subscription::{Action, Offer};
use serde::Deserialize;
use words::Words;

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    #[serde(rename = "use")]
    key_use: String,
}

/// Where keys are redeemed, as the page shows it.
struct Place {
    subscription_id: Option<SubscriptionId>,
    section: Section,
    title: &'static str,
    lead: String,
    url: String,
    back_url: String,
}

/// What was typed so far: the use that holds for all keys, or `both`, and each key with its own.
struct Typed {
    key_use: String,
    keys: Vec<(KeyUse, String)>,
}

struct KeyField {
    name: String,
    label: String,
    value: String,
    use_name: String,
    use_label: String,
    use_value: &'static str,
}

#[derive(Template)]
#[template(path = "product_key/enter.html")]
struct EnterPage {
    frame: Frame,
    words: Words,
    url: String,
    back_url: String,
    key_use: String,
    fields: Vec<KeyField>,
    uses: Vec<Choice>,
    asks_use: bool,
    can_add: bool,
    errors: FieldErrors,
}

#[derive(Template)]
#[template(path = "product_key/review.html")]
struct ReviewPage {
    frame: Frame,
    words: Words,
    url: String,
    order_id: OrderId,
    key_use: String,
    typed: Vec<(String, String, String, &'static str)>,
    facts: Vec<(&'static str, String)>,
    keys: Vec<(String, String)>,
    consequences: Vec<(&'static str, String)>,
    offers_own: bool,
    /// Where new licenses are assigned, when the keys bring any.
    assign_url: Option<String>,
}

pub(super) async fn page(visitor: Visitor, Path(id): Path<String>, Query(asked): Query<Asked>) -> PageResult {
    let id: SubscriptionId = id.parse().map_err(|_| Refusal::NotFound)?;
    if asked.key_use == "card" {
        // What is bought by card stands beside it, as a subscription of its own (R77).
        let view = visitor.read(SubscriptionDetails(id)).await?;
        return Ok(redirect(&format!("{}/{}", Section::Purchase.url(), view.listed.subscription.product_id)));
    }
    if asked.key_use == "extend-by-card" {
        return Ok(redirect(&format!("{}/{id}/extend/pay", Section::YourProducts.url())));
    }
    let (action, pane) = match asked.key_use.as_str() {
        "add" => (Action::AddByKey, "add-licenses"),
        _ => (Action::ExtendEndDate, "extend"),
    };
    let view = visitor.read(SubscriptionDetails(id)).await?;
    if view.offer(action) != Offer::Open {
        // The pane before says why.
        return Ok(redirect(&format!("{}/{id}/{pane}", Section::YourProducts.url())));
    }
    let typed = Typed { key_use: asked.key_use, keys: Vec::new() };
    let place = place_of(&visitor, view);
    render(&enter_page(&visitor, place, typed, FieldErrors::none()).await?)
}

pub(super) async fn first_page(visitor: Visitor) -> PageResult {
    if !visitor.may(Permission::BuySubscription) {
        return Err(Refusal::KeyRole.into());
    }
    let typed = Typed { key_use: String::new(), keys: Vec::new() };
    render(&enter_page(&visitor, first_place(visitor.words), typed, FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, Path(id): Path<String>, form: Form) -> PageResult {
    let id: SubscriptionId = id.parse().map_err(|_| Refusal::NotFound)?;
    let place = place_of(&visitor, visitor.read(SubscriptionDetails(id)).await?);
    step(&visitor, place, &form).await
}

pub(super) async fn first_submit(visitor: Visitor, form: Form) -> PageResult {
    step(&visitor, first_place(visitor.words), &form).await
}

fn place_of(visitor: &Visitor, view: SubscriptionView) -> Place {
    let id = view.listed.subscription.id;
    let back_url = format!("{}/{id}", Section::YourProducts.url());
    Place {
        subscription_id: Some(id),
        section: Section::YourProducts,
        title: visitor.words.renew_or_add_user_licenses(),
        lead: view.listed.product_name,
        url: format!("{back_url}/product-keys"),
        back_url,
    }
}

fn first_place(words: Words) -> Place {
    Place {
        subscription_id: None,
        section: Section::Purchase,
        title: words.redeem_a_product_key(),
        lead: words.redeem_first_purpose().to_owned(),
        url: format!("{}/product-key", Section::Purchase.url()),
        back_url: Section::Purchase.url().to_owned(),
    }
}

/// What the button asks for: another field, back to the fields, the review, or to redeem.
async fn step(visitor: &Visitor, place: Place, form: &Form) -> PageResult {
    let mut typed = read(form);
    let outcome = match form.text("step") {
        "another" => {
            if typed.keys.len() < KEYS_PER_REDEMPTION_MAX {
                typed.keys.push((default_use(&typed.key_use), String::new()));
            }
            return render(&enter_page(visitor, place, typed, FieldErrors::none()).await?);
        }
        "back" => return render(&enter_page(visitor, place, typed, FieldErrors::none()).await?),
        "redeem" => redeem_now(visitor, &place, &typed, form).await,
        _ => match look(visitor, &place, &typed).await {
            Ok(reviewed) => return render(&review_page(visitor, place, typed, &reviewed).await?),
            Err(failure) => Err(failure),
        },
    };
    match outcome {
        Ok(response) => Ok(response),
        Err(failure) => {
            let errors = errors_of(visitor.words, &failure)?;
            render_refused(&failure, &enter_page(visitor, place, typed, errors).await?)
        }
    }
}

/// Every key of every field; one field may hold several that were pasted.
fn read(form: &Form) -> Typed {
    let key_use = form.text("use").to_owned();
    let count = form.text("count").parse::<usize>().unwrap_or(1).min(KEYS_PER_REDEMPTION_MAX);
    let mut keys = Vec::new();
    for number in 1..=count {
        let own_use = KeyUse::from_code(form.text(&format!("use-{number}")));
        let key_use = own_use.unwrap_or_else(|| default_use(&key_use));
        keys.extend(split(form.text(&format!("key-{number}"))).into_iter().map(|key| (key_use, key)));
    }
    Typed { key_use, keys }
}

/// The use of a key that has none of its own.
fn default_use(key_use: &str) -> KeyUse {
    if key_use == "add" { KeyUse::Add } else { KeyUse::Extend }
}

fn to_redeem(place: &Place, typed: &Typed) -> Result<Redeem, Failure> {
    if typed.keys.is_empty() {
        return Err(Refusal::Required.at(Field::ProductKeys).into());
    }
    let key = |(key_use, text): &(KeyUse, String)| TypedKey { key_use: *key_use, text: text.clone() };
    Ok(Redeem { subscription_id: place.subscription_id, keys: typed.keys.iter().map(key).collect() })
}

async fn look(visitor: &Visitor, place: &Place, typed: &Typed) -> Result<Reviewed, Failure> {
    let (keys, client) = (to_redeem(place, typed)?, visitor.browser.client.clone());
    visitor.run(move |app, caller, organization| review(app, caller, organization, &client, &keys)).await
}

async fn redeem_now(visitor: &Visitor, place: &Place, typed: &Typed, form: &Form) -> Result<Response, Failure> {
    let (keys, client) = (to_redeem(place, typed)?, visitor.browser.client.clone());
    let order_id: OrderId = form.text("order").parse().map_err(|_| Refusal::NotFound)?;
    let count = keys.keys.len() as i64;
    let redeemed = visitor
        .run(move |app, caller, organization| redeem(app, caller, organization, &client, order_id, &keys))
        .await?;
    let url = format!("{}/{}", Section::YourProducts.url(), redeemed.subscription_id);
    Ok(notice_and_redirect(&Done::ProductKeysRedeemed { count }, &url))
}

/// What is wrong with a key is said beside its field.
fn errors_of(words: Words, failure: &Failure) -> Result<FieldErrors, PageError> {
    match failure {
        Failure::Refused(Refusal::KeysRefused(wrong)) => {
            let mut errors = FieldErrors::none();
            for key in wrong {
                errors.add(format!("key-{}", key.index + 1), words.refusal(&key.refusal).to_string());
            }
            Ok(errors)
        }
        Failure::Invalid(fields) if fields.iter().any(|wrong| wrong.field == Field::ProductKeys) => {
            Ok(FieldErrors::one("key-1", words.refusal(&fields[0].refusal).to_string()))
        }
        other => FieldErrors::of(words, other),
    }
}

async fn enter_page(
    visitor: &Visitor,
    place: Place,
    mut typed: Typed,
    errors: FieldErrors,
) -> Result<EnterPage, PageError> {
    let words = visitor.words;
    if typed.keys.is_empty() {
        typed.keys.push((default_use(&typed.key_use), String::new()));
    }
    let mut frame = visitor.frame(place.section, place.title).await?;
    frame.lead = Some(place.lead);
    let field = |(number, (key_use, value)): (u32, &(KeyUse, String))| KeyField {
        name: format!("key-{number}"),
        label: words.product_key_number(number),
        value: value.clone(),
        use_name: format!("use-{number}"),
        use_label: words.product_key_use(number),
        use_value: key_use.code(),
    };
    Ok(EnterPage {
        url: place.url,
        back_url: place.back_url,
        fields: (1..).zip(&typed.keys).map(field).collect(),
        uses: vec![
            Choice::new(KeyUse::Extend.code(), words.extend_end_date()),
            Choice::new(KeyUse::Add.code(), words.add_more_licenses()),
        ],
        asks_use: typed.key_use == "both" && place.subscription_id.is_some(),
        can_add: typed.keys.len() < KEYS_PER_REDEMPTION_MAX,
        key_use: typed.key_use,
        errors,
        words,
        frame,
    })
}

async fn review_page(
    visitor: &Visitor,
    place: Place,
    typed: Typed,
    reviewed: &Reviewed,
) -> Result<ReviewPage, PageError> {
    let words = visitor.words;
    let redemption = &reviewed.redemption;
    let mut frame = visitor.frame(place.section, words.order_review()).await?;
    frame.lead = Some(reviewed.product_name.clone());
    let product = redemption.lines.first().map(|line| line.key.product_id.to_string()).unwrap_or_default();
    let hidden = |(number, (key_use, text)): (u32, &(KeyUse, String))| {
        (format!("key-{number}"), text.clone(), format!("use-{number}"), key_use.code())
    };
    let loses_days = redemption.lines.iter().any(|line| line.key_use == KeyUse::Add && line.days_lost > 0);
    Ok(ReviewPage {
        url: place.url,
        order_id: new_order_id(visitor.app()),
        typed: (1..).zip(&typed.keys).map(hidden).collect(),
        key_use: typed.key_use,
        facts: facts(words, reviewed),
        keys: redemption.lines.iter().map(|line| key_row(words, line)).collect(),
        consequences: consequences(words, reviewed),
        offers_own: place.subscription_id.is_some() && loses_days,
        assign_url: (redemption.quantity.to > redemption.quantity.from)
            .then(|| format!("{}/{product}", Section::Licenses.url())),
        words,
        frame,
    })
}

/// Quantity and end date, before and after.
fn facts(words: Words, reviewed: &Reviewed) -> Vec<(&'static str, String)> {
    let (quantity, ends_on) = (&reviewed.redemption.quantity, &reviewed.redemption.ends_on);
    let arrow = |before: String, after: String| match reviewed.subscription {
        Some(_) if before != after => format!("{before} → {after}"),
        _ => after,
    };
    vec![
        (words.total_licenses(), arrow(words.number(quantity.from), words.number(quantity.to))),
        (words.expires_on(), arrow(words.date(ends_on.from), words.date(ends_on.to))),
        (words.cost_now(), words.review_costs_nothing().to_owned()),
    ]
}

/// A key and what it brings.
fn key_row(words: Words, line: &KeyLine) -> (String, String) {
    let brings = match line.key_use {
        KeyUse::Extend => words.review_key_extends(words.key_term(line.key.term), line.until),
        KeyUse::Add | KeyUse::Start => words.review_key_adds(line.key.quantity, line.until),
    };
    (words.key_ends_in(&line.key.last_five), brings)
}

/// What is lost, what comes on top, and what comes back.
fn consequences(words: Words, reviewed: &Reviewed) -> Vec<(&'static str, String)> {
    let redemption = &reviewed.redemption;
    let mut all = Vec::new();
    if redemption.brings_back.is_some() {
        all.push(("check", words.review_brings_back().to_owned()));
    }
    if redemption.quantity.to < redemption.quantity.from {
        let fewer = redemption.quantity.from - redemption.quantity.to;
        all.push(("warning", words.review_licenses_end(fewer)));
    }
    for line in &redemption.lines {
        let key = words.key_ends_in(&line.key.last_five);
        match (line.key_use, line.days_lost) {
            (KeyUse::Extend, days) if days > 0 => all.push(("warning", words.review_days_over(days, &key))),
            (_, days) if days > 0 => all.push(("warning", words.review_days_lost(days, &key))),
            (_, days) if days < 0 => all.push(("info", words.review_days_gained(-days, &key))),
            _ => {}
        }
        if line.licenses_lost > 0 {
            all.push(("warning", words.review_licenses_lost(line.licenses_lost, &key)));
        }
    }
    all
}

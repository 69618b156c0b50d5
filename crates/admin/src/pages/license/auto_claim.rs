//! Billing > Licenses > Auto-claim: whose licenses people get when they need one, and who did (domain 2.8, R177).

use super::assign::{PlanView, disabled_plans, plan_views};
use crate::frame::Frame;
use crate::pages::license_request::{AUTO_CLAIM_URL as URL, tabs};
use crate::pages::present::{HistoryLine, history};
use crate::parts::{Choice, FieldErrors, Paging, Tab};
use crate::web::{
    Done, Form, PageError, PageResult, Section, Visitor, address, notice_and_redirect, render, render_refused,
};
use app::Failure;
use app::license::auto_claim::{
    AutoClaimOf, AutoClaimPolicies, AutoClaimView, Claimable, LicenseClaims, PolicyDetails, REPORT_DAYS,
    RemoveAutoClaimPolicy, SetAutoClaimPolicy, TurnAutoClaim,
};
use askama::Template;
use axum::extract::{Path, Query};
use domain::ids::{ProductId, ServicePlanId};
use domain::license::auto_claim::{AutoClaimPolicy, BACKUPS_MAX};
use domain::limits::PAGE_ROWS;
use domain::refusal::{Field, Refusal};
use serde::Deserialize;
use std::collections::HashSet;
use words::Words;

/// The days over which the report is, when none are asked for.
const DAYS: u16 = 30;

/// What the address asks for; what it does not know it leaves out.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    days: String,
    before: String,
}

struct PolicyRow {
    name: String,
    /// How many apps are off, if any.
    note: String,
    url: String,
    free: String,
    /// What stands in for it, with what is free of each.
    backups: Vec<String>,
}

#[derive(Template)]
#[template(path = "license/auto_claim.html")]
struct AutoClaimPage {
    frame: Frame,
    words: Words,
    tabs: Vec<Tab>,
    url: &'static str,
    add_url: String,
    is_on: bool,
    rows: Vec<PolicyRow>,
    days: String,
    day_choices: Vec<Choice>,
    /// How many licenses, of all products and of each.
    total: String,
    counts: Vec<(String, String)>,
    claims: Vec<HistoryLine>,
    paging: Paging,
}

pub(super) async fn page(visitor: Visitor, Query(asked): Query<Asked>) -> PageResult {
    let words = visitor.words;
    let days = asked.days.parse().ok().filter(|days| REPORT_DAYS.contains(days)).unwrap_or(DAYS);
    let view = visitor.read(AutoClaimPolicies).await?;
    let claims = LicenseClaims { days, before: asked.before.parse().ok(), limit: PAGE_ROWS };
    let claims = visitor.read(claims).await?;
    let mut frame = visitor.frame(Section::Licenses, words.auto_claim()).await?;
    frame.lead = Some(words.auto_claim_purpose().to_owned());
    let text = days.to_string();
    let at = |before: &str| address(URL, [("days", text.as_str()), ("before", before)]);
    render(&AutoClaimPage {
        tabs: tabs(&visitor, URL),
        url: URL,
        add_url: format!("{URL}/new"),
        is_on: view.is_on,
        rows: policy_rows(words, &view),
        day_choices: REPORT_DAYS.iter().map(|days| day_choice(words, *days)).collect(),
        total: words.auto_claim_count(claims.counts.iter().map(|(_, count)| count).sum()),
        counts: claims.counts.into_iter().map(|(name, count)| (name, words.number(count))).collect(),
        claims: history(words, &claims.zone, &claims.page.rows),
        paging: Paging::of(&asked.before, claims.page.next, at),
        days: text,
        words,
        frame,
    })
}

/// Turns all of it on or off.
pub(super) async fn turn(visitor: Visitor, form: Form) -> PageResult {
    let is_on = form.text("action") == "on";
    visitor.write(TurnAutoClaim { is_on }).await?;
    let done = if is_on { Done::AutoClaimTurnedOn {} } else { Done::AutoClaimTurnedOff {} };
    Ok(notice_and_redirect(&done, URL))
}

fn day_choice(words: Words, days: u16) -> Choice {
    Choice::new(days.to_string(), words.auto_claim_days(days.into()))
}

fn policy_rows(words: Words, view: &AutoClaimView) -> Vec<PolicyRow> {
    let row = |gives: &Vec<Claimable>| {
        let off = gives[0].disabled_plans.len() as i64;
        PolicyRow {
            name: gives[0].name.clone(),
            note: if off == 0 { String::new() } else { words.auto_claim_apps_off(off) },
            url: format!("{URL}/{}", gives[0].product_id),
            free: words.number(gives[0].free),
            backups: gives[1..].iter().map(|given| words.auto_claim_backup(&given.name, given.free)).collect(),
        }
    };
    view.policies.iter().map(row).collect()
}

/// What was typed so far.
#[derive(Default)]
struct Typed {
    product: String,
    backups: Vec<String>,
    disabled_plans: HashSet<ServicePlanId>,
}

#[derive(Template)]
#[template(path = "license/auto_claim_policy.html")]
struct PolicyPane {
    frame: Frame,
    words: Words,
    close_url: &'static str,
    url: String,
    /// Whether there is a policy for it: then the product stays, and it can be turned off.
    is_there: bool,
    product: String,
    products: Vec<Choice>,
    /// The name of the field, its label, and what is chosen.
    backups: Vec<(String, &'static str, String)>,
    backup_choices: Vec<Choice>,
    /// Said when there are more products than a list offers.
    most: Option<String>,
    plans: Vec<PlanView>,
    some_plan_off: bool,
    errors: FieldErrors,
}

pub(super) async fn pane_of_new(visitor: Visitor) -> PageResult {
    render(&policy_pane(&visitor, None, Typed::default(), FieldErrors::none()).await?)
}

pub(super) async fn pane(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let policy = policy(&visitor, &id).await?;
    let typed = Typed {
        product: String::new(),
        backups: policy.gives[1..].iter().map(|given| given.given_id.to_string()).collect(),
        disabled_plans: policy.gives[0].disabled_plans.iter().copied().collect(),
    };
    render(&policy_pane(&visitor, Some(&policy), typed, FieldErrors::none()).await?)
}

async fn policy(visitor: &Visitor, id: &str) -> Result<PolicyDetails, PageError> {
    let product = id.parse().map_err(|_| Refusal::NotFound)?;
    visitor.read(AutoClaimOf(product)).await
}

pub(super) async fn submit_new(visitor: Visitor, form: Form) -> PageResult {
    change(&visitor, None, &form).await
}

pub(super) async fn submit(visitor: Visitor, Path(id): Path<String>, form: Form) -> PageResult {
    let policy = policy(&visitor, &id).await?;
    change(&visitor, Some(&policy), &form).await
}

async fn change(visitor: &Visitor, of: Option<&PolicyDetails>, form: &Form) -> PageResult {
    let typed = Typed {
        product: form.text("product").to_owned(),
        backups: (1..=BACKUPS_MAX).map(|place| form.text(&format!("backup_{place}")).to_owned()).collect(),
        disabled_plans: of.map(|of| disabled_plans(form, &of.plans)).unwrap_or_default(),
    };
    match set(visitor, of, form, &typed).await {
        Ok(done) => Ok(notice_and_redirect(&done, URL)),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &policy_pane(visitor, of, typed, errors).await?)
        }
    }
}

async fn set(visitor: &Visitor, of: Option<&PolicyDetails>, form: &Form, typed: &Typed) -> Result<Done, Failure> {
    let of = of.map(|of| of.gives[0].product_id);
    if let Some(product) = of.filter(|_| form.text("action") == "off") {
        visitor.write(RemoveAutoClaimPolicy(product)).await?;
        return Ok(Done::AutoClaimOff {});
    }
    let product_id: ProductId = match of {
        Some(product) => product,
        None => form.choice(Field::Product)?,
    };
    let mut backups = Vec::new();
    for chosen in typed.backups.iter().filter(|chosen| !chosen.is_empty()) {
        backups.push(chosen.parse().map_err(|_| Refusal::UnknownChoice.at(Field::Backups))?);
    }
    let disabled_plans = typed.disabled_plans.iter().copied().collect();
    visitor.write(SetAutoClaimPolicy(AutoClaimPolicy { product_id, disabled_plans, backups })).await?;
    Ok(Done::AutoClaimSet {})
}

async fn policy_pane(
    visitor: &Visitor,
    of: Option<&PolicyDetails>,
    typed: Typed,
    errors: FieldErrors,
) -> Result<PolicyPane, PageError> {
    let words = visitor.words;
    let view = visitor.read(AutoClaimPolicies).await?;
    let mut frame = visitor.frame(Section::Licenses, words.auto_claim_policy()).await?;
    frame.lead = of.map(|of| of.gives[0].name.clone());
    let all = choices(&view);
    let choose = |first: &str| std::iter::once(Choice::new("", first)).chain(all.clone()).collect();
    let labels = [
        words.auto_claim_backup_1(),
        words.auto_claim_backup_2(),
        words.auto_claim_backup_3(),
        words.auto_claim_backup_4(),
    ];
    let chosen = |place: usize| typed.backups.get(place).cloned().unwrap_or_default();
    let backups = labels.into_iter().enumerate();
    Ok(PolicyPane {
        url: of.map_or_else(|| format!("{URL}/new"), |of| format!("{URL}/{}", of.gives[0].product_id)),
        close_url: URL,
        is_there: of.is_some(),
        products: choose(words.choose_one()),
        backup_choices: choose(words.auto_claim_no_backup()),
        most: view.has_more.then(|| words.first_by_name(view.products.len() as i64)),
        backups: backups.map(|(place, label)| (format!("backup_{}", place + 1), label, chosen(place))).collect(),
        some_plan_off: !typed.disabled_plans.is_empty(),
        plans: plan_views(of.map_or(&[], |of| &of.plans), |plan| !typed.disabled_plans.contains(&plan)),
        product: typed.product,
        errors,
        words,
        frame,
    })
}

/// What the organization has, and what stands in a policy though it has none any more.
fn choices(view: &AutoClaimView) -> Vec<Choice> {
    let mut products = view.products.clone();
    for given in view.policies.iter().flatten() {
        if !products.iter().any(|(id, _)| *id == given.given_id) {
            products.push((given.given_id, given.name.clone()));
        }
    }
    products.into_iter().map(|(id, name)| Choice::new(id.to_string(), name)).collect()
}

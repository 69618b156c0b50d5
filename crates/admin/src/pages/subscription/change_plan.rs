//! Change the plan (domain 1.10, R161): which product, how many licenses at which price and when, then what it does and
//! costs. Each step is a pane that the one before leads to, and works without script; the work itself goes on without
//! the browser.

use super::life::{details_url, view};
use super::progress::{self, Told};
use crate::frame::Frame;
use crate::pages::help;
use crate::pages::present::closed;
use crate::parts::{Choice, Closed, FieldErrors, Link};
use crate::web::{
    Done, Form, PageError, PageResult, Section, Visitor, notice_and_redirect, redirect, render, render_refused,
};
use app::Failure;
use app::subscription::change_plan::{
    ChangePlan, ChangeStart, Plan, PlanChangePreview, PlanChangeStarted, PlanChoices, PlanChoicesView,
    PreviewPlanChange, StartPlanChange,
};
use askama::Template;
use axum::extract::Path;
use domain::catalog::Price;
use domain::ids::{SkuId, SubscriptionId};
use domain::money::Money;
use domain::refusal::{Field, Refusal};
use domain::subscription::{Action, Offer, Subscription};
use jiff::civil::Date;
use words::Words;

/// How many licenses, at which price, and when.
struct Terms {
    product: String,
    quantity: String,
    hint: String,
    price: String,
    prices: Vec<Choice>,
    start: String,
    /// Empty where there is nothing to choose.
    starts: Vec<Choice>,
}

/// What it does and costs.
struct Review {
    facts: Vec<(String, String)>,
    consequences: Vec<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "subscription/change_plan.html")]
struct PlanPane {
    frame: Frame,
    words: Words,
    url: String,
    close_url: String,
    closed: Option<Closed>,
    errors: FieldErrors,
    hidden: Vec<(&'static str, String)>,
    /// The products; empty in later steps.
    plans: Vec<Choice>,
    product: String,
    terms: Option<Terms>,
    review: Option<Review>,
    help: Link,
}

pub(super) async fn pane(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let id = subscription_id(&id)?;
    render(&Steps { id, form: &Form::default() }.plans(&visitor, FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, Path(id): Path<String>, form: Form) -> PageResult {
    let steps = Steps { id: subscription_id(&id)?, form: &form };
    match steps.advance(&visitor).await {
        Ok(response) => Ok(response),
        Err(PageError(failure)) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            let again = match steps.sku() {
                Ok(sku) => steps.terms(&visitor, sku, errors).await?,
                Err(_) => steps.plans(&visitor, errors).await?,
            };
            render_refused(&failure, &again)
        }
    }
}

fn subscription_id(id: &str) -> Result<SubscriptionId, Refusal> {
    id.parse().map_err(|_| Refusal::NotFound)
}

/// What the form holds so far.
struct Steps<'a> {
    id: SubscriptionId,
    form: &'a Form,
}

impl Steps<'_> {
    fn sku(&self) -> Result<SkuId, Failure> {
        Ok(self.form.choice(Field::Product)?)
    }

    fn change(&self) -> Result<ChangePlan, Failure> {
        let start = start(self.form.text("start"))?;
        let quantity = self.form.number(Field::Quantity)?;
        let price_id = match self.form.text("price") {
            "" => return Err(Refusal::Required.at(Field::Term).into()),
            text => text.parse().map_err(|_| Refusal::UnknownChoice.at(Field::Term))?,
        };
        Ok(ChangePlan { price_id, quantity, start })
    }

    /// The next step, or the work.
    async fn advance(&self, visitor: &Visitor) -> PageResult {
        let sku = self.sku()?;
        if self.form.is_on("back") || !self.form.is_on("chosen") {
            return render(&self.terms(visitor, sku, FieldErrors::none()).await?);
        }
        let change = self.change()?;
        if !self.form.is_on("confirmed") {
            return render(&self.review(visitor, sku, change).await?);
        }
        match visitor.write(StartPlanChange { subscription_id: self.id, change }).await? {
            PlanChangeStarted::Now(job) => Ok(redirect(&format!("{}/upgrade/{job}", details_url(self.id)))),
            PlanChangeStarted::AtRenewal(_) => {
                Ok(notice_and_redirect(&Done::PlanChangeScheduled {}, &details_url(self.id)))
            }
        }
    }

    /// A pane with what every step shows, and the choices where there are any.
    async fn start_pane(
        &self,
        visitor: &Visitor,
        errors: FieldErrors,
    ) -> Result<(PlanPane, Option<PlanChoicesView>), PageError> {
        let words = visitor.words;
        let (_, view) = view(visitor, &self.id.to_string()).await?;
        let (closed, choices) = match view.offer(Action::ChangePlan) {
            Offer::Closed(reason) => (Some(closed(words, reason, &view.listed.subscription)), None),
            Offer::Open => {
                let choices = visitor.read(PlanChoices(self.id)).await?;
                (why_not(words, &choices), Some(choices))
            }
        };
        let mut frame = visitor.frame(Section::YourProducts, words.change_plan()).await?;
        frame.lead = Some(view.listed.product_name.clone());
        let pane = PlanPane {
            url: format!("{}/upgrade", details_url(self.id)),
            close_url: details_url(self.id),
            errors,
            hidden: Vec::new(),
            plans: Vec::new(),
            product: self.form.text(Field::Product.code()).to_owned(),
            terms: None,
            review: None,
            help: help::link(words, help::about(Action::ChangePlan)),
            closed,
            words,
            frame,
        };
        Ok((pane, choices))
    }

    async fn plans(&self, visitor: &Visitor, errors: FieldErrors) -> Result<PlanPane, PageError> {
        let (mut pane, choices) = self.start_pane(visitor, errors).await?;
        let plans = choices.iter().flat_map(|choices| &choices.plans);
        pane.plans = plans.map(|plan| plan_choice(visitor.words, plan)).collect();
        Ok(pane)
    }

    async fn terms(&self, visitor: &Visitor, sku: SkuId, errors: FieldErrors) -> Result<PlanPane, PageError> {
        let words = visitor.words;
        let (mut pane, choices) = self.start_pane(visitor, errors).await?;
        let Some(choices) = choices.filter(|_| pane.closed.is_none()) else { return Ok(pane) };
        let before = &choices.listed.subscription;
        let found = choices.plans.iter().find(|plan| plan.sku_id == sku);
        let plan = found.ok_or_else(|| Refusal::UnknownChoice.at(Field::Product))?;
        let text = |name: &str, usual: String| match self.form.text(name) {
            "" => usual,
            typed => typed.to_owned(),
        };
        pane.hidden = vec![("product", sku.to_string()), ("chosen", "on".to_owned())];
        pane.terms = Some(Terms {
            product: plan.name.clone(),
            quantity: text("quantity", before.quantity.max(plan.people).to_string()),
            hint: quantity_hint(words, plan.people),
            price: text("price", usual_price(before, plan)),
            prices: plan.prices.iter().map(|price| price_choice(words, price)).collect(),
            start: text("start", ChangeStart::Now.code().to_owned()),
            starts: start_choices(words, choices.starts, before.ends_on),
        });
        Ok(pane)
    }

    async fn review(&self, visitor: &Visitor, sku: SkuId, change: ChangePlan) -> Result<PlanPane, PageError> {
        let words = visitor.words;
        let found = visitor.read(PreviewPlanChange { subscription_id: self.id, change }).await?;
        let (mut pane, choices) = self.start_pane(visitor, FieldErrors::none()).await?;
        let Some(choices) = choices.filter(|_| pane.closed.is_none()) else { return Ok(pane) };
        pane.frame.title = words.plan_review().to_owned();
        pane.hidden = vec![
            ("product", sku.to_string()),
            ("chosen", "on".to_owned()),
            ("quantity", change.quantity.to_string()),
            ("price", change.price_id.to_string()),
            ("start", change.start.code().to_owned()),
        ];
        pane.review = Some(Review {
            facts: facts(words, change.quantity, &found),
            consequences: consequences(words, change, &found, &choices),
        });
        Ok(pane)
    }
}

/// When a change begins, as a form says it; now where it says nothing.
pub(super) fn start(code: &str) -> Result<ChangeStart, Failure> {
    let found = if code.is_empty() { Some(ChangeStart::Now) } else { ChangeStart::from_code(code) };
    found.ok_or_else(|| Refusal::UnknownChoice.at(Field::Start).into())
}

/// When a change can begin; nothing to choose where it can only be one.
pub(super) fn start_choices(words: Words, starts: &[ChangeStart], renews_on: Date) -> Vec<Choice> {
    let choice = |start: &ChangeStart| match start {
        ChangeStart::Now => Choice::new(start.code(), words.change_start_now()),
        ChangeStart::AtRenewal => {
            Choice::new(start.code(), words.change_start_at_renewal()).note(words.change_start_on(renews_on))
        }
    };
    if starts.len() > 1 { starts.iter().map(choice).collect() } else { Vec::new() }
}

/// Why no product can be chosen, though the subscription could go to another one.
fn why_not(words: Words, choices: &PlanChoicesView) -> Option<Closed> {
    match &choices.refused {
        Some(refusal @ Refusal::BalanceUnpaid) => {
            Some(Closed::new(words.refusal(refusal).to_string()).remedy(words.invoices(), Section::Bills.url()))
        }
        Some(refusal) => Some(Closed::new(words.refusal(refusal).to_string())),
        None if choices.plans.is_empty() => Some(
            Closed::new(format!("{} {}", words.plan_nowhere(), words.plan_by_hand()))
                .remedy(words.purchase_services(), Section::Purchase.url()),
        ),
        None => None,
    }
}

/// How many licenses there must be: one for each person, and one where nobody has any (D9).
pub(in crate::pages) fn quantity_hint(words: Words, people: u32) -> String {
    match people {
        0 => words.plan_quantity_least().to_owned(),
        people => words.plan_quantity_hint(i64::from(people)),
    }
}

/// The price that is charged as the present one is, else the first.
pub(in crate::pages) fn usual_price(before: &Subscription, plan: &Plan) -> String {
    let alike = |price: &&Price| (price.term, price.billing_frequency) == (before.term, before.billing_frequency);
    let usual = plan.prices.iter().find(alike).or(plan.prices.first());
    usual.map(|price| price.id.to_string()).unwrap_or_default()
}

fn plan_choice(words: Words, plan: &Plan) -> Choice {
    let cheapest = plan
        .prices
        .iter()
        .min_by_key(|price| price.unit_price.minor * 12 / i64::from(price.billing_frequency.months()));
    let price = cheapest.map(|price| words.price_per_license_of(price.unit_price, price.billing_frequency));
    let mut note = words.plan_note(&price.unwrap_or_default(), plan.apps as i64);
    if plan.missing > 0 {
        note = format!("{note} {}", words.plan_missing(plan.missing as i64));
    }
    Choice::new(plan.sku_id.to_string(), plan.name.clone()).note(note)
}

fn price_choice(words: Words, price: &Price) -> Choice {
    let says = words.price_per_license_of(price.unit_price, price.billing_frequency);
    Choice::new(price.id.to_string(), words.term_name(price.term)).note(says)
}

/// The money, to the cent, and what follows.
pub(in crate::pages) fn facts(words: Words, quantity: u32, found: &PlanChangePreview) -> Vec<(String, String)> {
    let preview = &found.preview;
    let period = preview.charge.service_period;
    let first = format!("{}, {}", found.name, words.date_range(period.start, period.last_day()));
    let mut facts = vec![(
        words.plan_licenses_of(i64::from(quantity), &found.name),
        words.price_per_license_of(found.price.unit_price, found.price.billing_frequency),
    )];
    if preview.credit.minor != 0 {
        facts.push((words.plan_credit().to_owned(), words.money(preview.credit)));
    }
    facts.push((first, words.money(preview.charge.amount)));
    facts.push(match preview.cost.minor {
        ..0 => (words.cancel_credit().to_owned(), words.money(Money::new(-preview.cost.minor, preview.cost.currency))),
        _ => (words.plan_cost().to_owned(), words.money(preview.cost)),
    });
    let then = words.price_per_period_of(preview.per_period_after, found.price.billing_frequency);
    facts.push((words.after_first_period().to_owned(), then));
    facts.push((words.renews_on().to_owned(), words.date(preview.renews_on)));
    facts
}

fn consequences(
    words: Words,
    change: ChangePlan,
    found: &PlanChangePreview,
    choices: &PlanChoicesView,
) -> Vec<(&'static str, String)> {
    let (before, name) = (&choices.listed.subscription, &choices.listed.product_name);
    let mut list = vec![("people", moving(words, found))];
    let missing = choices.plans.iter().find(|plan| plan.sku_id == found.price.sku_id).map_or(0, |plan| plan.missing);
    if missing > 0 {
        list.push(("info", words.plan_missing(missing as i64)));
    }
    list.push(("warning", words.plan_apps_on().to_owned()));
    match change.start {
        ChangeStart::Now => {
            list.push(("close", words.plan_ends(name)));
            list.push(("clock", words.plan_takes_a_while().to_owned()));
        }
        ChangeStart::AtRenewal => list.push(("calendar", words.plan_ends_at_renewal(name, before.ends_on))),
    }
    if before.quantity_at_renewal.is_some() || before.price_at_renewal.is_some() {
        list.push(("info", words.plan_drops_schedule().to_owned()));
    }
    list
}

/// Who moves to the other product.
pub(in crate::pages) fn moving(words: Words, found: &PlanChangePreview) -> String {
    match found.people {
        0 => words.plan_everybody_has(&found.name),
        people => words.plan_moves(i64::from(people), &found.name),
    }
}

pub(super) async fn progress(visitor: Visitor, Path((id, job)): Path<(String, String)>) -> PageResult {
    let words = visitor.words;
    let id = subscription_id(&id)?;
    let (_, view) = view(&visitor, &id.to_string()).await?;
    let job = progress::find(&visitor, id, "change_plan", &job).await?;
    let reason = words.plan_refusal(job.error.as_deref().unwrap_or_default()).to_string();
    let changed_to = view.listed.subscription.changed_to;
    let told = Told {
        product_name: view.listed.product_name.clone(),
        start_url: format!("{}/upgrade", details_url(id)),
        running: (words.change_plan(), words.plan_moving()),
        done: (words.plan_done(), words.plan_done_text(job.progress_total)),
        already: None,
        refused: words.plan_refused_text(&reason),
        next: changed_to.map(|new| Link::new(words.plan_open_new(), details_url(new))),
    };
    progress::show(&visitor, id, &job, told).await
}

#[cfg(test)]
mod tests {
    use super::quantity_hint;
    use words::{Language, Words};

    /// D9: where nobody has a license, one must be bought all the same.
    #[test]
    fn there_is_no_subscription_without_licenses() {
        let hint = |language, people| quantity_hint(Words::from(language), people);
        assert_eq!([Language::English, Language::Dutch].map(|to| hint(to, 0)), ["At least 1.", "Minstens 1."]);
        assert_eq!(hint(Language::English, 12), "At least 12: the number of people who get one.");
    }
}

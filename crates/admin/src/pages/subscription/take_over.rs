//! Take control of what a user bought: move its users, or cancel it (R128-R149). Each step is a pane that the one
//! before leads to, and works without script; the work itself goes on without the browser.

use super::life::{Asks, Explains, LifePane, details_url, pane as life_pane, view};
use super::progress::{self, Told};
use crate::frame::Frame;
use crate::pages::mail_to::mail_to;
use crate::pages::present::{closed, happened};
use crate::parts::{Choice, Closed, FieldErrors};
use crate::web::{Form, PageError, PageResult, Section, Visitor, redirect, render, render_refused};
use app::Failure;
use app::subscription::details::SubscriptionView;
use app::subscription::take_over::{PreviewTakeOver, StartTakeOver, TakeOver, TakeOverView, Target};
use askama::Template;
use axum::extract::Path;
use domain::event::Event;
use domain::ids::{ProductId, SubscriptionId};
use domain::money::Money;
use domain::refusal::{Field, Refusal};
use domain::subscription::cancel::{Cancel, CancelReason};
use domain::subscription::{Action, Offer, SubscriptionState};
use words::Words;

/// The first step: which of the two ways (R134, R135, R145).
#[derive(Template)]
#[template(path = "subscription/take_over.html")]
struct ChoosePane {
    frame: Frame,
    words: Words,
    url: String,
    close_url: String,
    closed: Option<Closed>,
    about: String,
    move_note: String,
    mail_note: String,
    /// The buyer's address with a mail that is ready to be sent, and what leads there (R127); nothing once the buyer
    /// has left.
    ask: Option<(String, String)>,
    /// The page that leads through giving everybody licenses of the organization (R121).
    centralize_url: String,
}

pub(super) async fn pane(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let id = subscription_id(&id)?;
    let view = visitor.read(PreviewTakeOver(id)).await?;
    let words = visitor.words;
    let mut frame = visitor.frame(Section::YourProducts, words.action_name(Action::TakeOver)).await?;
    frame.lead = Some(view.listed.product_name.clone());
    let buyer = view.listed.holder_name.clone().unwrap_or_default();
    render(&ChoosePane {
        url: format!("{}/take-over", details_url(id)),
        close_url: details_url(id),
        closed: match view.offer {
            Offer::Open => None,
            Offer::Closed(reason) => Some(closed(words, reason, &view.listed.subscription)),
        },
        about: words.take_over_about(&buyer, view.people),
        move_note: words.take_over_move_note(view.people),
        mail_note: mail_note(words, &view),
        ask: view.buyer_email.as_ref().map(|address| {
            let subject = words.mail_cancellation_requested(&view.listed.product_name);
            let text = words.centralize_mail_text(&buyer, &view.listed.product_name);
            (mail_to(address, &subject, &text), words.centralize_ask(&buyer, address))
        }),
        centralize_url: format!("{}/{}/centralize", Section::Licenses.url(), view.listed.subscription.product_id),
        words,
        frame,
    })
}

/// The buyer gets a mail, unless the buyer has left.
fn mail_note(words: Words, view: &TakeOverView) -> String {
    let buyer = view.listed.holder_name.as_deref().unwrap_or_default();
    match &view.buyer_email {
        Some(address) => words.take_over_mail(buyer, address),
        None => words.take_over_buyer_left(buyer),
    }
}

fn subscription_id(id: &str) -> Result<SubscriptionId, Refusal> {
    id.parse().map_err(|_| Refusal::NotFound)
}

/// The title and the sentence for who comes after the subscription was taken over: that it was, and what became of it.
fn done_already(words: Words, view: &SubscriptionView) -> Option<(&'static str, String)> {
    if view.listed.subscription.state != SubscriptionState::Deleted {
        return None;
    }
    let mut entries = view.history.iter();
    let taken = entries.find(|entry| matches!(entry.event, Some(Event::SubscriptionTakenOver { .. })))?;
    Some((words.take_over_done_already(), words.take_over_done_as(&happened(words, taken)?)))
}

/// What the form holds so far.
struct Steps<'a> {
    form: &'a Form,
    id: SubscriptionId,
}

/// Where the person is on the way.
enum Step {
    ChooseTarget,
    ConfirmMove(ProductId),
    ChooseReason,
    ConfirmCancel(Cancel),
    Start(TakeOver),
}

impl Steps<'_> {
    fn step(&self) -> Result<Step, Failure> {
        let (is_confirmed, form) = (self.form.is_on("confirmed"), self.form);
        match (form.text("way"), form.text("product"), form.text("reason")) {
            ("move", "", _) if !is_chosen(form) => Ok(Step::ChooseTarget),
            ("move", ..) => {
                let to: ProductId = form.choice(Field::Product)?;
                Ok(if is_confirmed { Step::Start(TakeOver::Move { to }) } else { Step::ConfirmMove(to) })
            }
            ("cancel", _, "") if !is_chosen(form) => Ok(Step::ChooseReason),
            ("cancel", ..) => {
                let reason: CancelReason = form.choice(Field::Reason)?;
                let cancel = Cancel { reason, feedback: form.text("feedback").to_owned() }.checked()?;
                let Cancel { reason, feedback } = cancel.clone();
                Ok(match is_confirmed {
                    true => Step::Start(TakeOver::Cancel { reason, feedback }),
                    false => Step::ConfirmCancel(cancel),
                })
            }
            _ => Err(Refusal::UnknownChoice.at(Field::Action).into()),
        }
    }
}

/// Whether the form of the second step was sent, perhaps without a choice.
fn is_chosen(form: &Form) -> bool {
    form.is_on("chosen")
}

pub(super) async fn submit(visitor: Visitor, Path(id): Path<String>, form: Form) -> PageResult {
    let steps = Steps { id: subscription_id(&id)?, form: &form };
    match advance(&visitor, &steps).await {
        Ok(response) => Ok(response),
        Err(PageError(failure)) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            let mut again = match form.text("way") {
                "cancel" => cancel_pane(&visitor, &steps, None).await?,
                _ => move_pane(&visitor, &steps, None).await?,
            };
            // Where the pane says that it was done already, that is why.
            if again.closed.is_none() {
                again.errors = errors;
            }
            render_refused(&failure, &again)
        }
    }
}

async fn advance(visitor: &Visitor, steps: &Steps<'_>) -> PageResult {
    match steps.step()? {
        Step::ChooseTarget => render(&move_pane(visitor, steps, None).await?),
        Step::ConfirmMove(to) => render(&move_pane(visitor, steps, Some(to)).await?),
        Step::ChooseReason => render(&cancel_pane(visitor, steps, None).await?),
        Step::ConfirmCancel(cancel) => render(&cancel_pane(visitor, steps, Some(cancel)).await?),
        Step::Start(take_over) => {
            let job = visitor.write(StartTakeOver { subscription_id: steps.id, take_over }).await?;
            Ok(redirect(&format!("{}/take-over/{job}", details_url(steps.id))))
        }
    }
}

/// A pane of this way, with what both of its steps show.
async fn start_pane(
    visitor: &Visitor,
    steps: &Steps<'_>,
) -> Result<(LifePane, SubscriptionView, TakeOverView), PageError> {
    let (_, view) = view(visitor, &steps.id.to_string()).await?;
    let preview = visitor.read(PreviewTakeOver(steps.id)).await?;
    let mut pane = life_pane(visitor, &view, Action::TakeOver, "take-over", FieldErrors::none()).await?;
    if let Some((_, sentence)) = done_already(visitor.words, &view) {
        pane.retitle(visitor.words.take_over_done_already());
        pane.closed = Some(Closed::new(sentence));
    }
    pane.hidden = vec![("way", steps.form.text("way").to_owned()), ("chosen", "on".to_owned())];
    Ok((pane, view, preview))
}

async fn move_pane(visitor: &Visitor, steps: &Steps<'_>, to: Option<ProductId>) -> Result<LifePane, PageError> {
    let words = visitor.words;
    let (mut pane, _, preview) = start_pane(visitor, steps).await?;
    if pane.closed.is_some() {
        return Ok(pane);
    }
    pane.button = words.move_users();
    let target = to.and_then(|to| preview.targets.iter().find(|target| target.product_id == to));
    match target {
        Some(target) => {
            pane.retitle(words.move_users_to());
            pane.hidden.extend([("product", target.product_id.to_string()), ("confirmed", "on".to_owned())]);
            pane.consequences = consequences_of_moving(words, &preview, target);
        }
        None => {
            pane.retitle(words.move_users());
            let choices: Vec<_> =
                preview.targets.iter().map(|target| target_choice(words, preview.people, target)).collect();
            if choices.is_empty() {
                pane.missing = Some(
                    Closed::new(words.move_users_nowhere()).remedy(words.purchase_services(), "/billing/purchase"),
                );
            }
            let usual = preview.targets.iter().find(|target| target.is_same && target.missing == 0);
            let usual = usual.map(|target| target.product_id.to_string()).unwrap_or_default();
            let typed = steps.form.text("product");
            let value = if typed.is_empty() { usual } else { typed.to_owned() };
            pane.asks = Some(Asks { name: "product", label: words.move_users_choose(), value, choices });
        }
    }
    Ok(pane)
}

fn target_choice(words: Words, people: i64, target: &Target) -> Choice {
    let choice = Choice::new(target.product_id.to_string(), target.name.clone());
    if target.missing > 0 {
        return choice.closed(words.refusal(&Refusal::NotEnoughLicenses { missing: target.missing }).to_string());
    }
    let licenses = match target.needed {
        0 if people > 0 => words.move_users_all_have_it().to_owned(),
        _ => words.licenses_free(target.free),
    };
    let other_apps = (!target.is_same).then(|| words.move_users_other_apps().to_owned());
    let ends = target.ends_on.map(|day| words.move_users_ends(day));
    let notes: Vec<_> = [Some(licenses), other_apps, ends].into_iter().flatten().collect();
    choice.note(notes.join(". "))
}

fn consequences_of_moving(words: Words, preview: &TakeOverView, target: &Target) -> Vec<(&'static str, String)> {
    let needed = i64::from(target.needed);
    let mut list = Vec::new();
    if needed > 0 {
        list.push(("people", words.move_users_consequence(needed, &target.name)));
    }
    if preview.people > needed {
        list.push(("people", words.move_users_keep(preview.people - needed, &target.name)));
    }
    if !target.is_same {
        list.push(("warning", words.move_users_other_apps().to_owned()));
    }
    if let Some(day) = target.ends_on.filter(|_| needed > 0) {
        list.push(("warning", words.move_users_ends(day)));
    }
    list.extend(of_both(words, preview));
    list.push(("clock", words.move_users_leave_open().to_owned()));
    list
}

/// The subscription is deleted, the buyer gets a mail, and perhaps money.
fn of_both(words: Words, preview: &TakeOverView) -> Vec<(&'static str, String)> {
    let buyer = preview.listed.holder_name.clone().unwrap_or_default();
    let mut list = vec![("delete", words.take_over_deletes().to_owned()), ("mail", mail_note(words, preview))];
    if let Some(credit) = preview.credit.filter(|credit| credit.minor < 0) {
        list.push(("card", words.take_over_credit(&buyer, Money::new(-credit.minor, credit.currency))));
    }
    list
}

async fn cancel_pane(visitor: &Visitor, steps: &Steps<'_>, cancel: Option<Cancel>) -> Result<LifePane, PageError> {
    let words = visitor.words;
    let (mut pane, _, preview) = start_pane(visitor, steps).await?;
    if pane.closed.is_some() {
        return Ok(pane);
    }
    (pane.button, pane.is_severe) = (words.cancel_subscription(), true);
    match cancel {
        Some(cancel) => {
            pane.retitle(words.take_over_are_you_sure());
            pane.hidden.extend([
                ("reason", cancel.reason.code().to_owned()),
                ("feedback", cancel.feedback),
                ("confirmed", "on".to_owned()),
            ]);
            pane.consequences = vec![("people", words.cancel_people_lose_access(preview.people))];
            pane.consequences.extend(of_both(words, &preview));
        }
        None => {
            pane.retitle(words.cancel_subscription());
            let reasons = CancelReason::ALL.iter();
            let reasons = reasons.map(|reason| Choice::new(reason.code(), words.cancel_reason_name(*reason)));
            pane.explains = Some(Explains {
                reason: steps.form.text("reason").to_owned(),
                reasons: std::iter::once(Choice::new("", words.cancel_reason_choose())).chain(reasons).collect(),
                feedback: steps.form.text("feedback").to_owned(),
            });
        }
    }
    Ok(pane)
}

pub(super) async fn progress(visitor: Visitor, Path((id, job)): Path<(String, String)>) -> PageResult {
    let words = visitor.words;
    let id = subscription_id(&id)?;
    let (_, view) = view(&visitor, &id.to_string()).await?;
    let job = progress::find(&visitor, id, "take_over", &job).await?;
    let is_move = job.payload.contains("\"way\":\"move\"");
    let (running, done) = if is_move {
        let done = (words.move_completed(), words.move_users_done(job.progress_total));
        ((words.move_users(), words.moving_users()), done)
    } else {
        let done = (words.kind_subscription_canceled(), words.closed_deleted().to_owned());
        ((words.cancel_subscription(), words.progress_starting()), done)
    };
    let told = Told {
        product_name: view.listed.product_name.clone(),
        start_url: format!("{}/take-over", details_url(id)),
        running,
        done,
        refused: words.take_over_refused().to_owned(),
        already: done_already(words, &view),
        next: None,
    };
    progress::show(&visitor, id, &job, told).await
}

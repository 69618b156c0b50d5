//! The panes that ask what adds licenses to a prepaid subscription, or extends it (R87, R90, R91, R96, R97).

use crate::frame::Frame;
use crate::pages::present::closed;
use crate::parts::{Choice, Closed};
use crate::web::{PageResult, Section, Visitor, render};
use app::subscription::details::SubscriptionDetails;
use askama::Template;
use axum::extract::Path;
use domain::ids::SubscriptionId;
use domain::refusal::Refusal;
use domain::subscription::{Action, Offer};
use words::Words;

#[derive(Template)]
#[template(path = "product_key/choose.html")]
struct ChoosePane {
    frame: Frame,
    words: Words,
    close_url: String,
    url: String,
    closed: Option<Closed>,
    label: &'static str,
    chosen: &'static str,
    choices: Vec<Choice>,
}

pub(super) async fn add(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    pane(&visitor, &id, Action::AddByKey).await
}

pub(super) async fn extend(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    pane(&visitor, &id, Action::ExtendEndDate).await
}

async fn pane(visitor: &Visitor, id: &str, action: Action) -> PageResult {
    let id: SubscriptionId = id.parse().map_err(|_| Refusal::NotFound)?;
    let words = visitor.words;
    let view = visitor.read(SubscriptionDetails(id)).await?;
    let subscription = &view.listed.subscription;
    let ends_on = subscription.ends_on;
    let key = |value: &str| Choice::new(value, words.use_new_product_key());
    let (title, chosen, choices) = match action {
        Action::AddByKey => {
            let by_card = Choice::new("card", words.use_card_for_more()).note(words.use_card_for_more_note());
            (words.add_more_licenses(), "add", vec![key("add").note(words.use_key_to_add_note(ends_on)), by_card])
        }
        _ => {
            let both = Choice::new("both", words.use_keys_for_both()).note(words.use_keys_for_both_note());
            let extend = key("extend").note(words.use_key_to_extend_note(ends_on));
            let by_card =
                Choice::new("extend-by-card", words.use_card_to_extend()).note(words.use_card_to_extend_note());
            (words.renew_or_add_user_licenses(), "extend", vec![extend, both, by_card])
        }
    };
    let mut frame = visitor.frame(Section::YourProducts, title).await?;
    frame.lead = Some(view.listed.product_name.clone());
    let close_url = format!("{}/{id}", Section::YourProducts.url());
    render(&ChoosePane {
        frame,
        words,
        url: format!("{close_url}/product-keys"),
        close_url,
        closed: match view.offer(action) {
            Offer::Open => None,
            Offer::Closed(reason) => Some(closed(words, reason, subscription)),
        },
        label: title,
        chosen,
        choices,
    })
}

//! The cards from which a payer chooses: those on file, and those of the sandbox.

use super::payment_method::choices;
use crate::parts::Choice;
use crate::web::{PageError, Visitor};
use app::order::place::Payment;
use app::ports::{CardBehavior, SandboxCard};
use domain::billing::payment_method::PaymentMethod;
use domain::organization::Cloud;
use domain::refusal::{Field, FieldRefusal, Refusal};

/// The cards that somebody can choose, those on file first, and what a person should know of them.
///
/// # Errors
/// The failure of the database.
pub async fn card_choices(
    visitor: &Visitor,
    on_file: &[PaymentMethod],
) -> Result<(Vec<Choice>, &'static str), PageError> {
    let words = visitor.words;
    let sandbox = sandbox_cards(visitor, visitor.home().await?.cloud, on_file);
    let hint = if sandbox.is_empty() { "" } else { words.sandbox_cards_hint() };
    let mut choices = choices(words, on_file);
    choices.extend(sandbox);
    Ok((choices, hint))
}

/// The card that was chosen.
///
/// # Errors
/// [`Refusal::Required`] at the payment.
pub fn chosen_card(text: &str) -> Result<Payment, FieldRefusal> {
    match text {
        "" => Err(Refusal::Required.at(Field::Payment)),
        card => Ok(card.parse().map_or_else(|_| Payment::Token(card.to_owned()), Payment::OnFile)),
    }
}

/// The cards of the sandbox that the cloud takes and that are not on file yet.
#[must_use]
pub fn sandbox_cards(visitor: &Visitor, cloud: Cloud, on_file: &[PaymentMethod]) -> Vec<Choice> {
    let words = visitor.words;
    let cards = visitor.settings().sandbox_bank.as_ref().map(|bank| bank.cards()).unwrap_or_default();
    let is_offered = |card: &SandboxCard| {
        cloud.facts().cards.take(card.brand) && on_file.iter().all(|known| known.gateway_token != card.token)
    };
    let choice = |card: SandboxCard| {
        let behavior = match card.behavior {
            CardBehavior::Succeeds => words.sandbox_card_succeeds(),
            CardBehavior::Declines => words.sandbox_card_declined(),
            CardBehavior::AsksToConfirm => words.sandbox_card_confirmation(),
            CardBehavior::DeclinesWhenAway => words.sandbox_card_declined_when_away(),
        };
        Choice::new(card.token, words.card_ending_in(card.brand, card.last_four))
            .note(words.sandbox_card(&behavior.to_lowercase()))
    };
    cards.into_iter().filter(is_offered).map(choice).collect()
}

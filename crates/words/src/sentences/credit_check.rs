//! Paying by invoice, and the credit check that comes first (domain 4.2, 4.4; R61 to R63, R74).

use crate::macros::sentences;
use domain::money::Money;
use jiff::civil::Date;

sentences! {
    // At the checkout.
    pay_by_invoice: en "Pay by invoice" nl "Betalen per factuur";
    pay_by_invoice_at_once(days: u32):
        en "The licenses are available at once. You have {days} days to pay the invoice."
        nl "De licenties zijn meteen beschikbaar. U hebt {days} dagen om de factuur te betalen.";
    pay_by_invoice_after_check:
        en "After a credit check, which takes up to two working days as a rule. Nothing is charged until it is done."
        nl "Na een kredietcontrole, die doorgaans hooguit twee werkdagen duurt. Tot die tijd wordt niets in rekening \
            gebracht.";
    credit_check_contact:
        en "I may be contacted for the credit check"
        nl "Er mag voor de kredietcontrole contact met mij worden opgenomen";
    refused_below_invoice_minimum(minimum: Money):
        en "Orders below {minimum} cannot be paid by invoice. Choose a card."
        nl "Bestellingen onder {minimum} kunnen niet per factuur worden betaald. Kies een kaart.";

    // While it is under way.
    order_waits_for_check: en "Your order waits for a credit check" nl "Uw bestelling wacht op een kredietcontrole";
    order_waits_for_check_text(day: Date):
        en "It is decided by {day}. Come back after that: the licenses are available when the check is passed. Nothing \
            is charged until then."
        nl "Er wordt uiterlijk {day} beslist. Kom daarna terug: de licenties zijn beschikbaar zodra de controle is \
            goedgekeurd. Tot die tijd wordt niets in rekening gebracht.";
    credit_check_decided_by(day: Date):
        en "Under way, decided by {day}"
        nl "Loopt, beslissing uiterlijk {day}";

    // The operator decides.
    credit_checks_purpose:
        en "Orders that customers want to pay by invoice. Nothing is sold before you decide."
        nl "Bestellingen die klanten per factuur willen betalen. Er wordt niets verkocht voordat u beslist.";
    credit_checks_empty: en "No order waits for a credit check." nl "Er wacht geen bestelling op een kredietcontrole.";
    credit_checks_empty_hint:
        en "Orders that are to be paid by invoice appear here."
        nl "Bestellingen die per factuur worden betaald, verschijnen hier.";
    credit_check_decide: en "Decide" nl "Beslissen";
    credit_check_due: en "Decide by" nl "Beslissen vóór";
    credit_check_contact_allowed: en "May be contacted" nl "Contact toegestaan";
    credit_check_history: en "What is known" nl "Wat bekend is";
    credit_check_passed_before: en "Checks passed before" nl "Eerder goedgekeurde controles";
    overdue_invoices: en "Overdue invoices" nl "Achterstallige facturen";
    credit_check_note: en "Note" nl "Notitie";
    credit_check_note_hint: en "Only operators see it." nl "Alleen operators zien deze.";
    credit_check_approve: en "Approve" nl "Goedkeuren";
    credit_check_approve_means:
        en "The whole order is posted: the licenses are available and the invoice follows."
        nl "De hele bestelling gaat door: de licenties zijn beschikbaar en de factuur volgt.";
    credit_check_decline: en "Decline" nl "Afwijzen";
    credit_check_decline_means:
        en "The order is voided. Nothing was bought and nothing is charged."
        nl "De bestelling vervalt. Er is niets gekocht en er wordt niets in rekening gebracht.";
    credit_check_was_approved: en "The order was approved." nl "De bestelling is goedgekeurd.";
    credit_check_was_declined: en "The order was declined." nl "De bestelling is afgewezen.";
    credit_checks_wait(count: i64):
        en one "{count} order waits for a credit check" other "{count} orders wait for a credit check"
        nl one "{count} bestelling wacht op een kredietcontrole"
            other "{count} bestellingen wachten op een kredietcontrole";

    // In the journal.
    kind_credit_check_requested: en "Credit check requested" nl "Kredietcontrole aangevraagd";
    kind_credit_check_decided: en "Credit check decided" nl "Over kredietcontrole beslist";
    event_check_requested(number: &str, day: Date):
        en "Order {number} waits for a credit check, decided by {day}."
        nl "Bestelling {number} wacht op een kredietcontrole; beslissing uiterlijk {day}.";
    event_check_passed(number: &str):
        en "The credit check of order {number} was passed."
        nl "De kredietcontrole van bestelling {number} is goedgekeurd.";
    event_check_failed(number: &str):
        en "The credit check of order {number} was not passed."
        nl "De kredietcontrole van bestelling {number} is niet goedgekeurd.";
}

//! Paying invoices now, settling the balance, and what the operator records of payments (domain 4.3, 4.6; R166, R167).

use crate::macros::sentences;
use domain::money::Money;
use jiff::civil::Date;

sentences! {
    // A customer pays.
    pay_now: en "Pay now" nl "Nu betalen";
    pay_amount(amount: Money): en "Pay {amount}" nl "{amount} betalen";
    settle_balance: en "Settle balance" nl "Saldo vereffenen";
    invoices_to_pay: en "What you pay" nl "Wat u betaalt";
    invoice_due_by(number: &str, day: Date):
        en "{number}, due {day}"
        nl "{number}, uiterlijk {day}";
    paid_one_by_one(count: usize):
        en "Each invoice is paid on its own: {count} amounts are taken, not one sum."
        nl "Elke factuur wordt apart betaald: er worden {count} bedragen afgeschreven en niet één totaal.";
    method_did_not_pay(card: &str):
        en "{card} did not pay. What you choose here also pays later for everything that it paid for."
        nl "{card} is geweigerd. Wat u hier kiest, betaalt voortaan ook alles waarvoor die werd gebruikt.";
    method_of_other_did_not_pay(card: &str):
        en "{card} did not pay. Somebody else added it, so it stays what pays next time: ask that person for another one, or \
            replace it under Payment methods."
        nl "{card} is geweigerd. Iemand anders heeft die toegevoegd en daarom betaalt die de volgende keer weer: vraag die \
            persoon om een andere, of vervang die bij Betalingsmethoden.";
    pays_too: en "Collected after it" nl "Wordt daarna ook geïnd";
    pays_too_note:
        en "These were not paid either. They are collected at once with what you choose here."
        nl "Deze zijn ook niet betaald. Ze worden meteen daarna geïnd met wat u hier kiest.";
    comes_back: en "What comes back" nl "Wat u terugkrijgt";
    comes_back_note:
        en "People have access again once all of this is paid. An amount is for the days from today, without tax, on an \
            invoice of its own."
        nl "Zodra dit alles is betaald, hebben de gebruikers weer toegang. Een bedrag is voor de dagen vanaf vandaag, \
            exclusief belasting, en komt op een eigen factuur.";
    comes_back_for_nothing: en "Nothing more to pay" nl "Geen extra kosten";
    pay_card_needed:
        en "You have no card on file yet. Buy something with a card first, or transfer the amount."
        nl "U hebt nog geen kaart opgeslagen. Koop eerst iets met een kaart of maak het bedrag over.";
    invoice_was_paid: en "The invoice is paid." nl "De factuur is betaald.";
    balance_was_settled(count: i64):
        en one "{count} invoice is paid." other "{count} invoices are paid."
        nl one "{count} factuur is betaald." other "{count} facturen zijn betaald.";
    payment_was_begun:
        en "The bank has been asked. It may take some days before the invoice is paid."
        nl "De opdracht is bij de bank. Het kan enkele dagen duren voordat de factuur is betaald.";
    payment_waits_for_you:
        en "Your bank asks you to confirm the payment."
        nl "Uw bank vraagt u de betaling te bevestigen.";

    // What stands on an invoice.
    next_attempt_on(day: Date):
        en "The card did not pay. It is tried again on {day}, or you pay now."
        nl "De kaart is geweigerd. Op {day} wordt het opnieuw geprobeerd, of u betaalt nu.";
    paid_with(card: &str): en "With {card}" nl "Met {card}";
    paid_by(name: &str): en "By {name}" nl "Door {name}";
    day: en "Day" nl "Dag";

    // The operator.
    customer_invoices: en "Invoices and payments" nl "Facturen en betalingen";
    open_invoices_none: en "Nothing is open." nl "Er staat niets open.";
    record_transfer: en "Record a bank transfer" nl "Overschrijving boeken";
    record_transfer_purpose:
        en "As the bank statement shows it. The amount goes to the chosen invoices, the first due first."
        nl "Zoals op het bankafschrift. Het bedrag gaat naar de gekozen facturen, de eerst vervallende eerst.";
    transfer_invoices: en "For which invoices" nl "Voor welke facturen";
    transfer_amount: en "Amount received" nl "Ontvangen bedrag";
    transfer_was_recorded: en "The transfer was recorded." nl "De overschrijving is geboekt.";
    record_chargeback: en "Record a chargeback" nl "Terugboeking vastleggen";
    chargeback_means_unpaid(amount: Money):
        en "The invoice is open again for {amount}."
        nl "De factuur staat weer open voor {amount}.";
    chargeback_means_disabled:
        en "What it is for is disabled at once. It comes back when somebody pays."
        nl "Waar zij voor is, wordt meteen uitgeschakeld. Na betaling komt het terug.";
    chargeback_was_recorded: en "The chargeback was recorded." nl "De terugboeking is vastgelegd.";
    refund: en "Pay back" nl "Terugbetalen";
    refund_amount: en "Amount to pay back" nl "Terug te betalen bedrag";
    refund_amount_hint(left: Money): en "At most {left}." nl "Ten hoogste {left}.";
    refund_nothing_left:
        en "Only a credit note that still gives something can be paid back."
        nl "Alleen een creditfactuur waar nog tegoed op staat, kan worden terugbetaald.";
    refund_reason_hint: en "It stands in the history." nl "Deze staat in de geschiedenis.";
    refund_goes_to_card:
        en "It goes back to the cards that paid, the newest payment first."
        nl "Het gaat terug naar de kaarten waarmee is betaald, de nieuwste betaling eerst.";
    refund_was_begun: en "The money is on its way back." nl "Het geld is onderweg terug.";
    kind_refund_ordered: en "Refund ordered" nl "Terugbetaling opgedragen";
    event_refund_ordered(number: &str, amount: Money, reason: &str):
        en "{amount} of credit note {number} is paid back: {reason}"
        nl "{amount} van creditfactuur {number} wordt terugbetaald: {reason}";
    event_refund_ordered_unpriced(number: &str, reason: &str):
        en "Credit of credit note {number} is paid back: {reason}"
        nl "Tegoed van creditfactuur {number} wordt terugbetaald: {reason}";
}

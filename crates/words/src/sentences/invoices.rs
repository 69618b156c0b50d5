//! Billing > Bills & payments: the list of invoices, an invoice on the screen, what is open and what comes next (domain
//! 4.9, 8.5; R45, R46).

use crate::macros::sentences;
use domain::money::Money;
use jiff::civil::Date;

sentences! {
    invoices: en "Invoices" nl "Facturen";
    invoices_purpose:
        en "What was charged, what you paid and what is still open."
        nl "Wat er in rekening is gebracht, wat u hebt betaald en wat nog openstaat.";
    invoices_purpose_own:
        en "What you were charged for your own purchases, what you paid and what is still open."
        nl "Wat er voor uw eigen aankopen in rekening is gebracht, wat u hebt betaald en wat nog openstaat.";
    past_three_months: en "Past 3 months" nl "Afgelopen 3 maanden";
    past_six_months: en "Past 6 months" nl "Afgelopen 6 maanden";
    specify_date_range: en "Specify a date range" nl "Datumbereik opgeven";
    range_from: en "First day" nl "Eerste dag";
    range_to: en "Last day" nl "Laatste dag";
    range_wrong:
        en "Choose two days, the first one not after the last."
        nl "Kies twee dagen, de eerste niet na de laatste.";
    period: en "Period" nl "Periode";
    invoices_empty: en "Nothing in this period." nl "Geen facturen in deze periode.";
    invoices_empty_hint: en "Try six months or choose dates." nl "Probeer zes maanden of kies datums.";
    invoice_for: en "What for" nl "Waarvoor";
    invoice_for_more(others: u32, product: &str):
        en one "{product} and {others} other" other "{product} and {others} others"
        nl one "{product} en {others} ander" other "{product} en {others} andere";
    total: en "Total" nl "Totaal";
    balance: en "Balance" nl "Saldo";
    open_balance: en "Open balance" nl "Openstaand saldo";
    open_balance_nothing: en "Everything is paid." nl "Alles is betaald.";
    open_balance_nothing_own:
        en "Nothing is open for your own purchases."
        nl "Voor uw eigen aankopen staat niets open.";
    of_which_overdue(amount: Money):
        en "Of which overdue: {amount}"
        nl "Waarvan te laat: {amount}";
    credit_left(amount: Money):
        en "To be settled in your favor: {amount}"
        nl "Nog met u te verrekenen: {amount}";

    // Where an invoice stands.
    invoice_open: en "Open" nl "Openstaand";
    invoice_partly_paid: en "Partly paid" nl "Deels betaald";
    invoice_paid: en "Paid" nl "Betaald";
    overdue: en "Overdue" nl "Te laat";
    invoice_void: en "Void" nl "Vervallen";
    credit_to_settle: en "To be settled" nl "Te verrekenen";
    credit_settled: en "Settled" nl "Verrekend";

    // The picture.
    spend_picture: en "Invoiced per month" nl "Gefactureerd per maand";
    spend_picture_purpose:
        en "With VAT, credit notes taken off."
        nl "Inclusief btw, na aftrek van creditfacturen.";
    month_head: en "Month" nl "Maand";
    spend_of_month(month: &str, amount: Money): en "{month}: {amount}" nl "{month}: {amount}";

    // An invoice.
    download_pdf: en "Download PDF" nl "PDF downloaden";
    download_xml: en "Download XML (UBL)" nl "XML downloaden (UBL)";
    service_period: en "Service period" nl "Serviceperiode";
    invoice_lines: en "What it is for" nl "Waar het voor is";
    /// How a line comes to its amount: `100 licenses × €10.00`.
    line_formula(quantity: i64, price: &str):
        en one "{quantity} license × {price}" other "{quantity} licenses × {price}"
        nl one "{quantity} licentie × {price}" other "{quantity} licenties × {price}";
    /// The same for a part of a billing period: `5 licenses × €10.00 × 21 of 31 days`.
    line_formula_part(quantity: i64, price: &str, part: &str):
        en one "{quantity} license × {price} × {part}" other "{quantity} licenses × {price} × {part}"
        nl one "{quantity} licentie × {price} × {part}" other "{quantity} licenties × {price} × {part}";
    parties: en "Who sells and who buys" nl "Wie verkoopt en wie koopt";
    seller: en "Seller" nl "Verkoper";
    payments: en "Payments" nl "Betalingen";
    payments_none: en "Nothing was paid yet." nl "Er is nog niets betaald.";
    payment_charge: en "Card or bank account charged" nl "Afschrijving van kaart of bankrekening";
    payment_transfer: en "Bank transfer" nl "Overschrijving";
    payment_credit: en "Credit note used" nl "Creditfactuur verrekend";
    payment_refund: en "Paid back" nl "Terugbetaald";
    payment_chargeback: en "Taken back by the bank" nl "Door de bank teruggeboekt";
    payment_succeeded: en "Succeeded" nl "Geslaagd";
    payment_failed: en "Not paid" nl "Niet betaald";

    invoice_charged_by_itself(amount: Money, method: &str, day: Date):
        en "On {day}, {amount} will be charged to {method}. Do not transfer it; choose Pay now only to pay earlier or with \
            something else."
        nl "Op {day} wordt {amount} afgeschreven van {method}. Maak het niet zelf over; kies Nu betalen alleen om eerder of \
            met iets anders te betalen.";
    invoice_card_failed:
        en "The card did not pay this invoice. It is still open."
        nl "De kaart heeft deze factuur niet betaald. De factuur staat nog open.";
    invoice_access_ends(day: Date):
        en "The bank refused this card for good, so it is not tried again. People lose access to the products on this \
            invoice on {day}, unless another payment method pays it before."
        nl "De bank heeft deze kaart definitief geweigerd; ze wordt niet opnieuw geprobeerd. Op {day} verliezen gebruikers \
            de toegang tot de producten op deze factuur, tenzij een andere betalingsmethode haar eerder betaalt.";
    invoice_access_ended:
        en "The card did not pay this invoice, and people lost access to its products. Pay it to give them access again."
        nl "De kaart heeft deze factuur niet betaald en gebruikers hebben geen toegang meer tot de producten erop. Betaal \
            haar om die toegang te herstellen.";

    // What comes next, and what asks for attention.
    next_charge: en "Next charge" nl "Volgende afschrijving";
    next_charge_of(on: Date, amount: Money):
        en "{amount} on {on}"
        nl "{amount} op {on}";
    attention_invoices_overdue(amount: Money):
        en "{amount} should have been paid"
        nl "{amount} had betaald moeten zijn";
    attention_invoices_transfer_what:
        en "Transfer the amount. People keep access meanwhile."
        nl "Maak het bedrag over. Gebruikers houden intussen toegang.";
    attention_invoices_overdue_what:
        en "Pay the invoices, or people lose access."
        nl "Betaal de facturen, anders verliezen gebruikers de toegang.";
    attention_access_ended_what:
        en "People lost access to products. Pay the invoices to give them access again."
        nl "Gebruikers hebben geen toegang meer tot producten. Betaal de facturen om die te herstellen.";
    attention_access_ends(day: Date):
        en "People lose access on {day}"
        nl "Gebruikers verliezen op {day} de toegang";
    attention_access_ends_what:
        en "The bank refused a card for good. Pay with another payment method before that day."
        nl "De bank heeft een kaart definitief geweigerd. Betaal voor die dag met een andere betalingsmethode.";
    attention_invoices_open(amount: Money):
        en "{amount} is open"
        nl "{amount} staat open";
    attention_invoices_open_what:
        en "See which invoices, and by when they have to be paid."
        nl "Bekijk welke facturen, en wanneer ze betaald moeten zijn.";
}

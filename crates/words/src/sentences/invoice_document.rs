//! What an invoice and a credit note say on paper and as XML (domain 4.9; R169, R170).

use crate::macros::sentences;
use domain::money::Money;
use jiff::civil::Date;

sentences! {
    invoice: en "Invoice" nl "Factuur";
    credit_note: en "Credit note" nl "Creditfactuur";
    invoice_titled(number: &str): en "Invoice {number}" nl "Factuur {number}";
    credit_note_titled(number: &str): en "Credit note {number}" nl "Creditfactuur {number}";
    invoice_corrects(number: &str, issued_on: Date):
        en "Corrects invoice {number} of {issued_on}"
        nl "Correctie op factuur {number} van {issued_on}";

    // The facts at the head.
    invoice_number: en "Invoice number" nl "Factuurnummer";
    credit_note_number: en "Credit note number" nl "Nummer creditfactuur";
    invoice_date: en "Invoice date" nl "Factuurdatum";
    credit_note_date: en "Date" nl "Datum";
    due_date: en "Due date" nl "Vervaldatum";
    billing_period: en "Billing period" nl "Factureringsperiode";
    purchase_order_number: en "Purchase order number" nl "Inkoopordernummer";
    bill_to: en "Bill to" nl "Factuuradres";
    vat_number(number: &str): en "VAT number {number}" nl "Btw-nummer {number}";
    registration_number(number: &str): en "Company register {number}" nl "Handelsregister {number}";

    // The lines.
    line_description: en "Description" nl "Omschrijving";
    line_days: en "Days" nl "Dagen";
    vat: en "VAT" nl "Btw";
    amount: en "Amount" nl "Bedrag";
    vat_reverse_charged: en "reverse" nl "verlegd";
    subtotal: en "Subtotal" nl "Subtotaal";
    subtotal_of(product: &str): en "Subtotal {product}" nl "Subtotaal {product}";
    continued(what: &str): en "{what} (continued)" nl "{what} (vervolg)";
    part_in_days(part: i64, whole: i64): en "{part} of {whole} days" nl "{part} van {whole} dagen";
    part_in_seconds(part: i64, whole: i64): en "{part} of {whole} seconds" nl "{part} van {whole} seconden";
    /// Why a line is less than licenses × price; with a part such as `21 of 31 days`.
    charged_for(part: &str): en "Charged for {part}" nl "Berekend over {part}";
    line_price_with_vat: en "price including VAT" nl "prijs inclusief btw";
    line_rounding: en "Rounding" nl "Afronding";

    invoice_buyer_pays(buyer: &str):
        en "{buyer} bought this for the team and is the one who has to pay it."
        nl "{buyer} heeft dit voor het team gekocht en is degene die het moet betalen.";

    // What it comes to.
    total_without_vat: en "Total without VAT" nl "Totaal exclusief btw";
    total_with_vat: en "Total with VAT" nl "Totaal inclusief btw";
    vat_on(rate: &str, net: Money): en "VAT {rate} on {net}" nl "Btw {rate} over {net}";
    vat_reverse_charge_on(net: Money): en "Reverse charge on {net}" nl "Btw verlegd over {net}";
    vat_exempt_on(net: Money): en "Exempt from VAT: {net}" nl "Vrijgesteld van btw: {net}";
    vat_out_of_scope_on(net: Money): en "Not subject to VAT: {net}" nl "Niet aan btw onderworpen: {net}";
    vat_reverse_charge_reason:
        en "Reverse charge: the customer accounts for the VAT (article 196 of Directive 2006/112/EC)."
        nl "Btw verlegd: de afnemer draagt de btw af (artikel 196 van Richtlijn 2006/112/EG).";
    vat_exempt_reason: en "Exempt from VAT." nl "Vrijgesteld van btw.";
    vat_exempt_by(certificate: &str):
        en "Exempt from VAT by certificate {certificate}."
        nl "Vrijgesteld van btw op grond van verklaring {certificate}.";
    vat_out_of_scope_reason: en "Not subject to VAT." nl "Niet aan btw onderworpen.";
    already_paid: en "Already paid" nl "Al betaald";
    already_settled: en "Already settled or paid back" nl "Al verrekend of terugbetaald";
    amount_due: en "Amount due" nl "Te betalen";
    amount_credited: en "In your favor" nl "Te ontvangen";

    // How it is paid.
    invoice_payment: en "Payment" nl "Betaling";
    invoice_charged_to(amount: Money, method: &str, day: Date):
        en "Do not pay this invoice yourself. On {day}, {amount} will be charged to {method}."
        nl "Betaal deze factuur niet zelf. Op {day} wordt {amount} afgeschreven van {method}.";
    invoice_transfer(amount: Money, day: Date):
        en "Transfer {amount} by {day} and state the reference."
        nl "Maak {amount} uiterlijk {day} over en vermeld het kenmerk.";
    account_holder: en "Account holder" nl "Ten name van";
    payment_reference: en "Reference" nl "Kenmerk";
    invoice_is_paid: en "This invoice is paid." nl "Deze factuur is betaald.";
    invoice_is_void:
        en "This document is void. Nothing has to be paid."
        nl "Dit document is vervallen. Er hoeft niets te worden betaald.";
    invoice_asks_nothing: en "Nothing has to be paid." nl "Er hoeft niets te worden betaald.";
    credit_is_open(amount: Money):
        en "Nothing has to be paid. {amount} will be settled with a later invoice or paid back."
        nl "Er hoeft niets te worden betaald. {amount} wordt met een latere factuur verrekend of terugbetaald.";
    credit_is_settled:
        en "This credit note has been settled or paid back."
        nl "Deze creditfactuur is verrekend of terugbetaald.";
    page_of(page: usize, pages: usize): en "Page {page} of {pages}" nl "Pagina {page} van {pages}";

    // The transaction types of its lines.
    charge_purchase: en "Purchase" nl "Aankoop";
    charge_periodic_payment: en "Periodic payment" nl "Periodieke betaling";
    charge_add_quantity: en "Licenses added" nl "Licenties toegevoegd";
    charge_remove_quantity: en "Licenses removed" nl "Licenties verwijderd";
    charge_conversion: en "Conversion" nl "Omzetting";
    charge_credit: en "Credit" nl "Tegoed";
}

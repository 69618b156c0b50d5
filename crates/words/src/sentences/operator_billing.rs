//! The operator's billing page: what is open everywhere, revenue, bill runs, the books, and who sells.

use crate::macros::sentences;

sentences! {
    operator_billing_purpose:
        en "What customers owe, what was sold, and what the books say."
        nl "Wat klanten nog moeten betalen, wat er is verkocht en wat de boeken zeggen.";
    revenue_picture: en "Revenue per month" nl "Omzet per maand";
    last_bill_run: en "Last bill run" nl "Laatste factuurronde";
    next_bill_runs: en "Next bill runs" nl "Komende factuurrondes";
    next_bill_runs_purpose:
        en "Charges that wait for an invoice of the next seven days. Nothing is made by looking."
        nl "Posten die wachten op een factuur in de komende zeven dagen. Bekijken maakt nog niets.";
    next_bill_runs_empty:
        en "No charge waits for an invoice."
        nl "Er wacht geen post op een factuur.";
    charges: en "Charges" nl "Posten";

    // The books.
    trial_balance: en "Trial balance" nl "Proefbalans";
    trial_balance_empty: en "Nothing was posted yet." nl "Er is nog niets geboekt.";
    trial_balance_fits: en "Debit and credit are the same." nl "Debet en credit zijn gelijk.";
    trial_balance_wrong:
        en "Debit and credit differ. Run the doctor."
        nl "Debet en credit verschillen. Voer doctor uit.";
    ledger_account: en "Ledger account" nl "Grootboekrekening";
    debit: en "Debit side" nl "Debetzijde";
    credit_side: en "Credit side" nl "Creditzijde";
    ledger_receivable: en "Receivable from customers" nl "Debiteuren";
    ledger_revenue: en "Revenue" nl "Omzet";
    ledger_gateway: en "Payment gateway" nl "Betaalprovider";
    ledger_bank: en "Bank" nl "Bank";
    ledger_write_off: en "Written off" nl "Afgeschreven";

    // Who sells.
    seller_purpose:
        en "Every later invoice says this. Invoices that were made stay as they are."
        nl "Elke volgende factuur vermeldt dit. Facturen die er al zijn, blijven zoals ze zijn.";
    address_line1: en "Street and number" nl "Straat en huisnummer";
    address_line2: en "Address, second line" nl "Adres, tweede regel";
    postal_code: en "Postal code" nl "Postcode";
    city: en "City" nl "Plaats";
    region: en "State or province" nl "Staat of provincie";
    tax_number: en "VAT number" nl "Btw-nummer";
    seller_tax_number_hint:
        en "Without it no VAT is charged."
        nl "Zonder dit nummer wordt geen btw berekend.";
    company_register_number: en "Company register number" nl "Handelsregisternummer";
    telephone: en "Telephone" nl "Telefoon";
    iban: en "IBAN" nl "IBAN";
    seller_iban_hint: en "Customers transfer to this account." nl "Klanten maken over naar deze rekening.";
    bic: en "BIC" nl "BIC";
    invoice_prefix: en "Before the invoice number" nl "Voor het factuurnummer";
    invoice_prefix_hint: en "Letters, digits and hyphens, such as Z-." nl "Letters, cijfers en streepjes, zoals Z-.";
    refused_bic_shape:
        en "A BIC has eight or eleven letters and digits, such as ABNANL2A."
        nl "Een BIC heeft acht of elf letters en cijfers, zoals ABNANL2A.";
    seller_was_changed: en "The seller was changed." nl "De verkoper is gewijzigd.";
    kind_seller_changed: en "Seller changed" nl "Verkoper gewijzigd";
    event_seller_changed(name: &str):
        en "What invoices say of the seller {name} changed."
        nl "Wat facturen over verkoper {name} vermelden, is gewijzigd.";
}

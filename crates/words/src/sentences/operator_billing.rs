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

    // Bill runs.
    bill_runs: en "Bill runs" nl "Factuurrondes";
    bill_runs_purpose:
        en "What is due is charged within seconds, all day. See how far that is, where it fails, and what comes."
        nl "Wat aan de beurt is, wordt de hele dag binnen seconden berekend. Zie hoe ver dat is, waar het misgaat en wat er komt.";
    bill_run_progress(done: i64, total: i64):
        en "{done} of {total} organizations are up to date"
        nl "{done} van {total} organisaties zijn bijgewerkt";
    bill_run_nothing_due:
        en "Nothing is due at this moment."
        nl "Er is op dit moment niets aan de beurt.";
    bill_run_steps: en "Steps" nl "Stappen";
    bill_run_steps_hint:
        en "A step takes a subscription, an invoice or a payment one further."
        nl "Een stap brengt een abonnement, een factuur of een betaling verder.";
    bill_run_day: en "Day (UTC)" nl "Dag (UTC)";
    bill_run_first_step: en "First step" nl "Eerste stap";
    bill_run_last_step: en "Last step" nl "Laatste stap";
    bill_runs_empty: en "No step was taken yet." nl "Er is nog geen stap gezet.";
    bill_run_failures: en "Where it fails" nl "Waar het misgaat";
    bill_run_failures_purpose:
        en "Nothing more is charged here until the cause is gone. It is tried again every few seconds."
        nl "Hier wordt niets meer berekend tot de oorzaak weg is. Het wordt om de paar seconden opnieuw geprobeerd.";
    bill_run_fails_last: en "Last time" nl "Laatste keer";

    // Dry runs.
    dry_bill_run: en "Dry run of the bill run" nl "Proefronde van de factuurronde";
    dry_run: en "Dry run" nl "Proefronde";
    dry_run_purpose:
        en "Computes what will be charged up to a day, as the run itself does, and writes nothing."
        nl "Berekent wat tot en met een dag in rekening wordt gebracht, zoals de ronde zelf, en legt niets vast.";
    dry_run_through: en "Up to and with" nl "Tot en met";
    dry_run_through_hint:
        en "From today on, at most a year ahead."
        nl "Vanaf vandaag, hooguit een jaar vooruit.";
    dry_run_start: en "Start dry run" nl "Proefronde starten";
    dry_run_was_started: en "The dry run was started." nl "De proefronde is gestart.";
    dry_runs_empty: en "No dry run was made yet." nl "Er is nog geen proefronde gedaan.";
    dry_run_titled(day: &str):
        en "Dry run up to and with {day}"
        nl "Proefronde tot en met {day}";
    dry_run_asked_by: en "Started by" nl "Gestart door";
    dry_run_orders: en "Orders" nl "Orders";
    dry_run_nothing:
        en "Nothing will be charged up to that day."
        nl "Tot en met die dag wordt niets in rekening gebracht.";
    dry_run_sums: en "What will be charged" nl "Wat in rekening wordt gebracht";
    dry_run_invoices(count: i64):
        en one "{count} invoice" other "{count} invoices"
        nl one "{count} factuur" other "{count} facturen";
    dry_run_credit_notes(count: i64):
        en one "{count} credit note" other "{count} credit notes"
        nl one "{count} creditfactuur" other "{count} creditfacturen";
    dry_run_payments(count: i64):
        en one "{count} payment" other "{count} payments"
        nl one "{count} betaling" other "{count} betalingen";
    dry_run_invoiced: en "Invoiced with VAT" nl "Gefactureerd met btw";
    dry_run_credited: en "Given back with VAT" nl "Teruggegeven met btw";
    dry_run_collected: en "Asked of cards and bank accounts" nl "Af te schrijven van kaarten en bankrekeningen";
    dry_run_collected_hint:
        en "What credit settles is taken off when the run comes to it. What banks answer and what people do until then is not foreseen."
        nl "Wat een tegoed vereffent, gaat er bij de ronde zelf af. Wat banken antwoorden en wat mensen tot dan doen, is niet voorzien.";
    dry_run_left_out: en "What is left out" nl "Wat wordt overgeslagen";
    dry_run_count: en "Number" nl "Aantal";
    dry_run_failures: en "Where the run will fail" nl "Waar de ronde misgaat";
    left_out_ending: en "Subscriptions and trials that end" nl "Abonnementen en proefversies die aflopen";
    left_out_being_bought: en "Trials that somebody is buying" nl "Proefversies die iemand aan het kopen is";
    left_out_credit_check:
        en "Subscriptions that wait for a credit check"
        nl "Abonnementen die op een kredietcontrole wachten";
    left_out_charged_to_partner:
        en "Billing periods that a partner is charged for"
        nl "Factureringsperioden die aan een partner in rekening worden gebracht";
    left_out_paid_elsewhere:
        en "Subscriptions that a partner or a product key pays for"
        nl "Abonnementen die een partner of een productcode betaalt";
    left_out_paid_by_transfer:
        en "Invoices that the customer transfers: reminded only"
        nl "Facturen die de klant overmaakt: alleen een herinnering";
    left_out_payment_under_way:
        en "Invoices whose payment is under way"
        nl "Facturen waarvan de betaling loopt";
    left_out_sandbox:
        en "Sandboxes, whose time is their own"
        nl "Sandboxen, die een eigen klok hebben";

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
    tax_exemption: en "Certificate of VAT exemption" nl "Verklaring van btw-vrijstelling";
    tax_exemption_hint:
        en "Only for a customer that is exempt: no VAT is charged, and invoices name the certificate."
        nl "Alleen voor een klant die is vrijgesteld: er wordt geen btw berekend en facturen vermelden de verklaring.";
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

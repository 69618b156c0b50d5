//! How an organization is charged, as the operator sets it and the customer reads it (domain 4.7, 4.9; D6, D16 to D18).

use crate::macros::sentences;
use domain::money::Money;

sentences! {
    billing_rules: en "Billing rules" nl "Factureringsregels";
    edit_billing_rules: en "Edit billing rules" nl "Factureringsregels bewerken";
    billing_rules_effect:
        en "They count for what is charged from now on. Invoices that were made stay as they are."
        nl "Ze gelden voor wat vanaf nu in rekening wordt gebracht. Facturen die er al zijn, blijven zoals ze zijn.";
    agreement_takes_with:
        en "With another agreement go its usual rules for fewer licenses and credits, where they were the usual ones \
            before. Under MCA each billing profile without a card takes the one that pays most of what is on it."
        nl "Met een andere overeenkomst gaan de gebruikelijke regels voor minder licenties en tegoed mee, waar die voorheen \
            gebruikelijk waren. Onder MCA neemt elk factureringsprofiel zonder kaart de kaart over die er het meeste \
            van betaalt.";
    rule_payment_terms: en "Payment terms" nl "Betalingstermijn";
    rule_payment_terms_days(days: i64):
        en one "{days} day" other "{days} days"
        nl one "{days} dag" other "{days} dagen";
    rule_days: en "days" nl "dagen";
    rule_fewer_licenses: en "Fewer licenses during a term" nl "Minder licenties tijdens een looptijd";
    fewer_licenses_credit_now: en "A credit for the unused time" nl "Een tegoed voor de ongebruikte tijd";
    fewer_licenses_at_renewal: en "From the next term on" nl "Vanaf de volgende looptijd";
    fewer_licenses_refused: en "Not possible" nl "Niet mogelijk";
    rule_refund_days: en "Credit after a purchase or renewal" nl "Tegoed na een aankoop of verlenging";
    rule_refund_days_hint:
        en "Canceling or having fewer licenses within these days brings a credit. Empty: as long as the term lasts."
        nl "Opzeggen of minder licenties binnen deze dagen geeft een tegoed. Leeg: zolang de looptijd duurt.";
    refund_days_always: en "As long as the term lasts" nl "Zolang de looptijd duurt";
    refund_days_within(days: i64):
        en one "Within {days} day" other "Within {days} days"
        nl one "Binnen {days} dag" other "Binnen {days} dagen";
    rule_proration: en "A part of a billing period" nl "Een deel van een factureringsperiode";
    proration_day: en "By the day" nl "Per dag";
    proration_second: en "By the second" nl "Per seconde";
    rule_rounding: en "Rounding of amounts" nl "Afronding van bedragen";
    rounding_half_up: en "To the nearest, half up" nl "Op het dichtstbijzijnde, halven naar boven";
    rounding_half_even: en "To the nearest, half to even" nl "Op het dichtstbijzijnde, halven naar even";
    rounding_truncate: en "Down" nl "Naar beneden";
    rule_tax_rounding: en "Rounding of VAT" nl "Afronding van btw";
    tax_rounding_per_category: en "On the total of each rate" nl "Over het totaal per tarief";
    tax_rounding_per_line: en "On each line" nl "Per regel";
    rule_prices_include_tax: en "Prices include VAT" nl "Prijzen zijn inclusief btw";
    rule_undo_days: en "Undoing take-overs" nl "Overnames ongedaan maken";
    rule_undo_days_hint:
        en "Days in which an admin can undo taking over what a user bought. 0: not possible."
        nl "Dagen waarin een beheerder het overnemen van een aankoop van een gebruiker ongedaan kan maken. 0: niet mogelijk.";
    rule_online_cancel_max: en "Canceling without support" nl "Opzeggen zonder ondersteuning";
    rule_online_cancel_max_hint:
        en "The most people who may have a license of a subscription that an admin cancels. Empty: any number."
        nl "Het hoogste aantal mensen met een licentie van een abonnement dat een beheerder opzegt. Leeg: elk aantal.";
    rule_people: en "people" nl "mensen";
    rule_people_up_to(count: u32):
        en one "Up to {count} person" other "Up to {count} people"
        nl one "Tot en met {count} persoon" other "Tot en met {count} personen";
    rule_people_any: en "Any number of people" nl "Elk aantal mensen";
    billing_rules_were_changed: en "The billing rules were changed." nl "De factureringsregels zijn gewijzigd.";
    kind_billing_rules_changed: en "Billing rules changed" nl "Factureringsregels gewijzigd";
    profile_credit_of(name: &str): en "Of billing profile {name}" nl "Van factureringsprofiel {name}";
    profile_credit_means:
        en "It pays the next invoices of the billing profile."
        nl "Het wordt gebruikt voor de volgende facturen van het factureringsprofiel.";
    transfer_keep_rest: en "Keep what is too much as credit" nl "Wat te veel is als tegoed bewaren";
    transfer_keep_rest_hint:
        en "The next invoices of the billing profile use it."
        nl "De volgende facturen van het factureringsprofiel gebruiken het.";
    kind_profile_credit_kept: en "Credit kept" nl "Tegoed bewaard";
    event_profile_credit_kept(amount: Money, name: &str):
        en "{amount} more than was due was kept as credit of billing profile {name}."
        nl "{amount} te veel betaald is bewaard als tegoed van factureringsprofiel {name}.";
    event_profile_credit_kept_unpriced(name: &str):
        en "What was paid too much was kept as credit of billing profile {name}."
        nl "Wat te veel is betaald, is bewaard als tegoed van factureringsprofiel {name}.";
    kind_profile_credit_paid_out: en "Credit paid out" nl "Tegoed uitbetaald";
    event_profile_credit_paid_out(amount: Money, name: &str):
        en "{amount} of the credit of billing profile {name} was transferred back."
        nl "{amount} van het tegoed van factureringsprofiel {name} is teruggestort.";
    event_profile_credit_paid_out_unpriced(name: &str):
        en "Credit of billing profile {name} was transferred back."
        nl "Tegoed van factureringsprofiel {name} is teruggestort.";
    owed_to_customer: en "Owed to the customer" nl "Tegoed van de klant";
    owed_to_customer_none: en "The customer is owed nothing." nl "De klant heeft geen tegoed.";
    owed_refundable(amount: Money):
        en "{amount} can go back to what paid"
        nl "{amount} kan terug naar waarmee is betaald";
    owed_only_by_transfer: en "To be transferred" nl "Over te maken";
    owed_under_way: en "On its way back" nl "Onderweg terug";
    pay_out: en "Pay out" nl "Uitbetalen";
    pay_out_credit: en "Pay out credit" nl "Tegoed uitbetalen";
    pay_out_purpose:
        en "Record what the bank statement shows: you transferred this to the customer. The credit gets smaller by it."
        nl "Leg vast wat het bankafschrift toont: u hebt dit naar de klant overgemaakt. Het tegoed wordt ermee kleiner.";
    pay_out_amount: en "Amount transferred" nl "Overgemaakt bedrag";
    pay_out_amount_hint(amount: Money): en "At most {amount}." nl "Ten hoogste {amount}.";
    pay_out_was_recorded: en "The pay-out was recorded." nl "De uitbetaling is geboekt.";
    paid_out: en "Paid out" nl "Uitbetaald";
    transaction_type: en "Transaction type" nl "Soort transactie";
    sold_to_edit: en "Edit who buys" nl "Koper bewerken";
    sold_to_effect:
        en "The country and the VAT number decide the tax of later invoices. Invoices that were made stay as they are."
        nl "Het land en het btw-nummer bepalen de btw op latere facturen. Facturen die er al zijn, blijven zoals ze zijn.";
    edit_billing_account: en "Edit billing account" nl "Factureringsaccount bewerken";
    sold_to_stays:
        en "Contact support to change the name or the country: the contract is with this legal entity."
        nl "Neem contact op met ondersteuning om de naam of het land te wijzigen: het contract is met deze rechtspersoon.";
    sold_to_number_effect:
        en "The VAT number decides the tax of later invoices. Invoices that were made stay as they are."
        nl "Het btw-nummer bepaalt de btw op latere facturen. Facturen die er al zijn, blijven zoals ze zijn.";
    sold_to_was_changed: en "The billing account was changed." nl "Het factureringsaccount is gewijzigd.";
    buyer_was_changed: en "Who buys was changed." nl "De koper is gewijzigd.";
    segment: en "Kind of customer" nl "Soort klant";
    segment_hint:
        en "People of schools and of public authorities buy nothing themselves."
        nl "Gebruikers van scholen en van overheden kopen zelf niets.";
    segment_commercial: en "Business" nl "Bedrijf";
    segment_education: en "Education" nl "Onderwijs";
    segment_government: en "Government" nl "Overheid";
    segment_nonprofit: en "Nonprofit" nl "Non-profit";
    kind_segment_changed: en "Kind of customer changed" nl "Soort klant gewijzigd";
    event_segment_changed(segment: &str):
        en "The kind of customer was changed to {segment}."
        nl "De soort klant is gewijzigd in {segment}.";
    kind_buyer_changed: en "Buyer changed" nl "Koper gewijzigd";
    event_buyer_changed(name: &str):
        en "Who buys, as invoices say it, was changed: {name}."
        nl "De koper, zoals facturen die noemen, is gewijzigd: {name}.";
    event_buyer_renamed(from: &str, to: &str):
        en "Who buys, as invoices say it, was changed from {from} to {to}."
        nl "De koper, zoals facturen die noemen, is gewijzigd van {from} in {to}.";
    event_buyer_facts_changed(name: &str, what: &str):
        en "What invoices say of {name} was changed: {what}."
        nl "Wat facturen over {name} zeggen, is gewijzigd: {what}.";
}

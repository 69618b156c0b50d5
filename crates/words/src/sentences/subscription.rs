//! Subscription details: sections, facts and actions (domain 8.3).

use crate::macros::sentences;
use domain::money::Money;
use jiff::civil::Date;

sentences! {
    // Sections.
    section_subscription_and_payment_settings:
        en "Subscription and payment settings"
        nl "Abonnements- en betalingsinstellingen";
    section_subscriptions_and_settings: en "Subscriptions and settings" nl "Abonnementen en instellingen";
    section_apps_and_services: en "Apps and services" nl "Apps en services";

    // Facts.
    licenses_bought: en "Licenses bought" nl "Gekochte licenties";
    licenses_assigned: en "Licenses assigned" nl "Toegewezen licenties";
    licenses_available: en "Licenses available" nl "Beschikbare licenties";
    subscription_id: en "Subscription ID" nl "Abonnements-id";
    sku: en "SKU" nl "SKU";
    part_number: en "Part number" nl "Artikelnummer";
    /// Who bought a subscription.
    buyer: en "Buyer" nl "Inkoper";
    started_on: en "Started on" nl "Begonnen op";
    current_period: en "Current billing period" nl "Huidige factureringsperiode";
    price_per_license: en "Price per license" nl "Prijs per licentie";
    payment_method: en "Payment method" nl "Betalingsmethode";
    /// A card by its brand and last four digits.
    card_ending_in(brand: &str, last_four: &str):
        en "{brand} ending in {last_four}"
        nl "{brand} eindigend op {last_four}";
    card_expires(month: &str):
        en "Expires {month}"
        nl "Verloopt {month}";
    nothing_to_pay: en "Nothing to pay" nl "Niets te betalen";
    reseller_name: en "Reseller name" nl "Naam van de reseller";
    recurring_billing_on:
        en "Recurring billing is on. The subscription renews by itself."
        nl "Terugkerende facturering staat aan. Het abonnement wordt vanzelf verlengd.";
    recurring_billing_off:
        en "Recurring billing is off. The subscription expires at the end of its term."
        nl "Terugkerende facturering staat uit. Het abonnement verloopt aan het eind van de termijn.";
    deleted_on(date: Date):
        en "Deleted on {date}"
        nl "Verwijderd op {date}";

    // Actions.
    buy_licenses: en "Buy licenses" nl "Licenties kopen";
    remove_licenses: en "Remove licenses" nl "Licenties verwijderen";
    purchase_subscription: en "Purchase subscription" nl "Abonnement kopen";
    reactivate: en "Reactivate" nl "Opnieuw activeren";
    extend_end_date: en "Extend end date" nl "Einddatum verlengen";
    edit_billing_frequency: en "Edit billing frequency" nl "Factureringsfrequentie bewerken";
    edit_recurring_billing: en "Edit recurring billing" nl "Terugkerende facturering bewerken";
    delete_subscription: en "Delete subscription" nl "Abonnement verwijderen";
    take_control: en "Take control of this subscription" nl "Beheer van dit abonnement overnemen";
    change_quantity: en "Change quantity" nl "Aantal wijzigen";
    edit_renewal: en "Edit when it renews" nl "Verlenging bewerken";
    /// Before the reason of a closed action.
    action_closed: en "Not available now" nl "Nu niet beschikbaar";
    why_not: en "Why not" nl "Waarom niet";

    // Its life as a picture.
    timeline: en "Timeline" nl "Tijdlijn";
    timeline_purpose:
        en "What happened until today, and what will happen when nobody changes anything."
        nl "Wat er tot vandaag is gebeurd, en wat er gebeurt als niemand iets wijzigt.";
    timeline_today: en "Today" nl "Vandaag";
    timeline_changes: en "Changes" nl "Wijzigingen";
    timeline_next(count: &str, date: &str):
        en "{count}, next on {date}"
        nl "{count}, volgende op {date}";
    timeline_invoice(number: &str, amount: Money):
        en "Invoice {number} of {amount}"
        nl "Factuur {number} van {amount}";
    timeline_renews: en "Renews" nl "Wordt verlengd";
    timeline_becomes_paid: en "Becomes paid" nl "Wordt betaald";
    timeline_no_access: en "No access" nl "Geen toegang meer";
    timeline_erased: en "Data erased" nl "Gegevens gewist";

    // Self-service of somebody else (domain 8.6).
    bought_by(buyer: &str):
        en "Bought by {buyer}. View only; take control to change it."
        nl "Gekocht door {buyer}. Alleen bekijken; neem het beheer over om te wijzigen.";
}

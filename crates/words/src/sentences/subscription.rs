//! Subscription details: sections, facts and actions (domain 8.3).

use crate::macros::sentences;
use jiff::civil::Date;

sentences! {
    subscription_purpose:
        en "What you bought, who uses it, what it costs and what you can do with it."
        nl "Wat u hebt gekocht, wie het gebruikt, wat het kost en wat u ermee kunt doen.";

    // Sections.
    section_subscription_and_payment_settings:
        en "Subscription and payment settings"
        nl "Abonnements- en betalingsinstellingen";
    section_subscriptions_and_settings: en "Subscriptions and settings" nl "Abonnementen en instellingen";
    section_settings_and_actions: en "Settings & Actions" nl "Instellingen en acties";
    section_product_details_and_upgrades: en "Product details and upgrades" nl "Productgegevens en upgrades";
    section_add_ons: en "Add-ons" nl "Invoegtoepassingen";
    section_apps_and_services: en "Apps and services" nl "Apps en services";
    section_people: en "People with a license" nl "Personen met een licentie";

    // Facts.
    licenses_bought: en "Licenses bought" nl "Gekochte licenties";
    licenses_assigned: en "Licenses assigned" nl "Toegewezen licenties";
    licenses_available: en "Licenses available" nl "Beschikbare licenties";
    subscription_id: en "Subscription ID" nl "Abonnements-id";
    sku: en "SKU" nl "SKU";
    part_number: en "Part number" nl "Artikelnummer";
    bought_on: en "Bought on" nl "Gekocht op";
    /// Who bought a subscription.
    buyer: en "Buyer" nl "Inkoper";
    started_on: en "Started on" nl "Begonnen op";
    next_billing_date: en "Next billing date" nl "Volgende factuurdatum";
    current_period: en "Current billing period" nl "Huidige factureringsperiode";
    price_per_license: en "Price per license" nl "Prijs per licentie";
    price_per_period: en "Price per billing period" nl "Prijs per factureringsperiode";
    payment_method: en "Payment method" nl "Betalingsmethode";
    /// A card by its brand and last four digits.
    card_ending_in(brand: &str, last_four: &str):
        en "{brand} ending in {last_four}"
        nl "{brand} eindigend op {last_four}";
    card_expires(month: &str):
        en "Expires {month}"
        nl "Verloopt {month}";
    pays_by_invoice: en "Paid by invoice" nl "Betaling per factuur";
    nothing_to_pay: en "Nothing to pay" nl "Niets te betalen";
    service_usage_address: en "Service usage address" nl "Adres voor servicegebruik";
    purchase_order_number: en "PO number" nl "IO-nummer (inkooporder)";
    reseller_name: en "Reseller name" nl "Naam van de reseller";
    recurring_billing_on:
        en "Recurring billing is on. The subscription renews by itself."
        nl "Terugkerende facturering staat aan. Het abonnement wordt vanzelf verlengd.";
    recurring_billing_off:
        en "Recurring billing is off. The subscription expires at the end of its term."
        nl "Terugkerende facturering staat uit. Het abonnement verloopt aan het eind van de termijn.";
    renews_relative(when: &str, date: Date):
        en "Renews {when}, on {date}"
        nl "Wordt {when} verlengd, op {date}";
    expires_relative(when: &str, date: Date):
        en "Expires {when}, on {date}"
        nl "Verloopt {when}, op {date}";
    expired_relative(when: &str, date: Date):
        en "Expired {when}, on {date}"
        nl "{when} verlopen, op {date}";
    disabled_on(date: Date):
        en "Disabled on {date}"
        nl "Uitgeschakeld op {date}";
    deleted_on(date: Date):
        en "Deleted on {date}"
        nl "Verwijderd op {date}";
    will_be_disabled_on(date: Date):
        en "People lose access on {date}."
        nl "Gebruikers verliezen op {date} de toegang.";
    will_be_deleted_on(date: Date):
        en "The data will be erased on {date}."
        nl "De gegevens worden op {date} gewist.";

    // Actions.
    buy_licenses: en "Buy licenses" nl "Licenties kopen";
    remove_licenses: en "Remove licenses" nl "Licenties verwijderen";
    add_more_licenses: en "Add more licenses" nl "Meer licenties toevoegen";
    purchase_subscription: en "Purchase subscription" nl "Abonnement kopen";
    reactivate: en "Reactivate" nl "Opnieuw activeren";
    settle_balance: en "Settle balance" nl "Saldo vereffenen";
    extend_end_date: en "Extend end date" nl "Einddatum verlengen";
    extend_trial: en "Extend trial" nl "Proefversie verlengen";
    edit_billing_frequency: en "Edit billing frequency" nl "Factureringsfrequentie bewerken";
    edit_recurring_billing: en "Edit recurring billing" nl "Terugkerende facturering bewerken";
    delete_subscription: en "Delete subscription" nl "Abonnement verwijderen";
    edit_invoice: en "Edit invoice" nl "Factuur bewerken";
    edit_service_usage_address: en "Edit service usage address" nl "Adres voor servicegebruik bewerken";
    take_control: en "Take control of this subscription" nl "Beheer van dit abonnement overnemen";
    view_upgrades: en "View upgrades recommended for your org" nl "Aanbevolen upgrades bekijken";
    upgrade: en "Upgrade" nl "Upgraden";
    check_upgrade_status: en "Check upgrade status" nl "Upgradestatus controleren";
    find_more_add_ons: en "Find more add-ons" nl "Meer invoegtoepassingen zoeken";
    manage_add_ons: en "Manage add-ons" nl "Invoegtoepassingen beheren";
    change_quantity: en "Change quantity" nl "Aantal wijzigen";
    edit_renewal: en "Edit when it renews" nl "Verlenging bewerken";
    /// Before the reason of a closed action.
    action_closed: en "Not available now" nl "Nu niet beschikbaar";
    why_not: en "Why not" nl "Waarom niet";
    what_to_do: en "What to do" nl "Wat u kunt doen";
    /// An action that this version of Zetel does not do yet.
    action_not_here_yet: en "This cannot be done here yet." nl "Dit kan hier nog niet.";

    // Self-service of somebody else (domain 8.6).
    bought_by(buyer: &str):
        en "Bought by {buyer}. View only; take control to change it."
        nl "Gekocht door {buyer}. Alleen bekijken; neem het beheer over om te wijzigen.";
    sandbox_subscription:
        en "This subscription belongs to a sandbox. Its days follow the clock of the sandbox."
        nl "Dit abonnement hoort bij een sandbox. De dagen volgen de klok van de sandbox.";

    // History and people on the page.
    subscription_history_empty:
        en "Nothing has changed since the purchase."
        nl "Er is sinds de aankoop niets gewijzigd.";
    subscription_people_empty: en "Nobody has a license yet." nl "Nog niemand heeft een licentie.";
}

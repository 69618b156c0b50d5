//! Billing > Your products: the list of subscriptions (domain 8.2, R1 to R13).

use crate::macros::sentences;

sentences! {
    your_products_purpose:
        en "What your organization has bought, how much of it is in use and when it renews."
        nl "Wat uw organisatie heeft gekocht, hoeveel daarvan in gebruik is en wanneer het wordt verlengd.";

    your_products_purpose_own:
        en "What you have bought, how much of it is in use and when it renews."
        nl "Wat u hebt gekocht, hoeveel daarvan in gebruik is en wanneer het wordt verlengd.";

    products_tab: en "Products" nl "Producten";

    // Columns.
    product_name: en "Product name" nl "Productnaam";
    assigned_licenses: en "Assigned licenses" nl "Toegewezen licenties";
    purchased_quantity: en "Purchased quantity" nl "Gekocht aantal";
    available: en "Available" nl "Beschikbaar";
    renews_or_expires_on: en "Renews/expires on" nl "Verlenging/vervaldatum";
    renews_on: en "Renews on" nl "Wordt verlengd op";
    expires_on: en "Expires on" nl "Verloopt op";
    expired_on: en "Expired on" nl "Verlopen op";
    ended_on: en "Ended on" nl "Beëindigd op";
    canceled_on: en "Canceled on" nl "Opgezegd op";
    disabled_on: en "Disabled on" nl "Uitgeschakeld op";
    term_ends_on: en "Term ends on" nl "Termijn eindigt op";
    billing_account: en "Billing account" nl "Factureringsaccount";
    price: en "Price" nl "Prijs";
    /// Columns of the self-service view (R34, R102).
    product: en "Product" nl "Product";
    purchaser_name: en "Purchaser name" nl "Naam inkoper";
    subscriptions_purchased: en "Subscriptions purchased" nl "Gekochte abonnementen";
    expiration_date: en "Expiration date" nl "Vervaldatum";
    purchase_price: en "Purchase price" nl "Aankoopprijs";
    assigned_users: en "Assigned users" nl "Toegewezen gebruikers";

    // Totals and the hint beside them (R4, R5).
    total_bought: en "Bought" nl "Gekocht";
    total_assigned: en "Assigned" nl "Toegewezen";
    unassigned_are_billed:
        en "Unassigned licenses are charged too."
        nl "Niet-toegewezen licenties worden ook in rekening gebracht.";
    unassigned_how_to_pay_less:
        en "Lower the total of a subscription to stop paying for licenses that nobody uses."
        nl "Verlaag het totaal van een abonnement om niet meer te betalen voor licenties die niemand gebruikt.";
    unassigned_help: en "How to add or remove licenses" nl "Licenties toevoegen of verwijderen, zo werkt het";
    recurring_billing_help: en "About recurring billing" nl "Over terugkerende facturering";

    // Filters, views and sorting.
    your_products_search: en "Search by product or buyer" nl "Zoek op product of inkoper";

    // Row menu and links.
    add_remove_licenses: en "Add/Remove licenses" nl "Licenties toevoegen/verwijderen";
    add_remove_missing_help:
        en "What if I don't see the Add/Remove licenses link?"
        nl "Wat als ik de koppeling Licenties toevoegen/verwijderen niet zie?";
    cancel_subscription: en "Cancel subscription" nl "Abonnement opzeggen";
    replace_payment_method: en "Replace payment method" nl "Betalingsmethode vervangen";
    reactivate_this_subscription: en "Reactivate this subscription" nl "Dit abonnement opnieuw activeren";
    view_details: en "View details" nl "Gegevens bekijken";

    // Empty states.
    your_products_empty:
        en "Your organization has no subscriptions yet."
        nl "Uw organisatie heeft nog geen abonnementen.";
    own_products_empty: en "You have not bought anything yourself yet." nl "U hebt zelf nog niets gekocht.";
    own_products_empty_hint:
        en "What you may buy is under Purchase services. What you use is on Home."
        nl "Wat u mag kopen, staat bij Services kopen. Wat u gebruikt, staat op Start.";
    your_products_empty_hint: en "Buy the first one under Purchase services." nl "Koop het eerste via Services kopen.";
}

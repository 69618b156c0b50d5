//! Billing > Purchase services: catalog, product page, checkout, payment, confirmation (domain 1.8, 8.5; R14, R71).

use crate::macros::sentences;
use domain::money::Money;

sentences! {
    purchase_purpose:
        en "Find a product and buy it for your organization."
        nl "Vind een product en koop het voor uw organisatie.";
    purchase_search: en "Search products" nl "Producten zoeken";
    purchase_categories: en "Categories" nl "Categorieën";
    purchase_all_categories: en "All categories" nl "Alle categorieën";
    /// With a price per license and period.
    purchase_from(price: &str):
        en "From {price}"
        nl "Vanaf {price}";
    purchase_show_shelf(count: i64):
        en "Show all {count}"
        nl "Alle {count} tonen";
    purchase_you_have_subscriptions(count: i64):
        en one "You have {count} subscription" other "You have {count} subscriptions"
        nl one "U hebt {count} abonnement" other "U hebt {count} abonnementen";
    purchase_nothing_found(text: &str):
        en "No product matches “{text}”."
        nl "Geen product gevonden voor ‘{text}’.";
    purchase_catalog_empty:
        en "The catalog has no products for sale yet."
        nl "De catalogus heeft nog geen producten te koop.";

    // A product.
    purchase_product_apps(count: i64):
        en one "{count} app or service" other "{count} apps and services"
        nl one "{count} app of service" other "{count} apps en services";
    purchase_add_to_existing:
        en "Add licenses to a subscription that you have"
        nl "Licenties toevoegen aan een abonnement dat u hebt";
    buy: en "Buy" nl "Kopen";
    checkout: en "Checkout" nl "Afrekenen";
    purchase_end_of_sale: en "No longer sold" nl "Niet meer te koop";
    purchase_no_price(currency: &str):
        en "No price in {currency}"
        nl "Geen prijs in {currency}";

    purchase_inside: en "What is inside" nl "Wat erin zit";
    purchase_choose: en "Choose how you buy" nl "Kies hoe u koopt";
    purchase_monthly_term:
        en "You commit for a month at a time and pay every month."
        nl "U legt zich telkens voor een maand vast en betaalt elke maand.";
    purchase_annual_term_monthly:
        en "You commit for a year and pay every month."
        nl "U legt zich voor een jaar vast en betaalt elke maand.";
    purchase_annual_term_yearly:
        en "You commit for a year and pay it in advance."
        nl "U legt zich voor een jaar vast en betaalt vooruit.";
    purchase_way(term: &str, frequency: &str):
        en "{term}, {frequency}"
        nl "{term}, {frequency}";
    first_billing_period: en "First billing period" nl "Eerste factureringsperiode";
    total_first_period: en "Total for the first period" nl "Totaal voor de eerste periode";
    total_first_period_with_vat:
        en "Total for the first period with VAT"
        nl "Totaal voor de eerste periode inclusief btw";
    after_first_period: en "After that" nl "Daarna";
    purchase_price_changed(before: Money, after: Money):
        en "The price of a license changed from {before} to {after} while you looked. Nothing was ordered. Check the \
            new total and place the order again."
        nl "De prijs van een licentie is intussen gewijzigd van {before} in {after}. Er is niets besteld. Controleer \
            het nieuwe totaal en plaats de bestelling opnieuw.";

    // The order.
    purchase_title(product: &str):
        en "Buy {product}"
        nl "{product} kopen";
    purchase_quantity: en "Number of licenses" nl "Aantal licenties";
    purchase_quantity_hint(maximum: u32):
        en "At most {maximum} in one subscription."
        nl "Maximaal {maximum} in één abonnement.";
    purchase_pay_with: en "Pay with" nl "Betalen met";
    pay_by_card: en "Credit or debit card" nl "Creditcard of betaalpas";
    card_expiration_date: en "Card expiration date" nl "Vervaldatum van de kaart";
    sandbox_cards_hint:
        en "Nothing is really charged. Choose what the card does."
        nl "Er wordt niets echt afgeschreven. Kies wat de kaart doet.";
    sandbox_nothing_charged: en "Nothing is really charged." nl "Er wordt niets echt afgeschreven.";
    sandbox_card_succeeds: en "Succeeds" nl "Slaagt";
    sandbox_card_declined: en "Is declined" nl "Wordt geweigerd";
    sandbox_card_declined_when_away:
        en "Succeeds now and is declined when it renews"
        nl "Slaagt nu en wordt bij verlenging geweigerd";
    sandbox_card_confirmation: en "Asks for confirmation at the bank" nl "Vraagt om bevestiging bij de bank";
    order_summary: en "Your order" nl "Uw bestelling";
    items_in_order: en "Items in this order" nl "Artikelen in deze bestelling";
    sold_to: en "Sold to" nl "Verkocht aan";
    tax: en "Tax" nl "Belasting";
    without_tax: en "Without tax" nl "Exclusief belasting";
    amounts_without_tax: en "Amounts are without tax." nl "Bedragen zijn exclusief belasting.";
    renews_by_itself:
        en "The subscription renews by itself until you turn recurring billing off."
        nl "Het abonnement wordt vanzelf verlengd totdat u terugkerende facturering uitschakelt.";
    place_order: en "Place order" nl "Bestelling plaatsen";

    // Confirmation at the bank (domain 4.5).
    bank_step: en "Confirm at your bank" nl "Bevestigen bij uw bank";
    bank_step_text:
        en "Your bank asks you to confirm this payment. You come back here afterwards."
        nl "Uw bank vraagt u deze betaling te bevestigen. Daarna komt u hier terug.";
    bank_continue: en "Continue to your bank" nl "Doorgaan naar uw bank";
    bank_page_title: en "Bank of the sandbox" nl "Bank van de sandbox";
    bank_page_text(price: Money, merchant: &str):
        en "{merchant} asks for {price}. Do you confirm this payment?"
        nl "{merchant} vraagt {price}. Bevestigt u deze betaling?";
    bank_confirm: en "Confirm payment" nl "Betaling bevestigen";
    bank_refuse: en "Refuse payment" nl "Betaling weigeren";
    payment_being_taken: en "The payment is being taken." nl "De betaling wordt verwerkt.";
    payment_being_taken_hint:
        en "You can leave this page; the order goes on."
        nl "U kunt deze pagina verlaten; de bestelling gaat door.";

    // The order after it was placed.
    order: en "Order" nl "Bestelling";
    order_number(number: &str):
        en "Order {number}"
        nl "Bestelling {number}";
    order_confirmed: en "Your order is confirmed" nl "Uw bestelling is bevestigd";
    order_confirmed_text(count: i64, product: &str):
        en one "{count} license of {product} is ready to use." other "{count} licenses of {product} are ready to use."
        nl one "{count} licentie voor {product} is klaar voor gebruik."
            other "{count} licenties voor {product} zijn klaar voor gebruik.";
    order_keys_redeemed:
        en "The product keys are redeemed. They were paid already, so nothing is charged."
        nl "De productcodes zijn ingewisseld. Ze waren al betaald, dus er wordt niets in rekening gebracht.";
    order_was_voided: en "Your order was given up" nl "Uw bestelling is vervallen";
    order_items(count: i64, product: &str):
        en "{count} × {product}"
        nl "{count} × {product}";
    order_history_purpose:
        en "Every purchase and every change of the number of licenses."
        nl "Elke aankoop en elke wijziging van het aantal licenties.";
    order_history_empty: en "Nothing was ordered yet." nl "Er is nog niets besteld.";
    order_history_empty_hint:
        en "What you buy appears here with its number and price."
        nl "Wat u koopt, verschijnt hier met nummer en prijs.";
    order_view_subscription: en "View the subscription" nl "Abonnement weergeven";
    order_try_another_card: en "Use another card" nl "Andere kaart gebruiken";
    order_items_label: en "Items" nl "Artikelen";
    card_on_file_until(month: &str):
        en "Card on file, expires {month}"
        nl "Opgeslagen kaart, verloopt {month}";
    sandbox_card(behavior: &str):
        en "Card of the sandbox: {behavior}"
        nl "Kaart van de sandbox: {behavior}";
    bank_return: en "Back to the order" nl "Terug naar de bestelling";
    bank_nothing_to_confirm:
        en "This payment does not wait for you."
        nl "Deze betaling wacht niet op u.";
    order_next_assign: en "Assign licenses to people" nl "Licenties aan personen toewijzen";
    order_next_assign_unlicensed:
        en "Assign to everyone without a license"
        nl "Toewijzen aan iedereen zonder licentie";
    go_to_admin_home: en "Go to Admin Home" nl "Naar het beheercentrum";
    ordered_by: en "Ordered by" nl "Besteld door";
    ordered_on: en "Ordered on" nl "Besteld op";
}

//! Add-ons (domain 1.9).

use crate::macros::sentences;

sentences! {
    // What a product is.
    product_kind: en "Sold as" nl "Verkocht als";
    product_kind_base: en "Product of its own" nl "Zelfstandig product";
    product_kind_traditional: en "Add-on that belongs to a subscription" nl "Invoegtoepassing bij een abonnement";
    product_kind_standalone:
        en "Add-on with a subscription of its own"
        nl "Invoegtoepassing met een eigen abonnement";
    product_fits: en "Fits these products" nl "Past bij deze producten";
    product_fits_hint:
        en "Of an add-on: one product name on each line, as in the catalog."
        nl "Van een invoegtoepassing: op elke regel één productnaam, zoals in de catalogus.";
    refused_unknown_product(name: &str):
        en "The catalog has no product \u{201c}{name}\u{201d} that is sold on its own."
        nl "De catalogus heeft geen product \u{201c}{name}\u{201d} dat zelfstandig wordt verkocht.";

    // On the details page of a subscription.
    add_ons: en "Add-ons" nl "Invoegtoepassingen";
    add_ons_purpose:
        en "They renew and end together with this subscription."
        nl "Ze worden samen met dit abonnement verlengd en eindigen samen met dit abonnement.";
    add_ons_none: en "This subscription has no add-ons." nl "Dit abonnement heeft geen invoegtoepassingen.";
    add_ons_help: en "About add-ons" nl "Over invoegtoepassingen";
    find_more_add_ons: en "Find more add-ons" nl "Meer invoegtoepassingen zoeken";
    manage_add_ons: en "Manage add-ons" nl "Invoegtoepassingen beheren";
    change_quantity_of(product: &str): en "Change quantity of {product}" nl "Aantal wijzigen van {product}";
    add_on_to(product: &str): en "Add-on to {product}" nl "Invoegtoepassing bij {product}";
    add_on_of: en "Belongs to" nl "Hoort bij";

    // Buying.
    connect_to_subscription: en "Connect to subscription" nl "Verbinden met abonnement";
    connect_to_subscription_hint:
        en "The add-on renews and ends together with this subscription."
        nl "De invoegtoepassing wordt samen met dit abonnement verlengd en eindigt samen met dit abonnement.";
    add_ons_for(product: &str): en "Add-ons for {product}" nl "Invoegtoepassingen voor {product}";
    add_ons_for_none:
        en "No add-on on sale fits this subscription."
        nl "Er is geen invoegtoepassing te koop die bij dit abonnement past.";
    show_all_products: en "Show all products" nl "Alle producten weergeven";
    add_on_needs_base:
        en "You can buy this add-on once you have an active subscription that it fits."
        nl "U kunt deze invoegtoepassing kopen zodra u een actief abonnement hebt waar deze bij past.";

    // With the subscription to which they belong.
    cancel_add_on_credit(product: &str): en "Credit for {product}" nl "Tegoed voor {product}";
    cancel_with_add_ons(products: &str):
        en "These add-ons are canceled too: {products}."
        nl "Deze invoegtoepassingen worden ook opgezegd: {products}.";
    reactivate_add_on_cost(product: &str): en "Cost now of {product}" nl "Kosten nu van {product}";

    // Why not.
    closed_follows_base:
        en "It is an add-on and follows the subscription to which it belongs."
        nl "Het is een invoegtoepassing en volgt het abonnement waar deze bij hoort.";
    remedy_open_base:
        en "Change that subscription instead, or give the add-on fewer licenses."
        nl "Wijzig in plaats daarvan dat abonnement, of neem minder licenties van de invoegtoepassing.";
    open_base: en "Open that subscription" nl "Dat abonnement openen";
    refused_has_add_ons:
        en "The subscription has add-ons, which may not fit the other product."
        nl "Het abonnement heeft invoegtoepassingen die misschien niet bij het andere product passen.";
    refused_fitted_by_add_on(name: &str):
        en "The add-on {name} fits this product, so that it cannot become an add-on itself."
        nl "De invoegtoepassing {name} past bij dit product. Daarom kan het zelf geen invoegtoepassing worden.";
    remedy_take_base_out:
        en "First take the product out of what that add-on fits."
        nl "Haal het product eerst weg bij waar die invoegtoepassing bij past.";
    refused_no_base:
        en "There is no active subscription that can have this add-on."
        nl "Er is geen actief abonnement dat deze invoegtoepassing kan krijgen.";
    remedy_buy_base: en "Buy a product that it fits first." nl "Koop eerst een product waar deze bij past.";
    refused_base_does_not_fit:
        en "The add-on does not fit this subscription, or the subscription is not active any more."
        nl "De invoegtoepassing past niet bij dit abonnement, of het abonnement is niet meer actief.";
    remedy_other_base: en "Choose another subscription." nl "Kies een ander abonnement.";
    refused_base_term:
        en "The add-on has to have the same term as the subscription to which it belongs."
        nl "De invoegtoepassing moet dezelfde termijn hebben als het abonnement waar deze bij hoort.";
    remedy_other_term_or_base:
        en "Choose another term or another subscription."
        nl "Kies een andere termijn of een ander abonnement.";
}

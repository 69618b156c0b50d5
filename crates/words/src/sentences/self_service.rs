//! Self-service purchases: the policy, and taking over what people bought (domain 5, 8.3, 8.4).

use crate::macros::sentences;

sentences! {
    // Settings > Self-service purchases (R105, R115-R119, R178).
    self_service_purchases: en "Self-service purchases" nl "Selfserviceaankopen";
    self_service_purpose:
        en "Decide what people may buy for themselves. It holds for purchases from now on; what was bought stays."
        nl "Bepaal wat gebruikers zelf mogen kopen. Het geldt voor aankopen vanaf nu; wat al is gekocht, blijft.";
    self_service_policy: en "People may" nl "Gebruikers mogen";
    policy_enabled: en "Allow" nl "Toestaan";
    policy_trials: en "Allow for trials only" nl "Alleen toestaan voor proefversies";
    policy_disabled: en "Do not allow" nl "Niet toestaan";
    policy_enabled_means:
        en "People buy and try it themselves and pay with their own card."
        nl "Gebruikers kopen en proberen het zelf en betalen met hun eigen kaart.";
    policy_trials_means:
        en "People can try it where no payment method is needed, and cannot buy it afterwards."
        nl "Gebruikers kunnen het proberen als daar geen betalingsmethode voor nodig is, en het daarna niet kopen.";
    policy_disabled_means:
        en "People cannot buy or try it. They can ask their admin for a license."
        nl "Gebruikers kunnen het niet kopen of proberen. Ze kunnen hun beheerder om een licentie vragen.";
    policy_change: en "Change policy" nl "Beleid wijzigen";
    policy_change_of(product: &str): en "Self-service purchase of {product}" nl "Selfserviceaankoop van {product}";
    policy_all_products: en "All products" nl "Alle producten";
    policy_change_all: en "Change for all products" nl "Wijzigen voor alle producten";
    policy_all_note(count: i64):
        en one "This replaces the choice for {count} product." other "This replaces the choice for all {count} products."
        nl one "Dit vervangt de keuze voor {count} product." other "Dit vervangt de keuze voor alle {count} producten.";
    policy_new_products: en "New products" nl "Nieuwe producten";
    policy_new_products_note:
        en "Products that come into the catalog later begin with this. The products below keep what they have."
        nl "Producten die later in de catalogus komen, beginnen hiermee. De producten hieronder houden wat ze hebben.";
    policy_search: en "Search for a product" nl "Zoek een product";
    policy_none: en "No product can be bought by self-service" nl "Geen enkel product is via selfservice te koop";
    policy_none_hint:
        en "Products appear here once the catalog has a SKU that people can buy for their team."
        nl "Producten verschijnen hier zodra de catalogus een SKU heeft die gebruikers voor hun team kunnen kopen.";
    policy_history: en "Policy history" nl "Geschiedenis van het beleid";
    policy_was_changed(count: i64):
        en one "The policy of {count} product was changed." other "The policy of {count} products was changed."
        nl one "Het beleid van {count} product is gewijzigd." other "Het beleid van {count} producten is gewijzigd.";
    policy_stayed: en "The policy was already like this." nl "Het beleid was al zo.";
    policy_script_id: en "Id for scripts" nl "Id voor scripts";
    policy_help: en "How the policy works" nl "Hoe het beleid werkt";
    refused_policy_product_unknown(named: &str):
        en "There is no product {named} that people can buy by self-service. See: zetel policy list"
        nl "Er is geen product {named} dat gebruikers via selfservice kunnen kopen. Zie: zetel policy list";
    event_policy_changed(of: &str, value: &str):
        en "Self-service purchase of {of}: {value}."
        nl "Selfserviceaankoop van {of}: {value}.";
    kind_self_service_policy_changed:
        en "Self-service policy changed"
        nl "Beleid voor selfservice gewijzigd";
}

//! History of things and the audit log: who, when, what, before and after (R183).

use crate::macros::sentences;
use domain::money::Money;
use jiff::civil::Date;

sentences! {
    history_purpose:
        en "Everything that happened, newest first. Nothing here can be changed or deleted."
        nl "Alles wat er is gebeurd, nieuwste eerst. Hier kan niets worden gewijzigd of verwijderd.";
    history_who: en "Who" nl "Wie";
    history_when: en "When" nl "Wanneer";
    history_what: en "What" nl "Wat";
    history_before: en "Before" nl "Voor";
    history_after: en "After" nl "Na";
    history_details: en "What changed" nl "Wat er is gewijzigd";
    history_filter_who: en "Anyone" nl "Iedereen";
    history_filter_kind: en "Any event" nl "Elke gebeurtenis";
    history_filter_from: en "From" nl "Vanaf";
    history_filter_until: en "Until" nl "Tot en met";
    history_empty: en "Nothing has happened yet." nl "Er is nog niets gebeurd.";
    history_export: en "Export history" nl "Geschiedenis exporteren";
    history_of(name: &str):
        en "History of {name}"
        nl "Geschiedenis van {name}";
    /// Zetel itself acted: background work or the command line.
    history_by_system: en "The system" nl "Het systeem";
    history_by_program(name: &str):
        en "{name} (program)"
        nl "{name} (programma)";
    history_by_operator(name: &str):
        en "{name} (operator)"
        nl "{name} (operator)";
    history_kind: en "Kind of event" nl "Soort gebeurtenis";
    history_command: en "Command" nl "Opdracht";
    history_request: en "Request or job" nl "Verzoek of taak";
    history_entry: en "Entry" nl "Vermelding";
    history_about: en "About" nl "Betreft";
    history_stored: en "As it is stored" nl "Zoals het is opgeslagen";
    somebody: en "somebody" nl "iemand";
    a_product: en "a product" nl "een product";

    // Kinds of events, for the filter.
    kind_organization_created: en "Organization created" nl "Organisatie aangemaakt";
    kind_organization_state_changed: en "Organization suspended or resumed" nl "Organisatie opgeschort of hervat";
    kind_clock_moved: en "Clock moved" nl "Klok verzet";
    event_clock_moved(from: Date, to: Date):
        en "The clock was moved from {from} to {to}."
        nl "De klok is van {from} naar {to} gezet.";
    kind_organization_cloud_changed: en "Cloud changed" nl "Cloud gewijzigd";
    kind_organization_became_sandbox: en "Organization made a sandbox" nl "Organisatie sandbox gemaakt";
    kind_user_added: en "User added" nl "Gebruiker toegevoegd";
    kind_user_changed: en "User changed" nl "Gebruiker gewijzigd";
    kind_user_blocked: en "Sign-in blocked or allowed" nl "Aanmelding geblokkeerd of toegestaan";
    kind_roles_changed: en "Roles changed" nl "Rollen gewijzigd";
    kind_password_set: en "Password set" nl "Wachtwoord ingesteld";
    kind_user_deleted: en "User deleted" nl "Gebruiker verwijderd";
    kind_order_placed: en "Order placed" nl "Bestelling geplaatst";
    kind_order_posted: en "Order completed" nl "Bestelling voltooid";
    kind_order_voided: en "Order voided" nl "Bestelling vervallen";
    kind_subscription_started: en "Subscription started" nl "Abonnement begonnen";
    kind_quantity_changed: en "Number of licenses changed" nl "Aantal licenties gewijzigd";
    kind_license_assigned: en "License assigned" nl "Licentie toegewezen";
    kind_license_unassigned: en "License unassigned" nl "Licentietoewijzing opgeheven";
    kind_apps_changed: en "Apps turned on or off" nl "Apps in- of uitgeschakeld";
    kind_license_moved: en "License moved" nl "Licentie verplaatst";
    kind_license_in_conflict: en "License in conflict" nl "Licentie in conflict";
    kind_price_published: en "Price published" nl "Prijs gepubliceerd";
    kind_product_retired: en "Product retired or sold again" nl "Product uit de verkoop of weer te koop";
    kind_product_described: en "Product described" nl "Product beschreven";
    kind_catalog_imported: en "Catalog imported" nl "Catalogus geïmporteerd";
    kind_api_token_created: en "API token created" nl "API-token gemaakt";
    kind_api_token_revoked: en "API token revoked" nl "API-token ingetrokken";
    kind_operator_entered: en "Operator looked in" nl "Operator keek mee";

    // What happened, as a sentence.
    event_organization_created(name: &str, country: &str, cloud: &str):
        en "{name} was created in {country}, cloud {cloud}."
        nl "{name} is aangemaakt in {country}, cloud {cloud}.";
    event_organization_suspended: en "The organization was suspended." nl "De organisatie is opgeschort.";
    event_organization_resumed: en "The organization was resumed." nl "De organisatie is hervat.";
    event_organization_cloud_changed(cloud: &str):
        en "The organization is in another cloud now: {cloud}."
        nl "De organisatie zit nu in een andere cloud: {cloud}.";
    event_organization_became_sandbox:
        en "The organization became a sandbox with a clock of its own."
        nl "De organisatie is een sandbox met een eigen klok geworden.";
    event_user_added(name: &str, email: &str):
        en "{name} ({email}) was added."
        nl "{name} ({email}) is toegevoegd.";
    event_guest_added(name: &str, email: &str):
        en "{name} ({email}) was added as a guest."
        nl "{name} ({email}) is toegevoegd als gast.";
    event_user_changed(name: &str, what: &str):
        en "Changed for {name}: {what}."
        nl "Gewijzigd bij {name}: {what}.";
    event_user_blocked(name: &str):
        en "The sign-in of {name} was blocked."
        nl "De aanmelding van {name} is geblokkeerd.";
    event_user_unblocked(name: &str):
        en "{name} may sign in again."
        nl "{name} mag zich weer aanmelden.";
    event_roles_changed(name: &str):
        en "The roles of {name} changed."
        nl "De rollen van {name} zijn veranderd.";
    event_password_set(name: &str):
        en "The password of {name} was set or changed."
        nl "Het wachtwoord van {name} is ingesteld of gewijzigd.";
    event_user_deleted(name: &str, email: &str):
        en "{name} ({email}) was deleted."
        nl "{name} ({email}) is verwijderd.";
    event_order_placed(number: &str, amount: Money):
        en "Order {number} was placed: {amount}."
        nl "Bestelling {number} is geplaatst: {amount}.";
    event_order_placed_unpriced(number: &str):
        en "Order {number} was placed."
        nl "Bestelling {number} is geplaatst.";
    event_order_posted(number: &str):
        en "Order {number} was completed."
        nl "Bestelling {number} is voltooid.";
    event_order_voided(number: &str, reason: &str):
        en "Order {number} was voided. {reason}"
        nl "Bestelling {number} is vervallen. {reason}";
    event_subscription_started(quantity: u32, product: &str, channel: &str):
        en one "{quantity} license of {product} was bought ({channel})."
            other "{quantity} licenses of {product} were bought ({channel})."
        nl one "{quantity} licentie voor {product} is gekocht ({channel})."
            other "{quantity} licenties voor {product} zijn gekocht ({channel}).";
    event_license_assigned(name: &str, product: &str):
        en "{name} got a license of {product}."
        nl "{name} kreeg een licentie voor {product}.";
    event_license_assigned_without_apps(name: &str, product: &str, count: usize):
        en "{name} got a license of {product}. Apps that are off: {count}."
        nl "{name} kreeg een licentie voor {product}. Apps die uit staan: {count}.";
    event_license_unassigned(name: &str, product: &str):
        en "The license of {name} for {product} was unassigned."
        nl "De licentietoewijzing van {name} voor {product} is opgeheven.";
    event_apps_changed(name: &str, product: &str):
        en "Apps of {product} were turned on or off for {name}."
        nl "Apps van {product} zijn voor {name} in- of uitgeschakeld.";
    event_license_moved(name: &str, product: &str):
        en "The license of {name} for {product} moved to another subscription."
        nl "De licentie van {name} voor {product} is naar een ander abonnement gegaan.";
    event_license_in_conflict(name: &str, product: &str):
        en "{name} has no valid license of {product} any more."
        nl "{name} heeft geen geldige licentie voor {product} meer.";
    event_price_published(part_number: &str, term: &str, frequency: &str, amount: Money):
        en "New price of {part_number} ({term}, {frequency}): {amount}."
        nl "Nieuwe prijs van {part_number} ({term}, {frequency}): {amount}.";
    event_price_published_unpriced(part_number: &str, term: &str, frequency: &str):
        en "New price of {part_number} ({term}, {frequency})."
        nl "Nieuwe prijs van {part_number} ({term}, {frequency}).";
    event_product_retired(name: &str):
        en "{name} is no longer sold."
        nl "{name} wordt niet meer verkocht.";
    event_product_sold_again(name: &str):
        en "{name} is sold again."
        nl "{name} wordt weer verkocht.";
    event_product_described(name: &str):
        en "The description or category of {name} changed."
        nl "De beschrijving of categorie van {name} is gewijzigd.";
    event_catalog_imported(products: u32, skus: u32, refused: u32):
        en "The catalog was imported. New products: {products}; new SKUs: {skus}; rows left out: {refused}."
        nl "De catalogus is geïmporteerd. Nieuwe producten: {products}; nieuwe SKU's: {skus}; overgeslagen rijen: \
            {refused}.";
    event_api_token_created(name: &str):
        en "The API token {name} was created."
        nl "De API-token {name} is gemaakt.";
    event_api_token_revoked(name: &str):
        en "The API token {name} was revoked."
        nl "De API-token {name} is ingetrokken.";
    event_operator_entered:
        en "An operator looked at the organization."
        nl "Een operator heeft de organisatie bekeken.";

    // Labels of what changed.
    change_apps_off: en "Apps that are off" nl "Apps die uit staan";
}

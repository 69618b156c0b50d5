//! Billing > Licenses: products, the people who hold them, assign, unassign, conflicts (domain 2.3 to 2.6, 8.4, 8.5).

use crate::macros::sentences;
use jiff::civil::Date;

sentences! {
    licenses_purpose:
        en "One row per product, over all its subscriptions. Choose a product to see and change who has it."
        nl "Eén rij per product, over alle abonnementen. Kies een product om te zien en te wijzigen wie het heeft.";
    licenses_empty: en "Your organization has no licenses yet." nl "Uw organisatie heeft nog geen licenties.";
    licenses_search: en "Search by product" nl "Zoek op product";

    // Columns and facts.
    available_quantity: en "Available quantity" nl "Beschikbare hoeveelheid";
    licenses_in_conflict(count: i64):
        en one "{count} user needs a valid license" other "{count} users need a valid license"
        nl one "{count} gebruiker heeft een geldige licentie nodig"
            other "{count} gebruikers hebben een geldige licentie nodig";
    sum_of_subscriptions(count: i64):
        en one "From {count} subscription" other "Sum of {count} subscriptions"
        nl one "Uit {count} abonnement" other "Som van {count} abonnementen";
    product_page_purpose:
        en "Who has this product, and from which subscription."
        nl "Wie dit product heeft en uit welk abonnement.";
    licenses_bought_any_way: en "All purchase channels" nl "Alle aankoopkanalen";
    of_which_self_service(count: i64):
        en "{count} by self-service"
        nl "{count} via selfservice";
    licenses_available_count(count: i64):
        en one "{count} license available." other "{count} licenses available."
        nl one "{count} licentie beschikbaar." other "{count} licenties beschikbaar.";
    all_subscriptions: en "All subscriptions" nl "Alle abonnementen";
    in_conflict: en "In conflict" nl "In conflict";
    subscriptions_of_product: en "Subscriptions of this product" nl "Abonnementen van dit product";
    from_subscription: en "From subscription" nl "Uit abonnement";
    assigned_on: en "Assigned on" nl "Toegewezen op";
    last_sign_in: en "Last sign-in" nl "Laatst aangemeld";
    apps_on(on: i64, total: i64):
        en "{on} of {total} apps on"
        nl "{on} van {total} apps aan";
    all_apps_on: en "All apps on" nl "Alle apps aan";
    bought_by_heading(buyer: &str):
        en "Purchased by {buyer}"
        nl "Gekocht door {buyer}";
    product_people_empty: en "Nobody has this product yet." nl "Nog niemand heeft dit product.";
    product_people_empty_hint:
        en "Assign licenses to the people who need it."
        nl "Wijs licenties toe aan de personen die het nodig hebben.";
    people_search: en "Search by name or e-mail address" nl "Zoek op naam of e-mailadres";
    self_service_by_buyer: en "Self-service, by buyer" nl "Selfservice, per koper";
    view_assigned_users: en "View assigned users" nl "Toegewezen gebruikers weergeven";
    export_users: en "Export users" nl "Gebruikers exporteren";

    // Assign.
    assign_licenses: en "Assign licenses" nl "Licenties toewijzen";
    assign_licenses_to_users: en "Assign licenses to users" nl "Licenties toewijzen aan gebruikers";
    assign: en "Assign" nl "Toewijzen";
    assign_search: en "Type a name or e-mail address" nl "Typ een naam of e-mailadres";
    assign_search_hint(maximum: usize):
        en "Choose up to {maximum} people."
        nl "Kies maximaal {maximum} personen.";
    assign_nobody_found(text: &str):
        en "Nobody matches “{text}”."
        nl "Niemand gevonden voor ‘{text}’.";
    assign_has_it: en "Already has it" nl "Heeft het al";
    no_usage_location: en "No usage location" nl "Geen gebruikslocatie";
    turn_apps_on_or_off: en "Turn apps and services on or off" nl "Apps en services in- of uitschakelen";
    turn_apps_hint: en "Everything is on unless you turn it off." nl "Alles staat aan, tenzij u het uitschakelt.";
    assign_from_subscription: en "Subscription to use" nl "Te gebruiken abonnement";
    assign_from_automatic: en "The one that ends last" nl "Het abonnement dat het laatst eindigt";
    assign_more: en "Assign more" nl "Meer toewijzen";
    location_of_missing: en "Usage location of those who have none" nl "Gebruikslocatie van wie er geen heeft";
    location_of_missing_hint:
        en "Where they use the services. Needed before a license can be assigned."
        nl "Waar zij de services gebruiken. Nodig voordat een licentie kan worden toegewezen.";
    assign_costs_nothing: en "Assigning costs nothing extra." nl "Toewijzen kost niets extra.";

    // Unassign.
    unassign_licenses: en "Unassign licenses" nl "Licentietoewijzing opheffen";
    unassign: en "Unassign" nl "Toewijzing opheffen";
    unassign_question(count: i64, product: &str):
        en one "Unassign {product} from {count} person?" other "Unassign {product} from {count} people?"
        nl one "De toewijzing van {product} opheffen voor {count} persoon?"
            other "De toewijzing van {product} opheffen voor {count} personen?";
    unassign_consequence:
        en "Access to its apps and services ends. Mail data is kept for 30 days; files stay as long as the person exists."
        nl "De toegang tot de apps en services vervalt. E-mailgegevens blijven 30 dagen bewaard; bestanden blijven \
            zolang de persoon bestaat.";
    unassign_still_billed:
        en "The licenses become available and are still charged. Lower the total to pay less."
        nl "De licenties komen beschikbaar en worden nog steeds in rekening gebracht. Verlaag het totaal om minder te \
            betalen.";

    // Apps of one person.
    apps_of_person(product: &str, name: &str):
        en "Apps of {product} for {name}"
        nl "Apps van {product} voor {name}";
    edit_apps: en "Edit apps" nl "Apps bewerken";

    // Many at once.
    assign_many: en "Assign to many" nl "Aan velen toewijzen";
    assign_many_purpose:
        en "Assign to everyone of a CSV file or of a filter. It goes on if you close this page."
        nl "Wijs toe aan iedereen uit een CSV-bestand of een filter. Het gaat door als u deze pagina sluit.";
    assign_many_by_file: en "From a CSV file" nl "Uit een CSV-bestand";
    assign_many_by_file_hint: en "One column is enough: email." nl "Eén kolom is genoeg: email.";
    assign_many_by_filter: en "Everyone who matches a filter" nl "Iedereen die aan een filter voldoet";
    assign_many_preview(count: i64, product: &str):
        en one "{count} person gets {product}." other "{count} people get {product}."
        nl one "{count} persoon krijgt {product}." other "{count} personen krijgen {product}.";
    assign_many_start(count: i64):
        en one "Assign {count} license" other "Assign {count} licenses"
        nl one "{count} licentie toewijzen" other "{count} licenties toewijzen";
    assign_many_done(done: i64, total: i64):
        en "{done} of {total} licenses were assigned."
        nl "{done} van {total} licenties zijn toegewezen.";
    assign_many_check_file: en "Check the addresses" nl "De adressen controleren";
    assign_many_check_filter: en "Check this choice" nl "Deze keuze controleren";
    assign_many_check_first: en "Nothing happens yet: you see first who it is about." nl "Er gebeurt nog niets: u ziet \
        eerst om wie het gaat.";
    assign_many_unlicensed: en "Only people without any license" nl "Alleen personen zonder enige licentie";
    assign_many_group: en "Group" nl "Groep";
    unassign_many_purpose(product: &str):
        en "Take {product} back from everyone of a CSV file or of a filter. It goes on if you close this page."
        nl "Neem {product} terug van iedereen uit een CSV-bestand of een filter. Het gaat door als u deze pagina sluit.";
    unassign_many_preview(count: i64, product: &str):
        en one "{product} is taken back from {count} person." other "{product} is taken back from {count} people."
        nl one "{product} wordt bij {count} persoon teruggenomen." other "{product} wordt bij {count} personen \
            teruggenomen.";
    unassign_many_start(count: i64):
        en one "Unassign {count} license" other "Unassign {count} licenses"
        nl one "Toewijzing van {count} licentie opheffen" other "Toewijzing van {count} licenties opheffen";
    unassign_many_done(done: i64, total: i64):
        en "{done} of {total} licenses were unassigned."
        nl "De toewijzing van {done} van {total} licenties is opgeheven.";
    assign_many_nobody: en "There is nobody to whom this can be done." nl "Er is niemand bij wie dit kan.";
    assign_many_other_list: en "Choose other people" nl "Andere personen kiezen";
    assign_many_buy_first: en "Buy licenses first" nl "Eerst licenties kopen";
    assign_many_left_out: en "Left out" nl "Overgeslagen";
    assign_many_first_rows(count: i64):
        en "The first {count} are shown."
        nl "De eerste {count} worden weergegeven.";
    bulk_line: en "Line" nl "Regel";

    // What came of one person of a list.
    bulk_pending: en "In line" nl "Aan de beurt";
    bulk_has_none: en "Does not have it" nl "Heeft het niet";
    bulk_no_license: en "No license left" nl "Geen licentie meer beschikbaar";
    bulk_not_yours: en "Bought by another user" nl "Gekocht door een andere gebruiker";
    bulk_unknown_user: en "Nobody has this address" nl "Niemand heeft dit adres";
    bulk_not_an_email: en "Not an e-mail address" nl "Geen e-mailadres";
    bulk_email_twice: en "Stands in the file twice" nl "Staat dubbel in het bestand";
    unassign_many: en "Unassign from many" nl "Bij velen opheffen";

    // Conflicts (domain 2.5, D1).
    conflicts: en "Conflicts" nl "Conflicten";
    conflicts_purpose:
        en "Their license is from a subscription that is disabled, so that they have no service, or that has fewer \
            licenses than people. Solve this before the date shown."
        nl "Hun licentie komt uit een abonnement dat is uitgeschakeld, zodat zij geen service hebben, of dat minder \
            licenties dan personen heeft. Los dit op vóór de vermelde datum.";
    conflict_since: en "In conflict since" nl "In conflict sinds";
    conflict_until(date: Date):
        en "To be solved before {date}"
        nl "Op te lossen vóór {date}";
    buy_so_many(count: i64):
        en one "Buy {count} license" other "Buy {count} licenses"
        nl one "{count} licentie kopen" other "{count} licenties kopen";
    conflicts_how:
        en "Buy licenses, unassign them, or delete people who have left. The others then move to free licenses by \
            themselves."
        nl "Koop licenties, hef toewijzingen op of verwijder personen die weg zijn. De rest gaat vanzelf over naar \
            vrije licenties.";
    conflicts_of_buyers:
        en "To people who had theirs from a user's purchase you assign a license of your organization."
        nl "Personen die de hunne uit een aankoop van een gebruiker hadden, wijst u een licentie van uw organisatie toe.";

    // Notices after an action.
    licenses_were_assigned(count: i64):
        en one "{count} license was assigned." other "{count} licenses were assigned."
        nl one "{count} licentie is toegewezen." other "{count} licenties zijn toegewezen.";
    licenses_were_unassigned(count: i64):
        en one "{count} license was unassigned." other "{count} licenses were unassigned."
        nl one "De toewijzing van {count} licentie is opgeheven."
            other "De toewijzing van {count} licenties is opgeheven.";
    apps_of_license_were_changed: en "The apps were changed." nl "De apps zijn gewijzigd.";
}

//! The operator console: organizations, their people, catalog and prices.

use crate::macros::sentences;
use domain::money::Money;
use jiff::civil::Date;

sentences! {
    operator_console_purpose:
        en "Organizations, catalog, prices and background work of this system."
        nl "Organisaties, catalogus, prijzen en achtergrondwerk van dit systeem.";

    // Organizations.
    organizations_purpose: en "Every organization on this system." nl "Elke organisatie op dit systeem.";
    organizations_search: en "Search by name" nl "Zoek op naam";
    organizations_empty: en "There are no organizations yet." nl "Er zijn nog geen organisaties.";
    organization_name: en "Name of the organization" nl "Naam van de organisatie";
    organization_country: en "Country" nl "Land";
    organization_time_zone: en "Time zone" nl "Tijdzone";
    organization_time_zone_hint: en "Days begin and end in this zone." nl "Dagen beginnen en eindigen in deze zone.";
    organization_currency_hint:
        en "The currency in which the organization buys."
        nl "De valuta waarin de organisatie koopt.";
    organization_language_hint: en "The language of its mails." nl "De taal van de e-mails.";
    organization_people: en "People" nl "Personen";
    organization_create: en "Create organization" nl "Organisatie aanmaken";
    organization_create_purpose:
        en "A new organization with its first global admin."
        nl "Een nieuwe organisatie met de eerste globale beheerder.";
    organization_first_admin: en "First global admin" nl "Eerste globale beheerder";
    organization_created(name: &str):
        en "{name} was created."
        nl "{name} is aangemaakt.";
    organization_was_created: en "The organization was created." nl "De organisatie is aangemaakt.";
    organization: en "Organization" nl "Organisatie";
    organization_as_usual: en "As usual in the country" nl "Zoals gebruikelijk in het land";
    organization_id: en "Organization ID" nl "Organisatie-id";
    organization_facts: en "About this organization" nl "Over deze organisatie";
    organization_kind_operator: en "Runs this system" nl "Beheert dit systeem";
    organization_clock: en "Clock" nl "Klok";
    organization_clock_system: en "The time of this system" nl "De tijd van dit systeem";
    organization_clock_own(date: Date):
        en "Its own: there it is {date}"
        nl "Een eigen klok: daar is het {date}";
    organization_made_on: en "Customer since" nl "Klant sinds";
    organization_subscriptions_empty:
        en "This organization has no subscriptions yet."
        nl "Deze organisatie heeft nog geen abonnementen.";
    organization_actions: en "Change this organization" nl "Deze organisatie wijzigen";
    organization_own_stays_open:
        en "This is your own organization. It stays open and follows the time of this system."
        nl "Dit is uw eigen organisatie. Deze blijft open en volgt de tijd van dit systeem.";
    organization_is_sandbox_already:
        en "It is a sandbox already. That cannot be undone."
        nl "Het is al een sandbox. Dat kan niet ongedaan worden gemaakt.";
    organization_make_sandbox_question(name: &str):
        en "Make {name} a sandbox?"
        nl "Van {name} een sandbox maken?";
    organization_resume_question(name: &str):
        en "Resume {name}?"
        nl "{name} hervatten?";
    organization_resume_consequence:
        en "Its people can sign in and its programs are served again."
        nl "De gebruikers kunnen zich weer aanmelden en de programma's worden weer bediend.";
    first_by_name(count: i64):
        en "The first {count} by name"
        nl "De eerste {count} op naam";
    organization_suspend: en "Suspend organization" nl "Organisatie opschorten";
    organization_suspend_question(name: &str):
        en "Suspend {name}?"
        nl "{name} opschorten?";
    organization_suspend_consequence:
        en "Its people are signed out and its programs are refused. Nothing is lost; resume it at any time."
        nl "De gebruikers worden afgemeld en de programma's geweigerd. Er gaat niets verloren; u kunt de organisatie \
            op elk moment hervatten.";
    organization_resume: en "Resume organization" nl "Organisatie hervatten";
    organization_suspended(name: &str):
        en "{name} is suspended."
        nl "{name} is opgeschort.";
    organization_resumed(name: &str):
        en "{name} is in use again."
        nl "{name} is weer in gebruik.";
    organization_change_cloud: en "Change cloud" nl "Cloud wijzigen";
    organization_change_cloud_consequence:
        en "Names of pages, buttons and means of payment follow the new cloud at once. What was bought keeps its price \
            and its end date."
        nl "Paginanamen, knoppen en betaalmiddelen volgen meteen de nieuwe cloud. Wat is gekocht, houdt zijn prijs en \
            einddatum.";
    cloud_was_changed: en "The cloud was changed." nl "De cloud is gewijzigd.";
    organization_make_sandbox: en "Make it a sandbox" nl "Er een sandbox van maken";
    organization_make_sandbox_consequence:
        en "A sandbox has a clock of its own and never charges real money. It cannot become an ordinary organization \
            again."
        nl "Een sandbox heeft een eigen klok en schrijft nooit echt geld af. De organisatie kan daarna niet meer \
            gewoon worden.";
    organization_users: en "Users of this organization" nl "Gebruikers van deze organisatie";
    organization_users_search: en "Search by name or address" nl "Zoek op naam of adres";
    organization_users_empty_hint: en "Add the first admin to begin." nl "Voeg de eerste beheerder toe om te beginnen.";
    organization_add_admin: en "Add a global admin" nl "Een globale beheerder toevoegen";
    organization_add_admin_means:
        en "For when nobody of the organization can sign in any more. Its history shows that you did this."
        nl "Voor als niemand van de organisatie zich nog kan aanmelden. De geschiedenis laat zien dat u dit hebt \
            gedaan.";

    // Catalog.
    catalog_products: en "Products in the catalog" nl "Producten in de catalogus";
    catalog_purpose:
        en "Products, what is sold of them and their prices."
        nl "Producten, wat ervan wordt verkocht en de prijzen.";
    catalog_search: en "Search by product or part number" nl "Zoek op product of artikelnummer";
    catalog_empty:
        en "The catalog is empty. Import a file to fill it."
        nl "De catalogus is leeg. Importeer een bestand om hem te vullen.";
    catalog_skus: en "SKUs" nl "SKU's";
    catalog_service_plans(count: i64):
        en one "{count} service plan" other "{count} service plans"
        nl one "{count} serviceplan" other "{count} serviceplannen";
    catalog_sku_central: en "Bought by the organization" nl "Gekocht door de organisatie";
    catalog_sku_self_service: en "Bought by self-service" nl "Gekocht via selfservice";
    catalog_category: en "Category" nl "Categorie";
    catalog_description_en: en "Description in English" nl "Beschrijving in het Engels";
    catalog_description_nl: en "Description in Dutch" nl "Beschrijving in het Nederlands";
    catalog_columns_hint:
        en "Columns: product_name, part_number, sku_id, service_plan_name, service_plan_id, service_plan_friendly_name. \
            These may be added: sku_kind (central, self_service or free), product_kind (base, traditional_add_on or \
            standalone_add_on), and fits (the products that an add-on fits, between semicolons)."
        nl "Kolommen: product_name, part_number, sku_id, service_plan_name, service_plan_id, \
            service_plan_friendly_name. Deze mogen erbij: sku_kind (central, self_service of free), product_kind \
            (base, traditional_add_on of standalone_add_on) en fits (de producten waar een invoegtoepassing bij \
            past, met puntkomma's ertussen).";
    refused_sku_sold(part_number: &str):
        en "The SKU {part_number} was sold, so that its sku_kind can no longer change."
        nl "De SKU {part_number} is verkocht. De sku_kind ervan kan daarom niet meer veranderen.";
    remedy_leave_sku_kind:
        en "Leave its sku_kind empty in the file, and add another SKU for other buyers."
        nl "Laat de sku_kind ervan in het bestand leeg en voeg voor andere kopers een andere SKU toe.";
    catalog_imported_products(all: u32, new: u32):
        en "Products in the file: {all}; new: {new}."
        nl "Producten in het bestand: {all}; nieuw: {new}.";
    catalog_imported_skus(all: u32, new: u32, changed: u32):
        en "SKUs in the file: {all}; new: {new}; changed: {changed}."
        nl "SKU's in het bestand: {all}; nieuw: {new}; gewijzigd: {changed}.";
    catalog_rows_refused(count: i64):
        en one "{count} row could not be taken" other "{count} rows could not be taken"
        nl one "{count} rij kon niet worden overgenomen" other "{count} rijen konden niet worden overgenomen";
    catalog_describe: en "Edit description and category" nl "Beschrijving en categorie bewerken";
    catalog_description_hint: en "One sentence that a buyer reads." nl "Eén zin die een koper leest.";
    catalog_retired: en "Retired" nl "Uit de verkoop";
    catalog_retire_title(name: &str):
        en "End the sale of {name}?"
        nl "De verkoop van {name} beëindigen?";
    catalog_sell_again_title(name: &str):
        en "Sell {name} again?"
        nl "{name} weer verkopen?";
    catalog_sell_again_consequence(name: &str):
        en "Organizations can buy {name} again at its current prices."
        nl "Organisaties kunnen {name} weer kopen tegen de huidige prijzen.";
    catalog_was_described: en "The description was saved." nl "De beschrijving is opgeslagen.";
    catalog_was_retired: en "The product is no longer sold." nl "Het product wordt niet meer verkocht.";
    catalog_is_sold_again: en "The product is sold again." nl "Het product wordt weer verkocht.";
    catalog_guid: en "GUID" nl "GUID";
    catalog_kind: en "Bought by" nl "Gekocht door";
    catalog_on_sale: en "On sale" nl "Te koop";
    catalog_not_on_sale: en "Not on sale: no price" nl "Niet te koop: geen prijs";
    catalog_retire: en "End the sale" nl "Verkoop beëindigen";
    catalog_retire_consequence(name: &str):
        en "Nobody can buy {name} any more. What was sold goes on and renews."
        nl "Niemand kan {name} nog kopen. Wat is verkocht, gaat door en wordt verlengd.";
    catalog_sell_again: en "Sell again" nl "Weer verkopen";
    catalog_import: en "Import a catalog" nl "Een catalogus importeren";
    catalog_import_hint:
        en "A CSV file with a row per service plan. Importing it twice does no harm."
        nl "Een CSV-bestand met een rij per serviceplan. Twee keer importeren kan geen kwaad.";

    // Prices.
    prices_purpose:
        en "A price is never changed, only followed by a next version. What was sold keeps its price."
        nl "Een prijs wordt nooit gewijzigd, alleen opgevolgd door een volgende versie. Wat is verkocht, houdt zijn \
            prijs.";
    price_current: en "Current price" nl "Huidige prijs";
    price_publish: en "Publish a new price" nl "Een nieuwe prijs publiceren";
    price_publish_hint: en "It holds for purchases from now on." nl "Deze geldt voor aankopen vanaf nu.";
    price_published(name: &str, price: Money):
        en "The price of {name} is {price} from now on."
        nl "De prijs van {name} is vanaf nu {price}.";
    price_was_published: en "The price holds from now on." nl "De prijs geldt vanaf nu.";
    price_way: en "Commitment and payment" nl "Verplichting en betaling";
    price_amount_hint:
        en "Of one license for one billing period, such as 12.50."
        nl "Van één licentie voor één factureringsperiode, bijvoorbeeld 12,50.";
    price_versions_count(count: i64):
        en one "{count} earlier price" other "{count} earlier prices"
        nl one "{count} eerdere prijs" other "{count} eerdere prijzen";
    price_versions: en "Earlier prices" nl "Eerdere prijzen";
    prices_empty:
        en "There is no price yet, so nobody can buy this."
        nl "Er is nog geen prijs, dus niemand kan dit kopen.";
}

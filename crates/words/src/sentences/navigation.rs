//! The frame around every page: top bar, navigation, breadcrumb, help (domain 8.1).

use crate::macros::sentences;
use jiff::civil::Date;

sentences! {
    // Top bar.
    admin_center: en "Admin center" nl "Beheercentrum";
    skip_to_content: en "Skip to content" nl "Naar de inhoud";
    main_navigation: en "Main navigation" nl "Hoofdnavigatie";
    breadcrumb: en "You are here" nl "U bent hier";
    open_navigation: en "Open navigation" nl "Navigatie openen";
    command_palette: en "Search everything" nl "Zoek overal";
    search_hint:
        en "People, products, invoices, pages, and what you can do."
        nl "Personen, producten, facturen, pagina's en wat u kunt doen.";
    search_actions: en "What you can do" nl "Wat u kunt doen";
    /// How the key is named on a keyboard.
    key_control: en "Ctrl" nl "Ctrl";
    keyboard_shortcuts: en "Keyboard shortcuts" nl "Sneltoetsen";
    shortcuts_purpose:
        en "Letters and signs work while you are not typing in a field."
        nl "Letters en tekens werken zolang u niet in een veld typt.";
    shortcuts_everywhere: en "On every page" nl "Op elke pagina";
    shortcuts_go_to: en "Go to a page: first G, then" nl "Naar een pagina: eerst G, dan";
    shortcut_to_list: en "To the search of this page" nl "Naar het zoekveld van deze pagina";
    shortcut_close: en "Close what is open" nl "Sluiten wat open is";
    shortcuts_are_off:
        en "Letters and signs are off as shortcuts."
        nl "Letters en tekens staan uit als sneltoets.";
    shortcuts_turn_off: en "Turn letters off" nl "Letters uitzetten";
    shortcuts_turn_on: en "Turn letters on" nl "Letters aanzetten";
    shortcuts_turn_off_hint:
        en "For who dictates, or touches keys by accident. Ctrl K keeps working."
        nl "Voor wie dicteert of per ongeluk toetsen raakt. Ctrl K blijft werken.";
    language: en "Language" nl "Taal";
    theme: en "Theme" nl "Weergave";
    dark_theme: en "Dark theme" nl "Donkere weergave";
    light_theme: en "Light theme" nl "Lichte weergave";
    help: en "Help" nl "Hulp";
    help_purpose: en "How to do what you want to do here." nl "Hoe u hier doet wat u wilt doen.";
    help_search: en "Search in help" nl "Zoek in de hulp";
    help_of_products: en "Products and licenses" nl "Producten en licenties";
    help_of_buying: en "Buying, trying and upgrading" nl "Kopen, proberen en upgraden";
    help_of_renewing: en "Renewing and canceling" nl "Verlengen en opzeggen";
    help_of_paying: en "Invoices, payments and mail" nl "Facturen, betalingen en mail";
    help_of_self_service: en "What people buy themselves" nl "Wat mensen zelf kopen";
    help_of_people: en "People, settings and support" nl "Personen, instellingen en ondersteuning";
    help_of_selling: en "For operators and partners" nl "Voor operators en partners";
    help_more: en "More help" nl "Meer hulp";
    search_pages: en "Pages" nl "Pagina's";
    my_account: en "My account" nl "Mijn account";
    sign_out: en "Sign out" nl "Afmelden";
    /// In the top bar of a sandbox organization.
    sandbox_clock(date: Date):
        en "Sandbox: here it is {date}"
        nl "Sandbox: hier is het {date}";
    clock_purpose:
        en "This organization is a sandbox with a clock of its own. Let time pass and see what happens."
        nl "Deze organisatie is een sandbox met een eigen klok. Laat de tijd verstrijken en zie wat er gebeurt.";
    clock_means:
        en "What is due until then happens on its own day: billing periods, renewals, invoices, payments. Time cannot be turned back."
        nl "Wat tot dan aan de beurt is, gebeurt op zijn eigen dag: factureringsperioden, verlengingen, facturen, betalingen. De tijd kan niet terug.";
    clock_day: en "Move to" nl "Zet op";
    clock_day_hint: en "A later day." nl "Een latere dag.";
    clock_move: en "Move" nl "Verzetten";
    clock_by_day: en "A day on" nl "Een dag verder";
    clock_by_month: en "A month on" nl "Een maand verder";
    clock_by_year: en "A year on" nl "Een jaar verder";
    clock_days_passed(done: i64, total: i64):
        en "{done} of {total} days have passed"
        nl "{done} van {total} dagen zijn verstreken";
    clock_was_moved: en "Time has passed." nl "De tijd is verstreken.";
    demo_notice:
        en "This is a demo. Everything in it is invented, and nothing is charged."
        nl "Dit is een demo. Alles hierin is verzonnen en er wordt niets in rekening gebracht.";

    // Pages of an organization.
    home: en "Home" nl "Start";
    users: en "Users" nl "Gebruikers";
    active_users: en "Active users" nl "Actieve gebruikers";
    billing: en "Billing" nl "Facturering";
    your_products: en "Your products" nl "Uw producten";
    /// Name of the page Your products in the older clouds.
    products_and_services: en "Products & services" nl "Producten en services";
    subscriptions: en "Subscriptions" nl "Abonnementen";
    licenses: en "Licenses" nl "Licenties";
    purchase_services: en "Purchase services" nl "Services kopen";
    bills_and_payments: en "Bills & payments" nl "Facturen en betalingen";
    billing_accounts: en "Billing accounts" nl "Factureringsaccounts";
    billing_profiles: en "Billing profiles" nl "Factureringsprofielen";
    payment_methods: en "Payment methods" nl "Betalingsmethoden";
    order_history: en "Order history" nl "Orderoverzicht";
    requests: en "Requests" nl "Aanvragen";
    subscription_details: en "Subscription details" nl "Abonnementsgegevens";
    settings: en "Settings" nl "Instellingen";
    api_tokens: en "API tokens" nl "API-tokens";
    audit: en "Audit log" nl "Auditlogboek";
    history: en "History" nl "Geschiedenis";

    // Pages of an operator.
    operator_console: en "Operator console" nl "Operatorconsole";
    organizations: en "Organizations" nl "Organisaties";
    catalog: en "Catalog" nl "Catalogus";
    prices: en "Prices" nl "Prijzen";
    background_work: en "Background work" nl "Achtergrondwerk";
    health: en "Health" nl "Gezondheid";
    credit_checks: en "Credit checks" nl "Kredietcontroles";
}

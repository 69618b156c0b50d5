//! The frame around every page: top bar, navigation, breadcrumb, help (domain 8.1).

use crate::macros::sentences;
use jiff::civil::Date;

sentences! {
    // Top bar.
    admin_center: en "Admin center" nl "Beheercentrum";
    skip_to_content: en "Skip to content" nl "Naar de inhoud";
    top_bar: en "Top bar" nl "Bovenbalk";
    main_navigation: en "Main navigation" nl "Hoofdnavigatie";
    breadcrumb: en "You are here" nl "U bent hier";
    open_navigation: en "Open navigation" nl "Navigatie openen";
    close_navigation: en "Close navigation" nl "Navigatie sluiten";
    command_palette: en "Search pages, people and products" nl "Zoek pagina's, personen en producten";
    language: en "Language" nl "Taal";
    switch_language(language: &str):
        en "Switch to {language}"
        nl "Overschakelen naar {language}";
    theme: en "Theme" nl "Weergave";
    theme_system: en "As my device" nl "Zoals mijn apparaat";
    theme_light: en "Light" nl "Licht";
    theme_dark: en "Dark" nl "Donker";
    dark_theme: en "Dark theme" nl "Donkere weergave";
    light_theme: en "Light theme" nl "Lichte weergave";
    help: en "Help" nl "Hulp";
    help_purpose: en "How to do what you want to do here." nl "Hoe u hier doet wat u wilt doen.";
    help_search: en "Search in help" nl "Zoek in de hulp";
    help_more: en "More help" nl "Meer hulp";
    search_pages: en "Pages" nl "Pagina's";
    help_contact: en "Need help? Contact us." nl "Hulp nodig? Neem contact met ons op.";
    contact_support: en "contact support" nl "contact opnemen met ondersteuning";
    my_account: en "My account" nl "Mijn account";
    signed_in_as(name: &str):
        en "Signed in as {name}"
        nl "Aangemeld als {name}";
    sign_out: en "Sign out" nl "Afmelden";
    /// In the top bar of a sandbox organization.
    sandbox_clock(date: Date):
        en "Sandbox: here it is {date}"
        nl "Sandbox: hier is het {date}";
    acting_for(organization: &str):
        en "You are working in {organization}"
        nl "U werkt in {organization}";
    leave_organization: en "Back to the operator console" nl "Terug naar de operatorconsole";
    demo_notice:
        en "This is a demo. Everything in it is invented, and nothing is charged."
        nl "Dit is een demo. Alles hierin is verzonnen en er wordt niets in rekening gebracht.";
    /// Banner of the cloud 21Vianet (domain 7).
    admin_center_is_changing:
        en "The admin center is changing. Pages may differ from what you know."
        nl "Het beheercentrum verandert. Pagina's kunnen anders zijn dan u gewend bent.";

    // Pages of an organization.
    home: en "Home" nl "Start";
    users: en "Users" nl "Gebruikers";
    active_users: en "Active users" nl "Actieve gebruikers";
    billing: en "Billing" nl "Facturering";
    your_products: en "Your products" nl "Uw producten";
    /// Name of the page Your products in the older clouds.
    products_and_services: en "Products & services" nl "Producten en services";
    subscriptions: en "Subscriptions" nl "Abonnementen";
    products_tab: en "Products" nl "Producten";
    licenses: en "Licenses" nl "Licenties";
    purchase_services: en "Purchase services" nl "Services kopen";
    bills_and_payments: en "Bills & payments" nl "Facturen en betalingen";
    billing_accounts: en "Billing accounts" nl "Factureringsaccounts";
    billing_profiles: en "Billing profiles" nl "Factureringsprofielen";
    payment_methods: en "Payment methods" nl "Betalingsmethoden";
    invoices: en "Invoices" nl "Facturen";
    billing_notifications: en "Billing notifications" nl "Factureringsmeldingen";
    order_history: en "Order history" nl "Orderoverzicht";
    requests: en "Requests" nl "Aanvragen";
    auto_claim_policy: en "Auto-claim policy" nl "Beleid voor automatisch claimen";
    self_service_trials_and_purchases: en "Self-service trials and purchases" nl "Selfserviceproefversies en -aankopen";
    subscription_details: en "Subscription details" nl "Abonnementsgegevens";
    settings: en "Settings" nl "Instellingen";
    organization_settings: en "Organization settings" nl "Organisatie-instellingen";
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
    product_keys: en "Product keys" nl "Productcodes";
    credit_checks: en "Credit checks" nl "Kredietcontroles";
}

//! The labels of domain section 8, word for word in both languages: people follow written steps by these names.

use words::{Language, Words};

type Sentence = fn(Words) -> &'static str;

#[track_caller]
fn labels(expected: &[(Sentence, &str, &str)]) {
    for (sentence, english, dutch) in expected {
        assert_eq!(sentence(Words::from(Language::English)), *english);
        assert_eq!(sentence(Words::from(Language::Dutch)), *dutch);
    }
}

/// Domain 8.1; R151.
#[test]
fn pages_have_their_names() {
    labels(&[
        (Words::admin_center, "Admin center", "Beheercentrum"),
        (Words::billing, "Billing", "Facturering"),
        (Words::your_products, "Your products", "Uw producten"),
        (Words::products_and_services, "Products & services", "Producten en services"),
        (Words::subscriptions, "Subscriptions", "Abonnementen"),
        (Words::licenses, "Licenses", "Licenties"),
        (Words::bills_and_payments, "Bills & payments", "Facturen en betalingen"),
        (Words::billing_profiles, "Billing profiles", "Factureringsprofielen"),
        (Words::billing_accounts, "Billing accounts", "Factureringsaccounts"),
        (Words::payment_methods, "Payment methods", "Betalingsmethoden"),
        (Words::purchase_services, "Purchase services", "Services kopen"),
        (Words::order_history, "Order history", "Orderoverzicht"),
        (Words::users, "Users", "Gebruikers"),
        (Words::active_users, "Active users", "Actieve gebruikers"),
        (Words::subscription_details, "Subscription details", "Abonnementsgegevens"),
    ]);
}

/// Domain 8.5; R45, R46.
#[test]
fn invoices_have_their_names() {
    labels(&[
        (Words::invoices, "Invoices", "Facturen"),
        (Words::past_three_months, "Past 3 months", "Afgelopen 3 maanden"),
        (Words::past_six_months, "Past 6 months", "Afgelopen 6 maanden"),
        (Words::specify_date_range, "Specify a date range", "Datumbereik opgeven"),
        (Words::download_pdf, "Download PDF", "PDF downloaden"),
        (Words::service_period, "Service period", "Serviceperiode"),
        (Words::invoices_empty, "Nothing in this period.", "Geen facturen in deze periode."),
        (Words::invoices_empty_hint, "Try six months or choose dates.", "Probeer zes maanden of kies datums."),
    ]);
}

/// Domain 8.2; R3, R4, R7, R34, R52, R53, R102.
#[test]
fn your_products_has_its_columns_and_links() {
    labels(&[
        (Words::product_name, "Product name", "Productnaam"),
        (Words::assigned_licenses, "Assigned licenses", "Toegewezen licenties"),
        (Words::purchased_quantity, "Purchased quantity", "Gekocht aantal"),
        (Words::available, "Available", "Beschikbaar"),
        (Words::renews_or_expires_on, "Renews/expires on", "Verlenging/vervaldatum"),
        (Words::subscription_status, "Subscription status", "Abonnementsstatus"),
        (Words::purchase_channel, "Purchase channel", "Aankoopkanaal"),
        (Words::billing_account, "Billing account", "Factureringsaccount"),
        (Words::purchaser_name, "Purchaser name", "Naam inkoper"),
        (Words::subscriptions_purchased, "Subscriptions purchased", "Gekochte abonnementen"),
        (Words::expiration_date, "Expiration date", "Vervaldatum"),
        (Words::purchase_price, "Purchase price", "Aankoopprijs"),
        (Words::assigned_users, "Assigned users", "Toegewezen gebruikers"),
        (Words::channel_self_service, "Self-service", "Selfservice"),
        (Words::channel_trial, "Trial", "Proefversie"),
        (Words::channel_free, "Free", "Gratis"),
        (Words::more_actions, "More actions", "Meer acties"),
        (Words::cancel_subscription, "Cancel subscription", "Abonnement opzeggen"),
        (Words::replace_payment_method, "Replace payment method", "Betalingsmethode vervangen"),
        (Words::reactivate_this_subscription, "Reactivate this subscription", "Dit abonnement opnieuw activeren"),
        (Words::add_remove_licenses, "Add/Remove licenses", "Licenties toevoegen/verwijderen"),
        (
            Words::add_remove_missing_help,
            "What if I don't see the Add/Remove licenses link?",
            "Wat als ik de koppeling Licenties toevoegen/verwijderen niet zie?",
        ),
        (
            Words::unassigned_are_billed,
            "Unassigned licenses are charged too.",
            "Niet-toegewezen licenties worden ook in rekening gebracht.",
        ),
    ]);
}

/// Domain 8.3, 8.4; R54, R57.
#[test]
fn details_and_panes_have_their_buttons() {
    labels(&[
        (Words::buy_licenses, "Buy licenses", "Licenties kopen"),
        (Words::remove_licenses, "Remove licenses", "Licenties verwijderen"),
        (Words::purchase_subscription, "Purchase subscription", "Abonnement kopen"),
        (Words::renews_on, "Renews on", "Wordt verlengd op"),
        (Words::expires_on, "Expires on", "Verloopt op"),
        (
            Words::section_subscription_and_payment_settings,
            "Subscription and payment settings",
            "Abonnements- en betalingsinstellingen",
        ),
        (Words::section_subscriptions_and_settings, "Subscriptions and settings", "Abonnementen en instellingen"),
        (Words::extend_end_date, "Extend end date", "Einddatum verlengen"),
        (Words::edit_recurring_billing, "Edit recurring billing", "Terugkerende facturering bewerken"),
        (Words::take_control, "Take control of this subscription", "Beheer van dit abonnement overnemen"),
        (Words::total_licenses, "Total licenses", "Totaal aantal licenties"),
        (Words::submit_change, "Submit change", "Wijziging verzenden"),
        (Words::submit, "Submit", "Verzenden"),
        (Words::close, "Close", "Sluiten"),
        (Words::save, "Save", "Opslaan"),
    ]);
}

/// Domain 8.4; R134, R135, R137, R140, R145, R147.
#[test]
fn taking_over_has_its_steps() {
    labels(&[
        (Words::move_users, "Move users", "Gebruikers verplaatsen"),
        (Words::move_users_to, "Move users to", "Gebruikers verplaatsen naar"),
        (Words::move_completed, "Move completed", "Verplaatsen voltooid"),
        (
            Words::moving_users,
            "Users are being moved. Leave this window open.",
            "Gebruikers worden verplaatst. Laat dit venster open.",
        ),
        (Words::take_over_are_you_sure, "Are you sure you want to cancel?", "Weet u zeker dat u wilt opzeggen?"),
    ]);
}

/// Domain 1.11, 2.3: what is chosen in Active users; R162.
#[test]
fn licenses_of_people_are_managed_by_their_names() {
    labels(&[
        (Words::manage_product_licenses, "Manage product licenses", "Productlicenties beheren"),
        (Words::replace, "Replace", "Vervangen"),
        (Words::close, "Close", "Sluiten"),
    ]);
}

/// Domain 8.4, 8.5; R26 to R32.
#[test]
fn licenses_has_its_columns_and_buttons() {
    labels(&[
        (Words::available_quantity, "Available quantity", "Beschikbare hoeveelheid"),
        (Words::assign_licenses, "Assign licenses", "Licenties toewijzen"),
        (Words::assign_licenses_to_users, "Assign licenses to users", "Licenties toewijzen aan gebruikers"),
        (Words::turn_apps_on_or_off, "Turn apps and services on or off", "Apps en services in- of uitschakelen"),
        (Words::assign, "Assign", "Toewijzen"),
        (Words::unassign_licenses, "Unassign licenses", "Licentietoewijzing opheffen"),
        (Words::unassign, "Unassign", "Toewijzing opheffen"),
        (Words::export_users, "Export users", "Gebruikers exporteren"),
        (Words::buy, "Buy", "Kopen"),
        (Words::checkout, "Checkout", "Afrekenen"),
        (Words::place_order, "Place order", "Bestelling plaatsen"),
        (Words::go_to_admin_home, "Go to Admin Home", "Naar het beheercentrum"),
    ]);
}

/// Domain 1.4, 8.3.
#[test]
fn statuses_have_their_names() {
    labels(&[
        (Words::status_active, "Active", "Actief"),
        (Words::status_expired, "Expired", "Verlopen"),
        (Words::status_disabled, "Disabled", "Uitgeschakeld"),
        (Words::status_deleted, "Deleted", "Verwijderd"),
        (Words::status_pending, "Pending credit check", "Kredietcontrole in behandeling"),
    ]);
}

/// R60 to R70: the five reasons, in their order, each with what is seen and what helps.
#[test]
fn the_reasons_table_explains_a_missing_link() {
    let rows = Words::from(Language::English).reasons_table();
    let codes = rows.map(|row| row.reason.code());
    assert_eq!(codes, ["credit_check_pending", "prepaid_key", "volume_partner", "reseller", "trial"]);
    assert!(rows[0].description.contains("Pending credit check"));
    assert!(rows[0].solution.starts_with("Come back later. A credit check takes up to two working days"));
    assert!(rows[0].solution.contains("The link returns in the section Licenses"));
    assert!(rows[1].description.contains("25-character product key"));
    assert!(rows[2].description.contains("Volume Licensing Service Center (VLSC)"));
    assert_eq!(rows[3].solution, "Contact your CSP partner. Only the partner can change the number of licenses.");
    assert_eq!(rows[4].solution, "First buy the subscription, then add licenses.");
}

//! Statuses, purchase channels, terms and billing frequencies (domain 1.1, 1.2, 1.4, 8.2).

use crate::macros::sentences;
use domain::money::Money;

sentences! {
    // Statuses of a subscription (domain 1.4).
    subscription_status: en "Subscription status" nl "Abonnementsstatus";
    status_pending: en "Pending credit check" nl "Kredietcontrole in behandeling";
    status_scheduled: en "Scheduled" nl "Gepland";
    status_active: en "Active" nl "Actief";
    status_expired: en "Expired" nl "Verlopen";
    status_disabled: en "Disabled" nl "Uitgeschakeld";
    status_deleted: en "Deleted" nl "Verwijderd";
    status_pending_means:
        en "The licenses become available when the credit check is done."
        nl "De licenties komen beschikbaar zodra de kredietcontrole is afgerond.";
    status_scheduled_means: en "The subscription starts on a later day." nl "Het abonnement begint op een latere dag.";
    status_active_means:
        en "People can use what is assigned to them."
        nl "Gebruikers kunnen gebruiken wat aan hen is toegewezen.";
    status_expired_means:
        en "The term has ended. People can go on working for now; reactivate the subscription to keep it."
        nl "De termijn is afgelopen. Gebruikers kunnen voorlopig verder werken; activeer het abonnement opnieuw om het \
            te behouden.";
    status_trial_expired_means:
        en "The trial has ended. People can go on working for now; buy the subscription to keep it with its data."
        nl "De proefversie is afgelopen. Gebruikers kunnen voorlopig verder werken; koop het abonnement om het met de \
            gegevens te behouden.";
    status_disabled_means:
        en "People have no access. Admins can still reach the data and reactivate the subscription."
        nl "Gebruikers hebben geen toegang. Beheerders kunnen nog bij de gegevens en kunnen het abonnement opnieuw \
            activeren.";
    status_expired_means_ask:
        en "The term has ended. People can go on working for now; ask a global or billing admin to reactivate the \
            subscription."
        nl "De termijn is afgelopen. Gebruikers kunnen voorlopig verder werken; vraag een globale beheerder of \
            factureringsbeheerder om het abonnement opnieuw te activeren.";
    status_disabled_means_ask:
        en "People have no access. Ask a global or billing admin to reactivate the subscription."
        nl "Gebruikers hebben geen toegang. Vraag een globale beheerder of factureringsbeheerder om het abonnement \
            opnieuw te activeren.";
    status_expired_means_alone:
        en "The term has ended. People can go on working for now."
        nl "De termijn is afgelopen. Gebruikers kunnen voorlopig verder werken.";
    status_disabled_means_alone:
        en "People have no access. Admins can still reach the data."
        nl "Gebruikers hebben geen toegang. Beheerders kunnen nog bij de gegevens.";
    status_deleted_means:
        en "The subscription and its data are gone and cannot come back."
        nl "Het abonnement en de gegevens zijn weg en kunnen niet worden teruggehaald.";

    // Purchase channels (domain 1.1, 8.2).
    purchase_channel: en "Purchase channel" nl "Aankoopkanaal";
    channel_card: en "Card or bank account" nl "Kaart of bankrekening";
    channel_prepaid: en "Prepaid" nl "Prepaid";
    channel_volume_partner: en "Volume Licensing Service Center (VLSC)" nl "Volume Licensing Service Center (VLSC)";
    channel_reseller: en "Reseller" nl "Reseller";
    channel_trial: en "Trial" nl "Proefversie";
    channel_self_service: en "Self-service" nl "Selfservice";
    channel_free: en "Free" nl "Gratis";
    channel_card_means:
        en "Bought here and paid by card or bank account."
        nl "Hier gekocht en betaald met kaart of bankrekening.";
    channel_invoice_means: en "Bought here and paid by invoice." nl "Hier gekocht en betaald per factuur.";
    channel_prepaid_means:
        en "Bought and activated with a 25-character product key."
        nl "Gekocht en geactiveerd met een productcode van 25 tekens.";
    channel_volume_partner_means:
        en "Bought through a volume-licensing partner."
        nl "Gekocht bij een partner voor volumelicenties.";
    channel_reseller_means:
        en "Bought through a Cloud Solution Provider (CSP) partner."
        nl "Gekocht bij een Cloud Solution Provider-partner (CSP).";
    channel_trial_means:
        en "A trial: free of charge until its end date."
        nl "Een proefversie: gratis tot de einddatum.";
    channel_free_means:
        en "A user signed up for it, for oneself. It costs nothing."
        nl "Een gebruiker heeft zich er zelf voor aangemeld. Het kost niets.";
    channel_self_service_means: en "Bought by a user for the team." nl "Gekocht door een gebruiker voor het team.";

    // Terms and billing frequencies (domain 1.2).
    term: en "Term" nl "Termijn";
    term_monthly: en "Monthly commitment" nl "Maandelijkse verplichting";
    term_annual: en "Annual commitment" nl "Jaarlijkse verplichting";
    billing_frequency: en "Billing frequency" nl "Factureringsfrequentie";
    frequency_monthly: en "Monthly" nl "Maandelijks";
    frequency_annual: en "Yearly" nl "Jaarlijks";
    pay_monthly: en "Pay monthly" nl "Maandelijks betalen";
    pay_yearly: en "Pay yearly" nl "Jaarlijks betalen";
    recurring_billing: en "Recurring billing" nl "Terugkerende facturering";
    /// A price for one license and one month.
    per_month: en "per month" nl "per maand";
    per_year: en "per year" nl "per jaar";
    price_per_license_month(price: Money):
        en "{price} per license per month"
        nl "{price} per licentie per maand";
    price_per_license_year(price: Money):
        en "{price} per license per year"
        nl "{price} per licentie per jaar";
    price_per_month(price: Money):
        en "{price} per month"
        nl "{price} per maand";
    price_per_year(price: Money):
        en "{price} per year"
        nl "{price} per jaar";

    // Statuses of orders, people and organizations.
    order_status: en "Order status" nl "Orderstatus";
    order_payment_pending: en "Waiting for the payment" nl "Wacht op de betaling";
    order_confirmation_required: en "Waiting for confirmation at the bank" nl "Wacht op bevestiging bij de bank";
    order_credit_check_pending: en "Waiting for the credit check" nl "Wacht op de kredietcontrole";
    order_posted: en "Completed" nl "Voltooid";
    order_voided: en "Voided" nl "Vervallen";
    order_kind_purchase: en "New subscription" nl "Nieuw abonnement";
    order_kind_add: en "More licenses" nl "Meer licenties";
    order_kind_remove: en "Fewer licenses" nl "Minder licenties";
    credit_check: en "Credit check" nl "Kredietcontrole";
    credit_check_pending: en "Under way" nl "Loopt";
    credit_check_passed: en "Passed" nl "Goedgekeurd";
    credit_check_failed: en "Failed" nl "Afgekeurd";
    user_status: en "Sign-in" nl "Aanmelding";
    user_status_active: en "Can sign in" nl "Kan zich aanmelden";
    user_status_blocked: en "Blocked" nl "Geblokkeerd";
    user_status_licensed: en "Licensed" nl "Met licentie";
    user_status_unlicensed: en "Unlicensed" nl "Zonder licentie";
    user_status_deleted: en "Deleted person" nl "Verwijderde persoon";
    organization_status_active: en "In use" nl "In gebruik";
    organization_status_suspended: en "Suspended" nl "Opgeschort";
    organization_status_sandbox: en "Sandbox" nl "Sandbox";

    // Product categories.
    category_productivity: en "Productivity" nl "Productiviteit";
    category_security: en "Security" nl "Beveiliging";
    category_communication: en "Communication" nl "Communicatie";
    category_business_apps: en "Business apps" nl "Zakelijke apps";
    category_data_analytics: en "Data & analytics" nl "Gegevens en analyse";
    category_windows_devices: en "Windows & devices" nl "Windows en apparaten";
    category_developer: en "Developer" nl "Ontwikkeling";
    category_other: en "Other" nl "Overig";

    // Clouds (domain 7).
    cloud: en "Cloud" nl "Cloud";
    cloud_worldwide: en "Worldwide" nl "Wereldwijd";
    cloud_germany: en "Germany" nl "Duitsland";
    cloud_china: en "China (21Vianet)" nl "China (21Vianet)";

    // Currencies.
    currency: en "Currency" nl "Valuta";
    currency_eur: en "Euro" nl "Euro";
    currency_usd: en "US dollar" nl "Amerikaanse dollar";
    currency_gbp: en "Pound sterling" nl "Britse pond";
    currency_cny: en "Chinese yuan" nl "Chinese yuan";
    currency_jpy: en "Japanese yen" nl "Japanse yen";
    currency_kwd: en "Kuwaiti dinar" nl "Koeweitse dinar";
}

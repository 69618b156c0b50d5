//! Home: what needs attention, with pictures.

use crate::macros::sentences;
use jiff::civil::Date;

sentences! {
    home_title(organization: &str):
        en "Welcome to {organization}"
        nl "Welkom bij {organization}";
    home_purpose:
        en "What needs your attention now, and how your licenses are used."
        nl "Wat nu uw aandacht vraagt en hoe uw licenties worden gebruikt.";

    // What needs attention.
    needs_attention: en "Needs attention" nl "Vraagt aandacht";
    all_in_order: en "Nothing needs your attention." nl "Er is niets dat uw aandacht vraagt.";
    attention_credit_checks(count: i64):
        en one "{count} subscription waits for a credit check" other "{count} subscriptions wait for a credit check"
        nl one "{count} abonnement wacht op een kredietcontrole"
            other "{count} abonnementen wachten op een kredietcontrole";
    attention_credit_checks_what:
        en "Licenses become available when the check is done, within two working days as a rule."
        nl "Licenties komen beschikbaar als de controle is afgerond, doorgaans binnen twee werkdagen.";
    attention_conflicts(count: i64):
        en one "{count} person is without a valid license" other "{count} people are without a valid license"
        nl one "{count} persoon heeft geen geldige licentie" other "{count} personen hebben geen geldige licentie";
    attention_conflicts_what:
        en "Buy licenses or unassign them before the conflict ends."
        nl "Koop licenties of hef toewijzingen op voordat het conflict afloopt.";
    attention_renewals(count: i64):
        en one "{count} subscription renews within 30 days" other "{count} subscriptions renew within 30 days"
        nl one "{count} abonnement wordt binnen 30 dagen verlengd"
            other "{count} abonnementen worden binnen 30 dagen verlengd";
    attention_renewals_what:
        en "Check the number of licenses before the next period is charged."
        nl "Controleer het aantal licenties voordat de volgende periode in rekening wordt gebracht.";
    attention_expiring(count: i64):
        en one "{count} subscription expires within 30 days" other "{count} subscriptions expire within 30 days"
        nl one "{count} abonnement verloopt binnen 30 dagen" other "{count} abonnementen verlopen binnen 30 dagen";
    attention_expiring_what:
        en "People lose access some time after that. Turn recurring billing on to keep them."
        nl "Daarna verliezen gebruikers op den duur de toegang. Schakel terugkerende facturering in om ze te behouden.";
    attention_unused(count: i64):
        en one "{count} license is not used" other "{count} licenses are not used"
        nl one "{count} licentie wordt niet gebruikt" other "{count} licenties worden niet gebruikt";
    attention_unused_what:
        en "Unused licenses are charged too. Assign them or lower the total."
        nl "Ongebruikte licenties worden ook in rekening gebracht. Wijs ze toe of verlaag het totaal.";
    /// Before what to do about unused licenses; the cost is of one period each.
    attention_unused_cost(cost: &str):
        en "That costs {cost}."
        nl "Dat kost {cost}.";
    attention_expired(count: i64):
        en one "{count} subscription has expired" other "{count} subscriptions have expired"
        nl one "{count} abonnement is verlopen" other "{count} abonnementen zijn verlopen";
    attention_expired_what:
        en "People still have access for a while. Reactivate in time, or buy anew."
        nl "Gebruikers hebben nog enige tijd toegang. Activeer op tijd opnieuw of koop een nieuw abonnement.";
    attention_disabled(count: i64):
        en one "{count} subscription is disabled" other "{count} subscriptions are disabled"
        nl one "{count} abonnement is uitgeschakeld" other "{count} abonnementen zijn uitgeschakeld";
    attention_disabled_what:
        en "People have no access. Reactivate before the data is erased."
        nl "Gebruikers hebben geen toegang. Activeer opnieuw voordat de gegevens worden gewist.";

    // Pictures.
    usage_picture: en "Licenses used against bought" nl "Gebruikte en gekochte licenties";
    usage_picture_purpose:
        en "The bar is what is assigned, the line is what you bought."
        nl "De balk is wat is toegewezen, de streep is wat u hebt gekocht.";
    renewals_picture: en "What renews when" nl "Wat wanneer wordt verlengd";
    renewals_picture_purpose:
        en "Renewals and end dates of the next 90 days."
        nl "Verlengingen en einddatums van de komende 90 dagen.";
    renewals_picture_empty:
        en "Nothing renews or expires in the next 90 days."
        nl "In de komende 90 dagen wordt niets verlengd en verloopt niets.";
    /// One bar, for people who hear the picture.
    usage_of_product(product: &str, assigned: i64, bought: i64):
        en "{product}: {assigned} of {bought} licenses assigned"
        nl "{product}: {assigned} van {bought} licenties toegewezen";
    /// One mark of the time line, for people who hear the picture.
    renewal_of_product(product: &str, date: Date):
        en "{product} renews on {date}"
        nl "{product} wordt verlengd op {date}";
    expiry_of_product(product: &str, date: Date):
        en "{product} expires on {date}"
        nl "{product} verloopt op {date}";
    home_recent: en "Recent changes" nl "Recente wijzigingen";
    home_empty:
        en "Your organization has no subscriptions yet. Buy the first one to begin."
        nl "Uw organisatie heeft nog geen abonnementen. Koop het eerste om te beginnen.";
    home_first_steps: en "Begin here" nl "Begin hier";
    home_step_people:
        en "Add the people of your organization, one by one or from a file."
        nl "Voeg de personen van uw organisatie toe, één voor één of uit een bestand.";
    home_step_buy: en "Choose products and how many licenses you need." nl "Kies producten en hoeveel licenties u nodig hebt.";
    home_step_assign: en "Give people the licenses that you bought." nl "Geef personen de licenties die u hebt gekocht.";
    home_no_licenses:
        en "Ask an admin of your organization for the apps that you need."
        nl "Vraag een beheerder van uw organisatie om de apps die u nodig hebt.";
    home_own_purchases: en "What you bought yourself" nl "Wat u zelf hebt gekocht";
    home_license_conflict: en "No valid license" nl "Geen geldige licentie";
    home_user_purpose: en "The apps and services that you can use." nl "De apps en services die u kunt gebruiken.";
}

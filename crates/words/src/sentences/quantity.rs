//! The pane that changes the number of licenses, and why it may be unavailable (domain 2.1, 2.2, R49 to R82).

use crate::macros::sentences;
use jiff::civil::Date;

sentences! {
    // The pane.
    total_licenses: en "Total licenses" nl "Totaal aantal licenties";
    total_licenses_hint(current: i64, assigned: i64):
        en "Enter the new total, not the difference. Now {current}, of which {assigned} are assigned."
        nl "Voer het nieuwe totaal in, niet het verschil. Nu {current}, waarvan {assigned} toegewezen.";
    submit_change: en "Submit change" nl "Wijziging verzenden";
    submit: en "Submit" nl "Verzenden";
    adds_licenses(count: i64):
        en one "Adds {count} license." other "Adds {count} licenses."
        nl one "Voegt {count} licentie toe." other "Voegt {count} licenties toe.";
    removes_licenses(count: i64):
        en one "Removes {count} license." other "Removes {count} licenses."
        nl one "Verwijdert {count} licentie." other "Verwijdert {count} licenties.";

    // What will happen.
    preview: en "What will happen" nl "Wat er gaat gebeuren";
    cost_now: en "Cost now" nl "Kosten nu";
    credit_now: en "Credit now" nl "Tegoed nu";
    cost_per_period: en "Cost per billing period" nl "Kosten per factureringsperiode";
    from_when: en "From when" nl "Vanaf wanneer";
    prorated_over_days(days: i64, period_days: i64):
        en "Counted over {days} of the {period_days} days of this period."
        nl "Berekend over {days} van de {period_days} dagen van deze periode.";

    // Results.
    licenses_added(count: i64, product: &str):
        en one "{count} license was added to {product}." other "{count} licenses were added to {product}."
        nl one "{count} licentie is toegevoegd aan {product}." other "{count} licenties zijn toegevoegd aan {product}.";
    licenses_removed(count: i64, product: &str):
        en one "{count} license was removed from {product}." other "{count} licenses were removed from {product}."
        nl one "{count} licentie is verwijderd uit {product}." other "{count} licenties zijn verwijderd uit {product}.";
    licenses_were_added(count: i64):
        en one "{count} license was added. Assign it so that someone can use it."
            other "{count} licenses were added. Assign them so that people can use them."
        nl one "{count} licentie is toegevoegd. Wijs deze toe, zodat iemand haar kan gebruiken."
            other "{count} licenties zijn toegevoegd. Wijs ze toe, zodat mensen ze kunnen gebruiken.";
    licenses_were_removed(count: i64):
        en one "{count} license was removed." other "{count} licenses were removed."
        nl one "{count} licentie is verwijderd." other "{count} licenties zijn verwijderd.";
    licenses_were_scheduled(count: i64):
        en one "{count} license ends with the present term. Until then you pay for it."
            other "{count} licenses end with the present term. Until then you pay for them."
        nl one "{count} licentie eindigt met de huidige looptijd. Tot dan betaalt u ervoor."
            other "{count} licenties eindigen met de huidige looptijd. Tot dan betaalt u ervoor.";
    more_licenses_were_scheduled(count: i64):
        en one "{count} license is added when the subscription renews. Until then you do not pay for it."
            other "{count} licenses are added when the subscription renews. Until then you do not pay for them."
        nl one "{count} licentie komt erbij bij de verlenging van het abonnement. Tot dan betaalt u er niet voor."
            other "{count} licenties komen erbij bij de verlenging van het abonnement. Tot dan betaalt u er niet voor.";
    counts_from_renewal(date: Date):
        en "From the renewal on {date}. Nothing changes before."
        nl "Vanaf de verlenging op {date}. Tot dan verandert er niets.";

    // Links of refusals.
    unassign_first_link: en "Go to the people who have a license" nl "Naar de personen met een licentie";

    // The reasons why the link is missing: reason, description, solution (R60 to R70).
    reasons_title:
        en "Why you may not be able to add or remove licenses"
        nl "Waarom u soms geen licenties kunt toevoegen of verwijderen";
    reasons_reason: en "Reason" nl "Reden";
    reason_credit_check: en "A credit check is pending" nl "Er loopt een kredietcontrole";
    reason_credit_check_description:
        en "The subscription says “Pending credit check”. You cannot buy licenses until the check is done."
        nl "Bij het abonnement staat ‘Kredietcontrole in behandeling’. U kunt pas licenties kopen als de controle is \
            afgerond.";
    reason_credit_check_solution:
        en "Come back later. A credit check takes up to two working days as a rule. The link returns in the section \
            Licenses when it is done."
        nl "Kom later terug. Een kredietcontrole duurt doorgaans hooguit twee werkdagen. Daarna staat de koppeling \
            weer in de sectie Licenties.";
    reason_prepaid:
        en "You bought the subscription with a product key"
        nl "U hebt het abonnement met een productcode gekocht";
    reason_prepaid_description:
        en "The subscription says “Prepaid”. It was bought and activated with a 25-character product key."
        nl "Bij het abonnement staat ‘Prepaid’. Het is gekocht en geactiveerd met een productcode van 25 tekens.";
    reason_prepaid_solution:
        en "Add licenses with another product key, or add a card or bank account."
        nl "Voeg licenties toe met een andere productcode, of voeg een kaart of bankrekening toe.";
    reason_volume_partner:
        en "You bought the subscription through a partner"
        nl "U hebt het abonnement via een partner gekocht";
    reason_volume_partner_description:
        en "The subscription has a link “Volume Licensing Service Center (VLSC)”."
        nl "Bij het abonnement staat de koppeling ‘Volume Licensing Service Center (VLSC)’.";
    reason_volume_partner_solution:
        en "Follow the link. Your partner sells you more licenses."
        nl "Volg de koppeling. Uw partner verkoopt u extra licenties.";
    reason_reseller:
        en "You bought the subscription through a reseller"
        nl "U hebt het abonnement via een reseller gekocht";
    reason_reseller_description:
        en "The subscription says “Reseller”. It was bought through a Cloud Solution Provider (CSP) partner."
        nl "Bij het abonnement staat ‘Reseller’. Het is gekocht bij een Cloud Solution Provider-partner (CSP).";
    reason_reseller_solution:
        en "Contact your CSP partner. Only the partner can change the number of licenses."
        nl "Neem contact op met uw CSP-partner. Alleen de partner kan het aantal licenties wijzigen.";
    reason_trial: en "You have a trial" nl "U hebt een proefversie";
    reason_trial_description: en "The subscription says “Trial”." nl "Bij het abonnement staat ‘Proefversie’.";
    reason_trial_solution:
        en "First buy the subscription, then add licenses."
        nl "Koop eerst het abonnement en voeg daarna licenties toe.";
}

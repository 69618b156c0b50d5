//! Licenses that people claim by themselves when they need a product (domain 2.8, R177).

use crate::macros::sentences;

sentences! {
    auto_claim: en "Auto-claim" nl "Automatisch claimen";
    auto_claim_purpose:
        en "People who need a product get a free license at once, without an admin."
        nl "Wie een product nodig heeft, krijgt meteen een vrije licentie, zonder beheerder.";
    auto_claim_help: en "How auto-claim works" nl "Zo werkt automatisch claimen";
    auto_claim_policy: en "Auto-claim policy" nl "Beleid voor automatisch claimen";
    auto_claim_add: en "Add a policy" nl "Beleid toevoegen";
    auto_claim_none: en "Nobody claims licenses" nl "Niemand claimt licenties";
    auto_claim_none_hint:
        en "Add a policy, and people have a license as soon as they need it. Nothing is bought by that."
        nl "Voeg een beleid toe, dan hebben mensen een licentie zodra ze die nodig hebben. Daarmee wordt niets gekocht.";
    auto_claim_note:
        en "Whoever signs in to an app of this product or requests a license of it gets one that is free, at once."
        nl "Wie zich bij een app van dit product aanmeldt of er een licentie voor aanvraagt, krijgt meteen een vrije.";
    auto_claim_product_hint:
        en "All its apps are on. You turn some off when the policy is there."
        nl "Alle apps ervan staan aan. U schakelt er een paar uit als het beleid er is.";
    auto_claim_apps_off(count: i64):
        en one "{count} app off" other "{count} apps off"
        nl one "{count} app uit" other "{count} apps uit";
    auto_claim_backups: en "When none is free" nl "Als er geen vrij is";
    auto_claim_backups_hint:
        en "People then get a license of one of these products, in this order."
        nl "Mensen krijgen dan een licentie voor een van deze producten, in deze volgorde.";
    auto_claim_backup_1: en "First backup" nl "Eerste reserve";
    auto_claim_backup_2: en "Second backup" nl "Tweede reserve";
    auto_claim_backup_3: en "Third backup" nl "Derde reserve";
    auto_claim_backup_4: en "Fourth backup" nl "Vierde reserve";
    auto_claim_no_backup: en "No other product" nl "Geen ander product";
    auto_claim_backup(product: &str, free: i64):
        en one "{product} ({free} free license)" other "{product} ({free} free licenses)"
        nl one "{product} ({free} vrije licentie)" other "{product} ({free} vrije licenties)";
    auto_claim_claims: en "Who claimed a license" nl "Wie een licentie heeft geclaimd";
    auto_claim_days(count: i64):
        en one "Last 24 hours" other "Last {count} days"
        nl one "Laatste 24 uur" other "Laatste {count} dagen";
    auto_claim_count(count: i64):
        en one "{count} license was claimed." other "{count} licenses were claimed."
        nl one "Er is {count} licentie geclaimd." other "Er zijn {count} licenties geclaimd.";
    auto_claim_was_set:
        en "The policy was saved. Whoever needs the product gets it as it says."
        nl "Het beleid is opgeslagen. Wie het product nodig heeft, krijgt het zoals daarin staat.";
    auto_claim_was_turned_off:
        en "The policy was turned off. Licenses that were given stay."
        nl "Het beleid is uitgeschakeld. Licenties die zijn gegeven, blijven.";
    license_was_claimed: en "You have a license now." nl "U hebt nu een licentie.";
    license_was_claimed_and_requested:
        en "You have a license now. Your request for the others was sent."
        nl "U hebt nu een licentie. Uw aanvraag voor de anderen is verstuurd.";
    refused_auto_claim_off:
        en "Licenses of this product are not given automatically."
        nl "Licenties van dit product worden niet automatisch gegeven.";
    event_auto_claim_on(product: &str):
        en "{product} is claimed by people who need it."
        nl "{product} wordt geclaimd door wie het nodig heeft.";
    event_auto_claim_backups(product: &str, backups: &str):
        en "{product} is claimed by people who need it; when none is free: {backups}."
        nl "{product} wordt geclaimd door wie het nodig heeft; als er geen vrij is: {backups}.";
    event_auto_claim_off(product: &str):
        en "{product} is no longer claimed."
        nl "{product} wordt niet langer geclaimd.";
    event_auto_claim_apps_off(count: usize): en "Apps that are off: {count}." nl "Apps die uit staan: {count}.";
    kind_auto_claim_changed: en "Auto-claim changed" nl "Automatisch claimen gewijzigd";
    event_license_claimed(person: &str, product: &str):
        en "{person} claimed a license of {product}."
        nl "{person} claimde een licentie voor {product}.";
    event_license_claimed_instead(person: &str, product: &str, needed: &str):
        en "{person} claimed a license of {product}, because none of {needed} was free."
        nl "{person} claimde een licentie voor {product}, omdat er geen voor {needed} vrij was.";
    auto_claim_turned_on:
        en "Auto-claim was turned on: people get licenses as the policies say."
        nl "Automatisch claimen is ingeschakeld: mensen krijgen licenties zoals het beleid zegt.";
    auto_claim_turned_off:
        en "Auto-claim was turned off. The policies and the licenses that were given stay."
        nl "Automatisch claimen is uitgeschakeld. Het beleid en de licenties die zijn gegeven, blijven.";
    kind_auto_claim_turned: en "Auto-claim turned on or off" nl "Automatisch claimen in- of uitgeschakeld";
    auto_claim_is_off:
        en "Auto-claim is off: nobody gets a license by these policies."
        nl "Automatisch claimen staat uit: niemand krijgt een licentie door dit beleid.";
    auto_claim_turn_off: en "Turn auto-claim off" nl "Automatisch claimen uitschakelen";
    kind_license_claimed: en "License claimed" nl "Licentie geclaimd";
}

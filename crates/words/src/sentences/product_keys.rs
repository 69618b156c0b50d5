//! Product keys: what is wrong with one, redeeming them, and the operator's batches (domain 3, 8.4, R84 to R100).

use crate::macros::sentences;
use jiff::civil::Date;

sentences! {
    // What is wrong with a key (domain 3).
    key_format:
        en "This is not a complete product key. Check the 25 characters."
        nl "Dit is geen volledige productcode. Controleer de 25 tekens.";
    key_mistyped:
        en "A character of this product key is wrong. Compare it with what you received."
        nl "Er klopt een teken niet in deze productcode. Vergelijk de code met wat u hebt ontvangen.";
    key_invalid:
        en "We do not know this product key. Check look-alikes such as 0/O, 5/S, 1/I."
        nl "Deze productcode is onbekend. Let op tekens die op elkaar lijken, zoals 0/O, 5/S en 1/I.";
    key_consumer:
        en "This key is for a different product and cannot be used here."
        nl "Deze code hoort bij een ander product en kan hier niet worden gebruikt.";
    key_duplicate: en "You have already added this key." nl "Deze code staat al in de lijst.";
    key_used: en "This key was redeemed earlier." nl "Deze code is al eerder ingewisseld.";
    key_revoked:
        en "The seller withdrew this key. Ask the seller for another one."
        nl "De verkoper heeft deze code ingetrokken. Vraag de verkoper om een andere.";
    key_expired:
        en "This key is no longer valid; use a newer one."
        nl "Deze code is niet meer geldig; gebruik een nieuwe.";
    key_wrong_product:
        en "This key belongs to another subscription product."
        nl "Deze code hoort bij een ander abonnement.";
    key_region:
        en "This offer is not available in your country or region."
        nl "Dit aanbod is in uw land of regio niet beschikbaar.";
    key_offer_gone: en "This offer cannot be started." nl "Dit aanbod kan niet worden gestart.";
    key_too_many(maximum: u32):
        en "This key brings you above the maximum of {maximum} licenses. Take it out or use a smaller one."
        nl "Met deze code komt u boven het maximum van {maximum} licenties. Verwijder de code of gebruik een kleinere.";
    key_more_licenses(total: u32):
        en "This key has more licenses than the {total} of the subscription. Use it to add licenses."
        nl "Deze code heeft meer licenties dan de {total} van het abonnement. Gebruik de code om licenties toe te voegen.";
    key_other_term:
        en "This key runs for another time than the first one. Redeem it by itself."
        nl "Deze code heeft een andere looptijd dan de eerste. Wissel de code apart in.";
    key_role:
        en "Only a global or billing admin can redeem keys."
        nl "Alleen een globale beheerder of factureringsbeheerder kan codes inwisselen.";
    key_busy: en "Product keys cannot be redeemed now." nl "Productcodes kunnen nu niet worden ingewisseld.";
    remedy_key_busy:
        en "Try again in a few minutes; after 15 minutes contact support."
        nl "Probeer het over enkele minuten opnieuw; neem na 15 minuten contact op met ondersteuning.";
    keys_refused(count: u32):
        en one "{count} product key cannot be redeemed, so none was."
            other "{count} product keys cannot be redeemed, so none was."
        nl one "{count} productcode kan niet worden ingewisseld; daarom is er geen enkele ingewisseld."
            other "{count} productcodes kunnen niet worden ingewisseld; daarom is er geen enkele ingewisseld.";
    too_many_keys(maximum: u32):
        en "Redeem at most {maximum} product keys at a time."
        nl "Wissel maximaal {maximum} productcodes tegelijk in.";
    keys_not_set_up:
        en "Product keys are not set up on this server: ZETEL_PRODUCT_KEY_SECRET is missing or shorter than 32 \
            characters."
        nl "Productcodes zijn op deze server niet ingesteld: ZETEL_PRODUCT_KEY_SECRET ontbreekt of is korter dan 32 \
            tekens.";
    batch_not_ready:
        en "The keys of this batch are still being made. Wait until all are there."
        nl "De codes van deze reeks worden nog gemaakt. Wacht tot ze er allemaal zijn.";
    batch_exported:
        en "The keys of this batch were exported before, and Zetel no longer knows them."
        nl "De codes van deze reeks zijn al geëxporteerd en Zetel kent ze niet meer.";
    batch_revoked: en "This batch was revoked before." nl "Deze reeks is al ingetrokken.";
    day_past: en "Choose a day that is not past." nl "Kies een dag die nog niet voorbij is.";
    closed_not_prepaid:
        en "Not bought with a product key."
        nl "Niet met een productcode gekocht.";
    remedy_not_prepaid:
        en "Change the number of licenses, or redeem the key for a new subscription."
        nl "Wijzig het aantal licenties of wissel de code in voor een nieuw abonnement.";

    use_key_to_extend_note(ends_on: Date):
        en "The term of the key begins on {ends_on}, when the present one ends."
        nl "De looptijd van de code begint op {ends_on}, als de huidige eindigt.";
    use_keys_for_both:
        en "Use several keys, to add licenses and to extend"
        nl "Meerdere codes gebruiken, om licenties toe te voegen en te verlengen";
    use_keys_for_both_note: en "You choose for each key." nl "U kiest per code.";
    use_card_for_more: en "Pay by card or bank account" nl "Met een kaart of bankrekening betalen";
    use_card_for_more_note:
        en "This makes a second subscription with just the new licenses."
        nl "Dit wordt een tweede abonnement met alleen de nieuwe licenties.";
    use_card_to_extend_note:
        en "One more term for the licenses you have now, at today's price. You pay for it now."
        nl "Nog één termijn voor de licenties die u nu hebt, tegen de prijs van vandaag. U betaalt die nu.";
    use_card_to_extend: en "Pay by card or bank account instead" nl "In plaats daarvan met kaart of bankrekening betalen";
    extend_by_card_hint:
        en "For the licenses that the subscription has now. The whole term is paid now, with tax."
        nl "Voor de licenties die het abonnement nu heeft. U betaalt de hele termijn nu, met belasting.";
    extend_days_over(days: i64):
        en one "{days} day of it is over already" other "{days} days of it are over already"
        nl one "{days} dag ervan is al voorbij" other "{days} dagen ervan zijn al voorbij";
    extend_stays_prepaid:
        en "The subscription stays prepaid: it ends by itself, and nothing else is charged."
        nl "Het abonnement blijft vooruitbetaald: het eindigt vanzelf en er wordt verder niets in rekening gebracht.";
    extend_help: en "About extending a subscription" nl "Over het verlengen van een abonnement";
    order_extended_text(count: i64, product: &str):
        en one "{count} license of {product} runs on for one more term."
            other "{count} licenses of {product} run on for one more term."
        nl one "{count} licentie voor {product} loopt nog een termijn door."
            other "{count} licenties voor {product} lopen nog een termijn door.";
    product_key_use(number: u32): en "Use key {number} to" nl "Gebruik code {number} voor";
    review_costs_nothing: en "Nothing. Product keys are paid already." nl "Niets. Productcodes zijn al betaald.";
    key_month: en "One month" nl "Eén maand";
    key_year: en "One year" nl "Eén jaar";
    review_key_adds(quantity: u32, day: Date):
        en one "{quantity} license until {day}" other "{quantity} licenses until {day}"
        nl one "{quantity} licentie tot {day}" other "{quantity} licenties tot {day}";
    review_key_extends(term: &str, day: Date): en "{term} longer, until {day}" nl "{term} langer, tot {day}";
    key_extends(term: &str): en "{term} longer" nl "{term} langer";
    review_brings_back:
        en "The subscription is active again at once."
        nl "Het abonnement is meteen weer actief.";
    review_licenses_end(count: u32):
        en one "{count} license ends now, because the smallest key sets the total."
            other "{count} licenses end now, because the smallest key sets the total."
        nl one "{count} licentie eindigt nu, omdat de kleinste code het totaal bepaalt."
            other "{count} licenties eindigen nu, omdat de kleinste code het totaal bepaalt.";
    review_licenses_lost(count: u32, key: &str):
        en one "{key}: {count} license is lost, because a smaller key sets the total."
            other "{key}: {count} licenses are lost, because a smaller key sets the total."
        nl one "{key}: {count} licentie gaat verloren, omdat een kleinere code het totaal bepaalt."
            other "{key}: {count} licenties gaan verloren, omdat een kleinere code het totaal bepaalt.";
    review_days_lost(days: i64, key: &str):
        en one "{key}: {days} day of its term is lost, because the licenses end with the subscription."
            other "{key}: {days} days of its term are lost, because the licenses end with the subscription."
        nl one "{key}: {days} dag van de looptijd gaat verloren, omdat de licenties met het abonnement eindigen."
            other "{key}: {days} dagen van de looptijd gaan verloren, omdat de licenties met het abonnement eindigen.";
    review_days_over(days: i64, key: &str):
        en one "{key}: {days} day of its term is over already."
            other "{key}: {days} days of its term are over already."
        nl one "{key}: {days} dag van de looptijd is al voorbij."
            other "{key}: {days} dagen van de looptijd zijn al voorbij.";
    review_days_gained(days: i64, key: &str):
        en one "{key}: the licenses run {days} day longer than the term of the key."
            other "{key}: the licenses run {days} days longer than the term of the key."
        nl one "{key}: de licenties lopen {days} dag langer dan de looptijd van de code."
            other "{key}: de licenties lopen {days} dagen langer dan de looptijd van de code.";
    review_assign_after:
        en "New licenses have to be assigned before people can use them."
        nl "Nieuwe licenties moeten worden toegewezen voordat mensen ze kunnen gebruiken.";
    key_own_subscription: en "Start a subscription of its own" nl "Een eigen abonnement beginnen";
    key_own_subscription_note:
        en "As a subscription of its own the key runs for its whole term."
        nl "Als eigen abonnement geldt de code de hele looptijd.";
    product_keys_were_redeemed(count: i64):
        en one "{count} product key was redeemed." other "{count} product keys were redeemed."
        nl one "{count} productcode is ingewisseld." other "{count} productcodes zijn ingewisseld.";

    // The command line.
    cli_about_product_keys:
        en "Make, revoke, look up and redeem product keys"
        nl "Productcodes maken, intrekken, opzoeken en inwisselen";
    cli_demo_keys(product: &str, keys: &str):
        en "Product keys to try, for {product}: {keys}"
        nl "Productcodes om te proberen, voor {product}: {keys}";
    cli_keys_made(count: u32, batch: &str):
        en one "{count} product key was made: {batch}" other "{count} product keys were made: {batch}"
        nl one "{count} productcode is gemaakt: {batch}" other "{count} productcodes zijn gemaakt: {batch}";
    keys_were_revoked(count: i64):
        en one "{count} product key was revoked." other "{count} product keys were revoked."
        nl one "{count} productcode is ingetrokken." other "{count} productcodes zijn ingetrokken.";
    cli_no_such_sku(part_number: &str):
        en "No SKU has the part number {part_number}."
        nl "Er is geen SKU met artikelnummer {part_number}.";
    cli_no_such_key: en "There is no such product key." nl "Die productcode bestaat niet.";

    // The operator's batches.
    licenses_per_key: en "Licenses per key" nl "Licenties per code";
    key_count: en "Number of keys" nl "Aantal codes";
    redeem_by: en "Redeem by" nl "Inwisselen tot en met";
    make_product_keys: en "Make product keys" nl "Productcodes maken";
    make_product_keys_purpose:
        en "Each key gives its licenses for one term to the organization that redeems it. It is paid already."
        nl "Elke code geeft de organisatie die deze inwisselt één termijn lang licenties. De code is al betaald.";
    product_key_batches_purpose:
        en "Keys of 25 characters that were paid beforehand. You make them in batches and hand them out yourself."
        nl "Codes van 25 tekens die vooraf zijn betaald. U maakt ze per reeks en deelt ze zelf uit.";
    product_key_batch: en "Batch" nl "Reeks";
    product_keys_of(keys: u32, product: &str):
        en one "{keys} key for {product}" other "{keys} keys for {product}"
        nl one "{keys} code voor {product}" other "{keys} codes voor {product}";
    product_keys_empty: en "No product keys were made yet." nl "Er zijn nog geen productcodes gemaakt.";
    product_keys_search: en "A key, or its last five characters" nl "Een code, of de laatste vijf tekens";
    product_keys_look_up: en "Look up" nl "Opzoeken";
    product_keys_none_found:
        en "No product key of this server ends so."
        nl "Geen enkele productcode van deze server eindigt zo.";
    product_keys_guessed:
        en "Many unknown product keys were tried lately. These have to wait before they can go on:"
        nl "Er zijn onlangs veel onbekende productcodes geprobeerd. Deze moeten wachten voordat ze verder kunnen:";
    product_keys_guessed_by(who: &str, tries: i64, at: &str):
        en one "{who}: {tries} try, the last one {at}" other "{who}: {tries} tries, the last one {at}"
        nl one "{who}: {tries} poging, de laatste {at}" other "{who}: {tries} pogingen, de laatste {at}";
    key_count_hint(maximum: &str): en "At most {maximum}." nl "Hoogstens {maximum}.";
    key_country: en "Where they can be redeemed" nl "Waar ze kunnen worden ingewisseld";
    key_for_every_country: en "Everywhere" nl "Overal";
    key_has_no_last_day: en "No last day" nl "Geen laatste dag";
    redeem_by_hint: en "Leave it empty when they stay valid." nl "Laat dit leeg als ze geldig blijven.";
    batch_is_being_made: en "Being made" nl "Wordt gemaakt";
    batch_is_past: en "Redeem-by day is past" nl "Inwisseldag is voorbij";
    batch_is_to_be_exported: en "To be exported" nl "Nog te exporteren";
    batch_can_be_redeemed: en "Can be redeemed" nl "In te wisselen";
    batch_was_made: en "Made" nl "Gemaakt";
    batch_was_exported: en "Exported" nl "Geëxporteerd";
    key_is_redeemed: en "Redeemed" nl "Ingewisseld";
    key_is_unused: en "Unused" nl "Ongebruikt";
    key_was_used: en "Used to" nl "Gebruikt om";
    key_was_used_to_start: en "Start a subscription" nl "Een abonnement te beginnen";
    key_was_used_to_add: en "Add licenses" nl "Licenties toe te voegen";
    key_was_used_to_extend: en "Extend the end date" nl "De einddatum te verlengen";
    keys_redeemed: en "Redeemed keys" nl "Ingewisselde codes";
    keys_redeemed_none: en "No key of this batch was redeemed yet." nl "Van deze reeks is nog geen code ingewisseld.";
    keys_redeemed_newest(shown: i64, all: i64):
        en "The newest {shown} of {all}"
        nl "De nieuwste {shown} van {all}";
    export_product_keys: en "Export product keys" nl "Productcodes exporteren";
    export_keys_waiting:
        en "All keys are there. Export them to hand them out."
        nl "Alle codes zijn er. Exporteer ze om ze uit te delen.";
    export_keys_take:
        en "Download the file and check that it is complete. If the download breaks off, download it again."
        nl "Download het bestand en controleer of het compleet is. Breekt het downloaden af, doe het dan opnieuw.";
    export_keys_file: en "Download the keys (CSV)" nl "De codes downloaden (CSV)";
    export_keys_confirm:
        en "Keep it where only those can read it who hand the keys out, and confirm that you have it."
        nl "Bewaar het waar alleen degenen het kunnen lezen die de codes uitdelen, en bevestig dat u het hebt.";
    export_keys_consequence:
        en "Once you confirm, Zetel forgets the keys. It can still recognize them, but never show them again."
        nl "Nadat u bevestigt, vergeet Zetel de codes. Ze worden nog herkend, maar nooit meer getoond.";
    export_keys_done: en "I have the file" nl "Ik heb het bestand";
    revoke_unused_keys: en "Revoke unused keys" nl "Ongebruikte codes intrekken";
    revoke_batch_consequence(count: i64):
        en one "{count} unused key can never be redeemed any more." other "{count} unused keys can never be redeemed any more."
        nl one "{count} ongebruikte code kan nooit meer worden ingewisseld."
            other "{count} ongebruikte codes kunnen nooit meer worden ingewisseld.";
    revoke_batch_keeps_redeemed(count: i64):
        en one "{count} key was redeemed; those licenses stay." other "{count} keys were redeemed; those licenses stay."
        nl one "{count} code is ingewisseld; die licenties blijven." other "{count} codes zijn ingewisseld; die licenties blijven.";
    revoke_product_key: en "Revoke this key" nl "Deze code intrekken";
    revoke_key_consequence(last_five: &str):
        en "The key that ends in {last_five} can never be redeemed any more."
        nl "De code die eindigt op {last_five} kan nooit meer worden ingewisseld.";
    product_keys_begun: en "The product keys are being made." nl "De productcodes worden gemaakt.";
    product_keys_are_exported:
        en "The export is done. Zetel no longer knows the keys."
        nl "De export is klaar. Zetel kent de codes niet meer.";

    // The history.
    kind_product_keys_created: en "Product keys made" nl "Productcodes gemaakt";
    kind_product_keys_exported: en "Product keys exported" nl "Productcodes geëxporteerd";
    kind_product_key_batch_revoked: en "Batch of product keys revoked" nl "Reeks productcodes ingetrokken";
    kind_product_key_revoked: en "Product key revoked" nl "Productcode ingetrokken";
    kind_product_keys_redeemed: en "Product keys redeemed" nl "Productcodes ingewisseld";
    kind_product_key_guessing: en "Product keys guessed" nl "Productcodes geraden";
    event_product_keys_created(keys: u32, part_number: &str, quantity: u32):
        en one "{keys} product key for {part_number} was made, of {quantity} licenses."
            other "{keys} product keys for {part_number} were made, of {quantity} licenses each."
        nl one "{keys} productcode voor {part_number} is gemaakt, van {quantity} licenties."
            other "{keys} productcodes voor {part_number} zijn gemaakt, van elk {quantity} licenties.";
    event_product_keys_exported(keys: u32, part_number: &str):
        en one "{keys} product key for {part_number} was exported."
            other "{keys} product keys for {part_number} were exported."
        nl one "{keys} productcode voor {part_number} is geëxporteerd."
            other "{keys} productcodes voor {part_number} zijn geëxporteerd.";
    event_product_key_batch_revoked(keys: u32, part_number: &str):
        en one "{keys} product key for {part_number} was revoked."
            other "{keys} product keys for {part_number} were revoked."
        nl one "{keys} productcode voor {part_number} is ingetrokken."
            other "{keys} productcodes voor {part_number} zijn ingetrokken.";
    event_product_key_revoked(last_five: &str):
        en "The product key that ends in {last_five} was revoked."
        nl "De productcode die eindigt op {last_five} is ingetrokken.";
    event_product_keys_redeemed(count: u32, keys: &str, product: &str):
        en one "The product key that ends in {keys} was redeemed for {product}."
            other "{count} product keys were redeemed for {product}: {keys}."
        nl one "De productcode die eindigt op {keys} is ingewisseld voor {product}."
            other "{count} productcodes zijn ingewisseld voor {product}: {keys}.";
    event_product_key_guessing(tries: u32, client: &str):
        en one "{tries} unknown product key was tried from {client}. Trying is closed for a while."
            other "{tries} unknown product keys were tried from {client}. Trying is closed for a while."
        nl one "Vanaf {client} is {tries} onbekende productcode geprobeerd. Proberen kan een tijd niet."
            other "Vanaf {client} zijn {tries} onbekende productcodes geprobeerd. Proberen kan een tijd niet.";

    // Adding and extending (domain 8.3, 8.4).
    product_key: en "Product key" nl "Productcode";
    product_keys: en "Product keys" nl "Productcodes";
    redeem_a_product_key: en "Redeem a product key" nl "Een productcode inwisselen";
    redeem_first_purpose:
        en "A key of 25 characters starts a subscription of its own. It is paid already."
        nl "Met een code van 25 tekens begint een eigen abonnement. Het is al betaald.";
    add_more_licenses: en "Add more licenses" nl "Meer licenties toevoegen";
    renew_or_add_user_licenses: en "Renew or add user licenses" nl "Gebruikerslicenties verlengen of toevoegen";
    use_new_product_key:
        en "Use a new and unused product key"
        nl "Een nieuwe en ongebruikte productcode gebruiken";
    use_key_to_add_note(ends_on: Date):
        en "The licenses of the key come to this subscription and run until {ends_on}."
        nl "De licenties van de code komen bij dit abonnement en lopen tot {ends_on}.";
    product_key_number(number: u32): en "Product key {number}" nl "Productcode {number}";
    product_key_hint:
        en "25 characters, with or without dashes. You can paste several keys at once."
        nl "25 tekens, met of zonder streepjes. U kunt meerdere codes tegelijk plakken.";
    add_another_product_key: en "Add another product key" nl "Nog een productcode toevoegen";
    redeem: en "Redeem" nl "Inwisselen";
    order_review: en "Review the order" nl "Bestelling controleren";
    key_ends_in(last_five: &str): en "Key …-{last_five}" nl "Code …-{last_five}";
}

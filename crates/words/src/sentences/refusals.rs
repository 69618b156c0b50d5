//! What Zetel refuses and what to do about it: a sentence for each refusal of the domain, and a remedy where one helps.
//! Together they read as domain 8.6 has them. Pages do not call these; `names.rs` chooses among them.

use crate::macros::sentences;
use domain::money::Money;
use jiff::civil::Date;

sentences! {
    // What was typed.
    refused_required: en "Fill in this field." nl "Vul dit veld in.";
    refused_too_long(maximum: u32):
        en "Use at most {maximum} characters."
        nl "Gebruik maximaal {maximum} tekens.";
    refused_control_character:
        en "Use letters, digits and ordinary punctuation only."
        nl "Gebruik alleen letters, cijfers en gewone leestekens.";
    refused_not_an_email:
        en "Enter an e-mail address, such as name@example.com."
        nl "Voer een e-mailadres in, bijvoorbeeld naam@voorbeeld.nl.";
    refused_not_a_telephone:
        en "Enter a telephone number, such as +31 20 123 4567."
        nl "Voer een telefoonnummer in, bijvoorbeeld +31 20 123 4567.";
    refused_unknown_country:
        en "This country is not known. Enter its two-letter code, such as NL."
        nl "Dit land is onbekend. Voer de code van twee letters in, bijvoorbeeld NL.";
    refused_unknown_time_zone:
        en "This time zone is not known. Enter a name such as Europe/Amsterdam."
        nl "Deze tijdzone is onbekend. Voer een naam in zoals Europe/Amsterdam.";
    refused_unknown_choice: en "Choose one of the values." nl "Kies een van de waarden.";
    refused_unknown_customer:
        en "No customer has this identifier. Ask the customer to copy it from Settings > Partners."
        nl "Geen klant heeft deze identificatie. Vraag de klant om haar te kopiëren bij Instellingen > Partners.";
    refused_day_out_of_range(first: &str, last: &str):
        en "Enter a day from {first} to {last}."
        nl "Voer een dag van {first} tot en met {last} in.";
    refused_day_to_come:
        en "This day is yet to come. Enter today or an earlier day."
        nl "Deze dag moet nog komen. Voer vandaag of een eerdere dag in.";
    refused_prefix_shape:
        en "Use letters, digits and hyphens only, such as Z-."
        nl "Gebruik alleen letters, cijfers en streepjes, zoals Z-.";
    refused_below_one: en "Enter a whole number from 1 on." nl "Voer een geheel getal vanaf 1 in.";
    refused_address_on_line(line: u32, address: &str):
        en "Line {line} is not an email address: {address}"
        nl "Regel {line} is geen e-mailadres: {address}";
    refused_not_a_number: en "Enter a whole number, such as 105." nl "Voer een geheel getal in, bijvoorbeeld 105.";
    refused_out_of_range(minimum: i64, maximum: i64):
        en "Enter a whole number from {minimum} to {maximum}."
        nl "Voer een geheel getal van {minimum} tot en met {maximum} in.";
    refused_not_an_amount: en "Enter an amount, such as 12.50." nl "Voer een bedrag in, bijvoorbeeld 12,50.";
    refused_password_too_short(minimum: u32):
        en "Use at least {minimum} characters."
        nl "Gebruik minstens {minimum} tekens.";
    refused_email_taken:
        en "Another person of your organization has this address."
        nl "Iemand anders in uw organisatie heeft dit adres.";
    refused_email_twice(line: &str):
        en "This address is already on line {line} of the file."
        nl "Dit adres staat al op regel {line} van het bestand.";
    refused_unknown_user:
        en "Nobody in your organization has this e-mail address. Check it, or add the person first."
        nl "Niemand in uw organisatie heeft dit e-mailadres. Controleer het, of voeg de persoon eerst toe.";
    refused_name_taken: en "This name is taken. Choose another one." nl "Deze naam is bezet. Kies een andere.";
    refused_tax_number_shape(example: &str):
        en "A VAT number of this country looks like {example}."
        nl "Een btw-nummer van dit land ziet eruit als {example}.";
    refused_tax_number_mistyped:
        en "The check digits of this VAT number do not fit."
        nl "De controlecijfers van dit btw-nummer kloppen niet.";
    remedy_compare_with_tax_office:
        en "Compare it with the letter of the tax office."
        nl "Vergelijk het met de brief van de Belastingdienst.";
    refused_iban_shape:
        en "Enter an IBAN: two letters, two digits and the account, such as NL91 ABNA 0417 1643 00."
        nl "Voer een IBAN in: twee letters, twee cijfers en de rekening, bijvoorbeeld NL91 ABNA 0417 1643 00.";
    refused_iban_length(expected: u32, found: u32):
        en "An IBAN of this country has {expected} characters; this one has {found}."
        nl "Een IBAN van dit land heeft {expected} tekens; deze heeft er {found}.";
    refused_iban_mistyped:
        en "The check digits of this IBAN do not fit."
        nl "De controlecijfers van deze IBAN kloppen niet.";
    remedy_compare_with_bank:
        en "Compare it with your bank statement."
        nl "Vergelijk hem met uw bankafschrift.";
    refused_iban_outside_sepa:
        en "Direct debit cannot reach this bank: it is outside the SEPA area."
        nl "Automatische incasso kan deze bank niet bereiken: zij ligt buiten het SEPA-gebied.";
    remedy_other_bank_account:
        en "Use an account of a bank in the SEPA area, or a card."
        nl "Gebruik een rekening van een bank in het SEPA-gebied of een kaart.";

    // Files.
    refused_file_empty: en "The file is empty." nl "Het bestand is leeg.";
    refused_file_too_large(megabytes: u32):
        en "The file is larger than {megabytes} MB."
        nl "Het bestand is groter dan {megabytes} MB.";
    remedy_split_the_file: en "Split it and upload the parts." nl "Splits het en upload de delen.";
    refused_too_many_rows(maximum: u32):
        en "The file has more than {maximum} rows."
        nl "Het bestand heeft meer dan {maximum} rijen.";
    refused_missing_columns(columns: &str):
        en "The file lacks these columns: {columns}."
        nl "In het bestand ontbreken deze kolommen: {columns}.";
    remedy_use_the_template:
        en "Download the template to see all columns."
        nl "Download de sjabloon om alle kolommen te zien.";
    refused_unreadable_row:
        en "This row cannot be read. A quote may be missing, or a column too many."
        nl "Deze rij is niet te lezen. Er ontbreekt misschien een aanhalingsteken, of er is een kolom te veel.";
    refused_not_utf8: en "The file is not UTF-8 text." nl "Het bestand is geen UTF-8-tekst.";
    remedy_save_as_utf8: en "Save it as CSV (UTF-8)." nl "Sla het op als CSV (UTF-8).";
    refused_rows(count: u32):
        en one "{count} row is wrong, so nothing was taken." other "{count} rows are wrong, so nothing was taken."
        nl one "{count} rij klopt niet, dus er is niets overgenomen."
            other "{count} rijen kloppen niet, dus er is niets overgenomen.";
    remedy_correct_the_rows:
        en "Correct them and upload the file again."
        nl "Verbeter ze en upload het bestand opnieuw.";
    refused_row_field_count(expected: usize, found: usize):
        en "The row has {found} fields instead of {expected}."
        nl "De rij heeft {found} velden in plaats van {expected}.";
    refused_row_empty(column: &str):
        en "The column {column} is empty."
        nl "De kolom {column} is leeg.";
    refused_row_too_long(column: &str):
        en "The text in the column {column} is too long."
        nl "De tekst in de kolom {column} is te lang.";
    refused_row_not_a_guid(column: &str):
        en "The text in the column {column} is not a GUID."
        nl "De tekst in de kolom {column} is geen GUID.";
    refused_row_impossible(column: &str):
        en "What the column {column} says is not possible."
        nl "Wat in de kolom {column} staat, kan niet.";
    refused_row_contradicts(column: &str):
        en "An earlier line says something else in the column {column}; that is kept."
        nl "Een eerdere regel zegt iets anders in de kolom {column}; dat blijft.";
    refused_row_other_product_name(kept: &str, line: &str):
        en "Line {line} names this SKU's product {kept}; that name is kept."
        nl "Op regel {line} heet het product van deze SKU {kept}; die naam blijft.";
    refused_row_other_part_number(kept: &str, line: &str):
        en "Line {line} gives this SKU the part number {kept}; that one is kept."
        nl "Op regel {line} heeft deze SKU artikelnummer {kept}; dat blijft.";
    refused_row_repeated(line: &str):
        en "The same as line {line}."
        nl "Gelijk aan regel {line}.";

    // Closed actions of a subscription (domain 2.2, 8.6).
    closed_credit_check: en "Pending credit check." nl "Kredietcontrole in behandeling.";
    remedy_credit_check:
        en "This takes up to two working days as a rule."
        nl "Dit duurt doorgaans hooguit twee werkdagen.";
    closed_prepaid: en "Prepaid." nl "Vooruitbetaald (PrePaid).";
    remedy_prepaid:
        en "Use a product key, or add a card or bank account."
        nl "Gebruik een productcode of voeg een kaart of bankrekening toe.";
    closed_volume_partner: en "Bought through a partner." nl "Gekocht via een partner.";
    closed_reseller: en "Bought through a reseller." nl "Gekocht via een reseller.";
    remedy_partner: en "Buy more licenses at your partner." nl "Koop extra licenties bij uw partner.";
    remedy_reseller: en "Contact your CSP partner." nl "Neem contact op met uw CSP-partner.";
    closed_trial: en "Trial." nl "Proefversie.";
    remedy_trial:
        en "Buy the subscription before you add licenses."
        nl "Koop eerst het abonnement en voeg daarna licenties toe.";
    closed_end_of_sale: en "This product is no longer sold." nl "Dit product wordt niet meer verkocht.";
    remedy_end_of_sale:
        en "Assignments and renewals go on; buy another product for more licenses."
        nl "Toewijzingen en verlengingen gaan door; koop een ander product voor meer licenties.";
    closed_not_active: en "The subscription is not active." nl "Het abonnement is niet actief.";
    closed_disabled: en "The subscription is disabled." nl "Het abonnement is uitgeschakeld.";
    remedy_reactivate: en "Reactivate it first." nl "Activeer het eerst opnieuw.";
    closed_deleted: en "The subscription is deleted." nl "Het abonnement is verwijderd.";
    remedy_buy_again: en "Buy the product again." nl "Koop het product opnieuw.";
    closed_role: en "Your role does not allow this." nl "Uw rol laat dit niet toe.";
    remedy_ask_admin:
        en "Ask a global admin of your organization."
        nl "Vraag het een globale beheerder van uw organisatie.";
    closed_self_service_of_other:
        en "Bought by somebody else. View only."
        nl "Gekocht door iemand anders. Alleen bekijken.";
    remedy_take_control: en "Take control to change it." nl "Neem het beheer over om te wijzigen.";
    closed_all_assigned: en "All licenses are in use." nl "Alle licenties zijn in gebruik.";
    remedy_unassign_first: en "Unassign licenses first." nl "Hef eerst toewijzingen op.";
    closed_one_license: en "A subscription has at least 1 license." nl "Een abonnement heeft minstens 1 licentie.";
    remedy_cancel_instead: en "To reach none, cancel it." nl "Zeg het op om op nul uit te komen.";
    closed_none_available: en "No license is available." nl "Er is geen licentie beschikbaar.";
    remedy_buy_or_unassign:
        en "Buy licenses, or unassign one from somebody."
        nl "Koop licenties of hef een toewijzing op.";
    closed_nobody_assigned: en "Nobody has a license." nl "Niemand heeft een licentie.";

    // Quantities and assignments (domain 8.6).
    refused_below_assigned(assigned: u32):
        en one "{assigned} license is in use." other "{assigned} licenses are in use."
        nl one "Er is {assigned} licentie in gebruik." other "Er zijn {assigned} licenties in gebruik.";
    refused_same_quantity: en "This is the present total." nl "Dit is het huidige totaal.";
    remedy_new_total:
        en "Enter another total to add or remove licenses."
        nl "Voer een ander totaal in om licenties toe te voegen of te verwijderen.";
    refused_fewer_licenses:
        en "Your agreement does not let you give licenses back during the term."
        nl "Volgens uw overeenkomst kunt u tijdens de looptijd geen licenties teruggeven.";
    refused_no_renewal:
        en "This begins with the renewal, and the subscription does not renew."
        nl "Dit gaat in bij de verlenging, en het abonnement wordt niet verlengd.";
    remedy_turn_on_recurring_billing:
        en "Turn recurring billing on first."
        nl "Schakel eerst terugkerende facturering in.";
    refused_cancel_window(days: u32):
        en one "Your agreement lets you cancel on the first day of a term only."
            other "Your agreement lets you cancel in the first {days} days of a term only."
        nl one "Volgens uw overeenkomst kunt u alleen op de eerste dag van een looptijd opzeggen."
            other "Volgens uw overeenkomst kunt u alleen in de eerste {days} dagen van een looptijd opzeggen.";
    refused_cancel_by_support(maximum: u32):
        en "More than {maximum} people have a license, so only support can cancel it."
        nl "Meer dan {maximum} personen hebben een licentie, dus alleen ondersteuning kan het opzeggen.";
    remedy_call_or_unassign:
        en "Contact support, or take licenses back first."
        nl "Neem contact op met ondersteuning of trek eerst licenties in.";
    remedy_turn_off_recurring_billing:
        en "Turn recurring billing off to let it end with the term."
        nl "Schakel terugkerende facturering uit om het abonnement met de looptijd te laten eindigen.";
    refused_above_maximum(maximum: u32):
        en "This offer allows at most {maximum} licenses."
        nl "Dit aanbod staat maximaal {maximum} licenties toe.";
    refused_not_enough_licenses(missing: u32):
        en one "{missing} more license is needed." other "{missing} more licenses are needed."
        nl one "Er is nog {missing} licentie nodig." other "Er zijn nog {missing} licenties nodig.";
    refused_too_many_addresses(maximum: u32):
        en "Enter at most {maximum} addresses. A mailing list of your own reaches more people."
        nl "Voer maximaal {maximum} adressen in. Met een eigen verzendlijst bereikt u meer mensen.";
    refused_too_many_people(maximum: u32):
        en "Choose at most {maximum} users at a time."
        nl "Kies maximaal {maximum} gebruikers tegelijk.";
    remedy_use_bulk:
        en "For more people, use a CSV file or a filter."
        nl "Gebruik voor meer personen een CSV-bestand of een filter.";
    refused_nobody_chosen: en "Choose at least one person." nl "Kies minstens één persoon.";
    refused_already_assigned(name: &str):
        en "{name} already has a license of this product."
        nl "{name} heeft al een licentie voor dit product.";
    refused_not_assigned(name: &str):
        en "{name} has no license of this product."
        nl "{name} heeft geen licentie voor dit product.";
    refused_no_usage_location(name: &str):
        en "{name} has no usage location."
        nl "{name} heeft geen gebruikslocatie.";
    remedy_set_usage_location:
        en "Set the country in which the services are used first."
        nl "Stel eerst het land in waar de services worden gebruikt.";
    refused_outside_organization:
        en "Licenses are only for people in your organization."
        nl "Licenties zijn alleen voor personen in uw organisatie.";
    refused_no_apps_left: en "Keep at least one app on." nl "Laat minstens één app aan.";
    remedy_unassign_instead:
        en "To take everything away, unassign the license."
        nl "Hef de toewijzing op om alles weg te nemen.";

    // Buying.
    remedy_other_product: en "Choose another product." nl "Kies een ander product.";
    refused_no_price:
        en "There is no price for this choice in your currency."
        nl "Voor deze keuze is er geen prijs in uw valuta.";
    remedy_other_term:
        en "Choose another term or billing frequency."
        nl "Kies een andere termijn of factureringsfrequentie.";
    refused_price_changed: en "The price changed while you were looking." nl "De prijs is gewijzigd terwijl u keek.";
    remedy_check_price: en "Check the new price and order again." nl "Controleer de nieuwe prijs en bestel opnieuw.";
    refused_card_declined:
        en "The bank declined the card. Nothing was charged."
        nl "De bank heeft de kaart geweigerd. Er is niets afgeschreven.";
    refused_card_blocked:
        en "The bank does not let this card pay any more. Nothing was charged."
        nl "De bank laat met deze kaart niet meer betalen. Er is niets afgeschreven.";
    remedy_not_this_card:
        en "Do not try it again; choose another payment method."
        nl "Probeer deze kaart niet opnieuw; kies een andere betalingsmethode.";
    remedy_other_card: en "Use another card or ask your bank." nl "Gebruik een andere kaart of vraag het uw bank.";
    refused_confirmation_failed:
        en "The payment was not confirmed at the bank. Nothing was charged."
        nl "De betaling is niet bevestigd bij de bank. Er is niets afgeschreven.";
    remedy_order_again: en "Order again and confirm the payment." nl "Bestel opnieuw en bevestig de betaling.";
    refused_order_settled: en "This order is already done." nl "Deze bestelling is al afgehandeld.";
    remedy_look_at_history:
        en "Look at the history of the subscription."
        nl "Bekijk de geschiedenis van het abonnement.";

    refused_invoice_settled: en "The invoice is settled." nl "De factuur is al voldaan.";
    refused_above_balance(balance: Money):
        en "Only {balance} is left."
        nl "Er staat nog maar {balance} open.";
    refused_payment_under_way:
        en "A payment is under way already."
        nl "Er loopt al een betaling.";
    refused_transfer_recorded:
        en "This transfer was recorded for this invoice before."
        nl "Deze overschrijving is al bij deze factuur geboekt.";
    transfer_day: en "Day of the transfer" nl "Dag van de overschrijving";
    transfer_reference: en "Reference of the bank" nl "Kenmerk van de bank";

    // People and organizations.
    refused_last_global_admin: en "This is the last global admin." nl "Dit is de laatste globale beheerder.";
    refused_last_operator:
        en "This is the last operator who can sign in."
        nl "Dit is de laatste operator die kan inloggen.";
    remedy_other_global_admin: en "Give somebody else the role first." nl "Geef eerst iemand anders de rol.";
    refused_not_oneself: en "You cannot do this to yourself." nl "U kunt dit niet bij uzelf doen.";
    remedy_other_admin: en "Ask another admin." nl "Vraag het een andere beheerder.";
    refused_role_not_grantable: en "You cannot give this role." nl "U kunt deze rol niet geven.";
    refused_organization_suspended: en "Your organization is suspended." nl "Uw organisatie is opgeschort.";
    remedy_contact_operator: en "Contact your operator." nl "Neem contact op met uw operator.";
    refused_methods_not_in_cloud(methods: i64):
        en one "That cloud does not take {methods} payment method on file. Its owner has to replace or delete it first."
            other "That cloud does not take {methods} payment methods on file. Their owners have to replace or delete \
                them first."
        nl one "Die cloud neemt {methods} vastgelegde betalingsmethode niet aan. De eigenaar moet deze eerst vervangen of \
                verwijderen."
            other "Die cloud neemt {methods} vastgelegde betalingsmethoden niet aan. De eigenaren moeten deze eerst \
                vervangen of verwijderen.";
    refused_days_of_other_cloud(subscriptions: i64):
        en one "{subscriptions} subscription from a volume licensing partner has ended, and that cloud would erase it on \
                another day than people were told. The cloud can be changed once it is active again or deleted."
            other "{subscriptions} subscriptions from volume licensing partners have ended, and that cloud would erase \
                them on other days than people were told. The cloud can be changed once they are active again or deleted."
        nl one "{subscriptions} abonnement van een volumelicentiepartner is afgelopen, en die cloud zou het op een andere \
                dag wissen dan is gemeld. De cloud kan worden gewijzigd zodra het weer actief of verwijderd is."
            other "{subscriptions} abonnementen van volumelicentiepartners zijn afgelopen, en die cloud zou ze op andere \
                dagen wissen dan is gemeld. De cloud kan worden gewijzigd zodra ze weer actief of verwijderd zijn.";
    refused_operator_organization:
        en "This cannot be done with the operator's own organization."
        nl "Dit kan niet met de eigen organisatie van de operator.";
    refused_not_a_date:
        en "This is no date. Write it as 2026-03-31."
        nl "Dit is geen datum. Schrijf hem als 2026-03-31.";
    refused_not_a_sandbox:
        en "Only a sandbox has a clock that can be moved."
        nl "Alleen een sandbox heeft een klok die kan worden verzet.";
    refused_sandbox_sale:
        en "A sandbox has a clock of its own. Only a partner that is a sandbox sells to a sandbox, and to no other."
        nl "Een sandbox heeft een eigen klok. Alleen een partner die een sandbox is, verkoopt aan een sandbox, en niet aan anderen.";
    refused_partner_owes:
        en "Your organization has invoices that are overdue. Pay them on Bills & payments, then you can sell more."
        nl "Uw organisatie heeft facturen die te laat zijn. Betaal ze op Facturen en betalingen; daarna kunt u meer verkopen.";
    refused_clock_goes_forward(after: Date, until: Date):
        en "Time goes forward only. Choose a day after {after}, up to {until}."
        nl "De tijd gaat alleen vooruit. Kies een dag na {after}, tot en met {until}.";
    refused_nothing_to_change:
        en "It already is as you ask. Nothing changed."
        nl "Het is al zoals u vraagt. Er is niets gewijzigd.";
    refused_bank_account_not_offered:
        en "New bank accounts are not accepted in your country or region."
        nl "Nieuwe bankrekeningen worden in uw land of regio niet aangenomen.";
    remedy_use_a_card: en "Use a card." nl "Gebruik een kaart.";

    // Access, and two at once.
    refused_wrong_password:
        en "The e-mail address or the password is not right."
        nl "Het e-mailadres of het wachtwoord klopt niet.";
    refused_too_many_tries(wait: &str):
        en "Too many attempts. Wait {wait}."
        nl "Te veel pogingen. Wacht {wait}.";
    refused_not_signed_in: en "You are not signed in." nl "U bent niet aangemeld.";
    remedy_sign_in: en "Sign in to go on." nl "Meld u aan om verder te gaan.";
    refused_not_found: en "This does not exist here." nl "Dit bestaat hier niet.";
    remedy_check_address: en "Check the address or go to Home." nl "Controleer het adres of ga naar Start.";
    refused_changed_meanwhile:
        en "Somebody changed this meanwhile. Nothing of yours was saved."
        nl "Iemand heeft dit intussen gewijzigd. Van u is niets opgeslagen.";
    remedy_look_again: en "Look at the new values and try again." nl "Bekijk de nieuwe waarden en probeer het opnieuw.";
    refused_idempotency_key_reused:
        en "This idempotency key was used for another request."
        nl "Deze idempotentiesleutel is voor een ander verzoek gebruikt.";
    remedy_new_key: en "Use a new key." nl "Gebruik een nieuwe sleutel.";
    refused_busy: en "Too busy now. Your change was not saved." nl "Nu te druk. Uw wijziging is niet opgeslagen.";
    remedy_try_later: en "Try again in a moment." nl "Probeer het zo opnieuw.";

    // Why an order was voided, by the code that the order keeps.
    voided_other: en "The order could not be completed." nl "De bestelling kon niet worden voltooid.";
    voided_credit_check_failed: en "The credit check failed." nl "De kredietcontrole is afgekeurd.";
}

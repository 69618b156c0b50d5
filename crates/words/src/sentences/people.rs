//! Users > Active users: the list, add one, add many, a person's page (domain 2.3, 2.6).

use crate::macros::sentences;

sentences! {
    active_users_purpose:
        en "Everyone in your organization, with licenses, roles and usage location."
        nl "Iedereen in uw organisatie, met licenties, rollen en gebruikslocatie.";

    // The list.
    people_display_name: en "Display name" nl "Weergavenaam";
    people_user_name: en "User name" nl "Gebruikersnaam";
    people_department: en "Department" nl "Afdeling";
    people_usage_location: en "Usage location" nl "Gebruikslocatie";
    guest: en "Guest" nl "Gast";
    guest_means: en "Yes, so nothing can be bought here" nl "Ja, en kan hier dus niets kopen";
    person_is_guest: en "This person is a guest" nl "Deze persoon is een gast";
    person_is_guest_hint:
        en "Somebody of another organization, such as a supplier. Guests get licenses, and buy nothing themselves."
        nl "Iemand van een andere organisatie, zoals een leverancier. Gasten krijgen licenties en kopen zelf niets.";
    people_added_on: en "Added on" nl "Toegevoegd op";
    groups: en "Groups" nl "Groepen";
    people_filter_department: en "All departments" nl "Alle afdelingen";
    people_empty: en "There is nobody here yet." nl "Er is hier nog niemand.";
    people_empty_hint:
        en "Add one person, or many from a CSV file."
        nl "Voeg één persoon toe, of velen uit een CSV-bestand.";

    // Add one.
    people_add_one: en "Add a user" nl "Een gebruiker toevoegen";
    people_add_one_purpose:
        en "The person can sign in as soon as a password is set."
        nl "De persoon kan zich aanmelden zodra er een wachtwoord is ingesteld.";
    people_display_name_hint:
        en "The name that everyone sees, such as Noor de Vries."
        nl "De naam die iedereen ziet, bijvoorbeeld Noor de Vries.";
    people_email_hint: en "The address to sign in with." nl "Het adres om mee aan te melden.";
    people_department_hint:
        en "Used to filter and to assign licenses to a whole department."
        nl "Om te filteren en om licenties aan een hele afdeling toe te wijzen.";
    people_usage_location_hint:
        en "The country in which the person uses the services. Needed before a license can be assigned."
        nl "Het land waar de persoon de services gebruikt. Nodig voordat een licentie kan worden toegewezen.";
    people_password_hint:
        en "Leave empty when the person signs in elsewhere."
        nl "Laat leeg als de persoon zich elders aanmeldt.";
    people_licenses_hint: en "Licenses that the person gets at once." nl "Licenties die de persoon direct krijgt.";
    people_added(name: &str):
        en "{name} was added."
        nl "{name} is toegevoegd.";

    // Add many.
    people_add_many: en "Add many" nl "Velen toevoegen";
    people_add_many_title: en "Add many users from a CSV file" nl "Veel gebruikers toevoegen uit een CSV-bestand";
    people_add_many_purpose:
        en "You see what will happen before anything happens."
        nl "U ziet wat er gaat gebeuren voordat er iets gebeurt.";
    people_template: en "Download a template" nl "Een sjabloon downloaden";
    people_template_hint:
        en "Columns: display_name, email, department, usage_location, guest. The first two are needed."
        nl "Kolommen: display_name, email, department, usage_location, guest. De eerste twee zijn nodig.";
    people_file: en "CSV file" nl "CSV-bestand";
    people_file_hint(rows: usize, size: &str):
        en "Up to {rows} rows and {size}."
        nl "Maximaal {rows} rijen en {size}.";
    people_check_file: en "Check the file" nl "Het bestand controleren";
    people_preview: en "Preview" nl "Voorbeeld";
    people_preview_good(count: i64):
        en one "{count} person will be added." other "{count} people will be added."
        nl one "{count} persoon wordt toegevoegd." other "{count} personen worden toegevoegd.";
    people_preview_errors(count: i64):
        en one "{count} row is wrong." other "{count} rows are wrong."
        nl one "{count} rij klopt niet." other "{count} rijen kloppen niet.";
    people_all_or_nothing:
        en "All or nothing: correct these rows and upload the file again. Until then nobody is added."
        nl "Alles of niets: verbeter deze rijen en upload het bestand opnieuw. Tot dan wordt niemand toegevoegd.";
    people_preview_row: en "Row" nl "Rij";
    people_preview_problem: en "What is wrong" nl "Wat er niet klopt";
    people_download_errors: en "Download the rows that are wrong" nl "De onjuiste rijen downloaden";
    people_add_many_start(count: i64):
        en one "Add {count} person" other "Add {count} people"
        nl one "{count} persoon toevoegen" other "{count} personen toevoegen";
    people_were_added(count: i64):
        en one "{count} person was added." other "{count} people were added."
        nl one "{count} persoon is toegevoegd." other "{count} personen zijn toegevoegd.";

    // A person's page.
    person_details: en "Contact and location" nl "Contact en locatie";
    person_edit: en "Edit details" nl "Gegevens bewerken";
    person_licenses: en "Licenses and apps" nl "Licenties en apps";
    person_licenses_empty: en "No licenses yet." nl "Nog geen licenties.";
    manage_product_licenses: en "Manage product licenses" nl "Productlicenties beheren";
    person_set_location: en "Set usage location" nl "Gebruikslocatie instellen";
    person_set_password: en "Set a password" nl "Een wachtwoord instellen";
    person_block: en "Block sign-in" nl "Aanmelding blokkeren";
    person_block_means:
        en "The person is signed out everywhere and keeps the licenses."
        nl "De persoon wordt overal afgemeld en houdt de licenties.";
    person_unblock: en "Allow sign-in" nl "Aanmelding toestaan";
    person_blocked(name: &str):
        en "{name} can no longer sign in."
        nl "{name} kan zich niet meer aanmelden.";
    person_unblocked(name: &str):
        en "{name} can sign in again."
        nl "{name} kan zich weer aanmelden.";
    person_is_you: en "This is you" nl "Dit bent u";

    // Delete.
    person_delete: en "Delete user" nl "Gebruiker verwijderen";
    person_delete_question(name: &str):
        en "Delete {name}?"
        nl "{name} verwijderen?";
    person_deleted(name: &str, count: i64):
        en "{name} was deleted. Licenses that became available: {count}."
        nl "{name} is verwijderd. Licenties die beschikbaar kwamen: {count}.";

    // What was done, on the next page; these carry no names.
    person_was_changed: en "The details were saved." nl "De gegevens zijn opgeslagen.";
    person_roles_were_changed:
        en "The roles were changed. They work at once."
        nl "De rollen zijn gewijzigd. Ze werken direct.";
    person_password_was_set:
        en "The password was set. The person is signed out everywhere."
        nl "Het wachtwoord is ingesteld. De persoon is overal afgemeld.";
    person_was_blocked: en "The person can no longer sign in." nl "De persoon kan zich niet meer aanmelden.";
    person_was_unblocked: en "The person can sign in again." nl "De persoon kan zich weer aanmelden.";
    person_was_deleted(count: i64):
        en "The user was deleted. Licenses that became available: {count}."
        nl "De gebruiker is verwijderd. Licenties die beschikbaar kwamen: {count}.";
    people_were_licensed(count: i64):
        en one "{count} person got a license." other "{count} people got a license."
        nl one "{count} persoon heeft een licentie gekregen." other "{count} personen hebben een licentie gekregen.";
    people_were_replaced(count: i64):
        en one "The licenses of {count} person were replaced." other "The licenses of {count} people were replaced."
        nl one "De licenties van {count} persoon zijn vervangen." other "De licenties van {count} personen zijn vervangen.";
    replace_hint:
        en "Assign adds the products. Replace also takes back every other license that the organization gave them."
        nl "Toewijzen voegt de producten toe. Vervangen neemt ook elke andere licentie terug die de organisatie hun gaf.";
    replace_title: en "Replace licenses" nl "Licenties vervangen";
    replace_takes(product: &str, count: i64):
        en one "{count} person loses {product}." other "{count} people lose {product}."
        nl one "{count} persoon raakt {product} kwijt." other "{count} personen raken {product} kwijt.";
    replace_keeps(count: i64):
        en one "{count} license that a user bought stays." other "{count} licenses that users bought stay."
        nl one "{count} licentie die een gebruiker heeft gekocht, blijft."
            other "{count} licenties die gebruikers hebben gekocht, blijven.";
    signed_out_elsewhere: en "You are signed out everywhere else." nl "U bent overal elders afgemeld.";

    // More of the list.
    people_with_any_role: en "Any role" nl "Elke rol";
    people_licensed_or_not: en "With or without licenses" nl "Met of zonder licenties";
    people_any_sign_in: en "Any sign-in status" nl "Elke aanmeldstatus";
    people_all_groups: en "All groups" nl "Alle groepen";
    people_any_or_no_role: en "With or without a role" nl "Met of zonder rol";
    people_shown(count: i64):
        en one "{count} person shown" other "{count} people shown"
        nl one "{count} persoon weergegeven" other "{count} personen weergegeven";
    people_choose_product(count: i64):
        en one "For {count} person" other "For {count} people"
        nl one "Voor {count} persoon" other "Voor {count} personen";
    people_choose_product_hint:
        en "Everyone you chose gets a license, or nobody does."
        nl "Iedereen die u hebt gekozen krijgt een licentie, of niemand.";
    people_no_products: en "No licenses can be assigned now." nl "Er kunnen nu geen licenties worden toegewezen.";
    available_count(count: i64):
        en "{count} available"
        nl "{count} beschikbaar";

    // More of adding many.
    people_paste: en "Or paste the rows here" nl "Of plak de rijen hier";
    people_paste_hint:
        en "With a first row that names the columns. Commas, semicolons and tabs are understood."
        nl "Met een eerste rij die de kolommen noemt. Komma's, puntkomma's en tabs worden begrepen.";
    people_columns_ignored(columns: &str):
        en "These columns were not read: {columns}."
        nl "Deze kolommen zijn niet gelezen: {columns}.";
    people_first_wrong_rows(count: i64):
        en "The first {count} rows that are wrong. Download the list to see all of them."
        nl "De eerste {count} onjuiste rijen. Download de lijst om ze allemaal te zien.";
    people_first_right_rows(count: i64):
        en "The first {count} rows of the file."
        nl "De eerste {count} rijen van het bestand.";
    people_all_right: en "Every row is right." nl "Elke rij klopt.";
    people_other_file: en "Choose another file" nl "Een ander bestand kiezen";
    people_left_out(count: i64):
        en one "{count} person was left out: somebody took the address meanwhile."
            other "{count} people were left out: somebody took their addresses meanwhile."
        nl one "{count} persoon is overgeslagen: iemand heeft het adres intussen in gebruik genomen."
            other "{count} personen zijn overgeslagen: hun adressen zijn intussen in gebruik genomen.";
    people_not_added:
        en "Nobody was added: the file is no longer right. Check it again."
        nl "Er is niemand toegevoegd: het bestand klopt niet meer. Controleer het opnieuw.";
    people_add_waits: en "Something went wrong; it will be tried again." nl "Er ging iets mis; het wordt opnieuw geprobeerd.";

    // More of a person's page.
    person_block_question(name: &str):
        en "Block sign-in of {name}?"
        nl "Aanmelding van {name} blokkeren?";
    person_unblock_question(name: &str):
        en "Allow {name} to sign in again?"
        nl "{name} weer laten aanmelden?";
    person_password_means:
        en "The person is signed out everywhere and signs in with the new password."
        nl "De persoon wordt overal afgemeld en meldt zich aan met het nieuwe wachtwoord.";
    person_keeps_history: en "The history stays." nl "De geschiedenis blijft bewaard.";
    person_loses_licenses(count: i64):
        en one "{count} license becomes available at once." other "{count} licenses become available at once."
        nl one "{count} licentie komt direct beschikbaar." other "{count} licenties komen direct beschikbaar.";
    person_signs_in_no_more:
        en "The person is signed out at once and can no longer sign in."
        nl "De persoon wordt direct afgemeld en kan zich niet meer aanmelden.";
    person_cannot_be_undone: en "This cannot be undone." nl "Dit kan niet ongedaan worden gemaakt.";
    person_account: en "Account" nl "Account";
    person_conflict: en "Needs a valid license" nl "Heeft een geldige licentie nodig";
}

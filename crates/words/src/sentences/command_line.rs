//! What the command line says, in the language of `LANG`.

use crate::macros::sentences;

sentences! {
    // What --help says of each command.
    cli_about:
        en "Zetel: sell, buy and assign licenses, on your own machine."
        nl "Zetel: licenties verkopen, kopen en toewijzen, op uw eigen machine.";
    cli_about_serve:
        en "Serve pages and API, and do the background work"
        nl "Pagina's en API aanbieden en het achtergrondwerk doen";
    cli_about_demo:
        en "Start a demo with an invented organization; nothing is kept"
        nl "Een demo starten met een verzonnen organisatie; er blijft niets bewaard";
    cli_about_work: en "Do only the background work" nl "Alleen het achtergrondwerk doen";
    cli_about_migrate: en "Bring the database to this version" nl "De database naar deze versie brengen";
    cli_about_import:
        en "Import a catalog or people from a CSV file"
        nl "Een catalogus of personen uit een CSV-bestand importeren";
    cli_about_export:
        en "Export people, subscriptions or history to a CSV file"
        nl "Personen, abonnementen of geschiedenis naar een CSV-bestand exporteren";
    cli_about_user:
        en "Add a person, set a password, give a role"
        nl "Een persoon toevoegen, een wachtwoord instellen, een rol geven";
    cli_about_policy:
        en "See and decide what people may buy for themselves"
        nl "Bekijken en bepalen wat gebruikers zelf mogen kopen";
    cli_about_bill_run:
        en "See what bill runs did and are going to charge"
        nl "Zien wat factuurrondes hebben gedaan en gaan berekenen";
    cli_about_doctor:
        en "Check this installation and say what to do"
        nl "Deze installatie controleren en zeggen wat er te doen is";
    cli_about_backup:
        en "Copy the embedded database while it is in use"
        nl "De ingebouwde database kopiëren terwijl deze in gebruik is";
    cli_about_simulate:
        en "Play a scenario on a clock of its own and print what comes of it"
        nl "Een scenario op een eigen klok afspelen en afdrukken wat ervan komt";
    cli_about_restore: en "Put a backup back" nl "Een back-up terugzetten";

    // Serving.
    cli_database(address: &str):
        en "Database: {address}"
        nl "Database: {address}";

    // Migrations, import and export.
    cli_migrated(count: i64):
        en one "{count} migration applied." other "{count} migrations applied."
        nl one "{count} migratie uitgevoerd." other "{count} migraties uitgevoerd.";
    cli_up_to_date: en "The database is up to date." nl "De database is bijgewerkt.";
    cli_migration_needed:
        en "The database is older than this program. Run: zetel migrate"
        nl "De database is ouder dan dit programma. Voer uit: zetel migrate";
    cli_importing: en "Importing" nl "Importeren";
    cli_imported(rows: i64, time: &str):
        en one "{rows} row read in {time}." other "{rows} rows read in {time}."
        nl one "{rows} rij gelezen in {time}." other "{rows} rijen gelezen in {time}.";
    cli_imported_products(new: i64, total: i64):
        en "Products: {total}, of which {new} new"
        nl "Producten: {total}, waarvan {new} nieuw";
    cli_imported_skus(new: i64, total: i64):
        en "SKUs: {total}, of which {new} new"
        nl "SKU's: {total}, waarvan {new} nieuw";
    cli_nothing_new: en "Nothing new: everything was already there." nl "Niets nieuws: alles was er al.";
    cli_rows_left_out(count: i64):
        en one "{count} row left out:" other "{count} rows left out:"
        nl one "{count} rij overgeslagen:" other "{count} rijen overgeslagen:";
    cli_line(line: &str, reason: &str):
        en "line {line}: {reason}"
        nl "regel {line}: {reason}";
    cli_and_more(count: i64):
        en "and {count} more; see them all with --all"
        nl "en nog {count}; toon ze allemaal met --all";
    cli_exported(rows: i64, file: &str):
        en one "{rows} row written to {file}" other "{rows} rows written to {file}"
        nl one "{rows} rij geschreven naar {file}" other "{rows} rijen geschreven naar {file}";
    cli_file_not_found(file: &str):
        en "The file {file} does not exist."
        nl "Het bestand {file} bestaat niet.";

    // People.
    cli_user_added(email: &str, organization: &str):
        en "{email} was added to {organization}."
        nl "{email} is toegevoegd aan {organization}.";
    cli_password_prompt(email: &str):
        en "Password for {email}:"
        nl "Wachtwoord voor {email}:";
    cli_password_set(email: &str):
        en "The password of {email} was set."
        nl "Het wachtwoord van {email} is ingesteld.";
    cli_organization_not_found(organization: &str):
        en "There is no organization {organization}."
        nl "Er is geen organisatie {organization}.";
    cli_user_not_found(email: &str):
        en "There is nobody with the address {email}."
        nl "Er is niemand met het adres {email}.";

    // Backup and restore.
    cli_backup_done(file: &str, size: &str):
        en "Backup written to {file} ({size})."
        nl "Back-up geschreven naar {file} ({size}).";
    cli_backup_checked: en "The backup was opened and checked." nl "De back-up is geopend en gecontroleerd.";
    cli_backup_only_embedded:
        en "This works for the embedded database. For PostgreSQL use pg_dump."
        nl "Dit werkt voor de ingebouwde database. Gebruik pg_dump voor PostgreSQL.";
    cli_restore_done(file: &str):
        en "Restored from {file}."
        nl "Hersteld uit {file}.";
    cli_restore_stop_first:
        en "The database is in use. Stop zetel first."
        nl "De database is in gebruik. Stop eerst zetel.";
    cli_not_a_backup(file: &str):
        en "{file} is not a backup of Zetel."
        nl "{file} is geen back-up van Zetel.";

    // Doctor.
    cli_doctor_title: en "Checking this installation" nl "Deze installatie wordt gecontroleerd";
    cli_doctor_good: en "All is well." nl "Alles is in orde.";
    cli_doctor_problems(count: i64):
        en one "{count} problem found." other "{count} problems found."
        nl one "{count} probleem gevonden." other "{count} problemen gevonden.";
    cli_check_schema: en "Database is of this version" nl "Database hoort bij deze versie";
    cli_check_file: en "Database is whole" nl "Database is heel";
    cli_check_log: en "Log of the database is not overlong" nl "Logboek van de database is niet te lang";
    cli_check_operator:
        en "An operator can sign in"
        nl "Er kan een operator inloggen";
    cli_check_jobs: en "No job is parked" nl "Er is geen taak geparkeerd";
    cli_check_within_quantity:
        en "Assigned licenses never exceed the bought ones"
        nl "Er zijn nooit meer licenties toegewezen dan gekocht";
    cli_check_subscription_counters:
        en "Subscriptions count their licenses in use"
        nl "Abonnementen tellen hun licenties in gebruik";
    cli_check_user_counters: en "People count their licenses" nl "Personen tellen hun licenties";
    cli_check_group_counters: en "Groups count their members" nl "Groepen tellen hun leden";
    cli_check_license_holders:
        en "Whoever has a license is there, and it fits its subscription"
        nl "Wie een licentie heeft is er, en de licentie past bij het abonnement";
    cli_check_search_words:
        en "Words of search lead to people who are there"
        nl "Zoekwoorden leiden naar personen die er zijn";
    cli_check_order_numbers: en "Order numbers have no gaps" nl "Bestelnummers hebben geen gaten";
    cli_check_ledger_entries: en "Ledger entries balance" nl "Boekingen zijn in evenwicht";
    cli_check_ledger_balances: en "Ledger accounts add up" nl "Grootboekrekeningen kloppen";
    cli_check_receivables:
        en "Open invoices agree with the ledger"
        nl "Openstaande facturen kloppen met het grootboek";
    cli_check_invoice_lines: en "Invoices come to their lines" nl "Facturen kloppen met hun regels";
    cli_check_invoice_payments: en "Invoices count their payments" nl "Facturen tellen hun betalingen";
    cli_check_sold_charges:
        en "Partners are charged for what they sold"
        nl "Partners betalen voor wat ze verkochten";
    cli_check_credited_charges: en "Charges count their credits" nl "Kosten tellen hun creditering";
    cli_check_invoice_numbers: en "Invoice numbers have no gaps" nl "Factuurnummers hebben geen gaten";
    /// After what was checked.
    cli_looked_at(count: i64):
        en "{count} looked at"
        nl "{count} bekeken";
    cli_wrong(wrong: i64, count: i64):
        en "{wrong} wrong, {count} looked at"
        nl "{wrong} fout, {count} bekeken";
    cli_stripe_needs(setting: &str):
        en "ZETEL_STRIPE_KEY is set, and {setting} is not. Set both, or neither to use the sandbox."
        nl "ZETEL_STRIPE_KEY is ingesteld en {setting} niet. Stel beide in, of geen van beide voor de sandbox.";
    cli_smtp_needs(setting: &str):
        en "A mail server is set, and {setting} is not. Set both, or neither to let mails wait."
        nl "Er is een mailserver ingesteld en {setting} niet. Stel beide in, of geen van beide om e-mail te laten wachten.";
    cli_smtp_address_wrong(address: &str):
        en "{address} is no mail server. Name it with its port, such as smtp.example.com:587."
        nl "{address} is geen mailserver. Noem de naam met de poort, zoals smtp.example.com:587.";
    cli_no_database(file: &str):
        en "There is no database {file}."
        nl "Er is geen database {file}.";
    cli_no_operator(command: &str):
        en "Nobody runs this Zetel yet. Make the first operator: {command}"
        nl "Deze Zetel heeft nog geen operator. Maak de eerste: {command}";
    cli_would_overwrite(file: &str):
        en "{file} exists. Nothing was overwritten; give --force to do so."
        nl "{file} bestaat. Er is niets overschreven; geef --force op om dat wel te doen.";
    cli_is_the_database(file: &str):
        en "{file} belongs to the database itself. Nothing was written; name another file."
        nl "{file} hoort bij de database zelf. Er is niets geschreven; geef een ander bestand op.";
    cli_cannot_write(file: &str, reason: &str):
        en "{file} cannot be written: {reason}"
        nl "{file} kan niet worden geschreven: {reason}";
    // The names of two options.
    cli_extend_needs_subscription(extend: &str, named: &str):
        en "{extend} moves the end date of a subscription. Name it with {named}."
        nl "{extend} verzet de einddatum van een abonnement. Noem het met {named}.";
    cli_database_newer:
        en "The database is newer than this program. Use the version of Zetel that it belongs to."
        nl "De database is nieuwer dan dit programma. Gebruik de versie van Zetel die erbij hoort.";
    cli_no_such_role(role: &str, known: &str):
        en "There is no role {role}. Choose from: {known}"
        nl "Er is geen rol {role}. Kies uit: {known}";
    cli_no_such_policy(value: &str, known: &str):
        en "There is no policy {value}. Choose from: {known}"
        nl "Er is geen beleid {value}. Kies uit: {known}";
    cli_not_a_day(text: &str):
        en "{text} is not a day. Write it as YYYY-MM-DD, such as 2026-01-31."
        nl "{text} is geen dag. Schrijf die als JJJJ-MM-DD, bijvoorbeeld 2026-01-31.";
    cli_people_added(count: i64):
        en one "{count} person added." other "{count} people added."
        nl one "{count} persoon toegevoegd." other "{count} personen toegevoegd.";
    cli_user_roles(email: &str, roles: &str):
        en "Roles of {email}: {roles}"
        nl "Rollen van {email}: {roles}";
    cli_password_again: en "Once more:" nl "Nog een keer:";
    cli_good: en "good" nl "goed";
    cli_problem: en "problem" nl "probleem";
}

//! Errors, validation and what to do next. Every one says what happened and what helps.

use crate::macros::sentences;
use jiff::civil::Date;

sentences! {
    // Pages for errors.
    not_found_title: en "This page does not exist" nl "Deze pagina bestaat niet";
    not_found_text:
        en "It may have been deleted, or it belongs to another organization. Check the address or go to Home."
        nl "De pagina is misschien verwijderd of hoort bij een andere organisatie. Controleer het adres of ga naar \
            Start.";
    forbidden_title: en "You cannot do this" nl "Dit kunt u niet doen";
    forbidden_text:
        en "Your roles do not allow it. Ask a global admin of your organization."
        nl "Uw rollen laten dit niet toe. Vraag het een globale beheerder van uw organisatie.";
    sign_in_needed_title: en "You are not signed in" nl "U bent niet aangemeld";
    sign_in_needed_text:
        en "Your session has ended. Sign in to go on; what you typed is kept."
        nl "Uw sessie is beëindigd. Meld u aan om verder te gaan; wat u hebt ingevuld, blijft bewaard.";
    changed_meanwhile_title: en "Somebody changed this meanwhile" nl "Iemand heeft dit intussen gewijzigd";
    changed_meanwhile_text:
        en "Look at the new values and try again. Nothing of yours was saved."
        nl "Bekijk de nieuwe waarden en probeer het opnieuw. Van u is niets opgeslagen.";
    too_large_title: en "This is too large" nl "Dit is te groot";
    too_large_text(size: &str):
        en "A file can be at most {size}. Split it and upload the parts."
        nl "Een bestand mag maximaal {size} groot zijn. Splits het en upload de delen.";
    too_many_requests_title: en "Too many attempts" nl "Te veel pogingen";
    too_many_requests_text(wait: &str):
        en "Wait {wait} and try again."
        nl "Wacht {wait} en probeer het opnieuw.";
    internal_error_title: en "Something went wrong on our side" nl "Er ging bij ons iets mis";
    internal_error_text:
        en "Nothing was half saved. Try again; if it stays, contact support and name this number."
        nl "Er is niets half opgeslagen. Probeer het opnieuw; blijft het, neem dan contact op met ondersteuning en \
            noem dit nummer.";
    request_id(id: &str):
        en "Request {id}"
        nl "Verzoek {id}";
    busy_title: en "Too busy now" nl "Nu te druk";
    busy_text:
        en "Your change was not saved. Try again in a moment."
        nl "Uw wijziging is niet opgeslagen. Probeer het zo opnieuw.";
    method_not_allowed_text:
        en "This address does not accept that kind of request."
        nl "Dit adres accepteert dit soort verzoek niet.";
    form_expired_text:
        en "This form is too old. The page has been reloaded; submit it again."
        nl "Dit formulier is te oud. De pagina is opnieuw geladen; verzend het nogmaals.";
    go_home: en "Go to Home" nl "Naar Start";
    try_again: en "Try again" nl "Opnieuw proberen";
    repeated_submission: en "This was already done. You see its result." nl "Dit was al gedaan. U ziet het resultaat.";
    bad_request_text: en "The request could not be read." nl "Het verzoek kon niet worden gelezen.";

    // The summary above a form.
    error_summary_title: en "Nothing was saved" nl "Er is niets opgeslagen";
    error_summary(count: i64):
        en one "Check {count} field." other "Check {count} fields."
        nl one "Controleer {count} veld." other "Controleer {count} velden.";

    // Messages at a field.
    field_at_least(minimum: i64):
        en "Enter {minimum} or more."
        nl "Voer {minimum} of meer in.";
    field_at_most(maximum: i64):
        en "Enter {maximum} or less."
        nl "Voer {maximum} of minder in.";
    field_in_use(value: &str):
        en "{value} is already in use."
        nl "{value} is al in gebruik.";
    field_not_a_date: en "Enter a date, such as 2026-11-20." nl "Voer een datum in, bijvoorbeeld 2026-11-20.";
    field_date_too_early(date: Date):
        en "Choose {date} or a later day."
        nl "Kies {date} of een latere dag.";
    field_date_too_late(date: Date):
        en "Choose {date} or an earlier day."
        nl "Kies {date} of een eerdere dag.";
    field_negative_amount: en "The amount cannot be below zero." nl "Het bedrag kan niet onder nul liggen.";
    field_unknown_value(value: &str):
        en "{value} does not exist here."
        nl "{value} bestaat hier niet.";
    field_passwords_differ: en "The two passwords differ." nl "De twee wachtwoorden verschillen.";

    // Files that people upload.
    file_missing: en "Choose a file first." nl "Kies eerst een bestand.";
    file_not_csv:
        en "This is not a CSV file with columns. Save it as CSV (UTF-8)."
        nl "Dit is geen CSV-bestand met kolommen. Sla het op als CSV (UTF-8).";
    file_missing_column(column: &str):
        en "The column {column} is missing. Download the template to see all columns."
        nl "De kolom {column} ontbreekt. Download de sjabloon om alle kolommen te zien.";
    file_unknown_column(column: &str):
        en "The column {column} is not known and was not read."
        nl "De kolom {column} is onbekend en is niet gelezen.";
    file_repeated_column(column: &str):
        en "The column {column} occurs twice."
        nl "De kolom {column} komt twee keer voor.";
    /// A row of a file by its number, before what is wrong with it.
    row_number(row: usize):
        en "Row {row}"
        nl "Rij {row}";
}

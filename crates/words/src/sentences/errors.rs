//! Errors, validation and what to do next. Every one says what happened and what helps.

use crate::macros::sentences;

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
    changed_meanwhile_title: en "Somebody changed this meanwhile" nl "Iemand heeft dit intussen gewijzigd";
    changed_meanwhile_text:
        en "Look at the new values and try again. Nothing of yours was saved."
        nl "Bekijk de nieuwe waarden en probeer het opnieuw. Van u is niets opgeslagen.";
    saved_now(field: &str, value: &str): en "{field}, saved now: {value}" nl "{field}, nu opgeslagen: {value}";
    nothing_saved_now: en "nothing" nl "niets";
    too_large_title: en "This is too large" nl "Dit is te groot";
    too_many_requests_title: en "Too many attempts" nl "Te veel pogingen";
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
    go_home: en "Go to Home" nl "Naar Start";
    try_again: en "Try again" nl "Opnieuw proberen";

    // The summary above a form.
    error_summary_title: en "Nothing was saved" nl "Er is niets opgeslagen";
    error_summary(count: i64):
        en one "Check {count} field." other "Check {count} fields."
        nl one "Controleer {count} veld." other "Controleer {count} velden.";

    // Messages at a field.
    field_passwords_differ: en "The two passwords differ." nl "De twee wachtwoorden verschillen.";
}

//! What the API says of a request that it could not carry out. Titles stay the same for a kind of problem.

use crate::macros::sentences;

sentences! {
    problem_invalid: en "The request is not valid" nl "Het verzoek is niet geldig";
    problem_conflict: en "Not possible as things stand" nl "Niet mogelijk zoals het er nu voor staat";
    problem_unauthenticated: en "A valid API token is needed" nl "Er is een geldig API-token nodig";
    problem_not_found: en "There is no such thing here" nl "Dat bestaat hier niet";
    problem_not_found_text:
        en "Check the path and the ids in it. What belongs to another organization is not found."
        nl "Controleer het pad en de id's erin. Wat van een andere organisatie is, wordt niet gevonden.";
    problem_payment: en "The payment failed" nl "De betaling is mislukt";
    problem_method: en "This method does not exist here" nl "Deze methode bestaat hier niet";
    problem_media_type: en "This kind of content is not accepted" nl "Dit soort inhoud wordt niet geaccepteerd";

    problem_token_text:
        en "Send the token in the header Authorization: Bearer. It may be revoked or past its last day."
        nl "Stuur het token mee in de header Authorization: Bearer. Misschien is het ingetrokken of verlopen.";
    problem_scope_text(scopes: &str):
        en "The token lacks the scope for this: {scopes}."
        nl "Het token mist het bereik hiervoor: {scopes}.";
    problem_address_text: en "Check method and path." nl "Controleer de methode en het pad.";
    problem_media_type_text(taken: &str):
        en "Send it with the header Content-Type: {taken}."
        nl "Stuur het met de header Content-Type: {taken}.";
    problem_json_text(line: i64, column: i64):
        en "The body is not JSON: look at line {line}, column {column}."
        nl "De inhoud is geen JSON: kijk bij regel {line}, kolom {column}.";
    problem_body_text: en "The body could not be read." nl "De inhoud kon niet worden gelezen.";
    problem_body_too_large_text(bytes: i64):
        en "The body can have at most {bytes} bytes."
        nl "De inhoud kan maximaal {bytes} bytes groot zijn.";
    problem_header_text(header: &str):
        en "The header {header} cannot be read."
        nl "De header {header} kan niet worden gelezen.";
    problem_field_missing: en "This field is missing." nl "Dit veld ontbreekt.";
    problem_field_unknown: en "This field does not exist here." nl "Dit veld bestaat hier niet.";
    problem_field_repeated: en "This field was given twice." nl "Dit veld is twee keer opgegeven.";
    problem_field_wrong_type:
        en "This field takes another type or another value."
        nl "Dit veld verwacht een ander type of een andere waarde.";
}

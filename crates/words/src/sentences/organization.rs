//! Settings: the organization, its sandbox clock, and API tokens.

use crate::macros::sentences;

sentences! {
    // Organization settings.
    settings_cloud_hint:
        en "The cloud decides names of pages, buttons and means of payment."
        nl "De cloud bepaalt paginanamen, knoppen en betaalmiddelen.";

    // API tokens.
    api_tokens_purpose:
        en "Keys with which your programs use the API of this organization."
        nl "Sleutels waarmee uw programma's de API van deze organisatie gebruiken.";
    api_tokens_empty: en "There are no API tokens." nl "Er zijn geen API-tokens.";
    api_token: en "API token" nl "API-token";
    api_token_was_copied: en "I have copied it" nl "Ik heb de token gekopieerd";
    api_token_now_revoked: en "The token was revoked." nl "De token is ingetrokken.";
    api_token_create: en "Create API token" nl "API-token maken";
    api_token_name_hint:
        en "Which program uses it, such as HR synchronization."
        nl "Welk programma de token gebruikt, bijvoorbeeld HR-synchronisatie.";
    api_token_scopes: en "What the program may do" nl "Wat het programma mag";
    api_token_scopes_hint: en "Give as little as it needs." nl "Geef zo weinig als nodig is.";
    api_token_expiry: en "Expires after" nl "Verloopt na";
    api_token_expiry_hint:
        en "The program is refused from then on; make a new token before."
        nl "Daarna wordt het programma geweigerd; maak op tijd een nieuwe token.";
    api_token_never_expires: en "Never expires" nl "Verloopt nooit";
    api_token_is_revoked: en "Revoked" nl "Ingetrokken";
    api_token_is_expired: en "Out of date" nl "Niet meer geldig";
    api_token_shown_once:
        en "Copy the token now. It is shown only once."
        nl "Kopieer de token nu. Deze wordt maar één keer getoond.";
    api_token_is_ready(name: &str):
        en "The API token {name} is ready."
        nl "De API-token {name} is klaar.";
    api_token_revoke: en "Revoke token" nl "Token intrekken";
    api_token_revoke_question(name: &str):
        en "Revoke {name}?"
        nl "{name} intrekken?";
    api_token_revoke_consequence:
        en "Programs that use it are refused from now on."
        nl "Programma's die de token gebruiken, worden vanaf nu geweigerd.";
    api_documentation: en "API documentation" nl "API-documentatie";
}

//! Sign-in, the personas of the demo, the first operator, and one's own account.

use crate::macros::sentences;

sentences! {
    // Sign-in.
    sign_in: en "Sign in" nl "Aanmelden";
    sign_in_title(product: &str):
        en "Sign in to {product}"
        nl "Aanmelden bij {product}";
    email_address: en "E-mail address" nl "E-mailadres";
    password: en "Password" nl "Wachtwoord";
    signed_out: en "You are signed out." nl "U bent afgemeld.";
    sign_in_again:
        en "Sign in again, and you are back where you were."
        nl "Meld u opnieuw aan en u bent terug waar u was.";
    typed_is_back:
        en "What you typed before you signed in again is back. It was not saved yet."
        nl "Wat u had getypt voordat u zich opnieuw aanmeldde, staat er weer. Het is nog niet opgeslagen.";

    // Personas of the demo.
    personas_title: en "Choose who you want to be" nl "Kies wie u wilt zijn";
    personas_purpose:
        en "One click signs you in. This exists only in the demo."
        nl "Met één klik bent u aangemeld. Dit bestaat alleen in de demo.";
    persona_buyer: en "Self-service buyer" nl "Selfservice-inkoper";
    persona_buyer_means:
        en "Bought a product by self-service; sees only that."
        nl "Heeft via selfservice een product gekocht en ziet alleen dat.";
    persona_ordinary_user: en "Ordinary user" nl "Gewone gebruiker";
    persona_ordinary_user_means: en "Has licenses; administers nothing." nl "Heeft licenties en beheert niets.";

    // The first operator.
    setup_title(product: &str):
        en "Set up {product}"
        nl "{product} instellen";
    setup_purpose:
        en "Make the first operator. This page closes for good afterwards."
        nl "Maak de eerste operator. Daarna sluit deze pagina voorgoed.";
    setup_token: en "Setup code" nl "Instelcode";
    setup_token_hint:
        en "The code that the server printed when it started."
        nl "De code die de server bij het starten toonde.";
    setup_token_wrong:
        en "This is not the code that the server printed."
        nl "Dit is niet de code die de server toonde.";
    setup_create_operator: en "Create operator" nl "Operator maken";
    password_repeat: en "Password, once more" nl "Wachtwoord, nogmaals";
    password_hint(minimum: usize):
        en "At least {minimum} characters. Several words make a good password."
        nl "Minstens {minimum} tekens. Enkele woorden vormen een goed wachtwoord.";

    // One's own account.
    change_password: en "Change password" nl "Wachtwoord wijzigen";
    current_password: en "Current password" nl "Huidig wachtwoord";
    new_password: en "New password" nl "Nieuw wachtwoord";
    password_changed:
        en "Your password was changed. You are signed out everywhere else."
        nl "Uw wachtwoord is gewijzigd. U bent overal elders afgemeld.";
    current_password_wrong: en "This is not your current password." nl "Dit is niet uw huidige wachtwoord.";
    my_roles: en "Your roles" nl "Uw rollen";
    my_licenses: en "Your licenses" nl "Uw licenties";
    my_licenses_empty:
        en "You have no licenses. Ask an admin of your organization."
        nl "U hebt geen licenties. Vraag het een beheerder van uw organisatie.";
    my_sessions: en "Where you are signed in" nl "Waar u bent aangemeld";
    this_session: en "This device" nl "Dit apparaat";
    sign_out_everywhere: en "Sign out everywhere else" nl "Overal elders afmelden";
}

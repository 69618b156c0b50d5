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
    show_password: en "Show password" nl "Wachtwoord weergeven";
    sign_in_suspended:
        en "Your organization is suspended. Contact your operator."
        nl "Uw organisatie is opgeschort. Neem contact op met uw operator.";
    sign_in_no_password:
        en "This account has no password yet. Ask an admin of your organization."
        nl "Dit account heeft nog geen wachtwoord. Vraag het een beheerder van uw organisatie.";
    signed_out: en "You are signed out." nl "U bent afgemeld.";
    keep_me_signed_in: en "Keep me signed in on this device" nl "Aangemeld blijven op dit apparaat";

    // Personas of the demo.
    personas_title: en "Choose who you want to be" nl "Kies wie u wilt zijn";
    personas_purpose:
        en "One click signs you in. This exists only in the demo."
        nl "Met één klik bent u aangemeld. Dit bestaat alleen in de demo.";
    continue_as(name: &str):
        en "Continue as {name}"
        nl "Doorgaan als {name}";
    persona_buyer: en "Self-service buyer" nl "Selfservice-inkoper";
    persona_buyer_means:
        en "Bought a product by self-service; sees only that."
        nl "Heeft via selfservice een product gekocht en ziet alleen dat.";
    persona_ordinary_user: en "Ordinary user" nl "Gewone gebruiker";
    persona_ordinary_user_means: en "Has licenses; administers nothing." nl "Heeft licenties en beheert niets.";
    switch_persona: en "Switch person" nl "Van persoon wisselen";

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
    setup_done: en "The operator exists. Sign in to go on." nl "De operator bestaat. Meld u aan om verder te gaan.";
    password_repeat: en "Password, once more" nl "Wachtwoord, nogmaals";
    password_hint(minimum: usize):
        en "At least {minimum} characters. Several words make a good password."
        nl "Minstens {minimum} tekens. Enkele woorden vormen een goed wachtwoord.";
    password_too_common:
        en "This password is known to everyone. Choose another one."
        nl "Dit wachtwoord kent iedereen. Kies een ander.";

    // One's own account.
    my_account_purpose:
        en "Your details, your language and where you are signed in."
        nl "Uw gegevens, uw taal en waar u bent aangemeld.";
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

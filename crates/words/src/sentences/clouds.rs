//! What only some clouds say, and where help is beyond the pages (domain 7, 8.5; R15, R47, R48, R150).

use crate::macros::sentences;

sentences! {
    // Above the pages of a cloud whose admin center is changing (R15).
    center_is_changing:
        en "The admin center is changing. A page may have another name than in your instructions."
        nl "Het beheercentrum verandert. Een pagina kan een andere naam hebben dan in uw instructies.";
    center_is_changing_link: en "See what changes" nl "Bekijk wat er verandert";

    // What a cloud leaves to support.
    closed_by_support:
        en "In your cloud, support does this for you."
        nl "In uw cloud doet ondersteuning dit voor u.";
    remedy_contact_support: en "Contact support." nl "Neem contact op met ondersteuning.";
    contact_support: en "Contact support" nl "Contact opnemen met ondersteuning";

    // Recurring billing, switched on the page itself.
    turn_on: en "Turn on" nl "Inschakelen";
    turn_off: en "Turn off" nl "Uitschakelen";

    // Proof of payment in the cloud of 21Vianet.
    get_fapiaos: en "Get Fapiaos" nl "Fapiao's opvragen";

    // Help beyond the pages.
    need_help: en "Need help?" nl "Hulp nodig?";
    self_service_faq:
        en "Self-service purchases FAQ"
        nl "Veelgestelde vragen over selfserviceaankopen";
    related_help: en "Related help" nl "Verwante hulp";
    /// How the pane with the total is sent, inside a step of a help page: bold as its labels are.
    help_send_then_close(send: &str, close: &str):
        en "**{send}**, then **{close}**"
        nl "**{send}** en daarna **{close}**";
    support_link: en "Go to support" nl "Naar ondersteuning";
    support_by_mail(address: &str): en "Write to {address}" nl "Schrijf naar {address}";
    support_by_phone(number: &str): en "Call {number}" nl "Bel {number}";
    support_by_seller:
        en "Ask those who provide Zetel to you: they answer questions about your subscriptions and invoices."
        nl "Vraag het aan wie Zetel voor u verzorgt: daar beantwoordt men vragen over uw abonnementen en facturen.";
}

//! The operator's page about mails, and the organization's page about who gets them (R172).

use crate::macros::sentences;

sentences! {
    // The operator's page.
    mails: en "Mails" nl "E-mails";
    mails_purpose:
        en "Every mail that this system writes: what waits, what was sent, what needs your help."
        nl "Elke e-mail die dit systeem schrijft: wat wacht, wat is verzonden, wat uw hulp nodig heeft.";
    mails_no_server:
        en "No mail server is connected. Mails wait here and are sent as soon as there is one."
        nl "Er is geen mailserver verbonden. E-mails wachten hier en worden verzonden zodra die er is.";
    mails_parked_means:
        en "These mails were refused for good or for four days. Solve the cause and send them again, or leave them."
        nl "Deze e-mails zijn voorgoed of vier dagen lang geweigerd. Los de oorzaak op en verzend ze opnieuw, of laat ze.";
    mails_empty: en "No mails here" nl "Geen e-mails hier";
    mails_empty_hint:
        en "Mails show up here as soon as something happens that people want to know."
        nl "E-mails verschijnen hier zodra er iets gebeurt dat mensen willen weten.";
    mails_search: en "Search by address" nl "Zoek op adres";
    mails_every_state: en "Any status" nl "Elke status";
    mails_every_kind: en "Any kind" nl "Elke soort";
    mail: en "Mail" nl "E-mail";
    mail_to: en "To" nl "Aan";
    mail_written_at: en "Written" nl "Geschreven";
    mail_next_try: en "Next try" nl "Volgende poging om te verzenden";
    mail_server_said: en "What went wrong" nl "Wat er misging";
    mail_attachment: en "Attachment" nl "Bijlage";
    mail_attached_invoice: en "The invoice as PDF" nl "De factuur als pdf";
    mail_resume: en "Send again" nl "Opnieuw verzenden";
    mail_drop: en "Do not send" nl "Niet verzenden";
    mail_was_resumed: en "The mail waits to be sent again." nl "De e-mail wacht weer op verzending.";
    mail_was_dropped: en "The mail will not be sent." nl "De e-mail wordt niet verzonden.";
    mail_as_html: en "As most people see it" nl "Zoals de meeste mensen het zien";
    mail_as_text: en "As plain text" nl "Als platte tekst";
    mail_unknown:
        en "This version does not know what the mail says. A newer one wrote it."
        nl "Deze versie weet niet wat de e-mail zegt. Een nieuwere heeft die geschreven.";
    mail_previews: en "Preview every mail" nl "Voorbeelden van elke e-mail";
    mail_previews_purpose:
        en "What each mail says in both languages, with invented facts."
        nl "Wat elke e-mail in beide talen zegt, met verzonnen gegevens.";

    // Who gets which mail.
    notifications: en "Notifications" nl "Meldingen";
    notifications_purpose:
        en "Who gets mail about orders, invoices and subscriptions, and in which language."
        nl "Wie e-mail krijgt over bestellingen, facturen en abonnementen, en in welke taal.";
    notifications_how: en "How" nl "Hoe";
    notifications_language: en "Language of mails" nl "Taal van e-mails";
    notifications_attach: en "Attach a PDF to invoice mails" nl "Een pdf bij factuurmails voegen";
    notifications_attach_hint:
        en "Without it, the mail leads to the invoice."
        nl "Zonder bijlage leidt de e-mail naar de factuur.";
    notifications_recipients: en "Recipients" nl "Ontvangers";
    notifications_admins: en "Global and billing admins" nl "Globale beheerders en factureringsbeheerders";
    notifications_admins_hint:
        en "They get mail because of their role. Give or take the role under Active users."
        nl "Zij krijgen e-mail vanwege hun rol. Geef of ontneem de rol bij Actieve gebruikers.";
    notifications_nobody:
        en "Nobody has such a role. Without further addresses, nobody gets this mail."
        nl "Niemand heeft zo'n rol. Zonder meer adressen krijgt niemand deze e-mail.";
    notifications_contact: en "Address of the organization" nl "Adres van de organisatie";
    notifications_contact_hint:
        en "Gets what concerns money, such as invoices. May be empty."
        nl "Krijgt wat over geld gaat, zoals facturen. Mag leeg zijn.";
    notifications_extra: en "Further addresses" nl "Meer adressen";
    notifications_extra_hint:
        en "One on each line, for what concerns money."
        nl "Eén per regel, voor wat over geld gaat.";
    notifications_only_global:
        en "Only a global admin changes the addresses."
        nl "Alleen een globale beheerder wijzigt de adressen.";
    notifications_were_changed: en "The notifications were saved." nl "De meldingen zijn opgeslagen.";
    kind_notifications_changed: en "Notifications changed" nl "Meldingen gewijzigd";
    event_notifications_changed: en "It was changed who gets which mail." nl "Er is gewijzigd wie welke e-mail krijgt.";
}

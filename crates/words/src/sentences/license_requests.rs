//! Requests for licenses (domain 2.9).

use crate::macros::sentences;

sentences! {
    license_request: en "License request" nl "Licentieaanvraag";
    license_requests_purpose:
        en "People who ask for a license. Say for whom; they get it at once, and the asker gets mail."
        nl "Mensen die een licentie vragen. U bepaalt wie er een krijgt; dat gaat meteen, en de aanvrager krijgt bericht.";
    license_requests_own_purpose:
        en "The licenses that you asked for. An admin of your organization decides."
        nl "De licenties die u hebt aangevraagd. Een beheerder van uw organisatie beslist.";
    request_licenses: en "Request licenses" nl "Licenties aanvragen";
    requests_completed: en "Decided" nl "Afgehandeld";
    requests_none_pending: en "No request is waiting" nl "Er wacht geen aanvraag";
    requests_none_pending_hint:
        en "When somebody asks for a license, the request stands here until it is decided."
        nl "Als iemand een licentie vraagt, staat de aanvraag hier tot erover is beslist.";
    requests_none_completed: en "No request was decided" nl "Er is nog over geen aanvraag beslist";
    requests_kept:
        en "Requests are kept for twelve months after the decision."
        nl "Aanvragen worden na de beslissing twaalf maanden bewaard.";
    request_pending: en "Pending" nl "In behandeling";
    request_approved: en "Approved" nl "Goedgekeurd";
    request_partly_approved: en "Partly approved" nl "Deels goedgekeurd";
    request_rejected: en "Rejected" nl "Afgewezen";
    requested_by: en "Requested by" nl "Aangevraagd door";
    requested_on: en "Requested on" nl "Aangevraagd op";
    request_decided_by: en "Decided by" nl "Beslist door";
    request_decided_on: en "Decided on" nl "Beslist op";
    request_people: en "For whom" nl "Voor wie";
    request_for_myself: en "For myself" nl "Voor mijzelf";
    request_for_others: en "For others" nl "Voor anderen";
    request_for_others_hint:
        en "Their email addresses, one on each line. At most 20 people in a request."
        nl "Hun e-mailadressen, elk op een eigen regel. Hooguit 20 mensen in een aanvraag.";
    request_reason: en "Reason for the request" nl "Reden van de aanvraag";
    request_reason_hint:
        en "Helps the admin to decide. May stay empty."
        nl "Helpt de beheerder te beslissen. Mag leeg blijven.";
    request_send: en "Send request" nl "Aanvraag versturen";
    request_who_gets_one: en "Who gets a license" nl "Wie krijgt een licentie";
    request_person_left: en "No longer in the organization" nl "Niet meer in de organisatie";
    request_person_holds: en "Has this product by now" nl "Heeft dit product inmiddels";
    request_gives: en "License of" nl "Licentie voor";
    request_gives_hint:
        en "If you give another product than was asked for, all its apps are on."
        nl "Geeft u een ander product dan is aangevraagd, dan staan alle apps ervan aan.";
    /// After the name of the product that was asked for.
    request_as_asked: en "as requested" nl "zoals aangevraagd";
    request_given: en "Given instead" nl "In plaats daarvan gegeven";
    request_message: en "Message to the asker" nl "Bericht aan de aanvrager";
    request_message_hint: en "Goes with the mail. May stay empty." nl "Gaat met de mail mee. Mag leeg blijven.";
    request_approve: en "Approve for those ticked" nl "Goedkeuren voor wie is aangevinkt";
    request_reject: en "Reject request" nl "Aanvraag afwijzen";
    licenses_were_requested:
        en "Your request was sent. You get mail when it is decided."
        nl "Uw aanvraag is verstuurd. U krijgt een mail als erover is beslist.";
    request_was_approved(count: i64):
        en one "The request was approved for {count} person." other "The request was approved for {count} people."
        nl one "De aanvraag is goedgekeurd voor {count} persoon." other "De aanvraag is goedgekeurd voor {count} mensen.";
    request_was_rejected: en "The request was rejected." nl "De aanvraag is afgewezen.";
    request_process: en "Own request process" nl "Eigen aanvraagproces";
    request_process_purpose:
        en "Does your organization decide about licenses elsewhere? Then people read this text instead of sending a request. \
            Requests that are waiting stay until they are decided."
        nl "Beslist uw organisatie ergens anders over licenties? Dan lezen mensen deze tekst in plaats van een aanvraag te \
            versturen. Aanvragen die wachten, blijven staan tot erover is beslist.";
    request_process_text: en "What people read" nl "Wat mensen lezen";
    request_process_text_hint:
        en "Leave it empty to take requests here."
        nl "Laat dit leeg om aanvragen hier te ontvangen.";
    request_process_link: en "Link" nl "Koppeling";
    request_process_link_hint: en "May stay empty. Begins with https://." nl "Mag leeg blijven. Begint met https://.";
    request_process_was_changed:
        en "How people ask for licenses was changed."
        nl "Hoe mensen licenties aanvragen, is gewijzigd.";
    refused_not_a_link:
        en "This is not a web address that begins with https://."
        nl "Dit is geen webadres dat met https:// begint.";
    refused_requests_elsewhere:
        en "Your organization has its own way to request licenses. Follow what the page says."
        nl "Uw organisatie heeft een eigen manier om licenties aan te vragen. Volg wat op de pagina staat.";
    refused_already_requested:
        en "You already asked for this product, and that request is waiting. An admin has to decide it first."
        nl "U hebt dit product al aangevraagd, en die aanvraag wacht nog. Een beheerder moet er eerst over beslissen.";
    kind_licenses_requested: en "Licenses requested" nl "Licenties aangevraagd";
    kind_license_request_decided: en "License request decided" nl "Over licentieaanvraag beslist";
    kind_request_process_changed: en "Request process changed" nl "Aanvraagproces gewijzigd";
    event_licenses_requested(count: i64, product: &str):
        en one "A license of {product} was requested for {count} person."
            other "A license of {product} was requested for each of {count} people."
        nl one "Voor {count} persoon is een licentie voor {product} aangevraagd."
            other "Voor {count} mensen is een licentie voor {product} aangevraagd.";
    event_license_request_decided(product: &str, approved: u32, rejected: u32):
        en "The request for {product} was decided: {approved} approved, {rejected} rejected."
        nl "Over de aanvraag voor {product} is beslist: {approved} goedgekeurd, {rejected} afgewezen.";
    event_request_given(product: &str):
        en "Given instead: {product}."
        nl "In plaats daarvan gegeven: {product}.";
    event_request_declined(names: &str): en "Rejected: {names}." nl "Afgewezen: {names}.";
    request_person_approved(name: &str): en "{name}: approved" nl "{name}: goedgekeurd";
    request_person_rejected(name: &str): en "{name}: rejected" nl "{name}: afgewezen";
    event_request_process_changed:
        en "An own process took the place of license requests."
        nl "Een eigen proces is in de plaats gekomen van licentieaanvragen.";
    event_request_process_off: en "License requests are taken again." nl "Licentieaanvragen worden weer ontvangen.";
    mail_license_request(product: &str):
        en "Your request for {product} was decided"
        nl "Er is beslist over uw aanvraag voor {product}";
    mail_license_request_approved(names: &str, product: &str):
        en "These people now have a license of {product}: {names}."
        nl "Deze mensen hebben nu een licentie voor {product}: {names}.";
    mail_license_request_rejected(names: &str):
        en "The request was rejected for: {names}."
        nl "De aanvraag is afgewezen voor: {names}.";
    mail_license_request_message(admin: &str, text: &str):
        en "{admin} writes: {text}"
        nl "{admin} schrijft: {text}";
    request_share: en "Share by mail" nl "Per e-mail delen";
    request_share_purpose:
        en "Send this request to people who know more about it. It still waits here until an admin decides."
        nl "Stuur deze aanvraag naar mensen die er meer van weten. Hij blijft hier wachten tot een beheerder beslist.";
    request_share_with: en "With whom" nl "Met wie";
    request_share_with_hint:
        en "Email addresses of people of your organization, one on each line. At most 20."
        nl "E-mailadressen van mensen uit uw organisatie, elk op een eigen regel. Hooguit 20.";
    request_share_message: en "Message" nl "Bericht";
    request_was_shared: en "The request was sent." nl "De aanvraag is verstuurd.";
    kind_license_request_shared: en "License request shared" nl "Licentieaanvraag gedeeld";
    event_license_request_shared(count: usize, product: &str):
        en one "The request for {product} was shared with {count} person."
            other "The request for {product} was shared with {count} people."
        nl one "De aanvraag voor {product} is met {count} persoon gedeeld."
            other "De aanvraag voor {product} is met {count} mensen gedeeld.";
    mail_request_shared(person: &str, product: &str):
        en "{person} asks for a license of {product}"
        nl "{person} vraagt een licentie voor {product}";
    mail_request_shared_text(admin: &str):
        en "{admin} wants you to know of this request. An admin of your organization decides on it."
        nl "{admin} wil dat u deze aanvraag kent. Een beheerder van uw organisatie beslist erover.";
    mail_view_request: en "View request" nl "Aanvraag bekijken";
}

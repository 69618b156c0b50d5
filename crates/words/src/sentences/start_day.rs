//! Subscriptions that start on a later day (domain 1.4 T11, R163).

use crate::macros::sentences;
use jiff::civil::Date;

sentences! {
    // Buying.
    starts_on: en "Starts on" nl "Begint op";
    start_day: en "Start date" nl "Begindatum";
    start_day_hint:
        en "Leave it empty to start today. On a later day, what pays is charged then, and licenses can be assigned from then on."
        nl "Laat leeg om vandaag te beginnen. Op een latere dag wordt dan pas afgeschreven of gefactureerd, en zijn licenties vanaf die dag toe te wijzen.";
    refused_starts_between(from: Date, until: Date):
        en "Choose a day from {from} to {until}."
        nl "Kies een dag van {from} tot en met {until}.";
    refused_starts_at_once:
        en "This starts as soon as it is bought. Leave the start date empty."
        nl "Dit begint zodra het is gekocht. Laat de begindatum leeg.";

    // The subscription that waits.
    closed_not_started: en "The subscription has not started yet." nl "Het abonnement is nog niet begonnen.";
    remedy_wait_for_start:
        en "It can be changed and canceled from its start date on."
        nl "Vanaf de begindatum kan het worden gewijzigd en opgezegd.";
    timeline_starts: en "Starts" nl "Begint";
    order_starts_later(date: Date):
        en "The subscription starts on {date}. Nothing is charged before that day."
        nl "Het abonnement begint op {date}. Voor die dag wordt niets in rekening gebracht.";

    // The history.
    kind_subscription_scheduled: en "Subscription scheduled" nl "Abonnement gepland";
    kind_scheduled_subscription_started: en "Scheduled subscription started" nl "Gepland abonnement begonnen";
    event_subscription_scheduled(quantity: u32, product: &str, date: Date):
        en "{quantity} licenses of {product} were bought, to start on {date}."
        nl "{quantity} licenties van {product} zijn gekocht, met begin op {date}.";
    event_scheduled_subscription_started(product: &str, date: Date):
        en "{product} started as planned and runs until {date}."
        nl "{product} is begonnen zoals gepland en loopt tot {date}.";

    // Mails.
    mail_subscription_started(product: &str): en "{product} has started" nl "{product} is begonnen";
    mail_subscription_started_text(date: Date):
        en "The subscription that was bought to start on {date} is active. Assign its licenses to people, so that they can begin."
        nl "Het abonnement dat is gekocht om op {date} te beginnen, is actief. Wijs de licenties toe, zodat mensen aan de slag kunnen.";
    mail_order_starts_later(date: Date):
        en "Thank you for your order. The subscription starts on {date}; nothing is charged before that day."
        nl "Bedankt voor uw bestelling. Het abonnement begint op {date}; voor die dag wordt niets in rekening gebracht.";
}

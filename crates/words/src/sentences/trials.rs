//! Trials: start one, extend it, buy what was tried (domain 1.7).

use crate::macros::sentences;
use jiff::civil::Date;

sentences! {
    // The pane that starts one.
    start_trial: en "Start free trial" nl "Gratis proefversie starten";
    start_trial_of(product: &str): en "Try {product}" nl "{product} proberen";
    trial_offer(count: u32):
        en "Try it first: {count} licenses, free for a month."
        nl "Eerst proberen: {count} licenties, een maand gratis.";
    trial_was_taken:
        en "You have tried this product before."
        nl "U hebt dit product al eens geprobeerd.";
    trial_only:
        en "Your organization lets people try this product, not buy it. Ask your IT administrator for licenses."
        nl "Uw organisatie laat gebruikers dit product proberen, maar niet kopen. Vraag uw IT-beheerder om licenties.";
    trial_free_until: en "Free until" nl "Gratis tot";
    trial_costs_nothing:
        en "A trial costs nothing, and there is no invoice."
        nl "Een proefversie kost niets en er komt geen factuur.";
    trial_same_count:
        en "The number of licenses stays as it is until you buy the subscription."
        nl "Het aantal licenties blijft gelijk totdat u het abonnement koopt.";
    trial_once: en "Each product can be tried once." nl "Elk product is één keer te proberen.";
    trial_at_the_end: en "When the trial ends" nl "Als de proefversie afloopt";
    trial_ends_by_itself: en "It ends by itself" nl "Ze loopt vanzelf af";
    trial_ends_by_itself_note:
        en "You can buy the subscription whenever you like; people keep their licenses."
        nl "U kunt het abonnement kopen wanneer u wilt; gebruikers houden hun licentie.";
    trial_goes_on_paid(method: &str):
        en "It goes on, paid with {method}"
        nl "Ze gaat door, betaald met {method}";
    trial_goes_on_note:
        en "Turn off recurring billing before the end date and nothing is charged."
        nl "Zet terugkerende facturering vóór de einddatum uit, dan wordt er niets in rekening gebracht.";
    trial_paid_term: en "Term and billing after the trial" nl "Termijn en facturering na de proefversie";
    trial_started:
        en "The trial has started. Assign its licenses to people."
        nl "De proefversie is gestart. Wijs de licenties toe aan gebruikers.";

    // The details page.
    trial_becomes_paid_on: en "Becomes paid on" nl "Wordt betaald vanaf";
    trial_free_price: en "Free for now" nl "Nu gratis";
    trial_price_then(price: &str): en "Once paid: {price}" nl "Als u betaalt: {price}";
    trial_buy_lead:
        en "You buy what you tried. The trial becomes this subscription: licenses stay with the people who have them."
        nl "U koopt wat u hebt geprobeerd. De proefversie wordt dit abonnement: gebruikers houden hun licentie.";
    trial_in_use(count: u32):
        en one "{count} license is in use, so buy at least one." other "{count} licenses are in use, so buy at least as many."
        nl one "Er is {count} licentie in gebruik; koop er dus minstens één."
            other "Er zijn {count} licenties in gebruik; koop er dus minstens zoveel.";
    recurring_trial_on_effect(price: &str, date: Date):
        en "The trial goes on as a paid subscription on {date}, at {price} for the present licenses, without tax."
        nl "De proefversie gaat op {date} door als betaald abonnement, voor {price} voor de huidige licenties, exclusief \
            belasting.";
    recurring_trial_off_effect(date: Date):
        en "The trial ends on {date}, and nothing is charged."
        nl "De proefversie loopt op {date} af en er wordt niets in rekening gebracht.";

    // Extending.
    extend_trial: en "Extend trial" nl "Proefversie verlengen";
    trial_ends_now: en "Ends now on" nl "Eindigt nu op";
    trial_ends_then: en "Ends then on" nl "Eindigt dan op";
    trial_extends_once:
        en "A trial can be extended once, in its last 15 days."
        nl "Een proefversie is één keer te verlengen, in de laatste 15 dagen.";
    trial_was_extended: en "The trial was extended." nl "De proefversie is verlengd.";
    trial_help: en "About trials" nl "Over proefversies";

    // Refusals.
    refused_trial_twice:
        en "This product was tried before, and each can be tried once."
        nl "Dit product is al eerder geprobeerd, en dat kan één keer.";
    remedy_buy_instead: en "Buy the subscription instead." nl "Koop in plaats daarvan het abonnement.";
    refused_trial_extends_from(date: Date):
        en "A trial can be extended in its last 15 days only, from {date} on."
        nl "Een proefversie is alleen in de laatste 15 dagen te verlengen, vanaf {date}.";
    refused_trial_being_bought:
        en "Somebody is buying this trial already."
        nl "Iemand is deze proefversie al aan het kopen.";
    closed_not_trial: en "This is not a trial." nl "Dit is geen proefversie.";
    closed_trial_extended: en "The trial was extended before." nl "De proefversie is al verlengd.";
    closed_trial_over: en "The trial is over." nl "De proefversie is afgelopen.";

    // The history.
    kind_trial_extended: en "Trial extended" nl "Proefversie verlengd";
    kind_trial_became_paid: en "Trial became a paid subscription" nl "Proefversie werd betaald abonnement";
    event_trial_started(quantity: u32, product: &str):
        en "A trial of {product} with {quantity} licenses has started."
        nl "Een proefversie van {product} met {quantity} licenties is gestart.";
    event_trial_extended(product: &str, date: Date):
        en "The trial of {product} was extended until {date}."
        nl "De proefversie van {product} is verlengd tot {date}.";
    event_trial_became_paid(product: &str, quantity: u32, channel: &str):
        en "The trial of {product} became a paid subscription: {quantity} licenses ({channel})."
        nl "De proefversie van {product} is een betaald abonnement geworden: {quantity} licenties ({channel}).";

    // Mails.
    mail_kind_becomes_paid_soon: en "Trial about to be paid" nl "Proefversie wordt binnenkort betaald";
    reminder_becomes_paid_soon: en "the trial becomes paid" nl "de proefversie wordt een betaald abonnement";
    mail_becomes_paid_soon(product: &str, when: &str):
        en "The trial of {product} becomes a paid subscription {when}"
        nl "De proefversie van {product} wordt {when} een betaald abonnement";
    mail_becomes_paid_soon_text(day: Date):
        en "The trial ends on {day}, and goes on as a paid subscription with your payment method. You do not need to do \
            anything. If you do not want that, turn off recurring billing before that day. If you want another number \
            of licenses or another term, buy the subscription before that day."
        nl "De proefversie loopt op {day} af en gaat door als betaald abonnement, met uw betalingsmethode. U hoeft \
            niets te doen. Wilt u dat niet, zet dan vóór die dag terugkerende facturering uit. Wilt u een ander aantal \
            licenties of een andere termijn, koop dan vóór die dag het abonnement.";
}

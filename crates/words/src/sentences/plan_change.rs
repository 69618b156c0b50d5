//! Change the plan of a subscription (domain 1.10).

use crate::macros::sentences;
use jiff::civil::Date;

sentences! {
    // The pane.
    change_plan: en "Upgrade" nl "Upgraden";
    plan_choose: en "Upgrades recommended for your organization" nl "Aanbevolen upgrades voor uw organisatie";
    plan_choose_about:
        en "These products keep mail and files at the same level or a higher one. Everybody moves at once and keeps working."
        nl "Deze producten bewaren e-mail en bestanden op hetzelfde niveau of hoger. Iedereen gaat tegelijk over en kan \
            doorwerken.";
    plan_note(price: &str, apps: i64):
        en "From {price}. {apps} apps and services."
        nl "Vanaf {price}. {apps} apps en services.";
    plan_missing(missing: i64):
        en one "{missing} app or service of today is not among them."
            other "{missing} apps and services of today are not among them."
        nl one "{missing} app of service van nu zit er niet bij."
            other "{missing} apps en services van nu zitten er niet bij.";
    plan_nowhere:
        en "No product on sale keeps what people made with this one."
        nl "Er is geen product te koop dat alles bewaart wat mensen met dit product hebben gemaakt.";
    plan_by_hand:
        en "Buy another product, give people its licenses under Active users with Replace, and cancel this subscription."
        nl "Koop een ander product, geef mensen de licenties daarvan bij Actieve gebruikers met Vervangen, en zeg dit \
            abonnement op.";
    plan_quantity_hint(people: i64):
        en one "At least {people}: the number of people who get one."
            other "At least {people}: the number of people who get one."
        nl one "Minstens {people}: het aantal mensen dat er een krijgt."
            other "Minstens {people}: het aantal mensen dat er een krijgt.";
    plan_quantity_least: en "At least 1." nl "Minstens 1.";
    plan_price_choice(term: &str, price: &str): en "{term}, {price}" nl "{term}, {price}";
    change_start_now: en "Now" nl "Nu";
    change_start_at_renewal: en "When the subscription renews" nl "Bij de verlenging van het abonnement";
    change_start_on(date: Date): en "On {date}" nl "Op {date}";
    plan_review: en "Check the upgrade" nl "Controleer de upgrade";
    plan_back: en "Change these choices" nl "Deze keuzes wijzigen";
    plan_licenses_of(count: i64, product: &str):
        en one "{count} license of {product}" other "{count} licenses of {product}"
        nl one "{count} licentie van {product}" other "{count} licenties van {product}";
    plan_credit: en "Back for unused days" nl "Terug voor ongebruikte dagen";
    plan_cost: en "To pay" nl "Te betalen";
    plan_moves(people: i64, product: &str):
        en one "{people} person moves to {product} and keeps working."
            other "{people} people move to {product} and keep working."
        nl one "{people} persoon gaat over op {product} en kan doorwerken."
            other "{people} personen gaan over op {product} en kunnen doorwerken.";
    plan_everybody_has(product: &str):
        en "Everybody with a license has one of {product}, too, and keeps working."
        nl "Iedereen met een licentie heeft er ook een van {product} en kan doorwerken.";
    plan_apps_on:
        en "Apps and services that were turned off for somebody are on again afterwards."
        nl "Apps en services die voor iemand waren uitgeschakeld, staan daarna weer aan.";
    plan_ends(product: &str):
        en "This subscription of {product} is canceled. The money for unused days comes on a credit note."
        nl "Dit abonnement op {product} wordt opgezegd. Het geld voor ongebruikte dagen komt op een creditfactuur.";
    plan_ends_at_renewal(product: &str, date: Date):
        en "This subscription of {product} stays as it is until {date} and ends then. Until then you can cancel the upgrade."
        nl "Dit abonnement op {product} blijft zoals het is tot {date} en eindigt dan. Tot die dag kunt u ervan afzien.";
    plan_drops_schedule:
        en "Other changes that were planned for the renewal are dropped."
        nl "Andere wijzigingen die voor de verlenging waren gepland, vervallen.";
    plan_takes_a_while:
        en "It may take some minutes; you can close the page."
        nl "Het kan enkele minuten duren; u kunt de pagina sluiten.";
    plan_help: en "How an upgrade works" nl "Zo werkt een upgrade";

    // Progress, and the notice afterwards.
    plan_check_status: en "Check upgrade status" nl "Upgradestatus controleren";
    plan_moving: en "Moving users…" nl "Gebruikers worden verplaatst…";
    plan_done: en "Upgrade completed" nl "Upgrade voltooid";
    plan_done_text(people: i64):
        en one "{people} person has a license of the new product. The old subscription is canceled."
            other "{people} people have licenses of the new product. The old subscription is canceled."
        nl one "{people} persoon heeft een licentie van het nieuwe product. Het oude abonnement is opgezegd."
            other "{people} personen hebben licenties van het nieuwe product. Het oude abonnement is opgezegd.";
    plan_open_new: en "Open the new subscription" nl "Nieuw abonnement openen";
    plan_refused_text(reason: &str):
        en "Nothing was changed. {reason}"
        nl "Er is niets gewijzigd. {reason}";
    plan_scheduled_done: en "The upgrade is scheduled." nl "De upgrade is gepland.";
    plan_upgraded_from(product: &str): en "Upgraded from {product}" nl "Upgrade van {product}";
    plan_replaced: en "Its people have another product now." nl "De gebruikers hebben nu een ander product.";
    scheduled_plan(product: &str, count: i64, date: Date):
        en one "{product}, {count} license, from {date}" other "{product}, {count} licenses, from {date}"
        nl one "{product}, {count} licentie, vanaf {date}" other "{product}, {count} licenties, vanaf {date}";
    scheduled_change_of_plan: en "upgrade" nl "upgrade";
    job_change_plan: en "Upgrade a subscription" nl "Een abonnement upgraden";

    // Why not.
    closed_self_service:
        en "A user bought this subscription; it stays with its product."
        nl "Een gebruiker heeft dit abonnement gekocht; het blijft bij zijn product.";
    remedy_buy_the_other: en "Buy the other product instead." nl "Koop in plaats daarvan het andere product.";
    closed_plan_change_running:
        en "The subscription is being upgraded."
        nl "Het abonnement wordt op dit moment geüpgraded.";
    closed_plan_change_scheduled:
        en "An upgrade is scheduled for the renewal."
        nl "Er is een upgrade gepland voor de verlenging.";
    remedy_cancel_scheduled: en "Cancel the scheduled upgrade first." nl "Annuleer eerst de geplande upgrade.";
    closed_too_many_licenses:
        en "Subscriptions of 3,000 licenses or more are not upgraded at once."
        nl "Abonnementen met 3.000 of meer licenties kunnen niet in één keer worden geüpgraded.";
    remedy_by_hand:
        en "Buy the other product, move people to it in groups, and cancel this subscription."
        nl "Koop het andere product, verplaats mensen er in groepen naartoe en zeg dit abonnement op.";
    refused_plan_of_segment:
        en "Plans of public authorities and nonprofits are not changed at once."
        nl "Abonnementen van overheden en non-profitorganisaties gaan niet in één keer over.";
    refused_several_subscriptions:
        en "There are several subscriptions of this product, so people do not belong to one of them."
        nl "Er zijn meerdere abonnementen op dit product, dus mensen horen niet bij één daarvan.";
    refused_balance_unpaid:
        en "Something of this subscription was due and is not paid."
        nl "Een deel van dit abonnement had betaald moeten zijn en is dat niet.";
    remedy_pay_first: en "Pay its open invoices first." nl "Betaal eerst de openstaande facturen.";
    refused_plan_too_low:
        en "This product does not keep what people made with the present one."
        nl "Dit product bewaart niet wat mensen met het huidige product hebben gemaakt.";

    // In the journal.
    event_plan_change_requested(product: &str, to: &str, count: i64):
        en one "The upgrade of {product} to {count} license of {to} began."
            other "The upgrade of {product} to {count} licenses of {to} began."
        nl one "De upgrade van {product} naar {count} licentie van {to} is begonnen."
            other "De upgrade van {product} naar {count} licenties van {to} is begonnen.";
    event_plan_change_scheduled(product: &str, to: &str, count: i64, date: Date):
        en one "{product} becomes {count} license of {to} on {date}."
            other "{product} becomes {count} licenses of {to} on {date}."
        nl one "{product} wordt {count} licentie van {to} op {date}."
            other "{product} wordt {count} licenties van {to} op {date}.";
    event_plan_changed(product: &str, to: &str, people: i64):
        en one "{product} was upgraded: {people} person moved to {to}."
            other "{product} was upgraded: {people} people moved to {to}."
        nl one "{product} is geüpgraded: {people} persoon ging over op {to}."
            other "{product} is geüpgraded: {people} personen gingen over op {to}.";
    event_plan_change_refused(product: &str, to: &str):
        en "{product} could not be upgraded to {to}; nothing changed."
        nl "{product} kon niet worden geüpgraded naar {to}; er is niets gewijzigd.";
    kind_plan_change_requested: en "Upgrade begun" nl "Upgrade begonnen";
    kind_plan_change_scheduled: en "Upgrade scheduled" nl "Upgrade gepland";
    kind_plan_changed: en "Subscription upgraded" nl "Abonnement geüpgraded";
    kind_plan_change_refused: en "Upgrade refused" nl "Upgrade geweigerd";

    // M16.
    mail_plan_changed(from: &str, to: &str): en "{from} was upgraded to {to}" nl "{from} is geüpgraded naar {to}";
    mail_plan_changed_text(people: i64, from: &str, date: Date):
        en one "{people} person has a license of the new product since {date} and can go on working. All its apps and \
            services are on. The subscription of {from} is canceled."
        other "{people} people have licenses of the new product since {date} and can go on working. All its apps and \
            services are on. The subscription of {from} is canceled."
        nl one "{people} persoon heeft sinds {date} een licentie van het nieuwe product en kan doorwerken. Alle apps en \
            services ervan staan aan. Het abonnement op {from} is opgezegd."
        other "{people} personen hebben sinds {date} licenties van het nieuwe product en kunnen doorwerken. Alle apps en \
            services ervan staan aan. Het abonnement op {from} is opgezegd.";
    mail_plan_changed_nobody(from: &str, date: Date):
        en "The new product took over on {date}. Nobody had a license. The subscription of {from} is canceled."
        nl "Het nieuwe product heeft het op {date} overgenomen. Niemand had een licentie. Het abonnement op {from} is \
            opgezegd.";
}

//! Self-service purchases: the policy, and taking over what people bought (domain 5, 8.3, 8.4).

use crate::macros::sentences;
use domain::money::Money;
use jiff::civil::Date;

sentences! {
    // Settings > Self-service purchases (R105, R115-R119, R178).
    self_service_purchases: en "Self-service purchases" nl "Selfserviceaankopen";
    self_service_purpose:
        en "Decide what people may buy for themselves. It holds for purchases from now on; what was bought stays."
        nl "Bepaal wat gebruikers zelf mogen kopen. Het geldt voor aankopen vanaf nu; wat al is gekocht, blijft.";
    self_service_policy: en "People may" nl "Gebruikers mogen";
    policy_enabled: en "Allow" nl "Toestaan";
    policy_trials: en "Allow for trials only" nl "Alleen toestaan voor proefversies";
    policy_disabled: en "Do not allow" nl "Niet toestaan";
    policy_enabled_means:
        en "People buy and try it themselves and pay with their own card."
        nl "Gebruikers kopen en proberen het zelf en betalen met hun eigen kaart.";
    policy_trials_means:
        en "People can try it where no payment method is needed, and cannot buy it afterwards."
        nl "Gebruikers kunnen het proberen als daar geen betalingsmethode voor nodig is, en het daarna niet kopen.";
    policy_disabled_means:
        en "People cannot buy or try it. They can ask their admin for a license."
        nl "Gebruikers kunnen het niet kopen of proberen. Ze kunnen hun beheerder om een licentie vragen.";
    policy_change: en "Change policy" nl "Beleid wijzigen";
    policy_change_of(product: &str): en "Self-service purchase of {product}" nl "Selfserviceaankoop van {product}";
    policy_all_products: en "All products" nl "Alle producten";
    policy_change_all: en "Change for all products" nl "Wijzigen voor alle producten";
    policy_all_note(count: i64):
        en one "This replaces the choice for {count} product." other "This replaces the choice for all {count} products."
        nl one "Dit vervangt de keuze voor {count} product." other "Dit vervangt de keuze voor alle {count} producten.";
    policy_new_products: en "New products" nl "Nieuwe producten";
    policy_new_products_note:
        en "Products that come into the catalog later begin with this. The products below keep what they have."
        nl "Producten die later in de catalogus komen, beginnen hiermee. De producten hieronder houden wat ze hebben.";
    limits_title: en "Who may buy, and how much" nl "Wie mag kopen, en hoeveel";
    limits_note:
        en "This holds for every product, for purchases from now on. What was bought stays, and renews."
        nl "Dit geldt voor alle producten en voor aankopen vanaf nu. Wat al is gekocht, blijft en wordt verlengd.";
    limits_change: en "Change limits" nl "Limieten wijzigen";
    limits_buyers: en "Who may buy" nl "Wie mag kopen";
    limits_everybody: en "Everybody" nl "Iedereen";
    limits_group(name: &str): en "Group: {name}" nl "Groep: {name}";
    limits_department(name: &str): en "Department: {name}" nl "Afdeling: {name}";
    limits_licenses: en "Licenses of a product per buyer" nl "Licenties van een product per koper";
    limits_licenses_hint: en "Leave empty for no limit." nl "Laat leeg voor geen limiet.";
    limits_no_limit: en "No limit" nl "Geen limiet";
    limits_at_most(maximum: u32): en "At most {maximum}" nl "Maximaal {maximum}";
    limits_were_changed: en "Who may buy was changed." nl "Wie mag kopen, is gewijzigd.";
    event_self_service_limits_changed(buyers: &str, licenses: &str):
        en "Who may buy for the team: {buyers}. Licenses of a product per buyer: {licenses}."
        nl "Wie voor het team mag kopen: {buyers}. Licenties van een product per koper: {licenses}.";
    kind_self_service_limits_changed:
        en "Limits of self-service changed"
        nl "Limieten voor selfservice gewijzigd";
    refused_above_buyer_limit(maximum: u32, licenses: u32):
        en "Your organization allows each buyer at most {maximum} licenses of a product, and you have {licenses}. \
            Choose fewer, or ask your admin."
        nl "Uw organisatie staat per koper maximaal {maximum} licenties van een product toe en u hebt er {licenses}. \
            Kies er minder, of vraag uw beheerder.";
    policy_search: en "Search for a product" nl "Zoek een product";
    policy_none: en "No product can be bought by self-service" nl "Geen enkel product is via selfservice te koop";
    policy_none_hint:
        en "Products appear here once the catalog has a SKU that people can buy for their team."
        nl "Producten verschijnen hier zodra de catalogus een SKU heeft die gebruikers voor hun team kunnen kopen.";
    policy_history: en "Policy history" nl "Geschiedenis van het beleid";
    policy_was_changed(count: i64):
        en one "The policy of {count} product was changed." other "The policy of {count} products was changed."
        nl one "Het beleid van {count} product is gewijzigd." other "Het beleid van {count} producten is gewijzigd.";
    policy_stayed: en "The policy was already like this." nl "Het beleid was al zo.";
    policy_script_id: en "Id for scripts" nl "Id voor scripts";
    policy_help: en "How the policy works" nl "Hoe het beleid werkt";
    refused_policy_product_unknown(named: &str):
        en "There is no product {named} that people can buy by self-service. See: zetel policy list"
        nl "Er is geen product {named} dat gebruikers via selfservice kunnen kopen. Zie: zetel policy list";
    event_policy_changed(of: &str, value: &str):
        en "Self-service purchase of {of}: {value}."
        nl "Selfserviceaankoop van {of}: {value}.";
    kind_self_service_policy_changed:
        en "Self-service policy changed"
        nl "Beleid voor selfservice gewijzigd";

    // Take control of a self-service subscription (domain 5.4, 8.4; R128-R149).
    take_over_about(buyer: &str, people: i64):
        en one "{buyer} bought this subscription. {people} person has a license."
            other "{buyer} bought this subscription. {people} people have a license."
        nl one "{buyer} heeft dit abonnement gekocht. {people} persoon heeft een licentie."
            other "{buyer} heeft dit abonnement gekocht. {people} personen hebben een licentie.";
    take_over_move_note(people: i64):
        en one "Move users: {people} person gets a license that the organization bought and goes on working."
            other "Move users: {people} people get a license that the organization bought and go on working."
        nl one "Gebruikers verplaatsen: {people} persoon krijgt een licentie van de organisatie en werkt gewoon door."
            other "Gebruikers verplaatsen: {people} personen krijgen een licentie van de organisatie en werken gewoon door.";
    take_over_cancel_note:
        en "Cancel subscription: users with a license lose access."
        nl "Abonnement opzeggen: gebruikers met een licentie verliezen toegang.";
    take_over_help: en "How taking control works" nl "Hoe beheer overnemen werkt";
    move_users: en "Move users" nl "Gebruikers verplaatsen";
    move_users_to: en "Move users to" nl "Gebruikers verplaatsen naar";
    move_users_choose: en "Move to licenses of" nl "Verplaatsen naar licenties van";
    move_users_nowhere:
        en "The organization has no subscription with licenses to move to."
        nl "De organisatie heeft geen abonnement met licenties om naar te verplaatsen.";
    move_users_other_apps:
        en "The apps of this product differ from those that people have now"
        nl "De apps van dit product verschillen van die gebruikers nu hebben";
    move_users_ends(day: Date):
        en "Some of these licenses are of a subscription that does not renew (end of its term: {day})"
        nl "Een deel van deze licenties is van een abonnement dat niet wordt verlengd (einde van de termijn: {day})";
    move_users_all_have_it:
        en "No license is needed: everybody already has one"
        nl "Er is geen licentie nodig: iedereen heeft er al een";
    move_users_keep(people: i64, product: &str):
        en one "{people} person already has a license of {product} and keeps it."
            other "{people} people already have a license of {product} and keep it."
        nl one "{people} persoon heeft al een licentie van {product} en houdt die."
            other "{people} personen hebben al een licentie van {product} en houden die.";
    move_users_consequence(people: i64, product: &str):
        en one "{people} person moves to a license of {product}." other "{people} people move to licenses of {product}."
        nl one "{people} persoon gaat naar een licentie van {product}."
            other "{people} personen gaan naar licenties van {product}.";
    move_users_leave_open:
        en "This can take minutes. Leave this window open; if it closes, the work goes on."
        nl "Dit kan enkele minuten duren. Laat dit venster open; als het sluit, gaat het werk door.";
    moving_users:
        en "Users are being moved. Leave this window open."
        nl "Gebruikers worden verplaatst. Laat dit venster open.";
    move_completed: en "Move completed" nl "Verplaatsen voltooid";
    move_users_done(people: i64):
        en one "{people} person has a license of the organization."
            other "{people} people have a license of the organization."
        nl one "{people} persoon heeft een licentie van de organisatie."
            other "{people} personen hebben een licentie van de organisatie.";
    take_over_deletes:
        en "The self-service subscription is canceled and gets the status Deleted."
        nl "Het selfserviceabonnement wordt opgezegd en krijgt de status Verwijderd.";
    take_over_mail(buyer: &str, address: &str):
        en "{buyer} ({address}) gets an e-mail."
        nl "{buyer} ({address}) krijgt een e-mail.";
    take_over_buyer_left(buyer: &str):
        en "{buyer} has left the organization and gets no e-mail."
        nl "{buyer} heeft de organisatie verlaten en krijgt geen e-mail.";
    take_over_credit(buyer: &str, amount: Money):
        en "{buyer} gets {amount} back for the unused days, without tax."
        nl "{buyer} krijgt {amount} terug voor de ongebruikte dagen, exclusief belasting.";
    take_over_are_you_sure: en "Are you sure you want to cancel?" nl "Weet u zeker dat u wilt opzeggen?";
    take_over_refused:
        en "Nothing was changed: the subscription or the free licenses changed meanwhile."
        nl "Er is niets gewijzigd: het abonnement of de vrije licenties zijn intussen veranderd.";
    take_over_done_already: en "It was done already" nl "Het is al gedaan";
    take_over_done_as(result: &str):
        en "Another window or another admin was first, and nothing was done twice. {result}"
        nl "Een ander venster of een andere beheerder was eerder; er is niets dubbel gedaan. {result}";
    take_over_again: en "Look again" nl "Opnieuw bekijken";
    what_to_do: en "What to do" nl "Wat te doen";
    closed_not_self_service:
        en "The organization bought this subscription itself."
        nl "De organisatie heeft dit abonnement zelf gekocht.";
    event_taken_over_moved(product: &str, people: i64, to: &str):
        en one "{product} was taken over: {people} person moved to {to}."
            other "{product} was taken over: {people} people moved to {to}."
        nl one "{product} is overgenomen: {people} persoon is verplaatst naar {to}."
            other "{product} is overgenomen: {people} personen zijn verplaatst naar {to}.";
    event_taken_over_canceled(product: &str):
        en "{product} was taken over and canceled."
        nl "{product} is overgenomen en opgezegd.";
    kind_subscription_taken_over: en "Subscription taken over" nl "Abonnement overgenomen";
    licenses_free(count: i64):
        en one "{count} free license" other "{count} free licenses"
        nl one "{count} vrije licentie" other "{count} vrije licenties";
    job_take_over: en "Take over a subscription" nl "Een abonnement overnemen";

    // Undo a take-over (domain 5.4).
    undo_take_over: en "Undo the take-over" nl "Overname ongedaan maken";
    undo_means:
        en "Somebody took it over. When that is undone in time, it comes back as it was."
        nl "Iemand heeft het beheer overgenomen. Wordt dat op tijd ongedaan gemaakt, dan komt alles terug zoals het was.";
    undo_until(until: Date):
        en "This take-over can be undone up to and including {until}."
        nl "Deze overname kan tot en met {until} ongedaan worden gemaakt.";
    undo_about(buyer: &str):
        en "{buyer} gets the subscription back, as if it had never been taken over."
        nl "{buyer} krijgt het abonnement terug, alsof het nooit is overgenomen.";
    undo_state(state: &str):
        en "Its status becomes {state}."
        nl "De status wordt {state}.";
    undo_people(people: i64):
        en one "{people} person has a license of it again." other "{people} people have a license of it again."
        nl one "{people} persoon heeft er weer een licentie van." other "{people} personen hebben er weer een licentie van.";
    undo_frees(count: i64, product: &str):
        en one "{count} license of {product} that the organization bought is free again."
            other "{count} licenses of {product} that the organization bought are free again."
        nl one "{count} licentie van {product} die de organisatie heeft gekocht, is weer vrij."
            other "{count} licenties van {product} die de organisatie heeft gekocht, zijn weer vrij.";
    undo_elsewhere(count: i64):
        en one "{count} person has the product from another subscription since then, and keeps that license."
            other "{count} people have the product from other subscriptions since then, and keep those licenses."
        nl one "{count} persoon heeft het product sindsdien uit een ander abonnement en houdt die licentie."
            other "{count} personen hebben het product sindsdien uit andere abonnementen en houden die licenties.";
    undo_gone(count: i64):
        en one "{count} person was deleted since then and gets no license."
            other "{count} people were deleted since then and get no license."
        nl one "{count} persoon is sindsdien verwijderd en krijgt geen licentie."
            other "{count} personen zijn sindsdien verwijderd en krijgen geen licentie.";
    undo_charge(buyer: &str, amount: Money):
        en "{buyer} is charged the {amount} that came back, without tax."
        nl "{buyer} betaalt de {amount} die terugkwam opnieuw, exclusief belasting.";
    undo_catches_up(on: Date):
        en "What fell due since {on} is done at once, and billing periods that began are charged."
        nl "Wat sinds {on} had moeten gebeuren, gebeurt meteen; factureringsperioden die zijn begonnen, worden berekend.";
    undoing_take_over:
        en "The take-over is being undone. Leave this window open."
        nl "De overname wordt ongedaan gemaakt. Laat dit venster open.";
    undo_done:
        en "The buyer has the subscription again."
        nl "De koper heeft het abonnement weer.";
    undo_refused:
        en "Nothing was changed: the take-over can no longer be undone."
        nl "Er is niets gewijzigd: de overname kan niet meer ongedaan worden gemaakt.";
    refused_nothing_to_undo:
        en "There is no take-over of this subscription that can still be undone."
        nl "Er is geen overname van dit abonnement die nog ongedaan kan worden gemaakt.";
    refused_undo_time_over(until: Date):
        en "This take-over could be undone up to and including {until}."
        nl "Deze overname kon tot en met {until} ongedaan worden gemaakt.";
    refused_already_undone:
        en "Somebody undid this take-over already."
        nl "Iemand heeft deze overname al ongedaan gemaakt.";
    refused_buyer_gone:
        en "Who bought this subscription is no longer in the organization, so nobody would pay for it."
        nl "De koper van dit abonnement hoort niet meer bij de organisatie, dus niemand zou ervoor betalen.";
    refused_payment_method_gone:
        en "The payment method of this subscription is no longer on file."
        nl "De betalingsmethode van dit abonnement is verwijderd.";
    remedy_buyer_buys_again:
        en "Ask the buyer to buy the product again."
        nl "Vraag de koper om het product opnieuw te kopen.";
    remedy_give_own_licenses:
        en "Give its users licenses of the organization."
        nl "Geef de gebruikers licenties van de organisatie.";
    event_take_over_undone(product: &str, people: i64):
        en one "The take-over of {product} was undone: {people} person has a license of it again."
            other "The take-over of {product} was undone: {people} people have a license of it again."
        nl one "De overname van {product} is ongedaan gemaakt: {people} persoon heeft er weer een licentie van."
            other "De overname van {product} is ongedaan gemaakt: {people} personen hebben er weer een licentie van.";
    kind_take_over_undone: en "Take-over undone" nl "Overname ongedaan gemaakt";
    job_undo_take_over: en "Undo a take-over" nl "Een overname ongedaan maken";

    // Centralize (domain 5.5).
    centralize_instead:
        en "Or give its users licenses of the organization by hand and ask the buyer to cancel."
        nl "Of geef de gebruikers zelf licenties van de organisatie en vraag de koper om op te zeggen.";
    centralize_help: en "How to centralize licenses" nl "Zo centraliseert u licenties";
    centralize_ask(buyer: &str, address: &str):
        en "Write to {buyer} ({address})"
        nl "{buyer} schrijven ({address})";
    centralize_mail_text(buyer: &str, product: &str):
        en "Hello {buyer},\n\n\
            Our organization now has licenses of {product} for everybody who uses the subscription that you bought. \
            You no longer need to pay for it yourself.\n\n\
            Cancel it under Billing > Your products: choose the three dots of the subscription, then Cancel \
            subscription.\n\n\
            Thank you for starting with it."
        nl "Hallo {buyer},\n\n\
            Onze organisatie heeft nu licenties voor {product} voor iedereen die het abonnement gebruikt dat u hebt \
            gekocht. U hoeft het niet langer zelf te betalen.\n\n\
            Zeg het op bij Facturering > Uw producten: kies de drie puntjes van het abonnement en daarna \
            Abonnement opzeggen.\n\n\
            Bedankt dat u ermee bent begonnen.";

    // The guided page (R121-R127).
    centralize: en "Centralize" nl "Centraliseren";
    centralize_product(product: &str): en "Centralize {product}" nl "{product} centraliseren";
    self_service_view: en "Licenses bought by self-service" nl "Via selfservice gekochte licenties";
    centralize_purpose:
        en "Give everybody who has it from a colleague a license of the organization, then ask the buyers to cancel."
        nl "Geef iedereen die het van een collega heeft een licentie van de organisatie en vraag de inkopers om op te zeggen.";
    centralize_none: en "Nobody bought this for themselves" nl "Niemand heeft dit zelf gekocht";
    centralize_none_hint:
        en "When people buy it by self-service, this page leads you through giving them licenses of the organization."
        nl "Als gebruikers het via selfservice kopen, helpt deze pagina u om hun licenties van de organisatie te geven.";
    centralize_people: en "People with a buyer's license" nl "Personen met een licentie van een inkoper";
    centralize_free: en "Free licenses of the organization" nl "Vrije licenties van de organisatie";
    centralize_missing: en "Licenses missing" nl "Ontbrekende licenties";
    centralize_buyers_left: en "Buyers who still pay" nl "Inkopers die nog betalen";
    centralize_step_licenses: en "1. Have enough licenses" nl "1. Zorg voor genoeg licenties";
    centralize_enough:
        en "There are enough free licenses for everybody."
        nl "Er zijn genoeg vrije licenties voor iedereen.";
    centralize_not_enough(count: i64):
        en one "{count} more license is needed." other "{count} more licenses are needed."
        nl one "Er is nog {count} licentie nodig." other "Er zijn nog {count} licenties nodig.";
    centralize_add_to_subscription:
        en "They are added to the subscription that the organization has."
        nl "Ze komen bij het abonnement dat de organisatie al heeft.";
    centralize_step_assign: en "2. Assign them" nl "2. Wijs ze toe";
    centralize_assign_about(count: i64):
        en one "{count} person has it from what a colleague bought. With a license of the organization that person goes on \
                working, and the license of the buyer becomes free."
            other "{count} people have it from what colleagues bought. With licenses of the organization they go on working, \
                and the licenses of the buyers become free."
        nl one "{count} persoon heeft het van een collega die het kocht. Met een licentie van de organisatie werkt die \
                gewoon door en komt de licentie van de inkoper vrij."
            other "{count} personen hebben het van collega's die het kochten. Met licenties van de organisatie werken ze \
                gewoon door en komen de licenties van de inkopers vrij.";
    centralize_all_assigned:
        en "Nobody has it from a buyer any more."
        nl "Niemand heeft het nog van een inkoper.";
    centralize_licenses_first: en "Have enough licenses first." nl "Zorg eerst voor genoeg licenties.";
    centralize_last_list: en "What came of the last assignment" nl "Wat er van de laatste toewijzing kwam";
    centralize_preview(count: i64, product: &str):
        en one "{count} person gets a license of the organization of {product}."
            other "{count} people get licenses of the organization of {product}."
        nl one "{count} persoon krijgt een licentie van de organisatie voor {product}."
            other "{count} personen krijgen licenties van de organisatie voor {product}.";
    centralize_done(done: i64, total: i64):
        en "{done} of {total} people have a license of the organization now."
        nl "{done} van {total} personen hebben nu een licentie van de organisatie.";
    centralize_step_ask: en "3. Ask the buyers to cancel" nl "3. Vraag de inkopers om op te zeggen";
    centralize_ask_about:
        en "Each gets the mail below and decides. What they paid for comes back by the rule of their agreement."
        nl "Elke inkoper krijgt de e-mail hieronder en beslist zelf. Wat is betaald, komt terug volgens de regel van de overeenkomst.";
    centralize_ask_one: en "Ask to cancel" nl "Vragen om op te zeggen";
    centralize_ask_again: en "Ask again" nl "Opnieuw vragen";
    centralize_ask_all(count: i64):
        en one "Ask {count} buyer" other "Ask all {count} buyers"
        nl one "{count} inkoper vragen" other "Alle {count} inkopers vragen";
    centralize_asked: en "Asked" nl "Gevraagd";
    centralize_asked_on(day: &str, by: &str): en "{day} by {by}" nl "{day} door {by}";
    centralize_never_asked: en "Not yet" nl "Nog niet";
    centralize_ask_later: en "After its people have licenses" nl "Nadat de gebruikers licenties hebben";
    centralize_mail: en "Read the mail" nl "De e-mail lezen";
    centralize_still_people(count: i64):
        en one "{count} person still has a license" other "{count} people still have a license"
        nl one "{count} persoon heeft nog een licentie" other "{count} personen hebben nog een licentie";
    centralize_has_left: en "Has left the organization" nl "Heeft de organisatie verlaten";
    centralize_write_yourself: en "Write yourself" nl "Zelf schrijven";
    centralize_step_watch: en "4. See who has canceled" nl "4. Kijk wie heeft opgezegd";
    centralize_progress(done: i64, total: i64):
        en "{done} of {total} subscriptions ended"
        nl "{done} van {total} abonnementen beëindigd";
    centralize_take_over_instead:
        en "A buyer does not answer, or has left? Take control of the subscription."
        nl "Antwoordt een inkoper niet, of is die vertrokken? Neem het beheer van het abonnement over.";
    standing_active: en "Still active" nl "Nog actief";
    standing_canceled: en "Canceled" nl "Opgezegd";
    buyers_were_asked(count: i64):
        en one "{count} buyer was asked to cancel." other "{count} buyers were asked to cancel."
        nl one "{count} inkoper is gevraagd om op te zeggen." other "{count} inkopers zijn gevraagd om op te zeggen.";
    buyers_were_asked_before:
        en "Nobody was asked: who was asked today gets no second mail today."
        nl "Niemand is gevraagd: wie vandaag is gevraagd, krijgt vandaag geen tweede e-mail.";
    kind_cancellation_requested: en "Buyer asked to cancel" nl "Inkoper gevraagd om op te zeggen";
    event_cancellation_requested(buyer: &str, product: &str):
        en "{buyer} was asked to cancel {product}."
        nl "{buyer} is gevraagd om {product} op te zeggen.";
    job_centralize_many: en "Give licenses of the organization to many" nl "Velen een licentie van de organisatie geven";

    // The report.
    self_service_report: en "Self-service report" nl "Selfservicerapport";
    self_service_report_purpose:
        en "Who bought what, what it costs a month, and what licenses of the organization instead would save. Amounts are without tax."
        nl "Wie wat heeft gekocht, wat het per maand kost en wat licenties van de organisatie zouden besparen. Bedragen zijn exclusief belasting.";
    report_cost: en "Costs per month" nl "Kosten per maand";
    report_saving: en "Could be saved per month" nl "Te besparen per maand";
    report_central_cost: en "With licenses of the organization" nl "Met licenties van de organisatie";
    report_to_buy(count: i64):
        en one "{count} license to buy" other "{count} licenses to buy"
        nl one "{count} licentie te kopen" other "{count} licenties te kopen";
    report_enough_free: en "Enough are free" nl "Er zijn er genoeg vrij";
    report_unknown: en "Not sold to organizations" nl "Niet aan organisaties verkocht";
    report_costs_more(amount: Money): en "Costs {amount} more" nl "Kost {amount} meer";
    report_by_product: en "By product" nl "Per product";
    report_purchases: en "Purchases" nl "Aankopen";
    report_picture: en "What could be saved of what it costs" nl "Wat te besparen is van wat het kost";
    report_picture_purpose:
        en "Each bar is what buyers pay a month; the filled part could be saved."
        nl "Elke balk is wat inkopers per maand betalen; het gevulde deel is te besparen.";
    report_saved_of(saved: Money, cost: Money): en "{saved} of {cost}" nl "{saved} van {cost}";
    report_empty: en "Nobody bought anything for themselves" nl "Niemand heeft zelf iets gekocht";
    report_empty_hint:
        en "What people buy by self-service appears here, with what it costs and who bought it."
        nl "Wat gebruikers via selfservice kopen, verschijnt hier, met wat het kost en wie het kocht.";
    report_first_rows(count: i64):
        en "The first {count} are shown. The files have them all."
        nl "De eerste {count} worden getoond. De bestanden bevatten ze allemaal.";
    export_xlsx: en "Export to Excel" nl "Exporteren naar Excel";

    // Buying for oneself (domain 5.1, 8.6).
    refused_self_service:
        en "Your organization does not let you buy this yourself. Ask your IT administrator."
        nl "Uw organisatie laat u dit niet zelf kopen. Neem contact op met uw IT-beheerder.";
    // What the seller rules out (domain 5.1, R179).
    ineligible_guest:
        en "You are a guest of this organization, and guests cannot buy here."
        nl "U bent te gast bij deze organisatie, en gasten kunnen hier niet kopen.";
    remedy_guest:
        en "Ask for a license here, or buy in your own organization."
        nl "Vraag hier een licentie aan, of koop in uw eigen organisatie.";
    ineligible_education:
        en "Self-service purchases are not offered to educational organizations such as yours."
        nl "Selfserviceaankopen worden niet aangeboden aan onderwijsinstellingen zoals de uwe.";
    ineligible_government:
        en "Self-service purchases are not offered to public authorities such as yours."
        nl "Selfserviceaankopen worden niet aangeboden aan overheidsorganisaties zoals de uwe.";
    ineligible_country(country: &str):
        en "Self-service purchases are not offered to organizations in {country}."
        nl "Selfserviceaankopen worden niet aangeboden aan organisaties in {country}.";
    ineligible_product(country: &str):
        en "This product is not offered as a self-service purchase to organizations in {country}."
        nl "Dit product wordt niet als selfserviceaankoop aangeboden aan organisaties in {country}.";
    remedy_request_license:
        en "Ask for a license: your IT administrator decides about it."
        nl "Vraag een licentie aan: uw IT-beheerder beslist erover.";
    ineligible_title: en "You cannot buy here yourself" nl "U kunt hier zelf niet kopen";
    policy_without_effect:
        en "Nobody can buy here, whatever you choose below."
        nl "Niemand kan hier kopen, wat u hieronder ook kiest.";
    // What costs nothing (domain 2.10, R180).
    sign_up: en "Sign up for free" nl "Gratis aanmelden";
    free_help: en "About free subscriptions" nl "Over gratis abonnementen";
    sign_up_means:
        en "It costs nothing. You get one license, for yourself; admins of your organization can delete it."
        nl "Het kost niets. U krijgt één licentie, voor uzelf; beheerders van uw organisatie kunnen die verwijderen.";
    signed_up_by(person: &str):
        en "{person} signed up for this at no cost."
        nl "{person} heeft zich hier gratis voor aangemeld.";
    signed_up: en "You signed up and have a license." nl "U bent aangemeld en hebt een licentie.";
    event_signed_up(product: &str):
        en "Somebody signed up for {product} at no cost."
        nl "Iemand heeft zich gratis aangemeld voor {product}.";
    closed_free:
        en "A user signed up for this free subscription. Its one license is for that person."
        nl "Een gebruiker heeft zich voor dit gratis abonnement aangemeld. De ene licentie is voor die persoon.";
    remedy_free: en "An admin can delete it." nl "Een beheerder kan het verwijderen.";
    delete_free_of(person: &str):
        en "{person} loses the license, and with it access to data and e-mail of this product."
        nl "{person} verliest de licentie, en daarmee de toegang tot gegevens en e-mail van dit product.";
    delete_free_again:
        en "This cannot be undone. Signing up again brings nothing back."
        nl "Dit kan niet ongedaan worden gemaakt. Opnieuw aanmelden brengt niets terug.";
    confirmation: en "Confirmation" nl "Bevestiging";
    delete_free_confirm:
        en "I know that all data of this subscription is erased"
        nl "Ik weet dat alle gegevens van dit abonnement worden gewist";
    checkout_you_pay:
        en "You pay for this purchase yourself, by card. Your organization is not billed for it."
        nl "U betaalt deze aankoop zelf, met een kaart. Uw organisatie krijgt er geen rekening voor.";
    purchase_for_yourself:
        en "What you may buy for yourself and your team. You pay for it yourself, by card."
        nl "Wat u voor uzelf en uw team mag kopen. U betaalt het zelf, met een kaart.";
    purchase_ask_administrator:
        en "There is nothing that you may buy yourself. Ask your IT administrator."
        nl "Er is niets dat u zelf mag kopen. Neem contact op met uw IT-beheerder.";
}

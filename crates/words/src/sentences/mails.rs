//! What mails say (domain 4.10): subject, sentences and the labels of their facts. The operator's page about them is in
//! `outbox`.

use crate::macros::sentences;
use domain::money::Money;
use jiff::civil::Date;

sentences! {
    mail_hello(name: &str): en "Hello {name}," nl "Beste {name},";
    mail_footer(organization: &str):
        en "You get this mail because of your part in {organization}."
        nl "U krijgt deze e-mail omdat u bij {organization} betrokken bent.";
    mail_footer_settings:
        en "Admins choose under Settings, Notifications who gets mail."
        nl "Beheerders kiezen bij Instellingen, Meldingen wie e-mail krijgt.";
    mail_sent_by(seller: &str): en "Sent by {seller}" nl "Verzonden door {seller}";

    // Orders.
    mail_order_confirmation(number: u64, product: &str):
        en "Order {number} is confirmed: {product}"
        nl "Bestelling {number} is bevestigd: {product}";
    mail_order_confirmation_text:
        en "Your order is confirmed and the licenses are available. Assign them to the people who need them. Unassigned \
            licenses are charged too."
        nl "Uw bestelling is bevestigd en de licenties zijn beschikbaar. Wijs ze toe aan de personen die ze nodig hebben. \
            Ook niet-toegewezen licenties worden in rekening gebracht.";
    mail_keys_redeemed_text(day: Date):
        en "Your product keys are redeemed. Nothing is charged: what they bring is paid until {day}."
        nl "Uw productcodes zijn ingewisseld. Er wordt niets in rekening gebracht: wat ze brengen, is betaald tot {day}.";
    mail_view_order: en "View the order" nl "Bestelling weergeven";
    mail_licenses_added(count: u32, product: &str):
        en one "{count} license added: {product}" other "{count} licenses added: {product}"
        nl one "{count} licentie toegevoegd: {product}" other "{count} licenties toegevoegd: {product}";
    mail_licenses_added_text(total: u32):
        en "The new licenses are available. You have {total} in all."
        nl "De nieuwe licenties zijn beschikbaar. U hebt er nu in totaal {total}.";
    mail_added: en "Added" nl "Toegevoegd";
    mail_for_the_rest: en "For the rest of the billing period" nl "Voor de rest van de factureringsperiode";
    mail_without_tax(amount: &str): en "{amount} without tax" nl "{amount} exclusief belasting";

    // Credit checks.
    mail_credit_application(number: u64):
        en "Order {number} waits for a credit check"
        nl "Bestelling {number} wacht op een kredietcontrole";
    mail_credit_application_text(day: Date):
        en "You want to pay this order by invoice. We check whether that is possible and tell you by {day}. Until then \
            nothing is charged and the licenses are not available yet."
        nl "U wilt deze bestelling per factuur betalen. We controleren of dat mogelijk is en laten het u uiterlijk {day} \
            weten. Tot die tijd wordt er niets in rekening gebracht en zijn de licenties nog niet beschikbaar.";
    mail_credit_application_data:
        en "You agreed that we may contact you for it. Have these at hand: the name in law of your organization, its \
            number in the company register, its VAT number, and who keeps its books."
        nl "U vindt het goed dat we daarvoor contact met u opnemen. Houd dit bij de hand: de officiële naam van uw \
            organisatie, het nummer in het handelsregister, het btw-nummer en wie de boekhouding doet.";
    mail_credit_check_failed(number: u64):
        en "Order {number} was not accepted"
        nl "Bestelling {number} is niet geaccepteerd";
    mail_credit_check_failed_text:
        en "We cannot let you pay this order by invoice. Nothing was bought and nothing is charged. You can order again and \
            pay by card."
        nl "We kunnen u deze bestelling niet per factuur laten betalen. Er is niets gekocht en er wordt niets in rekening \
            gebracht. U kunt opnieuw bestellen en met een kaart betalen.";

    // Invoices.
    mail_invoice(number: &str, total: Money):
        en "Invoice {number}: {total}"
        nl "Factuur {number}: {total}";
    mail_invoice_charged(method: &str):
        en "Your invoice is ready. It is paid with {method}; you do not need to do anything."
        nl "Uw factuur staat klaar. Deze wordt betaald met {method}; u hoeft niets te doen.";
    mail_invoice_to_pay(total: Money, day: Date, number: &str):
        en "Your invoice is ready. Transfer {total} by {day} and state the invoice number, {number}."
        nl "Uw factuur staat klaar. Maak {total} uiterlijk {day} over en vermeld het factuurnummer, {number}.";
    mail_document_attached: en "The document is attached as PDF." nl "Het document is bijgevoegd als pdf.";
    mail_credit_note(number: &str, total: Money):
        en "Credit note {number}: {total}"
        nl "Creditfactuur {number}: {total}";
    mail_credit_note_text(total: Money):
        en "You get {total} back. First it settles invoices that are open; what is left is paid back or settled with a later \
            invoice. You do not need to do anything."
        nl "U krijgt {total} terug. Dat wordt eerst verrekend met openstaande facturen; wat overblijft, wordt terugbetaald \
            of met een latere factuur verrekend. U hoeft niets te doen.";
    mail_view_invoice: en "View the invoice" nl "Factuur weergeven";
    mail_view_credit_note: en "View the credit note" nl "Creditfactuur weergeven";

    // Payments.
    mail_payment_failed(number: &str):
        en "The payment of invoice {number} failed"
        nl "De betaling van factuur {number} is mislukt";
    mail_payment_failed_text(amount: Money, method: &str):
        en "{amount} could not be taken from {method}."
        nl "{amount} kon niet worden afgeschreven van {method}.";
    mail_payment_failed_cause(reason: &str): en "The reason: {reason}" nl "De oorzaak: {reason}";
    mail_payment_next(day: Date, last: Date):
        en "We try again on {day}. Until {last} everything goes on working. You need not wait: you can pay now, also \
            with another card."
        nl "We proberen het opnieuw op {day}. Tot {last} blijft alles werken. U hoeft daar niet op te wachten: u kunt \
            nu al betalen, ook met een andere kaart.";
    mail_payment_given_up(day: Date):
        en "We do not try this card again. People lose access to the products on this invoice on {day}, unless another \
            card pays it before."
        nl "We proberen deze kaart niet opnieuw. Op {day} verliezen gebruikers de toegang tot de producten op deze factuur, \
            tenzij een andere kaart haar voor die tijd betaalt.";
    mail_payment_last:
        en "That was the last attempt. People lose access to the products on this invoice. Pay the balance to bring it back."
        nl "Dat was de laatste poging. Gebruikers verliezen de toegang tot de producten op deze factuur. Betaal het \
            saldo om die te herstellen.";
    mail_verify_payment(number: &str):
        en "Confirm the payment of invoice {number}"
        nl "Bevestig de betaling van factuur {number}";
    mail_verify_payment_text(amount: Money):
        en "Your bank asks you to confirm a payment of {amount}. Open the invoice and confirm it there. Without your \
            confirmation the payment fails."
        nl "Uw bank vraagt u een betaling van {amount} te bevestigen. Open de factuur en bevestig de betaling daar. Zonder \
            uw bevestiging mislukt de betaling.";
    mail_confirm_payment: en "Confirm the payment" nl "De betaling bevestigen";
    mail_payment_charged_back(number: &str):
        en "The payment of invoice {number} was taken back"
        nl "De betaling van factuur {number} is teruggeboekt";
    mail_payment_charged_back_text(amount: Money, balance: Money):
        en "Your bank took a payment of {amount} back. {balance} has to be paid again. Pay it now to keep access."
        nl "Uw bank heeft een betaling van {amount} teruggeboekt. {balance} moet opnieuw worden betaald. Betaal dit nu om \
            toegang te houden.";
    mail_invoice_overdue(number: &str):
        en "Reminder: invoice {number} is overdue"
        nl "Herinnering: factuur {number} is nog niet betaald";
    mail_invoice_overdue_text(balance: Money, day: Date, days: i32):
        en "{balance} had to be paid by {day}. That is {days} days ago. If you paid in the last few days, you can ignore this \
            mail."
        nl "{balance} moest uiterlijk {day} zijn betaald. Dat is {days} dagen geleden. Hebt u de afgelopen dagen betaald, dan \
            kunt u deze e-mail negeren.";

    // The life of a subscription.
    mail_expires_soon(product: &str, when: &str): en "{product} expires {when}" nl "{product} verloopt {when}";
    mail_expires_soon_text(day: Date):
        en "The subscription ends on {day} and does not renew by itself. People keep access for a while after that, then they \
            lose it."
        nl "Het abonnement eindigt op {day} en wordt niet vanzelf verlengd. Daarna houden gebruikers nog een tijd toegang; \
            dan verliezen ze die.";
    mail_keep_by_recurring_billing:
        en "To keep it, turn on recurring billing before that day."
        nl "Zet vóór die dag terugkerende facturering aan om het te houden.";
    mail_keep_by_buying:
        en "To keep it, buy the subscription before that day."
        nl "Koop vóór die dag het abonnement om het te houden.";
    mail_keep_by_partner:
        en "To keep it, ask your partner to renew it before that day."
        nl "Vraag uw partner om het vóór die dag te verlengen.";
    mail_people_with_license(count: u32):
        en one "{count} person has a license of it." other "{count} people have a license of it."
        nl one "{count} persoon heeft er een licentie van." other "{count} personen hebben er een licentie van.";
    mail_renews_soon(product: &str, when: &str): en "{product} renews {when}" nl "{product} wordt {when} verlengd";
    mail_renews_soon_text(day: Date):
        en "The subscription renews on {day} for the same term. You do not need to do anything. If you want fewer licenses or \
            no renewal, change that before then."
        nl "Het abonnement wordt op {day} voor dezelfde termijn verlengd. U hoeft niets te doen. Wilt u minder licenties of \
            geen verlenging, wijzig dat dan vóór die dag.";
    mail_licenses_then: en "Licenses from then on" nl "Licenties vanaf dan";
    mail_expired(product: &str, when: &str):
        en "{product} has expired: people lose access {when}"
        nl "{product} is verlopen: gebruikers verliezen {when} de toegang";
    mail_expired_text(expired_on: Date, day: Date):
        en "The subscription expired on {expired_on}. People keep access until {day}."
        nl "Het abonnement is op {expired_on} verlopen. Gebruikers houden toegang tot {day}.";
    mail_bring_back:
        en "Reactivate it before then and nothing changes for them."
        nl "Activeer het vóór die dag opnieuw, dan verandert er voor hen niets.";
    mail_bring_back_trial:
        en "A trial cannot be reactivated, and its data is erased on that day. Buy the subscription before then and nothing \
            changes for them."
        nl "Een proefversie kan niet opnieuw worden geactiveerd, en de gegevens worden op die dag gewist. Koop het abonnement \
            vóór die dag, dan verandert er voor hen niets.";
    mail_bring_back_prepaid:
        en "Extend the end date before then and nothing changes for them."
        nl "Verleng de einddatum vóór die dag, dan verandert er voor hen niets.";
    mail_erased_soon(product: &str, when: &str):
        en "The data of {product} is erased {when}"
        nl "De gegevens van {product} worden {when} gewist";
    mail_erased_soon_text(day: Date):
        en "The subscription is disabled and people have no access. On {day} its data is erased for good. Reactivate it \
            before then, or save what you need."
        nl "Het abonnement is uitgeschakeld en gebruikers hebben geen toegang. Op {day} worden de gegevens definitief gewist. \
            Activeer het vóór die dag opnieuw of bewaar wat u nodig hebt.";
    mail_disabled(product: &str): en "{product} is disabled" nl "{product} is uitgeschakeld";
    mail_disabled_by_partner(partner: &str):
        en "People have no access any more. You pay nothing here: ask the partner that sold the subscription to you, \
            {partner}. You can also buy the product here and give the licenses to the same people."
        nl "Gebruikers hebben geen toegang meer. U betaalt hier niets: vraag de partner die u het abonnement heeft \
            verkocht, {partner}. U kunt het product ook hier kopen en de licenties aan dezelfde gebruikers toewijzen.";
    mail_disabled_unpaid:
        en "A payment was not received, so people have no access any more. Pay the open balance to bring the subscription back."
        nl "Een betaling is niet ontvangen; daarom hebben gebruikers geen toegang meer. Betaal het openstaande saldo om het \
            abonnement te herstellen.";
    mail_disabled_expired:
        en "The subscription expired and was not reactivated, so people have no access any more. You can still reactivate it."
        nl "Het abonnement is verlopen en niet opnieuw geactiveerd; daarom hebben gebruikers geen toegang meer. U kunt het nog \
            opnieuw activeren.";
    mail_canceled(product: &str): en "{product} is canceled" nl "{product} is opgezegd";
    mail_canceled_text(day: Date):
        en "The subscription was canceled. Whoever has no other license of the product has no access any more. You can \
            reactivate it until {day}; then its data is erased for good."
        nl "Het abonnement is opgezegd. Wie geen andere licentie van het product heeft, heeft geen toegang meer. Tot {day} kunt u \
            het opnieuw activeren; daarna worden de gegevens definitief gewist.";
    mail_cancellation_requested(product: &str):
        en "Cancel your own subscription to {product}"
        nl "Zeg uw eigen abonnement op {product} op";
    mail_cancellation_requested_why(product: &str):
        en "Your organization now has licenses of {product} for everybody who uses the subscription that you bought. You no \
            longer need to pay for it yourself."
        nl "Uw organisatie heeft nu licenties voor {product} voor iedereen die het abonnement gebruikt dat u hebt gekocht. U \
            hoeft het niet langer zelf te betalen.";
    mail_cancellation_requested_how:
        en "Cancel it under Billing, Your products: choose the three dots of the subscription, then Cancel subscription."
        nl "Zeg het op bij Facturering, Uw producten: kies de drie puntjes van het abonnement en daarna Abonnement opzeggen.";
    mail_cancellation_requested_thanks:
        en "Thank you for starting with it."
        nl "Bedankt dat u ermee bent begonnen.";
    mail_asked_by: en "Asked by" nl "Gevraagd door";
    mail_taken_over(product: &str):
        en "Your organization canceled {product}, which you bought"
        nl "Uw organisatie heeft {product}, dat u had gekocht, opgezegd";
    mail_taken_over_moved(product: &str, count: u32):
        en one "An admin of your organization took over your subscription. {count} person now has a license of {product} that \
            your organization pays for, and can go on working. You do not pay for the subscription any more."
        other "An admin of your organization took over your subscription. {count} people now have licenses of {product} that \
            your organization pays for, and can go on working. You do not pay for the subscription any more."
        nl one "Een beheerder van uw organisatie heeft uw abonnement overgenomen. {count} persoon heeft nu een licentie voor \
            {product} die uw organisatie betaalt, en kan doorwerken. U betaalt niet meer voor het abonnement."
        other "Een beheerder van uw organisatie heeft uw abonnement overgenomen. {count} personen hebben nu licenties voor \
            {product} die uw organisatie betaalt, en kunnen doorwerken. U betaalt niet meer voor het abonnement.";
    mail_take_over_undone(product: &str):
        en "You have {product} again"
        nl "U hebt {product} weer";
    mail_take_over_undone_text:
        en "An admin of your organization undid the take-over of your subscription. It is yours again and goes on as before."
        nl "Een beheerder van uw organisatie heeft de overname van uw abonnement ongedaan gemaakt. Het is weer van u en loopt door \
            zoals voorheen.";
    mail_take_over_undone_charge:
        en "What came back to you for the unused days is charged again."
        nl "Wat u terugkreeg voor de ongebruikte dagen, wordt opnieuw in rekening gebracht.";
    mail_charged_again: en "Charged again" nl "Opnieuw in rekening gebracht";
    mail_taken_over_nobody:
        en "An admin of your organization took over your subscription and ended it. Nobody had a license of it. You do not pay \
            for it any more."
        nl "Een beheerder van uw organisatie heeft uw abonnement overgenomen en beëindigd. Niemand had er een licentie van. U \
            betaalt er niet meer voor.";
    mail_taken_over_canceled(count: u32):
        en one "An admin of your organization took over your subscription and canceled it. {count} person has no access any \
            more, and the subscription cannot be reactivated. You do not pay for it any more. Ask your admin what to use instead."
        other "An admin of your organization took over your subscription and canceled it. {count} people have no access any \
            more, and the subscription cannot be reactivated. You do not pay for it any more. Ask your admin what to use instead."
        nl one "Een beheerder van uw organisatie heeft uw abonnement overgenomen en opgezegd. {count} persoon heeft geen toegang \
            meer en het abonnement kan niet opnieuw worden geactiveerd. U betaalt er niet meer voor. Vraag uw \
            beheerder wat u in plaats daarvan kunt gebruiken."
        other "Een beheerder van uw organisatie heeft uw abonnement overgenomen en opgezegd. {count} personen hebben geen toegang \
            meer en het abonnement kan niet opnieuw worden geactiveerd. U betaalt er niet meer voor. Vraag uw \
            beheerder wat u in plaats daarvan kunt gebruiken.";
    mail_end_of_sale(product: &str): en "{product} is no longer sold" nl "{product} wordt niet meer verkocht";
    mail_end_of_sale_text:
        en "Your subscription goes on: people keep their licenses, you can assign those that you have, and it renews as before. \
            You cannot add licenses or change the term any more."
        nl "Uw abonnement loopt door: gebruikers houden hun licenties, u kunt toewijzen wat u hebt en het wordt verlengd zoals \
            voorheen. U kunt geen licenties meer toevoegen en de termijn niet meer wijzigen.";
    mail_services_added(count: usize, product: &str):
        en one "New in {product}: {count} app or service" other "New in {product}: {count} apps and services"
        nl one "Nieuw in {product}: {count} app of service" other "Nieuw in {product}: {count} apps en services";
    mail_services_added_text(services: &str):
        en "This came into the product: {services}. Everybody who has a license of it can use it from now on; you do not need to \
            do anything, and the price stays the same."
        nl "Dit is aan het product toegevoegd: {services}. Iedereen met een licentie kan het vanaf nu gebruiken; u hoeft niets te \
            doen en de prijs blijft gelijk.";
    mail_services_added_off:
        en "To keep it from people, turn it off in their license."
        nl "Wilt u dat niet, schakel het dan uit in hun licentie.";
    mail_view_licenses: en "Open the licenses" nl "Licenties openen";
    mail_view_subscription: en "Open the subscription" nl "Abonnement openen";

    // In the journal.
    kind_subscription_reminded: en "Reminder of a subscription" nl "Herinnering aan een abonnement";
    event_subscription_reminded(product: &str, what: &str, date: Date):
        en "It was announced for {product}: {what} on {date}."
        nl "Aangekondigd voor {product}: {what} op {date}.";
    reminder_expires_soon: en "expiry" nl "het verloopt";
    reminder_renews_soon: en "renewal" nl "het wordt verlengd";
    reminder_expired: en "end of access" nl "gebruikers verliezen toegang";
    reminder_erased_soon: en "data is erased" nl "gegevens worden gewist";
    kind_end_of_sale_announced: en "End of sale announced" nl "Einde verkoop aangekondigd";
    event_end_of_sale_announced(product: &str):
        en "It was announced that {product} is no longer sold."
        nl "Aangekondigd dat {product} niet meer wordt verkocht.";
    job_announce_end_of_sale: en "Announce the end of sale" nl "Het einde van de verkoop aankondigen";
    kind_services_added: en "Apps and services added to a product" nl "Apps en services aan een product toegevoegd";
    event_services_added(product: &str, services: &str):
        en "New in {product}: {services}."
        nl "Nieuw in {product}: {services}.";
    job_announce_services: en "Announce new apps and services" nl "Nieuwe apps en services aankondigen";
    event_invoice_reminded(number: &str, balance: Money):
        en "A reminder of invoice {number} was written: {balance} is open."
        nl "Er is een herinnering aan factuur {number} geschreven: {balance} staat open.";
    event_invoice_reminded_unpriced(number: &str):
        en "A reminder of invoice {number} was written."
        nl "Er is een herinnering aan factuur {number} geschreven.";
    event_payment_to_confirm(number: &str, amount: Money):
        en "The bank asks to confirm the payment of {amount} for invoice {number}."
        nl "De bank vraagt de betaling van {amount} voor factuur {number} te bevestigen.";
    event_payment_to_confirm_unpriced(number: &str):
        en "The bank asks to confirm the payment for invoice {number}."
        nl "De bank vraagt de betaling voor factuur {number} te bevestigen.";

    // The kinds, as a filter shows them.
    mail_kind_order_confirmation: en "Order confirmation" nl "Orderbevestiging";
    mail_kind_licenses_added: en "Licenses added to a subscription" nl "Licenties aan een abonnement toegevoegd";
    mail_kind_credit_application: en "Credit check under way" nl "Kredietcontrole loopt";
    mail_kind_credit_check_failed: en "Credit check not passed" nl "Kredietcontrole niet doorstaan";
    mail_kind_verify_payment: en "Payment to be confirmed" nl "Te bevestigen betaling";
    mail_kind_invoice_overdue: en "Reminder of an invoice" nl "Herinnering aan een factuur";
    mail_kind_expires_soon: en "About to expire" nl "Verloopt binnenkort";
    mail_kind_renews_soon: en "About to renew" nl "Wordt binnenkort verlengd";
    mail_kind_expired: en "Expired, access ends soon" nl "Verlopen, toegang eindigt binnenkort";
    mail_kind_erased_soon: en "Data erased soon" nl "Gegevens binnenkort gewist";
    mail_kind_end_of_sale: en "End of sale" nl "Einde verkoop";
    mail_kind_services_added: en "New apps and services in a product" nl "Nieuwe apps en services in een product";

    // Where a mail stands.
    mail_waiting: en "Waiting to be sent" nl "Wacht op verzending";
    mail_sent: en "Sent" nl "Verzonden";
    mail_parked: en "Could not be sent" nl "Kon niet worden verzonden";
    mail_dropped: en "Not to be sent" nl "Wordt niet verzonden";
    mail_kept: en "Kept in the sandbox" nl "Bewaard in de sandbox";
}

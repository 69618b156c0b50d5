//! The life of a subscription: recurring billing, canceling, reactivating, deleting (domain 1.3 to 1.6).

use crate::macros::sentences;
use domain::money::Money;
use jiff::civil::Date;

sentences! {
    // Recurring billing (domain 1.3).
    recurring_billing_on_effect(date: Date):
        en "The subscription renews by itself on {date}, for another term."
        nl "Het abonnement wordt op {date} vanzelf verlengd met een nieuwe termijn.";
    recurring_billing_off_effect(date: Date):
        en "The subscription stays active until {date}. Then it expires."
        nl "Het abonnement blijft actief tot {date}. Daarna verloopt het.";
    recurring_prepaid_on_effect(price: &str, date: Date):
        en "From {date} on you pay {price} for the present licenses, without tax. Nothing is charged before that day."
        nl "Vanaf {date} betaalt u {price} voor de huidige licenties, exclusief belasting. Voor die dag wordt er niets in \
            rekening gebracht.";
    recurring_billing_is_no_cancellation:
        en "Turning recurring billing off does not cancel the subscription: people keep working until the term ends."
        nl "Terugkerende facturering uitschakelen is geen opzegging: gebruikers werken door tot de termijn eindigt.";
    recurring_billing_turned_on: en "Recurring billing is on." nl "Terugkerende facturering staat aan.";
    recurring_billing_turned_off: en "Recurring billing is off." nl "Terugkerende facturering staat uit.";

    // Billing frequency (domain 1.2).
    frequency_is_so(price: &str):
        en "{price}. This is how it is charged now."
        nl "{price}. Zo wordt het nu gefactureerd.";
    frequency_costs(price: &str, cost: Money, end: Date):
        en "{price}. To pay now: {cost}, for the days until {end}, less what was paid ahead."
        nl "{price}. Nu te betalen: {cost} voor de dagen tot {end}, min wat vooruit is betaald.";
    frequency_gives_back(price: &str, credit: Money):
        en "{price}. Of what was paid ahead {credit} comes back."
        nl "{price}. Van wat vooruit is betaald, komt {credit} terug.";
    frequency_from_renewal(price: &str, date: Date):
        en "{price}, from the renewal on {date}."
        nl "{price}, vanaf de verlenging op {date}.";
    frequency_keeps_term(date: Date):
        en "The term stays as it is, until {date}."
        nl "De termijn blijft zoals hij is, tot {date}.";
    frequency_sold_one_way:
        en "This product is sold with one billing frequency only for this term."
        nl "Dit product wordt voor deze termijn met maar één factureringsfrequentie verkocht.";
    frequency_help: en "About the billing frequency" nl "Over de factureringsfrequentie";
    frequency_was_changed: en "The billing frequency was changed." nl "De factureringsfrequentie is gewijzigd.";
    frequency_was_scheduled:
        en "The billing frequency changes when the subscription renews."
        nl "De factureringsfrequentie verandert bij de verlenging.";
    scheduled_change: en "Scheduled change" nl "Geplande wijziging";
    scheduled_quantity(count: i64, date: Date):
        en "{count} licenses from {date}"
        nl "{count} licenties vanaf {date}";
    scheduled_frequency(frequency: &str, date: Date):
        en "{frequency} from {date}"
        nl "{frequency} vanaf {date}";

    scheduled_change_cancel: en "Cancel this change" nl "Deze wijziging laten vervallen";
    scheduled_change_cancel_title: en "Cancel the scheduled change?" nl "De geplande wijziging laten vervallen?";
    scheduled_change_dropped(what: &str):
        en "Does not happen any more: {what}."
        nl "Gaat niet meer door: {what}.";
    scheduled_change_stays(date: Date):
        en "The subscription renews on {date} as it is now. Nothing is charged or credited today."
        nl "Het abonnement wordt op {date} verlengd zoals het nu is. Er wordt vandaag niets in rekening gebracht of \
            gecrediteerd.";
    scheduled_change_kept(what: &str):
        en "{what}: stays planned"
        nl "{what}: blijft gepland";
    scheduled_change_goes(what: &str):
        en "{what}: is dropped"
        nl "{what}: vervalt";
    scheduled_change_replaced(what: &str):
        en "{what}: is replaced by this"
        nl "{what}: wordt hierdoor vervangen";
    scheduled_already(what: &str):
        en "Planned already: {what}."
        nl "Al gepland: {what}.";
    recurring_off_drops(what: &str):
        en "Turning it off drops what is planned: {what}."
        nl "Als u uitschakelt, vervalt wat er gepland is: {what}.";
    scheduled_change_was_canceled: en "The scheduled change was canceled." nl "De geplande wijziging is vervallen.";
    scheduled_change_keep: en "Keep the change" nl "Wijziging behouden";
    scheduled_change_of_licenses: en "number of licenses" nl "aantal licenties";
    scheduled_change_of_frequency: en "billing frequency" nl "factureringsfrequentie";

    // What is not paid (domain 4.6).
    subscription_access_ends(day: Date):
        en "The bank refused for good what pays for this subscription. People lose access on {day}, unless another \
            payment method pays the invoice before."
        nl "De bank heeft definitief geweigerd waarmee dit abonnement wordt betaald. Op {day} verliezen gebruikers de \
            toegang, tenzij een andere betalingsmethode de factuur eerder betaalt.";
    ask_who_pays:
        en "Ask a global or billing admin to pay."
        nl "Vraag een globale beheerder of factureringsbeheerder om te betalen.";

    // Canceling (domain 1.5).
    cancel_reason_choose: en "Choose a reason" nl "Kies een reden";
    feedback: en "Feedback" nl "Toelichting";
    cancel_feedback_hint:
        en "Optional, unless the reason is something else."
        nl "Niet verplicht, tenzij de reden iets anders is.";
    cancel_too_expensive: en "It is too expensive" nl "Het is te duur";
    cancel_missing_features: en "It lacks features" nl "Er ontbreken functies";
    cancel_not_used_enough: en "It is not used enough" nl "Het wordt te weinig gebruikt";
    cancel_switched_product: en "We switched to another product" nl "We zijn overgestapt op een ander product";
    cancel_bought_by_mistake: en "It was bought by mistake" nl "Het is per ongeluk gekocht";
    cancel_technical_problems: en "Technical problems" nl "Technische problemen";
    cancel_organization_changed:
        en "The organization changed or closes"
        nl "De organisatie is veranderd of stopt";
    cancel_managed_elsewhere: en "It is bought centrally now" nl "Het wordt nu centraal ingekocht";
    cancel_other: en "Something else" nl "Iets anders";
    important_dates: en "Important dates" nl "Belangrijke datums";
    cancel_loses_access: en "People lose access" nl "Gebruikers verliezen toegang";
    cancel_can_be_reactivated: en "Can be reactivated until" nl "Opnieuw te activeren tot";
    cancel_data_erased: en "Data is erased on" nl "Gegevens worden gewist op";
    cancel_today(date: Date):
        en "Today, {date}"
        nl "Vandaag, {date}";
    cancel_credit: en "You get back" nl "U krijgt terug";
    cancel_people_move(count: i64):
        en one "{count} person goes on working with a free license of another subscription."
            other "{count} people go on working with free licenses of other subscriptions."
        nl one "{count} gebruiker werkt door met een vrije licentie van een ander abonnement."
            other "{count} gebruikers werken door met vrije licenties van andere abonnementen.";
    cancel_people_lose_access(count: i64):
        en one "{count} person loses access at once. The license stays recorded until the data is erased."
            other "{count} people lose access at once. Their licenses stay recorded until the data is erased."
        nl one "{count} gebruiker verliest direct de toegang. De licentie blijft vastgelegd tot de gegevens worden gewist."
            other "{count} gebruikers verliezen direct de toegang. De licenties blijven vastgelegd tot de gegevens \
                worden gewist.";
    cancel_rather_let_it_end(date: Date):
        en "To keep it until {date}, turn recurring billing off instead."
        nl "Wilt u het tot {date} houden, schakel dan de terugkerende facturering uit.";
    keep_subscription: en "Keep subscription" nl "Abonnement houden";
    subscription_was_canceled: en "The subscription is canceled." nl "Het abonnement is opgezegd.";

    // Reactivating (domain 1.6).
    reactivate_renews_on: en "Next renewal" nl "Volgende verlenging";
    reactivate_expires_on: en "Then expires on" nl "Verloopt daarna op";
    reactivate_period_before: en "Billing period before" nl "Factureringsperiode ervoor";
    reactivate_people(count: i64):
        en one "{count} person has access again at once." other "{count} people have access again at once."
        nl one "{count} gebruiker heeft direct weer toegang." other "{count} gebruikers hebben direct weer toegang.";
    reactivate_people_keep(count: i64):
        en one "{count} person has access and keeps it." other "{count} people have access and keep it."
        nl one "{count} gebruiker heeft toegang en houdt die." other "{count} gebruikers hebben toegang en houden die.";
    reactivate_people_without(count: i64):
        en one "{count} person still has no access: there are too few licenses."
            other "{count} people still have no access: there are too few licenses."
        nl one "{count} gebruiker heeft nog geen toegang: er zijn te weinig licenties."
            other "{count} gebruikers hebben nog geen toegang: er zijn te weinig licenties.";
    reactivate_recurring_off:
        en "Recurring billing is off. Turn it on afterwards to keep the subscription when this term ends."
        nl "Terugkerende facturering staat uit. Schakel deze daarna in om het abonnement na deze termijn te houden.";
    reactivate_needs_card:
        en "No payment method is on file that could pay."
        nl "Er is geen betalingsmethode bekend die kan betalen.";
    payment_not_chosen:
        en "No payment method is chosen for this subscription."
        nl "Voor dit abonnement is geen betalingsmethode gekozen.";
    choose_payment_method: en "Choose what pays" nl "Kiezen wat er betaalt";
    subscription_was_reactivated: en "The subscription is active again." nl "Het abonnement is weer actief.";
    subscription_was_reactivated_once:
        en "The subscription is active again. Turn recurring billing on to keep it when this term ends."
        nl "Het abonnement is weer actief. Schakel terugkerende facturering in om het na deze termijn te houden.";

    // Deleting (domain 1.4, T10).
    delete_erases: en "All data is erased at once." nl "Alle gegevens worden direct gewist.";
    delete_takes_licenses(count: i64):
        en one "{count} person loses the license." other "{count} people lose their license."
        nl one "{count} gebruiker verliest de licentie." other "{count} gebruikers verliezen de licentie.";
    delete_for_good:
        en "This cannot be undone. Buying the product again brings nothing back."
        nl "Dit kan niet ongedaan worden gemaakt. Het product opnieuw kopen brengt niets terug.";

    // Why an action is closed, and what helps.
    closed_prepaid_ends:
        en "Prepaid. Nothing is charged until it ends, and nothing comes back."
        nl "Vooruitbetaald. Tot het einde wordt er niets in rekening gebracht, en er komt niets terug.";
    closed_trial_ends: en "A trial ends by itself." nl "Een proefversie eindigt vanzelf.";
    remedy_buy_to_keep: en "Buy the product to keep it." nl "Koop het product om het te houden.";
    closed_partner_decides:
        en "The partner that sold it decides on this."
        nl "De partner die het heeft verkocht, beslist hierover.";
    remedy_contact_partner: en "Contact the partner." nl "Neem contact op met de partner.";
    closed_sold_elsewhere:
        en "It was sold outside Zetel, which does not know its price."
        nl "Het is buiten Zetel verkocht. Zetel kent de prijs niet.";
    closed_ended: en "The subscription has ended already." nl "Het abonnement is al beëindigd.";
    closed_unpaid: en "The subscription was not paid." nl "Het abonnement is niet betaald.";
    remedy_settle_balance:
        en "Pay its open invoices; then it comes back by itself."
        nl "Betaal de openstaande facturen; dan komt het vanzelf terug.";
    closed_still_active: en "The subscription is active." nl "Het abonnement is actief.";
    closed_not_disabled:
        en "Only a disabled subscription can be deleted."
        nl "Alleen een uitgeschakeld abonnement kan worden verwijderd.";
    remedy_cancel_first: en "Cancel it first." nl "Zeg het eerst op.";
    remedy_buy_with_card:
        en "Choose what pays, or add a payment method under Bills & payments."
        nl "Kies wat er betaalt of voeg een betalingsmethode toe bij Facturen en betalingen.";

    // What happened, for the history.
    kind_recurring_billing_changed: en "Recurring billing changed" nl "Terugkerende facturering gewijzigd";
    kind_subscription_canceled: en "Subscription canceled" nl "Abonnement opgezegd";
    kind_subscription_reactivated: en "Subscription reactivated" nl "Abonnement opnieuw geactiveerd";
    kind_subscription_renewed: en "Subscription renewed" nl "Abonnement verlengd";
    kind_subscription_expired: en "Subscription expired" nl "Abonnement verlopen";
    kind_subscription_disabled: en "Subscription disabled" nl "Abonnement uitgeschakeld";
    kind_subscription_deleted: en "Subscription deleted" nl "Abonnement verwijderd";
    kind_quantity_scheduled: en "Number of licenses scheduled" nl "Aantal licenties gepland";
    kind_billing_frequency_changed: en "Billing frequency changed" nl "Factureringsfrequentie gewijzigd";
    kind_billing_frequency_scheduled: en "Billing frequency scheduled" nl "Factureringsfrequentie gepland";
    event_billing_frequency_changed(product: &str, frequency: &str):
        en "{product} is charged {frequency} from now on."
        nl "{product} wordt voortaan {frequency} gefactureerd.";
    event_billing_frequency_scheduled(product: &str, frequency: &str, date: Date):
        en "{product} is charged {frequency} from the renewal on {date}."
        nl "{product} wordt vanaf de verlenging op {date} {frequency} gefactureerd.";
    kind_invoice_issued: en "Invoice made" nl "Factuur gemaakt";
    kind_invoice_paid: en "Invoice paid" nl "Factuur betaald";
    kind_payment_failed: en "Payment failed" nl "Betaling mislukt";
    kind_invoice_charged_back: en "Payment taken back" nl "Betaling teruggeboekt";
    kind_credit_refunded: en "Credit paid back" nl "Tegoed terugbetaald";
    kind_invoice_due_moved: en "Another due date" nl "Andere vervaldatum";
    event_invoice_due_moved(number: &str, from: Date, to: Date):
        en "Invoice {number} is paid by transfer from now on. It is due on {to}, not on {from}."
        nl "Factuur {number} wordt voortaan per overboeking betaald. De vervaldatum is {to}, niet {from}.";
    event_invoice_charged_back(number: &str, amount: Money):
        en "The bank took {amount} back that was paid for invoice {number}."
        nl "De bank heeft {amount} teruggeboekt die voor factuur {number} was betaald.";
    event_invoice_charged_back_unpriced(number: &str):
        en "The bank took back what was paid for invoice {number}."
        nl "De bank heeft teruggeboekt wat voor factuur {number} was betaald.";
    event_credit_refunded(number: &str, amount: Money):
        en "{amount} of credit note {number} was paid back."
        nl "Van creditfactuur {number} is {amount} terugbetaald.";
    event_credit_refunded_unpriced(number: &str):
        en "Credit of credit note {number} was paid back."
        nl "Tegoed van creditfactuur {number} is terugbetaald.";
    event_quantity_scheduled(total: u32, product: &str, date: Date):
        en "{product} goes to a total of {total} licenses when it renews on {date}."
        nl "{product} gaat bij de verlenging op {date} naar een totaal van {total} licenties.";
    event_invoice_issued(number: &str, amount: Money):
        en "Invoice {number} of {amount} was made."
        nl "Factuur {number} van {amount} is gemaakt.";
    event_invoice_issued_unpriced(number: &str):
        en "Invoice {number} was made."
        nl "Factuur {number} is gemaakt.";
    event_credit_note_issued(number: &str, amount: Money):
        en "Credit note {number} of {amount} was made."
        nl "Creditfactuur {number} van {amount} is gemaakt.";
    event_credit_note_issued_unpriced(number: &str):
        en "Credit note {number} was made."
        nl "Creditfactuur {number} is gemaakt.";
    event_invoice_paid(number: &str, amount: Money):
        en "{amount} was paid for invoice {number}."
        nl "Er is {amount} betaald voor factuur {number}.";
    event_invoice_paid_unpriced(number: &str):
        en "A payment for invoice {number} came in."
        nl "Er is een betaling voor factuur {number} ontvangen.";
    event_credit_used(number: &str, amount: Money):
        en "{amount} of credit note {number} was used to pay invoices."
        nl "Van creditfactuur {number} is {amount} gebruikt om facturen te betalen.";
    event_credit_used_unpriced(number: &str):
        en "Credit note {number} was used to pay invoices."
        nl "Creditfactuur {number} is gebruikt om facturen te betalen.";
    event_payment_failed(number: &str, amount: Money):
        en "The payment of {amount} for invoice {number} failed."
        nl "De betaling van {amount} voor factuur {number} is mislukt.";
    event_payment_failed_unpriced(number: &str):
        en "The payment for invoice {number} failed."
        nl "De betaling voor factuur {number} is mislukt.";
    event_recurring_billing_on(product: &str, date: Date):
        en "Recurring billing of {product} was turned on. It renews on {date}."
        nl "De terugkerende facturering van {product} is ingeschakeld. Het wordt op {date} verlengd.";
    event_recurring_billing_off(product: &str, date: Date):
        en "Recurring billing of {product} was turned off. It expires on {date}."
        nl "De terugkerende facturering van {product} is uitgeschakeld. Het verloopt op {date}.";
    kind_scheduled_change_canceled: en "Scheduled change canceled" nl "Geplande wijziging vervallen";
    event_scheduled_change_canceled(product: &str, what: &str, date: Date):
        en "The change of {product} that was planned for {date} was canceled: {what}."
        nl "De wijziging van {product} die voor {date} was gepland, is vervallen: {what}.";
    event_subscription_canceled(product: &str, reason: &str, date: Date):
        en "{product} was canceled ({reason}). The data is erased on {date}."
        nl "{product} is opgezegd ({reason}). De gegevens worden op {date} gewist.";
    event_subscription_reactivated(product: &str, amount: Money):
        en "{product} was reactivated for {amount}."
        nl "{product} is opnieuw geactiveerd voor {amount}.";
    event_subscription_reactivated_unpriced(product: &str):
        en "{product} was reactivated."
        nl "{product} is opnieuw geactiveerd.";
    event_subscription_renewed(product: &str, date: Date):
        en "{product} was renewed until {date}."
        nl "{product} is verlengd tot {date}.";
    event_subscription_expired(product: &str, date: Date):
        en "{product} expired on {date}."
        nl "{product} is op {date} verlopen.";
    event_subscription_disabled(product: &str, date: Date):
        en "{product} was disabled on {date}: people have no access."
        nl "{product} is op {date} uitgeschakeld: gebruikers hebben geen toegang.";
    event_subscription_deleted(product: &str, date: Date):
        en "{product} was deleted on {date}."
        nl "{product} is op {date} verwijderd.";

    // Orders.
    order_kind_renewal: en "Renewal" nl "Verlenging";
    order_kind_cancellation: en "Cancellation" nl "Opzegging";
    order_kind_conversion: en "Other billing frequency" nl "Andere factureringsfrequentie";
    order_kind_reactivation: en "Reactivation" nl "Heractivering";
}

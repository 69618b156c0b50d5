//! Billing > Bills & payments > Payment methods: what pays (domain 4.1, 8.4; R11, R36 to R44, R75, R164).

use crate::macros::sentences;

sentences! {
    // What people recognize them by.
    bank_account: en "Bank account" nl "Bankrekening";
    bank_account_ending_in(last_four: &str):
        en "Bank account ending in {last_four}"
        nl "Bankrekening eindigend op {last_four}";
    /// Inside a sentence.
    the_bank_account_ending_in(last_four: &str):
        en "the bank account ending in {last_four}"
        nl "de bankrekening eindigend op {last_four}";
    card_has_expired(month: &str):
        en "Expired in {month}"
        nl "Verlopen in {month}";
    mandate_reference: en "Mandate reference" nl "Machtigingskenmerk";

    // The list.
    payment_methods_purpose:
        en "Cards and bank accounts that pay by themselves, and what each of them pays for."
        nl "Kaarten en bankrekeningen waarvan automatisch wordt betaald, en waarvoor elk daarvan betaalt.";
    add_payment_method: en "Add a payment method" nl "Een betalingsmethode toevoegen";
    payment_methods_empty: en "There is no payment method on file." nl "Er is geen betalingsmethode bekend.";
    payment_methods_empty_hint:
        en "Add a card or a bank account, so that purchases and renewals are paid by themselves."
        nl "Voeg een kaart of bankrekening toe, zodat aankopen en verlengingen automatisch worden betaald.";
    pays_for: en "Pays for" nl "Betaalt voor";
    pays_for_nothing: en "Nothing" nl "Niets";
    default_method: en "Default" nl "Standaard";
    default_method_means:
        en "It is offered first when something is bought."
        nl "Deze wordt als eerste voorgesteld bij een aankoop.";
    added_by: en "Added by" nl "Toegevoegd door";
    billing_profiles_count(count: i64):
        en one "{count} billing profile" other "{count} billing profiles"
        nl one "{count} factureringsprofiel" other "{count} factureringsprofielen";
    open_invoices_count(count: i64):
        en one "{count} open invoice" other "{count} open invoices"
        nl one "{count} openstaande factuur" other "{count} openstaande facturen";
    method_ready: en "Ready to pay" nl "Klaar om te betalen";
    method_only_its_owner:
        en "Only the person who added a card can use or change it. You can replace it by a payment method of your own."
        nl "Alleen wie een kaart heeft toegevoegd, kan deze gebruiken of wijzigen. U kunt deze vervangen door een \
            eigen betalingsmethode.";
    methods_expired_title: en "A payment method has expired" nl "Een betalingsmethode is verlopen";
    methods_expire_soon_title: en "A payment method expires soon" nl "Een betalingsmethode verloopt binnenkort";
    methods_expire_what:
        en "Edit it or replace it, so that what it pays for goes on."
        nl "Bewerk of vervang deze, zodat doorgaat waarvoor deze betaalt.";

    // Adding one.
    card_number_never_here:
        en "The number of a card goes to the payment service alone; it never comes here."
        nl "Het nummer van een kaart gaat alleen naar de betaaldienst; het komt nooit hier.";
    card_form_note:
        en "You continue to the payment service, where you type the card."
        nl "U gaat verder naar de betaaldienst, waar u de kaart invoert.";
    address: en "Address" nl "Adres";
    billing_profile: en "Billing profile" nl "Factureringsprofiel";
    account_debited_short: en "SEPA direct debit" nl "SEPA-incasso";
    account_debited_note:
        en "Money is debited by SEPA direct debit; the bank takes a few days."
        nl "Er wordt afgeschreven via SEPA-incasso; de bank doet daar enkele dagen over.";
    account_not_offered_note:
        en "New bank accounts are not accepted in your country or cloud."
        nl "Nieuwe bankrekeningen worden in uw land of cloud niet aangenomen.";
    holder_name: en "Name on the card or account" nl "Naam op de kaart of rekening";
    name_on_card: en "Name on the card" nl "Naam op de kaart";
    account_holder_name: en "Name of the account holder" nl "Naam van de rekeninghouder";
    iban_hint:
        en "Only for a bank account, such as NL91 ABNA 0417 1643 00."
        nl "Alleen voor een bankrekening, bijvoorbeeld NL91 ABNA 0417 1643 00.";
    mandate: en "Direct debit mandate" nl "Machtiging voor automatische incasso";
    mandate_text(seller: &str):
        en "For a bank account: I authorize {seller} and its payment service to debit this account for what we owe. I can \
            ask my bank to give a debit back within eight weeks."
        nl "Voor een bankrekening: ik machtig {seller} en zijn betaaldienst om van deze rekening af te schrijven wat wij \
            verschuldigd zijn. Binnen acht weken kan ik een afschrijving door mijn bank laten terugboeken.";
    security_code: en "Security code" nl "Beveiligingscode";
    security_code_hint:
        en "The three or four digits on the card. They go to the payment service and are not stored."
        nl "De drie of vier cijfers op de kaart. Ze gaan naar de betaaldienst en worden niet bewaard.";
    expiration_month_hint:
        en "Year and month, such as 2030-12."
        nl "Jaar en maand, bijvoorbeeld 2030-12.";
    method_was_added: en "The payment method was added." nl "De betalingsmethode is toegevoegd.";
    method_was_changed: en "The payment method was changed." nl "De betalingsmethode is gewijzigd.";
    method_was_replaced(count: i64):
        en one "The payment method was replaced. {count} item moved."
            other "The payment method was replaced. {count} items moved."
        nl one "De betalingsmethode is vervangen. {count} onderdeel is overgezet."
            other "De betalingsmethode is vervangen. {count} onderdelen zijn overgezet.";
    method_was_deleted: en "The payment method was deleted." nl "De betalingsmethode is verwijderd.";

    // Confirming at the bank (domain 4.5).
    bank_keep_text:
        en "Your bank asks you to confirm that this card may pay later. You come back here afterwards."
        nl "Uw bank vraagt u te bevestigen dat met deze kaart later mag worden betaald. Daarna komt u hier terug.";
    bank_keep_question(merchant: &str):
        en "{merchant} wants to keep your card for later payments. Do you confirm this?"
        nl "{merchant} wil uw kaart bewaren voor latere betalingen. Bevestigt u dit?";
    bank_answer_confirm: en "Confirm" nl "Bevestigen";
    bank_answer_refuse: en "Refuse" nl "Weigeren";
    bank_back: en "Back to the payment method" nl "Terug naar de betalingsmethode";
    method_refused_by_bank: en "The bank did not allow it" nl "De bank heeft het niet toegestaan";
    method_refused_by_bank_text:
        en "The payment method was not added. What other payment methods pay for stays as it is."
        nl "De betalingsmethode is niet toegevoegd. Waarvoor andere betalingsmethoden betalen, blijft zoals het is.";

    // Editing, replacing, deleting.
    edit_payment_method: en "Edit payment method" nl "Betalingsmethode bewerken";
    edit_number_never_changes:
        en "The number of a card never changes here. For another number, add a payment method and replace this one."
        nl "Het nummer van een kaart verandert hier nooit. Voeg voor een ander nummer een betalingsmethode toe en \
            vervang deze.";
    replace_for_all_items:
        en "Replace payment method for all items"
        nl "Betalingsmethode vervangen voor alle items";
    replace_items: en "Items that move" nl "Items die worden overgezet";
    replace_old_stays:
        en "The old payment method stays on file. What it could not collect is tried again with the new one."
        nl "De oude betalingsmethode blijft bekend. Wat daarvan niet kon worden geïnd, wordt opnieuw geprobeerd met de \
            nieuwe.";
    replace_running_payment:
        en "A payment that is under way is finished with the old one."
        nl "Een betaling die al loopt, wordt met de oude afgerond.";
    replace_by: en "Replace by" nl "Vervangen door";
    replace_nothing_else:
        en "There is no other payment method that you can use."
        nl "Er is geen andere betalingsmethode die u kunt gebruiken.";
    delete_payment_method: en "Delete payment method" nl "Betalingsmethode verwijderen";
    delete_method_consequence:
        en "It is taken off file. Invoices that it paid still name it."
        nl "Deze wordt verwijderd. Facturen die ermee zijn betaald, noemen deze nog.";
    keep_payment_method: en "Keep payment method" nl "Betalingsmethode houden";
    and_more(count: i64):
        en one "and {count} more" other "and {count} more"
        nl "en nog {count}";

    // What pays for one subscription.
    change_method_effect:
        en "From now on it pays for this subscription. What was charged before stays with what paid it."
        nl "Hiermee wordt dit abonnement voortaan betaald. Wat eerder is afgeschreven, blijft zoals het was.";
    change_method_invoice_note(days: u32):
        en "You get an invoice and pay within {days} days."
        nl "U krijgt een factuur en betaalt binnen {days} dagen.";
    subscription_payment_was_changed:
        en "The payment method of the subscription was changed."
        nl "De betalingsmethode van het abonnement is gewijzigd.";

    // What is refused.
    refused_card_of_other:
        en "Only the person who added this card can change or delete it."
        nl "Alleen wie deze kaart heeft toegevoegd, kan deze wijzigen of verwijderen.";
    remedy_replace_by_own:
        en "Replace it by a payment method of your own."
        nl "Vervang deze door een eigen betalingsmethode.";
    refused_card_expired: en "The card has expired." nl "De kaart is verlopen.";
    remedy_edit_or_other_card:
        en "Enter its new expiration date or use another card."
        nl "Voer de nieuwe vervaldatum in of gebruik een andere kaart.";
    refused_card_not_offered(brand: &str):
        en "Here only cards of {brand} are accepted."
        nl "Hier worden alleen kaarten van {brand} aangenomen.";
    refused_security_code_shape:
        en "Enter the three or four digits on the card."
        nl "Voer de drie of vier cijfers op de kaart in.";
    refused_expiry_shape:
        en "Enter year and month, such as 2030-12."
        nl "Voer jaar en maand in, bijvoorbeeld 2030-12.";
    refused_mandate_needed:
        en "Agree to direct debit; without it a bank account cannot pay."
        nl "Ga akkoord met automatische incasso; anders kan een bankrekening niet betalen.";
    refused_payment_method_in_use(items: i64):
        en one "It still pays for {items} item." other "It still pays for {items} items."
        nl one "Hiermee wordt nog {items} onderdeel betaald." other "Hiermee worden nog {items} onderdelen betaald.";
    remedy_replace_first: en "Replace it first, then delete it." nl "Vervang deze eerst en verwijder deze daarna.";
    refused_payment_method_busy:
        en "A payment with it is under way."
        nl "Er loopt een betaling met deze betalingsmethode.";
    refused_last_payment_method:
        en "It is the only payment method."
        nl "Het is de enige betalingsmethode.";
    remedy_add_another_first:
        en "Add another one first, then delete it."
        nl "Voeg eerst een andere toe en verwijder deze daarna.";
    refused_paid_by_profile:
        en "The billing profile says what pays for everything on it."
        nl "Het factureringsprofiel bepaalt waarmee alles erop wordt betaald.";
    remedy_change_profile:
        en "Change the payment method of the billing profile."
        nl "Wijzig de betalingsmethode van het factureringsprofiel.";
    refused_credit_check_needed:
        en "Paying by invoice needs a credit check for this amount."
        nl "Betalen op factuur vereist voor dit bedrag een kredietcontrole.";
    remedy_buy_again_by_invoice:
        en "Buy the product again by invoice, and cancel this subscription when the order is approved."
        nl "Koop het product opnieuw op factuur en zeg dit abonnement op als de bestelling is goedgekeurd.";

    // What happened, for the history.
    kind_payment_method_added: en "Payment method added" nl "Betalingsmethode toegevoegd";
    kind_payment_method_changed: en "Payment method changed" nl "Betalingsmethode gewijzigd";
    kind_payment_method_replaced: en "Payment method replaced" nl "Betalingsmethode vervangen";
    kind_payment_method_deleted: en "Payment method deleted" nl "Betalingsmethode verwijderd";
    kind_subscription_payment_changed:
        en "Payment of a subscription changed"
        nl "Betaling van een abonnement gewijzigd";
    event_payment_method_added(method: &str):
        en "Payment method added: {method}."
        nl "Betalingsmethode toegevoegd: {method}.";
    event_payment_method_changed(method: &str):
        en "Payment method changed: {method}."
        nl "Betalingsmethode gewijzigd: {method}.";
    event_payment_method_replaced(method: &str, items: i64):
        en "{method} pays from now on for what another payment method paid for (items: {items})."
        nl "{method} betaalt voortaan waarvoor een andere betalingsmethode betaalde (onderdelen: {items}).";
    event_payment_method_deleted(method: &str):
        en "Payment method deleted: {method}."
        nl "Betalingsmethode verwijderd: {method}.";
    event_subscription_payment_changed(product: &str, method: &str):
        en "{product} is paid from now on by: {method}."
        nl "{product} wordt voortaan betaald met: {method}.";
}

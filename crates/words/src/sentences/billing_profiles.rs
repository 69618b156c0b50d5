//! Billing > Bills & payments > Billing profiles, and the contract behind them (domain 4.7, 4.8; R36 to R39, R171).

use crate::macros::sentences;

sentences! {
    billing_profiles_purpose:
        en "Where invoices go, and what pays them: one for each department, for example."
        nl "Waar facturen naartoe gaan en hoe ze worden betaald: bijvoorbeeld een per afdeling.";
    own_profile: en "Your own purchases" nl "Uw eigen aankopen";
    own_profile_purpose:
        en "What you buy yourself you pay yourself; your organization is not billed for any of it."
        nl "Wat u zelf koopt, betaalt u zelf; uw organisatie krijgt daar geen rekening voor.";
    own_profile_no_method: en "No payment method yet" nl "Nog geen betalingsmethode";
    add_billing_profile: en "Add a billing profile" nl "Een factureringsprofiel toevoegen";
    edit_billing_profile: en "Edit billing profile" nl "Factureringsprofiel bewerken";
    agreement: en "Agreement" nl "Overeenkomst";
    agreement_mosa: en "Microsoft Online Services Agreement (MOSA)" nl "Microsoft Online Services-overeenkomst (MOSA)";
    agreement_mca: en "Microsoft Customer Agreement (MCA)" nl "Microsoft-klantovereenkomst (MCA)";
    agreement_mosa_means:
        en "An invoice for each subscription; each subscription has its own payment method."
        nl "Een factuur per abonnement; elk abonnement heeft een eigen betalingsmethode.";
    agreement_mca_means:
        en "One monthly invoice for each billing profile, which its payment method pays."
        nl "Eén maandelijkse factuur per factureringsprofiel, die met de betalingsmethode daarvan wordt betaald.";
    profile_invoice_currency: en "Invoice currency" nl "Factuurvaluta";
    profile_currency_stays:
        en "It cannot be changed later."
        nl "Deze kan later niet worden gewijzigd.";
    profile_days_count_in: en "Days are counted in" nl "Dagen worden geteld in";
    bill_to_name: en "Name on the invoice" nl "Naam op de factuur";
    purchase_order_hint:
        en "It stands on later invoices."
        nl "Het staat op latere facturen.";
    get_invoices_in_email: en "Get invoices in email" nl "Facturen per e-mail ontvangen";
    profile_email_hint:
        en "Where invoices of this profile are mailed."
        nl "Waar facturen van dit profiel naartoe worden gemaild.";
    profile_paid_by_invoice: en "You pay each invoice" nl "U betaalt elke factuur zelf";
    profile_paid_by_invoice_means:
        en "You transfer the amount of each invoice."
        nl "U maakt het bedrag van elke factuur over.";
    profile_keeps_method:
        en "Pays now; added by somebody else"
        nl "Betaalt nu; toegevoegd door iemand anders";
    profile_default_mosa:
        en "Each subscription has a payment method of its own; this one is offered first at a purchase."
        nl "Elk abonnement heeft een eigen betalingsmethode; deze wordt bij een aankoop als eerste voorgesteld.";
    profile_subscriptions_none:
        en "No subscription belongs to it."
        nl "Er hoort geen abonnement bij.";
    change_billing_profile: en "Change billing profile" nl "Factureringsprofiel wijzigen";
    change_profile_effect:
        en "Later charges go to the billing profile that you choose. What was charged before stays where it was."
        nl "Latere kosten gaan naar het factureringsprofiel dat u kiest. Wat eerder in rekening is gebracht, blijft waar het \
            was.";
    profile_only_one:
        en "There is no other billing profile with the same currency."
        nl "Er is geen ander factureringsprofiel met dezelfde valuta.";
    profile_not_charged:
        en "Your organization is not charged for this subscription on a billing profile."
        nl "Dit abonnement wordt niet op een factureringsprofiel van uw organisatie in rekening gebracht.";
    profile_was_added: en "The billing profile was added." nl "Het factureringsprofiel is toegevoegd.";
    profile_was_changed: en "The billing profile was changed." nl "Het factureringsprofiel is gewijzigd.";
    subscription_profile_was_changed:
        en "The subscription belongs to another billing profile now."
        nl "Het abonnement hoort nu bij een ander factureringsprofiel.";
    purchase_profile_hint:
        en "Its invoices say what this costs. Only billing profiles on which you may buy are listed."
        nl "De kosten komen op de facturen van dit profiel. U ziet alleen profielen waarop u kunt kopen.";
    purchase_profile_pays(method: &str):
        en "The billing profile pays with {method}."
        nl "Het factureringsprofiel betaalt met {method}.";
    purchase_profile_billed:
        en "Everything on the billing profile is paid by invoice."
        nl "Alles op het factureringsprofiel wordt op factuur betaald.";
    purchase_profile_change: en "See or change the billing profile" nl "Factureringsprofiel bekijken of wijzigen";
    refused_account_pays_no_profile:
        en "A bank account cannot pay for a billing profile."
        nl "Een bankrekening kan niet voor een factureringsprofiel betalen.";
    refused_account_pays_no_self_service:
        en "What somebody bought for themselves or their team is paid by card."
        nl "Wat iemand zelf heeft gekocht, wordt met een kaart betaald.";
    refused_other_currency(currency: &str):
        en "The invoices of that billing profile are in {currency}."
        nl "De facturen van dat factureringsprofiel zijn in {currency}.";
    remedy_other_profile:
        en "Choose a billing profile with the currency of the subscription."
        nl "Kies een factureringsprofiel met de valuta van het abonnement.";
    kind_billing_profile_added: en "Billing profile added" nl "Factureringsprofiel toegevoegd";
    kind_billing_profile_changed: en "Billing profile changed" nl "Factureringsprofiel gewijzigd";
    kind_subscription_profile_changed:
        en "Billing profile of a subscription changed"
        nl "Factureringsprofiel van een abonnement gewijzigd";
    event_billing_profile_added(name: &str):
        en "Billing profile {name} was added."
        nl "Factureringsprofiel {name} is toegevoegd.";
    event_billing_profile_changed(name: &str):
        en "Billing profile {name} was changed."
        nl "Factureringsprofiel {name} is gewijzigd.";
    event_subscription_profile_changed(product: &str, name: &str):
        en "{product} belongs to billing profile {name} now."
        nl "{product} hoort nu bij factureringsprofiel {name}.";
}

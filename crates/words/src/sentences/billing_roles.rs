//! Billing roles: who may do what with the billing account and its profiles (domain 4.7, 4.8, 6; R171).

use crate::macros::sentences;

sentences! {
    billing_roles: en "Billing roles" nl "Factureringsrollen";
    billing_roles_purpose:
        en "Who may see, pay and change what is billed: everything of the billing account, or one billing profile."
        nl "Wie mag zien, betalen en wijzigen wat wordt gefactureerd: alles van het factureringsaccount, of één \
            factureringsprofiel.";
    billing_roles_empty: en "Nobody has a billing role yet." nl "Nog niemand heeft een factureringsrol.";
    billing_roles_empty_hint:
        en "An owner gives somebody a role, and it stands here."
        nl "Een eigenaar geeft iemand een rol, en die staat dan hier.";
    billing_roles_under_mca:
        en "Billing roles count under a Microsoft Customer Agreement. Under yours, global admins and billing admins look \
            after billing."
        nl "Factureringsrollen gelden onder een Microsoft-klantovereenkomst. Onder uw overeenkomst beheren globale \
            beheerders en factureringsbeheerders de facturering.";
    billing_role: en "Billing role" nl "Factureringsrol";
    billing_role_scope: en "Counts for" nl "Geldt voor";
    give_billing_role: en "Give a billing role" nl "Een factureringsrol geven";
    take_billing_role_title(name: &str):
        en "Remove a billing role of {name}"
        nl "Een factureringsrol van {name} weghalen";
    take_billing_role_effect:
        en "It counts at once, also where the person is signed in."
        nl "Het geldt meteen, ook waar de persoon is aangemeld.";
    become_billing_owner: en "Become billing account owner" nl "Eigenaar van het factureringsaccount worden";
    become_billing_owner_means:
        en "As a global admin you can give yourself this role, and then give others theirs."
        nl "Als globale beheerder kunt u uzelf deze rol geven, en daarna anderen die van hen.";
    billing_role_person_hint:
        en "The sign-in name of somebody in your organization."
        nl "De aanmeldingsnaam van iemand in uw organisatie.";
    billing_role_profile_hint:
        en "For the roles of a billing profile."
        nl "Voor de rollen van een factureringsprofiel.";
    billing_role_of_profile(role: &str, profile: &str):
        en "{role} of {profile}"
        nl "{role} van {profile}";
    billing_role_account_owner: en "Billing account owner" nl "Eigenaar van factureringsaccount";
    billing_role_account_owner_means:
        en "Everything of the billing account and its profiles, and gives their roles."
        nl "Alles van het factureringsaccount en de profielen, en geeft de rollen daarvan.";
    billing_role_account_contributor: en "Billing account contributor" nl "Inzender van factureringsaccount";
    billing_role_account_contributor_means:
        en "Buys, changes and pays everything of the billing account. Gives no roles."
        nl "Koopt, wijzigt en betaalt alles van het factureringsaccount. Geeft geen rollen.";
    billing_role_account_reader: en "Billing account reader" nl "Lezer van factureringsaccount";
    billing_role_account_reader_means:
        en "Sees everything of the billing account, changes nothing."
        nl "Ziet alles van het factureringsaccount, wijzigt niets.";
    billing_role_profile_owner: en "Billing profile owner" nl "Eigenaar van factureringsprofiel";
    billing_role_profile_owner_means:
        en "Changes and pays everything of the billing profile, and gives its roles."
        nl "Wijzigt en betaalt alles van het factureringsprofiel, en geeft de rollen daarvan.";
    billing_role_profile_contributor: en "Billing profile contributor" nl "Inzender van factureringsprofiel";
    billing_role_profile_contributor_means:
        en "Changes and pays everything of the billing profile. Gives no roles."
        nl "Wijzigt en betaalt alles van het factureringsprofiel. Geeft geen rollen.";
    billing_role_profile_reader: en "Billing profile reader" nl "Lezer van factureringsprofiel";
    billing_role_profile_reader_means:
        en "Sees everything of the billing profile, changes nothing."
        nl "Ziet alles van het factureringsprofiel, wijzigt niets.";
    billing_role_invoice_manager: en "Invoice manager" nl "Factuurbeheerder";
    billing_role_invoice_manager_means:
        en "Sees and pays the invoices of the billing profile."
        nl "Ziet en betaalt de facturen van het factureringsprofiel.";
    billing_role_was_given: en "The billing role was given." nl "De factureringsrol is gegeven.";
    billing_role_was_taken: en "The billing role was removed." nl "De factureringsrol is weggehaald.";
    refused_billing_roles_need_mca:
        en "Billing roles count under a Microsoft Customer Agreement only."
        nl "Factureringsrollen gelden alleen onder een Microsoft-klantovereenkomst.";
    refused_last_billing_owner:
        en "This is the last owner of the billing account or of a billing profile."
        nl "Dit is de laatste eigenaar van het factureringsaccount of van een factureringsprofiel.";
    kind_billing_role_given: en "Billing role given" nl "Factureringsrol gegeven";
    kind_billing_role_taken: en "Billing role removed" nl "Factureringsrol weggehaald";
    event_billing_role_given(person: &str, role: &str):
        en "{person} was given a billing role: {role}."
        nl "{person} heeft een factureringsrol gekregen: {role}.";
    event_billing_role_taken(person: &str, role: &str):
        en "A billing role of {person} was removed: {role}."
        nl "Een factureringsrol van {person} is weggehaald: {role}.";
}

//! Roles, what each may do, and what the keys of programs may be used for (domain 6).

use crate::macros::sentences;

sentences! {
    role: en "Role" nl "Rol";
    roles: en "Roles" nl "Rollen";
    roles_none_means:
        en "An ordinary user: uses licenses, administers nothing."
        nl "Een gewone gebruiker: gebruikt licenties en beheert niets.";
    role_global_admin: en "Global admin" nl "Globale beheerder";
    role_global_admin_means:
        en "Does everything in the organization. Two to four people is a good number."
        nl "Doet alles in de organisatie. Twee tot vier personen is een goed aantal.";
    role_billing_admin: en "Billing admin" nl "Factureringsbeheerder";
    role_billing_admin_means:
        en "Buys, changes and pays subscriptions. Assigns licenses only where a Global admin allows it."
        nl "Koopt, wijzigt en betaalt abonnementen. Wijst alleen licenties toe als een globale beheerder dat toestaat.";
    assigners: en "Who assigns licenses" nl "Wie licenties toewijst";
    assigners_purpose:
        en "Global admins, License admins and User admins assign licenses and take them back."
        nl "Globale beheerders, licentiebeheerders en gebruikersbeheerders wijzen licenties toe en heffen toewijzingen op.";
    assigners_billing_admins: en "Billing admins do so too" nl "Factureringsbeheerders doen dat ook";
    assigners_billing_admins_hint:
        en "It holds at once. What they assigned stays when you turn it off."
        nl "Het geldt direct. Wat ze hebben toegewezen, blijft als u het uitschakelt.";
    billing_admins_may_assign:
        en "Billing admins assign licenses from now on."
        nl "Factureringsbeheerders wijzen voortaan licenties toe.";
    billing_admins_may_not_assign:
        en "Billing admins no longer assign licenses."
        nl "Factureringsbeheerders wijzen geen licenties meer toe.";
    role_license_admin: en "License admin" nl "Licentiebeheerder";
    role_license_admin_means:
        en "Assigns and unassigns licenses and sets usage locations. Buys nothing."
        nl "Wijst licenties toe, heft toewijzingen op en stelt gebruikslocaties in. Koopt niets.";
    role_user_admin: en "User admin" nl "Gebruikersbeheerder";
    role_user_admin_means:
        en "Adds, changes and deletes people and assigns licenses. Buys nothing."
        nl "Voegt personen toe, wijzigt en verwijdert ze en wijst licenties toe. Koopt niets.";
    role_global_reader: en "Global reader" nl "Globale lezer";
    role_global_reader_means:
        en "Sees what a global admin sees and changes nothing."
        nl "Ziet wat een globale beheerder ziet en wijzigt niets.";
    role_operator: en "Operator" nl "Operator";
    role_operator_means:
        en "Runs this system: organizations, catalog, prices and background work."
        nl "Beheert dit systeem: organisaties, catalogus, prijzen en achtergrondwerk.";
    roles_changed(name: &str):
        en "The roles of {name} were changed."
        nl "De rollen van {name} zijn gewijzigd.";
    edit_roles: en "Edit roles" nl "Rollen bewerken";
    edit_roles_title(name: &str):
        en "Roles of {name}"
        nl "Rollen van {name}";
    edit_roles_hint:
        en "Roles work at once, also in sessions that are open."
        nl "Rollen werken direct, ook in sessies die open zijn.";

    // What a program may do.
    scope_subscriptions_read:
        en "See subscriptions, products and orders"
        nl "Abonnementen, producten en orders bekijken";
    scope_subscriptions_write: en "Buy, and change the number of licenses" nl "Kopen en het aantal licenties wijzigen";
    scope_licenses_read: en "See who has which license" nl "Bekijken wie welke licentie heeft";
    scope_licenses_write: en "Assign and unassign licenses" nl "Licenties toewijzen en toewijzingen opheffen";
    scope_users_read: en "See people" nl "Personen bekijken";
    scope_users_write: en "Add, change and delete people" nl "Personen toevoegen, wijzigen en verwijderen";
    scope_billing_read: en "See invoices and payments" nl "Facturen en betalingen bekijken";
    scope_billing_write: en "Pay invoices, and keep payment methods" nl "Facturen betalen en betalingsmethoden beheren";
    scope_customers_write:
        en "See customers as a partner, sell to them, and keep what was sold"
        nl "Klanten als partner zien, aan hen verkopen en beheren wat is verkocht";
    scope_clock_write: en "Move the clock of the sandbox" nl "De klok van de sandbox verzetten";
    scope_operate_billing:
        en "Watch bill runs, start dry runs and pay credit back, in every organization"
        nl "Factuurrondes volgen, proefrondes starten en tegoeden terugbetalen, in elke organisatie";
    scope_operate_organizations:
        en "Change the cloud of organizations"
        nl "De cloud van organisaties wijzigen";
    scope_history_read: en "Read the history" nl "De geschiedenis lezen";
}

//! Users > Groups: the list, a group's page, who is in it (domain 2.7).

use crate::macros::sentences;

sentences! {
    groups_purpose:
        en "People who belong together: let only them buy, give them licenses at once, or find them."
        nl "Personen die bij elkaar horen: laat alleen hen kopen, geef hun in één keer licenties of vind ze terug.";
    groups_empty: en "There are no groups yet." nl "Er zijn nog geen groepen.";
    groups_empty_hint:
        en "A group brings people together, so that only they may buy for the team, or all of them get a license at once."
        nl "Een groep brengt personen bijeen, zodat alleen zij voor het team mogen kopen, of allen in één keer een licentie krijgen.";
    groups_shown(count: i64):
        en one "{count} group shown" other "{count} groups shown"
        nl one "{count} groep weergegeven" other "{count} groepen weergegeven";

    // Make, rename, delete.
    group_add: en "Add a group" nl "Een groep toevoegen";
    group_add_purpose: en "Afterwards you choose who is in it." nl "Daarna kiest u wie erin zit.";
    group_name_hint:
        en "Such as Finance leads. Each group has a name of its own."
        nl "Bijvoorbeeld Teamleiders Financiën. Elke groep heeft een eigen naam.";
    group_was_added: en "The group was added. Now choose who is in it." nl "De groep is toegevoegd. Kies nu wie erin zit.";
    group_rename: en "Rename group" nl "Groepsnaam wijzigen";
    group_was_renamed: en "The group has its new name." nl "De groep heeft de nieuwe naam.";
    group_delete: en "Delete group" nl "Groep verwijderen";
    group_delete_means:
        en "The group goes. Its people stay, with their licenses."
        nl "De groep verdwijnt. De personen blijven, met hun licenties.";
    group_was_deleted: en "The group was deleted." nl "De groep is verwijderd.";
    refused_group_of_buyers: en "Only this group may buy for the team." nl "Alleen deze groep mag voor het team kopen.";
    remedy_other_buyers:
        en "Say under Self-service purchases that others may, then delete the group."
        nl "Geef bij Selfserviceaankopen aan dat anderen dat mogen, en verwijder dan de groep.";

    // Who is in it.
    group_nobody: en "Nobody is in this group yet." nl "Er zit nog niemand in deze groep.";
    group_nobody_hint:
        en "Add people by their names, or paste their e-mail addresses."
        nl "Voeg personen toe op naam, of plak hun e-mailadressen.";
    group_add_people: en "Add people" nl "Personen toevoegen";
    group_add_more_people: en "Add more people" nl "Meer personen toevoegen";
    group_paste: en "Or paste e-mail addresses" nl "Of plak e-mailadressen";
    pasted_addresses: en "Pasted addresses" nl "Geplakte adressen";
    group_paste_hint:
        en "As your mail program writes them: names may stand beside them, with commas, semicolons or lines between."
        nl "Zoals uw mailprogramma ze schrijft: namen mogen erbij staan, met komma's, puntkomma's of regels ertussen.";
    group_by_name: en "Group, by its name" nl "Groep, op naam";
    group_other_by_name: en "Or another group, by its name" nl "Of een andere groep, op naam";
    groups_more(count: i64):
        en one "{count} more group is not in the list. Type its name."
            other "{count} more groups are not in the list. Type the name of one."
        nl one "Nog {count} groep staat niet in de lijst. Typ de naam ervan."
            other "Nog {count} groepen staan niet in de lijst. Typ de naam van een ervan.";
    group_people_added(count: i64):
        en one "{count} person was added to the group." other "{count} people were added to the group."
        nl one "{count} persoon is aan de groep toegevoegd." other "{count} personen zijn aan de groep toegevoegd.";
    group_people_already(count: i64):
        en one "{count} person was in it already." other "{count} people were in it already."
        nl one "{count} persoon zat er al in." other "{count} personen zaten er al in.";
    group_addresses_unknown(count: i64):
        en one "{count} address belongs to nobody in your organization:"
            other "{count} addresses belong to nobody in your organization:"
        nl one "{count} adres is van niemand in uw organisatie:"
            other "{count} adressen zijn van niemand in uw organisatie:";
    group_addresses_more(count: i64): en "and {count} more" nl "en nog {count}";
    group_remove_people: en "Remove from the group" nl "Uit de groep verwijderen";
    group_people_removed(count: i64):
        en one "{count} person was removed from the group." other "{count} people were removed from the group."
        nl one "{count} persoon is uit de groep verwijderd." other "{count} personen zijn uit de groep verwijderd.";

    // History.
    kind_group_added: en "Group added" nl "Groep toegevoegd";
    kind_group_renamed: en "Group renamed" nl "Groepsnaam gewijzigd";
    kind_group_deleted: en "Group deleted" nl "Groep verwijderd";
    kind_group_joined: en "Added to a group" nl "Aan een groep toegevoegd";
    kind_group_left: en "Removed from a group" nl "Uit een groep verwijderd";
    event_group_added(name: &str): en "The group {name} was added." nl "De groep {name} is toegevoegd.";
    event_group_renamed(before: &str, after: &str):
        en "The group {before} is called {after} now."
        nl "De groep {before} heet nu {after}.";
    event_group_deleted(name: &str, people: &str):
        en "The group {name} ({people}) was deleted."
        nl "De groep {name} ({people}) is verwijderd.";
    event_group_joined(person: &str, group: &str):
        en "{person} was added to the group {group}."
        nl "{person} is aan de groep {group} toegevoegd.";
    event_group_left(person: &str, group: &str):
        en "{person} was removed from the group {group}."
        nl "{person} is uit de groep {group} verwijderd.";
}

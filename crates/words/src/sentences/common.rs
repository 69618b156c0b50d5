//! What every page says: buttons, states of a list, days, counts.

use crate::macros::sentences;

sentences! {
    /// From a day or an instant on, already written.
    since(date: &str): en "since {date}" nl "sinds {date}";
    expires: en "Expires" nl "Verloopt";

    // Buttons and links.
    save: en "Save" nl "Opslaan";
    close: en "Close" nl "Sluiten";
    back: en "Back" nl "Terug";
    next: en "Next" nl "Volgende";
    add: en "Add" nl "Toevoegen";
    edit: en "Edit" nl "Bewerken";
    delete: en "Delete" nl "Verwijderen";
    remove: en "Remove" nl "Weghalen";
    change: en "Change" nl "Wijzigen";
    replace: en "Replace" nl "Vervangen";
    apply: en "Apply" nl "Toepassen";
    columns: en "Columns" nl "Kolommen";
    search: en "Search" nl "Zoeken";
    filter: en "Filter" nl "Filteren";
    clear_filters: en "Clear filters" nl "Filters wissen";
    sort_by: en "Sort by" nl "Sorteren op";
    export: en "Export" nl "Exporteren";
    export_csv: en "Export to CSV" nl "Exporteren naar CSV";
    download: en "Download" nl "Downloaden";
    upload: en "Upload" nl "Uploaden";
    choose_file: en "Choose a file" nl "Een bestand kiezen";
    refresh: en "Refresh" nl "Vernieuwen";
    details: en "Details" nl "Details";
    show_more: en "Show more" nl "Meer weergeven";
    show_all: en "Show all" nl "Alles weergeven";
    copy: en "Copy" nl "Kopiëren";
    copied: en "Copied" nl "Gekopieerd";
    more_actions: en "More actions" nl "Meer acties";
    /// Name of a row's menu for people who hear the page.
    more_actions_for(name: &str):
        en "More actions for {name}"
        nl "Meer acties voor {name}";
    view_as_table: en "Show the numbers" nl "De cijfers weergeven";

    // Forms.
    none: en "None" nl "Geen";
    not_set: en "Not set" nl "Niet ingesteld";
    unknown: en "Unknown" nl "Onbekend";
    yes: en "Yes" nl "Ja";
    no: en "No" nl "Nee";
    on: en "On" nl "Aan";
    off: en "Off" nl "Uit";
    choose_one: en "Choose one" nl "Maak een keuze";

    // Columns that several lists have.
    name: en "Name" nl "Naam";
    status: en "Status" nl "Status";
    created_on: en "Created on" nl "Aangemaakt op";
    created_by: en "Created by" nl "Aangemaakt door";

    // Lists.
    results(count: i64):
        en one "{count} result" other "{count} results"
        nl one "{count} resultaat" other "{count} resultaten";
    search_results: en "Search results" nl "Zoekresultaten";
    no_results: en "Nothing matches your search." nl "Uw zoekopdracht levert niets op.";
    no_results_hint: en "Check the spelling or clear the filters." nl "Controleer de spelling of wis de filters.";
    first_page: en "First page" nl "Eerste pagina";
    next_page: en "Next page" nl "Volgende pagina";
    previous_page: en "Previous page" nl "Vorige pagina";
    selected(count: i64):
        en "{count} selected"
        nl "{count} geselecteerd";
    select_all: en "Select all on this page" nl "Alles op deze pagina selecteren";
    select_row(name: &str):
        en "Select {name}"
        nl "{name} selecteren";
    rows(count: i64):
        en one "{count} row" other "{count} rows"
        nl one "{count} rij" other "{count} rijen";
    and: en "and" nl "en";

    // Counts that several pages show.
    licenses_count(count: i64):
        en one "{count} license" other "{count} licenses"
        nl one "{count} licentie" other "{count} licenties";
    people_count(count: i64):
        en one "{count} person" other "{count} people"
        nl one "{count} persoon" other "{count} personen";
    products_count(count: i64):
        en one "{count} product" other "{count} products"
        nl one "{count} product" other "{count} producten";
    subscriptions_count(count: i64):
        en one "{count} subscription" other "{count} subscriptions"
        nl one "{count} abonnement" other "{count} abonnementen";
    organizations_count(count: i64):
        en one "{count} organization" other "{count} organizations"
        nl one "{count} organisatie" other "{count} organisaties";
    /// Assigned of bought, as the text beside a bar.
    assigned_of_bought(assigned: i64, bought: i64):
        en "{assigned} of {bought} licenses assigned"
        nl "{assigned} van {bought} licenties toegewezen";

    /// Beside a small bar: `238 of 250`.
    part_of(part: i64, whole: i64):
        en "{part} of {whole}"
        nl "{part} van {whole}";

    // Days and durations.
    today: en "today" nl "vandaag";
    tomorrow: en "tomorrow" nl "morgen";
    yesterday: en "yesterday" nl "gisteren";
    in_days(days: i64):
        en one "in {days} day" other "in {days} days"
        nl one "over {days} dag" other "over {days} dagen";
    days_ago(days: i64):
        en one "{days} day ago" other "{days} days ago"
        nl one "{days} dag geleden" other "{days} dagen geleden";
    seconds(count: u64):
        en one "{count} second" other "{count} seconds"
        nl one "{count} seconde" other "{count} seconden";
    minutes(count: u64):
        en one "{count} minute" other "{count} minutes"
        nl one "{count} minuut" other "{count} minuten";
    hours(count: u64):
        en one "{count} hour" other "{count} hours"
        nl "{count} uur";
    days(count: u64):
        en one "{count} day" other "{count} days"
        nl one "{count} dag" other "{count} dagen";
    bytes(count: u64):
        en one "{count} byte" other "{count} bytes"
        nl one "{count} byte" other "{count} bytes";
}

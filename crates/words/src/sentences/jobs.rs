//! Long work with its progress, and what runs in the background.

use crate::macros::sentences;

sentences! {
    // Progress of long work.
    progress: en "Progress" nl "Voortgang";
    progress_of(done: i64, total: i64):
        en "{done} of {total} done"
        nl "{done} van {total} klaar";
    progress_people(done: i64, total: i64):
        en "{done} of {total} people"
        nl "{done} van {total} personen";
    time_left(time: &str):
        en "About {time} left"
        nl "Nog ongeveer {time}";
    progress_goes_on:
        en "If you close this window, the work goes on."
        nl "Als u dit venster sluit, gaat het werk door.";
    progress_safe_to_leave:
        en "You can close this page. The work goes on."
        nl "U kunt deze pagina sluiten. Het werk gaat door.";
    progress_starting: en "The work is about to start." nl "Het werk begint zo.";
    work_stopped: en "Stopped" nl "Gestopt";
    work_failure_reason: en "Why" nl "Waarom";
    work_download_failures: en "Download what could not be done" nl "Downloaden wat niet is gelukt";

    // Background work.
    background_work_purpose:
        en "What waits, what runs and what needs your help."
        nl "Wat wacht, wat loopt en wat uw hulp nodig heeft.";
    jobs_waiting: en "Waiting" nl "Wacht";
    jobs_running: en "Running" nl "Loopt";
    jobs_parked: en "Parked" nl "Geparkeerd";
    jobs_waiting_and_running: en "Jobs waiting or running" nl "Taken die wachten of lopen";
    jobs_refused: en "Refused" nl "Geweigerd";
    jobs_done: en "Done" nl "Gedaan";
    jobs_parked_count(count: i64):
        en one "{count} job parked" other "{count} jobs parked"
        nl one "{count} taak geparkeerd" other "{count} taken geparkeerd";
    jobs_parked_means:
        en "These jobs failed too often. Solve the cause, then resume them."
        nl "Deze taken zijn te vaak mislukt. Los de oorzaak op en hervat ze.";
    jobs_none_here: en "No jobs here" nl "Geen taken hier";
    jobs_none_here_hint: en "Work shows up here as soon as there is some." nl "Werk verschijnt hier zodra het er is.";
    job_finished_at: en "Finished at" nl "Geëindigd om";
    job: en "Job" nl "Taak";
    job_kind: en "Kind" nl "Soort";
    job_attempts(count: i64):
        en one "{count} attempt" other "{count} attempts"
        nl one "{count} poging" other "{count} pogingen";
    job_next_attempt: en "Next attempt" nl "Volgende poging";
    job_last_error: en "Last error" nl "Laatste fout";
    job_since: en "Since" nl "Sinds";
    job_resume: en "Resume" nl "Hervatten";
    job_was_resumed: en "The job was resumed." nl "De taak is hervat.";
    sweeps: en "Sweeps" nl "Rondes";

    // Kinds of jobs.
    job_take_payment: en "Take a payment" nl "Een betaling innen";
    job_collect_payment: en "Collect an invoice" nl "Een factuur innen";
    job_refund_payment: en "Give money back" nl "Geld terugbetalen";
    job_assign_many: en "Assign licenses to many" nl "Licenties aan velen toewijzen";
    job_unassign_many: en "Unassign licenses from many" nl "Bij velen licentietoewijzingen opheffen";
    job_move_clock: en "Move the clock of a sandbox" nl "Klok van een sandbox verzetten";
    job_add_people: en "Add people from a file" nl "Personen uit een bestand toevoegen";
    job_import_catalog: en "Load a catalog file" nl "Een catalogusbestand laden";
}

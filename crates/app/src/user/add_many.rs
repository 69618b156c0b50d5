//! Add many people from a CSV file: keep the file, check it, then add its people in the background (R72).
//!
//! Nobody is added unless every row is right when the work begins. While it goes on in chunks, somebody else may take
//! an address of the file; that row alone is left out, and the outcome says how many were.

use crate::door::{Change, Command, Look, Query};
use crate::failure::Failure;
use crate::job::{Running, Work};
use domain::access::permission::ManageUsers;
use domain::ids::{JobId, UploadId, UserId};
use domain::limits::CHUNK_PEOPLE;
use domain::refusal::{Field, Refusal};
use domain::spreadsheet;
use domain::user::add_many::{self, NewPerson, PeopleFile};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::sync::Arc;
use store::Read;
use store::tables::upload::{self, Upload};
use store::tables::{job, user};

/// How long a file waits to be confirmed.
const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// Files with fewer people ask for each address; larger ones walk over all addresses once.
const ASK_EACH: usize = 1_000;

/// Keeps a file of people until it is confirmed; nothing else happens.
#[derive(Debug, Clone)]
pub struct KeepPeopleFile {
    file_name: String,
    content: Arc<str>,
}

impl KeepPeopleFile {
    /// Checks that the bytes are a text with columns of people.
    ///
    /// # Errors
    /// The refusal of the file as a whole, at [`Field::File`].
    pub fn prepare(file_name: &str, bytes: &[u8]) -> Result<Self, Failure> {
        let content = spreadsheet::text(bytes).map_err(|refusal| refusal.at(Field::File))?;
        add_many::read(content).map_err(|refusal| refusal.at(Field::File))?;
        let file_name = file_name.chars().filter(|letter| !letter.is_control()).take(200).collect();
        Ok(Self { file_name, content: content.into() })
    }
}

impl Command for KeepPeopleFile {
    type Permission = ManageUsers;
    type Outcome = UploadId;
    const NAME: &'static str = "keep_people_file";

    fn execute(&self, change: &Change<'_, ManageUsers>) -> Result<UploadId, Failure> {
        upload::delete_older(change.write, change.system_now() - KEPT)?;
        let id = UploadId::from_uuid(change.new_id());
        let new = Upload {
            id,
            file_name: self.file_name.clone(),
            content: self.content.to_string(),
            created_by: change.granted.actor().user(),
            created_at: change.system_now(),
        };
        upload::insert(change.write, &new)?;
        Ok(id)
    }
}

/// Asks what a kept file would do.
#[derive(Debug, Clone, Copy)]
pub struct CheckPeopleFile(pub UploadId);

/// What a kept file would do.
#[derive(Debug, Clone)]
pub struct CheckedPeopleFile {
    /// What its owner called it.
    pub file_name: String,
    /// Its rows, right and wrong.
    pub file: PeopleFile,
    /// The work with it, when it was confirmed.
    pub job: Option<JobId>,
}

impl Query for CheckPeopleFile {
    type Permission = ManageUsers;
    type Outcome = CheckedPeopleFile;

    fn run(&self, look: &Look<'_, ManageUsers>) -> Result<CheckedPeopleFile, Failure> {
        let kept = upload::find(look.read, self.0)?.ok_or(Refusal::NotFound)?;
        let file = add_many::read(&kept.content)?;
        let taken = taken(look.read, &file)?;
        let job = job::find(look.read, job_of(self.0))?.map(|job| job.id);
        Ok(CheckedPeopleFile { file_name: kept.file_name, file: file.without_taken(&taken), job })
    }
}

/// The addresses of the file that belong to somebody already.
fn taken(read: &Read<'_>, file: &PeopleFile) -> Result<HashSet<String>, Failure> {
    let mut taken = HashSet::new();
    if file.people.len() < ASK_EACH {
        for person in &file.people {
            if user::find_by_email(read, &person.facts.email)?.is_some() {
                taken.insert(person.facts.email.clone());
            }
        }
    } else {
        let wanted: HashSet<_> = file.people.iter().map(|person| person.facts.email.as_str()).collect();
        user::each_email(read, |email| {
            if wanted.contains(email) {
                taken.insert(email.to_owned());
            }
        })?;
    }
    Ok(taken)
}

/// The work with a file has the file's identity, so that confirming twice adds once.
fn job_of(upload: UploadId) -> JobId {
    JobId::from_uuid(upload.uuid())
}

/// Confirms a kept file: its people are added in the background.
#[derive(Debug, Clone, Copy)]
pub struct AddUsers(pub UploadId);

impl Command for AddUsers {
    type Permission = ManageUsers;
    type Outcome = JobId;
    const NAME: &'static str = "add_users";

    fn execute(&self, change: &Change<'_, ManageUsers>) -> Result<JobId, Failure> {
        let id = job_of(self.0);
        if job::find(change.write, id)?.is_none() {
            upload::find(change.write, self.0)?.ok_or(Refusal::NotFound)?;
            change.enqueue_as(id, &AddPeople { upload: self.0 }, 0)?;
        }
        Ok(id)
    }
}

/// The work with a confirmed file.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct AddPeople {
    upload: UploadId,
}

/// What came of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeopleAdded {
    /// How many people were added.
    pub added: i64,
    /// How many were left out because somebody else took their address meanwhile.
    pub taken_meanwhile: i64,
}

impl Work for AddPeople {
    const KIND: &'static str = "add_people";

    /// The total counts those who can be added: a row that is left out lessens it. So how far the work is, is what is
    /// done plus what is missing from the total.
    fn run(&self, job: &Running<'_>) -> Result<serde_json::Value, Failure> {
        let people: Arc<[NewPerson]> =
            job.app.read(&job.caller, job.organization, &PeopleToAdd(*self, job.is_new()))?;
        let rows = people.len() as i64;
        let (mut done, mut total) = (job.progress_done, if job.is_new() { rows } else { job.progress_total });
        while done < total {
            let from = (done + rows - total) as usize;
            let chunk = AddChunk { job: job.id, people: Arc::clone(&people), from, done, total };
            (done, total) = job.app.write(&job.caller, job.organization, chunk).wait()?;
        }
        serde_json::to_value(PeopleAdded { added: done, taken_meanwhile: rows - total }).map_err(Failure::internal)
    }
}

/// The people of a confirmed file; when the work begins, only if every row is right.
struct PeopleToAdd(AddPeople, bool);

impl Query for PeopleToAdd {
    type Permission = ManageUsers;
    type Outcome = Arc<[NewPerson]>;

    fn run(&self, look: &Look<'_, ManageUsers>) -> Result<Arc<[NewPerson]>, Failure> {
        let kept = upload::find(look.read, self.0.upload)?.ok_or(Refusal::NotFound)?;
        let mut file = add_many::read(&kept.content)?;
        if self.1 {
            let taken = taken(look.read, &file)?;
            file = file.without_taken(&taken);
        }
        Ok(file.all_or_nothing()?.into())
    }
}

/// Adds the next people of a file, and says how far the work is then.
struct AddChunk {
    job: JobId,
    people: Arc<[NewPerson]>,
    from: usize,
    done: i64,
    total: i64,
}

impl Command for AddChunk {
    type Permission = ManageUsers;
    type Outcome = (i64, i64);
    const NAME: &'static str = "add_users";

    fn execute(&self, change: &Change<'_, ManageUsers>) -> Result<(i64, i64), Failure> {
        let to = self.people.len().min(self.from + CHUNK_PEOPLE);
        let chunk = &self.people[self.from..to];
        let mut free = Vec::with_capacity(chunk.len());
        for person in chunk {
            if user::find_by_email(change.write, &person.facts.email)?.is_none() {
                free.push(&person.facts);
            }
        }
        for facts in &free {
            let id = UserId::from_uuid(change.new_id());
            user::insert(change.write, id, facts, change.now())?;
            change.record_of(id, &facts.added())?;
        }
        let left_out = (chunk.len() - free.len()) as i64;
        let (done, total) = (self.done + free.len() as i64, self.total - left_out);
        change.progress(self.job, done, total)?;
        Ok((done, total))
    }
}

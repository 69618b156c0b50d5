//! Assign to many, or take back from many: make a list, look at what it would come to, confirm it, and watch the work
//! (R126). The work goes on in chunks of a few statements each, whatever happens to the browser or the process.

use super::settle::solve_conflicts;
use super::{plans_of, subscriptions_of};
use crate::door::{App, Caller, Change, Command, Look, Query};
use crate::failure::Failure;
use crate::job::{Running, Work};
use domain::access::permission::AssignLicenses as MayAssign;
use domain::access::{Actor, Reach};
use domain::event::Event;
use domain::ids::{JobId, OrganizationId, SubscriptionId, UploadId, UserId};
use domain::job::Job;
use domain::license::assign::{check_plans, usable};
use domain::license::change_apps::sorted;
use domain::limits::CHUNK_PEOPLE;
use domain::refusal::{Field, Refusal};
use domain::subscription::Subscription;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use store::tables::bulk::{self, BulkList, Chunk, TakenBack};
use store::tables::{job, journal, subscription};

pub use domain::license::many::{
    BulkAction, BulkOutcome, BulkRequest, ListedAddress, PeopleFilter, read_addresses, read_pasted,
};
pub use store::tables::bulk::Problem;

/// How long a list is kept after it was made.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 30);

/// Where the people of a list come from.
#[derive(Debug, Clone)]
pub enum Source {
    /// A file, or what was pasted.
    Addresses {
        /// What the file is called; empty for what was pasted.
        file_name: String,
        /// Its addresses.
        addresses: Arc<[ListedAddress]>,
    },
    /// Everybody with something in common.
    Filter(PeopleFilter),
    /// Everybody who has the product from what a user bought (R125).
    BoughtByUsers,
}

/// Makes a list, a chunk at a time; nobody gets or loses a license yet. Blocks.
///
/// # Errors
/// A refusal of the request, [`Refusal::NobodyChosen`] when nobody matches, or the failure of the database.
pub fn make_list(
    app: &App,
    caller: &Caller,
    organization: OrganizationId,
    request: &BulkRequest,
    source: &Source,
) -> Result<UploadId, Failure> {
    let id = app.write(caller, organization, BeginList { request: request.clone() }).wait()?;
    let mut row_count = 0;
    loop {
        let add = AddToList { id, from: row_count, request: request.clone(), source: source.clone() };
        let added = app.write(caller, organization, add).wait()?;
        row_count += added;
        if added < CHUNK_PEOPLE as i64 {
            break;
        }
    }
    if row_count == 0 {
        return Err(Refusal::NobodyChosen.at(Field::Users).into());
    }
    let file_name = match source {
        Source::Addresses { file_name, .. } => {
            file_name.chars().filter(|letter| !letter.is_control()).take(200).collect()
        }
        Source::Filter(_) | Source::BoughtByUsers => String::new(),
    };
    let complete = CompleteList { id, request: request.clone(), file_name, row_count };
    app.write(caller, organization, complete).wait()?;
    Ok(id)
}

/// Checks the request, makes room, and gives the list its identity.
struct BeginList {
    request: BulkRequest,
}

impl Command for BeginList {
    type Permission = MayAssign;
    type Outcome = UploadId;
    const NAME: &'static str = "make_list";

    fn execute(&self, change: &Change<'_, MayAssign>) -> Result<UploadId, Failure> {
        let request = &self.request;
        if request.action == BulkAction::Centralize {
            change.granted.everything()?;
        }
        named_subscriptions(subscriptions_of(change.write, request.product_id, change.granted.only())?, request)?;
        if !request.disabled_plans.is_empty() {
            let plans = plans_of(change.write, request.product_id)?;
            check_plans(&request.disabled_plans, &plans).map_err(|refusal| refusal.at(Field::ServicePlans))?;
        }
        bulk::delete_older(change.write, change.system_now() - KEPT)?;
        Ok(UploadId::from_uuid(change.new_id()))
    }
}

/// The subscriptions that a request may use; only the organization's own when it is to have everybody.
fn named_subscriptions(mut all: Vec<Subscription>, request: &BulkRequest) -> Result<Vec<Subscription>, Refusal> {
    if let Some(named) = request.subscription_id {
        all.retain(|subscription| subscription.id == named);
    }
    if request.action == BulkAction::Centralize {
        all.retain(|subscription| subscription.holder.is_none());
    }
    if all.is_empty() { Err(Refusal::NotFound) } else { Ok(all) }
}

/// Adds the next rows; gives how many.
struct AddToList {
    id: UploadId,
    from: i64,
    request: BulkRequest,
    source: Source,
}

impl Command for AddToList {
    type Permission = MayAssign;
    type Outcome = i64;
    const NAME: &'static str = "make_list";

    fn execute(&self, change: &Change<'_, MayAssign>) -> Result<i64, Failure> {
        match &self.source {
            Source::Addresses { addresses, .. } => {
                let rest = addresses.get(self.from as usize..).unwrap_or_default();
                let rows = &rest[..rest.len().min(CHUNK_PEOPLE)];
                bulk::add_addresses(change.write, self.id, self.from, rows)?;
                Ok(rows.len() as i64)
            }
            Source::Filter(filter) => {
                let holders_of = match self.request.action {
                    BulkAction::Assign => None,
                    BulkAction::Unassign | BulkAction::Centralize => Some(self.request.product_id),
                };
                let added = bulk::add_filtered(change.write, self.id, self.from, filter, holders_of, CHUNK_PEOPLE)?;
                Ok(added as i64)
            }
            Source::BoughtByUsers => {
                let product = self.request.product_id;
                Ok(bulk::add_bought_by_users(change.write, self.id, self.from, product, CHUNK_PEOPLE)? as i64)
            }
        }
    }
}

/// Notes that every row is there; before that the list cannot be found.
struct CompleteList {
    id: UploadId,
    request: BulkRequest,
    file_name: String,
    row_count: i64,
}

impl Command for CompleteList {
    type Permission = MayAssign;
    type Outcome = ();
    const NAME: &'static str = "make_list";

    fn execute(&self, change: &Change<'_, MayAssign>) -> Result<(), Failure> {
        let list = BulkList {
            id: self.id,
            request: BulkRequest { disabled_plans: sorted(&self.request.disabled_plans), ..self.request.clone() },
            source: self.file_name.clone(),
            row_count: self.row_count,
            created_by: change.granted.actor().user(),
        };
        Ok(bulk::insert(change.write, &list, change.system_now())?)
    }
}

/// Asks what a list would come to, or came to.
#[derive(Debug, Clone, Copy)]
pub struct ListDetails {
    /// Which.
    pub id: UploadId,
    /// How many of its problems are wanted.
    pub problems: usize,
}

/// A list, before, during or after the work on it.
#[derive(Debug, Clone)]
pub struct ListView {
    /// The list.
    pub list: BulkList,
    /// How many people come to what; before the work, those to whom it would be done are pending.
    pub outcomes: Vec<(BulkOutcome, i64)>,
    /// The first rows that come to nothing.
    pub problems: Vec<Problem>,
    /// How many more licenses are needed before the work can begin.
    pub missing: u32,
    /// The work, once confirmed.
    pub job: Option<Job>,
}

impl ListView {
    /// How many people come to this.
    #[must_use]
    pub fn count(&self, outcome: BulkOutcome) -> i64 {
        self.outcomes.iter().find(|(of, _)| *of == outcome).map_or(0, |(_, count)| *count)
    }
}

impl Query for ListDetails {
    type Permission = MayAssign;
    type Outcome = ListView;

    fn run(&self, look: &Look<'_, MayAssign>) -> Result<ListView, Failure> {
        let actor = look.granted.actor();
        let list = visible(bulk::find(look.read, self.id)?, look.granted.only())?;
        let request = &list.request;
        if let Some(job) = job::find(look.read, job_of(self.id))? {
            return Ok(ListView {
                outcomes: bulk::outcomes(look.read, self.id)?,
                problems: bulk::problems(look.read, self.id, 0, self.problems)?,
                missing: 0,
                job: Some(job),
                list,
            });
        }
        let (central, holder) = sources(actor, look.granted.reach());
        let (outcomes, problems) = match request.action {
            BulkAction::Assign => (
                bulk::foresee_assigning(look.read, self.id, request.product_id)?,
                bulk::foreseen_problems(look.read, self.id, request.product_id, 0, self.problems)?,
            ),
            BulkAction::Unassign => (
                bulk::foresee_unassigning(look.read, self.id, request.product_id, central, holder)?,
                bulk::problems(look.read, self.id, 0, self.problems)?,
            ),
            BulkAction::Centralize => (
                bulk::foresee_centralizing(look.read, self.id, request.product_id)?,
                bulk::problems(look.read, self.id, 0, self.problems)?,
            ),
        };
        let mut view = ListView { list, outcomes, problems, missing: 0, job: None };
        if view.list.request.action != BulkAction::Unassign {
            let all = subscriptions_of(look.read, view.list.request.product_id, look.granted.only())?;
            view.missing =
                missing(&all, &view.list.request, view.count(BulkOutcome::Pending), actor, look.granted.reach())?;
        }
        Ok(view)
    }
}

/// Those who see only what is their own see only lists that they made.
fn visible(list: Option<BulkList>, only: Option<UserId>) -> Result<BulkList, Refusal> {
    list.filter(|list| only.is_none() || list.created_by == only).ok_or(Refusal::NotFound)
}

/// From whom licenses may be taken back: the organization's own, and those that this person bought.
fn sources(actor: &Actor, reach: Reach) -> (bool, Option<UserId>) {
    (reach == Reach::All, actor.user())
}

/// How many licenses more than are free a list needs.
fn missing(
    all: &[Subscription],
    request: &BulkRequest,
    wanted: i64,
    actor: &Actor,
    reach: Reach,
) -> Result<u32, Refusal> {
    let named = named_subscriptions(all.to_vec(), request)?;
    let free: i64 = usable(&named, actor, reach)?.iter().map(|(_, count)| i64::from(*count)).sum();
    Ok(u32::try_from((wanted - free).max(0)).unwrap_or(u32::MAX))
}

/// The work on a list has the list's identity, so that confirming twice does it once.
fn job_of(list: UploadId) -> JobId {
    JobId::from_uuid(list.uuid())
}

/// Asks for rows of a list that came to nothing, for a file.
#[derive(Debug, Clone, Copy)]
pub struct ListProblems {
    /// Of which list.
    pub id: UploadId,
    /// The last row of the page before; 0 to begin.
    pub after: i64,
    /// How many at most.
    pub limit: usize,
}

impl Query for ListProblems {
    type Permission = MayAssign;
    type Outcome = Vec<Problem>;

    fn run(&self, look: &Look<'_, MayAssign>) -> Result<Vec<Problem>, Failure> {
        visible(bulk::find(look.read, self.id)?, look.granted.only())?;
        Ok(bulk::problems(look.read, self.id, self.after, self.limit)?)
    }
}

/// Confirms a list: the work on it begins in the background.
#[derive(Debug, Clone, Copy)]
pub struct StartList(pub UploadId);

impl Command for StartList {
    type Permission = MayAssign;
    type Outcome = JobId;
    const NAME: &'static str = "start_list";

    fn execute(&self, change: &Change<'_, MayAssign>) -> Result<JobId, Failure> {
        let list = visible(bulk::find(change.write, self.0)?, change.granted.only())?;
        let id = job_of(self.0);
        if job::find(change.write, id)?.is_some() {
            return Ok(id);
        }
        let (product, rows) = (list.request.product_id, list.row_count);
        match list.request.action {
            BulkAction::Assign => {
                enough(change, &list, &bulk::foresee_assigning(change.write, self.0, product)?)?;
                change.enqueue_as(id, &AssignMany { list: self.0 }, rows)?;
            }
            BulkAction::Centralize => {
                enough(change, &list, &bulk::foresee_centralizing(change.write, self.0, product)?)?;
                change.enqueue_as(id, &CentralizeMany { list: self.0 }, rows)?;
            }
            BulkAction::Unassign => change.enqueue_as(id, &UnassignMany { list: self.0 }, rows)?,
        }
        Ok(id)
    }
}

/// Refuses a list with nobody who can get a license, or too few licenses for those who can.
fn enough(change: &Change<'_, MayAssign>, list: &BulkList, foreseen: &[(BulkOutcome, i64)]) -> Result<(), Failure> {
    let wanted = foreseen.iter().find(|(of, _)| *of == BulkOutcome::Pending).map_or(0, |(_, count)| *count);
    if wanted == 0 {
        return Err(Refusal::NobodyChosen.at(Field::Users).into());
    }
    let granted = &change.granted;
    let all = subscriptions_of(change.write, list.request.product_id, granted.only())?;
    match missing(&all, &list.request, wanted, granted.actor(), granted.reach())? {
        0 => Ok(()),
        missing => Err(Refusal::NotEnoughLicenses { missing }.into()),
    }
}

/// The work that assigns to the people of a list.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct AssignMany {
    list: UploadId,
}

/// The work that takes licenses back from the people of a list.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct UnassignMany {
    list: UploadId,
}

/// The work that gives licenses of the organization to the people of a list instead of those that users bought.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct CentralizeMany {
    list: UploadId,
}

/// What came of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListDone {
    /// How many got, or gave back, a license.
    pub done: i64,
    /// How many rows came to nothing.
    pub not_done: i64,
}

impl Work for AssignMany {
    const KIND: &'static str = "assign_many";

    fn run(&self, running: &Running<'_>) -> Result<serde_json::Value, Failure> {
        work_through(running, self.list, AssignChunk)
    }
}

impl Work for UnassignMany {
    const KIND: &'static str = "unassign_many";

    fn run(&self, running: &Running<'_>) -> Result<serde_json::Value, Failure> {
        work_through(running, self.list, UnassignChunk)
    }
}

impl Work for CentralizeMany {
    const KIND: &'static str = "centralize_many";

    fn run(&self, running: &Running<'_>) -> Result<serde_json::Value, Failure> {
        work_through(running, self.list, CentralizeChunk)
    }
}

/// Does chunk after chunk from where an earlier try came, and sums up.
fn work_through<C: Command<Outcome = i64>>(
    running: &Running<'_>,
    list: UploadId,
    command: impl Fn(ChunkOfJob) -> C,
) -> Result<serde_json::Value, Failure> {
    let (app, caller, organization) = (running.app, &running.caller, running.organization);
    let found = app.read(caller, organization, &ListDetails { id: list, problems: 0 })?.list;
    let mut done = running.progress_done;
    while done < found.row_count {
        let to = found.row_count.min(done + CHUNK_PEOPLE as i64);
        let chunk = Chunk { list, from: done, to };
        let of_job = ChunkOfJob { job: running.id, request: found.request.clone(), chunk, total: found.row_count };
        done = app.write(caller, organization, command(of_job)).wait()?;
    }
    let view = app.read(caller, organization, &ListDetails { id: list, problems: 0 })?;
    let done = view.count(BulkOutcome::Done);
    serde_json::to_value(ListDone { done, not_done: found.row_count - done }).map_err(Failure::internal)
}

/// The rows that one transaction handles.
#[derive(Clone)]
struct ChunkOfJob {
    job: JobId,
    request: BulkRequest,
    chunk: Chunk,
    total: i64,
}

impl ChunkOfJob {
    /// How far the work is when somebody else did this chunk already: a worker whose lease ran out while it lived.
    fn done_by_another(&self, change: &Change<'_, MayAssign>) -> Result<Option<i64>, Failure> {
        let found = job::find(change.write, self.job)?.ok_or(Refusal::NotFound)?;
        Ok(Some(found.progress_done).filter(|done| *done != self.chunk.from))
    }

    fn record(&self, change: &Change<'_, MayAssign>, event: &Event) -> Result<(), Failure> {
        Ok(bulk::record(change.write, self.chunk, &Self::entry(change, event), self.request.product_id)?)
    }

    /// An entry of the journal that the people of a chunk share.
    fn entry<'a>(change: &'a Change<'_, MayAssign>, event: &'a Event) -> journal::NewEntry<'a> {
        let unassigns = matches!(event, Event::LicenseUnassigned);
        change.shared_entry(if unassigns { "unassign_licenses" } else { "assign_licenses" }, event)
    }
}

struct AssignChunk(ChunkOfJob);

impl Command for AssignChunk {
    type Permission = MayAssign;
    /// How far the work is.
    type Outcome = i64;
    const NAME: &'static str = "assign_licenses";

    fn execute(&self, change: &Change<'_, MayAssign>) -> Result<i64, Failure> {
        let ChunkOfJob { request, chunk, .. } = &self.0;
        if let Some(done) = self.0.done_by_another(change)? {
            return Ok(done);
        }
        bulk::judge_assigning(change.write, *chunk, request.product_id)?;
        take_places(change, request, *chunk)?;
        let plans = &request.disabled_plans;
        give_back(change, &bulk::assign_placed(change.write, *chunk, request.product_id, plans, change.now())?)?;
        self.0.record(change, &Event::LicenseAssigned { disabled_plans: plans.clone() })?;
        change.progress(self.0.job, chunk.to, self.0.total)?;
        Ok(chunk.to)
    }
}

/// Gives the people of a chunk who can get a license a place, as long as there are some.
fn take_places(change: &Change<'_, MayAssign>, request: &BulkRequest, chunk: Chunk) -> Result<(), Failure> {
    for (subscription_id, free) in places(change, request)? {
        let placed = bulk::place(change.write, chunk, subscription_id, free)?;
        if placed > 0 {
            subscription::take(change.write, subscription_id, placed)?;
        }
        if placed < free {
            break;
        }
    }
    Ok(())
}

/// Counts licenses that people have no more.
fn give_back(change: &Change<'_, MayAssign>, taken: &[TakenBack]) -> Result<(), Failure> {
    for TakenBack { subscription_id, in_conflict, count } in taken {
        match in_conflict {
            true => subscription::add_conflicts(change.write, *subscription_id, -count)?,
            false => subscription::add_assigned(change.write, *subscription_id, -count)?,
        }
    }
    Ok(())
}

/// What the subscriptions of a request have free now; nothing when none can be used any more.
fn places(change: &Change<'_, MayAssign>, request: &BulkRequest) -> Result<Vec<(SubscriptionId, i64)>, Failure> {
    let all = subscriptions_of(change.write, request.product_id, change.granted.only())?;
    let named = named_subscriptions(all, request).unwrap_or_default();
    let free = usable(&named, change.granted.actor(), change.granted.reach()).unwrap_or_default();
    Ok(free.into_iter().filter(|(_, free)| *free > 0).map(|(id, free)| (id, i64::from(free))).collect())
}

/// Moves people from what users bought to licenses of the organization: they go on working, and the buyers' licenses
/// become free.
struct CentralizeChunk(ChunkOfJob);

impl Command for CentralizeChunk {
    type Permission = MayAssign;
    /// How far the work is.
    type Outcome = i64;
    const NAME: &'static str = "assign_licenses";

    fn execute(&self, change: &Change<'_, MayAssign>) -> Result<i64, Failure> {
        let ChunkOfJob { request, chunk, .. } = &self.0;
        if let Some(done) = self.0.done_by_another(change)? {
            return Ok(done);
        }
        let (write, product) = (change.write, request.product_id);
        bulk::judge_centralizing(write, *chunk, product)?;
        take_places(change, request, *chunk)?;
        let moving = bulk::moving(write, *chunk, product)?;
        let mut sources: Vec<_> = moving.iter().map(|taken| taken.subscription_id).collect();
        sources.dedup();
        for source in sources {
            let event = Event::LicenseMoved { from: source };
            let entry = ChunkOfJob::entry(change, &event);
            bulk::record_moving(write, *chunk, &entry, (product, source), change.system_now())?;
        }
        bulk::move_placed(write, *chunk, product)?;
        give_back(change, &moving)?;
        solve_conflicts(change, product)?;
        change.progress(self.0.job, chunk.to, self.0.total)?;
        Ok(chunk.to)
    }
}

struct UnassignChunk(ChunkOfJob);

impl Command for UnassignChunk {
    type Permission = MayAssign;
    /// How far the work is.
    type Outcome = i64;
    const NAME: &'static str = "unassign_licenses";

    fn execute(&self, change: &Change<'_, MayAssign>) -> Result<i64, Failure> {
        let ChunkOfJob { request, chunk, .. } = &self.0;
        if let Some(done) = self.0.done_by_another(change)? {
            return Ok(done);
        }
        let (central, holder) = sources(change.granted.actor(), change.granted.reach());
        give_back(change, &bulk::unassign(change.write, *chunk, request.product_id, central, holder)?)?;
        self.0.record(change, &Event::LicenseUnassigned)?;
        solve_conflicts(change, request.product_id)?;
        change.progress(self.0.job, chunk.to, self.0.total)?;
        Ok(chunk.to)
    }
}

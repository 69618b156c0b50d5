//! The one door: every write is a [`Command`], every read a [`Query`], and both are authorized here and nowhere else.

use crate::access::{Granted, authorize};
use crate::failure::Failure;
use crate::mail::post::post;
use crate::ports::{Cell, Clock, Documents, IdSource, MailWriter, Mailer, PaymentGateway};
use crate::product_key::ProductKeySecret;
use domain::access::permission::{Granting, ManageCustomers};
use domain::access::{Actor, Principal, Reach, reach, reach_in_profile};
use domain::billing::Moment;
use domain::event::{Event, Subjects};
use domain::ids::{BillingProfileId, JobId, JournalEntryId, OrganizationId};
use domain::organization::{Organization, OrganizationState};
use domain::refusal::Refusal;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::sync::Arc;
use store::tables::{journal, organization};
use store::{Pending, Read, Store, Write};
use uuid::Uuid;

/// A write: it loads the facts it needs, lets `domain` decide, and saves what was decided, in one transaction.
pub trait Command: Send + 'static {
    /// What the caller must be allowed to do.
    type Permission: Granting;
    /// What the caller learns.
    type Outcome: Send + 'static;
    /// The name that the journal shows.
    const NAME: &'static str;

    /// Does the work. It may run again from the start when somebody else changed the same thing meanwhile, so it has no
    /// effect except through `change`.
    ///
    /// # Errors
    /// A refusal, or the failure of the database; nothing is written then.
    fn execute(&self, change: &Change<'_, Self::Permission>) -> Result<Self::Outcome, Failure>;
}

/// A read of one state of the database.
pub trait Query {
    /// What the caller must be allowed to do.
    type Permission: Granting;
    /// What the caller learns.
    type Outcome;

    /// Looks.
    ///
    /// # Errors
    /// A refusal, or the failure of the database.
    fn run(&self, look: &Look<'_, Self::Permission>) -> Result<Self::Outcome, Failure>;
}

/// A read that is one statement, for the questions that programs ask thousands of times a second.
pub trait PointQuery {
    /// What the caller must be allowed to do.
    type Permission: Granting;
    /// What the caller learns.
    type Outcome;

    /// Looks.
    ///
    /// # Errors
    /// A refusal, or the failure of the database.
    fn run(&self, granted: &Granted<Self::Permission>, read: &Read<'_>) -> Result<Self::Outcome, Failure>;
}

/// Who asks, and the name of the request or job under which it is logged and journaled.
#[derive(Debug, Clone)]
pub struct Caller {
    /// Who asks.
    pub actor: Actor,
    /// One name per request or job.
    pub request: String,
}

/// The outside world that an [`App`] works with.
pub struct Ports {
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Where identifiers come from.
    pub ids: Arc<dyn IdSource>,
    /// What takes money.
    pub gateway: Arc<dyn PaymentGateway>,
    /// What writes invoices.
    pub documents: Arc<dyn Documents>,
    /// What draws mails.
    pub mail_writer: Arc<dyn MailWriter>,
    /// What sends them; without it they wait.
    pub mailer: Option<Arc<dyn Mailer>>,
    /// The secret of product keys; without it there are none.
    pub product_keys: Option<ProductKeySecret>,
}

/// Zetel without its edges: the store, the outside world, and the door. Cheap to clone.
#[derive(Clone)]
pub struct App {
    store: Store,
    ports: Arc<Ports>,
}

impl App {
    /// An app on a store whose schema is up to date.
    #[must_use]
    pub fn new(store: Store, ports: Ports) -> Self {
        Self { store, ports: Arc::new(ports) }
    }

    /// Carries a command out for one organization. The answer comes when it is on disk; await it, or wait for it.
    pub fn write<C: Command>(
        &self,
        caller: &Caller,
        organization: OrganizationId,
        command: C,
    ) -> Pending<C::Outcome, Failure> {
        if let Err(failure) = authorize::<C::Permission>(&caller.actor, Some(organization)) {
            return Pending::answered(Err(failure));
        }
        let (ports, caller) = (Arc::clone(&self.ports), caller.clone());
        self.store.write(organization, move |write| {
            let granted = authorize::<C::Permission>(&caller.actor, Some(organization))?;
            let place = Place::load(write, organization, granted.actor(), ports.clock.now())?;
            let change = Change { write, granted, place, ports: &ports, caller: &caller, command: C::NAME };
            command.execute(&change)
        })
    }

    /// Carries a command of a partner out in the organization of a customer. The right is the one at home; whether the
    /// customer let the partner in is what `crate::partner::let_in` asks, in the same transaction.
    pub(crate) fn write_at_customer<C: Command<Permission = ManageCustomers>>(
        &self,
        caller: &Caller,
        customer: OrganizationId,
        command: C,
    ) -> Pending<C::Outcome, Failure> {
        if let Err(failure) = authorize::<ManageCustomers>(&caller.actor, caller.actor.home) {
            return Pending::answered(Err(failure));
        }
        let (ports, caller) = (Arc::clone(&self.ports), caller.clone());
        self.store.write(customer, move |write| {
            let granted = authorize::<ManageCustomers>(&caller.actor, caller.actor.home)?;
            let place = Place::load(write, customer, granted.actor(), ports.clock.now())?;
            let change = Change { write, granted, place, ports: &ports, caller: &caller, command: C::NAME };
            command.execute(&change)
        })
    }

    /// Answers a query of a partner about one of its customers, likewise.
    pub(crate) fn read_at_customer<Q: Query<Permission = ManageCustomers>>(
        &self,
        caller: &Caller,
        customer: OrganizationId,
        query: &Q,
    ) -> Result<Q::Outcome, Failure> {
        let granted = authorize::<ManageCustomers>(&caller.actor, caller.actor.home)?;
        self.store.read(customer, |read| {
            let place = Place::load(read, customer, granted.actor(), self.ports.clock.now())?;
            query.run(&Look { read, granted, place })
        })
    }

    /// Carries a command out in an organization that comes to be with it: its row is written in the same transaction.
    pub(crate) fn write_first<C: Command>(
        &self,
        caller: &Caller,
        new: Organization,
        command: C,
    ) -> Pending<C::Outcome, Failure> {
        let id = new.id;
        if let Err(failure) = authorize::<C::Permission>(&caller.actor, Some(id)) {
            return Pending::answered(Err(failure));
        }
        let (ports, caller) = (Arc::clone(&self.ports), caller.clone());
        self.store.write(id, move |write| {
            let granted = authorize::<C::Permission>(&caller.actor, Some(id))?;
            organization::insert(write, &new)?;
            let place = Place::in_organization(new.clone(), ports.clock.now())?;
            let change = Change { write, granted, place, ports: &ports, caller: &caller, command: C::NAME };
            command.execute(&change)
        })
    }

    /// Refuses who may not, before anything outside is asked on their behalf.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`], [`Refusal::NotFound`], [`Refusal::OrganizationSuspended`], the failure of the database.
    pub(crate) fn admit<P: Granting>(&self, caller: &Caller, organization: OrganizationId) -> Result<(), Failure> {
        let granted = authorize::<P>(&caller.actor, Some(organization))?;
        let now = self.ports.clock.now();
        self.store.glance(organization, |read| Place::load(read, organization, granted.actor(), now).map(drop))
    }

    /// Answers a query about one organization.
    ///
    /// # Errors
    /// The query's refusal, or the failure of the database.
    pub fn read<Q: Query>(
        &self,
        caller: &Caller,
        organization: OrganizationId,
        query: &Q,
    ) -> Result<Q::Outcome, Failure> {
        let granted = authorize::<Q::Permission>(&caller.actor, Some(organization))?;
        self.store.read(organization, |read| {
            let place = Place::load(read, organization, granted.actor(), self.ports.clock.now())?;
            query.run(&Look { read, granted, place })
        })
    }

    /// Answers a point query about one organization.
    ///
    /// # Errors
    /// The query's refusal, or the failure of the database.
    pub fn point<Q: PointQuery>(
        &self,
        caller: &Caller,
        organization: OrganizationId,
        query: &Q,
    ) -> Result<Q::Outcome, Failure> {
        let granted = authorize::<Q::Permission>(&caller.actor, Some(organization))?;
        self.store.glance(organization, |read| query.run(&granted, read))
    }

    /// Whether a read waits for a database server, so that it must not run on a thread that answers requests. The
    /// embedded database answers a point query in microseconds.
    #[must_use]
    pub fn reads_wait_for_a_server(&self) -> bool {
        self.store.engine() == store::Engine::Postgres
    }

    /// The system's own time; an organization's time is [`Look::now`].
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.ports.clock.now()
    }

    /// The store, for the few use cases that come before anybody is known: signing in, jobs, the doctor.
    pub(crate) const fn store(&self) -> &Store {
        &self.store
    }

    /// Writes a workbook for spreadsheets, with one sheet.
    ///
    /// # Errors
    /// When there are more rows than a sheet can hold.
    pub fn workbook(&self, head: &[&str], rows: &[Vec<Cell>]) -> Result<Vec<u8>, Failure> {
        self.ports.documents.workbook(head, rows).map_err(Failure::internal)
    }

    /// The outside world.
    pub(crate) fn ports(&self) -> &Ports {
        &self.ports
    }
}

/// The organization in which something happens, and what time it is there (D30).
#[derive(Debug, Clone)]
struct Place {
    organization: Organization,
    now: Timestamp,
    today: Date,
    zone: TimeZone,
}

impl Place {
    fn load(read: &Read<'_>, id: OrganizationId, actor: &Actor, system_now: Timestamp) -> Result<Self, Failure> {
        let organization = organization::find(read, id)?.ok_or(Refusal::NotFound)?;
        let works_here = actor.is_operator() || actor.principal == Principal::System;
        if organization.state == OrganizationState::Suspended && !works_here {
            return Err(Refusal::OrganizationSuspended.into());
        }
        Self::in_organization(organization, system_now)
    }

    fn in_organization(organization: Organization, system_now: Timestamp) -> Result<Self, Failure> {
        let now = organization.sandbox_ahead.map_or(system_now, |ahead| system_now + ahead);
        let zone = TimeZone::get(&organization.time_zone).map_err(Failure::internal)?;
        let today = now.to_zoned(zone.clone()).date();
        Ok(Self { organization, now, today, zone })
    }
}

impl Place {
    fn moment(&self) -> Moment {
        Moment { now: self.now, today: self.today, zone: self.zone.clone() }
    }
}

/// What a [`Query`] sees.
pub struct Look<'a, P: Granting> {
    /// The database at one moment, bound to the organization.
    pub read: &'a Read<'a>,
    /// Proof that the caller may look.
    pub granted: Granted<P>,
    place: Place,
}

impl<P: Granting> Look<'_, P> {
    /// The organization that is looked at.
    #[must_use]
    pub const fn organization(&self) -> &Organization {
        &self.place.organization
    }

    /// The organization's time.
    #[must_use]
    pub const fn now(&self) -> Timestamp {
        self.place.now
    }

    /// The civil day in the organization's zone.
    #[must_use]
    pub const fn today(&self) -> Date {
        self.place.today
    }

    /// The organization's time zone, in which its people read times.
    #[must_use]
    pub const fn zone(&self) -> &TimeZone {
        &self.place.zone
    }

    /// The instant and the civil day in the organization's zone.
    #[must_use]
    pub(crate) fn moment(&self) -> Moment {
        self.place.moment()
    }

    /// How far another permission of the same caller reaches, to show what else is open.
    #[must_use]
    pub fn reach<Other: Granting>(&self) -> Reach {
        reach(self.granted.actor(), Other::PERMISSION, Some(self.place.organization.id))
    }

    /// The same on what belongs to a billing profile.
    #[must_use]
    pub fn reach_in<Other: Granting>(&self, profile: BillingProfileId) -> Reach {
        reach_in_profile(self.granted.actor(), Other::PERMISSION, Some(self.place.organization.id), profile)
    }
}

/// What a [`Command`] works with.
pub struct Change<'a, P: Granting> {
    /// The transaction, bound to the organization.
    pub write: &'a Write<'a>,
    /// Proof that the caller may do it.
    pub granted: Granted<P>,
    place: Place,
    ports: &'a Ports,
    caller: &'a Caller,
    command: &'static str,
}

impl<P: Granting> Change<'_, P> {
    /// The same transaction for what Zetel does by itself before the command can go on. `caller` is the system's.
    pub(crate) fn by_itself<'b, C: Command>(
        &'b self,
        caller: &'b Caller,
    ) -> Result<Change<'b, C::Permission>, Failure> {
        Ok(Change {
            write: self.write,
            granted: authorize::<C::Permission>(&caller.actor, Some(self.place.organization.id))?,
            place: self.place.clone(),
            ports: self.ports,
            caller,
            command: C::NAME,
        })
    }

    /// The request or job that carries the command.
    pub(crate) fn request(&self) -> &str {
        &self.caller.request
    }

    /// The organization in which it happens.
    #[must_use]
    pub const fn organization(&self) -> &Organization {
        &self.place.organization
    }

    /// The organization's time.
    #[must_use]
    pub const fn now(&self) -> Timestamp {
        self.place.now
    }

    /// The civil day in the organization's zone.
    #[must_use]
    pub const fn today(&self) -> Date {
        self.place.today
    }

    /// The organization's time zone.
    #[must_use]
    pub const fn zone(&self) -> &TimeZone {
        &self.place.zone
    }

    /// The instant and the civil day in the organization's zone.
    #[must_use]
    pub(crate) fn moment(&self) -> Moment {
        self.place.moment()
    }

    /// The system's own time, for what Zetel itself does: sessions, leases, jobs.
    pub(crate) fn system_now(&self) -> Timestamp {
        self.ports.clock.now()
    }

    /// Whether who acts is at home in a partner of the organization.
    fn is_of_partner(&self) -> bool {
        let actor = self.granted.actor();
        actor.home != Some(self.place.organization.id) && !actor.is_operator()
    }

    /// Who asks.
    #[must_use]
    pub const fn caller(&self) -> &Caller {
        self.caller
    }

    /// A fresh identifier. It sorts by the system's time, also in a sandbox: one clock that is ahead would push every
    /// later identifier of this process ahead of those of the others.
    #[must_use]
    pub fn new_id(&self) -> Uuid {
        self.ports.ids.next(self.system_now())
    }

    /// How far another permission of the same caller reaches.
    #[must_use]
    pub fn reach<Other: Granting>(&self) -> Reach {
        reach(self.granted.actor(), Other::PERMISSION, Some(self.place.organization.id))
    }

    /// Appends to the journal what happened, and to what, and puts the mail that it leads to into the outbox.
    ///
    /// # Errors
    /// When the database fails.
    pub fn record(&self, subjects: Subjects, event: &Event) -> Result<(), Failure> {
        self.journal(subjects, event)?;
        post(self, subjects, event)
    }

    /// As [`Self::record`], for work whose one entry has the identity of its job: done again, it writes nothing.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) fn record_once(&self, job: JobId, subjects: Subjects, event: &Event) -> Result<(), Failure> {
        let id = JournalEntryId::from_uuid(job.uuid());
        if journal::find(self.write, id)?.is_some() {
            return Ok(());
        }
        self.append(id, subjects, event)?;
        post(self, subjects, event)
    }

    /// Appends to the journal alone: whoever calls this sees to the mail.
    pub(crate) fn journal(&self, subjects: Subjects, event: &Event) -> Result<(), Failure> {
        self.append(JournalEntryId::from_uuid(self.new_id()), subjects, event)
    }

    fn append(&self, id: JournalEntryId, subjects: Subjects, event: &Event) -> Result<(), Failure> {
        let entry = journal::NewEntry { id, subjects, ..self.shared_entry(self.command, event) };
        Ok(journal::append(self.write, &entry)?)
    }

    /// An entry of the journal that many people share: each gets an identity of its own, and is what it is about.
    pub(crate) fn shared_entry<'b>(&'b self, command: &'b str, event: &'b Event) -> journal::NewEntry<'b> {
        let actor = self.granted.actor();
        let (principal, principal_id) = match actor.principal {
            Principal::User(user) if self.is_of_partner() => ("partner", Some(user.uuid())),
            Principal::User(user) => ("user", Some(user.uuid())),
            Principal::Token(token) if self.is_of_partner() => ("partner", Some(token.uuid())),
            Principal::Token(token) => ("token", Some(token.uuid())),
            Principal::System => ("system", None),
        };
        journal::NewEntry {
            id: JournalEntryId::from_uuid(Uuid::nil()),
            at: self.place.now,
            principal,
            principal_id,
            actor_name: &actor.name,
            command,
            request: &self.caller.request,
            subjects: Subjects::default(),
            event,
        }
    }
}

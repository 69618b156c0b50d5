//! Keep licenses where they are covered (D1): the housekeeping after every change of what a product has free.

use super::{subjects, subscriptions_of};
use crate::door::{Change, Command};
use crate::failure::Failure;
use domain::access::permission::{AssignLicenses, Granting};
use domain::event::Event;
use domain::ids::ProductId;
use domain::license::settle::{Move, left_over, resettle, solve, uncovered};
use domain::subscription::Subscription;
use std::collections::HashMap;
use store::Read;
use store::tables::{assignment, subscription};

/// Moves what no subscription of a product covers any more, and solves conflicts as far as licenses are free. Running
/// it twice changes nothing.
#[derive(Debug, Clone, Copy)]
pub struct SettleLicenses {
    /// Of what.
    pub product_id: ProductId,
}

impl Command for SettleLicenses {
    type Permission = AssignLicenses;
    /// How many licenses moved or came into conflict.
    type Outcome = usize;
    const NAME: &'static str = "settle_licenses";

    fn execute(&self, change: &Change<'_, AssignLicenses>) -> Result<usize, Failure> {
        change.granted.everything()?;
        let mut moved = 0;
        for subscription in subscriptions_of(change.write, self.product_id, None)? {
            moved += make_room(change, &subscription)?;
        }
        Ok(moved + solve_conflicts(change, self.product_id)?)
    }
}

/// Moves away the licenses that a subscription no longer covers; gives how many. `after` is the subscription as it is
/// going to be, with the licenses that are in use now: call this before its quantity or state is written.
///
/// # Errors
/// When the database fails.
pub(crate) fn make_room<P: Granting>(change: &Change<'_, P>, after: &Subscription) -> Result<usize, Failure> {
    make_some_room(change, after, u32::MAX)
}

/// As [`make_room`], for the newest licenses only, as many as `most`: call it again until it gives zero.
///
/// # Errors
/// When the database fails.
pub(crate) fn make_some_room<P: Granting>(
    change: &Change<'_, P>,
    after: &Subscription,
    most: u32,
) -> Result<usize, Failure> {
    let count = uncovered(after).min(most);
    if count == 0 {
        return Ok(0);
    }
    let newest = assignment::newest_of_subscription(change.write, after.id, count as usize)?;
    let others = subscriptions_of(change.write, after.product_id, None)?;
    let moves = resettle(after, &newest, &others);
    for one in &moves {
        match one.to {
            Some(_) => write_move(change, after.product_id, one, false)?,
            None => {
                assignment::begin_conflict(change.write, one.user_id, after.product_id, one.from, change.now())?;
                change.record(subjects(one.user_id, after.product_id, one.from), &Event::LicenseInConflict)?;
            }
        }
    }
    let in_conflict = moves.iter().filter(|one| one.to.is_none()).count();
    subscription::add_assigned(change.write, after.id, -(moves.len() as i64))?;
    subscription::add_conflicts(change.write, after.id, in_conflict as i64)?;
    count_moved_in(change, &moves)?;
    Ok(moves.len())
}

/// Solves conflicts of a product, the oldest first, as far as licenses are free; gives how many. Every command that
/// frees licenses or adds them calls this.
///
/// # Errors
/// When the database fails.
pub(crate) fn solve_conflicts<P: Granting>(change: &Change<'_, P>, product_id: ProductId) -> Result<usize, Failure> {
    let subscriptions = subscriptions_of(change.write, product_id, None)?;
    let conflicts: u32 = subscriptions.iter().map(|subscription| subscription.conflicts).sum();
    let free: u32 = subscriptions.iter().map(Subscription::available).sum();
    if conflicts == 0 || free == 0 {
        return Ok(0);
    }
    let oldest = assignment::oldest_conflicts(change.write, product_id)?;
    let moves = solve(&oldest, &subscriptions);
    let mut left: HashMap<_, i64> = HashMap::new();
    for one in &moves {
        write_move(change, product_id, one, true)?;
        *left.entry(one.from).or_default() += 1;
    }
    for (from, count) in left {
        subscription::add_conflicts(change.write, from, -count)?;
    }
    count_moved_in(change, &moves)?;
    Ok(moves.len())
}

/// How many people lose access once a subscription is as it is here.
///
/// # Errors
/// When the database fails.
pub(crate) fn lose_access(read: &Read<'_>, after: &Subscription) -> Result<u32, Failure> {
    Ok(left_over(after, &subscriptions_of(read, after.product_id, None)?))
}

/// How many people would have a license again if a subscription came back as it is here, and how many whose license was
/// of it would still have none.
///
/// # Errors
/// When the database fails.
pub(crate) fn solved_by(read: &Read<'_>, back: &Subscription) -> Result<(u32, u32), Failure> {
    let mut subscriptions = subscriptions_of(read, back.product_id, None)?;
    if let Some(away) = subscriptions.iter_mut().find(|one| one.id == back.id) {
        away.clone_from(back);
    }
    let moves = solve(&assignment::oldest_conflicts(read, back.product_id)?, &subscriptions);
    let count = |is: &dyn Fn(&Move) -> bool| moves.iter().map(|one| u32::from(is(one))).sum::<u32>();
    let again = back.assigned + count(&|one| one.to == Some(back.id));
    Ok((again, back.conflicts - count(&|one| one.from == back.id)))
}

/// A license that found another place, with its entry in the journal.
fn write_move<P: Granting>(
    change: &Change<'_, P>,
    product_id: ProductId,
    one: &Move,
    was_conflict: bool,
) -> Result<(), Failure> {
    let Some(to) = one.to else { return Ok(()) };
    assignment::move_to(change.write, one.user_id, product_id, one.from, to, was_conflict)?;
    change.record(subjects(one.user_id, product_id, to), &Event::LicenseMoved { from: one.from })
}

/// Counts the licenses where they went, each subscription once.
fn count_moved_in<P: Granting>(change: &Change<'_, P>, moves: &[Move]) -> Result<(), Failure> {
    let mut to: Vec<_> = moves.iter().filter_map(|one| one.to).collect();
    to.sort_unstable();
    for same in to.chunk_by(|one, next| one == next) {
        subscription::take(change.write, same[0], same.len() as i64)?;
    }
    Ok(())
}

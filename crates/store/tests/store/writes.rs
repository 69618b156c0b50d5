//! Commands: each alone in what it may undo, together in what is flushed, and answered once it is stored.

use crate::fixture::*;
use domain::ids::OrganizationId;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use store::{CommandError, Error, Kind, Options, Pending, Result, Scope, Store, params};
use testkit::engines::Database;

/// A command's own refusal beside the store's errors, as the app has it.
#[derive(Debug, PartialEq)]
enum Refusal {
    NoLicenseLeft,
    Store(Kind),
}

#[derive(Debug)]
struct Failed(Refusal, Option<Error>);

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self(Refusal::Store(error.kind().clone()), Some(error))
    }
}

impl CommandError for Failed {
    fn store_error(&self) -> Option<&Error> {
        self.1.as_ref()
    }
}

/// Keeps the writer of an organization busy until the sender goes, so that what follows shares one transaction.
fn hold(store: &Store, organization: OrganizationId) -> (mpsc::Sender<()>, Pending<(), Error>) {
    let (sender, receiver) = mpsc::channel();
    let receiver = Mutex::new(receiver);
    let held = store.write(organization, move |_| {
        let _ = receiver.lock().unwrap().recv();
        Ok::<_, Error>(())
    });
    (sender, held)
}

fn patient() -> Options {
    Options { group_time: std::time::Duration::from_secs(60), ..Options::default() }
}

/// Runs a test on each engine with groups that end only when nothing waits.
fn with_long_groups(test: impl Fn(&Store)) {
    for database in Database::each() {
        println!("on {:?}", database.engine());
        open(&database);
        test(&Store::open(&database.address(), patient()).unwrap());
    }
}

#[test]
fn errors_come_by_kind_with_the_same_names_on_both_engines() {
    on_each_engine(|store| {
        let organization = organization(1);
        add(store, organization, 1, "anna@example.com").unwrap();
        assert_eq!(kind(add(store, organization, 1, "other@example.com")), unique("person_pkey"));
        assert_eq!(kind(add(store, organization, 2, "anna@example.com")), unique("person_by_email"));
        let negative = store.write(organization, |write| write.change(&ADD_LICENSES, params![user(1), -1])).wait();
        assert_eq!(kind(negative), Kind::Check { constraint: "licenses_are_not_negative".to_owned() });
        let license = |person, product| {
            store.write(organization, move |write| write.change(&INSERT_LICENSE, params![user(person), product])).wait()
        };
        assert_eq!(kind(license(9, Some("office"))), Kind::ForeignKey);
        assert_eq!(kind(license(1, None)), Kind::NotNull);
        license(1, Some("office")).unwrap();
        assert_eq!(kind(license(1, Some("office"))), unique("license_product_key"));
        let stale = store.write(organization, |write| write.change(&ADD_LICENSES, params![user(9), 1])).wait();
        assert_eq!(kind(stale), Kind::Stale);
        let wrong_type =
            store.write(organization, |write| write.change(&CHANGE_LICENSES, params![user(1), 1, "many"])).wait();
        assert_eq!(kind(wrong_type), Kind::Other);
    });
}

#[test]
fn no_error_repeats_what_was_to_be_stored() {
    on_each_engine(|store| {
        add(store, organization(1), 1, "secret@example.com").unwrap();
        let error = add(store, organization(1), 2, "secret@example.com").unwrap_err();
        assert!(!format!("{error:?}").contains("secret"), "{error:?}");
        assert_eq!(error.to_string(), "a row with the same key exists (person_by_email), in INSERT_PERSON");
    });
}

#[test]
fn a_refused_command_undoes_only_its_own_writes() {
    with_long_groups(|store| {
        let organization = organization(1);
        add(store, organization, 1, "anna@example.com").unwrap();
        let (release, held) = hold(store, organization);
        let before = store.write(organization, |write| insert(write, user(2), "bert@example.com"));
        let refused = store.write(organization, |write| -> Result<(), Failed> {
            insert(write, user(3), "chris@example.com")?;
            assert!(person(write, user(3))?.is_some());
            Err(Failed(Refusal::NoLicenseLeft, None))
        });
        let refused_unsent = store.write(organization, |write| -> Result<(), Failed> {
            insert(write, user(4), "dirk@example.com")?;
            Err(Failed(Refusal::NoLicenseLeft, None))
        });
        let conflicting = store.write(organization, |write| {
            insert(write, user(5), "emma@example.com")?;
            insert(write, user(6), "anna@example.com")
        });
        let after = store.write(organization, |write| insert(write, user(7), "fien@example.com"));
        drop(release);
        held.wait().unwrap();
        before.wait().unwrap();
        assert_eq!(refused.wait().unwrap_err().0, Refusal::NoLicenseLeft);
        assert_eq!(refused_unsent.wait().unwrap_err().0, Refusal::NoLicenseLeft);
        assert_eq!(kind(conflicting.wait()), unique("person_by_email"));
        after.wait().unwrap();
        assert_eq!(emails(store, organization), ["anna@example.com", "bert@example.com", "fien@example.com"]);
    });
}

#[test]
fn a_failure_that_shows_late_is_its_own_commands_and_the_neighbors_run_again() {
    with_long_groups(|store| {
        let organization = organization(1);
        add(store, organization, 1, "anna@example.com").unwrap();
        let (release, held) = hold(store, organization);
        // On PostgreSQL these writes are sent with the next command's question.
        let late = store.write(organization, |write| insert(write, user(2), "anna@example.com"));
        let stale = store.write(organization, |write| write.change(&ADD_LICENSES, params![user(99), 1]));
        let runs = Arc::new(AtomicU32::new(0));
        let neighbor = {
            let runs = Arc::clone(&runs);
            store.write(organization, move |write| {
                runs.fetch_add(1, Ordering::Relaxed);
                let found = person(write, user(1))?.unwrap();
                write.change(&CHANGE_LICENSES, params![user(1), found.revision, found.licenses + 1])
            })
        };
        let without_questions = store.write(organization, |write| insert(write, user(3), "chris@example.com"));
        drop(release);
        held.wait().unwrap();
        assert_eq!(kind(late.wait()), unique("person_by_email"));
        assert_eq!(kind(stale.wait()), Kind::Stale);
        neighbor.wait().unwrap();
        without_questions.wait().unwrap();
        let anna = store.read(organization, |read| person(read, user(1))).unwrap().unwrap();
        assert_eq!((anna.licenses, anna.revision), (1, 2));
        assert_eq!(emails(store, organization), ["anna@example.com", "chris@example.com"]);
        assert!(runs.load(Ordering::Relaxed) >= 1);
    });
}

#[test]
fn a_failure_that_a_command_ignores_is_its_answer() {
    on_each_engine(|store| {
        add(store, organization(1), 1, "anna@example.com").unwrap();
        let ignored = store.write(organization(1), |write| {
            let _ = insert(write, user(2), "anna@example.com");
            let _ = person(write, user(1));
            let _ = insert(write, user(3), "chris@example.com");
            Ok::<_, Error>(())
        });
        assert_eq!(kind(ignored.wait()), unique("person_by_email"));
        assert_eq!(emails(store, organization(1)), ["anna@example.com"]);
    });
}

#[test]
fn a_panic_hurts_nobody_else() {
    with_long_groups(|store| {
        let organization = organization(1);
        let (release, held) = hold(store, organization);
        let before = store.write(organization, |write| insert(write, user(1), "anna@example.com"));
        let panicking = store.write(organization, |write| -> Result<()> {
            insert(write, user(2), "bert@example.com")?;
            person(write, user(2))?;
            panic!("on purpose")
        });
        let after = store.write(organization, |write| insert(write, user(3), "chris@example.com"));
        drop(release);
        held.wait().unwrap();
        before.wait().unwrap();
        let error = panicking.wait().unwrap_err();
        assert_eq!(error.kind(), &Kind::Other);
        assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "the command panicked");
        after.wait().unwrap();
        assert_eq!(emails(store, organization), ["anna@example.com", "chris@example.com"]);
        add(store, organization, 4, "dirk@example.com").unwrap();
    });
}

#[test]
fn a_stale_write_runs_again_on_what_is_stored_now() {
    on_each_engine(|store| {
        add(store, organization(1), 1, "anna@example.com").unwrap();
        let runs = AtomicU32::new(0);
        let answer = store.write(organization(1), move |write| {
            let found = person(write, user(1))?.unwrap();
            // The first time it names a revision that is gone, as after a change of another process.
            let revision = if runs.fetch_add(1, Ordering::Relaxed) == 0 { found.revision - 1 } else { found.revision };
            write.change(&CHANGE_LICENSES, params![user(1), revision, 5])?;
            Ok::<_, Error>(runs.load(Ordering::Relaxed))
        });
        assert_eq!(answer.wait().unwrap(), 2);
        let anna = store.read(organization(1), |read| person(read, user(1))).unwrap().unwrap();
        assert_eq!((anna.licenses, anna.revision), (5, 2));
    });
}

#[test]
fn a_command_runs_three_times_at_most_and_a_refusal_once() {
    on_each_engine(|store| {
        let runs = Arc::new(AtomicU32::new(0));
        let counted = Arc::clone(&runs);
        let stale = store.write(organization(1), move |write| {
            counted.fetch_add(1, Ordering::Relaxed);
            write.change(&ADD_LICENSES, params![user(9), 1])
        });
        assert_eq!(kind(stale.wait()), Kind::Stale);
        assert_eq!(runs.swap(0, Ordering::Relaxed), 3);
        let counted = Arc::clone(&runs);
        let refused = store.write(organization(1), move |_| -> Result<(), Failed> {
            counted.fetch_add(1, Ordering::Relaxed);
            Err(Failed(Refusal::NoLicenseLeft, None))
        });
        assert_eq!(refused.wait().unwrap_err().0, Refusal::NoLicenseLeft);
        assert_eq!(runs.load(Ordering::Relaxed), 1);
    });
}

#[test]
fn change_any_counts_and_change_some_does_not_mind() {
    on_each_engine(|store| {
        let organization = organization(1);
        let count = |store: &Store| {
            store.write(organization, |write| write.change_any(&ADD_LICENSE_TO_ALL, params![])).wait().unwrap()
        };
        assert_eq!(count(store), 0);
        store.write(organization, |write| write.change_some(&ADD_LICENSE_TO_ALL, params![])).wait().unwrap();
        add(store, organization, 1, "anna@example.com").unwrap();
        add(store, organization, 2, "bert@example.com").unwrap();
        assert_eq!(count(store), 2);
        let mixed = store.write(organization, |write| {
            insert(write, user(3), "chris@example.com")?;
            write.change_any(&ADD_LICENSE_TO_ALL, params![])
        });
        assert_eq!(mixed.wait().unwrap(), 3);
    });
}

#[test]
fn commands_of_an_organization_run_in_the_order_in_which_they_came() {
    on_each_engine(|store| {
        let order: Arc<Mutex<Vec<(u128, u32)>>> = Arc::default();
        let answers: Vec<_> = (0..200u32)
            .flat_map(|number| (1..=3u128).map(move |organization| (organization, number)))
            .map(|(number, position)| {
                let order = Arc::clone(&order);
                store.write(organization(number), move |write| {
                    order.lock().unwrap().push((number, position));
                    insert(write, user(u128::from(position) + 1), &format!("{position}@example.com"))
                })
            })
            .collect();
        for answer in answers {
            answer.wait().unwrap();
        }
        for number in 1..=3 {
            let order = order.lock().unwrap();
            let positions: Vec<u32> = order.iter().filter(|entry| entry.0 == number).map(|entry| entry.1).collect();
            assert_eq!(positions, (0..200).collect::<Vec<_>>());
        }
    });
}

#[test]
fn the_last_license_goes_to_one() {
    on_each_engine(|store| {
        add(store, organization(1), 1, "anna@example.com").unwrap();
        store.write(organization(1), |write| write.change(&ADD_LICENSES, params![user(1), 10])).wait().unwrap();
        let taken: u32 = std::thread::scope(|scope| {
            let take = || {
                let taken = (0..25).map(|_| {
                    store.write(organization(1), |write| -> Result<(), Failed> {
                        let found = person(write, user(1))?.unwrap();
                        if found.licenses == 0 {
                            return Err(Failed(Refusal::NoLicenseLeft, None));
                        }
                        Ok(write.change(&CHANGE_LICENSES, params![user(1), found.revision, found.licenses - 1])?)
                    })
                });
                taken.map(|answer| u32::from(answer.wait().is_ok())).sum()
            };
            let threads: Vec<_> = (0..4).map(|_| scope.spawn(take)).collect();
            threads.into_iter().map(|thread| -> u32 { thread.join().unwrap() }).sum()
        });
        assert_eq!(taken, 10);
        assert_eq!(store.read(organization(1), |read| person(read, user(1))).unwrap().unwrap().licenses, 0);
    });
}

#[test]
fn processes_that_share_a_server_take_the_last_license_once() {
    let Some(database) = Database::postgres() else { return };
    let stores = [open(&database), database.open(), database.open()];
    add(&stores[0], organization(1), 1, "anna@example.com").unwrap();
    stores[0].write(organization(1), |write| write.change(&ADD_LICENSES, params![user(1), 20])).wait().unwrap();
    let taken: u32 = std::thread::scope(|scope| {
        let threads: Vec<_> = stores
            .iter()
            .map(|store| {
                scope.spawn(move || {
                    let take = |_| loop {
                        let answer = store.write(organization(1), |write| -> Result<bool> {
                            let found = person(write, user(1))?.unwrap();
                            if found.licenses > 0 {
                                write.change(&CHANGE_LICENSES, params![user(1), found.revision, found.licenses - 1])?;
                            }
                            Ok(found.licenses > 0)
                        });
                        match answer.wait() {
                            Ok(taken) => break u32::from(taken),
                            Err(error) => assert!(error.retryable(), "{error:?}"),
                        }
                    };
                    (0..15).map(take).sum::<u32>()
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    assert_eq!(taken, 20);
}

#[test]
fn processes_that_write_rows_in_opposite_orders_both_get_through() {
    let Some(database) = Database::postgres() else { return };
    let stores = [open(&database), database.open()];
    add(&stores[0], organization(1), 1, "anna@example.com").unwrap();
    add(&stores[0], organization(1), 2, "bert@example.com").unwrap();
    std::thread::scope(|scope| {
        for (store, order) in stores.iter().zip([[1, 2], [2, 1]]) {
            scope.spawn(move || {
                let answers: Vec<_> = (0..50)
                    .map(|_| {
                        store.write(organization(1), move |write| {
                            for number in order {
                                write.change_any(&ADD_LICENSES, params![user(number), 1])?;
                            }
                            Ok::<_, Error>(())
                        })
                    })
                    .collect();
                for answer in answers {
                    answer.wait().unwrap();
                }
            });
        }
    });
    for number in [1, 2] {
        let person = stores[0].read(organization(1), |read| person(read, user(number))).unwrap().unwrap();
        assert_eq!(person.licenses, 100);
    }
}

#[test]
fn an_answer_can_be_awaited() {
    on_each_engine(|store| {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().unwrap();
        let store = store.clone();
        runtime.block_on(async move {
            let writes: Vec<_> = (1..=20)
                .map(|number| {
                    store.write(organization(1), move |write| {
                        insert(write, user(number), &format!("{number:02}@example.com"))
                    })
                })
                .collect();
            for write in writes {
                write.await.unwrap();
            }
            let reader = store.clone();
            let emails = tokio::task::spawn_blocking(move || emails(&reader, organization(1))).await.unwrap();
            assert_eq!(emails.len(), 20);
            // The last reference to a store may go in an asynchronous task.
            drop(store);
        });
    });
}

#[test]
fn a_full_queue_says_so_at_once() {
    for database in Database::each() {
        open(&database);
        let store = Store::open(&database.address(), Options { waiting_commands: 2, ..Options::default() }).unwrap();
        let (release, held) = hold(&store, organization(1));
        let mut waiting = Vec::new();
        // The writer may have taken the first one out of the queue or not yet.
        let refused = loop {
            let mut pending = Box::pin(store.write(organization(1), |_| Ok::<_, Error>(())));
            let mut context = std::task::Context::from_waker(std::task::Waker::noop());
            match pending.as_mut().poll(&mut context) {
                std::task::Poll::Ready(answer) => break answer,
                std::task::Poll::Pending => waiting.push(pending),
            }
            assert!(waiting.len() <= 3);
        };
        assert_eq!(kind(refused), Kind::Busy);
        drop(release);
        held.wait().unwrap();
    }
}

#[test]
fn closing_finishes_what_is_waiting_and_refuses_what_comes_later() {
    for database in Database::each() {
        let store = open(&database);
        let answers: Vec<_> = (1..=100)
            .map(|number| {
                store.write(organization(1), move |write| insert(write, user(number), &format!("{number}@example.com")))
            })
            .collect();
        store.close();
        for answer in answers {
            answer.wait().unwrap();
        }
        assert_eq!(kind(add(&store, organization(1), 101, "late@example.com")), Kind::Connection);
        assert_eq!(emails(&open(&database), organization(1)).len(), 100);
    }
}

#[test]
fn a_command_may_hold_the_last_reference_to_its_store() {
    for database in Database::each() {
        let store = open(&database);
        let (held, receiver) = mpsc::channel::<()>();
        let (gone, ended) = mpsc::channel::<()>();
        let last = (Mutex::new(receiver), store.clone(), gone);
        let answer = store.write(Scope::Shared, move |_| {
            // Its parts are dropped in this order; the sender's end shows that the store's own end came to an end.
            let (receiver, store, _gone) = &last;
            let _ = receiver.lock().unwrap().recv();
            Ok::<_, Error>(store.engine())
        });
        drop(store);
        drop(held);
        assert_eq!(answer.wait().unwrap(), database.engine());
        let end = ended.recv_timeout(std::time::Duration::from_secs(10));
        assert_eq!(end, Err(mpsc::RecvTimeoutError::Disconnected));
    }
}

#[test]
fn connections_that_the_server_closed_while_they_rested_are_replaced() {
    let Some(database) = Database::postgres() else { return };
    let store = open(&database);
    add(&store, organization(1), 1, "anna@example.com").unwrap();
    assert_eq!(emails(&store, organization(1)).len(), 1);
    database.disconnect_all();
    std::thread::sleep(std::time::Duration::from_millis(100));
    add(&store, organization(1), 2, "bert@example.com").unwrap();
    assert_eq!(emails(&store, organization(1)).len(), 2);
}

#[test]
fn a_lost_connection_is_an_error_and_never_an_answer_and_then_work_goes_on() {
    let Some(database) = Database::postgres() else { return };
    let store = open(&database);
    add(&store, organization(1), 1, "anna@example.com").unwrap();
    let (release, held) = hold(&store, organization(1));
    let in_the_same_group = store.write(organization(1), |write| {
        person(write, user(1))?;
        insert(write, user(2), "bert@example.com")
    });
    database.disconnect_all();
    drop(release);
    assert_eq!(kind(held.wait()), Kind::Connection);
    let second = in_the_same_group.wait();
    let stored = emails(&store, organization(1)).len();
    assert_eq!(stored, if second.is_ok() { 2 } else { 1 });
    let answered = (0..50).any(|_| add(&store, organization(1), 3, "chris@example.com").is_ok());
    assert!(answered);
}

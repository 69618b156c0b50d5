//! The life of a subscription as a picture, with the same in a table.

use super::cancel_scheduled_change::planned;
use crate::chart::lifeline::{Lane, Life, Mark, Shape, Stretch, Tick, Tone, lifeline};
use crate::chart::{ChartText, Picture};
use app::subscription::details::SubscriptionView;
use domain::event::Event;
use domain::subscription::SubscriptionState;
use domain::subscription::due::{Due, Transition};
use domain::subscription::timeline::Milestone;
use jiff::civil::Date;
use words::Words;
use words::events::EventNames;

/// The picture of a subscription's life.
pub(super) fn picture(words: Words, view: &SubscriptionView) -> Picture {
    let line = &view.timeline;
    let lanes: Vec<Lane> = [Some(states(words, view)), changes(words, view), invoices(words, view)]
        .into_iter()
        .flatten()
        .chain(scheduled(words, view))
        .chain(line.ahead.iter().filter_map(|due| ahead(words, view, *due)))
        .collect();
    let described: Vec<_> = lanes.iter().map(|lane| format!("{}: {}", lane.label, lane.value)).collect();
    let text = ChartText {
        id: "life",
        title: words.timeline().to_owned(),
        description: described.join(". "),
        numbers: words.view_as_table().to_owned(),
        heads: vec![words.history_what().to_owned(), words.history_when().to_owned()],
    };
    let life = Life {
        from: line.period.start,
        until: line.period.end,
        today: view.today,
        today_label: format!("{}, {}", words.timeline_today(), words.date_short(view.today)),
        rows: rows(words, &lanes),
        lanes,
    };
    lifeline(&text, &life, |day, tick| match tick {
        Tick::Day => format!("{} {}", day.day(), words.month_short(day)),
        Tick::MonthOfYear => format!("{} {}", words.month_short(day), day.year()),
        Tick::Month => words.month_short(day).to_owned(),
        Tick::Year => day.year().to_string(),
    })
}

/// Every mark as a row of the table, soonest first.
fn rows(words: Words, lanes: &[Lane]) -> Vec<[String; 2]> {
    let marks = lanes.iter().filter_map(|lane| match &lane.shape {
        Shape::Marks(marks) => Some(marks),
        Shape::Bar(..) => None,
    });
    let mut marks: Vec<&Mark> = marks.flatten().collect();
    marks.sort_by_key(|mark| mark.on);
    marks.into_iter().map(|mark| [mark.says.clone(), words.date_short(mark.on)]).collect()
}

fn states(words: Words, view: &SubscriptionView) -> Lane {
    let subscription = &view.listed.subscription;
    let stretches = view.timeline.spans.iter().map(|span| Stretch {
        from: span.period.start,
        until: span.period.end,
        tone: match span.state {
            SubscriptionState::Active => Tone::Good,
            SubscriptionState::Pending | SubscriptionState::Scheduled => Tone::Waiting,
            SubscriptionState::Expired => Tone::Warning,
            SubscriptionState::Disabled | SubscriptionState::Deleted => Tone::Severe,
        },
    });
    Lane {
        label: match subscription.is_trial() {
            true => words.channel_name(subscription.channel).to_owned(),
            false => words.term_name(subscription.term).to_owned(),
        },
        value: words.since(&words.date_short(view.timeline.period.start)),
        shape: Shape::Bar(stretches.collect(), view.timeline.term_starts.clone()),
    }
}

fn changes(words: Words, view: &SubscriptionView) -> Option<Lane> {
    let names = EventNames { product: Some(&view.listed.product_name), person: None, with_amounts: view.with_prices };
    let mark = |milestone: &Milestone| Mark {
        on: milestone.on,
        says: words.event(&milestone.event, names),
        tone: match milestone.event {
            Event::PaymentFailed { .. }
            | Event::InvoiceChargedBack { .. }
            | Event::SubscriptionCanceled { .. }
            | Event::SubscriptionDisabled { .. }
            | Event::SubscriptionDeleted { .. }
            | Event::SubscriptionTakenOver { .. } => Tone::Severe,
            Event::SubscriptionExpired { .. } | Event::EndOfSaleAnnounced => Tone::Warning,
            _ => Tone::Good,
        },
        is_ahead: false,
    };
    let marks: Vec<_> = view.timeline.milestones.iter().map(mark).collect();
    let value = words.number(i64::try_from(marks.len()).unwrap_or(i64::MAX));
    (!marks.is_empty()).then(|| Lane { label: words.timeline_changes().to_owned(), value, shape: Shape::Marks(marks) })
}

fn invoices(words: Words, view: &SubscriptionView) -> Option<Lane> {
    let issued = view.invoices.iter().rev().map(|invoice| Mark {
        on: invoice.issued_on,
        says: words.timeline_invoice(&invoice.number, invoice.total),
        tone: Tone::Good,
        is_ahead: false,
    });
    let next = view.next_charge.as_ref().map(|next| Mark {
        on: next.on,
        says: format!("{}: {}", words.next_charge(), words.next_charge_of(next.on, next.totals.gross)),
        tone: Tone::Good,
        is_ahead: true,
    });
    let count = i64::try_from(view.invoices.len()).unwrap_or(i64::MAX);
    let value = match &next {
        Some(next) => words.timeline_next(&words.number(count), &words.date_short(next.on)),
        None => words.number(count),
    };
    let marks: Vec<_> = issued.chain(next).collect();
    (!marks.is_empty()).then(|| Lane { label: words.invoices().to_owned(), value, shape: Shape::Marks(marks) })
}

/// What is planned for the renewal.
fn scheduled(words: Words, view: &SubscriptionView) -> Vec<Lane> {
    let subscription = &view.listed.subscription;
    let lane = |(says, _): (String, String)| {
        let on = subscription.ends_on;
        let mark = Mark { on, says, tone: Tone::Good, is_ahead: true };
        let value = when(words, on, view.today);
        Lane { label: words.scheduled_change().to_owned(), value, shape: Shape::Marks(vec![mark]) }
    };
    planned(words, &view.listed).into_iter().map(lane).collect()
}

/// A step of the calendar; the next charge stands among the invoices.
fn ahead(words: Words, view: &SubscriptionView, due: Due) -> Option<Lane> {
    let (label, tone) = match due.transition {
        Transition::Start => (words.timeline_starts(), Tone::Good),
        Transition::Renew => (words.timeline_renews(), Tone::Good),
        Transition::BecomePaid => (words.timeline_becomes_paid(), Tone::Good),
        Transition::Expire => (words.expires(), Tone::Warning),
        Transition::Disable => (words.timeline_no_access(), Tone::Severe),
        Transition::Delete => (words.timeline_erased(), Tone::Severe),
        // What is planned has a lane of its own.
        Transition::ChangePlan | Transition::Bill | Transition::Settle | Transition::Erase => return None,
    };
    let mark = Mark { on: due.on, says: label.to_owned(), tone, is_ahead: true };
    Some(Lane { label: label.to_owned(), value: when(words, due.on, view.today), shape: Shape::Marks(vec![mark]) })
}

fn when(words: Words, on: Date, today: Date) -> String {
    format!("{} ({})", words.date_short(on), words.relative_day(on, today))
}

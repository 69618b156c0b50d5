//! Every part of the design system on one page, and a sample of each kind of page: a list, a details page, a pane and
//! a page without the frame. Their texts and numbers are samples, so they are not in `words`.

use crate::chart::{self, ChartText, Column, Due, DueKind, Picture, UsageBar};
use crate::frame::{Crumb, Frame, NavigationItem, NavigationSection, Notice, SignedIn, Theme};
use crate::parts::{Choice, Closed, FieldErrors, Paging, Progress, Status, Tab, Tone};
use askama::Template;
use jiff::civil::date;
use words::{Language, Words};

/// The sample pages by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sample {
    /// All parts.
    Parts,
    /// A list page.
    List,
    /// A details page.
    Details,
    /// A side pane.
    Pane,
    /// A side pane that was refused.
    PaneRefused,
    /// A page without the frame.
    SignIn,
}

impl Sample {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Parts, Self::List, Self::Details, Self::Pane, Self::PaneRefused, Self::SignIn];

    /// Path of the sample below `/styleguide`; empty for the page of all parts.
    pub fn path(self) -> &'static str {
        match self {
            Self::Parts => "",
            Self::List => "/list",
            Self::Details => "/details",
            Self::Pane => "/pane",
            Self::PaneRefused => "/pane-refused",
            Self::SignIn => "/sign-in",
        }
    }
}

/// Renders a sample page in a theme; `pane_only` as asked for by the header `Zetel-Pane`.
///
/// # Errors
/// When a template fails to write, which memory does not.
pub fn render(sample: Sample, theme: Theme, pane_only: bool) -> askama::Result<String> {
    match sample {
        Sample::Parts => {
            let cloud = Some("21Vianet".into());
            let words = Words::from(Language::Dutch);
            Parts::sample(Frame { words, cloud, clock: Some(date(2026, 11, 20)), ..frame("Design system", theme) })
                .render()
        }
        Sample::List => List::sample(frame("Your products", theme)).render(),
        Sample::Details => Details::sample(frame("Contoso Office E3", theme)).render(),
        Sample::Pane => Pane::sample(Frame { pane_only, ..frame("Add or remove licenses", theme) }, false).render(),
        Sample::PaneRefused => {
            Pane::sample(Frame { pane_only, ..frame("Add or remove licenses", theme) }, true).render()
        }
        Sample::SignIn => SignIn {
            frame: frame("Sign in", theme),
            people: vec!["Anna de Vries", "Bram Jansen", "Chen Wei", "Dora Koch"],
        }
        .render(),
    }
}

fn frame(title: &str, theme: Theme) -> Frame {
    Frame {
        words: Words::from(Language::English),
        theme,
        pane_only: false,
        title: title.into(),
        lead: Some("See what your organization has bought, who uses it, and what it costs.".into()),
        organization: Some("Contoso Netherlands".into()),
        cloud: None,
        clock: None,
        person: Some(SignedIn {
            name: "Anna de Vries".into(),
            mail: "anna@contoso.example".into(),
            roles: "Global administrator".into(),
        }),
        navigation: navigation(title),
        breadcrumbs: vec![Crumb::new("Home", "/styleguide"), Crumb::new("Billing", "/styleguide/list")],
        notices: if title == "Your products" {
            vec![Notice::new(Tone::Warning, "A credit check is pending for 1 subscription.").link("See which", "#")]
        } else {
            vec![]
        },
        toast: (title == "Contoso Office E3").then(|| Notice::new(Tone::Good, "10 licenses were added.")),
        with_search: true,
        with_shortcuts: true,
        help_url: "#".into(),
        path: "/styleguide".into(),
        form_token: "sample".into(),
    }
}

fn navigation(title: &str) -> Vec<NavigationSection> {
    let section = |label: &str, items: &[(&str, &str, &'static str)]| NavigationSection {
        label: label.into(),
        items: items
            .iter()
            .map(|(label, url, icon)| NavigationItem {
                current: (*label == "Your products") == (title != "Design system")
                    && matches!(*label, "Your products" | "Home"),
                count: if *label == "Requests" { 4 } else { 0 },
                ..NavigationItem::new(*label, *url, icon)
            })
            .collect(),
    };
    vec![
        section("", &[("Home", "/styleguide", "home")]),
        section("Users", &[("Active users", "#", "people"), ("Groups", "#", "group"), ("Requests", "#", "mail")]),
        section(
            "Billing",
            &[
                ("Your products", "/styleguide/list", "product"),
                ("Licenses", "#", "license"),
                ("Purchase services", "#", "cart"),
                ("Bills & payments", "#", "bill"),
                ("Billing accounts", "#", "building"),
                ("Payment methods", "#", "card"),
            ],
        ),
        section(
            "Settings",
            &[("Organization", "#", "settings"), ("Audit", "#", "history"), ("Security", "#", "shield")],
        ),
    ]
}

#[derive(Template)]
#[template(path = "styleguide.html")]
struct Parts {
    frame: Frame,
    tabs: Vec<Tab>,
    usage_bars: Picture,
    timeline: Picture,
    columns: Picture,
    statuses: Vec<Status>,
    closed: Closed,
    work: Progress,
    errors: FieldErrors,
    choices: Vec<Choice>,
    country: String,
    terms: Vec<Choice>,
    icons: Vec<&'static str>,
}

impl Parts {
    fn sample(frame: Frame) -> Self {
        Self {
            frame,
            tabs: vec![Tab::new("All", "#", true), Tab::new("Self-service", "#", false), Tab::new("Trial", "#", false)],
            usage_bars: usage_bars(),
            timeline: timeline(),
            columns: columns(),
            statuses: vec![
                Status::good("Active"),
                Status::warning("Expired"),
                Status::severe("Disabled"),
                Status::neutral("Deleted").icon("delete"),
                Status::warning("Pending credit check").icon("clock"),
            ],
            closed: closed(),
            work: Progress {
                done: 312,
                total: 1000,
                text: "312 of 1,000 people moved".into(),
                time_left: "About 2 minutes left".into(),
                note: "You may leave this page; the work goes on.".into(),
                live_url: None,
            },
            errors: FieldErrors::one("mail", "Type the part after @ too."),
            choices: vec![Choice::new("nl", "Netherlands"), Choice::new("de", "Germany")],
            country: "nl".into(),
            terms: vec![
                Choice::new("month", "Monthly").note("Cancel any month.").end("\u{20ac} 24.70"),
                Choice::new("year", "Yearly").note("Commitment of a year.").end("\u{20ac} 20.64"),
                Choice::new("years", "Three years").closed("Not for this product."),
            ],
            icons: icon_names(),
        }
    }
}

fn chart_text(id: &'static str, title: &str, heads: [&str; 2]) -> ChartText {
    ChartText {
        id,
        title: title.into(),
        description: "The table below has the same numbers.".into(),
        numbers: "Show the numbers".into(),
        heads: heads.map(String::from).to_vec(),
    }
}

fn usage_bars() -> Picture {
    let bars = [
        ("Contoso Office E3", 238, 250),
        ("Contoso Office F1", 812, 1200),
        ("Contoso Project Plan 3", 25, 25),
        ("Contoso Visio Plan 2", 4, 12),
        ("Contoso Audio Conferencing", 0, 50),
    ];
    let bars = bars.map(|(label, assigned, bought)| UsageBar {
        label: label.into(),
        url: "#".into(),
        assigned,
        bought,
        value: format!("{assigned} of {bought}"),
    });
    chart::usage_bars(&chart_text("usage", "Licenses assigned of bought, per product", ["Product", "Licenses"]), &bars)
}

fn timeline() -> Picture {
    let dues = [
        ("Contoso Office E3", date(2026, 12, 3), DueKind::Renews, "Renews 3 Dec"),
        ("Contoso Visio Plan 2", date(2026, 12, 18), DueKind::Expires, "Expires 18 Dec"),
        ("Contoso Project Plan 3", date(2027, 1, 11), DueKind::Renews, "Renews 11 Jan"),
        ("Contoso Office F1", date(2027, 2, 9), DueKind::Renews, "Renews 9 Feb"),
    ];
    let dues = dues.map(|(label, on, kind, value)| Due {
        label: label.into(),
        url: "#".into(),
        on,
        kind,
        value: value.into(),
    });
    let text = chart_text("timeline", "What renews or expires in the next 90 days", ["Product", "When"]);
    chart::renewal_timeline(&text, date(2026, 11, 20), &dues, |first| first.strftime("%B").to_string())
}

fn columns() -> Picture {
    let amounts = [3120, 3340, 3340, 3610, 3610, 3980, 5240, 4410, 4410, 4560, 4700, 4812];
    let names = ["Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov"];
    let months: Vec<Column> = names
        .iter()
        .zip(amounts)
        .map(|(name, amount)| Column {
            label: (*name).into(),
            amount,
            value: format!("\u{20ac} {},{:02}0", amount / 100, amount % 100),
        })
        .collect();
    chart::columns(&chart_text("spend", "Spend per month", ["Month", "Amount"]), &months)
}

fn closed() -> Closed {
    Closed::new("Trial. Buy the subscription before you add licenses.").remedy("Buy subscription", "#")
}

fn icon_names() -> Vec<&'static str> {
    crate::assets::ICONS.split("id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

struct ListRow {
    id: String,
    product: String,
    account: String,
    usage: Picture,
    available: u64,
    date_label: String,
    date: String,
    status: Status,
    channel: String,
}

#[derive(Template)]
#[template(path = "styleguide/list.html")]
struct List {
    frame: Frame,
    chips: Vec<Tab>,
    rows: Vec<ListRow>,
    closed: Closed,
    paging: Paging,
}

impl List {
    fn sample(frame: Frame) -> Self {
        let rows = [
            ("Contoso Office E3", 238, 250, "Renews", "3 Dec 2026", Status::good("Active"), "Direct"),
            ("Contoso Office F1", 812, 1200, "Renews", "9 Feb 2027", Status::good("Active"), "Invoice"),
            (
                "Contoso Project Plan 3",
                25,
                25,
                "Renews",
                "11 Jan 2027",
                Status::warning("Pending credit check").icon("clock"),
                "Invoice",
            ),
            ("Contoso Visio Plan 2", 4, 12, "Expires", "18 Dec 2026", Status::good("Active"), "Prepaid"),
            ("Contoso Security Suite", 961, 1000, "Expired", "2 Nov 2026", Status::warning("Expired"), "Reseller"),
            ("Contoso Power Reports", 12, 40, "Canceled", "14 Oct 2026", Status::severe("Disabled"), "Direct"),
            ("Contoso Learning", 9, 25, "Trial ends", "12 Dec 2026", Status::neutral("Trial").icon("clock"), "Trial"),
        ];
        let rows = rows.map(|(product, assigned, bought, date_label, date, status, channel)| ListRow {
            id: product.to_lowercase().replace(' ', "-"),
            product: product.into(),
            account: "Contoso Netherlands".into(),
            usage: chart::usage_bar(assigned, bought, &format!("{assigned} of {bought}")),
            available: bought - assigned,
            date_label: date_label.into(),
            date: date.into(),
            status,
            channel: channel.into(),
        });
        Self {
            frame,
            chips: vec![
                Tab::new("All", "#", true),
                Tab::new("Self-service", "#", false),
                Tab::new("Trial", "#", false),
                Tab::new("Needs attention", "#", false),
            ],
            rows: rows.into(),
            closed: Closed::new("The subscription is active."),
            paging: Paging { previous: None, next: Some("#".into()) },
        }
    }
}

#[derive(Template)]
#[template(path = "styleguide/details.html")]
struct Details {
    frame: Frame,
    status: Status,
    usage: Picture,
    closed: Closed,
    closed_key: Closed,
}

impl Details {
    fn sample(mut frame: Frame) -> Self {
        frame.breadcrumbs.push(Crumb::new("Your products", "/styleguide/list"));
        frame.lead = None;
        Self {
            frame,
            status: Status::good("Active"),
            usage: chart::usage_bar(238, 250, "238 of 250"),
            closed: closed(),
            closed_key: Closed::new("Only for subscriptions that were paid for with a product key.")
                .remedy("About product keys", "#"),
        }
    }
}

#[derive(Template)]
#[template(path = "styleguide/sample_pane.html")]
struct Pane {
    frame: Frame,
    close_url: &'static str,
    errors: FieldErrors,
    total: &'static str,
}

impl Pane {
    fn sample(frame: Frame, refused: bool) -> Self {
        let errors = if refused {
            FieldErrors::one("total", "238 licenses are in use. Unassign licenses first, or type at least 238.")
        } else {
            FieldErrors::none()
        };
        let frame = Frame { lead: None, ..frame };
        Self { frame, close_url: "/styleguide/details", errors, total: if refused { "200" } else { "255" } }
    }
}

#[derive(Template)]
#[template(path = "styleguide/sign_in.html")]
struct SignIn {
    frame: Frame,
    people: Vec<&'static str>,
}

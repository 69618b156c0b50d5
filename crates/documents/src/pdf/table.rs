//! The lines, by subscription, on as many sheets as they need.

use super::flow::{BODY, Flow, LEFT, RIGHT, SMALL, STROKE, STROKE_STRONG, STRONG, baseline, height};
use super::font::{Line, Style, line, wrap};
use super::sheet::Role;
use crate::calculation;
use domain::billing::invoice::InvoiceLine;
use domain::billing::tax::TaxCategory;
use domain::ids::SubscriptionId;
use domain::money::Money;
use words::Words;

const GAP: f32 = 14.0;
/// The distance between a row and the next.
const ROW_GAP: f32 = 6.0;
/// Columns beside the description.
const FIGURES: usize = 5;

/// Where the columns end, and how wide the description may be.
struct Columns {
    rights: [f32; FIGURES],
    description: f32,
}

/// The lines of one subscription.
struct Group<'a> {
    subscription_id: SubscriptionId,
    lines: Vec<&'a InvoiceLine>,
}

impl Flow<'_> {
    pub fn table(&mut self) {
        let groups = groups(&self.document.invoice.lines);
        let columns = columns(&groups, self.words);
        self.sheets.begin(Role::Table);
        self.table_head(&columns, false);
        self.sheets.begin(Role::TableBody);
        for (index, group) in groups.iter().enumerate() {
            if index > 0 {
                self.rule(LEFT, 0.5, STROKE);
                self.top += ROW_GAP;
            }
            self.group(group, &columns);
        }
        self.sheets.end();
        self.sheets.end();
    }

    /// The names of the columns; those of later sheets are only there because there are sheets.
    fn table_head(&mut self, columns: &Columns, is_repeated: bool) {
        let (words, page, style) = (self.words, self.page(), Style { weight: STRONG.weight, ..SMALL });
        let baseline = baseline(self.top, style);
        let description = line(words.line_description(), style);
        let heads = heads(words).map(|head| line(head, style));
        let places =
            [LEFT].into_iter().chain(columns.rights.iter().zip(&heads).map(|(right, head)| right - head.width));
        let cells: Vec<(f32, Line)> = places.zip([description].into_iter().chain(heads.clone())).collect();
        if is_repeated {
            for (left, head) in cells {
                self.sheets.aside(page, left, baseline, head);
            }
        } else {
            self.sheets.begin(Role::TableHead);
            self.sheets.begin(Role::Row);
            for (left, head) in cells {
                self.sheets.part(Role::ColumnHead, |sheets| sheets.text(page, left, baseline, head));
            }
            self.sheets.end();
            self.sheets.end();
        }
        self.top += style.leading() + 3.0;
        self.rule(LEFT, 0.75, STROKE_STRONG);
        self.top += ROW_GAP + 1.0;
    }

    fn group(&mut self, group: &Group<'_>, columns: &Columns) {
        let (words, first) = (self.words, group.lines[0]);
        let rows: Vec<Vec<Line>> = group.lines.iter().map(|line| description(line, columns, words)).collect();
        let name = wrap(&first.product_name, STRONG, RIGHT - LEFT - 60.0);
        let beginning = height(&name) + height(&rows[0]) + ROW_GAP;
        if self.needs(beginning) {
            self.table_head(columns, true);
        }
        self.group_name(name, &first.part_number);
        let last = rows.len() - 1;
        for (index, (line, description)) in group.lines.iter().zip(rows).enumerate() {
            let subtotal = if index == last && last > 0 { STRONG.leading() + ROW_GAP } else { 0.0 };
            if self.needs(height(&description) + subtotal) {
                self.table_head(columns, true);
                let again = wrap(&words.continued(&first.product_name), STRONG, RIGHT - LEFT);
                let page = self.page();
                for line in again {
                    let leading = line.style.leading();
                    self.sheets.aside(page, LEFT, baseline(self.top, line.style), line);
                    self.top += leading;
                }
                self.top += 2.0;
            }
            self.row(line, description, columns);
        }
        if last > 0 {
            self.subtotal(group);
        }
    }

    fn group_name(&mut self, name: Vec<Line>, part_number: &str) {
        self.sheets.begin(Role::Row);
        self.sheets.begin(Role::Cell(FIGURES as u32 + 1));
        let (page, widest) = (self.page(), name.last().map_or(0.0, |line| line.width));
        let part = line(part_number, SMALL);
        let bottom = self.lines(LEFT, self.top, name);
        let left = LEFT + widest + 6.0;
        if left + part.width <= RIGHT {
            self.sheets.text(page, left, baseline(bottom - STRONG.leading(), STRONG), part);
        }
        self.sheets.end();
        self.sheets.end();
        self.top = bottom + 2.0;
    }

    fn row(&mut self, line: &InvoiceLine, description: Vec<Line>, columns: &Columns) {
        let (top, words) = (self.top, self.words);
        self.sheets.begin(Role::Row);
        self.sheets.begin(Role::Cell(1));
        let bottom = self.lines(LEFT, top, description);
        self.sheets.end();
        for (right, figure) in columns.rights.into_iter().zip(figures(line, words)) {
            self.flush_right(Role::Cell(1), &figure, BODY, right, top);
        }
        self.sheets.end();
        self.top = bottom + ROW_GAP;
    }

    fn subtotal(&mut self, group: &Group<'_>) {
        let (words, top) = (self.words, self.top);
        let label = line(&words.subtotal_of(&group.lines[0].product_name), SMALL);
        let amount = line(&words.money(group.net()), STRONG);
        let room = RIGHT - LEFT - amount.width - GAP;
        let label = if label.width > room { line(words.subtotal(), SMALL) } else { label };
        let page = self.page();
        self.sheets.begin(Role::Row);
        self.sheets.part(Role::Cell(FIGURES as u32), |sheets| {
            let left = RIGHT - amount.width - GAP - label.width;
            sheets.text(page, left, baseline(top, STRONG), label);
        });
        self.sheets.part(Role::Cell(1), |sheets| {
            sheets.text(page, RIGHT - amount.width, baseline(top, STRONG), amount);
        });
        self.sheets.end();
        self.top = top + STRONG.leading() + ROW_GAP;
    }
}

impl Group<'_> {
    fn net(&self) -> Money {
        let zero = Money::zero(self.lines[0].net.currency);
        self.lines.iter().fold(zero, |sum, line| Money::new(sum.minor + line.net.minor, sum.currency))
    }
}

/// Lines by subscription, in the order in which subscriptions first come.
fn groups(lines: &[InvoiceLine]) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for line in lines {
        match groups.iter_mut().find(|group| group.subscription_id == line.subscription_id) {
            Some(group) => group.lines.push(line),
            None => groups.push(Group { subscription_id: line.subscription_id, lines: vec![line] }),
        }
    }
    groups
}

fn heads(words: Words) -> [&'static str; FIGURES] {
    [words.licenses(), words.price(), words.line_days(), words.vat(), words.amount()]
}

/// Licenses × price × days, tax and amount, as the columns show them.
fn figures(line: &InvoiceLine, words: Words) -> [String; FIGURES] {
    let days = if calculation::is_in_days(line) {
        words.part_of(line.share.numerator, line.share.denominator)
    } else {
        "–".to_owned()
    };
    let tax = match line.tax.category {
        TaxCategory::ReverseCharge => words.vat_reverse_charged().to_owned(),
        TaxCategory::OutOfScope => "–".to_owned(),
        TaxCategory::Standard | TaxCategory::ZeroRated | TaxCategory::Exempt => words.tax_rate(line.tax.rate),
    };
    [words.number(line.quantity), words.money(line.unit_price), days, tax, words.money(line.net)]
}

/// Why, for which days, by which order.
fn description(line: &InvoiceLine, columns: &Columns, words: Words) -> Vec<Line> {
    let mut details: Vec<_> = line.customer_name.iter().map(|name| words.customer_of_line(name)).collect();
    if line.service_period.days() > 0 {
        details.push(words.date_range(line.service_period.start, line.service_period.last_day()));
    }
    if !calculation::is_in_days(line) {
        details.push(calculation::part(line, words));
    }
    details.extend(line.includes_tax.then(|| words.line_price_with_vat().to_owned()));
    details.extend(line.order_number.map(|number| words.order_number(&number.to_string())));
    let mut lines = wrap(words.charge_kind_name(line.kind), BODY, columns.description);
    if !details.is_empty() {
        lines.extend(wrap(&details.join(" · "), SMALL, columns.description));
    }
    lines
}

/// Columns as wide as what stands in them.
fn columns(groups: &[Group<'_>], words: Words) -> Columns {
    let mut widths = heads(words).map(|head| line(head, Style { weight: STRONG.weight, ..SMALL }).width);
    for group in groups {
        for figures in group.lines.iter().map(|line| figures(line, words)) {
            for (width, figure) in widths.iter_mut().zip(figures) {
                *width = width.max(line(&figure, BODY).width);
            }
        }
        widths[FIGURES - 1] = widths[FIGURES - 1].max(line(&words.money(group.net()), STRONG).width);
    }
    let mut right = RIGHT;
    let mut rights = [RIGHT; FIGURES];
    for (place, width) in rights.iter_mut().zip(widths).rev() {
        *place = right;
        right -= width + GAP;
    }
    Columns { rights, description: (right - LEFT).max(60.0) }
}

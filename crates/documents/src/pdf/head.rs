//! The head of the first sheet: what it is, from whom, to whom, how much.

use super::flow::{ACCENT, AMOUNT, BODY, Flow, LEFT, RIGHT, SMALL, STRONG, SUNKEN, TITLE};
use super::font::{Line, Style, line, wrap};
use super::sheet::{Area, Role};
use super::{owed, title};
use domain::billing::invoice::InvoiceKind;
use domain::billing::party::Party;
use words::Words;

const COLUMN: f32 = (RIGHT - LEFT - 2.0 * GAP) / 3.0;
const GAP: f32 = 16.0;
/// Between a label and what it names.
const LABEL_GAP: f32 = 1.5;
/// The distance between the edge of a panel and what stands in it.
pub const PADDING: f32 = 12.0;

impl Flow<'_> {
    pub fn head(&mut self) {
        let (seller, words) = (&self.document.invoice.seller.party, self.words);
        let area = Area { left: LEFT, top: 42.0, width: 28.0, height: 3.0 };
        self.sheets.fill(self.page(), area, ACCENT);
        let name = match self.document.invoice.kind {
            InvoiceKind::Invoice => words.invoice(),
            InvoiceKind::CreditNote => words.credit_note(),
        };
        self.flush_right(Role::Heading(1), name, TITLE, RIGHT, 47.0);
        let bold = Style { size: 12.0, ..STRONG };
        self.top = self.paragraph(Role::Paragraph, &seller.name, bold, LEFT, 54.0, 330.0).max(80.0) + 30.0;
        self.parties();
        self.summary();
    }

    fn parties(&mut self) {
        let (invoice, words, top) = (&self.document.invoice, self.words, self.top);
        let columns = [LEFT, LEFT + COLUMN + GAP, RIGHT - COLUMN];
        let mut bottom = self.party(words.bill_to(), &invoice.bill_to, columns[0]);
        bottom = bottom.max(self.party(words.sold_to(), &invoice.sold_to, columns[1]));
        let period = invoice.billing_period;
        let mut facts = vec![(words.billing_period(), words.date_range(period.start, period.last_day()))];
        if let Some(number) = &invoice.purchase_order {
            facts.push((words.purchase_order_number(), number.clone()));
        }
        if invoice.kind == InvoiceKind::Invoice && self.document.method.is_none() {
            let days = i64::from((invoice.due_on - invoice.issued_on).get_days());
            facts.push((words.rule_payment_terms(), words.rule_payment_terms_days(days)));
        }
        let mut fact_top = top;
        for (label, value) in facts {
            fact_top = self.fact(label, &value, columns[2], fact_top) + 5.0;
        }
        for corrected in &self.document.corrects {
            let text = words.invoice_corrects(&corrected.number, corrected.issued_on);
            fact_top = self.paragraph(Role::Paragraph, &text, BODY, columns[2], fact_top, COLUMN);
        }
        self.top = bottom.max(fact_top) + 20.0;
    }

    fn party(&mut self, label: &str, party: &Party, left: f32) -> f32 {
        let words = self.words;
        let mut lines = wrap(&party.name, STRONG, COLUMN);
        for text in super::address::lines(&party.address, words) {
            lines.extend(wrap(&text, BODY, COLUMN));
        }
        let numbers = numbers(party, words).flat_map(|text| wrap(&text, SMALL, COLUMN)).collect();
        self.sheets.begin(Role::Paragraph);
        let top = self.lines(left, self.top, vec![line(label, SMALL)]) + LABEL_GAP;
        let top = self.lines(left, top, lines) + 2.0;
        let bottom = self.lines(left, top, numbers);
        self.sheets.end();
        bottom
    }

    fn fact(&mut self, label: &str, value: &str, left: f32, top: f32) -> f32 {
        self.sheets.begin(Role::Paragraph);
        let top = self.lines(left, top, vec![line(label, SMALL)]) + LABEL_GAP;
        let bottom = self.lines(left, top, wrap(value, BODY, COLUMN));
        self.sheets.end();
        bottom
    }

    /// Number, days and amount in one panel, as people look for them.
    fn summary(&mut self) {
        let (invoice, words) = (&self.document.invoice, self.words);
        let (label, amount) = owed(invoice, words);
        let facts: Vec<(&str, String)> = match invoice.kind {
            InvoiceKind::Invoice => vec![
                (words.invoice_number(), invoice.number.clone()),
                (words.invoice_date(), words.date(invoice.issued_on)),
                (words.due_date(), words.date(invoice.due_on)),
            ],
            InvoiceKind::CreditNote => vec![
                (words.credit_note_number(), invoice.number.clone()),
                (words.credit_note_date(), words.date(invoice.issued_on)),
            ],
        };
        let amount = [line(label, SMALL), line(&words.money(amount), AMOUNT)];
        let amount_width = amount.iter().map(|line| line.width).fold(0.0, f32::max);
        let width = (RIGHT - LEFT - 2.0 * PADDING - amount_width) / 3.0;
        let columns: Vec<Vec<Line>> = facts
            .into_iter()
            .map(|(label, value)| {
                let mut lines = vec![line(label, SMALL)];
                lines.extend(wrap(&value, STRONG, width - GAP));
                lines
            })
            .collect();
        let most = columns.iter().map(|lines| super::flow::height(lines)).fold(26.0, f32::max);
        let area = Area { left: LEFT, top: self.top, width: RIGHT - LEFT, height: most + 2.0 * PADDING - 2.0 };
        self.sheets.fill(self.page(), area, SUNKEN);
        let top = self.top + PADDING - 2.0;
        let mut left = LEFT + PADDING;
        for lines in columns {
            self.sheets.begin(Role::Paragraph);
            self.lines(left, top, lines);
            self.sheets.end();
            left += width;
        }
        self.sheets.begin(Role::Paragraph);
        let [label, amount] = amount;
        let below = top + label.style.leading() - 1.5;
        self.lines(RIGHT - PADDING - label.width, top, vec![label]);
        self.lines(RIGHT - PADDING - amount.width, below, vec![amount]);
        self.sheets.end();
        self.top += area.height + 22.0;
    }

    /// What later sheets say at their top, and every sheet at its foot.
    pub fn furniture(&mut self) {
        let (seller, words) = (&self.document.invoice.seller.party, self.words);
        let pages = self.sheets.pages;
        let foot = super::sheet::HEIGHT - 66.0;
        for page in 0..pages {
            self.sheets.fill(
                page,
                Area { left: LEFT, top: foot, width: RIGHT - LEFT, height: 0.5 },
                super::flow::STROKE,
            );
            let number = line(&words.page_of(page + 1, pages), SMALL);
            let baseline = super::flow::baseline(foot + 9.0, SMALL);
            self.sheets.aside(page, RIGHT - number.width, baseline, number);
            if page > 0 {
                self.sheets.aside(page, LEFT, 46.0, line(&title(&self.document.invoice, words), SMALL));
                let name = line(&seller.name, SMALL);
                self.sheets.aside(page, RIGHT - name.width, 46.0, name);
            }
        }
        self.imprint(foot + 9.0);
    }

    /// The seller's data that the law wants on an invoice; on the first sheet they belong to the document.
    fn imprint(&mut self, top: f32) {
        let (seller, words) = (&self.document.invoice.seller.party, self.words);
        let mut facts = vec![seller.name.clone()];
        facts.extend(super::address::lines(&seller.address, words));
        facts.extend(numbers(seller, words).map(unbroken));
        facts.extend([seller.email.clone(), seller.telephone.clone()].into_iter().flatten());
        let lines = wrap(&facts.join(" · "), SMALL, RIGHT - LEFT - 90.0);
        for page in 0..self.sheets.pages {
            self.sheets.begin(Role::Paragraph);
            for (line, index) in lines.iter().cloned().zip(0u8..) {
                let baseline = super::flow::baseline(top, SMALL) + f32::from(index) * SMALL.leading();
                if page == 0 {
                    self.sheets.text(page, LEFT, baseline, line);
                } else {
                    self.sheets.aside(page, LEFT, baseline, line);
                }
            }
            self.sheets.end();
        }
    }
}

/// What a party is known by to the tax office and to the register of companies.
fn numbers(party: &Party, words: Words) -> impl Iterator<Item = String> {
    let tax = party.tax_number.as_deref().map(|number| words.vat_number(number));
    tax.into_iter().chain(party.registration_number.as_deref().map(|number| words.registration_number(number)))
}

/// A text that stays on one line.
fn unbroken(text: String) -> String {
    text.replace(' ', "\u{a0}")
}

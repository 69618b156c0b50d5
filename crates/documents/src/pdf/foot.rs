//! What it comes to, and how it is paid.

use super::flow::{AMOUNT, BODY, Flow, LEFT, RIGHT, SMALL, STROKE_STRONG, STRONG, SUNKEN, height};
use super::font::{Line, Style, line, wrap};
use super::head::PADDING;
use super::owed;
use super::sheet::{Area, Role};
use crate::{what_to_do, who_pays};
use domain::billing::invoice::{Invoice, InvoiceKind, TaxTotal};
use domain::billing::tax::TaxCategory;
use domain::money::Money;
use words::Words;

/// Where the names of totals begin.
const TOTALS_LEFT: f32 = LEFT + 230.0;
/// From a total to the next.
const TOTAL_GAP: f32 = 4.0;

impl Flow<'_> {
    pub fn totals(&mut self) {
        let (invoice, words) = (&self.document.invoice, self.words);
        let mut totals = vec![(words.total_without_vat().to_owned(), invoice.totals.net, BODY)];
        totals.extend(invoice.totals.taxes.iter().map(|tax| (tax_name(tax, words), tax.amount, BODY)));
        totals.push((words.total_with_vat().to_owned(), invoice.totals.gross, STRONG));
        if invoice.paid.minor != 0 {
            let label = match invoice.kind {
                InvoiceKind::Invoice => words.already_paid(),
                InvoiceKind::CreditNote => words.already_settled(),
            };
            totals.push((label.to_owned(), Money::new(-invoice.paid.minor, invoice.currency), BODY));
        }
        let rows = totals.len() as f32;
        self.needs(rows * (BODY.leading() + TOTAL_GAP) + AMOUNT.leading() + 24.0);
        self.rule(LEFT, 0.75, STROKE_STRONG);
        self.top += 8.0;
        for (label, amount, style) in totals {
            self.total(&label, amount, style);
        }
        self.top += 2.0;
        self.rule(TOTALS_LEFT, 0.75, STROKE_STRONG);
        self.top += 6.0;
        let (label, amount) = owed(invoice, words);
        self.total(label, amount, AMOUNT);
        self.top += 8.0;
    }

    fn total(&mut self, label: &str, amount: Money, style: Style) {
        let (top, label_style) = (self.top, Style { color: BODY.color, ..style });
        let amount = self.words.money(amount);
        let room = RIGHT - TOTALS_LEFT - line(&amount, style).width - 12.0;
        let bottom = self.paragraph(Role::Paragraph, label, label_style, TOTALS_LEFT, top, room);
        self.flush_right(Role::Paragraph, &amount, style, RIGHT, top);
        self.top = bottom + TOTAL_GAP;
    }

    /// Why there is no tax where there is none, and who has to pay what was bought for a team (R17).
    pub fn reasons(&mut self) {
        let (words, Invoice { totals, sold_to, .. }) = (self.words, &self.document.invoice);
        // The name of what is out of scope has said it.
        let categories = totals.taxes.iter().map(|tax| tax.tax.category).filter(|tax| *tax != TaxCategory::OutOfScope);
        let buyer = who_pays(self.document, words);
        for reason in categories.filter_map(|category| words.vat_reason(category, sold_to)).chain(buyer) {
            let lines = wrap(&reason, SMALL, RIGHT - LEFT);
            self.needs(height(&lines));
            self.top = self.paragraph(Role::Paragraph, &reason, SMALL, LEFT, self.top, RIGHT - LEFT);
        }
    }

    /// What the customer has to do, if anything.
    pub fn payment(&mut self) {
        let (words, width) = (self.words, RIGHT - LEFT - 2.0 * PADDING);
        let (sentence, facts) = self.instructions();
        let facts: Vec<(Line, Vec<Line>)> = facts
            .into_iter()
            .map(|(label, value)| (line(label, SMALL), wrap(&value, STRONG, width - FACT_LABEL)))
            .collect();
        let sentence = wrap(&sentence, BODY, width);
        let rows: f32 = facts.iter().map(|(_, value)| height(value) + 2.0).sum();
        let gap = if facts.is_empty() { 0.0 } else { 5.0 };
        let inside = STRONG.leading() + 3.0 + height(&sentence) + gap + rows;
        self.top += 14.0;
        self.needs(inside + 2.0 * PADDING);
        let area = Area { left: LEFT, top: self.top, width: RIGHT - LEFT, height: inside + 2.0 * PADDING };
        self.sheets.fill(self.page(), area, SUNKEN);
        let left = LEFT + PADDING;
        let mut top = self.top + PADDING;
        self.sheets.begin(Role::Section);
        top = self.paragraph(Role::Heading(2), words.invoice_payment(), STRONG, left, top, width) + 3.0;
        self.sheets.begin(Role::Paragraph);
        top = self.lines(left, top, sentence) + gap;
        self.sheets.end();
        for (label, value) in facts {
            self.sheets.begin(Role::Paragraph);
            self.lines(left, top + 1.0, vec![label]);
            top = self.lines(left + FACT_LABEL, top, value) + 2.0;
            self.sheets.end();
        }
        self.sheets.end();
        self.top += area.height;
    }

    fn instructions(&self) -> (String, Vec<(&'static str, String)>) {
        let invoice = &self.document.invoice;
        match what_to_do(self.document, self.words) {
            Some(sentence) => (sentence, Vec::new()),
            None => (self.words.invoice_transfer(invoice.balance(), invoice.due_on), self.account()),
        }
    }

    /// Where the customer transfers the money to.
    fn account(&self) -> Vec<(&'static str, String)> {
        let (seller, words) = (&self.document.invoice.seller, self.words);
        let mut facts = Vec::new();
        facts.extend(seller.iban.as_deref().map(|iban| ("IBAN", in_fours(iban))));
        facts.extend(seller.bic.clone().map(|bic| ("BIC", bic)));
        facts.push((words.account_holder(), seller.party.name.clone()));
        facts.push((words.payment_reference(), self.document.invoice.number.clone()));
        facts
    }
}

/// Where the values of payment facts begin.
const FACT_LABEL: f32 = 92.0;

fn tax_name(tax: &TaxTotal, words: Words) -> String {
    match tax.tax.category {
        TaxCategory::Standard | TaxCategory::ZeroRated => words.vat_on(&words.tax_rate(tax.tax.rate), tax.net),
        TaxCategory::ReverseCharge => words.vat_reverse_charge_on(tax.net),
        TaxCategory::Exempt => words.vat_exempt_on(tax.net),
        TaxCategory::OutOfScope => words.vat_out_of_scope_on(tax.net),
    }
}

/// `NL91 ABNA 0417 1643 00`.
fn in_fours(iban: &str) -> String {
    let letters: Vec<char> = iban.chars().filter(|letter| !letter.is_whitespace()).collect();
    letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

//! A line (BG-25).

use super::{Writer, signed, tax_rate, tax_scheme, write_amount};
use crate::calculation;
use domain::billing::invoice::InvoiceLine;
use domain::money::{Money, decimal};

/// Decimals of a price beyond those of the currency where tax is taken out of it: enough for a million licenses.
const PRICE_DECIMALS: u32 = 6;

impl Writer<'_> {
    pub(super) fn line(&mut self, line: &InvoiceLine) {
        let (element, quantity) = if self.is_credit_note() {
            ("cac:CreditNoteLine", "cbc:CreditedQuantity")
        } else {
            ("cac:InvoiceLine", "cbc:InvoicedQuantity")
        };
        let (document, words, sign) = (self.document, self.words, self.sign);
        let price = net_price(line);
        self.xml.element(element, |xml| {
            let mut writer = Writer { xml, document, words, sign };
            writer.xml.text("cbc:ID", &line.ordinal.to_string());
            writer.xml.text("cbc:Note", &writer.note(line));
            // UN/ECE recommendation 20: C62 is one.
            writer.xml.text_with(quantity, ("unitCode", "C62"), &(line.quantity * sign).to_string());
            write_amount(writer.xml, "cbc:LineExtensionAmount", signed(line.net, sign));
            if line.service_period.days() > 0 {
                writer.period(line.service_period);
            }
            writer.difference(line, &price);
            writer.item(line);
            writer.xml.element("cac:Price", |xml| {
                xml.text_with("cbc:PriceAmount", ("currencyID", line.net.currency.code()), &price.written());
            });
        });
    }

    /// What the line says of itself: `Licenses added: 5 licenses × €10.00 × 21 of 31 days · Order 1042`.
    fn note(&self, line: &InvoiceLine) -> String {
        let calculation = calculation::of_line(line, self.words);
        let mut note = format!("{}: {calculation}", self.words.charge_kind_name(line.kind));
        if let Some(customer) = &line.customer_name {
            note = format!("{} · {note}", self.words.customer_of_line(customer));
        }
        let with_vat = line.includes_tax.then(|| self.words.line_price_with_vat().to_owned());
        let order = line.order_number.map(|number| self.words.order_number(&number.to_string()));
        for more in [with_vat, order].into_iter().flatten() {
            note.push_str(" · ");
            note.push_str(&more);
        }
        note
    }

    /// What quantity × price is more, or less, than the line (BG-27, BG-28).
    fn difference(&mut self, line: &InvoiceLine, price: &Price) {
        let whole = price.times(line.quantity).minor;
        let more = (whole - line.net.minor) * self.sign;
        if more == 0 {
            return;
        }
        let reason = if line.share.is_whole() {
            self.words.line_rounding().to_owned()
        } else {
            self.words.charged_for(&calculation::part(line, self.words))
        };
        self.xml.element("cac:AllowanceCharge", |xml| {
            xml.text("cbc:ChargeIndicator", if more < 0 { "true" } else { "false" });
            xml.text("cbc:AllowanceChargeReason", &reason);
            write_amount(xml, "cbc:Amount", Money::new(more.abs(), line.net.currency));
        });
    }

    fn item(&mut self, line: &InvoiceLine) {
        self.xml.element("cac:Item", |xml| {
            xml.text("cbc:Name", &line.product_name);
            xml.element("cac:SellersItemIdentification", |xml| xml.text("cbc:ID", &line.part_number));
            xml.element("cac:ClassifiedTaxCategory", |xml| {
                tax_rate(xml, line.tax);
                tax_scheme(xml, "VAT");
            });
        });
    }
}

/// A price without tax, in parts of a minor unit.
struct Price {
    units: i128,
    /// How many parts a minor unit has, as a power of ten.
    exponent: u32,
    zero: Money,
}

/// The price of one license for a whole period (BT-146).
fn net_price(line: &InvoiceLine) -> Price {
    let (minor, zero) = (i128::from(line.unit_price.minor), Money::zero(line.unit_price.currency));
    if !line.includes_tax || line.tax.rate == 0 {
        return Price { units: minor, exponent: 0, zero };
    }
    let (numerator, denominator) = (minor * 10i128.pow(4 + PRICE_DECIMALS), i128::from(10_000 + line.tax.rate));
    Price { units: (numerator + denominator / 2) / denominator, exponent: PRICE_DECIMALS, zero }
}

impl Price {
    fn written(&self) -> String {
        let decimals = usize::from(self.zero.currency.decimals());
        decimal(self.units, decimals + self.exponent as usize)
    }

    /// The price of a number of licenses, rounded half away from zero.
    fn times(&self, quantity: i64) -> Money {
        let (units, parts) = (self.units * i128::from(quantity), 10i128.pow(self.exponent));
        let rounded = (units.abs() + parts / 2) / parts * units.signum();
        Money { minor: i64::try_from(rounded).expect("limits keep price times quantity in range"), ..self.zero }
    }
}

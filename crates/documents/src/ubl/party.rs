//! Seller (BG-4) and buyer (BG-7).

use super::xml::Xml;
use super::{Writer, tax_scheme};
use domain::billing::party::{Address, Party};
use domain::billing::tax::TaxCategory;

impl Writer<'_> {
    pub(super) fn seller(&mut self) {
        let party = &self.document.invoice.seller.party;
        let scheme = if is_vat_number(party) && self.names_vat_numbers() { "VAT" } else { "TAX" };
        self.xml.element("cac:AccountingSupplierParty", |xml| {
            xml.element("cac:Party", |xml| write_party(xml, party, Some(scheme), party));
        });
    }

    /// Who buys decides the tax; whom the document is addressed to is the contact (BG-9).
    pub(super) fn buyer(&mut self) {
        let (party, contact) = (&self.document.invoice.sold_to, &self.document.invoice.bill_to);
        // A buyer has no other tax number than that for VAT (BT-48).
        let scheme = (is_vat_number(party) && self.names_vat_numbers()).then_some("VAT");
        self.xml.element("cac:AccountingCustomerParty", |xml| {
            xml.element("cac:Party", |xml| write_party(xml, party, scheme, contact));
        });
    }

    /// Where the seller charges no tax at all, nobody's VAT number may stand (BR-O-02).
    fn names_vat_numbers(&self) -> bool {
        self.document.invoice.lines.iter().all(|line| line.tax.category != TaxCategory::OutOfScope)
    }
}

/// VAT numbers begin with the code of a country (BR-CO-09).
fn is_vat_number(party: &Party) -> bool {
    let number = party.tax_number.as_deref().unwrap_or_default().as_bytes();
    number.len() > 2 && number[..2].iter().all(u8::is_ascii_uppercase)
}

fn write_party(xml: &mut Xml, party: &Party, tax_scheme_id: Option<&str>, contact: &Party) {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    // An address of the kind EM is one of mail.
    xml.text_with("cbc:EndpointID", ("schemeID", "EM"), &text(&contact.email));
    xml.element("cac:PartyName", |xml| xml.text("cbc:Name", &party.name));
    write_address(xml, &party.address);
    if let (Some(number), Some(scheme)) = (&party.tax_number, tax_scheme_id) {
        xml.element("cac:PartyTaxScheme", |xml| {
            xml.text("cbc:CompanyID", number);
            tax_scheme(xml, scheme);
        });
    }
    xml.element("cac:PartyLegalEntity", |xml| {
        xml.text("cbc:RegistrationName", &party.name);
        xml.text("cbc:CompanyID", &text(&party.registration_number));
    });
    xml.element("cac:Contact", |xml| {
        xml.text("cbc:Name", &contact.name);
        xml.text("cbc:Telephone", &text(&contact.telephone));
        xml.text("cbc:ElectronicMail", &text(&contact.email));
    });
}

fn write_address(xml: &mut Xml, address: &Address) {
    xml.element("cac:PostalAddress", |xml| {
        xml.text("cbc:StreetName", &address.line1);
        xml.text("cbc:AdditionalStreetName", &address.line2);
        xml.text("cbc:CityName", &address.city);
        xml.text("cbc:PostalZone", &address.postal_code);
        xml.text("cbc:CountrySubentity", &address.region);
        xml.element("cac:Country", |xml| xml.text("cbc:IdentificationCode", &address.country));
    });
}

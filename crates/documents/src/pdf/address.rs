//! Addresses as letters have them.

use domain::billing::party::Address;
use words::Words;

/// Countries that write the town before the postal code, with the region between them.
const TOWN_FIRST: [&str; 6] = ["AU", "CA", "GB", "IE", "NZ", "US"];

/// The lines of an address under a name, without empty ones.
pub fn lines(address: &Address, words: Words) -> Vec<String> {
    let Address { line1, line2, postal_code, city, region, country } = address;
    let place = if TOWN_FIRST.contains(&country.as_str()) {
        [city.as_str(), &format!("{region} {postal_code}")].map(str::trim).join(", ")
    } else {
        format!("{postal_code} {city}")
    };
    let region = if TOWN_FIRST.contains(&country.as_str()) { "" } else { region };
    let country = words.country(country).unwrap_or(country);
    let lines = [line1, line2, place.trim().trim_matches(','), region, country];
    lines.into_iter().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use words::Language;

    fn written(country: &str, region: &str) -> Vec<String> {
        let address = Address {
            line1: "1 Main Street".into(),
            line2: String::new(),
            postal_code: "10001".into(),
            city: "Springfield".into(),
            region: region.into(),
            country: country.into(),
        };
        lines(&address, Words::from(Language::Dutch))
    }

    #[test]
    fn countries_order_their_places() {
        assert_eq!(written("US", "NY"), ["1 Main Street", "Springfield, NY 10001", "Verenigde Staten"]);
        assert_eq!(written("NL", ""), ["1 Main Street", "10001 Springfield", "Nederland"]);
        assert_eq!(written("ES", "Madrid"), ["1 Main Street", "10001 Springfield", "Madrid", "Spanje"]);
        assert_eq!(lines(&Address::default(), Words::default()), [""; 0]);
    }
}

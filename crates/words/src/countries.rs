//! The countries that people and organizations are in, by their ISO 3166-1 code.

use crate::{Language, Words};

/// Code, English name, Dutch name.
const COUNTRIES: &[(&str, &str, &str)] = &[
    ("AE", "United Arab Emirates", "Verenigde Arabische Emiraten"),
    ("AR", "Argentina", "Argentinië"),
    ("AT", "Austria", "Oostenrijk"),
    ("AU", "Australia", "Australië"),
    ("BE", "Belgium", "België"),
    ("BG", "Bulgaria", "Bulgarije"),
    ("BR", "Brazil", "Brazilië"),
    ("CA", "Canada", "Canada"),
    ("CH", "Switzerland", "Zwitserland"),
    ("CL", "Chile", "Chili"),
    ("CN", "China", "China"),
    ("CY", "Cyprus", "Cyprus"),
    ("CZ", "Czechia", "Tsjechië"),
    ("DE", "Germany", "Duitsland"),
    ("DK", "Denmark", "Denemarken"),
    ("EE", "Estonia", "Estland"),
    ("ES", "Spain", "Spanje"),
    ("FI", "Finland", "Finland"),
    ("FR", "France", "Frankrijk"),
    ("GB", "United Kingdom", "Verenigd Koninkrijk"),
    ("GR", "Greece", "Griekenland"),
    ("HK", "Hong Kong", "Hongkong"),
    ("HR", "Croatia", "Kroatië"),
    ("HU", "Hungary", "Hongarije"),
    ("IE", "Ireland", "Ierland"),
    ("IL", "Israel", "Israël"),
    ("IN", "India", "India"),
    ("IS", "Iceland", "IJsland"),
    ("IT", "Italy", "Italië"),
    ("JP", "Japan", "Japan"),
    ("KR", "South Korea", "Zuid-Korea"),
    ("KW", "Kuwait", "Koeweit"),
    ("LI", "Liechtenstein", "Liechtenstein"),
    ("LT", "Lithuania", "Litouwen"),
    ("LU", "Luxembourg", "Luxemburg"),
    ("LV", "Latvia", "Letland"),
    ("MA", "Morocco", "Marokko"),
    ("MT", "Malta", "Malta"),
    ("MX", "Mexico", "Mexico"),
    ("NL", "Netherlands", "Nederland"),
    ("NO", "Norway", "Noorwegen"),
    ("NZ", "New Zealand", "Nieuw-Zeeland"),
    ("PL", "Poland", "Polen"),
    ("PT", "Portugal", "Portugal"),
    ("RO", "Romania", "Roemenië"),
    ("RS", "Serbia", "Servië"),
    ("SE", "Sweden", "Zweden"),
    ("SG", "Singapore", "Singapore"),
    ("SI", "Slovenia", "Slovenië"),
    ("SK", "Slovakia", "Slowakije"),
    ("SR", "Suriname", "Suriname"),
    ("TR", "Türkiye", "Turkije"),
    ("UA", "Ukraine", "Oekraïne"),
    ("US", "United States", "Verenigde Staten"),
    ("ZA", "South Africa", "Zuid-Afrika"),
];

impl Words {
    /// The name of the country with an ISO 3166-1 code of two capitals; `None` for a code that is not in the list.
    #[must_use]
    pub fn country(self, code: &str) -> Option<&'static str> {
        let index = COUNTRIES.binary_search_by_key(&code, |country| country.0).ok()?;
        Some(self.country_name(&COUNTRIES[index]))
    }

    /// Every country as code and name, by name, for a list to choose from.
    #[must_use]
    pub fn countries(self) -> Vec<(&'static str, &'static str)> {
        let mut countries: Vec<_> = COUNTRIES.iter().map(|country| (country.0, self.country_name(country))).collect();
        countries.sort_by_key(|(_, name)| *name);
        countries
    }

    const fn country_name(self, country: &(&'static str, &'static str, &'static str)) -> &'static str {
        match self.language {
            Language::English => country.1,
            Language::Dutch => country.2,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EN: Words = Words { language: Language::English };
    const NL: Words = Words { language: Language::Dutch };

    #[test]
    fn every_country_is_found_by_its_code() {
        assert!(COUNTRIES.is_sorted_by_key(|country| country.0));
        for country in COUNTRIES {
            assert_eq!((EN.country(country.0), NL.country(country.0)), (Some(country.1), Some(country.2)));
        }
        assert_eq!(EN.country("nl"), None);
        assert_eq!(EN.country("XX"), None);
    }

    #[test]
    fn the_list_is_in_the_order_of_the_reader() {
        assert_eq!((EN.countries()[0], EN.countries().len()), (("AR", "Argentina"), COUNTRIES.len()));
        assert_eq!(NL.countries()[2], ("BE", "België"));
    }

    /// The list is closed: the domain knows exactly the countries that have a name here.
    #[test]
    fn every_country_of_the_domain_has_a_name() {
        let codes: Vec<_> = COUNTRIES.iter().map(|country| country.0).collect();
        assert_eq!(codes, domain::country::COUNTRIES);
    }
}

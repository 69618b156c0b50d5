//! The countries that Zetel knows, by ISO 3166 code, and what is usual in each.

use crate::money::Currency;
use crate::refusal::Refusal;

/// Every known country, in the order of its code.
pub const COUNTRIES: &[&str] = &[
    "AE", "AR", "AT", "AU", "BE", "BG", "BR", "CA", "CH", "CL", "CN", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR",
    "GB", "GR", "HK", "HR", "HU", "IE", "IL", "IN", "IS", "IT", "JP", "KR", "KW", "LI", "LT", "LU", "LV", "MA", "MT",
    "MX", "NL", "NO", "NZ", "PL", "PT", "RO", "RS", "SE", "SG", "SI", "SK", "SR", "TR", "UA", "US", "ZA",
];

/// A country by its ISO 3166 code in any case; nothing typed is no country.
///
/// # Errors
/// [`Refusal::UnknownCountry`].
pub fn code(text: &str) -> Result<Option<String>, Refusal> {
    let code = text.trim().to_ascii_uppercase();
    match code.as_str() {
        "" => Ok(None),
        known if COUNTRIES.contains(&known) => Ok(Some(code)),
        _ => Err(Refusal::UnknownCountry),
    }
}

/// What an organization of a country usually works with; each can be chosen otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountryDefaults {
    /// The currency to buy in.
    pub currency: Currency,
    /// The time zone by IANA name.
    pub time_zone: &'static str,
    /// The language of mails: `en` or `nl`.
    pub language: &'static str,
}

/// What is usual in a known country.
#[must_use]
pub fn defaults(code: &str) -> CountryDefaults {
    let time_zone = ZONES.iter().find(|(country, _)| *country == code).map_or("UTC", |(_, zone)| *zone);
    let currency = match code {
        "GB" => Currency::Gbp,
        "CN" => Currency::Cny,
        "JP" => Currency::Jpy,
        "KW" => Currency::Kwd,
        _ if time_zone.starts_with("Europe/") && !matches!(code, "TR" | "UA") => Currency::Eur,
        "CY" => Currency::Eur,
        _ => Currency::Usd,
    };
    CountryDefaults { currency, time_zone, language: if matches!(code, "NL" | "BE" | "SR") { "nl" } else { "en" } }
}

/// Every time zone that an organization can have, once each, in the order of their names.
#[must_use]
pub fn time_zones() -> Vec<&'static str> {
    let mut zones: Vec<_> = ZONES.iter().map(|(_, zone)| *zone).chain(["UTC"]).collect();
    zones.sort_unstable();
    zones.dedup();
    zones
}

/// The time zones of the known countries, by IANA name; the first of a country is the one where most people live.
const ZONES: &[(&str, &str)] = &[
    ("AE", "Asia/Dubai"),
    ("AR", "America/Argentina/Buenos_Aires"),
    ("AT", "Europe/Vienna"),
    ("AU", "Australia/Sydney"),
    ("AU", "Australia/Adelaide"),
    ("AU", "Australia/Brisbane"),
    ("AU", "Australia/Perth"),
    ("BE", "Europe/Brussels"),
    ("BG", "Europe/Sofia"),
    ("BR", "America/Sao_Paulo"),
    ("BR", "America/Manaus"),
    ("CA", "America/Toronto"),
    ("CA", "America/Edmonton"),
    ("CA", "America/Halifax"),
    ("CA", "America/Vancouver"),
    ("CA", "America/Winnipeg"),
    ("CH", "Europe/Zurich"),
    ("CL", "America/Santiago"),
    ("CN", "Asia/Shanghai"),
    ("CY", "Asia/Nicosia"),
    ("CZ", "Europe/Prague"),
    ("DE", "Europe/Berlin"),
    ("DK", "Europe/Copenhagen"),
    ("EE", "Europe/Tallinn"),
    ("ES", "Europe/Madrid"),
    ("ES", "Atlantic/Canary"),
    ("FI", "Europe/Helsinki"),
    ("FR", "Europe/Paris"),
    ("GB", "Europe/London"),
    ("GR", "Europe/Athens"),
    ("HK", "Asia/Hong_Kong"),
    ("HR", "Europe/Zagreb"),
    ("HU", "Europe/Budapest"),
    ("IE", "Europe/Dublin"),
    ("IL", "Asia/Jerusalem"),
    ("IN", "Asia/Kolkata"),
    ("IS", "Atlantic/Reykjavik"),
    ("IT", "Europe/Rome"),
    ("JP", "Asia/Tokyo"),
    ("KR", "Asia/Seoul"),
    ("KW", "Asia/Kuwait"),
    ("LI", "Europe/Vaduz"),
    ("LT", "Europe/Vilnius"),
    ("LU", "Europe/Luxembourg"),
    ("LV", "Europe/Riga"),
    ("MA", "Africa/Casablanca"),
    ("MT", "Europe/Malta"),
    ("MX", "America/Mexico_City"),
    ("NL", "Europe/Amsterdam"),
    ("NO", "Europe/Oslo"),
    ("NZ", "Pacific/Auckland"),
    ("PL", "Europe/Warsaw"),
    ("PT", "Europe/Lisbon"),
    ("RO", "Europe/Bucharest"),
    ("RS", "Europe/Belgrade"),
    ("SE", "Europe/Stockholm"),
    ("SG", "Asia/Singapore"),
    ("SI", "Europe/Ljubljana"),
    ("SK", "Europe/Bratislava"),
    ("SR", "America/Paramaribo"),
    ("TR", "Europe/Istanbul"),
    ("UA", "Europe/Kyiv"),
    ("US", "America/New_York"),
    ("US", "America/Anchorage"),
    ("US", "America/Chicago"),
    ("US", "America/Denver"),
    ("US", "America/Los_Angeles"),
    ("US", "America/Phoenix"),
    ("US", "Pacific/Honolulu"),
    ("ZA", "Africa/Johannesburg"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_has_a_time_zone_and_only_known_ones_have() {
        for country in COUNTRIES {
            assert!(ZONES.iter().any(|(code, _)| code == country), "{country}");
        }
        assert!(ZONES.iter().all(|(code, _)| COUNTRIES.contains(code)));
    }

    #[test]
    fn every_time_zone_exists() {
        for zone in time_zones() {
            assert!(jiff::tz::TimeZone::get(zone).is_ok(), "{zone}");
        }
    }

    #[test]
    fn a_country_suggests_what_is_usual_there() {
        let usual = |code| {
            let defaults = defaults(code);
            (defaults.currency, defaults.time_zone, defaults.language)
        };
        assert_eq!(usual("NL"), (Currency::Eur, "Europe/Amsterdam", "nl"));
        assert_eq!(usual("GB"), (Currency::Gbp, "Europe/London", "en"));
        assert_eq!(usual("US"), (Currency::Usd, "America/New_York", "en"));
        assert_eq!(usual("CN"), (Currency::Cny, "Asia/Shanghai", "en"));
        assert_eq!(usual("CY"), (Currency::Eur, "Asia/Nicosia", "en"));
        assert_eq!(usual("SR"), (Currency::Usd, "America/Paramaribo", "nl"));
    }
}

//! The countries that Zetel knows, by ISO 3166 code.

/// Every known country, in the order of its code.
pub const COUNTRIES: &[&str] = &[
    "AE", "AR", "AT", "AU", "BE", "BG", "BR", "CA", "CH", "CL", "CN", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR",
    "GB", "GR", "HK", "HR", "HU", "IE", "IL", "IN", "IS", "IT", "JP", "KR", "KW", "LI", "LT", "LU", "LV", "MA", "MT",
    "MX", "NL", "NO", "NZ", "PL", "PT", "RO", "RS", "SE", "SG", "SI", "SK", "SR", "TR", "UA", "US", "ZA",
];

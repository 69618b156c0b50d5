//! VAT numbers as people type them (domain 4.9, R170): the shape and the check digits of each member state and of the
//! United Kingdom. Whether a number was given out, only the authorities know (VIES).

mod checksum;

use crate::refusal::Refusal;
use crate::typed::line;

/// Most characters of a number whose shape Zetel does not know.
const LENGTH_MAX: usize = 30;

/// How the numbers of a country are written.
struct Format {
    /// ISO 3166 code.
    country: &'static str,
    /// What every number begins with; Greece alone has one that is not its code.
    prefix: &'static str,
    /// What follows: `#` is a digit, `@` a letter, `?` either, and anything else itself.
    shapes: &'static [&'static str],
    /// Whether the check digits fit.
    fits: fn(&str) -> bool,
    /// A number that fits.
    example: &'static str,
}

const fn format(
    country: &'static str,
    shapes: &'static [&'static str],
    fits: fn(&str) -> bool,
    example: &'static str,
) -> Format {
    Format { country, prefix: country, shapes, fits, example }
}

const FORMATS: &[Format] = &[
    format("AT", &["U########"], checksum::austria, "ATU13585627"),
    format("BE", &["0#########", "1#########"], checksum::belgium, "BE0428759497"),
    format("BG", &["#########", "##########"], checksum::bulgaria, "BG175074752"),
    format("CY", &["########@"], checksum::cyprus, "CY10259033P"),
    format("CZ", &["########", "#########", "##########"], checksum::czechia, "CZ25123891"),
    format("DE", &["#########"], checksum::iso_7064, "DE136695976"),
    format("DK", &["########"], checksum::denmark, "DK13585628"),
    format("EE", &["#########"], checksum::estonia, "EE100931558"),
    format("ES", &["?#######?"], checksum::spain, "ESB58378431"),
    format("FI", &["########"], checksum::finland, "FI20774740"),
    format("FR", &["??#########"], checksum::france, "FR40303265045"),
    format("GB", &["#########", "############", "GD###", "HA###"], checksum::united_kingdom, "GB980780684"),
    Format { country: "GR", prefix: "EL", shapes: &["#########"], fits: checksum::greece, example: "EL094259216" },
    format("HR", &["###########"], checksum::iso_7064, "HR33392005961"),
    format("HU", &["########"], checksum::hungary, "HU12892312"),
    format("IE", &["#######@", "#######@@", "#@#####@"], checksum::ireland, "IE6433435F"),
    format("IT", &["###########"], checksum::luhn, "IT00743110157"),
    format("LT", &["#########", "############"], checksum::lithuania, "LT119511515"),
    format("LU", &["########"], checksum::luxembourg, "LU15027442"),
    format("LV", &["###########"], checksum::latvia, "LV40003521600"),
    format("MT", &["########"], checksum::malta, "MT11679112"),
    format("NL", &["#########B##"], checksum::netherlands, "NL004495445B01"),
    format("PL", &["##########"], checksum::poland, "PL8567346215"),
    format("PT", &["#########"], checksum::portugal, "PT501964843"),
    format(
        "RO",
        &["##", "###", "####", "#####", "######", "#######", "########", "#########", "##########"],
        checksum::romania,
        "RO18547290",
    ),
    format("SE", &["##########01"], checksum::sweden, "SE123456789701"),
    format("SI", &["########"], checksum::slovenia, "SI50223054"),
    format("SK", &["##########"], checksum::slovakia, "SK2022749619"),
];

/// Reads the tax number of somebody in a country: any case, with spaces, dots and hyphens, with the prefix or without.
/// It is kept in capitals with its prefix. Where Zetel does not know how numbers are written, nearly anything is one.
///
/// # Errors
/// [`Refusal::Required`]; [`Refusal::TaxNumberShape`] for a number that is not written so, or one of another country;
/// [`Refusal::TaxNumberMistyped`] when the check digits do not fit; elsewhere [`Refusal::TooLong`] and
/// [`Refusal::ControlCharacter`].
pub fn check(text: &str, country: &str) -> Result<String, Refusal> {
    let typed: String = text.chars().filter(|letter| !letter.is_whitespace()).collect::<String>().to_uppercase();
    if typed.is_empty() {
        return Err(Refusal::Required);
    }
    let Some(format) = FORMATS.iter().find(|format| format.country == country) else {
        return line(&typed, LENGTH_MAX);
    };
    let bare: String = typed.chars().filter(|letter| !".-/".contains(*letter)).collect();
    // The key of a French number may look like the prefix, so a number without one is tried as it stands, too.
    let readings = [bare.strip_prefix(format.prefix), Some(bare.as_str())];
    let mut shaped = readings.into_iter().flatten().filter(|number| has_shape(number, format.shapes)).peekable();
    if shaped.peek().is_none() {
        return Err(Refusal::TaxNumberShape { example: format.example });
    }
    let fitting = shaped.find(|number| (format.fits)(number)).ok_or(Refusal::TaxNumberMistyped)?;
    Ok(format!("{}{fitting}", format.prefix))
}

fn has_shape(number: &str, shapes: &[&str]) -> bool {
    let is_like = |(letter, shape): (u8, u8)| match shape {
        b'#' => letter.is_ascii_digit(),
        b'@' => letter.is_ascii_uppercase(),
        b'?' => letter.is_ascii_digit() || letter.is_ascii_uppercase(),
        itself => letter == itself,
    };
    shapes.iter().any(|shape| shape.len() == number.len() && number.bytes().zip(shape.bytes()).all(is_like))
}

#[cfg(test)]
mod tests {
    use super::super::tax_rate::is_member_state;
    use super::*;
    use crate::country::COUNTRIES;
    use jiff::civil::date;
    use proptest::prelude::*;

    /// R170.
    #[test]
    fn every_member_state_has_a_format_whose_example_fits() {
        for country in COUNTRIES.iter().filter(|country| is_member_state(country, date(2020, 1, 1))) {
            let format = FORMATS.iter().find(|format| format.country == *country).expect(country);
            assert_eq!(check(format.example, country).as_deref(), Ok(format.example));
        }
        assert_eq!(FORMATS.len(), 28);
    }

    #[test]
    fn a_number_is_read_as_people_type_it() {
        for text in
            ["NL004495445B01", "nl 0044.95.445.b.01", "004495445B01", " NL-004495445-B01 ", "004495445\u{a0}b01"]
        {
            assert_eq!(check(text, "NL").as_deref(), Ok("NL004495445B01"), "{text}");
        }
        assert_eq!(check("el 094259216", "GR").as_deref(), Ok("EL094259216"));
        assert_eq!(check("GR 094259216", "GR"), Err(Refusal::TaxNumberShape { example: "EL094259216" }));
        assert_eq!(check("CHE-116.281.710 mwst", "CH").as_deref(), Ok("CHE-116.281.710MWST"));
    }

    #[test]
    fn what_is_no_number_says_what_one_looks_like() {
        let shape = |example| Err(Refusal::TaxNumberShape { example });
        assert_eq!(check(" ", "NL"), Err(Refusal::Required));
        assert_eq!(check("NL004495445", "NL"), shape("NL004495445B01"));
        assert_eq!(check("BE0428759497", "NL"), shape("NL004495445B01"));
        assert_eq!(check("DE١٣٦٦٩٥٩٧٦", "DE"), shape("DE136695976"));
        assert_eq!(check("DE136695977", "DE"), Err(Refusal::TaxNumberMistyped));
        assert_eq!(check(&"1".repeat(31), "US"), Err(Refusal::TooLong { maximum: 30 }));
        assert_eq!(check("1\u{7}2", "US"), Err(Refusal::ControlCharacter));
    }

    /// Every kind of number that a country gives out.
    #[test]
    fn numbers_of_companies_and_of_people_fit() {
        for (country, numbers) in [
            ("BG", &["BG175074752", "BG7523169263", "BG8032056031"][..]),
            ("CZ", &["CZ25123891", "CZ7103192745", "CZ640903926"]),
            ("ES", &["ESB58378431", "ES54362315K", "ESX2482300W", "ESX5253868R", "ESJ99216582", "ESU99216632"]),
            ("FR", &["FR40303265045", "FR23334175221", "FRK7399859412"]),
            ("GB", &["GB980780684", "GB980780684001", "GBGD001", "GBHA500"]),
            ("IE", &["IE6433435F", "IE6433435OA", "IE8D79739I"]),
            ("LT", &["LT119511515", "LT100001919017"]),
            ("LV", &["LV40003521600", "LV16117519997"]),
            ("NL", &["NL004495445B01", "NL123456789B13"]),
            ("RO", &["RO18547290", "RO1630616"]),
        ] {
            for number in numbers {
                assert_eq!(check(number, country).as_deref(), Ok(*number));
            }
        }
        for (country, number) in [("GB", "GBGD500"), ("GB", "GBHA499"), ("FR", "FR41303265045"), ("IE", "IE8D79739J")] {
            assert_eq!(check(number, country), Err(Refusal::TaxNumberMistyped), "{number}");
        }
    }

    /// What stands after the B of a Dutch number counts only in those given out since 2020.
    #[test]
    fn nearly_every_mistyped_digit_is_noticed() {
        let (mut tried, mut unnoticed) = (0, Vec::new());
        for format in FORMATS {
            let end = format.example.find('B').filter(|_| format.country == "NL").unwrap_or(format.example.len());
            let is_digit = |at: &usize| format.example.as_bytes()[*at].is_ascii_digit();
            for (at, by) in (2..end).filter(is_digit).flat_map(|at| (1..10).map(move |by| (at, by))) {
                let mut number = format.example.as_bytes().to_vec();
                number[at] = b'0' + (number[at] - b'0' + by) % 10;
                let number = String::from_utf8(number).unwrap();
                tried += 1;
                unnoticed.extend(check(&number, format.country).ok());
            }
        }
        assert_eq!((tried, unnoticed.len()), (2_277, 18), "{unnoticed:?}");
    }

    proptest! {
        #[test]
        fn nothing_typed_panics_and_what_is_accepted_is_accepted_again(text in "[ .A-Za-z0-9éß-]{0,16}", chosen in 0..FORMATS.len()) {
            let country = FORMATS[chosen].country;
            if let Ok(number) = check(&text, country) {
                prop_assert_eq!(check(&number, country), Ok(number));
            }
        }
    }
}

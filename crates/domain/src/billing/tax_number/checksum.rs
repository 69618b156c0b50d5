//! The check digits of VAT numbers, as each tax authority published them. Every function gets a number of the right
//! shape, without its prefix.

use super::super::iban::remainder_97;

fn digits(text: &str) -> Vec<u32> {
    text.chars().filter_map(|letter| letter.to_digit(10)).collect()
}

/// The digits as one number; shapes keep it within 12 digits.
fn number(text: &str) -> u64 {
    digits(text).iter().fold(0, |number, digit| number * 10 + u64::from(*digit))
}

/// The sum of each digit times its weight.
fn weighted(digits: &[u32], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum()
}

/// The sum of the digits, where every second from the right, the last but one first, counts double and tens as ones.
fn luhn_sum(text: &str) -> u32 {
    let doubled = |digit: u32| if digit < 5 { digit * 2 } else { digit * 2 - 9 };
    let from_right = digits(text).into_iter().rev().enumerate();
    from_right.map(|(index, digit)| if index % 2 == 1 { doubled(digit) } else { digit }).sum()
}

/// Italy.
pub(super) fn luhn(text: &str) -> bool {
    luhn_sum(text).is_multiple_of(10)
}

/// Germany and Croatia: ISO 7064, modulus 11,10.
pub(super) fn iso_7064(text: &str) -> bool {
    let digits = digits(text);
    let (check, rest) = digits.split_last().expect("a shape has digits");
    let product = rest.iter().fold(10, |product, digit| {
        let sum = (product + digit) % 10;
        if sum == 0 { 20 % 11 } else { sum * 2 % 11 }
    });
    (product + check) % 10 == 1
}

pub(super) fn austria(text: &str) -> bool {
    (luhn_sum(&text[1..8]) + digits(text)[7] + 4).is_multiple_of(10)
}

pub(super) fn belgium(text: &str) -> bool {
    97 - number(&text[..8]) % 97 == number(&text[8..])
}

/// Nine digits are a company; ten are a citizen, a foreigner or something else, each with its own weights.
pub(super) fn bulgaria(text: &str) -> bool {
    let digits = digits(text);
    if digits.len() == 9 {
        let check = match weighted(&digits, &[1, 2, 3, 4, 5, 6, 7, 8]) % 11 {
            10 => weighted(&digits, &[3, 4, 5, 6, 7, 8, 9, 10]) % 11 % 10,
            check => check,
        };
        return check == digits[8];
    }
    let citizen = weighted(&digits, &[2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 % 10;
    let foreigner = weighted(&digits, &[21, 19, 17, 13, 11, 9, 7, 3, 1]) % 10;
    let other = (11 - weighted(&digits, &[4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11;
    [citizen, foreigner, other].contains(&digits[9])
}

pub(super) fn cyprus(text: &str) -> bool {
    const ODD: [u32; 10] = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];
    let worth = |(index, digit): (usize, u32)| if index % 2 == 0 { ODD[digit as usize] } else { digit };
    let sum: u32 = digits(&text[..8]).into_iter().enumerate().map(worth).sum();
    !text.starts_with("12") && text.as_bytes()[8] == b'A' + (sum % 26) as u8
}

/// Eight digits are a company, ten a person; nine are a person born before 1954, without a check digit.
pub(super) fn czechia(text: &str) -> bool {
    let digits = digits(text);
    match digits.len() {
        8 => {
            let check = match (11 - weighted(&digits, &[8, 7, 6, 5, 4, 3, 2]) % 11) % 11 {
                0 => 1,
                check => check % 10,
            };
            digits[0] != 9 && check == digits[7]
        }
        9 => true,
        _ => has_birth_check(text),
    }
}

/// Ten digits that 11 divides; before 1985 people whose check would have been 10 got a 0.
fn has_birth_check(text: &str) -> bool {
    number(&text[..9]) % 11 % 10 == number(&text[9..])
}

pub(super) fn denmark(text: &str) -> bool {
    !text.starts_with('0') && weighted(&digits(text), &[2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)
}

pub(super) fn estonia(text: &str) -> bool {
    weighted(&digits(text), &[3, 7, 1, 3, 7, 1, 3, 7, 1]).is_multiple_of(10)
}

/// People end in a letter that their number gives; companies begin with a letter and end in a digit or its letter.
pub(super) fn spain(text: &str) -> bool {
    let (first, last) = (text.as_bytes()[0], text.as_bytes()[8]);
    let of_person = |digits: &str| b"TRWAGMYFPDXBNJZSQVHLCKE"[(number(digits) % 23) as usize] == last;
    match first {
        b'0'..=b'9' => of_person(&text[..8]),
        b'K' | b'L' | b'M' | b'X' => of_person(&text[1..8]),
        b'Y' => of_person(&format!("1{}", &text[1..8])),
        b'Z' => of_person(&format!("2{}", &text[1..8])),
        b'A'..=b'H' | b'J' | b'N' | b'P'..=b'S' | b'U' | b'V' | b'W' => {
            let check = (10 - luhn_sum(&format!("{}0", &text[1..8])) % 10) % 10;
            last == b'0' + check as u8 || last == b"JABCDEFGHI"[check as usize]
        }
        _ => false,
    }
}

pub(super) fn finland(text: &str) -> bool {
    weighted(&digits(text), &[7, 9, 10, 5, 8, 4, 2, 1]).is_multiple_of(11)
}

/// A key of two digits or letters before the number of the company, which Monaco begins with three zeros.
pub(super) fn france(text: &str) -> bool {
    const LETTERS: &str = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    let (key, company) = text.split_at(2);
    let places: Vec<u64> = key.chars().filter_map(|letter| LETTERS.find(letter)).map(|place| place as u64).collect();
    let fits = match places[..] {
        [_, _] if key.bytes().all(|letter| letter.is_ascii_digit()) => (number(company) * 100 + 12) % 97 == number(key),
        [first, second] => {
            let check = if first < 10 { first * 24 + second - 10 } else { first * 34 + second - 100 };
            (number(company) + 1 + check / 11) % 11 == check % 11
        }
        _ => false,
    };
    fits && (company.starts_with("000") || luhn(company))
}

pub(super) fn greece(text: &str) -> bool {
    weighted(&digits(text), &[256, 128, 64, 32, 16, 8, 4, 2]) % 11 % 10 == digits(text)[8]
}

pub(super) fn hungary(text: &str) -> bool {
    weighted(&digits(text), &[9, 7, 3, 1, 9, 7, 3, 1]).is_multiple_of(10)
}

/// A second letter counts nine times; older numbers have a letter where later ones have their second digit.
pub(super) fn ireland(text: &str) -> bool {
    const LETTERS: &[u8] = b"WABCDEFGHIJKLMNOPQRSTUV";
    let bytes = text.as_bytes();
    let (counted, second) = if bytes[1].is_ascii_digit() {
        (text[..7].to_owned(), bytes.get(8).copied().unwrap_or(b'W'))
    } else {
        (format!("0{}{}", &text[2..7], &text[..1]), b'W')
    };
    let Some(place) = LETTERS.iter().position(|letter| *letter == second) else { return false };
    let sum = weighted(&digits(&counted), &[8, 7, 6, 5, 4, 3, 2]) as usize + 9 * place;
    LETTERS[sum % 23] == bytes[7]
}

pub(super) fn lithuania(text: &str) -> bool {
    let digits = digits(text);
    let (check, rest) = digits.split_last().expect("a shape has digits");
    let sum = |first: u32| -> u32 { (first..).zip(rest).map(|(weight, digit)| (weight % 9 + 1) * digit).sum() };
    let expected = match sum(0) % 11 {
        10 => sum(2) % 11 % 10,
        expected => expected,
    };
    rest.last() == Some(&1) && expected == *check
}

pub(super) fn luxembourg(text: &str) -> bool {
    number(&text[..6]) % 89 == number(&text[6..])
}

/// Companies begin above 3, people below.
pub(super) fn latvia(text: &str) -> bool {
    let digits = digits(text);
    if digits[0] > 3 {
        return weighted(&digits, &[9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1]) % 11 == 3;
    }
    (1 + weighted(&digits, &[10, 5, 8, 4, 2, 1, 6, 3, 7, 9])) % 11 % 10 == digits[10]
}

pub(super) fn malta(text: &str) -> bool {
    weighted(&digits(text), &[3, 4, 6, 7, 8, 9, 10, 1]).is_multiple_of(37)
}

/// Before 2020 the digits before the B had a check of their own; since then the whole number has one.
pub(super) fn netherlands(text: &str) -> bool {
    let digits = digits(&text[..9]);
    let has_old_check = weighted(&digits, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11 == digits[8];
    !text.ends_with("B00") && (has_old_check || remainder_97(&format!("NL{text}")) == 1)
}

pub(super) fn poland(text: &str) -> bool {
    weighted(&digits(text), &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 == digits(text)[9]
}

pub(super) fn portugal(text: &str) -> bool {
    let check = (11 - weighted(&digits(text), &[9, 8, 7, 6, 5, 4, 3, 2]) % 11) % 11 % 10;
    !text.starts_with('0') && check == digits(text)[8]
}

pub(super) fn romania(text: &str) -> bool {
    let digits = digits(&format!("{text:0>10}"));
    !text.starts_with('0') && weighted(&digits, &[7, 5, 3, 2, 1, 7, 5, 3, 2]) * 10 % 11 % 10 == digits[9]
}

pub(super) fn sweden(text: &str) -> bool {
    luhn(&text[..10])
}

pub(super) fn slovenia(text: &str) -> bool {
    let check = 11 - weighted(&digits(text), &[8, 7, 6, 5, 4, 3, 2]) % 11;
    !text.starts_with('0') && check != 11 && check % 10 == digits(text)[7]
}

/// Companies and people alike.
pub(super) fn slovakia(text: &str) -> bool {
    has_birth_check(text)
}

/// Government departments and health authorities have three digits; all others nine, and branches three more.
pub(super) fn united_kingdom(text: &str) -> bool {
    match text.split_at(2) {
        ("GD", department) => number(department) < 500,
        ("HA", authority) => number(authority) >= 500,
        _ => {
            let sum = u64::from(weighted(&digits(text), &[8, 7, 6, 5, 4, 3, 2])) + number(&text[7..9]);
            [0, 42, 55].contains(&(sum % 97))
        }
    }
}

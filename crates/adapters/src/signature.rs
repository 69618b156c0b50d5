//! Signatures of what a gateway reports: the time and an HMAC-SHA256 over time and body, as
//! `t=1579082400,v1=5257a8...`. Stripe's scheme; the sandbox uses it, too.

use app::ports::NoticeRefused;
use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use sha2::Sha256;

/// How far the clocks of the gateway and of this machine may be apart, and how long a report may travel.
const TOLERANCE: SignedDuration = SignedDuration::from_mins(5);

/// The signature of a body at an instant.
pub(crate) fn sign(secret: &str, body: &[u8], at: Timestamp) -> String {
    let at = at.as_second();
    let code = code(secret, &at.to_string(), body).finalize().into_bytes();
    let hex: String = code.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("t={at},v1={hex}")
}

/// Whether the signature belongs to the body and is of now. Any of several codes may fit, as while a secret is
/// replaced.
pub(crate) fn verify(secret: &str, signature: &str, body: &[u8], now: Timestamp) -> Result<(), NoticeRefused> {
    let parts = || signature.split(',').filter_map(|part| part.trim().split_once('='));
    let at = parts().find(|(name, _)| *name == "t").map(|(_, at)| at).ok_or(NoticeRefused::Forged)?;
    // Compared in a time that does not tell how much of it was right.
    let fits =
        |(_, hex): (&str, &str)| bytes(hex).is_some_and(|found| code(secret, at, body).verify_slice(&found).is_ok());
    if !parts().filter(|(name, _)| *name == "v1").any(fits) {
        return Err(NoticeRefused::Forged);
    }
    let at = at.parse().ok().and_then(|at| Timestamp::from_second(at).ok()).ok_or(NoticeRefused::Forged)?;
    if now.duration_since(at).abs() > TOLERANCE { Err(NoticeRefused::Stale) } else { Ok(()) }
}

fn code(secret: &str, at: &str, body: &[u8]) -> Hmac<Sha256> {
    let mut code = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("a key of any length is one");
    code.update(at.as_bytes());
    code.update(b".");
    code.update(body);
    code
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> =
        hex.chars().map(|digit| digit.to_digit(16).and_then(|digit| u8::try_from(digit).ok())).collect();
    digits.map(|digits| digits.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| byte * 16 + digit)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &[u8] = br#"{"id":"evt_1"}"#;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("a time")
    }

    /// The code was computed with another implementation: `openssl dgst -sha256 -hmac whsec_test`.
    #[test]
    fn a_signature_is_what_others_compute() {
        let signature = "t=1579082400,v1=08ec7e0c729f81e9448c95f12afc600426b0a0e137dd9743818def100598646d";
        assert_eq!(sign("whsec_test", BODY, at(1_579_082_400)), signature);
        assert_eq!(verify("whsec_test", signature, BODY, at(1_579_082_400)), Ok(()));
    }

    #[test]
    fn five_minutes_are_tolerated_in_both_directions() {
        let signature = sign("secret", BODY, at(1_000_000));
        for (now, expected) in [
            (1_000_300, Ok(())),
            (999_700, Ok(())),
            (1_000_301, Err(NoticeRefused::Stale)),
            (999_699, Err(NoticeRefused::Stale)),
        ] {
            assert_eq!(verify("secret", &signature, BODY, at(now)), expected, "{now}");
        }
    }

    #[test]
    fn what_others_signed_or_changed_is_refused() {
        let now = at(1_000_000);
        let signature = sign("secret", BODY, now);
        let code = signature.split_once("v1=").expect("a code").1;
        assert_eq!(verify("another", &signature, BODY, now), Err(NoticeRefused::Forged));
        assert_eq!(verify("secret", &signature, b"{}", now), Err(NoticeRefused::Forged));
        for forged in [
            String::new(),
            "v1=00".to_owned(),
            format!("v1={code}"),
            format!("t=1000001,v1={code}"),
            format!("t=1000000,v0={code}"),
            format!("t=1000000,v1={}", &code[2..]),
            "t=1000000,v1=zz".to_owned(),
        ] {
            assert_eq!(verify("secret", &forged, BODY, now), Err(NoticeRefused::Forged), "{forged}");
        }
        assert_eq!(verify("secret", &format!("t=1000000,v1=00,v1={code}"), BODY, now), Ok(()));
    }
}

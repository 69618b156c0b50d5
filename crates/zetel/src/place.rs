//! Where this Zetel stands: its cloud, whose names its pages have, and who helps its people.

use admin::web::Settings;
use clap::Args;
use domain::cloud::PageNames;
use domain::organization::Cloud;

/// The settings of a place.
#[derive(Args, Clone, Default)]
pub struct PlaceSettings {
    /// The cloud that organizations are in (worldwide, germany, 21vianet); an operator may choose another one for an
    /// organization when making it.
    #[arg(long, env = "ZETEL_CLOUD", default_value_t)]
    pub cloud: Cloud,
    /// The year whose names pages have: 2021, or 2020 when each cloud had its own name for Your products.
    #[arg(long, env = "ZETEL_PAGE_NAMES", default_value_t)]
    page_names: PageNames,
    /// Where your people get help beyond the pages: an address that begins with https:, mailto: or tel:.
    #[arg(long, env = "ZETEL_SUPPORT_URL", value_parser = support_url)]
    support_url: Option<String>,
}

impl PlaceSettings {
    /// Settings of the pages with what is set here.
    pub fn settings(&self) -> Settings {
        Settings {
            cloud: self.cloud,
            page_names: self.page_names,
            support_url: self.support_url.clone(),
            ..Settings::default()
        }
    }
}

fn support_url(typed: &str) -> Result<String, String> {
    let is_known = ["https:", "mailto:", "tel:"].iter().any(|scheme| typed.starts_with(scheme));
    let is_known = is_known && !typed.contains(char::is_whitespace);
    if is_known { Ok(typed.to_owned()) } else { Err("it begins with https:, mailto: or tel:".to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn support_is_a_page_a_mail_address_or_a_number() {
        for good in ["https://support.example/zetel", "mailto:help@example.com", "tel:+31201234567"] {
            assert_eq!(support_url(good), Ok(good.to_owned()));
        }
        for wrong in ["", "javascript:alert(1)", "http://support.example", "help@example.com", "https://a b"] {
            assert!(support_url(wrong).is_err(), "{wrong}");
        }
    }
}

//! The sentences, one file per area; a sentence that several areas say is in `common`.

mod add_ons;
mod api;
mod auto_claim;
mod billing_profiles;
mod billing_roles;
mod billing_rules;
mod clouds;
mod command_line;
mod common;
mod credit_check;
mod errors;
mod groups;
#[cfg(test)]
mod help_labels;
mod history;
mod home;
mod invoice_document;
mod invoices;
mod jobs;
mod license_requests;
mod licenses;
mod life;
mod mails;
mod navigation;
mod operator;
mod operator_billing;
mod organization;
mod outbox;
mod partners;
mod payment_methods;
mod payments;
mod people;
mod plan_change;
mod product_keys;
mod purchase;
mod quantity;
mod refusals;
mod roles;
mod self_service;
mod sign_in;
mod start_day;
mod statuses;
mod subscription;
mod trials;
mod your_products;

/// A sentence as the tests read it: its forms in each language, singular first where it has one.
#[cfg(test)]
#[derive(Debug)]
struct Sentence {
    name: &'static str,
    english: &'static [&'static str],
    dutch: &'static [&'static str],
}

#[cfg(test)]
const AREAS: &[&[Sentence]] = &[
    add_ons::SENTENCES,
    start_day::SENTENCES,
    api::SENTENCES,
    auto_claim::SENTENCES,
    command_line::SENTENCES,
    billing_profiles::SENTENCES,
    billing_roles::SENTENCES,
    billing_rules::SENTENCES,
    clouds::SENTENCES,
    common::SENTENCES,
    credit_check::SENTENCES,
    errors::SENTENCES,
    groups::SENTENCES,
    history::SENTENCES,
    home::SENTENCES,
    invoice_document::SENTENCES,
    invoices::SENTENCES,
    jobs::SENTENCES,
    license_requests::SENTENCES,
    licenses::SENTENCES,
    life::SENTENCES,
    mails::SENTENCES,
    navigation::SENTENCES,
    operator::SENTENCES,
    operator_billing::SENTENCES,
    organization::SENTENCES,
    outbox::SENTENCES,
    partners::SENTENCES,
    payments::SENTENCES,
    payment_methods::SENTENCES,
    people::SENTENCES,
    plan_change::SENTENCES,
    product_keys::SENTENCES,
    purchase::SENTENCES,
    quantity::SENTENCES,
    refusals::SENTENCES,
    roles::SENTENCES,
    self_service::SENTENCES,
    sign_in::SENTENCES,
    statuses::SENTENCES,
    subscription::SENTENCES,
    trials::SENTENCES,
    your_products::SENTENCES,
];

#[cfg(test)]
mod tests {
    use super::{AREAS, Sentence};
    use std::collections::{BTreeMap, BTreeSet};

    /// Sentences that are the same in both languages.
    const SAME_IN_BOTH: &[&str] = &[
        "bic",
        "bytes",
        "catalog_guid",
        "channel_prepaid",
        "channel_reseller",
        "channel_volume_partner",
        "cli_database",
        "cloud",
        "cloud_china",
        "currency_cny",
        "currency_eur",
        "details",
        "dry_run_orders",
        "event_customer_served",
        "history_by_operator",
        "history_by_partner",
        "partner",
        "partners",
        "iban",
        "key_control",
        "in_conflict",
        "order_items",
        "ledger_bank",
        "organization_status_sandbox",
        "person_account",
        "plan_price_choice",
        "product",
        "scheduled_change_of_plan",
        "purchase_way",
        "role_operator",
        "sku",
        "spend_of_month",
        "status",
    ];

    /// English sentences that need more than one Dutch one.
    const SEVERAL_IN_DUTCH: &[&str] = &[];

    fn all() -> impl Iterator<Item = &'static Sentence> {
        AREAS.iter().copied().flatten()
    }

    fn forms() -> impl Iterator<Item = (&'static str, &'static str)> {
        all().flat_map(|sentence| sentence.english.iter().chain(sentence.dutch).map(|form| (sentence.name, *form)))
    }

    /// The words of a sentence in small letters, without punctuation and without its arguments.
    fn words_of(form: &str) -> Vec<String> {
        form.split(|character: char| !character.is_alphanumeric() && !"{}_'".contains(character))
            .filter(|word| !word.is_empty() && !word.contains(['{', '}']))
            .map(str::to_lowercase)
            .collect()
    }

    fn placeholders(forms: &[&'static str]) -> BTreeSet<&'static str> {
        forms
            .iter()
            .flat_map(|form| form.split('{').skip(1))
            .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
            .collect()
    }

    #[test]
    fn sentences_neither_beg_nor_shout() {
        const BANNED: &[&str] = &["please", "oops", "sorry", "alstublieft", "helaas"];
        for (name, form) in forms() {
            assert!(!form.contains('!'), "{name}: {form}");
            assert!(!words_of(form).iter().any(|word| BANNED.contains(&word.as_str())), "{name}: {form}");
            assert!(!form.is_empty() && form.trim() == form && !form.contains("  "), "{name}: {form:?}");
        }
    }

    /// D28.
    #[test]
    fn english_is_spelled_as_in_the_united_states() {
        const BANNED: &[&str] = &[
            "licence",
            "licences",
            "licenced",
            "cancelled",
            "cancelling",
            "organisation",
            "organisations",
            "colour",
            "centre",
            "catalogue",
            "authorise",
            "authorised",
            "recognise",
            "cheque",
            "favour",
            "unauthorised",
        ];
        for sentence in all() {
            for form in sentence.english {
                let banned: Vec<_> =
                    words_of(form).into_iter().filter(|word| BANNED.contains(&word.as_str())).collect();
                assert!(banned.is_empty(), "{}: {banned:?} in {form}", sentence.name);
            }
        }
    }

    #[test]
    fn dutch_is_formal_and_has_no_english_left() {
        const BANNED: &[&str] = &[
            "the",
            "your",
            "and",
            "with",
            "for",
            "this",
            "that",
            "license",
            "licenses",
            "subscription",
            "subscriptions",
            "user",
            "users",
            "product's",
            "je",
            "jij",
            "jouw",
            "jullie",
            "annuleren",
        ];
        for sentence in all() {
            for form in sentence.dutch {
                let banned: Vec<_> =
                    words_of(form).into_iter().filter(|word| BANNED.contains(&word.as_str())).collect();
                assert!(banned.is_empty(), "{}: {banned:?} in {form}", sentence.name);
            }
        }
    }

    #[test]
    fn the_languages_differ_except_where_a_word_is_the_same() {
        let same: BTreeSet<_> =
            all().filter(|sentence| sentence.english == sentence.dutch).map(|sentence| sentence.name).collect();
        assert_eq!(same, SAME_IN_BOTH.iter().copied().collect(), "a sentence is missing or stale in the list");
    }

    #[test]
    fn one_english_sentence_has_one_dutch_one() {
        let mut dutch: BTreeMap<&[&str], BTreeSet<&[&str]>> = BTreeMap::new();
        for sentence in all() {
            dutch.entry(sentence.english).or_default().insert(sentence.dutch);
        }
        let several: BTreeSet<_> =
            dutch.iter().filter(|(_, translations)| translations.len() > 1).map(|(english, _)| english[0]).collect();
        assert_eq!(several, SEVERAL_IN_DUTCH.iter().copied().collect(), "a sentence is missing or stale in the list");
    }

    #[test]
    fn both_languages_hold_the_same_arguments() {
        for sentence in all() {
            let english = placeholders(sentence.english);
            assert_eq!(english, placeholders(sentence.dutch), "{}", sentence.name);
        }
    }

    #[test]
    fn a_sentence_is_said_once() {
        let mut names: BTreeMap<(&[&str], &[&str]), Vec<&str>> = BTreeMap::new();
        for sentence in all() {
            names.entry((sentence.english, sentence.dutch)).or_default().push(sentence.name);
        }
        let twice: Vec<_> = names.into_values().filter(|names| names.len() > 1).collect();
        assert!(twice.is_empty(), "the same sentence under several names: {twice:?}");
    }
}

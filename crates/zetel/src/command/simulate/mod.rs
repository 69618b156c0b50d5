//! `zetel simulate`: plays a scenario file on a throw-away organization and clock, and prints what came of it.

mod act;
mod find;
mod mistake;
mod play;
mod report;
pub mod scenario;
mod stage;

use super::Outcome;
use clap::Args;
use mistake::Mistake;
use scenario::Scenario;
use std::path::PathBuf;

/// Play a scenario of purchases and changes on a clock of its own, and print invoices, payments and ledger as JSON.
#[derive(Args)]
pub struct Simulate {
    /// The scenario, as JSON (see docs/simulate.md).
    file: PathBuf,
}

impl Simulate {
    /// Plays the file; fails with the place in the file when a step goes otherwise than it says.
    pub fn run(self) -> Outcome {
        let named = self.file.display().to_string();
        let text = std::fs::read_to_string(&self.file).map_err(|error| format!("{named}: {error}"))?;
        let report = simulate(&text).map_err(|mistake| format!("{named}: {mistake}"))?;
        out!("{}", serde_json::to_string_pretty(&report)?);
        Ok(())
    }
}

/// Reads a scenario and plays it; every mistake is named by its line and its field.
fn simulate(text: &str) -> Result<serde_json::Value, String> {
    let said = |mistakes: Vec<Mistake>| mistakes.iter().map(|wrong| wrong.said(text)).collect::<Vec<_>>().join("; ");
    play::play(&read(text)?).map_err(said)
}

/// Reads a scenario; a mistake is named by its field and its line.
fn read(text: &str) -> Result<Scenario, String> {
    let reader = &mut serde_json::Deserializer::from_str(text);
    let scenario: Scenario = serde_path_to_error::deserialize(&mut *reader).map_err(|error| {
        let path = error.path().to_string();
        let inner = error.into_inner();
        // A file that ends in the middle, or holds something else, has no field to name.
        let field = Some(path).filter(|path| !matches!(path.as_str(), "." | "?"));
        format!("line {}{}: {inner}", inner.line(), field.map_or_else(String::new, |field| format!(", {field}")))
    })?;
    reader.end().map_err(|error| format!("line {}: {error}", error.line()))?;
    Ok(scenario)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The schema that is published is that of the program.
    #[test]
    fn the_published_schema_is_current() {
        let schema = serde_json::to_string_pretty(&schemars::schema_for!(Scenario)).expect("a schema is JSON") + "\n";
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/simulate.schema.json");
        if std::env::var_os("ZETEL_UPDATE").is_some() {
            std::fs::write(path, &schema).expect("the file can be written");
        }
        let published = std::fs::read_to_string(path).expect("the schema is there");
        assert_eq!(published, schema, "run this test with ZETEL_UPDATE=1");
    }

    /// Domain 4.9, R76 to R82, R84 to R86, R163, R171: the worked examples, as a user would write them. R81: licenses bought in the middle of a
    /// billing period are on the next invoice with a part of their price.
    #[test]
    fn the_published_examples_come_out_as_they_say() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/simulate");
        let mut played = 0;
        for file in std::fs::read_dir(folder).expect("the examples are there") {
            let path = file.expect("it can be read").path();
            let text = std::fs::read_to_string(&path).expect("it is text");
            let report = simulate(&text).unwrap_or_else(|mistake| panic!("{}: {mistake}", path.display()));
            let others = report["others"].as_object().into_iter().flatten().map(|(_, other)| other);
            for organization in others.chain([&report]) {
                let rows = organization["ledger"].as_array().expect("a list");
                let side = |side: &str| rows.iter().map(|row| cents(&row[side])).sum::<i64>();
                assert_eq!(side("debit"), side("credit"), "{}", path.display());
            }
            played += 1;
        }
        assert_eq!(played, 28);
    }

    fn cents(amount: &serde_json::Value) -> i64 {
        amount.as_str().expect("an amount").replace('.', "").parse().expect("digits")
    }

    const WHOLE: &str = r#"{
  "catalog": [{"product": "Office", "prices": [
    {"term": "annual", "billing_frequency": "monthly", "unit_price": "10.00"}]}],
  "people": ["Anna",
    "Bram"],
  "others": [{"name": "Noordzee"}],
  "steps": [{"at": "2020-01-15", "do": {"buy": {"subscription": "a", "product": "Office", "quantity": 5,
    "term": "annual", "billing_frequency": "monthly"}}},
    {"at": "2020-01-16",
      "by": "Admin",
      "do": {"assign": {"subscription": "a",
        "people": ["Anna",
          "Bram"]}}}
  ]
}"#;

    fn mistake(from: &str, to: &str) -> String {
        assert!(WHOLE.contains(from), "{from}");
        simulate(&WHOLE.replacen(from, to, 1)).expect_err("a mistake")
    }

    const STEP: &str = r#"{"assign": {"subscription": "a",
        "people": ["Anna",
          "Bram"]}}"#;

    /// What is replaced by what, and what is said then.
    const MISTAKES: &[(&str, &str, &str)] = &[
        ("10.00", "ten", r#"line 3, catalog[0].prices[0].unit_price: "ten" is no amount"#),
        (r#""Bram"],"#, r#""Anna"],"#, r#"line 5, people[1]: "Anna" is there already"#),
        (r#""Noordzee""#, r#""Waterland""#, r#"line 6, others[0].name: "Waterland" is there already"#),
        (r#""Noordzee"}"#, r#""N", "time_zone": "Sea"}"#, r#"line 6, others[0].time_zone: "Sea" is unknown"#),
        (r#""Noordzee"}"#, r#""N", "country": "XX"}"#, "line 6, others[0].country: refused with unknown_country"),
        (
            r#""people": ["Anna","#,
            r#""organization": {"tax_number": "NL1"}, "people": ["Anna","#,
            "line 4, organization.tax_number: refused with tax_number_shape",
        ),
        (
            r#""people": ["Anna","#,
            r#""seller": {"invoice_prefix": "Z/"}, "people": ["Anna","#,
            "line 4, seller.invoice_prefix: refused with prefix_shape",
        ),
        (
            r#""product": "Office", "quantity""#,
            r#""product": "Word", "quantity""#,
            r#"line 7, steps[0].do.buy.product: no product is named "Word""#,
        ),
        (
            r#"    "term": "annual""#,
            r#"    "term": "monthly""#,
            r#"line 7, steps[0].do.buy.product: the catalog has no "Office" for this term and billing frequency in EUR"#,
        ),
        (r#""quantity": 5"#, r#""quantity": 0"#, "line 7, steps[0].do.buy.quantity: refused with out_of_range"),
        ("2020-01-16", "2020-01-14", "line 9, steps[1].at: it lies before the step above"),
        ("2020-01-16", "9001-01-01", "line 9, steps[1].at: it lies after 9000-12-31"),
        (r#""steps""#, "\"until\": \"2020-01-15\",\n\"steps\"", "line 7, until: it lies before the last step"),
        ("10.00", "1000000.01", r#"line 3, catalog[0].prices[0].unit_price: "1000000.01" is above 1000000.00"#),
        (
            r#""10.00"}]"#,
            "\"10.00\"},\n{\"term\": \"annual\", \"billing_frequency\": \"monthly\", \"unit_price\": \"9.00\"}]",
            "line 4, catalog[0].prices[1]: there is a price for this already",
        ),
        (
            r#""10.00"}]}]"#,
            "\"10.00\"}]},\n{\"product\": \"Office\"}]",
            r#"line 4, catalog[1].product: "Office" is there already"#,
        ),
        (
            r#""Noordzee"}"#,
            "\"N\",\n\"refund_days\": 367}",
            "line 7, others[0].refund_days: refused with above_maximum",
        ),
        (
            r#""people": ["Anna","#,
            "\"organization\": {\"payment_terms_days\": 181,\n\"undo_days\": 90}, \"people\": [\"Anna\",",
            "line 4, organization.payment_terms_days: refused with above_maximum",
        ),
        (
            r#""people": ["Anna","#,
            "\"organization\": {\"payment_terms_days\": 180,\n\"undo_days\": 91}, \"people\": [\"Anna\",",
            "line 5, organization.undo_days: refused with above_maximum",
        ),
        (r#""by": "Admin""#, r#""by": "Noor""#, r#"line 10, steps[1].by: nobody is named "Noor""#),
        (
            r#""by": "Admin""#,
            r#""refused": "too_many""#,
            "line 10, steps[1].refused: it succeeded, and too_many was expected",
        ),
        (r#""Bram"]}"#, r#""Noor"]}"#, r#"line 13, steps[1].do.assign.people[1]: nobody is named "Noor""#),
    ];

    /// Acts in the place of the second step, and what is said of them after the number of the step.
    const ACTS: &[(&str, &str)] = &[
        (
            r#"{"assign": {"subscription": "b", "people": []}}"#,
            r#"line 11, steps[1].do.assign.subscription: nothing is named "b""#,
        ),
        (
            "{\"redeem_keys\": {\"subscription\": \"b\",\n\"start\": [\"k\"]}}",
            r#"line 12, steps[1].do.redeem_keys.start[0]: no key is named "k""#,
        ),
        (
            r#"{"redeem_keys": {"subscription": "b", "add": []}}"#,
            r#"line 11, steps[1].do.redeem_keys.subscription: nothing is named "b""#,
        ),
        (
            r#"{"take_over": {"subscription": "a"}}"#,
            "line 11, steps[1].do.take_over.move_to: say where its people move, or the reason why it is canceled",
        ),
        (
            "{\"move_to_billing_profile\": {\"subscription\": \"a\",\n\"billing_profile\": \"Zuid\"}}",
            r#"line 12, steps[1].do.move_to_billing_profile.billing_profile: no billing profile is named "Zuid""#,
        ),
        (
            r#"{"accept_partner": {"partner": "Zuid"}}"#,
            r#"line 11, steps[1].do.accept_partner.partner: no organization is named "Zuid""#,
        ),
        (r#"{"suspend": {"subscription": "b"}}"#, r#"line 11, steps[1].do.suspend.subscription: nothing is named "b""#),
        (
            r#"{"set_self_service_policy": {"product": "Word", "value": "disabled"}}"#,
            r#"line 11, steps[1].do.set_self_service_policy.product: no product is named "Word""#,
        ),
        (
            r#"{"set_guest": {"person": "Noor", "guest": true}}"#,
            r#"line 11, steps[1].do.set_guest.person: nobody is named "Noor""#,
        ),
        (
            r#"{"sign_up": {"subscription": "a", "product": "Office"}}"#,
            r#"line 11, steps[1].do.sign_up.subscription: "a" is the name of another subscription"#,
        ),
        (
            r#"{"make_keys": {"keys": ["k"], "product": "Office", "quantity": 1, "term": "annual"}}"#,
            "line 10, steps[1].by: nobody of the scenario does this",
        ),
        (
            r#"{"buy": {"subscription": "b", "product": "Office", "quantity": 1, "term": "annual", "starts_on": "soon"}}"#,
            "line 11, steps[1].do.buy.starts_on",
        ),
        (r#"{"sell": {"subscription": "b", "licenses": 3}}"#, "line 11, steps[1].do.sell.licenses"),
        (
            r#"{"buy": {"subscription": "b", "product": "Office", "quantity": 1, "term": "annual",
                "billing_frequency": "monthly", "starts_on": "2019-12-31"}}"#,
            "line 12, steps[1].do.buy.starts_on: refused with ",
        ),
        (r#"{"sell_all": {}}"#, "line 11, steps[1].do: unknown variant `sell_all`"),
    ];

    /// What the operator does, in the place of the second step: numbers out of their range.
    #[test]
    fn a_rule_out_of_range_is_named_by_line_and_field() {
        for (field, value) in [("refund_days", 367), ("payment_terms_days", 181), ("undo_days", 91)] {
            let act = format!("{{\"change_billing_rules\": {{\"rules\": {{\n\"{field}\": {value}}}}}}}");
            let text = WHOLE.replace(STEP, &act).replace("\"by\": \"Admin\",", "");
            let place = format!("line 12, steps[1].do.change_billing_rules.rules.{field}");
            assert_eq!(simulate(&text), Err(format!("{place}: refused with above_maximum")));
            let within = text.replace(&value.to_string(), &(value - 1).to_string());
            assert!(simulate(&within).is_ok(), "{field}");
        }
    }

    /// What cannot be read.
    #[test]
    fn a_mistake_in_the_file_is_named_by_line_and_field() {
        assert!(simulate(WHOLE).is_ok());
        let place = |from: &str, to: &str| mistake(from, to).split(": ").next().map(str::to_owned);
        let at = |place: &str| Some(place.to_owned());
        assert_eq!(place("\"quantity\": 5", "\"quantity\": -5"), at("line 7, steps[0].do.buy.quantity"));
        assert_eq!(place("    \"term\": \"annual\"", "    \"term\": \"weekly\""), at("line 8, steps[0].do.buy.term"));
        assert_eq!(place("2020-01-15", "2020-02-30"), at("line 7, steps[0].at"));
        assert!(mistake("\"steps\"", "\"step\"").starts_with("line 7, "));
        assert_eq!(simulate("{\n"), Err("line 2: EOF while parsing an object at line 2 column 0".to_owned()));
    }

    /// What can be read and not be played is named by its place all the same.
    #[test]
    fn a_mistake_in_what_happens_is_named_by_line_and_field() {
        for (from, to, says) in MISTAKES {
            assert_eq!(mistake(from, to), *says);
        }
        for (act, says) in ACTS {
            let said = mistake(STEP, act);
            assert!(said.starts_with(says), "{said}");
        }
    }

    /// Everything that is otherwise than expected is named, each at its place.
    #[test]
    fn what_is_not_as_expected_is_named_by_line_and_field() {
        let expect = "{\"expect\": {\"subscription\": \"a\",\n\"quantity\": 6,\n\"invoices\": [\"1.00\"]}}";
        let text = WHOLE.replace(STEP, expect).replace("\"by\": \"Admin\",", "");
        assert_eq!(
            simulate(&text).expect_err("it is otherwise"),
            "line 12, steps[1].do.expect.quantity: it is 5, and 6 was expected; \
             line 13, steps[1].do.expect.invoices: it is 50.00, and 1.00 was expected"
        );
    }
}

//! `zetel simulate`: plays a scenario file on a throw-away organization and clock, and prints what came of it.

mod money;
mod play;
mod report;
pub mod scenario;
mod stage;

use super::Outcome;
use clap::Args;
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
        let scenario = read(&text).map_err(|mistake| format!("{named}: {mistake}"))?;
        let report = play::play(&scenario).map_err(|mistake| format!("{named}: {mistake}"))?;
        println!("{}", serde_json::to_string_pretty(&report)?);
        Ok(())
    }
}

/// Reads a scenario; a mistake is named by its field and its line.
fn read(text: &str) -> Result<Scenario, String> {
    let reader = &mut serde_json::Deserializer::from_str(text);
    let scenario: Scenario = serde_path_to_error::deserialize(&mut *reader).map_err(|error| {
        let path = error.path().to_string();
        let inner = error.into_inner();
        format!("line {}, {path}: {inner}", inner.line())
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

    /// Domain 4.9, R79 to R82: the worked examples, as a user would write them. R81: licenses bought in the middle of a
    /// billing period are on the next invoice with a part of their price.
    #[test]
    fn the_published_examples_come_out_as_they_say() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/simulate");
        let mut played = 0;
        for file in std::fs::read_dir(folder).expect("the examples are there") {
            let path = file.expect("it can be read").path();
            let text = std::fs::read_to_string(&path).expect("it is text");
            let scenario = read(&text).unwrap_or_else(|mistake| panic!("{}: {mistake}", path.display()));
            let report = play::play(&scenario).unwrap_or_else(|mistake| panic!("{}: {mistake}", path.display()));
            let side = |side: &str| {
                report["ledger"].as_array().expect("a list").iter().map(|row| cents(&row[side])).sum::<i64>()
            };
            assert_eq!(side("debit"), side("credit"), "{}", path.display());
            played += 1;
        }
        assert!(played >= 4, "{played} examples");
    }

    fn cents(amount: &serde_json::Value) -> i64 {
        amount.as_str().expect("an amount").replace('.', "").parse().expect("digits")
    }

    #[test]
    fn a_mistake_in_the_file_is_named_by_line_and_field() {
        let whole = r#"{
  "catalog": [{"product": "Office", "prices": [
    {"term": "annual", "billing_frequency": "monthly", "unit_price": "10.00"}]}],
  "steps": [{"at": "2020-01-15", "do": {"buy": {"subscription": "a", "product": "Office", "quantity": 5,
    "term": "annual", "billing_frequency": "monthly"}}}]
}"#;
        assert!(read(whole).is_ok());
        let mistake = |from: &str, to: &str| {
            let scenario = read(&whole.replace(from, to));
            scenario
                .and_then(|scenario| play::play(&scenario).map_err(|error| error.to_string()))
                .expect_err("a mistake")
        };
        assert!(mistake("\"quantity\": 5", "\"quantity\": -5").starts_with("line 4, steps[0].do.buy.quantity: "));
        assert!(
            mistake(
                "\"annual\", \"billing_frequency\": \"monthly\"}}}",
                "\"weekly\", \"billing_frequency\": \"monthly\"}}}"
            )
            .starts_with("line 5, steps[0].do.buy.term: ")
        );
        assert!(mistake("\"steps\"", "\"step\"").starts_with("line 4, "));
        assert_eq!(mistake("10.00", "ten"), "catalog[0].prices[0].unit_price: \"ten\" is no amount");
        assert_eq!(
            mistake("\"product\": \"Office\", \"quantity\"", "\"product\": \"Word\", \"quantity\""),
            "steps[0]: product: the catalog has no \"Word\" for this term and billing frequency"
        );
        assert_eq!(mistake("\"quantity\": 5", "\"quantity\": 0"), "steps[0]: refused with out_of_range");
        assert_eq!(
            mistake("2020-01-15\", \"do\"", "2020-02-30\", \"do\"").split(": ").next(),
            Some("line 4, steps[0].at")
        );
    }
}

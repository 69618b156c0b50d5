//! The OpenAPI document: checked in, and the same as the table of routes.

use std::collections::BTreeSet;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/openapi.json");

#[test]
fn the_document_that_is_checked_in_is_the_present_one() {
    let present = api::openapi::text(api::routes().table());
    if std::env::var_os("ZETEL_UPDATE").is_some() {
        std::fs::write(FILE, &present).unwrap();
    }
    let checked_in = std::fs::read_to_string(FILE).unwrap_or_default();
    assert!(present == checked_in, "docs/openapi.json is old. Run: ZETEL_UPDATE=1 cargo test -p api");
}

#[test]
fn every_route_is_described_and_nothing_else() {
    let routes = api::routes();
    let table: BTreeSet<(String, String)> = routes
        .table()
        .iter()
        // What scripts of the field know is described where they come from.
        .filter(|row| row.path.starts_with("/api/") && row.path != "/api/v1/openapi.json")
        .map(|row| (row.path.to_owned(), row.method.to_lowercase()))
        .collect();
    let document: serde_json::Value = serde_json::from_str(&api::openapi::text(routes.table())).unwrap();
    assert_eq!(document["openapi"], "3.1.0");
    let paths = document["paths"].as_object().unwrap();
    let described: BTreeSet<(String, String)> = paths
        .iter()
        .flat_map(|(path, item)| item.as_object().unwrap().keys().map(move |method| (path.clone(), method.clone())))
        .collect();
    assert_eq!(table, described);
}

#[test]
fn every_operation_has_a_name_a_right_and_a_problem() {
    let document: serde_json::Value = serde_json::from_str(&api::openapi::text(api::routes().table())).unwrap();
    let mut names = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let name = operation["operationId"].as_str().unwrap();
            assert!(names.insert(name.to_owned()), "{name} twice");
            assert!(!operation["security"].as_array().unwrap().is_empty(), "{method} {path}");
            assert!(operation["responses"]["default"]["content"]["application/problem+json"].is_object(), "{path}");
            assert!(operation["summary"].is_string(), "{method} {path}");
        }
    }
}

#[test]
fn every_reference_leads_somewhere() {
    let text = api::openapi::text(api::routes().table());
    let document: serde_json::Value = serde_json::from_str(&text).unwrap();
    for reference in text.split("\"#/components/schemas/").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(document["components"]["schemas"][reference].is_object(), "{reference}");
    }
}

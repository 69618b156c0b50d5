//! Addresses that ask for something.

/// A path with what is asked for, in this order; a pair that says nothing is left out.
pub fn address<'a>(path: &str, pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(pairs.into_iter().filter(|(_, value)| !value.is_empty()));
    match query.finish() {
        none if none.is_empty() => path.to_owned(),
        query => format!("{path}?{query}"),
    }
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn what_says_nothing_is_left_out() {
        assert_eq!(address("/users", [("q", ""), ("after", "")]), "/users");
        assert_eq!(
            address("/users", [("q", "a&b é"), ("after", ""), ("sort", "-name")]),
            "/users?q=a%26b+%C3%A9&sort=-name"
        );
    }
}

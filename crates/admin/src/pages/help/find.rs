//! Finding pages of help by the words that people type: not only those that stand there, and not always spelled right.

use domain::user::fold;
use words::search::{QUESTION, SAME};

/// The places of the texts that fit what was typed, the best first; all of them when nothing was. Texts begin with
/// their title.
pub(super) fn find(texts: &[String], typed: &str) -> Vec<usize> {
    let texts: Vec<String> = texts.iter().map(|text| fold(text)).collect();
    let typed = words_of(typed);
    let mut wanted: Vec<Vec<String>> = typed.iter().map(|word| ways_to_say(word, &texts)).collect();
    // A word that no page has hides none of them, unless there is no other.
    wanted.retain(|ways| !ways.is_empty());
    if wanted.is_empty() && !typed.is_empty() {
        return Vec::new();
    }
    let said = |text: &str| wanted.iter().filter(|ways| ways.iter().any(|way| text.contains(way))).count();
    let best = texts.iter().map(|text| said(text)).max().unwrap_or_default();
    let mut found: Vec<usize> =
        (0..texts.len()).filter(|place| said(&texts[*place]) == best && best * 2 >= wanted.len()).collect();
    found.sort_by_key(|place| std::cmp::Reverse(said(texts[*place].lines().next().unwrap_or_default())));
    found
}

/// What was typed without the words of the question around it, unless there is nothing else.
fn words_of(typed: &str) -> Vec<String> {
    let typed = fold(typed);
    let is_letter = |letter: char| letter.is_alphanumeric();
    let all: Vec<&str> = typed.split(|letter| !is_letter(letter)).filter(|word| !word.is_empty()).collect();
    let telling: Vec<&str> = all.iter().copied().filter(|word| !QUESTION.contains(word)).collect();
    if telling.is_empty() { all } else { telling }.into_iter().map(str::to_owned).collect()
}

/// The word itself and what means the same; when no page has any of it, the words of the pages that are spelled nearly
/// so.
fn ways_to_say(word: &str, texts: &[String]) -> Vec<String> {
    let is_there = |way: &String| texts.iter().any(|text| text.contains(way.as_str()));
    let mut ways = with_same(word);
    ways.retain(is_there);
    if ways.is_empty() {
        let words = texts.iter().flat_map(|text| text.split(|letter: char| !letter.is_alphanumeric()));
        ways = words.filter(|other| is_nearly(word, other)).flat_map(with_same).collect();
    }
    ways
}

/// A word, and the words of the pages for it and for what it is several of.
fn with_same(word: &str) -> Vec<String> {
    let one = word.strip_suffix("en").or_else(|| word.strip_suffix('s')).unwrap_or(word);
    let same = SAME.iter().filter(|(typed, _)| *typed == word || *typed == one).map(|(_, there)| *there);
    same.chain([word]).map(str::to_owned).collect()
}

/// Whether two words differ by a slip of the fingers, or by one more for each nine letters.
fn is_nearly(word: &str, other: &str) -> bool {
    let length = word.chars().count();
    let slips = if length < 5 { 0 } else { 1 + length / 9 };
    length.abs_diff(other.chars().count()) <= slips && distance(word, other) <= slips
}

/// How many letters are missing, too many, wrong, or swapped with their neighbor (optimal string alignment).
fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for row in 1..=one.len() {
        let mut next = vec![row];
        for column in 1..=other.len() {
            let is_other = usize::from(one[row - 1] != other[column - 1]);
            let mut least = (last[column] + 1).min(next[column - 1] + 1).min(last[column - 1] + is_other);
            let is_swapped =
                row > 1 && column > 1 && one[row - 1] == other[column - 2] && one[row - 2] == other[column - 1];
            if is_swapped {
                least = least.min(before[column - 2] + 1);
            }
            next.push(least);
        }
        before = std::mem::replace(&mut last, next);
    }
    last[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_fingers_are_counted() {
        assert_eq!(distance("invoice", "invoice"), 0);
        assert_eq!(distance("invocie", "invoice"), 1);
        assert_eq!(distance("licenes", "licenses"), 1);
        assert_eq!(distance("", "abc"), 3);
        assert!(is_nearly("factuurr", "factuur") && is_nearly("abonement", "abonnement"));
        assert!(!is_nearly("code", "mode") && !is_nearly("cancel", "parcel"));
    }

    #[test]
    fn the_words_of_a_question_are_left_out_unless_there_is_nothing_else() {
        assert_eq!(words_of("How do I get a refund?"), ["refund"]);
        assert_eq!(words_of("how to"), ["how", "to"]);
        assert!(words_of(" ? ").is_empty());
    }

    /// A page whose title says it comes first; a word that no page has does not hide the others.
    #[test]
    fn the_best_page_comes_first() {
        let texts = ["Roles\nWho may cancel.", "Cancel\nStop it.", "Bills\nNothing."].map(str::to_owned);
        assert_eq!(find(&texts, "cancel"), [1, 0]);
        assert_eq!(find(&texts, "cancle"), [1, 0]);
        assert_eq!(find(&texts, "unsubscribe"), [1, 0]);
        assert_eq!(find(&texts, ""), [0, 1, 2]);
        assert_eq!(find(&texts, "please cancel"), [1, 0]);
        assert_eq!(find(&texts, "who may stop"), [0]);
        assert!(find(&texts, "zebra").is_empty());
    }
}

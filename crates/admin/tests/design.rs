//! What the design system promises: readable in both themes, nothing inline, every icon there, a small script.

use admin::assets::{self, CSS, ICONS, PALETTE, SCRIPT};
use admin::frame::Theme;
use admin::styleguide::{Sample, render};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A color as red, green, blue.
type Color = [u8; 3];

/// Every color of `tokens.css`: its light and its dark design.
fn colors() -> BTreeMap<String, [Color; 2]> {
    let mut colors = BTreeMap::new();
    for line in CSS.lines() {
        let Some((name, value)) = line.trim().strip_prefix("--").and_then(|rest| rest.split_once(": ")) else {
            continue;
        };
        let hexes: Vec<Color> = value.split('#').skip(1).filter_map(|hex| color(hex.get(..6)?)).collect();
        match hexes[..] {
            [both] => drop(colors.insert(name.to_owned(), [both, both])),
            [light, dark] => drop(colors.insert(name.to_owned(), [light, dark])),
            _ => {}
        }
    }
    colors
}

fn color(hex: &str) -> Option<Color> {
    let channel = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
    Some([channel(0)?, channel(2)?, channel(4)?])
}

/// Contrast of two colors as WCAG 2.2 defines it, in hundredths.
#[expect(clippy::float_arithmetic, reason = "the definition is in real numbers, and no money is involved")]
#[expect(clippy::cast_possible_truncation, reason = "the ratio is between 1 and 21")]
fn contrast(one: Color, other: Color) -> i64 {
    let luminance = |color: Color| {
        let linear = color.map(|channel| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    };
    let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
    (one.max(other) / one.min(other) * 100.0) as i64
}

/// Front, back, least contrast in hundredths.
fn pairs() -> Vec<(String, String, i64)> {
    let mut pairs = Vec::new();
    let mut all = |fronts: &[&str], backs: &[&str], least: i64| {
        for front in fronts {
            pairs.extend(backs.iter().map(|back| ((*front).to_owned(), (*back).to_owned(), least)));
        }
    };
    let surfaces = ["background", "navigation", "bar", "card", "raised", "sunken", "hover", "accent-subtle"];
    all(&["text", "text-secondary", "accent-text"], &surfaces, 450);
    all(&["text"], &["pressed"], 450);
    all(&["on-accent"], &["accent", "accent-hover", "accent-pressed", "severe-fill", "severe-fill-hover"], 450);
    all(&["severe-text", "warning-text"], &["card", "raised", "sunken"], 450);
    for tone in ["good", "warning", "severe", "neutral"] {
        let (text, background, icon) = (format!("{tone}-text"), format!("{tone}-background"), format!("{tone}-icon"));
        all(&[&text, "text", "accent-text"], &[&background], 450);
        all(&[&icon], &[&background, "card", "raised", "sunken"], 300);
    }
    for number in 1..=5 {
        all(&[&format!("person-{number}-text")], &[&format!("person-{number}-background")], 450);
    }
    all(&["stroke-strong"], &["card", "raised", "sunken"], 300);
    all(&["focus"], &surfaces, 300);
    all(&["accent"], &["card", "raised"], 300);
    all(&["chart-fill", "chart-fill-strong", "warning-icon"], &["card", "chart-track"], 300);
    pairs
}

#[test]
fn text_and_controls_stand_out_in_both_themes() {
    let colors = colors();
    let mut weak = Vec::new();
    for (front, back, least) in pairs() {
        for (theme, name) in ["light", "dark"].into_iter().enumerate() {
            let found = contrast(colors[&front][theme], colors[&back][theme]);
            if found < least {
                weak.push(format!("{name}: {front} on {back} has {found}, needs {least}"));
            }
        }
    }
    assert!(weak.is_empty(), "{}", weak.join("\n"));
}

#[test]
fn contrast_of_black_on_white_is_21() {
    assert_eq!(contrast([0; 3], [255; 3]), 2100);
    assert_eq!(contrast([119; 3], [255; 3]), 447);
}

#[test]
fn samples_have_nothing_inline_and_nothing_from_elsewhere() {
    for sample in Sample::ALL {
        let html = render(sample, Theme::System, false).unwrap();
        for forbidden in [" style=", "<style", " onclick", "javascript:", "http://", "https://"] {
            assert!(!html.contains(forbidden), "{sample:?} has {forbidden}");
        }
        assert!(html.contains(assets::css_url()) && html.contains(assets::script_url()));
    }
    assert!(!CSS.contains("url("), "the policy lets style sheets load nothing");
}

#[test]
fn every_icon_that_a_template_names_is_in_the_sprite() {
    let icons: Vec<&str> = ICONS.split("id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    for sample in Sample::ALL {
        let html = render(sample, Theme::Light, false).unwrap();
        for used in html.split(&format!("{}#", assets::icons_url())).skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(icons.contains(&used), "{sample:?} uses the icon {used}");
        }
    }
    for file in templates(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/templates"))) {
        let text = std::fs::read_to_string(&file).unwrap();
        for used in
            text.split("icon(\"").chain(text.split("icon_small(\"")).skip(1).filter_map(|rest| rest.split_once("\")"))
        {
            let name = used.0;
            let is_name = name.chars().all(|letter| letter.is_ascii_lowercase() || letter == '-');
            assert!(!is_name || icons.contains(&name), "{} uses the icon {name}", file.display());
        }
    }
}

/// WCAG 1.3.1: who hears a table hears first what it is about.
#[test]
fn every_table_has_a_name() {
    for file in templates(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/templates"))) {
        let text = std::fs::read_to_string(&file).unwrap();
        let tables = text.split("<table ").skip(1).filter_map(|rest| rest.split_once('>'));
        // Those of the conventions at the head of the parts are not drawn.
        let nameless = tables.filter(|(head, _)| !head.contains("aria-label=\"{{ "));
        assert!(file.ends_with("components.html") || nameless.count() == 0, "{}", file.display());
    }
}

#[expect(clippy::unwrap_used, reason = "a helper of the tests")]
fn templates(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(templates(&path)) } else { files.push(path) }
    }
    files
}

#[test]
fn every_color_and_size_that_a_style_uses_is_a_token() {
    for name in CSS.split("var(--").skip(1).filter_map(|rest| rest.split([')', ',']).next()) {
        assert!(CSS.contains(&format!("--{name}: ")), "--{name} has no value");
    }
    let (_, rest) = CSS.split_once("/* Plain elements").unwrap();
    let inked: Vec<&str> = rest.lines().filter(|line| line.contains(": #") && !line.contains("--background")).collect();
    assert!(inked.is_empty(), "colors belong into tokens.css: {inked:?}");
}

#[test]
fn a_pane_alone_has_no_frame_and_a_pane_as_a_page_has_one() {
    let alone = render(Sample::Pane, Theme::Light, true).unwrap();
    assert!(alone.trim_start().starts_with("<section class=\"pane\" data-pane-content"), "{alone}");
    assert!(!alone.contains("<html"));
    let page = render(Sample::Pane, Theme::Light, false).unwrap();
    assert!(page.starts_with("<!doctype html>") && page.contains("data-pane-content"));
}

#[test]
fn the_script_is_small() {
    // What every page loads; a key must be answered at once, so the shortcuts are in it, and the palette is not.
    assert!(SCRIPT.len() < 17 * 1024, "{} bytes", SCRIPT.len());
    assert!(PALETTE.len() < 4 * 1024, "{} bytes", PALETTE.len());
}

#[test]
fn the_chosen_theme_is_in_the_document_and_no_choice_leaves_it_to_the_device() {
    assert!(render(Sample::List, Theme::Dark, false).unwrap().contains("<html lang=\"en\" data-theme=\"dark\">"));
    assert!(render(Sample::List, Theme::System, false).unwrap().contains("<html lang=\"en\">"));
    for theme in [Theme::System, Theme::Light, Theme::Dark] {
        assert_eq!(Theme::from_code(theme.code()), theme);
    }
}

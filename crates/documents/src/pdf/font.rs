//! Noto Sans in two weights: how wide a text is, and where its lines break.

use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::ttf_parser::GlyphId as FontGlyph;
use rustybuzz::{Direction, Face, ShapePlan, UnicodeBuffer, script};
use std::sync::LazyLock;

/// The weight of letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    Regular,
    Bold,
}

/// How a text looks.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    pub weight: Weight,
    /// In points.
    pub size: f32,
    pub color: Color,
}

/// Red, green, blue.
pub type Color = [u8; 3];

impl Style {
    /// From one baseline to the next.
    pub fn leading(self) -> f32 {
        self.size * 1.4
    }
}

/// A text on one line, ready to be drawn.
#[derive(Debug, Clone)]
pub struct Line {
    pub text: String,
    pub glyphs: Vec<KrillaGlyph>,
    /// In points.
    pub width: f32,
    pub style: Style,
}

/// The font of a weight.
pub fn font(weight: Weight) -> Font {
    typeface(weight).font.clone()
}

/// A text on one line.
pub fn line(text: &str, style: Style) -> Line {
    typeface(style.weight).line(&clean(text, style.weight), style)
}

/// A text on as many lines as it needs to be no wider than `width`. It breaks at spaces, and within a word only when
/// the word alone is too wide.
pub fn wrap(text: &str, style: Style, width: f32) -> Vec<Line> {
    let face = typeface(style.weight);
    let text = clean(text, style.weight);
    let (mut lines, mut start, mut end) = (Vec::new(), 0, 0);
    for piece in text.split_inclusive(' ') {
        let longer = &text[start..end + piece.len()];
        if end > start && face.width(longer.trim_end(), style) > width {
            lines.push(face.line(&text[start..end], style));
            start = end;
        }
        end += piece.len();
        while let Some(fitting) = fitting(face, text[start..end].trim_end(), style, width) {
            lines.push(face.line(&text[start..start + fitting], style));
            start += fitting;
        }
    }
    lines.push(face.line(&text[start..end], style));
    lines
}

/// The bytes of a single word that fit when not all of it does; at least one letter.
fn fitting(face: &Typeface, word: &str, style: Style, width: f32) -> Option<usize> {
    if face.width(word, style) <= width {
        return None;
    }
    let ends = word.char_indices().map(|(at, letter)| at + letter.len_utf8());
    let fits = ends.clone().take_while(|end| face.width(&word[..*end], style) <= width).last();
    fits.or_else(|| ends.clone().next()).filter(|end| *end < word.len())
}

/// Letters that the font does not have become question marks, and what nobody sees is left out.
fn clean(text: &str, weight: Weight) -> String {
    let face = &typeface(weight).face;
    let visible = text.chars().filter(|letter| !is_invisible(*letter));
    visible
        .map(|letter| match letter {
            _ if letter.is_whitespace() && letter != '\u{a0}' => ' ',
            _ if letter.is_control() || face.glyph_index(letter).is_none_or(|glyph| glyph == FontGlyph(0)) => '?',
            '\u{e000}'..='\u{f8ff}' => '?',
            letter => letter,
        })
        .collect()
}

/// Joiners, marks of direction, variation selectors, soft hyphens.
const fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
    )
}

struct Typeface {
    font: Font,
    face: Face<'static>,
    plan: ShapePlan,
}

fn typeface(weight: Weight) -> &'static Typeface {
    static REGULAR: LazyLock<Typeface> = LazyLock::new(|| Typeface::of(notosans::REGULAR_TTF));
    static BOLD: LazyLock<Typeface> = LazyLock::new(|| Typeface::of(notosans::BOLD_TTF));
    match weight {
        Weight::Regular => &REGULAR,
        Weight::Bold => &BOLD,
    }
}

impl Typeface {
    fn of(data: &'static [u8]) -> Self {
        let face = Face::from_slice(data, 0).expect("the font is well-made");
        let plan = ShapePlan::new(&face, Direction::LeftToRight, Some(script::LATIN), None, &[]);
        Self { font: Font::new(data.into(), 0).expect("the font is well-made"), face, plan }
    }

    fn width(&self, text: &str, style: Style) -> f32 {
        self.glyphs(text).iter().map(|glyph| glyph.x_advance).sum::<f32>() * style.size
    }

    fn line(&self, text: &str, style: Style) -> Line {
        let glyphs = self.glyphs(text);
        let seen = text.trim_end().len();
        let advances = glyphs.iter().filter(|glyph| glyph.text_range.start < seen).map(|glyph| glyph.x_advance);
        let width = advances.sum::<f32>() * style.size;
        Line { text: text.to_owned(), glyphs, width, style }
    }

    fn glyphs(&self, text: &str) -> Vec<KrillaGlyph> {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_script(script::LATIN);
        let shaped = rustybuzz::shape_with_plan(&self.face, &self.plan, buffer);
        let em = self.font.units_per_em();
        let infos = shaped.glyph_infos();
        let placed = infos.iter().zip(shaped.glyph_positions()).enumerate();
        placed
            .map(|(index, (info, place))| {
                let next = infos[index..].iter().map(|next| next.cluster).find(|next| *next != info.cluster);
                let end = next.map_or(text.len(), |next| next as usize);
                let [advance, right, up] =
                    [place.x_advance, place.x_offset, place.y_offset].map(|units| units as f32 / em);
                KrillaGlyph::new(GlyphId::new(info.glyph_id), advance, right, up, 0.0, info.cluster as usize..end, None)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLE: Style = Style { weight: Weight::Regular, size: 10.0, color: [0, 0, 0] };

    fn texts(lines: &[Line]) -> Vec<&str> {
        lines.iter().map(|line| line.text.as_str()).collect()
    }

    #[test]
    fn lines_break_at_spaces_and_within_a_word_that_is_too_wide() {
        assert_eq!(texts(&wrap("one two three four", STYLE, 50.0)), ["one two ", "three four"]);
        assert_eq!(texts(&wrap("a Donaudampfschifffahrt b", STYLE, 50.0)), ["a ", "Donauda", "mpfschifff", "ahrt b"]);
        assert_eq!(texts(&wrap("", STYLE, 50.0)), [""]);
        assert_eq!(texts(&wrap("wide", STYLE, 1.0)), ["w", "i", "d", "e"]);
    }

    #[test]
    fn digits_are_equally_wide_in_both_weights() {
        for weight in [Weight::Regular, Weight::Bold] {
            let style = Style { weight, ..STYLE };
            let widths: Vec<f32> = ('0'..='9').map(|digit| line(&digit.to_string(), style).width).collect();
            assert!(widths.iter().all(|width| (width - widths[0]).abs() < 0.001), "{widths:?}");
        }
    }

    #[test]
    fn what_the_font_does_not_have_is_a_question_mark() {
        assert_eq!(line("Łódź\t上海 Ωμέγα\u{200b} Ж\u{e000}", STYLE).text, "Łódź ?? Ωμέγα Ж?");
    }
}

//! What goes on from sheet to sheet, and how Zetel's documents look.

use super::font::{Color, Line, Style, Weight, line, wrap};
use super::sheet::{Area, HEIGHT, Role, Sheets, WIDTH};
use app::ports::InvoiceDocument;
use words::Words;

/// The left edge of everything.
pub const LEFT: f32 = 51.0;
/// The right edge.
pub const RIGHT: f32 = WIDTH - LEFT;
/// Where later sheets begin.
const TOP: f32 = 68.0;
/// Where every sheet ends, above its foot.
const BOTTOM: f32 = HEIGHT - 84.0;

const INK: Color = [0x19, 0x1d, 0x26];
const INK_SECONDARY: Color = [0x56, 0x5e, 0x6e];
/// Between things.
pub const STROKE: Color = [0xe1, 0xe4, 0xea];
/// Under heads and above totals.
pub const STROKE_STRONG: Color = [0x7f, 0x87, 0x96];
/// Behind what stands out quietly.
pub const SUNKEN: Color = [0xf4, 0xf5, 0xf8];
/// The one accent: Delft blue.
pub const ACCENT: Color = [0x23, 0x50, 0xb5];

pub const TITLE: Style = Style { weight: Weight::Bold, size: 20.0, color: INK };
pub const AMOUNT: Style = Style { weight: Weight::Bold, size: 12.0, color: ACCENT };
pub const BODY: Style = Style { weight: Weight::Regular, size: 8.5, color: INK };
pub const STRONG: Style = Style { weight: Weight::Bold, ..BODY };
pub const SMALL: Style = Style { weight: Weight::Regular, size: 7.5, color: INK_SECONDARY };

/// Sheets with the place where the next thing goes.
pub struct Flow<'a> {
    pub document: &'a InvoiceDocument,
    pub words: Words,
    pub sheets: Sheets,
    /// The upper edge of the next thing.
    pub top: f32,
}

impl Flow<'_> {
    /// The sheet where the next thing goes.
    pub fn page(&self) -> usize {
        self.sheets.pages - 1
    }

    /// Goes on to another sheet when less than `height` is left; says whether it did.
    pub fn needs(&mut self, height: f32) -> bool {
        let is_full = self.top + height > BOTTOM;
        if is_full {
            self.sheets.pages += 1;
            self.top = TOP;
        }
        is_full
    }

    /// Writes lines one under another; gives the edge under the last.
    pub fn lines(&mut self, left: f32, top: f32, lines: Vec<Line>) -> f32 {
        let page = self.page();
        lines.into_iter().fold(top, |top, line| {
            let (baseline, bottom) = (baseline(top, line.style), top + line.style.leading());
            self.sheets.text(page, left, baseline, line);
            bottom
        })
    }

    /// Writes a text that may need several lines, as a part of the document.
    pub fn paragraph(&mut self, role: Role, text: &str, style: Style, left: f32, top: f32, width: f32) -> f32 {
        self.sheets.begin(role);
        let bottom = self.lines(left, top, wrap(text, style, width));
        self.sheets.end();
        bottom
    }

    /// Writes a text that ends at `right`, as a part of the document.
    pub fn flush_right(&mut self, role: Role, text: &str, style: Style, right: f32, top: f32) {
        let (page, line) = (self.page(), line(text, style));
        self.sheets.begin(role);
        self.sheets.text(page, right - line.width, baseline(top, style), line);
        self.sheets.end();
    }

    /// Draws a line across.
    pub fn rule(&mut self, left: f32, thickness: f32, color: Color) {
        let area = Area { left, top: self.top, width: RIGHT - left, height: thickness };
        self.sheets.fill(self.page(), area, color);
    }
}

/// Where letters stand when their line begins at `top`.
pub fn baseline(top: f32, style: Style) -> f32 {
    top + style.size * 1.06
}

/// The height of some lines one under another.
pub fn height(lines: &[Line]) -> f32 {
    lines.iter().map(|line| line.style.leading()).sum()
}

//! Sheets of A4: what stands where, and what it is, for people who hear a document instead of seeing it.

use super::font::{Color, Line, font};
use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, Node, SpanTag, TableHeaderScope, Tag, TagGroup, TagKind, TagTree,
};
use std::num::{NonZeroU16, NonZeroU32};

/// The width of a sheet, in points.
pub const WIDTH: f32 = 595.28;
/// Its height.
pub const HEIGHT: f32 = 841.89;

/// What a part of the document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Heading(u16),
    Section,
    Paragraph,
    Table,
    TableHead,
    TableBody,
    Row,
    ColumnHead,
    /// A cell as wide as so many columns.
    Cell(u32),
}

/// An area, in points from the upper left corner of a sheet.
#[derive(Debug, Clone, Copy)]
pub struct Area {
    pub left: f32,
    pub top: f32,
    pub width: f32,
    pub height: f32,
}

enum Ink {
    Text { left: f32, baseline: f32, line: Line },
    Area(Area, Color),
}

struct Mark {
    page: usize,
    ink: Ink,
    /// What belongs to no part, such as a rule or the number of a page.
    is_artifact: bool,
}

enum Part {
    Group(Role, Vec<Self>),
    /// The number of a mark.
    Mark(usize),
}

/// Sheets in the making. Text belongs to the part that is open.
pub struct Sheets {
    /// How many there are.
    pub pages: usize,
    marks: Vec<Mark>,
    open: Vec<(Role, Vec<Part>)>,
    parts: Vec<Part>,
}

impl Sheets {
    /// One empty sheet.
    pub fn new() -> Self {
        Self { pages: 1, marks: Vec::new(), open: Vec::new(), parts: Vec::new() }
    }

    /// Everything that `content` draws is a part of the document.
    pub fn part<T>(&mut self, role: Role, content: impl FnOnce(&mut Self) -> T) -> T {
        self.begin(role);
        let given = content(self);
        self.end();
        given
    }

    /// Begins a part that [`Self::end`] ends.
    pub fn begin(&mut self, role: Role) {
        self.open.push((role, Vec::new()));
    }

    /// Ends the part that was begun last.
    pub fn end(&mut self) {
        let (role, parts) = self.open.pop().expect("a part is open");
        self.add(Part::Group(role, parts));
    }

    fn add(&mut self, part: Part) {
        self.open.last_mut().map_or(&mut self.parts, |(_, parts)| parts).push(part);
    }

    /// Writes a line.
    pub fn text(&mut self, page: usize, left: f32, baseline: f32, line: Line) {
        self.add(Part::Mark(self.marks.len()));
        self.mark(page, Ink::Text { left, baseline, line }, false);
    }

    /// Writes a line that is only there because there are pages.
    pub fn aside(&mut self, page: usize, left: f32, baseline: f32, line: Line) {
        self.mark(page, Ink::Text { left, baseline, line }, true);
    }

    /// Fills an area, under what is written later.
    pub fn fill(&mut self, page: usize, area: Area, color: Color) {
        self.mark(page, Ink::Area(area, color), true);
    }

    fn mark(&mut self, page: usize, ink: Ink, is_artifact: bool) {
        self.marks.push(Mark { page, ink, is_artifact });
    }

    /// Draws all sheets.
    pub fn draw(self, document: &mut Document, language: &str) {
        let mut identifiers: Vec<Option<Identifier>> = self.marks.iter().map(|_| None).collect();
        for number in 0..self.pages {
            let settings = PageSettings::from_wh(WIDTH, HEIGHT).expect("a sheet has an area");
            let mut page = document.start_page_with(settings);
            let mut surface = page.surface();
            for (mark, identifier) in self.marks.iter().zip(&mut identifiers).filter(|(mark, _)| mark.page == number) {
                *identifier = Some(mark.draw(&mut surface));
            }
            surface.finish();
            page.finish();
        }
        let mut tree = TagTree::new().with_lang(Some(language.to_owned()));
        for part in self.parts {
            tree.push(part.node(&mut identifiers));
        }
        document.set_tag_tree(tree);
    }
}

impl Mark {
    fn draw(&self, surface: &mut Surface<'_>) -> Identifier {
        let tag = if self.is_artifact {
            let kind = match self.ink {
                Ink::Text { .. } => ArtifactType::PaginationOther,
                Ink::Area(..) => ArtifactType::Layout,
            };
            ContentTag::Artifact(Artifact::with_kind(kind))
        } else {
            ContentTag::Span(SpanTag::empty())
        };
        let identifier = surface.start_tagged(tag);
        match &self.ink {
            Ink::Text { left, baseline, line } => {
                surface.set_fill(Some(paint(line.style.color)));
                let start = Point::from_xy(*left, *baseline);
                surface.draw_glyphs(start, &line.glyphs, font(line.style.weight), &line.text, line.style.size, false);
            }
            Ink::Area(area, color) => {
                surface.set_fill(Some(paint(*color)));
                let mut path = PathBuilder::new();
                path.push_rect(
                    Rect::from_xywh(area.left, area.top, area.width, area.height).expect("an area is not empty"),
                );
                surface.draw_path(&path.finish().expect("a rectangle is a path"));
            }
        }
        surface.end_tagged();
        identifier
    }
}

fn paint([red, green, blue]: Color) -> Fill {
    Fill { paint: rgb::Color::new(red, green, blue).into(), ..Fill::default() }
}

impl Part {
    fn node(self, identifiers: &mut [Option<Identifier>]) -> Node {
        match self {
            Self::Mark(number) => identifiers[number].take().expect("a mark belongs to one part").into(),
            Self::Group(role, parts) => {
                let mut group = TagGroup::new(role.tag());
                for part in parts {
                    group.push(part.node(identifiers));
                }
                group.into()
            }
        }
    }
}

impl Role {
    fn tag(self) -> TagKind {
        match self {
            Self::Heading(level) => Tag::Hn(NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN), None).into(),
            Self::Section => Tag::Section.into(),
            Self::Paragraph => Tag::P.into(),
            Self::Table => Tag::Table.into(),
            Self::TableHead => Tag::THead.into(),
            Self::TableBody => Tag::TBody.into(),
            Self::Row => Tag::TR.into(),
            Self::ColumnHead => Tag::TH(TableHeaderScope::Column).into(),
            Self::Cell(columns) => {
                Tag::TD.with_col_span(NonZeroU32::new(columns).filter(|columns| columns.get() > 1)).into()
            }
        }
    }
}

//! What a page draws: letters where they stand, thin lines, and how much of it is pictures.

use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask,
    font::{Glyph, GlyphRun, PositionedGlyph},
    hayro_cmap::BfString,
    kurbo::{Affine, BezPath, PathEl, PathSeg, Point, Rect, Shape},
};

use crate::layout::Rule;

/// Glyphs and lines of one page: a page of small print has about 8,000.
const MAX_MARKS: usize = 200_000;
/// A filled rectangle this thin (points) is a line.
const THIN: f64 = 3.0;
/// Letters may lean this much against their line, as on a page that lay crooked; a mark drawn across the page leans more.
const MAX_LEAN: f64 = 0.36;

/// A letter on its base line, or a blank.
#[derive(Debug, Clone)]
pub struct Letter {
    pub text: String,
    pub start: Point,
    pub end: Point,
    pub size: f64,
    /// Quarter turns of its line, clockwise.
    pub turn: u8,
}

#[derive(Debug)]
pub struct Marks {
    pub bounds: Rect,
    pub letters: Vec<Letter>,
    pub rules: Vec<Rule>,
    /// The share of the page that pictures cover, from 0 on.
    pub covered: f64,
    /// Letters of which the file does not say what they are.
    pub unsaid: usize,
    /// Drawn shapes that are no lines: letters may be drawn as such.
    pub shapes: usize,
    pub pictures: usize,
}

impl Marks {
    pub fn new(bounds: Rect) -> Self {
        Self { bounds, letters: vec![], rules: vec![], covered: 0.0, unsaid: 0, shapes: 0, pictures: 0 }
    }

    pub fn has_picture(&self) -> bool {
        self.pictures > 0
    }

    fn is_full(&self) -> bool {
        self.letters.len() + self.rules.len() > MAX_MARKS
    }

    fn glyph(&mut self, glyph: &PositionedGlyph, to_page: Affine) {
        let text = match glyph.as_unicode() {
            Some(BfString::Char(char)) => char.to_string(),
            Some(BfString::String(text)) => text,
            None => {
                self.unsaid += 1;
                return;
            }
        };
        let advance = match &**glyph {
            Glyph::Outline(outline) => outline.advance_width().unwrap_or(500.0),
            Glyph::Type3(_) => 500.0,
        };
        let place = to_page * glyph.transform();
        let along = (place * Point::new(1000.0, 0.0)) - (place * Point::ZERO);
        let (start, end) = (place * Point::ZERO, place * Point::new(f64::from(advance), 0.0));
        let size = (place * Point::new(0.0, 1000.0)).distance(start);
        let Some(turn) = turn(along.x, along.y) else { return };
        if start.is_finite() && end.is_finite() && (0.5..=400.0).contains(&size) && !self.is_full() {
            self.letters.push(Letter { text, start, end, size, turn });
        }
    }

    fn rule(&mut self, bounds: Rect) {
        let long = bounds.width().max(bounds.height());
        let finite = bounds.is_finite() && long > THIN && long < 5_000.0;
        if finite && bounds.width().min(bounds.height()) <= THIN && !self.is_full() {
            self.rules.push(Rule { x0: bounds.x0, y0: bounds.y0, x1: bounds.x1, y1: bounds.y1 });
        } else if finite {
            self.shapes += 1;
        }
    }
}

/// Quarter turns of a line that runs like this (`y` grows downwards); none where it runs aslant.
fn turn(x: f64, y: f64) -> Option<u8> {
    let (wide, high) = (x.abs(), y.abs());
    match () {
        () if high <= MAX_LEAN * wide => Some(if x < 0.0 { 2 } else { 0 }),
        () if wide <= MAX_LEAN * high => Some(if y < 0.0 { 3 } else { 1 }),
        () => None,
    }
}

impl<'a> Device<'a> for Marks {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        for glyph in run.glyphs() {
            self.glyph(glyph, props.transform);
        }
    }

    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        let path = props.transform * path.clone();
        if matches!(mode, DrawMode::Fill(_)) {
            // One path may hold all the lines of a table.
            let mut part = BezPath::new();
            for element in path.elements() {
                if matches!(element, PathEl::MoveTo(_)) {
                    self.rule(part.bounding_box());
                    part = BezPath::new();
                }
                part.push(*element);
            }
            self.rule(part.bounding_box());
        } else {
            for segment in path.segments() {
                if let PathSeg::Line(line) = segment {
                    self.rule(line.bounding_box());
                }
            }
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.pictures += 1;
        let whole = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let seen = props.transform.transform_rect_bbox(whole).intersect(self.bounds);
        let share = seen.area() / self.bounds.area();
        if share.is_finite() {
            self.covered += share.max(0.0);
        }
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_turned_by_quarters_or_aslant() {
        let turns = [(1.0, 0.1), (-0.1, 1.0), (-1.0, 0.0), (0.0, -1.0), (1.0, 1.0)].map(|(x, y)| turn(x, y));
        assert_eq!(turns, [Some(0), Some(1), Some(2), Some(3), None]);
    }
}

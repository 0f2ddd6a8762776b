//! PDF: the words of every page with their places, and the lines that are drawn between them.

use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, TransformExt,
    font::{Glyph, GlyphRun, PositionedGlyph},
    hayro_cmap::BfString,
    hayro_syntax::{LoadPdfError, Pdf, page::Page as PdfPage},
    interpret_page,
    kurbo::{Affine, BezPath, PathSeg, Point, Rect, Shape},
};

use crate::{
    Refusal,
    layout::{self, Page, Rule, Word},
    sheet::Sheet,
};

/// Pages beyond this are no plan.
const MAX_PAGES: usize = 3_000;
/// Glyphs and lines of one page: a page of small print has about 8,000.
const MAX_MARKS: usize = 200_000;
/// A filled rectangle this thin (points) is a line.
const THIN: f64 = 3.0;

pub fn read(bytes: &[u8]) -> Result<Sheet, Refusal> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Refusal::Encrypted,
        LoadPdfError::Invalid => Refusal::Damaged("PDF"),
    })?;
    if pdf.pages().len() > MAX_PAGES {
        return Err(Refusal::TooLarge);
    }
    let cache = InterpreterCache::new();
    let (mut pages, mut pictures) = (Vec::new(), false);
    for page in pdf.pages().iter() {
        let marks = marks(&pdf, page, &cache);
        pictures |= marks.pictures;
        pages.push(marks.page(page));
    }
    if pages.iter().all(|page| page.words.is_empty()) {
        return Err(if pictures { Refusal::Scan } else { Refusal::Empty });
    }
    Ok(layout::sheet(&pages))
}

fn marks<'a>(pdf: &'a Pdf, page: &PdfPage<'a>, cache: &InterpreterCache<'a>) -> Marks {
    let (width, height) = page.render_dimensions();
    let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let transform = page.initial_transform(true).to_kurbo();
    let mut context = Context::new(transform, bounds, cache, pdf.xref(), InterpreterSettings::default());
    let mut marks = Marks::default();
    interpret_page(page, &mut context, &mut marks);
    marks
}

#[derive(Default)]
struct Marks {
    words: Vec<Word>,
    rules: Vec<Rule>,
    pictures: bool,
    /// A blank ended the last word.
    apart: bool,
}

impl Marks {
    fn page(self, page: &PdfPage) -> Page {
        let (_, height) = page.render_dimensions();
        Page { height: f64::from(height), recognised: false, words: self.words, rules: self.rules }
    }

    fn glyph(&mut self, glyph: &PositionedGlyph, to_page: Affine) {
        let text = match glyph.as_unicode() {
            Some(BfString::Char(char)) => char.to_string(),
            Some(BfString::String(text)) => text,
            None => return,
        };
        if self.words.len() + self.rules.len() > MAX_MARKS {
            return;
        }
        let advance = match &**glyph {
            Glyph::Outline(outline) => outline.advance_width().unwrap_or(500.0),
            Glyph::Type3(_) => 500.0,
        };
        let place = to_page * glyph.transform();
        let (start, end) = (place * Point::ZERO, place * Point::new(f64::from(advance), 0.0));
        let size = (place * Point::new(0.0, 1000.0)).distance(start);
        let sideways = (end.y - start.y).abs() > (end.x - start.x).abs();
        if !start.is_finite() || !end.is_finite() || !(0.5..=400.0).contains(&size) || sideways {
            return;
        }
        if text.chars().all(char::is_whitespace) {
            self.apart = true;
            return;
        }
        let word = Word { x0: start.x.min(end.x), x1: start.x.max(end.x), y: start.y, size, text, sure: 1.0 };
        match self.words.last_mut().filter(|last| !self.apart && follows(last, &word)) {
            Some(last) => {
                last.text.push_str(&word.text);
                last.x1 = word.x1;
            }
            None => self.words.push(word),
        }
        self.apart = false;
    }

    fn rule(&mut self, bounds: Rect) {
        let long = bounds.width().max(bounds.height());
        let finite = bounds.is_finite() && long > THIN && long < 5_000.0;
        if finite && bounds.width().min(bounds.height()) <= THIN && self.rules.len() + self.words.len() < MAX_MARKS {
            self.rules.push(Rule { x0: bounds.x0, y0: bounds.y0, x1: bounds.x1, y1: bounds.y1 });
        }
    }
}

/// On the same line, and no wider apart than letters are.
fn follows(last: &Word, word: &Word) -> bool {
    (last.y - word.y).abs() < 0.3 * last.size && (-0.5 * last.size..0.18 * last.size).contains(&(word.x0 - last.x1))
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
                if matches!(element, hayro_interpret::kurbo::PathEl::MoveTo(_)) {
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

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.pictures = true;
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

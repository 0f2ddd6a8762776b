//! PDF: the words of every page with their places, and the lines that are drawn between them. Pages that are pictures, or
//! whose letters say nothing, are named: somebody must recognise them.

mod letters;
mod marks;
mod sense;
mod turn;

use std::collections::BTreeMap;

use hayro_interpret::{
    Context, InterpreterCache, InterpreterSettings, TransformExt,
    hayro_syntax::{LoadPdfError, Pdf, page::Page as PdfPage},
    interpret_page,
    kurbo::Rect,
};

use crate::{
    Refusal, layout,
    scan::{self, ScannedPage},
    sheet::Sheet,
    unclear::Unclear,
};
use marks::Marks;
use sense::Sense;

/// Pages beyond this are no plan.
const MAX_PAGES: usize = 3_000;

/// `recognised`: pages by their numbers that were read from pictures, in place of what the file says of them.
pub fn read(bytes: &[u8], recognised: &BTreeMap<u32, ScannedPage>) -> Result<Sheet, Refusal> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Refusal::Encrypted,
        LoadPdfError::Invalid => Refusal::Damaged("PDF"),
    })?;
    if pdf.pages().len() > MAX_PAGES {
        return Err(Refusal::TooLarge);
    }
    let cache = InterpreterCache::new();
    let (mut pages, mut unread, mut pictures) = (Vec::new(), Vec::new(), false);
    for (number, page) in (1..).zip(pdf.pages().iter()) {
        if let Some(scanned) = recognised.get(&number) {
            pages.push(scan::page(scanned));
            continue;
        }
        let marks = marks(&pdf, page, &cache);
        pictures |= marks.has_picture();
        let (page, sense) = sense::page(marks);
        if sense == Sense::None {
            unread.push(number);
        }
        pages.push(page);
    }
    if pages.iter().all(|page| page.words.is_empty()) {
        return Err(if pictures || !unread.is_empty() { Refusal::Scan } else { Refusal::Empty });
    }
    let mut sheet = layout::sheet(&pages);
    sheet.unclear.extend(Some(Unclear::Pages(unread)).filter(|doubt| *doubt != Unclear::Pages(vec![])));
    Ok(sheet)
}

fn marks<'a>(pdf: &'a Pdf, page: &PdfPage<'a>, cache: &InterpreterCache<'a>) -> Marks {
    let (width, height) = page.render_dimensions();
    let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let transform = page.initial_transform(true).to_kurbo();
    let mut context = Context::new(transform, bounds, cache, pdf.xref(), InterpreterSettings::default());
    let mut marks = Marks::new(bounds);
    interpret_page(page, &mut context, &mut marks);
    marks
}

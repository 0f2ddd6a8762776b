//! Formats by their names, and what the reader makes of forged documents in them.

use std::error::Error;

use forge::{Forged, Layout, WordForm};
use plan_reader::Reading;

use crate::{convert, turned};

#[derive(Debug, Clone, Copy)]
pub enum Format {
    /// As the seed lays it out.
    Txt,
    /// Text in one layout.
    Laid(Layout),
    Md,
    Docx(WordForm),
    /// RTF that is called `.doc`, made to Word by LibreOffice.
    Rtf,
    /// A web page, the same.
    Html,
    Pdf,
    /// A PDF whose tables have no lines.
    Unruled,
    /// Pages that carry `/Rotate`.
    Turned,
    /// What `pdftotext -layout` makes of the PDF.
    Layout,
    /// The same without a foreign program.
    Blanks,
    Scan,
}

pub const KNOWN: &str = "txt, plain, wrapped, paged, crlf, nfd, md, docx, docx-merged, docx-hidden, doc-rtf, doc-html, pdf, unruled, pdf-turned, layout, blanks, scan";

pub fn format(name: &str) -> Result<Format, String> {
    let plain = Layout::default();
    let wrapped = Layout { width: Some(78), ..plain };
    let even = WordForm::default();
    Ok(match name {
        "txt" => Format::Txt,
        "plain" => Format::Laid(plain),
        "wrapped" => Format::Laid(wrapped),
        "paged" => Format::Laid(Layout { page: Some(45), ..wrapped }),
        "crlf" => Format::Laid(Layout { crlf: true, ..plain }),
        "nfd" => Format::Laid(Layout { nfd: true, ..plain }),
        "md" => Format::Md,
        "docx" => Format::Docx(even),
        "docx-merged" => Format::Docx(WordForm { merged: true, ..even }),
        "docx-hidden" => Format::Docx(WordForm { hidden: true, ..even }),
        "doc-rtf" => Format::Rtf,
        "doc-html" => Format::Html,
        "pdf" => Format::Pdf,
        "unruled" => Format::Unruled,
        "pdf-turned" => Format::Turned,
        "layout" => Format::Layout,
        "blanks" => Format::Blanks,
        "scan" => Format::Scan,
        other => return Err(format!("no format {other:?}: {KNOWN}")),
    })
}

impl Format {
    /// The document as this format holds it: its layout, and leads that are said once for several rows.
    pub fn of(self, forged: Forged) -> Forged {
        match self {
            Self::Laid(layout) => forged.in_layout(layout),
            Self::Docx(WordForm { merged: true, .. }) => forged.with_merged_leads(),
            _ => forged,
        }
    }

    pub fn read(self, forged: &[Forged]) -> Result<Vec<Option<Reading>>, Box<dyn Error>> {
        let even = WordForm::default();
        let docx = |form| forged.iter().map(|one| one.docx(form)).collect::<Result<Vec<_>, _>>();
        let pdfs = || convert::to("pdf", &docx(even)?);
        let read = |files: Vec<Vec<u8>>| files.iter().map(|bytes| plan_reader::read(bytes).ok()).collect();
        Ok(match self {
            Self::Txt | Self::Laid(_) => read(forged.iter().map(|one| one.text.clone().into_bytes()).collect()),
            Self::Blanks => read(forged.iter().map(|one| one.blanks().into_bytes()).collect()),
            Self::Md => read(forged.iter().map(|one| one.md().into_bytes()).collect()),
            Self::Docx(form) => read(docx(form)?),
            Self::Rtf => read(convert::to("docx", &forged.iter().map(Forged::rtf).collect::<Vec<_>>())?),
            Self::Html => read(convert::to("docx", &forged.iter().map(Forged::html).collect::<Vec<_>>())?),
            Self::Pdf => read(pdfs()?),
            Self::Unruled => read(convert::to("pdf", &docx(WordForm { unruled: true, ..even })?)?),
            Self::Turned => read(pdfs()?.iter().map(|pdf| turned::turned(pdf)).collect::<Result<_, _>>()?),
            Self::Layout => read(pdfs()?.iter().map(|pdf| convert::text(pdf)).collect::<Result<_, _>>()?),
            Self::Scan => {
                let pages = pdfs()?.iter().map(|pdf| convert::pages(pdf)).collect::<Result<Vec<_>, _>>()?;
                pages.iter().map(|pages| plan_reader::read_scan(pages).ok()).collect()
            }
        })
    }
}

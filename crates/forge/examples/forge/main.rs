//! Forges documents, has them read, and prints what was found. `cargo xtask forge` runs it.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a tool for the terminal")]

mod convert;

use std::{error::Error, process::ExitCode};

use forge::{Forged, Layout, Tally, Words, document_with, score};
use plan_reader::Reading;

#[derive(Debug, Clone, Copy)]
enum Format {
    /// As the seed lays it out.
    Txt,
    /// Text in one layout.
    Laid(Layout),
    Md,
    Docx,
    Pdf,
    /// A PDF whose tables have no lines.
    Unruled,
    /// What `pdftotext -layout` makes of the PDF.
    Layout,
    Scan,
}

struct Asked {
    count: u64,
    seed: u64,
    show: Option<u64>,
    format: Format,
}

fn asked() -> Result<Asked, Box<dyn Error>> {
    let mut out = Asked { count: 200, seed: 0, show: None, format: Format::Txt };
    let mut args = std::env::args().skip(1);
    while let Some(flag) = args.next() {
        let value = args.next().ok_or(format!("{flag} of what?"))?;
        match flag.as_str() {
            "--count" => out.count = value.parse()?,
            "--seed" => out.seed = value.parse()?,
            "--show" => out.show = Some(value.parse()?),
            "--format" => out.format = format(&value)?,
            other => return Err(format!("{other}? --count, --seed, --show, --format").into()),
        }
    }
    Ok(out)
}

fn format(name: &str) -> Result<Format, Box<dyn Error>> {
    let plain = Layout::default();
    let wrapped = Layout { width: Some(78), ..plain };
    Ok(match name {
        "txt" => Format::Txt,
        "plain" => Format::Laid(plain),
        "wrapped" => Format::Laid(wrapped),
        "paged" => Format::Laid(Layout { page: Some(45), ..wrapped }),
        "crlf" => Format::Laid(Layout { crlf: true, ..plain }),
        "nfd" => Format::Laid(Layout { nfd: true, ..plain }),
        "md" => Format::Md,
        "docx" => Format::Docx,
        "pdf" => Format::Pdf,
        "unruled" => Format::Unruled,
        "layout" => Format::Layout,
        "scan" => Format::Scan,
        other => {
            let known = "txt, plain, wrapped, paged, crlf, nfd, md, docx, pdf, unruled, layout, scan";
            return Err(format!("no format {other:?}: {known}").into());
        }
    })
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("forge: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let asked = asked()?;
    let words = match std::env::var_os("FORGE_WORDS") {
        Some(file) => Words::default().with_tagged(&std::fs::read_to_string(file)?),
        None => Words::default(),
    };
    println!("forge: {} held-out predicates of its own, {} fetched", words.held_out(), words.fetched());
    let (first, count) = asked.show.map_or((asked.seed, asked.count), |seed| (seed, 1));
    let mut tally = Tally::default();
    // A few at a time: LibreOffice converts many files as quickly as one.
    let seeds: Vec<u64> = (first..first + count).collect();
    for some in seeds.chunks(50) {
        let forged = some.iter().map(|seed| document_with(*seed, &words));
        let forged: Vec<Forged> = match asked.format {
            Format::Laid(layout) => forged.map(|one| one.in_layout(layout)).collect(),
            _ => forged.collect(),
        };
        for (forged, reading) in forged.iter().zip(read(&forged, asked.format)?) {
            let score = score(forged, reading.as_ref());
            if asked.show.is_some() {
                println!("{}\n{:#?}\n", forged.text, forged.answer);
                score.told.iter().for_each(|told| println!("{told}"));
                if let Some(reading) = &reading {
                    println!("\n== as read\n{}", reading.text);
                }
            }
            tally.add(forged.seed, forged.kind, &score);
        }
    }
    println!("{}", tally.told());
    Ok(())
}

fn read(forged: &[Forged], format: Format) -> Result<Vec<Option<Reading>>, Box<dyn Error>> {
    let docx = || forged.iter().map(Forged::docx).collect::<Result<Vec<_>, _>>();
    Ok(match format {
        Format::Txt | Format::Laid(_) => forged.iter().map(|one| plan_reader::read(one.text.as_bytes()).ok()).collect(),
        Format::Md => forged.iter().map(|one| plan_reader::read(one.md().as_bytes()).ok()).collect(),
        Format::Docx => docx()?.iter().map(|bytes| plan_reader::read(bytes).ok()).collect(),
        Format::Pdf => convert::pdfs(&docx()?)?.iter().map(|bytes| plan_reader::read(bytes).ok()).collect(),
        Format::Unruled => {
            let docx = forged.iter().map(Forged::docx_unruled).collect::<Result<Vec<_>, _>>()?;
            convert::pdfs(&docx)?.iter().map(|bytes| plan_reader::read(bytes).ok()).collect()
        }
        Format::Layout => {
            let texts = convert::pdfs(&docx()?)?.iter().map(|pdf| convert::text(pdf)).collect::<Result<Vec<_>, _>>()?;
            texts.iter().map(|text| plan_reader::read(text).ok()).collect()
        }
        Format::Scan => {
            let pages =
                convert::pdfs(&docx()?)?.iter().map(|pdf| convert::pages(pdf)).collect::<Result<Vec<_>, _>>()?;
            pages.iter().map(|pages| plan_reader::read_scan(pages).ok()).collect()
        }
    })
}

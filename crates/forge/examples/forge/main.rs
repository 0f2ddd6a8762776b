//! Forges documents, has them read, and prints what was found. `cargo xtask forge` runs it.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a tool for the terminal")]

mod convert;
mod formats;
mod turned;

use std::{error::Error, process::ExitCode};

use forge::{Forged, Score, Tally, Words, document_with, score};
use formats::{Format, KNOWN};
use plan_reader::{Reading, SURE};

struct Asked {
    count: u64,
    seed: u64,
    show: Option<u64>,
    format: Format,
    /// How sure the reader was of its tasks, and whether it was right.
    confidence: bool,
    /// What differs from the reading of another format.
    beside: Option<Format>,
}

fn asked() -> Result<Asked, Box<dyn Error>> {
    let mut out = Asked { count: 200, seed: 0, show: None, format: Format::Txt, confidence: false, beside: None };
    let mut args = std::env::args().skip(1);
    while let Some(flag) = args.next() {
        if flag == "--confidence" {
            out.confidence = true;
            continue;
        }
        let value = args.next().ok_or(format!("{flag} of what?"))?;
        match flag.as_str() {
            "--count" => out.count = value.parse()?,
            "--seed" => out.seed = value.parse()?,
            "--show" => out.show = Some(value.parse()?),
            "--format" => out.format = formats::format(&value)?,
            "--beside" => out.beside = Some(formats::format(&value)?),
            other => {
                let known = "--count, --seed, --show, --confidence, --format, --beside";
                return Err(format!("{other}? {known}; formats: {KNOWN}").into());
            }
        }
    }
    Ok(out)
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
    // Of the sentences of the answers, those that stand letter by letter in what was read.
    let mut standing = (0, 0);
    // A few at a time: LibreOffice converts many files as quickly as one.
    let seeds: Vec<u64> = (first..first + count).collect();
    for some in seeds.chunks(50) {
        let forged = some.iter().map(|seed| document_with(*seed, &words));
        let forged: Vec<Forged> = forged.map(|one| asked.format.of(one)).collect();
        let beside = told(some, asked.beside, &words)?;
        for (at, (forged, reading)) in forged.iter().zip(asked.format.read(&forged)?).enumerate() {
            let score = score(forged, reading.as_ref());
            if let Some(other) = beside.get(at) {
                differences(forged.seed, other, &score.told);
            }
            if asked.show.is_some() {
                println!("{}\n{:#?}\n", forged.text, forged.answer);
                score.told.iter().for_each(|told| println!("{told}"));
                if let Some(reading) = &reading {
                    println!("\n== as read\n{}", reading.text);
                }
            }
            if let Some(reading) = reading.as_ref().filter(|_| asked.confidence) {
                wrong(forged.seed, reading, &score);
            }
            let (stand, of) = forged.standing(reading.as_ref().map_or("", |reading| reading.text.as_str()));
            (standing.0, standing.1) = (standing.0 + stand, standing.1 + of);
            tally.add(forged.seed, forged.kind, &score);
        }
    }
    println!("{} of {} orders, goals and duties stand letter by letter in the text", standing.0, standing.1);
    println!("{}", if asked.confidence { tally.sure().told() } else { tally.told() });
    Ok(())
}

/// What is wrong with the readings of these seeds in a format.
fn told(seeds: &[u64], format: Option<Format>, words: &Words) -> Result<Vec<Vec<String>>, Box<dyn Error>> {
    let Some(format) = format else { return Ok(vec![]) };
    let forged: Vec<Forged> = seeds.iter().map(|seed| format.of(document_with(*seed, words))).collect();
    let read = format.read(&forged)?;
    Ok(forged.iter().zip(read).map(|(forged, reading)| score(forged, reading.as_ref()).told).collect())
}

fn differences(seed: u64, other: &[String], here: &[String]) {
    here.iter().filter(|told| !other.contains(told)).for_each(|told| println!("{seed} + {told}"));
    other.iter().filter(|told| !here.contains(told)).for_each(|told| println!("{seed} - {told}"));
}

/// Rows that the reader is sure of, and that are wrong.
fn wrong(seed: u64, reading: &Reading, score: &Score) {
    let sure = reading.plan.tasks.iter().zip(&score.rows);
    for (task, _) in sure.filter(|(_, row)| row.confidence >= SURE && !row.is_right) {
        let (sure, form, text) = (task.confidence, task.form, &task.text);
        println!("{seed}: {sure} % {form:?} {:?} {:?} {:?}: {text}", task.lead, task.coordinating, task.time.raw);
    }
}

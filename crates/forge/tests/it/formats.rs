//! The same document in every format that needs no foreign program: the same reading.

use std::collections::BTreeSet;

use forge::{Forged, Layout, WordForm, document, score};
use plan_reader::{Reading, read};

const SEEDS: u64 = 40;
/// Of what is read of the documents on long lines, the share that another format may read otherwise.
const OTHERWISE: f64 = 0.0;

const PLAIN: Layout =
    Layout { width: None, page: None, airy: false, double: false, indented: false, crlf: false, nfd: false };
const WRAPPED: Layout = Layout { width: Some(78), ..PLAIN };

/// What was read, row by row, whatever the blanks and the final stop.
fn rows(reading: &Reading) -> BTreeSet<String> {
    let plan = &reading.plan;
    let words = |text: &str| {
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        words.trim_end_matches(['.', ';', '/']).to_owned()
    };
    let mut out = BTreeSet::new();
    out.insert(format!("head {:?} {:?} {:?}", plan.document.number, plan.document.date, plan.document.kind));
    out.insert(format!("title {}", words(plan.document.title.as_deref().unwrap_or_default())));
    for task in &plan.tasks {
        let (time, text) = (&task.time, words(&task.text));
        out.insert(format!("task {text}"));
        out.insert(format!("lead {:?}: {text}", task.lead));
        out.insert(format!("with {:?}: {text}", task.coordinating));
        out.insert(format!("time {:?} {:?} {:?}: {text}", time.kind, time.from, time.to));
    }
    for target in &plan.targets {
        let period = &target.period;
        out.insert(format!("target {} {} {:?}: {}", target.value, target.unit, period.to, words(&target.text)));
    }
    out.extend(plan.duties.iter().map(|duty| format!("duty {:?}: {}", duty.who, words(&duty.text))));
    out
}

/// The documents, and what is read of each on long lines.
struct Documents(Vec<(Forged, BTreeSet<String>)>);

impl Documents {
    fn new() -> Self {
        let plain = |forged: &Forged| rows(&read(forged.in_layout(PLAIN).text.as_bytes()).unwrap());
        let documents = (0..SEEDS).map(document).map(|forged| {
            let plain = plain(&forged);
            (forged, plain)
        });
        Self(documents.collect())
    }

    /// That no row differs in this format.
    fn agree(&self, name: &str, file: impl Fn(&Forged) -> Vec<u8>) {
        let (mut otherwise, mut all, mut told) = (0_u32, 0_u32, Vec::new());
        for (forged, plain) in &self.0 {
            let other = rows(&read(&file(forged)).unwrap());
            let differing = plain.symmetric_difference(&other).map(|row| format!("{}: {row}", forged.seed));
            let differing: Vec<String> = differing.collect();
            all += u32::try_from(plain.len()).unwrap();
            otherwise += u32::try_from(differing.len()).unwrap();
            told.extend(differing);
        }
        assert!(all > 1_000, "{name}: only {all} rows");
        let share = f64::from(otherwise) / f64::from(all);
        assert!(share <= OTHERWISE, "{name}: {otherwise} of {all} rows\n{}", told.join("\n"));
    }

    fn laid(&self, name: &str, layout: Layout) {
        self.agree(name, |forged| forged.in_layout(layout).text.into_bytes());
    }

    fn word(&self, name: &str, form: WordForm) {
        self.agree(name, |forged| forged.docx(form).unwrap());
    }
}

#[test]
fn the_same_document_in_every_layout_gives_the_same_reading() {
    let documents = Documents::new();
    documents.agree("txt", |forged| forged.text.clone().into_bytes());
    documents.laid("wrapped", WRAPPED);
    documents.laid("paged", Layout { page: Some(45), ..WRAPPED });
}

#[test]
fn the_same_document_in_other_letters_gives_the_same_reading() {
    let documents = Documents::new();
    documents.laid("crlf", Layout { crlf: true, ..PLAIN });
    documents.laid("nfd", Layout { nfd: true, ..PLAIN });
    documents.agree("md", |forged| forged.md().into_bytes());
}

#[test]
fn the_same_document_in_word_gives_the_same_reading() {
    let documents = Documents::new();
    documents.word("docx", WordForm::default());
    documents.word("hidden", WordForm { hidden: true, ..WordForm::default() });
}

#[test]
fn what_is_hidden_in_a_word_file_is_nowhere_in_the_reading() {
    let hidden = WordForm { hidden: true, ..WordForm::default() };
    for seed in 0..SEEDS {
        let forged = document(seed);
        let bytes = forged.docx(hidden).unwrap();
        assert_ne!(bytes, forged.docx(WordForm::default()).unwrap(), "seed {seed}: nothing is hidden");
        let reading = read(&bytes).unwrap();
        assert!(!reading.text.contains("Giấu Kín"), "seed {seed}: {}", reading.text);
    }
}

/// Rows that share a lead: merged in Word, "-nt-" in text.
#[test]
fn merged_cells_say_what_repeated_ones_say() {
    let merged = WordForm { merged: true, ..WordForm::default() };
    let (mut tables, mut tasks) = (0, 0);
    let (mut right, mut asked) = (0, 0);
    for seed in 0..3 * SEEDS {
        let forged = document(seed).with_merged_leads();
        if forged.text == document(seed).in_layout(PLAIN).text {
            continue;
        }
        let of = |reading: &Reading| reading.plan.tasks.iter().map(|task| task.lead.clone()).collect::<Vec<_>>();
        let (text, word) = (read(forged.text.as_bytes()).unwrap(), read(&forged.docx(merged).unwrap()).unwrap());
        assert_eq!(of(&word), of(&text), "seed {seed}");
        // Both may be wrong alike: so they are held against the answer too.
        let score = score(&forged, Some(&word));
        for name in ["lead", "coord"] {
            let (of_it, all) = score.fields.get(name).copied().unwrap_or_default();
            (right, asked) = (right + of_it, asked + all);
        }
        (tables, tasks) = (tables + 1, tasks + word.plan.tasks.len());
    }
    assert!(right * 100 >= asked * 99 && asked > 150, "{right} of {asked} leads and helpers are right");
    assert!(tables >= 10 && tasks > 100, "only {tables} tables with {tasks} tasks");
}

//! The papers of a dossier, in the layout of NĐ 30: the letter that submits it, the proposal, the plan of controls.

use std::sync::Arc;

use kernel::{Code as _, Ctx, Lang, Problem, ProblemKind, code::words_key};
use nd30::{Block, Column, Kind, Level, Paper, Run, Signer, Table};
use portfolio::table::Told;
use webkit::{Core, heavy};

use super::{head, known};
use crate::model::{
    System,
    level::{Control, Dossier, rules},
};

/// What writes papers as files, as `dinh` wires it.
pub type PapersPort = Arc<dyn nd30::Writer>;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    Letter,
    Proposal,
    Controls,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Docx,
    Pdf,
}

impl Which {
    /// The key of its name.
    pub fn words(self) -> &'static str {
        match self {
            Self::Letter => "level-paper-letter",
            Self::Proposal => "level-paper-proposal",
            Self::Controls => "level-paper-controls",
        }
    }
}

/// Which paper an address like `proposal.docx` names.
pub fn named(file: &str) -> Option<(Which, Form)> {
    let (name, form) = file.split_once('.')?;
    let which = match name {
        "letter" => Which::Letter,
        "proposal" => Which::Proposal,
        "controls" => Which::Controls,
        _ => return None,
    };
    let form = match form {
        "docx" => Form::Docx,
        "pdf" => Form::Pdf,
        _ => return None,
    };
    Some((which, form))
}

impl Form {
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Pdf => "application/pdf",
        }
    }
}

/// Writes a paper; typesetting waits for its turn.
pub async fn written(core: &Core, paper: Paper, form: Form) -> Result<Vec<u8>, Problem> {
    let papers = Arc::clone(core.get::<PapersPort>()?);
    let work = move || match form {
        Form::Docx => papers.docx(&paper),
        Form::Pdf => papers.pdf(&paper),
    };
    heavy(work).await?.map_err(|error| match error {
        nd30::Error::NoFont => Problem::new(ProblemKind::Unavailable, "level-font-missing"),
        other @ (nd30::Error::Typeset(_) | nd30::Error::Pack(_)) => Problem::internal(other),
    })
}

fn line(text: impl Into<String>) -> Block {
    Block::Paragraph(vec![Run::new(text)])
}

fn heading(text: impl Into<String>) -> Block {
    Block::Heading(Level::Section, vec![Run::new(text).bold()])
}

/// A code in Vietnamese: papers have one language.
fn words(core: &Core, key: &str, code: &str) -> String {
    core.locales().text(Lang::Vi, &words_key(key, code), &[])
}

/// The paper of a dossier; its number and day stay blank, as the records clerk gives them.
pub fn paper(core: &Core, ctx: &Ctx, which: Which, row: &Dossier, system: &System, controls: &[Control]) -> Paper {
    // A body that was merged away signs nothing.
    let row = &Dossier { owner_id: core.bodies().today(row.owner_id), ..row.clone() };
    let (sign, kind, body) = match which {
        Which::Letter => {
            let about = format!("Đề nghị thẩm định, phê duyệt cấp độ an ninh mạng của {}", row.name.as_str());
            ("TTr", Kind::Named { name: "Tờ trình".into(), about }, letter(core, row, system))
        }
        Which::Proposal => {
            let about = format!("Đề xuất cấp độ an ninh mạng của {}", row.name.as_str());
            ("ĐX", Kind::Named { name: "Báo cáo".into(), about }, proposal(core, row, system))
        }
        Which::Controls => {
            let about = format!("Bảo đảm an ninh mạng theo cấp độ {} cho {}", row.level, row.name.as_str());
            ("PA", Kind::Named { name: "Phương án".into(), about }, plan(core, row, controls))
        }
    };
    // Until it is sent, to whom it goes is for people to write.
    let to = match row.reviewer_id {
        _ if which != Which::Letter => vec![],
        Some(unit) => vec![head::official(core, unit)],
        None => vec!["……".to_owned()],
    };
    Paper {
        superior: head::superior(core, row.owner_id),
        issuer: head::official(core, row.owner_id),
        symbol: head::symbol(core, sign, row.owner_id),
        place: head::place(core),
        drafted: Some(ctx.today()),
        kind,
        to,
        body,
        signer: Signer { authority: vec!["Thủ trưởng đơn vị".into()], name: None },
        kept: "VT".into(),
        is_draft: !row.is_approved(),
        ..Paper::default()
    }
}

fn letter(core: &Core, row: &Dossier, system: &System) -> Vec<Block> {
    let owner = head::official(core, row.owner_id);
    let mut out = vec![
        line(format!(
            "{owner} là cơ quan chủ quản của {}. Hồ sơ đề xuất cấp độ {} đã được lập theo các căn cứ nêu trong báo cáo kèm theo.",
            row.name.as_str(),
            row.level
        )),
        line(format!("Nơi đặt hiện nay: {}.", words(core, "system-hosting", system.hosting.code()))),
        line("Đề nghị xem xét, thẩm định hồ sơ và trình cấp có thẩm quyền phê duyệt."),
        line("Hồ sơ gồm: báo cáo đề xuất cấp độ; phương án bảo đảm an ninh mạng theo cấp độ."),
    ];
    if let Some(code) = &system.code {
        out.insert(1, line(format!("Mã hệ thống: {code}.")));
    }
    out
}

/// What is known, which rules decided, and how sure their source is.
fn proposal(core: &Core, row: &Dossier, system: &System) -> Vec<Block> {
    let (table, facts) = (known::levels().table(), known::kept(&row.facts));
    let owner = head::official(core, row.owner_id);
    let mut out = vec![
        heading("1. Thông tin chung"),
        Block::Item(vec![Run::new(format!("Tên hệ thống: {}", row.name.as_str()))]),
        Block::Item(vec![Run::new(format!("Cơ quan chủ quản: {owner}"))]),
        Block::Item(vec![Run::new(format!("Trạng thái: {}", words(core, "system-state", system.state.code())))]),
        Block::Item(vec![Run::new(format!("Nơi đặt: {}", words(core, "system-hosting", system.hosting.code())))]),
    ];
    if let Some(purpose) = &system.purpose {
        out.push(line(format!("Mục đích, chức năng: {}", purpose.as_str())));
    }
    out.push(heading("2. Các thông tin làm căn cứ"));
    let rows = (0..table.facts().len()).filter_map(|at| table.fact_told(at, facts.value(at))).map(|fact| {
        let value = match fact.value {
            Told::Unknown => "chưa rõ".to_owned(),
            Told::Bool(true) => "có".to_owned(),
            Told::Bool(false) => "không".to_owned(),
            Told::Choice(words) => words.vi.clone(),
            Told::Number { number, unit } => {
                let number = webkit::grouped(number, Lang::Vi);
                unit.map_or_else(|| number.clone(), |unit| format!("{number} {}", unit.vi))
            }
        };
        vec![vec![Run::new(fact.say.vi.clone())], vec![Run::new(value)]]
    });
    let head = vec!["Thông tin".into(), "Giá trị".into()];
    out.push(Block::Table(Table { head, columns: vec![], rows: rows.collect() }));
    out.push(heading("3. Cấp độ đề xuất và quy tắc đã áp dụng"));
    if row.rule.is_empty() {
        out.push(line(format!("Cấp độ {} theo quyết định đã có; không áp dụng quy tắc.", row.level)));
        return out;
    }
    out.push(line(format!("Cấp độ theo quy tắc: {}. Cấp độ đề nghị: {}.", row.proposed, row.level)));
    if let Ok(proposal) = known::proposed(&facts) {
        let verdict = proposal.decision.verdicts.get(known::levels().part());
        let reasons = verdict.map(|verdict| table.reasons(verdict, &facts)).unwrap_or_default();
        out.extend(reasons.into_iter().map(|reason| Block::Item(vec![Run::new(reason.say.vi.clone())])));
    }
    if let Some(reason) = &row.reason {
        out.push(line(format!("Lý do: {}", reason.as_str())));
    }
    let edition = table.edition();
    out.push(line(format!(
        "Quy tắc: phiên bản {} ngày {}. {}. {}",
        edition.version,
        kernel::day::show(edition.dated, Lang::Vi),
        edition.source.vi,
        edition.note.vi
    )));
    out
}

/// The controls of the level, group by group, with what stands of each.
fn plan(core: &Core, row: &Dossier, controls: &[Control]) -> Vec<Block> {
    let mut rows = Vec::new();
    let mut group = "";
    for (at, (of, text)) in rules().controls(row.level_number()).enumerate() {
        let said = controls.iter().find(|one| one.code == text.key);
        let state = said.map_or("unsaid", |one| one.state.code());
        let evidence = said.and_then(|one| one.evidence.as_ref()).map(|words| words.to_string()).unwrap_or_default();
        let day = said.and_then(|one| one.on_day).map(|day| kernel::day::show(day, Lang::Vi)).unwrap_or_default();
        let named = if of.key == group { String::new() } else { of.say.vi.clone() };
        group = &of.key;
        let cells =
            [(at + 1).to_string(), named, text.say.vi.clone(), words(core, "level-control", state), evidence, day];
        rows.push(cells.into_iter().map(|cell| vec![Run::new(cell)]).collect());
    }
    let head = ["STT", "Nhóm", "Biện pháp", "Tình trạng", "Căn cứ", "Ngày"].map(str::to_owned).to_vec();
    let columns = vec![Column::Order, Column::Words, Column::Words, Column::Words, Column::Words, Column::Words];
    let edition = &rules().text().edition;
    vec![
        line(format!("Danh mục biện pháp theo cấp độ {} của {}.", row.level, row.name.as_str())),
        Block::Table(Table { head, columns, rows }),
        line(format!("Danh mục: phiên bản {}. {}. {}", edition.version, edition.source.vi, edition.note.vi)),
    ]
}

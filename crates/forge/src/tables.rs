//! Appendices in columns: tasks, and targets with their unit or one column for each year.

use plan_reader::Comparator;

use crate::{
    answer::{Form, Target, Task, When},
    bodies::capital,
    dice::Dice,
    draft::{Draft, roman},
    figures::{Measure, Number, compared},
    piece::{Piece, SAME, Table},
    times::{Term, term_of_label},
};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Number,
    Order,
    Lead,
    Coord,
    Time,
    Product,
}

fn title(draft: &mut Draft, column: Column) -> &'static str {
    draft.dice.pick(match column {
        Column::Number => &["TT", "STT", "Số TT"],
        Column::Order => {
            &["Nhiệm vụ", "Nội dung công việc", "Nhiệm vụ, giải pháp", "Nội dung", "Tên nhiệm vụ", "Công việc"]
        }
        Column::Lead => {
            &["Cơ quan chủ trì", "Đơn vị chủ trì", "Chủ trì", "Cơ quan thực hiện", "Đơn vị thực hiện", "Phân công"]
        }
        Column::Coord => &["Cơ quan phối hợp", "Đơn vị phối hợp", "Phối hợp"],
        Column::Time => &["Thời gian", "Thời gian hoàn thành", "Thời hạn", "Tiến độ", "Thời gian thực hiện"],
        Column::Product => &["Sản phẩm", "Kết quả", "Sản phẩm dự kiến", "Ghi chú"],
    })
}

fn columns(draft: &mut Draft) -> Vec<Column> {
    let mut columns = vec![Column::Order, Column::Lead];
    if draft.dice.chance(75) {
        columns.push(Column::Coord);
    }
    let time = if draft.dice.chance(20) { 1 } else { columns.len() };
    columns.insert(time, Column::Time);
    if draft.dice.chance(40) {
        columns.push(Column::Product);
    }
    if draft.dice.chance(92) {
        columns.insert(0, Column::Number);
    }
    columns
}

/// How the cells of a table are filled, the same in all its rows.
#[derive(Clone, Copy)]
struct Manner {
    /// One cell says who leads and who helps.
    both: bool,
    /// "-nt-" where a row has the lead of the row above.
    same: bool,
    /// "1", "01", "1." or "2.1".
    numbers: usize,
    stop: &'static str,
}

impl Manner {
    fn new(dice: &mut Dice, columns: &[Column]) -> Self {
        Self {
            both: !columns.contains(&Column::Coord) && dice.chance(50),
            same: dice.chance(8),
            numbers: dice.weighted(&[(70, 0), (8, 1), (12, 2), (10, 3)]),
            stop: dice.pick(&["", "", "."]),
        }
    }

    fn number(self, number: usize) -> String {
        match self.numbers {
            0 => number.to_string(),
            1 => format!("{number:02}"),
            2 => format!("{number}."),
            _ => format!("1.{number}"),
        }
    }
}

/// Rows of tasks, at times in groups that have a row of their own.
pub fn tasks(draft: &mut Draft, count: usize) {
    let columns = columns(draft);
    let head = columns.iter().map(|column| title(draft, *column).to_owned()).collect();
    let counted = draft.dice.chance(25);
    let grouped = draft.dice.chance(25) && columns[0] == Column::Number;
    let manner = Manner::new(&mut draft.dice, &columns);
    let mut rows = Vec::new();
    for at in 0..count {
        if grouped && at.is_multiple_of(3) {
            let mut row = vec![String::new(); columns.len()];
            row[0] = roman(at / 3).to_owned();
            row[1] = format!("Nhóm {} về {}", at / 3 + 1, draft.topic());
            rows.push(row);
        }
        rows.push(row(draft, &columns, manner, at + 1));
    }
    let lead = columns.iter().position(|column| *column == Column::Lead);
    draft.pieces.push(Piece::Table(Table { lead, head, counted, rows }));
}

fn row(draft: &mut Draft, columns: &[Column], manner: Manner, number: usize) -> Vec<String> {
    let predicate = draft.predicate();
    let text = capital(&predicate.text);
    let above = draft
        .answer
        .tasks
        .last()
        .filter(|_| manner.same && number % 3 == 2)
        .map(|task| (task.lead.clone(), task.coord.clone()));
    let is_same = above.is_some();
    let (lead, above) = above.unwrap_or_else(|| (draft.leads(), vec![]));
    let helped = (manner.both && !is_same || columns.contains(&Column::Coord)) && draft.dice.chance(75);
    // One cell for all bodies says who helps too.
    let above = if manner.both { above } else { vec![] };
    let coord = if helped { draft.coords(&lead) } else { above };
    let year = draft.year;
    let Term { raw, when } = if draft.dice.chance(92) {
        term_of_label(&mut draft.dice, year)
    } else {
        Term { raw: String::new(), when: When::None }
    };
    let empty = draft.dice.pick(&["", "", "-"]);
    let cell = |text: String| if text.is_empty() { empty.to_owned() } else { text };
    let (leads, coords) = (draft.joined(&lead), draft.joined(&coord));
    let product = draft.dice.pick(&["", "Báo cáo", "Quyết định", "Hội nghị", "Kế hoạch", "Phần mềm"]);
    let cells = columns.iter().map(|column| match column {
        Column::Number => manner.number(number),
        Column::Order => format!("{text}{}", manner.stop),
        Column::Lead if is_same => SAME.to_owned(),
        Column::Lead if manner.both && coord.is_empty() => format!("Chủ trì: {leads}"),
        Column::Lead if manner.both => format!("Chủ trì: {leads}; phối hợp: {coords}"),
        Column::Lead => capital(&leads),
        Column::Coord => cell(capital(&coords)),
        Column::Time => cell(raw.clone()),
        Column::Product => product.to_owned(),
    });
    let cells = cells.collect();
    let (form, source, core) = (Form::Table, predicate.source, text.clone());
    draft.task(Task { form, source, text, core, lead, coord, when, group: None, place: 0..0 });
    cells
}

/// Rows of targets: the unit has a column, the value another, or there is one for each year.
pub fn targets(draft: &mut Draft, count: usize) {
    let by_year = draft.dice.chance(35);
    let year = i16::try_from(draft.year).unwrap_or(2026);
    let years = [year, year + 2, year + 4];
    let unit = draft.dice.pick(&["Đơn vị tính", "Đơn vị", "ĐVT"]);
    let mut head = vec!["TT".to_owned(), "Chỉ tiêu".to_owned(), unit.to_owned()];
    if by_year {
        head.extend(years.map(|year| format!("Năm {year}")));
    } else {
        head.push(draft.dice.pick(&["Kết quả", "Giá trị", "Mục tiêu đến năm 2030", "Kế hoạch"]).to_owned());
        head.push(draft.dice.pick(&["Cơ quan chủ trì", "Cơ quan chủ trì theo dõi", "Đơn vị chủ trì"]).to_owned());
    }
    let mut rows = Vec::new();
    for at in 0..count {
        let Some(measure) = draft.measure() else { break };
        let mut row = vec![(at + 1).to_string(), measure.name.to_owned(), measure.unit.to_owned()];
        if by_year {
            row.extend(years.map(|year| value_of_year(draft, measure, year)));
        } else {
            let lead = draft.dice.pick(draft.house.bodies).to_owned();
            row.push(value(draft, measure, None, vec![lead.clone()]));
            row.push(lead);
        }
        rows.push(row);
    }
    draft.pieces.push(Piece::Table(Table { lead: None, head, counted: false, rows }));
}

fn value_of_year(draft: &mut Draft, measure: &Measure, year: i16) -> String {
    let number = measure.number(&mut draft.dice);
    put(draft, measure, number.value(), None, Comparator::Equal, Some(year), vec![]);
    number.written()
}

fn value(draft: &mut Draft, measure: &Measure, year: Option<i16>, lead: Vec<String>) -> String {
    let number = measure.number(&mut draft.dice);
    if draft.dice.chance(15) && number.0 + measure.step <= measure.most {
        let high = Number(number.0 + measure.step * (number.0 / measure.step / 10).max(1));
        put(draft, measure, number.value(), Some(high.value()), Comparator::AtLeast, year, lead);
        return format!("{} - {}", number.written(), high.written());
    }
    let sign = draft.dice.below(4);
    let (before, behind, comparator) = match sign {
        0 => ("≥ ", "", Comparator::AtLeast),
        1 => compared(&mut draft.dice, measure.upward),
        _ => ("", "", Comparator::Equal),
    };
    put(draft, measure, number.value(), None, comparator, year, lead);
    capital(&format!("{before}{}{behind}", number.written()))
}

fn put(
    draft: &mut Draft,
    measure: &Measure,
    value: f64,
    high: Option<f64>,
    comparator: Comparator,
    year: Option<i16>,
    lead: Vec<String>,
) {
    let (text, unit) = (measure.name.to_owned(), measure.unit.to_owned());
    draft.target(Target { text, value, high, comparator, unit, year, lead, place: 0..0 });
}

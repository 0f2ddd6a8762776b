//! Sentences of the chapter of goals: one figure, a range, several years, several figures with one predicate.

use plan_reader::Comparator;

use crate::{
    answer::Target,
    bodies::capital,
    draft::{Draft, Marks},
    figures::{Number, compared},
    piece::Style,
};

/// What one line states: figures with their comparator, unit and year.
struct Stated {
    text: String,
    values: Vec<Value>,
}

struct Value {
    value: f64,
    high: Option<f64>,
    comparator: Comparator,
    unit: String,
    year: Option<i16>,
}

fn simple(value: f64, comparator: Comparator, unit: &str) -> Value {
    Value { value, high: None, comparator, unit: unit.to_owned(), year: None }
}

pub fn sentences(draft: &mut Draft, count: usize) {
    for at in 0..count {
        let Some(Stated { text, values }) = stated(draft) else { return };
        let mark = if draft.marks == Marks::Numbers { "- ".into() } else { draft.mark(2, at) };
        let stop = draft.dice.pick(&[".", ".", ";"]);
        draft.line(Style::Item, format!("{mark}{text}{stop}"));
        for Value { value, high, comparator, unit, year } in values {
            let text = text.clone();
            draft.target(Target { text, value, high, comparator, unit, year, lead: vec![], place: 0..0 });
        }
    }
}

fn stated(draft: &mut Draft) -> Option<Stated> {
    match draft.dice.below(12) {
        0..=2 => share(draft),
        3 => shares(draft),
        4 => years(draft),
        5 => range(draft),
        6 => two_counts(draft),
        _ => count(draft),
    }
}

fn unit_behind(unit: &str) -> String {
    match unit {
        "" => String::new(),
        "%" => "%".into(),
        unit => format!(" {unit}"),
    }
}

fn share(draft: &mut Draft) -> Option<Stated> {
    let subject = draft.share()?;
    let (before, _, comparator) = [
        ("", "", Comparator::Equal),
        ("Trên ", "", Comparator::Above),
        ("Ít nhất ", "", Comparator::AtLeast),
        ("Tối thiểu ", "", Comparator::AtLeast),
        ("Phấn đấu ", "", Comparator::Equal),
    ][draft.dice.below(5)];
    let most = if comparator == Comparator::Equal { 10_000 } else { 9_500 };
    let number = Number(draft.dice.one(&[6_000, 7_500, 8_000, 9_000, 9_550, 7_025, 9_800, most, most]));
    let blank = draft.dice.pick(&["%", "%", " %"]);
    let text = format!("{before}{}{blank} {subject}", number.written());
    Some(Stated { text, values: vec![simple(number.value(), comparator, "%")] })
}

/// "100% A; 70% B và trên 50% C"
fn shares(draft: &mut Draft) -> Option<Stated> {
    let subjects = [draft.share()?, draft.share()?, draft.share()?];
    let mut numbers = [100, 90, 85, 75, 60, 45].map(Number::whole);
    draft.dice.shuffle(&mut numbers);
    let [a, b, c] = subjects;
    let text =
        format!("{}% {a}; {}% {b} và trên {}% {c}", numbers[0].written(), numbers[1].written(), numbers[2].written());
    let kinds = [Comparator::Equal, Comparator::Equal, Comparator::Above];
    let values = numbers.iter().zip(kinds).map(|(number, kind)| simple(number.value(), kind, "%")).collect();
    Some(Stated { text, values })
}

/// "Năm 2026 đạt 60%, năm 2028 đạt 80%, năm 2030 đạt 100% …"
fn years(draft: &mut Draft) -> Option<Stated> {
    let subject = draft.share()?;
    let first = i16::try_from(draft.year).unwrap_or(2026);
    let (start, step) = (draft.dice.between(40, 60), draft.dice.between(10, 20));
    let steps = [(first, start), (first + 2, start + step), (first + 4, start + 2 * step)];
    let told: Vec<String> = steps.iter().map(|(year, value)| format!("năm {year} đạt {value}%")).collect();
    let text = format!("{} {subject}", capital(&told.join(", ")));
    let values = steps.iter().map(|(year, value)| {
        let value = Number::whole(*value).value();
        Value { year: Some(*year), ..simple(value, Comparator::Equal, "%") }
    });
    Some(Stated { text, values: values.collect() })
}

fn range(draft: &mut Draft) -> Option<Stated> {
    let measure = draft.measure()?;
    let low = measure.number(&mut draft.dice);
    let high = Number(low.0 + measure.step * (low.0 / measure.step / draft.dice.between(5, 12)).max(1));
    let unit = unit_behind(measure.unit);
    let (low_written, high_written) = (low.written(), high.written());
    let text = match draft.dice.below(3) {
        0 => format!("{} đạt {low_written}-{high_written}{unit}", measure.name),
        1 => format!("{} đạt từ {low_written}{unit} đến {high_written}{unit}", measure.name),
        _ => format!("{} khoảng {low_written} - {high_written}{unit}", measure.name),
    };
    let value = Value { high: Some(high.value()), ..simple(low.value(), Comparator::AtLeast, measure.unit) };
    Some(Stated { text, values: vec![value] })
}

fn count(draft: &mut Draft) -> Option<Stated> {
    let measure = draft.measure()?;
    let number = measure.number(&mut draft.dice);
    let (before, behind, comparator) = compared(&mut draft.dice, measure.upward);
    let reaches = match (measure.upward, before) {
        (true, _) => draft.dice.pick(&[" đạt ", " đạt ", " "]),
        (false, _) => draft.dice.pick(&[" giảm còn ", " còn ", " "]),
    };
    let unit = unit_behind(measure.unit);
    let text = format!("{}{reaches}{before}{}{unit}{behind}", measure.name, number.written());
    let until = i16::try_from(draft.year + 2).unwrap_or(2030);
    let (text, year) = match draft.dice.below(6) {
        0 => (format!("Đến năm {until}, {}", uncapital(&text)), Some(until)),
        1 => (format!("{text} vào năm {until}"), Some(until)),
        _ => (text, None),
    };
    let value = Value { year, ..simple(number.value(), comparator, measure.unit) };
    Some(Stated { text, values: vec![value] })
}

/// "Hình thành mới 05 khu, nâng tổng số lên 12 khu"
fn two_counts(draft: &mut Draft) -> Option<Stated> {
    let subject = draft.share()?;
    let (more, whole) = (draft.dice.between(2, 9), draft.dice.between(12, 90));
    let thing = draft.dice.pick(&["cụm công nghiệp", "trạm bơm điện", "mô hình điểm", "khu bảo tồn"]);
    let share = draft.dice.between(50, 95);
    let text = format!("Hình thành mới {more:02} {thing}, nâng tổng số lên {whole} {thing}; {share}% {subject}");
    let value = |value: i64, unit: &str| simple(Number::whole(value).value(), Comparator::Equal, unit);
    Some(Stated { text, values: vec![value(more, thing), value(whole, thing), value(share, "%")] })
}

fn uncapital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

//! What columns hold, as wide as letters are. Text laid out by blanks forgets the places of its page, and a cell that
//! fills its column touches the next one; but every line of a column was broken at one width, and a gap parts what is
//! clearly narrower. Learnt from the lines that gaps part, it tells those that none does. Letters are of many widths on a
//! page and of one where a program set them in columns: what fits the lines better is believed.

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

use super::line::Line;

/// A blank, and a letter of middle width, in thousandths of the letters' size.
const BLANK: f64 = 250.0;
const LETTER: f64 = 480.0;
/// Fewer lines tell nothing of a column.
const FEW: usize = 3;
/// More of them tell no more.
const ENOUGH: usize = 400;
/// Of two scales the one is clearly better that strains the lines by this much less.
const CLEARLY: f64 = 240.0;
/// No word costs more than this, however badly it fits.
const WORST: f64 = 6.0;

/// What letters measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scale {
    /// As in a common face of books.
    Page,
    /// All alike.
    Letters,
}

impl Scale {
    fn blank(self) -> f64 {
        if self == Self::Page { BLANK } else { LETTER }
    }

    fn word(self, text: &str) -> f64 {
        let alike = |c: char| if is_combining_mark(c) { 0.0 } else { LETTER };
        text.chars().map(|c| if self == Self::Page { letter(c) } else { alike(c) }).sum()
    }

    /// The words from `start` before `end`.
    fn width(self, line: &Line, start: usize, end: usize) -> f64 {
        let words = line.words[start..end].iter();
        words.map(|word| self.word(&word.text) + self.blank()).sum::<f64>() - self.blank()
    }
}

fn letter(c: char) -> f64 {
    let mut base = c;
    if !c.is_ascii() {
        let mut first = None;
        decompose_canonical(c, |part| {
            first.get_or_insert(part);
        });
        base = first.unwrap_or(c);
    }
    match base {
        'i' | 'j' | 'l' | 't' | '/' | ':' | ';' => 278.0,
        '.' | ',' => 250.0,
        'f' | 'r' | 'I' | '-' | '(' | ')' => 333.0,
        's' | 'J' => 389.0,
        'a' | 'c' | 'e' | 'z' => 444.0,
        'm' => 778.0,
        'w' | 'A' | 'D' | 'G' | 'H' | 'K' | 'N' | 'O' | 'Q' | 'U' | 'V' | 'X' | 'Y' | 'Đ' => 722.0,
        'B' | 'C' | 'R' => 667.0,
        'E' | 'L' | 'T' | 'Z' => 611.0,
        'F' | 'P' | 'S' => 556.0,
        'M' | 'W' | '%' => 889.0,
        _ if is_combining_mark(base) => 0.0,
        _ => 500.0,
    }
}

/// The lines of one column that gaps part from their neighbours.
#[derive(Debug, Clone, Default)]
struct Seen {
    /// Those that the next column stands beside, behind a gap.
    parted: Vec<f64>,
    /// Lines with the first word of the next one, which they had no room for.
    broken: Vec<f64>,
    /// The last line of the cell that goes on.
    last: Option<f64>,
    /// What all of them tell, where that was asked since the last one came: sorting them takes long.
    told: Option<Width>,
}

/// What the lines of a table tell of its columns.
#[derive(Debug, Clone, Default)]
pub struct Fit {
    page: Vec<Seen>,
    letters: Vec<Seen>,
}

impl Fit {
    /// Takes in a line whose words stand in these columns.
    pub fn line(&mut self, line: &Line, columns: &[usize], wide: f64, begins_row: bool) {
        take(&mut self.page, Scale::Page, line, columns, (wide, begins_row));
        take(&mut self.letters, Scale::Letters, line, columns, (wide, begins_row));
    }

    /// Takes in what other lines told, as far as it tells more.
    pub fn join(&mut self, other: &Self) {
        join(&mut self.page, &other.page);
        join(&mut self.letters, &other.letters);
    }

    /// By the scale that fits better, or by both where they fit alike.
    pub fn widths(&self) -> Widths {
        let widths = |seen: &[Seen], scale| Scaled { columns: seen.iter().map(Seen::width).collect(), scale };
        let (page, letters) = (widths(&self.page, Scale::Page), widths(&self.letters, Scale::Letters));
        let apart = page.strain() - letters.strain();
        Widths(match () {
            () if apart > CLEARLY => vec![letters],
            () if apart < -CLEARLY => vec![page],
            () => vec![page, letters],
        })
    }
}

fn take(seen: &mut Vec<Seen>, scale: Scale, line: &Line, columns: &[usize], (wide, begins_row): (f64, bool)) {
    let most = columns.iter().max().map_or(0, |most| most + 1);
    seen.resize_with(seen.len().max(most), Seen::default);
    let mut said: Vec<Option<f64>> = vec![None; seen.len()];
    for (start, end) in runs(columns) {
        let column = columns[start];
        let clear = line.gap(start) >= wide && (end == columns.len() || line.gap(end) >= wide);
        if !clear {
            continue;
        }
        let (width, seen) = (scale.width(line, start, end), &mut seen[column]);
        let beside = columns.get(end) == Some(&(column + 1));
        if beside && seen.parted.len() < ENOUGH {
            seen.parted.push(width);
            seen.told = None;
        }
        if let Some(last) = seen.last.filter(|_| !begins_row && seen.broken.len() < ENOUGH) {
            seen.broken.push(last + scale.blank() + scale.word(&line.words[start].text));
            seen.told = None;
        }
        // What stands beside an empty cell may hold it, and nothing stands beside the last column.
        said[column] = Some(width).filter(|_| beside);
    }
    for (seen, said) in seen.iter_mut().zip(said) {
        seen.last = said;
    }
}

fn join(seen: &mut Vec<Seen>, other: &[Seen]) {
    seen.resize_with(seen.len().max(other.len()), Seen::default);
    for (seen, more) in seen.iter_mut().zip(other) {
        let known = seen.parted.len() + seen.broken.len();
        seen.parted.extend(more.parted.iter().take(ENOUGH.saturating_sub(seen.parted.len())));
        seen.broken.extend(more.broken.iter().take(ENOUGH.saturating_sub(seen.broken.len())));
        if seen.told.is_none() || seen.parted.len() + seen.broken.len() > known {
            seen.told = Some(seen.weighed());
        }
    }
}

impl Seen {
    fn width(&self) -> Width {
        self.told.unwrap_or_else(|| self.weighed())
    }

    /// A few lines may have been read wrongly.
    fn weighed(&self) -> Width {
        let sorted = |of: &[f64]| {
            let mut of = of.to_vec();
            of.sort_by(f64::total_cmp);
            of
        };
        let (parted, broken) = (sorted(&self.parted), sorted(&self.broken));
        let least = (parted.len() >= FEW).then(|| parted[parted.len() - 1 - parted.len() / 8]);
        let most = (broken.len() >= FEW).then(|| broken[broken.len() / 8]);
        let strain = most.zip(least).map_or(0.0, |(most, least)| (least - most).max(0.0));
        Width { least, most: most.map(|most| most.max(least.unwrap_or(0.0))), strain }
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Width {
    /// A gap shows behind what is narrower than this.
    least: Option<f64>,
    /// No line is wider.
    most: Option<f64>,
    /// By how much lines were wider than that.
    strain: f64,
}

/// How wide the lines of each column may be, by one scale.
#[derive(Debug, Clone)]
struct Scaled {
    columns: Vec<Width>,
    scale: Scale,
}

impl Scaled {
    fn strain(&self) -> f64 {
        self.columns.iter().map(|width| width.strain).sum()
    }

    fn cost(&self, column: usize, width: f64, touches: bool) -> f64 {
        let Some(known) = self.columns.get(column) else { return 0.0 };
        let lack = known.least.filter(|_| touches).map_or(0.0, |least| (least - width).max(0.0));
        let excess = known.most.map_or(0.0, |most| (width - most).max(0.0));
        ((lack + excess) / LETTER).min(WORST)
    }
}

/// How wide the lines of each column may be, by the scales that may be right.
#[derive(Debug, Clone)]
pub struct Widths(Vec<Scaled>);

impl Widths {
    /// Whether it is known which words have no room in a column.
    pub fn is_known(&self, column: usize) -> bool {
        self.0.iter().all(|scaled| scaled.columns.get(column).is_some_and(|width| width.most.is_some()))
    }

    pub fn of<'a>(&'a self, line: &Line) -> OfLine<'a> {
        OfLine(self.0.iter().map(|scaled| (scaled, Stretches::of(line, scaled.scale))).collect())
    }
}

/// The same for the words of a line.
pub struct OfLine<'a>(Vec<(&'a Scaled, Stretches)>);

impl OfLine<'_> {
    /// What it costs that the words from `start` up to `last` are a line of the column, at least and at most, as the scales
    /// have it. `touches`: the next column begins behind a single blank.
    pub fn cost(&self, column: usize, (start, last): (usize, usize), touches: bool) -> (f64, f64) {
        let costs = self.0.iter().map(|(scaled, stretches)| scaled.cost(column, stretches.width(start, last), touches));
        let both = costs.fold((f64::MAX, 0.0_f64), |(least, most), cost| (least.min(cost), most.max(cost)));
        if self.0.is_empty() { (0.0, 0.0) } else { both }
    }
}

/// Where each column begins and ends among the words.
fn runs(columns: &[usize]) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    for at in 0..columns.len() {
        match out.last_mut().filter(|_| at > 0 && columns[at] == columns[at - 1]) {
            Some((_, end)) => *end = at + 1,
            None => out.push((at, at + 1)),
        }
    }
    out
}

/// Widths of all stretches of a line.
struct Stretches {
    sums: Vec<f64>,
    blank: f64,
}

impl Stretches {
    fn of(line: &Line, scale: Scale) -> Self {
        let mut sums = vec![0.0];
        for word in &line.words {
            sums.push(sums.last().copied().unwrap_or(0.0) + scale.word(&word.text) + scale.blank());
        }
        Self { sums, blank: scale.blank() }
    }

    /// Of the words from `start` up to `last`.
    fn width(&self, start: usize, last: usize) -> f64 {
        self.sums[last + 1] - self.sums[start] - self.blank
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aligned::Word;

    #[test]
    fn letters_are_as_wide_as_those_they_are_made_of() {
        let page = |text| Scale::Page.word(text);
        assert!((page("Mẫu") - page("Mau")).abs() < 1.0 && page("te\u{301}") < page("mế"));
        assert!(page("lili") < page("mama"));
        assert!((Scale::Letters.word("lili") - Scale::Letters.word("mama")).abs() < 1.0);
    }

    #[test]
    fn columns_of_which_little_is_known_cost_nothing() {
        let nothing = Scaled { columns: vec![], scale: Scale::Page };
        assert!(nothing.cost(0, 1e6, true) == 0.0 && !Fit::default().widths().is_known(0));
        let width = Width { least: Some(9_000.0), most: Some(11_000.0), strain: 0.0 };
        let known = Scaled { columns: vec![width], scale: Scale::Page };
        assert!(known.cost(0, 10_000.0, true) == 0.0 && known.cost(0, 8_000.0, false) == 0.0);
        assert!(known.cost(0, 8_000.0, true) > 2.0, "a gap would show behind it");
        assert!(known.cost(0, 12_000.0, false) > 2.0, "it has no room");
    }

    fn words(text: &str) -> Vec<Word> {
        let (mut words, mut x0) = (Vec::new(), 0.0);
        for word in text.split(' ').chain(["Sở"]) {
            let x0_here = if word == "Sở" { 60.0 } else { x0 };
            let letters: f64 = word.chars().map(|_| 1.0).sum();
            words.push(Word { x0: x0_here, x1: x0_here + letters, text: word.into() });
            x0 += letters + 1.0;
        }
        words
    }

    /// Two columns; the lines of the first one are these.
    fn fit(lines: &[&str]) -> Fit {
        let mut fit = Fit::default();
        for (at, text) in lines.iter().enumerate() {
            let words = words(text);
            let columns: Vec<usize> = words.iter().map(|word| usize::from(word.text == "Sở")).collect();
            fit.line(&Line { words }, &columns, 2.0, at == 0);
        }
        fit
    }

    #[test]
    fn lines_are_weighed_again_only_where_they_tell_more() {
        let weighed = |fit: &Fit| fit.page.iter().map(Seen::weighed).collect::<Vec<_>>();
        let told = |fit: &Fit| fit.page.iter().map(|seen| seen.told).collect::<Option<Vec<_>>>();
        let narrow = fit(&["lili lili"; 5]);
        assert_eq!(told(&narrow), None);
        let mut all = narrow.clone();
        all.join(&fit(&["mama mama mama"; 20]));
        assert!(told(&all) == Some(weighed(&all)) && weighed(&all) != weighed(&narrow));
        let known = told(&all);
        all.join(&Fit::default());
        assert_eq!(told(&all), known);
        // More than enough tell no more.
        let mut long = fit(&["lili lili"; ENOUGH]);
        long.join(&fit(&["lili lili"; 5]));
        let known = told(&long);
        assert!(known.is_some());
        long.join(&fit(&["mama mama mama"; ENOUGH]));
        assert!(told(&long) == known && long.page[0].parted.len() == ENOUGH);
        all.line(&Line { words: words("mama mama mama mama") }, &[0, 0, 0, 0, 1], 2.0, false);
        assert_eq!((all.page[0].told, all.page[0].width()), (None, all.page[0].weighed()));
    }

    #[test]
    fn the_end_of_a_line_tells_nothing_of_its_column() {
        let word = |x0: f64, text: &str| Word { x0, x1: x0 + 1.0, text: text.into() };
        let mut fit = Fit::default();
        for begins_row in [true, false] {
            fit.line(&Line { words: vec![word(0.0, "a"), word(20.0, "b")] }, &[0, 1], 2.0, begins_row);
        }
        assert_eq!(fit.page.iter().map(|seen| seen.broken.len()).collect::<Vec<_>>(), [1, 0]);
    }

    fn scales(fit: &Fit) -> Vec<Scale> {
        fit.widths().0.iter().map(|scaled| scaled.scale).collect()
    }

    #[test]
    fn what_fits_the_lines_better_is_believed() {
        // Broken at twelve letters, however wide they are.
        let typed = fit(&["mama mama mm", "lili lili il", "mmm mama mm", "lili tili li", "mama mama mm"]);
        assert_eq!(scales(&typed), [Scale::Letters]);
        // Broken at one width, with more narrow letters than wide ones.
        let page = fit(&["mama mama", "lili lili lili il", "mama mama", "lili tili lili li", "mama mama"]);
        assert_eq!(scales(&page), [Scale::Page]);
        let few = fit(&["mama mama", "lili"]);
        assert_eq!(scales(&few), [Scale::Page, Scale::Letters]);
    }
}

//! Days as a picture that the server draws: a line for each wave or system, with the days behind it that are closed.

use std::fmt::Write as _;

use jiff::civil::Date;
use kernel::day::{days_until, show};
use portfolio::waves::Span;
use webkit::Req;

use super::figures::shown::escaped;

const WIDTH: i64 = 960;
/// Where the days begin; names stand before them.
const LEFT: i64 = 340;
/// Room for the months.
const HEAD: i64 = 26;
const LINE: i64 = 38;
const BAR: i64 = 18;
/// The shortest bar.
const SHORT: i64 = 4;
/// Months that are written at most.
const MONTHS: usize = 12;
/// Letters of a name, and of what stands below it, that have room.
const LETTERS: (usize, usize) = (38, 54);
/// Closed days that are said in words.
const SAID: usize = 10;

/// A name, what stands below it, and its bar.
#[derive(Debug, Clone)]
pub struct Line {
    pub name: String,
    pub href: Option<String>,
    pub says: String,
    pub days: (Date, Date),
    /// What is heard of the bar.
    pub heard: String,
    /// Where the bar leads.
    pub way: Option<String>,
    /// The class of the bar.
    pub look: &'static str,
    /// Closed for this line alone.
    pub closed: Vec<Span>,
    /// The wave that takes what is dropped here.
    pub takes: Option<u32>,
}

pub struct Gantt<'a> {
    pub title: &'a str,
    /// The months of these are drawn whole.
    pub days: (Date, Date),
    pub today: Date,
    pub closed: &'a [Span],
    pub lines: &'a [Line],
}

impl Gantt<'_> {
    pub fn svg(&self) -> String {
        let scale = Scale::of(self.days);
        let height = HEAD + LINE * i64::try_from(self.lines.len()).unwrap_or_default();
        let mut out = format!(
            "<svg class=\"gantt\" viewBox=\"0 0 {WIDTH} {height}\" role=\"group\" aria-labelledby=\"gantt-title\">\
             <title id=\"gantt-title\">{}</title>",
            escaped(self.title)
        );
        scale.shade(self.closed, (HEAD, height - HEAD), &mut out);
        for month in scale.months() {
            let x = scale.x(month);
            let _ = write!(
                out,
                "<line x1=\"{x}\" x2=\"{x}\" y1=\"0\" y2=\"{height}\"/>\
                 <text class=\"q\" x=\"{}\" y=\"16\">{:02}/{}</text>",
                x + 4,
                month.month(),
                month.year()
            );
        }
        for (at, line) in (0_i64..).zip(self.lines) {
            line.draw(scale, HEAD + LINE * at, &mut out);
        }
        if (scale.first..=scale.last).contains(&self.today) {
            let x = scale.x(self.today);
            let _ = write!(out, "<line class=\"now\" x1=\"{x}\" x2=\"{x}\" y1=\"{HEAD}\" y2=\"{height}\"/>");
        }
        out + "</svg>"
    }
}

impl Line {
    fn draw(&self, scale: Scale, y: i64, out: &mut String) {
        let takes = self.takes.map(|wave| format!(" data-wave=\"{wave}\"")).unwrap_or_default();
        let _ = write!(out, "<g{takes}><rect class=\"hit\" y=\"{y}\" width=\"{WIDTH}\" height=\"{LINE}\"/>");
        scale.shade(&self.closed, (y, LINE), out);
        let (begin, end) = linked(self.href.as_deref());
        let _ = write!(
            out,
            "{begin}<title>{}</title><text x=\"8\" y=\"{}\">{}</text>{end}<text class=\"q\" x=\"8\" y=\"{}\">{}</text>",
            escaped(&self.name),
            y + 16,
            escaped(&cut(&self.name, LETTERS.0)),
            y + 31,
            escaped(&cut(&self.says, LETTERS.1))
        );
        let ((x, width), (begin, end)) = (scale.bar(self.days), linked(self.way.as_deref()));
        let _ = write!(
            out,
            "{begin}<title>{}</title><rect class=\"gantt-bar {}\" x=\"{x}\" y=\"{}\" width=\"{width}\" \
             height=\"{BAR}\"/>{end}</g>",
            escaped(&self.heard),
            self.look,
            y + (LINE - BAR) / 2
        );
    }
}

/// What would lead nowhere is no link.
fn linked(href: Option<&str>) -> (String, &'static str) {
    href.map_or_else(|| ("<g>".to_owned(), "</g>"), |href| (format!("<a href=\"{href}\">"), "</a>"))
}

fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

/// From days to places.
#[derive(Debug, Clone, Copy)]
struct Scale {
    first: Date,
    last: Date,
    whole: i64,
}

impl Scale {
    fn of((first, last): (Date, Date)) -> Self {
        let (first, last) = (first.first_of_month(), last.last_of_month());
        Self { first, last, whole: (days_until(first, last) + 1).max(1) }
    }

    fn at(self, days: i64) -> i64 {
        LEFT + (WIDTH - LEFT) * days.clamp(0, self.whole) / self.whole
    }

    /// Where a day begins.
    fn x(self, day: Date) -> i64 {
        self.at(days_until(self.first, day))
    }

    /// Where a bar begins, and its width; of days that lie beyond the picture it stands at the edge.
    fn bar(self, (from, to): (Date, Date)) -> (i64, i64) {
        let x = self.x(from).min(WIDTH - SHORT);
        (x, (self.at(days_until(self.first, to) + 1) - x).max(SHORT))
    }

    fn months(self) -> impl Iterator<Item = Date> {
        let next = |month: &Date| month.last_of_month().tomorrow().ok();
        let last = self.last;
        let all = std::iter::successors(Some(self.first), next).take_while(move |month| *month <= last);
        let all: Vec<Date> = all.collect();
        let step = all.len().div_ceil(MONTHS).max(1);
        all.into_iter().step_by(step)
    }

    fn shade(self, closed: &[Span], (y, height): (i64, i64), out: &mut String) {
        for span in closed.iter().filter(|span| meets(**span, (self.first, self.last))) {
            let (x, width) = self.bar((span.from, span.to));
            let _ = write!(out, "<rect class=\"closed\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>");
        }
    }
}

fn meets(span: Span, (first, last): (Date, Date)) -> bool {
    span.from <= last && first <= span.to
}

/// What the shade behind these days means, where there is any: the first spans in words, and how many more there are.
pub fn closed_words(req: &Req, closed: &[Span], days: (Date, Date)) -> Option<String> {
    let scale = Scale::of(days);
    let met: Vec<&Span> = closed.iter().filter(|span| meets(**span, (scale.first, scale.last))).collect();
    let day = |day: Date| show(day, req.ctx.lang);
    let said = |span: &&Span| {
        if span.from == span.to { day(span.from) } else { format!("{} – {}", day(span.from), day(span.to)) }
    };
    let spans: Vec<String> = met.iter().take(SAID).map(said).collect();
    let args = [("days", spans.join("; ").into()), ("more", met.len().saturating_sub(SAID).into())];
    let key = if met.len() > SAID { "gantt-closed-more" } else { "gantt-closed" };
    (!met.is_empty()).then(|| req.app.locales().text(req.ctx.lang, key, &args))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn line(from: Date, to: Date) -> Line {
        Line {
            name: "Kho <b>".into(),
            href: None,
            says: String::new(),
            days: (from, to),
            heard: "Từ & đến".into(),
            way: Some("/migrations/x".into()),
            look: "run",
            closed: Vec::new(),
            takes: Some(3),
        }
    }

    #[test]
    fn a_bar_stands_on_its_days_and_none_leaves_the_picture() {
        // A month of 31 days: 20 units each.
        let scale = Scale::of((date(2027, 1, 4), date(2027, 1, 20)));
        assert_eq!(scale.bar((date(2027, 1, 4), date(2027, 1, 13))), (LEFT + 60, 200));
        assert_eq!(scale.bar((date(2027, 1, 31), date(2027, 1, 31))), (WIDTH - 20, 20));
        assert_eq!(scale.bar((date(2026, 1, 1), date(2026, 1, 2))), (LEFT, SHORT));
        assert_eq!(scale.bar((date(2099, 1, 1), date(2099, 1, 2))), (WIDTH - SHORT, SHORT));
        assert_eq!(scale.bar((date(2026, 1, 1), date(2099, 1, 2))), (LEFT, WIDTH - LEFT));
    }

    #[test]
    fn many_years_have_no_more_months_than_have_room() {
        let scale = Scale::of((date(2026, 11, 21), date(2046, 2, 1)));
        let months: Vec<Date> = scale.months().collect();
        assert!(months.len() <= MONTHS && months[0] == date(2026, 11, 1), "{months:?}");
        assert_eq!(Scale::of((date(2027, 1, 4), date(2027, 3, 1))).months().count(), 3);
    }

    #[test]
    fn a_picture_shades_what_is_closed_and_says_today_where_it_lies_in_it() {
        let lines = [line(date(2027, 1, 4), date(2027, 1, 13))];
        let tet = Span { from: date(2027, 1, 30), to: date(2027, 2, 20) };
        let gone = Span { from: date(2026, 1, 1), to: date(2026, 1, 2) };
        let days = (date(2027, 1, 4), date(2027, 1, 31));
        let of = |today| Gantt { title: "Lịch", days, today, closed: &[tet, gone], lines: &lines }.svg();
        let svg = of(date(2027, 1, 11));
        for part in [
            "<g data-wave=\"3\">",
            "<title>Kho &lt;b&gt;</title>",
            "<a href=\"/migrations/x\"><title>Từ &amp; đến</title><rect class=\"gantt-bar run\" x=\"400\"",
            "<rect class=\"closed\" x=\"920\" y=\"26\" width=\"40\" height=\"38\"/>",
            "<line class=\"now\" x1=\"540\"",
        ] {
            assert!(svg.contains(part), "{part}: {svg}");
        }
        assert_eq!(svg.matches("class=\"closed\"").count(), 1, "{svg}");
        assert!(!of(date(2027, 2, 1)).contains("class=\"now\""));
    }

    #[test]
    fn a_long_name_is_cut_at_a_letter() {
        assert_eq!(cut("Đợt ba", 6), "Đợt ba");
        assert_eq!(cut("Đợt ba", 4), "Đợt…");
    }
}

//! Small charts drawn on the server as SVG, without script and without inline style.

use std::fmt::Write as _;

const WIDTH: f64 = 232.0;
const HEIGHT: f64 = 30.0;

/// A trajectory: `values` in order as a line, `goal` as a dashed one; both start at zero. The words are for those who
/// do not see it.
pub fn trajectory(values: &[f64], goal: f64, title: &str) -> String {
    let top = values.iter().copied().fold(goal, f64::max).max(1.0);
    let y = |value: f64| (HEIGHT - 2.0) - (HEIGHT - 4.0) * value / top;
    let step = WIDTH / f64::from(u32::try_from(values.len().max(2) - 1).unwrap_or(1));
    let mut points = String::new();
    for (x, value) in (0_u32..).zip(values) {
        let _ = write!(points, "{:.1},{:.1} ", f64::from(x) * step, y(*value));
    }
    let title = title.replace('&', "&amp;").replace('<', "&lt;");
    let goal = y(goal);
    format!(
        "<svg class=\"trajectory\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" preserveAspectRatio=\"none\" role=\"img\"><title>{title}</title>\
         <line class=\"goal\" x1=\"0\" x2=\"{WIDTH}\" y1=\"{goal:.1}\" y2=\"{goal:.1}\"/><polyline points=\"{}\"/></svg>",
        points.trim_end()
    )
}

/// One row of a timeline: a bar from `from` to `to` and a line for today, as shares of the whole time shown. `look` is
/// the class of the bar. The words are for those who do not see it.
pub fn span(from: f64, to: f64, today: f64, look: &str, title: &str) -> String {
    let place = |share: f64| share.clamp(0.0, 1.0) * 1000.0;
    let (x, end) = (place(from), place(to));
    let width = (end - x).max(6.0);
    let title = title.replace('&', "&amp;").replace('<', "&lt;");
    let now = if (0.0..=1.0).contains(&today) {
        format!("<line class=\"now\" x1=\"{0:.0}\" x2=\"{0:.0}\" y1=\"0\" y2=\"20\"/>", place(today))
    } else {
        String::new()
    };
    format!(
        "<svg class=\"timespan\" viewBox=\"0 0 1000 20\" preserveAspectRatio=\"none\" role=\"img\"><title>{title}</title>\
         <rect class=\"{look}\" x=\"{x:.0}\" width=\"{width:.0}\" y=\"4\" height=\"12\"/>{now}</svg>"
    )
}

/// The head of a timeline: its years, each at its place.
pub fn years(first: i16, last: i16) -> String {
    let count = f64::from(last - first + 1).max(1.0);
    let mut out = String::from("<svg class=\"timeyears\" viewBox=\"0 0 1000 30\" role=\"img\" aria-hidden=\"true\">");
    for (at, year) in (0_i16..).zip(first..=last) {
        let x = f64::from(at) / count * 1000.0;
        let _ = write!(
            out,
            "<line x1=\"{x:.0}\" x2=\"{x:.0}\" y1=\"0\" y2=\"30\"/><text x=\"{:.0}\" y=\"21\">{year}</text>",
            x + 6.0
        );
    }
    out + "</svg>"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_starts_at_zero_and_ends_at_the_right() {
        let svg = trajectory(&[0.0, 5.0, 10.0], 10.0, "a < b");
        assert!(svg.contains("points=\"0.0,28.0 116.0,15.0 232.0,2.0\""), "{svg}");
        assert!(svg.contains("y1=\"2.0\"") && svg.contains("a &lt; b"));
    }

    #[test]
    fn nothing_at_all_is_still_a_picture() {
        assert!(trajectory(&[], 0.0, "").contains("points=\"\""));
    }
}

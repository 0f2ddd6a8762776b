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

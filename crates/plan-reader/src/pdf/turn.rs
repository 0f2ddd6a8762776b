//! Pages that lie on their side, whatever their `/Rotate` says: most of their letters show how they stand.

use hayro_interpret::kurbo::{Point, Rect};

use super::marks::{Letter, Marks};
use crate::layout::Rule;

/// The marks with their text upright. Letters that stand otherwise than most (a stamp in the margin) are left out.
pub fn upright(mut marks: Marks) -> Marks {
    let mut counts = [0_usize; 4];
    for letter in &marks.letters {
        if let Some(count) = counts.get_mut(usize::from(letter.turn)) {
            *count += 1;
        }
    }
    // Of equal ones the first, which is upright.
    let most = (0..4_u8).zip(counts).rev().max_by_key(|(_, count)| *count).map_or(0, |(turn, _)| turn);
    marks.letters.retain(|letter| letter.turn == most);
    if most == 0 {
        return marks;
    }
    let (width, height) = (marks.bounds.width(), marks.bounds.height());
    let turned = |point: Point| match most {
        1 => Point::new(point.y, width - point.x),
        2 => Point::new(width - point.x, height - point.y),
        _ => Point::new(height - point.y, point.x),
    };
    let letter = |letter: Letter| Letter { start: turned(letter.start), end: turned(letter.end), turn: 0, ..letter };
    let rule = |rule: Rule| {
        let bounds = Rect::from_points(turned(Point::new(rule.x0, rule.y0)), turned(Point::new(rule.x1, rule.y1)));
        Rule { x0: bounds.x0, y0: bounds.y0, x1: bounds.x1, y1: bounds.y1 }
    };
    let (wide, high) = if most == 2 { (width, height) } else { (height, width) };
    Marks {
        bounds: Rect::new(0.0, 0.0, wide, high),
        letters: marks.letters.into_iter().map(letter).collect(),
        rules: marks.rules.into_iter().map(rule).collect(),
        ..marks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page of 600 to 800 with two letters of one line, the second further along, and a letter of the next line.
    fn page(turn: u8, places: [(f64, f64); 3]) -> Marks {
        let mut marks = Marks::new(Rect::new(0.0, 0.0, 600.0, 800.0));
        let letter =
            |(x, y)| Letter { text: "a".into(), start: Point::new(x, y), end: Point::new(x, y), size: 10.0, turn };
        marks.letters.extend(places.map(letter));
        marks.letters.push(Letter { turn: (turn + 1) % 4, ..letter((0.0, 0.0)) });
        marks
    }

    #[test]
    fn text_stands_upright_however_the_page_lies() {
        let lying = [
            (0, [(100.0, 200.0), (150.0, 200.0), (100.0, 220.0)]),
            (1, [(500.0, 100.0), (500.0, 150.0), (480.0, 100.0)]),
            (2, [(500.0, 600.0), (450.0, 600.0), (500.0, 580.0)]),
            (3, [(100.0, 700.0), (100.0, 650.0), (120.0, 700.0)]),
        ];
        for (turn, places) in lying {
            let marks = upright(page(turn, places));
            let [first, along, below] = &marks.letters[..] else { panic!("{turn}: {:?}", marks.letters) };
            assert_eq!(along.start - first.start, (50.0, 0.0).into(), "{turn}");
            assert_eq!(below.start - first.start, (0.0, 20.0).into(), "{turn}");
            assert!(marks.bounds.contains(first.start));
        }
    }
}

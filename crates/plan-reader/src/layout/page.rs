//! A page as words and drawn lines at their places.

#[derive(Debug, Clone)]
pub struct Page {
    pub height: f64,
    /// Read from a picture: drawn lines are found in pieces and not quite straight.
    pub recognised: bool,
    pub words: Vec<Word>,
    pub rules: Vec<Rule>,
}

/// A word on its base line; `y` grows downwards.
#[derive(Debug, Clone)]
pub struct Word {
    pub x0: f64,
    pub x1: f64,
    pub y: f64,
    pub size: f64,
    pub text: String,
    /// How sure the recognition is; 1 where the document says so itself.
    pub sure: f64,
}

impl Word {
    /// The middle of its small letters.
    pub fn middle(&self) -> (f64, f64) {
        (f64::midpoint(self.x0, self.x1), self.y - 0.25 * self.size)
    }
}

/// A thin drawn line.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    pub x0: f64,
    pub y0: f64,
    pub x1: f64,
    pub y1: f64,
}

/// Words as lines from top to bottom, each from left to right.
pub fn lines(words: &[Word]) -> Vec<Vec<&Word>> {
    let mut sorted: Vec<&Word> = words.iter().collect();
    sorted.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut lines: Vec<Vec<&Word>> = Vec::new();
    for word in sorted {
        match lines.last_mut().filter(|line| line.first().is_some_and(|first| word.y - first.y < 0.45 * first.size)) {
            Some(line) => line.push(word),
            None => lines.push(vec![word]),
        }
    }
    for line in &mut lines {
        line.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    }
    lines
}

pub fn text(line: &[&Word]) -> String {
    line.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
}

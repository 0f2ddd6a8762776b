//! Paragraphs to blocks: each marked item with its text, its fields and the headings above it.

use std::rc::Rc;

use crate::{
    Span, bracket,
    field::{self, Field},
    marker::{self, Level, Mark},
    paragraph::Paragraph,
    table,
};

/// What a chapter is about, told by its title and never by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chapter {
    Goals,
    GeneralGoals,
    Tasks,
    Organisation,
    Funding,
    /// Purposes, views, principles.
    Purpose,
    /// What is, was done, or stands in the way.
    Situation,
    /// Who reports to whom, and when.
    Reporting,
    /// What is asked of those above.
    Proposal,
    Other,
}

#[derive(Debug, Clone)]
pub struct Heading {
    pub mark: Mark,
    /// The heading and the unmarked sentences under it: a period may be set there.
    pub text: String,
    pub chapter: Option<Chapter>,
    /// The time frame among its labels.
    pub time: Option<String>,
    /// Its block, as a number.
    pub block: usize,
}

#[derive(Debug, Clone, Copy)]
pub struct Text<'p> {
    pub text: &'p str,
    pub span: Span,
}

#[derive(Debug, Clone)]
pub struct Block<'p> {
    /// Blocks beside each other stand below the same ones.
    pub above: Vec<Rc<Heading>>,
    pub mark: Option<Mark>,
    /// The item's own paragraph first (without its mark), then unmarked ones that follow it.
    pub texts: Vec<Text<'p>>,
    pub fields: Vec<(Field, Text<'p>)>,
    /// The mark of its first line of labels: where it is the item's own, the labels are of the whole list.
    pub labelled: Option<Mark>,
    /// The last line without a mark that opens what follows, and how many headings stand before it: "Chủ tịch UBND tỉnh yêu cầu:".
    pub led: Option<(usize, &'p str)>,
    /// The chapter that it opens itself.
    pub own: Option<Chapter>,
}

impl Block<'_> {
    pub fn chapter(&self) -> Chapter {
        if let Some(own) = self.own {
            return own;
        }
        self.above.iter().rev().find_map(|heading| heading.chapter).unwrap_or(Chapter::Other)
    }

    pub fn section(&self) -> Vec<String> {
        let mut labels: Vec<String> = self.above.iter().map(|heading| heading.mark.label.clone()).collect();
        labels.extend(self.mark.iter().map(|mark| mark.label.clone()));
        labels
    }

    pub fn span(&self) -> Span {
        let spans = self.texts.iter().chain(self.fields.iter().map(|(_, text)| text)).map(|text| text.span);
        spans.reduce(Span::to).unwrap_or_default()
    }

    /// A number or roman whose sentence is a title: more text or items stand under it.
    pub fn is_heading(&self) -> bool {
        let title = self.texts.first().is_some_and(|first| !first.text.ends_with(['.', ';', '/']));
        self.mark.as_ref().is_some_and(|mark| !mark.is_item()) && title
    }
}

pub fn blocks<'p>(paragraphs: &[&'p Paragraph]) -> Vec<Block<'p>> {
    let lettered = is_lettered(paragraphs);
    let mut walk = Walk { top: top_level(paragraphs, lettered), lettered, ..Walk::default() };
    let mut in_table = false;
    for paragraph in paragraphs {
        if let Some(cells) = paragraph.cells() {
            in_table = in_table || table::is_header(&cells);
            if in_table {
                continue;
            }
        }
        walk.paragraph(paragraph);
    }
    walk.close();
    walk.blocks
}

/// The level that carries chapters: romans where there are any, else numbers.
fn top_level(paragraphs: &[&Paragraph], lettered: bool) -> Level {
    let romans = paragraphs.iter().filter(|paragraph| marker::level(&paragraph.text) == Some(Level::Roman));
    match romans.count() {
        ..2 => Level::Number,
        _ if lettered => Level::Capital,
        _ => Level::Roman,
    }
}

/// Chapters are lettered, and romans stand below them: "A. …", "B. …", "I. …".
fn is_lettered(paragraphs: &[&Paragraph]) -> bool {
    let levels = paragraphs.iter().filter_map(|paragraph| marker::level(&paragraph.text));
    let chapters = levels.filter(|level| matches!(level, Level::Roman | Level::Capital));
    let mut letters = 0;
    for level in chapters {
        match level {
            Level::Capital => letters += 1,
            _ => return letters > 0,
        }
    }
    false
}

struct Walk<'p> {
    top: Level,
    lettered: bool,
    above: Vec<Rc<Heading>>,
    open: Option<Block<'p>>,
    blocks: Vec<Block<'p>>,
    led: Option<(usize, &'p str)>,
}

impl Default for Walk<'_> {
    fn default() -> Self {
        Self { top: Level::Roman, lettered: false, above: Vec::new(), open: None, blocks: Vec::new(), led: None }
    }
}

impl<'p> Walk<'p> {
    fn paragraph(&mut self, paragraph: &'p Paragraph) {
        let at = |text: &'p str| Text { text, span: paragraph.span };
        let labels = field::labels(&paragraph.text);
        let marked = marker::marker(&paragraph.text).map(|(mark, rest)| (self.ranked(mark), rest));
        if let Some(first) = labels.first()
            && paragraph.text[..first.at].chars().all(|c| !c.is_alphanumeric())
        {
            if let Some(open) = self.open.as_mut() {
                let mark = marked.map(|(mark, _)| mark);
                if open.fields.is_empty() {
                    open.labelled = mark;
                }
                open.fields.extend(labels.iter().map(|label| (label.field, at(&paragraph.text[label.value.clone()]))));
            }
            return;
        }
        // Labels behind the sentence of a task: its own words end before them.
        let behind = bracket::bracket(&paragraph.text);
        let own = behind.as_ref().map_or(labels.first().map_or(paragraph.text.len(), |first| first.at), |(at, _)| *at);
        let said: bracket::Said = match behind {
            Some((_, said)) => said,
            None => labels.iter().map(|label| (label.field, label.value.clone())).collect(),
        };
        let fields = said.into_iter().map(|(field, range)| (field, at(&paragraph.text[range])));
        if let Some((mark, rest)) = marked {
            self.close();
            self.step_out(&mark);
            let depth = self.above.len();
            self.led = self.led.take().filter(|(led, _)| mark.level > Level::Roman && *led <= depth);
            let cut = rest.len().saturating_sub(paragraph.text.len() - own);
            let rest = rest[..cut].trim_end_matches(['(', ' ', '-', '+']);
            let texts = vec![at(rest)];
            let (above, led) = (self.above.clone(), self.led);
            let block =
                Block { above, mark: Some(mark), texts, fields: fields.collect(), labelled: None, led, own: None };
            self.open = Some(block);
            return;
        }
        let text = at(paragraph.text[..own].trim_end_matches(['(', ' ', '-', '+']));
        if text.text.ends_with(':') {
            let depth = self.above.len() + usize::from(self.open.as_ref().is_some_and(|open| open.mark.is_some()));
            self.led = Some((depth, text.text));
        }
        match self.open.as_mut() {
            Some(open) if open.fields.is_empty() => {
                open.texts.push(text);
                open.fields.extend(fields);
            }
            _ => {
                self.close();
                let (texts, fields) = (vec![text], fields.collect());
                let (above, led) = (self.above.clone(), self.led);
                self.open = Some(Block { above, mark: None, texts, fields, labelled: None, led, own: None });
            }
        }
    }

    /// Letters that carry chapters stand above romans.
    fn ranked(&self, mark: Mark) -> Mark {
        let level = match mark.level {
            Level::Capital if self.lettered => Level::Roman,
            Level::Roman if self.lettered => Level::Capital,
            level => level,
        };
        Mark { level, ..mark }
    }

    /// Leaves the headings that this mark does not stand under: up to the list that it goes on with, else to its level.
    fn step_out(&mut self, mark: &Mark) {
        if let Some(at) = self.above.iter().rposition(|heading| heading.mark.is_like(mark)) {
            self.above.truncate(at);
            return;
        }
        let opens = self.above.last().is_some_and(|heading| heading.text.ends_with(':'));
        if !(opens && mark.is_first() && mark.level >= Level::Number) {
            self.above.retain(|heading| heading.mark.depth() < mark.depth());
        }
    }

    fn close(&mut self) {
        let Some(mut block) = self.open.take() else { return };
        if let (Some(mark), Some(first)) = (&block.mark, block.texts.first()) {
            // The title of a part stands on the line below it; that of an appendix says what its table holds.
            let is_bare = first.text.is_empty() && !mark.label.to_uppercase().starts_with("PHỤ");
            let title = if is_bare { block.texts.get(1).unwrap_or(first) } else { first };
            let chapter = self.chapter_of(mark, title.text);
            let text = block.texts.iter().map(|text| text.text).collect::<Vec<_>>().join("\n");
            let time =
                block.fields.iter().find(|(field, _)| *field == Field::Time).map(|(_, time)| time.text.to_owned());
            let at = self.blocks.len();
            self.above.push(Rc::new(Heading { mark: mark.clone(), text, chapter, time, block: at }));
            block.own = chapter;
        }
        self.blocks.push(block);
    }

    fn chapter_of(&self, mark: &Mark, title: &str) -> Option<Chapter> {
        let goals = self.above.iter().any(|heading| heading.chapter == Some(Chapter::Goals));
        if mark.level > self.top.max(Level::SubNumber) && !goals {
            return None;
        }
        let title = title.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| title.contains(word));
        let is_title = title.chars().count() < 120 && !title.ends_with(['.', ';']);
        if mark.level > self.top {
            return match () {
                () if goals && has(&["tổng quát", "mục tiêu chung"]) => Some(Chapter::GeneralGoals),
                () if has(&["mục tiêu cụ thể", "chỉ tiêu cụ thể"]) && mark.level <= Level::SubNumber => {
                    Some(Chapter::Goals)
                }
                // A chapter of its own, where capitals stand above romans or among them.
                () if is_title && mark.level == Level::Capital && title.starts_with("kinh phí") => {
                    Some(Chapter::Funding)
                }
                () if is_title && mark.level <= Level::SubNumber => of_goals(&title).or_else(|| aside(&title)),
                () => None,
            };
        }
        if mark.level < self.top && !is_title {
            return None;
        }
        Some(match () {
            () if has(&["tổ chức thực hiện", "phân công trách nhiệm", "trách nhiệm thực hiện"]) => {
                Chapter::Organisation
            }
            () if is_title && aside(&title).is_some() => return aside(&title),
            () if has(&["nhiệm vụ", "giải pháp", "nội dung"]) => Chapter::Tasks,
            () if has(&["mục tiêu", "chỉ tiêu"]) => Chapter::Goals,
            () if has(&["kinh phí", "nguồn lực"]) => Chapter::Funding,
            () if mark.level < self.top || self.above.iter().any(|heading| heading.chapter.is_some()) => return None,
            () => Chapter::Other,
        })
    }
}

/// "2. Mục tiêu đến năm 2030" in a chapter of views, "2. Các chỉ tiêu chủ yếu".
fn of_goals(title: &str) -> Option<Chapter> {
    let begins = ["mục tiêu", "chỉ tiêu", "các mục tiêu", "các chỉ tiêu", "một số chỉ tiêu", "một số mục tiêu"];
    let is_general = ["tổng quát", "mục tiêu chung"].iter().any(|words| title.contains(words));
    let chapter = if is_general { Chapter::GeneralGoals } else { Chapter::Goals };
    begins.iter().any(|words| title.starts_with(words)).then_some(chapter)
}

/// Chapters beside the work: at whatever level they stand, their titles begin so.
fn aside(title: &str) -> Option<Chapter> {
    let begins = |words: &[&str]| words.iter().any(|word| title.starts_with(word));
    match () {
        () if is_told(title) => None,
        () if begins(&["mục đích", "yêu cầu", "quan điểm", "nguyên tắc", "phạm vi", "đối tượng", "tầm nhìn"]) => {
            Some(Chapter::Purpose)
        }
        () if is_proposal(title) => Some(Chapter::Proposal),
        () if begins(&[
            "đánh giá",
            "kết quả",
            "tình hình",
            "thực trạng",
            "tồn tại",
            "hạn chế",
            "nguyên nhân",
            "ưu điểm",
            "bối cảnh",
            "sự cần thiết",
            "những kết quả",
            "khó khăn",
            "về kết quả",
            "về tình hình",
        ]) =>
        {
            Some(Chapter::Situation)
        }
        () if begins(&["chế độ báo cáo", "chế độ thông tin", "thông tin, báo cáo", "báo cáo"]) => {
            Some(Chapter::Reporting)
        }
        () => None,
    }
}

/// "Kiến nghị, đề xuất", "Một số kiến nghị với Trung ương": what is asked of those above, and by nobody else.
fn is_proposal(title: &str) -> bool {
    const WORDS: [&str; 9] = ["những", "các", "một", "số", "kiến", "nghị", "đề", "xuất", "và"];
    let mut words = title.split([' ', ',', ':']).filter(|word| !word.is_empty()).peekable();
    let mut asks = false;
    while let Some(word) = words.next_if(|word| WORDS.contains(word)) {
        asks |= matches!(word, "nghị" | "xuất");
    }
    asks && words.next().is_none_or(|next| matches!(next, "với" | "đối"))
}

/// Titles that begin as those beside the work do and go on with who does it, or what: "Yêu cầu chuẩn bị", "Đối tượng và các đoàn
/// kiểm tra", "Đánh giá, xếp loại".
fn is_told(title: &str) -> bool {
    let behind = |begun: &str| title.strip_prefix(begun).map(|rest| rest.trim_start_matches([' ', ':', '.']));
    let is_asked = |rest: &str| {
        let of_itself =
            ["chung", "đặt ra", "và", ",", "về", "cơ bản", "cụ thể", "kỹ thuật", "chức năng", "chính", "của"];
        !rest.is_empty() && !of_itself.iter().any(|words| rest.starts_with(words))
    };
    let parts = title.split([',', ';']).flat_map(|part| part.split(" và ")).skip(1).map(str::trim);
    let names = ["các đoàn", "đoàn", "tổ công tác", "các tổ", "phân công", "phương hướng", "trách nhiệm"];
    let of_others = |title: &str| title.starts_with("kiến nghị của") || title.starts_with("đề xuất của");
    behind("yêu cầu").is_some_and(is_asked)
        || title.starts_with("đánh giá,")
        || of_others(title)
        || parts.into_iter().any(|part| names.iter().any(|name| part.starts_with(name)))
}

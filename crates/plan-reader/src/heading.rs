//! Lines that are titles: nothing in them is asked of anybody.

use crate::{addressed, marker::Level, opening, order, outline::Block, paragraph::is_shouting, who};

/// A sentence and where it stands.
pub struct Line<'a> {
    pub block: &'a Block<'a>,
    /// Of the texts of its block.
    pub nth: usize,
    pub sentence: &'a str,
    /// Items stand under the block.
    pub opens: bool,
}

impl Line<'_> {
    pub fn is_heading(&self) -> bool {
        let bare = self.sentence.trim();
        // "Chủ tịch UBND tỉnh yêu cầu:"
        let asks = || bare.ends_with(':') && (opening::asks(self.sentence) || order::order(self.sentence).is_none());
        bare.is_empty()
            || is_shouting(self.sentence)
            || (self.nth == 0 && self.heads())
            || self.is_of_part()
            || self.is_told()
            || asks()
    }

    /// A title with items or sentences under it.
    pub fn heads(&self) -> bool {
        let sentence = self.sentence;
        let Some(mark) = &self.block.mark else { return is_shouting(sentence) };
        let title = !sentence.trim_end().ends_with(['.', ';']);
        let below = self.opens || self.block.texts.len() > 1;
        // Bodies that fill the line, with what they are: "5. Các doanh nghiệp viễn thông, … như dịch vụ".
        let named = || who::at(sentence).is_some_and(|who| who.end * 10 >= sentence.trim().len() * 7);
        let addressed = || addressed::headed(sentence).is_some();
        if title && (is_shouting(sentence) || mark.level <= Level::Roman) {
            return true;
        }
        below
            && (addressed() || opening::opens_list(sentence) || title && (named() || order::order(sentence).is_none()))
    }

    /// The title of a part, over several lines.
    fn is_of_part(&self) -> bool {
        let bare = self.sentence.trim();
        self.block.mark.as_ref().is_some_and(|mark| mark.level == Level::Part)
            && self.nth < 4
            && !bare.ends_with(['.', ';'])
            // A row that lost its columns is no title.
            && !bare.starts_with(|c: char| c.is_ascii_digit())
            && !bare.contains('%')
    }

    /// Bodies to whom something is told below. Whoever nobody knows is told where something stands there: "Phân công lịch trực ở
    /// các trạm" may be all.
    fn is_told(&self) -> bool {
        let bare = self.sentence.trim_end();
        let below = self.opens || self.block.texts.len() > 1 || bare.ends_with(':');
        let names = |lead: Vec<String>| below || lead.iter().all(|name| who::begins(name));
        !bare.ends_with('.')
            && (addressed::addressed(self.sentence).is_some_and(names)
                || below && self.nth == 0 && addressed::headed(self.sentence).is_some())
    }
}

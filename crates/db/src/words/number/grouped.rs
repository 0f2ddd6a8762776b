//! Numbers of cards that are written as nobody writes one, right behind the name of a card.

use super::{Group, NAMES, NEAR, REST, Run, between_or_broken, is_blank, is_born, is_break, is_money};

impl Run<'_> {
    /// Where a number of a card ends that is written as nobody writes one, right behind the name of a card: with brackets or
    /// slashes, over lines, with letters behind it, without the zero in front that sheets drop.
    pub(super) fn grouped_somehow(&self) -> Option<usize> {
        let whole = self.whole_card();
        let many = whole.or_else(|| self.cut_card()).or_else(|| self.old_card())?;
        let rest = self.behind(self.groups[0].from, &NAMES).filter(|_| !self.is_else(many))?;
        let is_own = rest.split(' ').filter(|word| !word.is_empty()).all(|word| REST.contains(&word));
        let is_near = whole.is_some() && rest.len() <= NEAR && self.is_citizens();
        // Figures of a table stand behind a name too, but for the zero in front.
        let is_told = whole.is_some() || self.is_announced(&rest) || self.has_signs(many);
        ((is_own || is_near) && is_told).then(|| self.groups[many - 1].to)
    }

    /// Twelve digits, of which the first is the zero with which every card begins.
    fn whole_card(&self) -> Option<usize> {
        let many = self.ending(12).filter(|_| self.digits[0] == 0)?;
        let is_broken = self.gaps(many).any(|(gap, _)| gap.contains(is_break));
        (!is_broken || self.groups[..many].iter().all(|group| group.digits >= 3)).then_some(many)
    }

    /// The same without its zero.
    fn cut_card(&self) -> Option<usize> {
        let [b, c, century, tens, ..] = self.digits;
        let many = self.first(11).filter(|_| b != 0 && is_born([0, b, c, century, tens]))?;
        let is_thousands = many > 1
            && self.groups[1..many].iter().all(|group| group.digits == 3)
            && self.gaps(many).all(|(gap, _)| matches!(gap, "." | ","));
        (self.is_of_one_kind(many) && !is_thousands).then_some(many)
    }

    /// Nine digits of a card of before, in groups that are no thousands: those are looked at like any other number.
    fn old_card(&self) -> Option<usize> {
        self.first(9).filter(|many| self.is_of_one_kind(*many) && !self.is_row(*many))
    }

    /// Figures side by side: more of them than a card has groups, or with strokes between them and none that begins and
    /// ends as its groups do.
    fn is_row(&self, many: usize) -> bool {
        let (first, last) = (self.groups[0].digits, self.groups[many - 1].digits);
        let is_stroked = self.gaps(many).any(|(gap, _)| gap.contains('/'));
        many > 4 || (is_stroked && (!matches!(first, 2 | 3) || last < 4))
    }

    /// The same sign in each gap, and no year among the groups.
    fn is_of_one_kind(&self, many: usize) -> bool {
        let mut gaps = self.gaps(many).map(|(gap, _)| gap);
        let first = gaps.next().unwrap_or_default();
        let is_even = !first.contains(is_break) && gaps.all(|gap| gap == first);
        is_even && !self.groups[..many].iter().any(|group| self.is_year(*group))
    }

    fn has_signs(&self, many: usize) -> bool {
        self.gaps(many).all(|(gap, _)| !gap.chars().all(is_blank))
    }

    /// "Số", or a colon.
    fn is_announced(&self, rest: &str) -> bool {
        let before = self.text[..self.groups[0].from].trim_end_matches(between_or_broken);
        before.ends_with(':') || rest.split(' ').any(|word| word == "so")
    }

    /// Money, the number of a document, an id, a day, or a list of other numbers.
    fn is_else(&self, many: usize) -> bool {
        let after = self.after(many);
        let is_symbol = after.strip_prefix('/').is_some_and(|rest| rest.starts_with(char::is_alphabetic));
        let is_list = self.gaps(many).any(|(gap, _)| gap.contains(',') && gap != ",");
        let is_day = self.groups[..many].windows(2).any(|pair| {
            let gap = &self.text[pair[0].to..pair[1].from];
            pair[0].digits <= 2 && self.is_year(pair[1]) && gap.contains(['/', '-', '.'])
        });
        is_symbol || is_list || is_day || self.is_id(many) || is_money(after)
    }

    fn is_year(&self, group: Group) -> bool {
        let text = &self.text[group.from..group.to];
        group.digits == 4 && (text.starts_with("19") || text.starts_with("20"))
    }
}

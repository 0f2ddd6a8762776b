//! How the register of parts is ordered, and how its tasks are.

use derive::Code;
use kernel::Code;

/// A part's place among others.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Code)]
#[code(key = "sort")]
pub enum By {
    #[default]
    Due,
    Plan,
    Lead,
}

impl By {
    /// The column of parts `p` in which they lie so, and its index.
    pub fn column(self) -> (&'static str, &'static str) {
        match self {
            Self::Due => ("p.sort_due", "programme_part_sort_due_id_idx"),
            Self::Plan => ("p.sort_plan", "programme_part_sort_plan_id_idx"),
            Self::Lead => ("p.unit_sort", "programme_part_unit_sort_id_idx"),
        }
    }
}

/// A task's place among others, by what is counted of its parts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Code)]
#[code(key = "sort")]
pub enum TaskBy {
    #[default]
    Plan,
    Due,
    /// The slowest first.
    Progress,
    /// The most first.
    Late,
}

/// An order, or the same from its other end: `due`, `-due`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Order<T> {
    pub by: T,
    pub is_falling: bool,
}

impl<T: Code> Order<T> {
    /// None where no such order is known.
    pub fn parse(text: &str) -> Option<Self> {
        let (name, is_falling) = text.strip_prefix('-').map_or((text, false), |name| (name, true));
        T::parse(name).map(|by| Self { by, is_falling })
    }

    pub fn code(self) -> String {
        format!("{}{}", if self.is_falling { "-" } else { "" }, self.by.code())
    }

    /// As SQL: what stands between two places, and how the list runs.
    pub fn signs(self) -> (&'static str, &'static str) {
        if self.is_falling { ("<", " DESC") } else { (">", "") }
    }

    /// As it is said of the head of a column.
    pub fn runs(self) -> &'static str {
        if self.is_falling { "descending" } else { "ascending" }
    }

    /// What the head of a column asks for: its order, or the other end of it where the list is in it already.
    #[must_use]
    pub fn next(self, by: T) -> Self {
        Self { by, is_falling: self.by == by && !self.is_falling }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_is_read_as_it_is_written_from_both_ends() {
        for by in By::ALL.iter().copied() {
            for is_falling in [false, true] {
                let order = Order { by, is_falling };
                assert_eq!(Order::<By>::parse(&order.code()), Some(order));
            }
        }
        for wrong in ["", "-", "--due", "state", "due "] {
            assert_eq!(Order::<By>::parse(wrong), None, "{wrong}");
        }
        assert_eq!(Order::<TaskBy>::parse("-late"), Some(Order { by: TaskBy::Late, is_falling: true }));
        assert_eq!(Order::<TaskBy>::parse("lead"), None, "a task has several");
    }

    #[test]
    fn a_head_asks_for_its_order_and_then_for_its_other_end() {
        let usual = Order::<By>::default();
        assert_eq!(usual.next(By::Lead).code(), "lead");
        assert_eq!(usual.next(By::Lead).next(By::Lead).code(), "-lead");
        assert_eq!(usual.next(By::Lead).next(By::Lead).next(By::Lead).code(), "lead");
        assert_eq!(usual.next(By::Due).code(), "-due");
        assert_eq!((usual.runs(), usual.next(By::Due).runs()), ("ascending", "descending"));
        assert_eq!((usual.signs(), usual.next(By::Due).signs()), ((">", ""), ("<", " DESC")));
    }
}

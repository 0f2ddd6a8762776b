//! All that is wrong with a form, said at once.

use crate::Problem;

/// Faults, each at its field; the sentence of the whole is the first one's.
#[derive(Debug, Default)]
pub struct Faults(Option<Problem>);

impl Faults {
    /// What was read; where that is faulty, what stands for it: nobody sees it, the whole is refused.
    pub fn or<T>(&mut self, blank: T, read: Result<T, Problem>) -> T {
        read.unwrap_or_else(|problem| {
            self.add(problem);
            blank
        })
    }

    pub fn add(&mut self, mut problem: Problem) {
        // Beside the sentence of another one each is filled by its own words.
        for field in problem.fields.iter_mut().filter(|field| field.args.is_empty()) {
            field.args.clone_from(&problem.args);
        }
        match &mut self.0 {
            Some(first) => first.fields.append(&mut problem.fields),
            None => self.0 = Some(problem),
        }
    }

    /// Whether one of these fields is faulty: what they say together is not asked then.
    pub fn is_at(&self, fields: &[&str]) -> bool {
        let faults = self.0.iter().flat_map(|problem| &problem.fields);
        faults.map(|fault| fault.field.as_str()).any(|field| fields.contains(&field))
    }

    /// # Errors
    /// All of them.
    pub fn done(self) -> Result<(), Problem> {
        self.0.map_or(Ok(()), Err)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fault_keeps_its_own_words_and_the_first_one_speaks_for_all() {
        let mut faults = Faults::default();
        assert_eq!(faults.or(0, Ok(7)), 7);
        let long = |most: usize| Problem::bad_input("field-too-long").with("most", most);
        assert_eq!(faults.or(0, Err(long(5).field("name", "field-too-long"))), 0);
        faults.add(long(9).field("office", "field-too-long"));
        assert!(faults.is_at(&["year", "office"]) && !faults.is_at(&["year"]));
        let all = faults.done().unwrap_err();
        let told: Vec<(&str, &str)> =
            all.fields.iter().map(|fault| (fault.field.as_str(), fault.args[0].1.as_str())).collect();
        assert_eq!((all.code, told), ("field-too-long", vec![("name", "5"), ("office", "9")]));
        assert!(Faults::default().done().is_ok());
    }
}

//! A form whose rows have changed since something was written into it: each value goes back into the row of its id.

use std::collections::{BTreeMap, VecDeque};

use super::form::{Fields, Form, Kind, Realigned};

impl Form {
    /// What was written, row by row as the rows are now. What stands in the form once is found by its name.
    pub(super) fn realigned(&self, typed: &[(String, String)]) -> Realigned {
        let (mut choices, mut pool) = self.pooled(typed);
        let times = |fields: &[(String, String)], name: &str| fields.iter().filter(|(own, _)| own == name).count();
        let (mut row, mut out) = (String::new(), Fields::new());
        for control in &self.controls {
            let name = &control.name;
            match &control.kind {
                Kind::Hidden(value) => {
                    if kernel::id_uuid(value).is_some() {
                        row.clone_from(value);
                    }
                    out.push((name.clone(), value.clone()));
                }
                Kind::Open => {
                    let own = pool.get_mut(&(row.clone(), name.clone())).and_then(VecDeque::pop_front);
                    let is_one =
                        times(typed, name) == 1 && self.controls.iter().filter(|one| one.name == *name).count() == 1;
                    let mut only =
                        || pool.iter_mut().find(|((_, own), _)| own == name).and_then(|(_, all)| all.pop_front());
                    let found = own.or_else(|| if is_one { only() } else { None });
                    out.push((name.clone(), found.unwrap_or_else(|| control.now.clone())));
                }
                Kind::Choice | Kind::Secret => {}
            }
        }
        out.append(&mut choices);
        let left =
            pool.into_iter().flat_map(|((_, name), texts)| texts.into_iter().map(move |text| (name.clone(), text)));
        Realigned { typed: out, left: left.filter(|(_, text)| !text.trim().is_empty()).collect() }
    }

    /// Choices as they were made, and everything else by its row and its name.
    fn pooled(&self, typed: &[(String, String)]) -> (Fields, BTreeMap<(String, String), VecDeque<String>>) {
        let is =
            |name: &str, kind: fn(&Kind) -> bool| self.controls.iter().any(|one| one.name == name && kind(&one.kind));
        let (mut row, mut choices, mut pool) = (String::new(), Fields::new(), BTreeMap::<_, VecDeque<String>>::new());
        for (name, text) in typed {
            if is(name, |kind| *kind == Kind::Choice) {
                choices.push((name.clone(), text.clone()));
            } else if is(name, |kind| matches!(kind, Kind::Open)) {
                pool.entry((row.clone(), name.clone())).or_default().push_back(text.clone());
            } else if kernel::id_uuid(text).is_some() {
                row.clone_from(text);
            }
        }
        (choices, pool)
    }
}

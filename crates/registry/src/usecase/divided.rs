//! What one cell of a sheet names: several names, divided by semicolons, lines, commas and "và".

use std::{collections::HashSet, ops::Range};

use kernel::text::fold;

/// Words of a name that has signs within it: what is longer is none.
const MOST_WORDS: usize = 24;

/// Words with one blank between them: a line break within a cell is where its column was too narrow as often as it ends
/// a name.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands between line breaks, commas and "và", where names may begin and end.
fn atoms(part: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let (mut word, mut is_new) = (None, true);
    for (at, c) in part.char_indices().chain([(part.len(), ' ')]) {
        let is_sign = matches!(c, '\n' | ',');
        if !is_sign && !c.is_whitespace() {
            word.get_or_insert(at);
            continue;
        }
        if let Some(from) = word.take() {
            match out.last_mut() {
                _ if fold(&part[from..at]) == "va" => is_new = true,
                Some(last) if !is_new => last.end = at,
                _ => {
                    out.push(from..at);
                    is_new = false;
                }
            }
        }
        is_new |= is_sign;
    }
    out
}

/// The words from one of these to another, with what stands between; none where they are more than a name has.
fn run(part: &str, atoms: &[Range<usize>], from: usize, to: usize) -> Option<String> {
    let text = plain(&part[atoms.get(from)?.start..atoms.get(to)?.end]);
    (from == to || text.split(' ').count() <= MOST_WORDS).then_some(text)
}

/// The names of which a part is made, one behind the other: as few as can be, so that no word of a name becomes another
/// one. None where something of it is no name, or where it can be read in two ways.
fn divided(part: &str, is_name: &mut dyn FnMut(&str, bool) -> bool) -> Option<Vec<String>> {
    let atoms = atoms(part);
    // Of what stands before each place: the fewest names, where the last begins, and whether there is no other way.
    let mut best: Vec<Option<(usize, usize, bool)>> = vec![None; atoms.len() + 1];
    best[0] = Some((0, 0, true));
    for from in 0..atoms.len() {
        let Some((count, _, is_sure)) = best[from] else { continue };
        for to in from..atoms.len() {
            let Some(name) = run(part, &atoms, from, to) else { break };
            if is_name(&name, true) {
                best[to + 1] = match best[to + 1] {
                    Some(fewer) if fewer.0 <= count => Some(fewer),
                    Some((same, begun, _)) if same == count + 1 => Some((same, begun, false)),
                    _ => Some((count + 1, from, is_sure)),
                };
            }
        }
    }
    let (mut out, mut at) = (Vec::new(), atoms.len());
    while at > 0 {
        let (_, from, is_sure) = best[at]?;
        if !is_sure {
            return None;
        }
        out.push(run(part, &atoms, from, at - 1)?);
        at = from;
    }
    out.reverse();
    (out.len() > 1).then_some(out)
}

/// Names in one cell, each once: the whole cell where it is a name, else what its semicolons divide. Lines, commas and
/// "và" divide only where each piece is a name for certain. `is_name` is told whether it is asked of such a piece.
pub fn names(cell: &str, is_name: &mut dyn FnMut(&str, bool) -> bool) -> Vec<String> {
    let whole = plain(cell);
    if is_name(&whole, false) {
        return vec![whole];
    }
    let (mut out, mut seen) = (Vec::new(), HashSet::new());
    for part in cell.split(';') {
        let one = plain(part);
        let several = if is_name(&one, false) { None } else { divided(part, is_name) };
        for name in several.unwrap_or_else(|| vec![one]) {
            if !name.is_empty() && seen.insert(name.clone()) {
                out.push(name);
            }
        }
    }
    out
}

/// All that [`names`] may ask of a cell, each once.
pub fn candidates(cell: &str) -> Vec<String> {
    let mut all = vec![plain(cell)];
    for part in cell.split(';') {
        all.push(plain(part));
        let atoms = atoms(part);
        for from in 0..atoms.len() {
            all.extend((from..atoms.len()).map_while(|to| run(part, &atoms, from, to)));
        }
    }
    all.retain(|name| !name.is_empty());
    all.sort_unstable();
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_names_several_each_once() {
        let known = |name: &str, _: bool| ["A", "B", "C"].contains(&name);
        let of = |cell: &str| names(cell, &mut |name, is_piece| known(name, is_piece));
        assert_eq!(of(" A; B\nA ;; \n C "), ["A", "B", "C"]);
        assert_eq!(of("A, B;C"), ["A", "B", "C"]);
        assert_eq!(of("A,\nB, C"), ["A", "B", "C"]);
        assert_eq!(of("A, B và C"), ["A", "B", "C"]);
        assert!(of(" ; \n").is_empty());
    }

    #[test]
    fn a_name_that_is_broken_over_lines_is_no_list_of_its_words() {
        let known = |name: &str, is_piece: bool| match name {
            "UBND xã Bến Mẫu" | "Sở Y tế" | "Sở Khoa học và Công nghệ" => true,
            // What a single word may mean is nothing for certain.
            "UBND" | "Mẫu" => !is_piece,
            _ => false,
        };
        let of = |cell: &str| names(cell, &mut |name, is_piece| known(name, is_piece));
        assert_eq!(of("UBND\nxã\nBến\nMẫu"), ["UBND xã Bến Mẫu"]);
        assert_eq!(of("Sở\nY tế; UBND xã\nBến Mẫu"), ["Sở Y tế", "UBND xã Bến Mẫu"]);
        assert_eq!(of("Sở Y tế\nUBND xã Bến Mẫu"), ["Sở Y tế", "UBND xã Bến Mẫu"]);
        assert_eq!(of("UBND\nxã\nBến\nMẫu\nSở Y tế"), ["UBND xã Bến Mẫu", "Sở Y tế"]);
        assert_eq!(of("Sở Khoa học\nvà Công nghệ và Sở Y tế"), ["Sở Khoa học và Công nghệ", "Sở Y tế"]);
        assert_eq!(of("UBND\nMẫu"), ["UBND Mẫu"]);
        assert_eq!(of("Sở Y tế\nSở Không Có"), ["Sở Y tế Sở Không Có"], "said whole, so that nothing is guessed");
        assert_eq!(of("Sở Văn hóa, Thể thao"), ["Sở Văn hóa, Thể thao"]);
    }

    #[test]
    fn of_two_ways_the_one_with_fewer_names_is_meant_and_of_equals_none() {
        let of = |cell: &str, known: &[&str]| names(cell, &mut |name, _| known.contains(&name));
        assert_eq!(of("A\nB\nC", &["A", "B", "C", "A B"]), ["A B", "C"]);
        assert_eq!(of("A\nB\nC", &["A", "B C", "A B", "C"]), ["A B C"]);
        let long = "A\n".repeat(MOST_WORDS + 1);
        assert_eq!(of(&format!("{long}B"), &[plain(&long).as_str(), "B"]).len(), 1, "no name is that long");
    }

    #[test]
    fn a_cell_is_asked_for_nothing_but_what_was_looked_up() {
        for cell in ["", " ; \n", "A", " A;  B\nA ;; \n C ", "A, B;C\nD", "A,\nB và C", "UBND\nxã\nBến Mẫu;A,B\nC"]
        {
            let all = candidates(cell);
            for known in 0..1_u32 << all.len() {
                let is_known = |name: &str| all.iter().position(|one| one == name).map(|at| (known >> at) & 1 == 1);
                let is_name = &mut |name: &str, _: bool| !name.is_empty() && is_known(name).unwrap();
                assert!(names(cell, is_name).iter().all(|name| all.contains(name)), "{cell}");
            }
        }
        assert_eq!(candidates("A;B"), ["A", "A;B", "B"]);
        assert_eq!(candidates(" A "), ["A"], "one name counts once");
    }
}

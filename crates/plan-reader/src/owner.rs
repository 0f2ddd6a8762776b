//! Whose labels an item has: its own, those at the end of its list, or those of its heading. One pass down and one up, so that
//! a list of any length costs no more than its lines.

use crate::{
    field::Field,
    marker::Mark,
    outline::{Block, Chapter},
};

/// For each block the one whose labels hold for it; a title whose labels its items carry has none itself.
pub fn owners(blocks: &[Block]) -> Vec<Option<usize>> {
    let parents = parents(blocks);
    let closing = closing(blocks, &parents);
    let owner = |at: usize| {
        if !blocks[at].fields.is_empty() {
            return has_owner(&blocks[at]).then_some(at);
        }
        closing[at].or_else(|| heading(blocks, &parents, at))
    };
    let mut owned: Vec<Option<usize>> = (0..blocks.len()).map(owner).collect();
    let heads: Vec<usize> =
        owned.iter().enumerate().filter_map(|(at, owner)| owner.filter(|owner| *owner < at)).collect();
    for head in heads {
        owned[head] = None;
    }
    owned
}

/// The block that each stands below.
fn parents(blocks: &[Block]) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let mut out = Vec::with_capacity(blocks.len());
    for (at, block) in blocks.iter().enumerate() {
        while open.last().is_some_and(|last| blocks[*last].above.len() >= block.above.len()) {
            open.pop();
        }
        out.push(open.last().copied());
        open.push(at);
    }
    out
}

/// Labels in one list with the items above them are of all those items: "- A; - B; - Đơn vị chủ trì: …". So are,
/// where work stands, those that only the last item of a list has, whatever stands before them.
fn closing(blocks: &[Block], parents: &[Option<usize>]) -> Vec<Option<usize>> {
    let mut out = vec![None; blocks.len()];
    let mut only = first_labelled(blocks);
    // The next block of each depth that no shallower one stands before.
    let mut next: Vec<Option<usize>> = Vec::new();
    for (at, block) in blocks.iter().enumerate().rev() {
        let depth = block.above.len();
        next.resize(depth + 1, None);
        let goes_on = next[depth].and_then(|next| blocks[next].mark.as_ref().zip(block.mark.as_ref()));
        only[at] &= !goes_on.is_some_and(|(next, mark)| next.is_like(mark));
        out[at] = next[depth].and_then(|next| {
            let mark = block.mark.as_ref().filter(|mark| mark.is_item() && block.fields.is_empty())?;
            let last = blocks.get(next).filter(|next| next.mark.as_ref().is_some_and(|m| m.is_like(mark)))?;
            if last.fields.is_empty() {
                return out[next];
            }
            let of_all =
                is_of_list(last, block) || only[next] && matches!(block.chapter(), Chapter::Tasks | Chapter::Other);
            (of_all && has_owner(last) && !opens(blocks, parents[at])).then_some(next)
        });
        next[depth] = Some(at);
    }
    out
}

/// The first labels of an item stand in one list with this one.
pub fn is_of_list(labels: &Block, block: &Block) -> bool {
    labels.labelled.as_ref().zip(block.mark.as_ref()).is_some_and(|(label, mark)| label.level == mark.level)
}

/// The items before which none of their list has labels.
fn first_labelled(blocks: &[Block]) -> Vec<bool> {
    // Of each depth whether an item of the open list has labels.
    let mut seen: Vec<bool> = Vec::new();
    let mut out = Vec::with_capacity(blocks.len());
    for block in blocks {
        seen.resize(block.above.len() + 1, false);
        let Some(last) = seen.last_mut() else { return out };
        out.push(!*last);
        *last |= !block.fields.is_empty();
    }
    out
}

/// Labels below a title are of the items that follow: "1. Phát triển hạ tầng (Chủ trì: …)", "- Mở rộng mạng".
fn heading(blocks: &[Block], parents: &[Option<usize>], at: usize) -> Option<usize> {
    let parent = parents[at]?;
    // Lines without a mark, right below the title.
    blocks[at].mark.as_ref().map_or(at == parent + 1, |_| true).then_some(())?;
    let is_title = blocks[parent].is_heading() && blocks[parent].texts.len() == 1;
    (is_title && has_owner(&blocks[parent])).then_some(parent)
}

/// The item above opens a list that is one task: "a) Xây dựng, gồm:".
fn opens(blocks: &[Block], parent: Option<usize>) -> bool {
    parent.map(|parent| &blocks[parent]).is_some_and(|parent| {
        parent.texts.last().is_some_and(|last| last.text.ends_with(':'))
            && parent.mark.as_ref().is_some_and(Mark::is_item)
    })
}

fn has_owner(block: &Block) -> bool {
    let has = |field| block.fields.iter().any(|(given, _)| *given == field);
    has(Field::Lead) || has(Field::Implementers) || (has(Field::Coordinating) && has(Field::Time))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{lines::paragraphs, outline::blocks};

    #[test]
    fn a_list_of_any_length_is_read_at_once() {
        let mut text = "I. NHIỆM VỤ\n1. Nước sạch\n".to_owned();
        text.push_str(&"- Kéo ống về bản.\n".repeat(60_000));
        text.push_str("- Đơn vị chủ trì: Sở Xây dựng.\n");
        let paragraphs = paragraphs(&text);
        let blocks = blocks(&paragraphs.iter().collect::<Vec<_>>());
        let owned = owners(&blocks);
        assert_eq!(owned.iter().flatten().count(), 60_000);
        assert!(owned.iter().flatten().all(|owner| *owner == blocks.len() - 1));
    }
}

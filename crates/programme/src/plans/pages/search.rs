//! Search over the text of all live plans: the passage with its words marked, marks and no marks alike.

use kernel::PlanId;
use minijinja::{Value, context};
use webkit::{Outcome, Req};

use crate::plans::{
    model::authority::is_unconfirmed,
    store::{self, plan::PlanRow},
    usecase::names::issuer,
};

const MOST: i64 = 60;

pub async fn show(req: Req) -> Outcome {
    let conn = req.app.db().read();
    let words = req.query("q").unwrap_or_default();
    let found = store::passage::find(&conn, &words, MOST).await?;
    let ids: Vec<uuid::Uuid> = found.iter().map(|passage| passage.plan_id).collect();
    let plans = store::plan::by_ids(&conn, &ids).await?;
    let bodies = req.app.bodies();
    let mut groups: Vec<(&PlanRow, Vec<Value>)> = Vec::new();
    for passage in &found {
        let id = PlanId::from_uuid(passage.plan_id);
        let Some(plan) = plans.iter().find(|plan| plan.id() == id) else { continue };
        let piece = context! { pieces => marked(&passage.text, &words), start => passage.span_start };
        match groups.last_mut().filter(|(last, _)| last.id() == id) {
            Some((_, pieces)) => pieces.push(piece),
            None => groups.push((plan, vec![piece])),
        }
    }
    let group = |(plan, passages): (&PlanRow, Vec<Value>)| {
        let unconfirmed = is_unconfirmed(bodies.as_ref(), &plan.standing());
        context! { id => plan.id().to_string(), label => plan.label(), issuer => issuer(bodies, plan), unconfirmed, passages }
    };
    let groups: Vec<Value> = groups.into_iter().map(group).collect();
    req.page("programme/search.html", context! { words, groups, count => found.len(), more_there => found.len() >= 60 })
        .await
}

/// The passage cut so that words that were asked for can be marked.
fn marked(text: &str, words: &str) -> Vec<Value> {
    let fold = kernel::text::fold(words);
    let asked: Vec<&str> = fold.split(' ').filter(|word| !word.is_empty()).collect();
    let hit = |word: &str| {
        let plain = kernel::text::fold(word);
        let plain = plain.trim();
        !plain.is_empty() && asked.iter().any(|asked| plain == *asked || (asked.len() > 2 && plain.starts_with(asked)))
    };
    text.split_inclusive(' ').map(|word| context! { text => word, on => hit(word) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_marked_whatever_their_marks() {
        let on: Vec<bool> = marked("Số hóa hồ sơ, kết quả", "so hoa ho")
            .iter()
            .map(|piece| piece.get_attr("on").unwrap().is_true())
            .collect();
        assert_eq!(on, [true, true, true, true, false, false]);
    }
}

//! Who did something, as pages say it: name, post and body of that time. The ledger keeps pseudonyms; names are asked for
//! once a page ([`crate::Identity::people`]).

use std::collections::HashMap;

use jiff::Timestamp;
use kernel::{Lang, Problem, UnitId};
use serde::Serialize;

use crate::{Core, Known, ToldThing, told_things};

/// What is asked of one act: whose mark it bears, when it was, whose matter, and the post written down beside it.
#[derive(Debug, Clone)]
pub struct Acted {
    /// A person, an account or a token, or what else acts in the ledger.
    pub mark: String,
    pub at: i64,
    pub unit: Option<UnitId>,
    /// Unit and role, where the act itself kept them.
    pub post: Option<(UnitId, String)>,
}

impl Acted {
    pub fn new(mark: &str, at: i64, unit: Option<UnitId>) -> Self {
        Self { mark: mark.to_owned(), at, unit, post: None }
    }
}

/// The answer, for `p.by` of the components.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Who {
    pub actor: String,
    pub name: Option<String>,
    pub erased: bool,
    pub token: Option<String>,
    pub post: Option<WhosePost>,
}

/// A post as it was when its holder acted.
#[derive(Debug, Clone, Serialize)]
pub struct WhosePost {
    pub title: String,
    pub role: String,
    pub unit: String,
    pub stands_in: bool,
}

impl Core {
    /// Who did these acts, one answer for each; asked of the directory at once.
    pub async fn who(&self, acts: &[Acted]) -> Result<Vec<Who>, Problem> {
        let mut marks: Vec<String> = acts.iter().map(|act| act.mark.clone()).collect();
        marks.sort_unstable();
        marks.dedup();
        let known = self.identity().people(&marks).await?;
        // What is nobody's account is perhaps a thing that has a name: the link of a body without accounts.
        marks.retain(|mark| !known.contains_key(mark));
        let things = told_things(self, &marks).await?;
        Ok(acts.iter().map(|act| self.said(&known, &things, act)).collect())
    }

    /// The same of one act, as a line says it: "Nguyễn Văn Mẫu, Chuyên viên, Sở KH&CN"; none where no name is known.
    pub async fn said_by(&self, lang: Lang, act: Acted) -> Result<Option<String>, Problem> {
        let Some(who) = self.who(&[act]).await?.pop() else { return Ok(None) };
        let post = who.post.map(|post| {
            let role = self.locales().text(lang, &kernel::code::words_key("role", &post.role), &[]);
            format!(", {}, {}", if post.title.is_empty() { role } else { post.title }, post.unit)
        });
        Ok(who.name.map(|name| name + &post.unwrap_or_default()))
    }

    fn said(&self, known: &HashMap<String, Known>, things: &HashMap<String, ToldThing>, act: &Acted) -> Who {
        let Some(one) = known.get(&act.mark) else {
            let name = things.get(&act.mark).and_then(|thing| thing.name.clone());
            return Who { actor: act.mark.clone(), name, ..Who::default() };
        };
        let unit = |id| self.bodies().body(id).map(|body| body.short_name).unwrap_or_default();
        let post = post(one, act).map(|post| WhosePost { unit: unit(post.0), ..post.1 });
        let name = Some(one.name.clone()).filter(|_| !one.is_erased);
        Who { actor: act.mark.clone(), name, erased: one.is_erased, token: one.token.clone(), post }
    }
}

/// The post that was written down, with its title of that day; else the one then held in the body whose matter it was, or
/// the first.
fn post(one: &Known, act: &Acted) -> Option<(UnitId, WhosePost)> {
    let day = kernel::ctx::vietnam(Timestamp::from_microsecond(act.at).ok()?);
    let mut stood = one.posts.iter().filter(|post| post.stood(day));
    let found = match &act.post {
        Some((unit, role)) => stood.find(|post| post.unit == *unit && post.role == *role),
        None => stood.clone().find(|post| Some(post.unit) == act.unit).or_else(|| stood.next()),
    };
    let (unit, role) = act.post.clone().or_else(|| found.map(|post| (post.unit, post.role.clone())))?;
    let (title, stands_in) = found.map(|post| (post.title.clone(), post.is_stand_in)).unwrap_or_default();
    Some((unit, WhosePost { title, role, unit: String::new(), stands_in }))
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};
    use kernel::Id;

    use super::*;
    use crate::KnownPost;

    fn unit(number: u128) -> UnitId {
        Id::from_uuid(uuid::Uuid::from_u128(number))
    }

    fn held(number: u128, title: &str, from: Date, to: Option<Date>) -> KnownPost {
        KnownPost { unit: unit(number), role: "officer".into(), title: title.into(), from, to, is_stand_in: false }
    }

    #[test]
    fn a_post_is_said_as_it_was_on_the_day_of_the_act() {
        let moved = date(2026, 6, 1);
        let posts = vec![
            held(2, "Trưởng phòng", moved, None),
            held(1, "Chuyên viên", date(2026, 1, 1), Some(moved.yesterday().unwrap())),
        ];
        let one = Known { name: "Nguyễn Văn Mẫu".into(), posts, ..Known::default() };
        let at = |day: Date| day.at(9, 0, 0, 0).in_tz("Asia/Ho_Chi_Minh").unwrap().timestamp().as_microsecond();
        let said = |day, of: Option<UnitId>| {
            post(&one, &Acted::new("person_x", at(day), of)).map(|(unit, post)| (unit, post.title))
        };
        assert_eq!(said(date(2026, 3, 1), None), Some((unit(1), "Chuyên viên".into())));
        assert_eq!(said(date(2026, 5, 31), Some(unit(2))), Some((unit(1), "Chuyên viên".into())), "not yet there");
        assert_eq!(said(date(2026, 6, 1), None), Some((unit(2), "Trưởng phòng".into())));
        assert_eq!(said(date(2025, 12, 31), None), None, "held nothing then");
        // What the act itself kept stands, also where no such post is known any more.
        let kept =
            Acted { post: Some((unit(3), "leader".into())), ..Acted::new("person_x", at(date(2026, 3, 1)), None) };
        let (of, said) = post(&one, &kept).unwrap();
        assert_eq!((of, said.role.as_str(), said.title.as_str()), (unit(3), "leader", ""));
    }

    #[test]
    fn of_several_posts_the_one_in_the_body_whose_matter_it_is_is_said() {
        let posts = vec![held(1, "Một", date(2026, 1, 1), None), held(2, "Hai", date(2026, 1, 1), None)];
        let one = Known { posts, ..Known::default() };
        let act = |of| Acted::new("person_x", 1_780_000_000_000_000, of);
        assert_eq!(post(&one, &act(Some(unit(2)))).unwrap().1.title, "Hai");
        assert_eq!(post(&one, &act(Some(unit(9)))).unwrap().1.title, "Một");
    }
}

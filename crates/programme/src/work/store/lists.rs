//! The registers of difficulties, questions and letters.

use jiff::{Timestamp, civil::Date};
use kernel::ctx::vietnam;
use webkit::{Act, Cell, Column, Filter, Grounds, Register, Related, Sort};

use crate::work::{
    model::{
        difficulty::{self, Difficulty, DifficultyState},
        letter::{self, Letter, LetterKind, LetterState},
        question::{self, Question},
    },
    store,
};

fn day(micros: i64) -> Option<Date> {
    Timestamp::from_microsecond(micros).ok().map(vietnam)
}

type OfDifficulty = Column<Difficulty>;

pub static DIFFICULTIES: Register<Difficulty> = Register {
    paths: webkit::register_paths!("/difficulties"),
    rule: &difficulty::READ,
    grounds: Grounds {
        unit: Related::Column("unit_id"),
        follows: &[
            Related::Among("plan_id", "SELECT id FROM programme_plan WHERE follower_id IN ({units})"),
            Related::Among("id", "SELECT difficulty_id FROM programme_hop WHERE unit_id IN ({units})"),
        ],
        involved: &[Related::Column("holder_id")],
        compartment: None,
    },
    resource: |_, conn, row| Box::pin(store::difficulty::resource(conn, row)),
    from: "programme_difficulty{hint}",
    select: <Difficulty as db::Row>::READ,
    id: "id",
    folded: "fold",
    sorts: &[
        Sort::rising("newest", "CAST(9999999999999999 - raised_at AS text)", "programme_difficulty_newest").inverse(),
        Sort::rising("due", "COALESCE(due_on, '9999')", "programme_difficulty_due"),
        Sort::rising("unit", "COALESCE(unit_sort, '')", "programme_difficulty_unit_sort"),
    ],
    filters: &[
        Filter::code::<DifficultyState>("state", "state = {}").label("state"),
        Filter::unit("unit", "unit_id = {}").label("raised-by"),
        Filter::unit("holder", "holder_id = {}"),
        Filter::unit("follower", "plan_id IN (SELECT id FROM programme_plan WHERE follower_id = {})"),
        Filter::flag("late", "state = 'open' AND due_on < {today}").label("difficulty-late"),
        Filter::flag("waiting", "state = 'open' AND holder_id IN ({own})").label("difficulties-held"),
    ],
    columns: &[
        OfDifficulty::new("text", |row| Cell::Text(row.text.to_string())).label("difficulty"),
        OfDifficulty::new("unit", |row| Cell::Unit(Some(row.unit))).label("raised-by").by("unit"),
        OfDifficulty::new("raised_on", |row| Cell::Day(day(row.raised_at))).label("raised-on").by("newest"),
        OfDifficulty::new("holder", |row| Cell::Unit(row.holder)),
        OfDifficulty::new("due", |row| Cell::Day(row.due_on)).by("due"),
        OfDifficulty::new("state", |row| Cell::state(row.state)),
        OfDifficulty::new("proposal", |row| Cell::Text(row.proposal.to_string())).spare(),
        OfDifficulty::new("answer", |row| Cell::some(row.answer.as_ref())).spare(),
    ],
    part: None,
    href: |row| format!("/difficulties/{}", row.id),
    acts: &[Act::new("difficulty.answer", "difficulties-held", "/difficulties?waiting=1&sort=due")],
};

type OfQuestion = Column<Question>;

/// How many bodies were asked, and how many have answered, is for who asked: it stands on the page of the question.
pub static QUESTIONS: Register<Question> = Register {
    paths: webkit::register_paths!("/questions"),
    rule: &question::READ,
    grounds: Grounds {
        unit: Related::Column("asked_by"),
        follows: &[],
        involved: &[Related::Among("id", "SELECT question_id FROM programme_answer WHERE unit_id IN ({units})")],
        compartment: None,
    },
    resource: |_, conn, row| Box::pin(store::question::resource(conn, row)),
    from: "programme_question{hint}",
    select: <Question as db::Row>::READ,
    id: "id",
    folded: "fold",
    sorts: &[
        Sort::rising("newest", "CAST(9999999999999999 - asked_at AS text)", "programme_question_newest").inverse(),
        Sort::rising("due", "COALESCE(due_on, '9999')", "programme_question_due"),
    ],
    filters: &[
        Filter::unit("asked_by", "asked_by = {}").label("asked-by"),
        Filter::flag("unclosed", "closed_at IS NULL").label("question-open"),
        Filter::flag("late", "closed_at IS NULL AND due_on < {today}").label("difficulty-late"),
        Filter::flag(
            "waiting",
            "closed_at IS NULL AND id IN (SELECT question_id FROM programme_answer WHERE answered_at IS NULL AND unit_id IN ({own}))",
        )
        .label("questions-waiting"),
        Filter::flag("mine", "asked_by IN ({own})").label("questions-asked"),
    ],
    columns: &[
        OfQuestion::new("text", |row| Cell::Text(row.text.to_string())).label("question"),
        OfQuestion::new("asked_by", |row| Cell::Unit(Some(row.asked_by))).label("asked-by"),
        OfQuestion::new("asked_on", |row| Cell::Day(day(row.asked_at))).label("asked-on").by("newest"),
        OfQuestion::new("due", |row| Cell::Day(row.due_on)).by("due"),
        OfQuestion::new("state", |row| {
            let (look, words) = if row.closed_at.is_some() { ("done", "closed") } else { ("run", "open") };
            Cell::State(look, format!("question-{words}"))
        }),
    ],
    part: None,
    href: |row| format!("/questions/{}", row.id),
    acts: &[
        Act::new("question.ask", "ask-many", "/questions/new"),
        Act::new("question.answer", "questions-waiting", "/questions?waiting=1&sort=due"),
        Act::new("question.ask", "questions-asked", "/questions?mine=1"),
    ],
};

type OfLetter = Column<Letter>;

pub static LETTERS: Register<Letter> = Register {
    paths: webkit::register_paths!("/letters"),
    rule: &letter::READ,
    grounds: Grounds {
        unit: Related::Column("from_id"),
        follows: &[],
        involved: &[Related::Among("id", "SELECT letter_id FROM programme_letter_to WHERE unit_id IN ({units})")],
        compartment: None,
    },
    resource: |_, conn, row| Box::pin(store::letter::resource(conn, row)),
    from: "programme_letter{hint}",
    select: <Letter as db::Row>::READ,
    id: "id",
    folded: "fold",
    sorts: &[
        Sort::rising("newest", "CAST(9999999999999999 - drafted_at AS text)", "programme_letter_newest").inverse(),
        Sort::falling("issued", "COALESCE(issued_on, '')", "programme_letter_issued"),
    ],
    filters: &[
        Filter::code::<LetterState>("state", "state = {}").label("state"),
        Filter::code::<LetterKind>("kind", "kind = {}").label("letter"),
        Filter::unit("from", "from_id = {}").label("letter-from"),
    ],
    columns: &[
        OfLetter::new("about", |row| Cell::Text(row.about.to_string())).label("letter-about"),
        OfLetter::new("kind", |row| Cell::code(row.kind)).label("letter"),
        OfLetter::new("from", |row| Cell::Unit(Some(row.from))).label("letter-from"),
        OfLetter::new("to", |row| Cell::Unit(row.receivers().next())).label("letter-to"),
        OfLetter::new("drafted_on", |row| Cell::Day(day(row.drafted_at))).label("drafted-on").by("newest"),
        OfLetter::new("state", |row| Cell::state(row.state)),
        OfLetter::new("number", |row| Cell::some(row.number.as_ref())).label("document-number"),
        OfLetter::new("issued_on", |row| Cell::Day(row.issued_on)).label("document-day").by("issued").spare(),
    ],
    part: None,
    href: |row| format!("/letters/{}", row.id),
    acts: &[],
};

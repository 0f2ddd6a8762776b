//! A house of some years: 30,000 parts of 346 bodies in thirty plans, as many systems, and what grows with them. The database
//! writes it itself, below the use cases: it is the reading that is looked at. Ids tell of what kind a thing is and which one.

use crate::house::House;

/// Every body but the one whose people have nothing.
const BODIES: &str = "b(id, name_sort, n) AS (SELECT id, name_sort, ROW_NUMBER() OVER (ORDER BY id) FROM directory_unit \
    WHERE name <> 'Sở Tài chính')";
const FOLLOWER: &str = "(SELECT id FROM directory_unit WHERE name = 'Sở Khoa học và Công nghệ')";
const ISSUER: &str = "(SELECT id FROM directory_unit WHERE name = 'UBND tỉnh Mẫu')";
const PARTS: &str =
    "(SELECT id, unit_id, unit_sort, plan_id, ROW_NUMBER() OVER (ORDER BY id) AS n FROM programme_part) AS p";

/// Numbers from 1 to `last`.
fn numbers(last: u32) -> String {
    format!("n(i) AS (SELECT CAST(1 AS bigint) UNION ALL SELECT i + 1 FROM n WHERE i < {last})")
}

/// A day in the last three months of 2024 to 2028.
fn day(n: &str) -> String {
    format!("((2024 + ({n}) % 5) || '-' || (10 + ({n}) % 3) || '-' || (10 + ({n}) % 19))")
}

/// The id of the `n`-th thing of a kind, as the database writes it.
struct Ids {
    is_sqlite: bool,
}

impl Ids {
    fn of(&self, kind: u8, n: &str) -> String {
        if self.is_sqlite {
            return format!("unhex(printf('%08x000070008%015x', {kind}, {n}))");
        }
        format!("(lpad(to_hex({kind}), 8, '0') || '000070008' || lpad(to_hex({n}), 15, '0'))::uuid")
    }

    fn plan(&self, n: &str) -> String {
        self.of(1, &format!("1 + ({n}) % 30"))
    }
}

pub async fn fill(house: &House) {
    let db = house.app.db().unguarded();
    let ids = Ids { is_sqlite: db.is_sqlite() };
    let mut statements =
        [plans(&ids), work(&ids), words(&ids), reports(&ids), targets(&ids), systems(&ids), rest(&ids)].concat();
    // As an installation has it: PostgreSQL gathers statistics by itself, of SQLite nobody asks for them.
    if !ids.is_sqlite {
        statements.push("VACUUM ANALYZE".into());
    }
    for sql in statements {
        db.exec(&sql, vec![]).await.unwrap_or_else(|error| panic!("{error}: {sql}"));
    }
}

fn plans(ids: &Ids) -> Vec<String> {
    let (n, task, plan) = (numbers(30), ids.of(2, "i"), ids.plan("i"));
    let (first, fifth) = (ids.of(1, "i"), ids.of(1, "5"));
    vec![
        format!(
            "INSERT INTO programme_plan (id, state, file_name, blob_hash, number, issuer_id, title, draft, follower_id, confirmation, \
             confirmed_by, confirmed_at, created_at, approved_at, rev) WITH RECURSIVE {n}, {BODIES} \
             SELECT {first}, 'live', 'k.docx', 'many' || i, i || '/KH-UBND', {ISSUER}, 'Kế hoạch số ' || i, FALSE, \
             CASE WHEN i <= 3 THEN {FOLLOWER} ELSE b.id END, 'confirmed', {ISSUER}, 1, i, i, 1 FROM n JOIN b ON b.n = i * 7"
        ),
        format!(
            "INSERT INTO programme_plan_role (plan_id, unit_id, role) WITH {BODIES} \
             SELECT p.id, b.id, 'implements' FROM programme_plan p JOIN b ON b.n % 97 = p.created_at"
        ),
        format!("INSERT INTO programme_plan_role (plan_id, unit_id, role) VALUES ({fifth}, {FOLLOWER}, 'coordinates')"),
        format!(
            "INSERT INTO programme_task (id, plan_id, position, section, text, time_raw, time_kind, quote, source_start, source_end, \
             coordinating) WITH RECURSIVE {} SELECT {task}, {plan}, 10000 + i, 'II.' || i, \
             'Nhiệm vụ số ' || i || ' về hạ tầng, dữ liệu', '2026', 'year', '', 0, 0, '' FROM n",
            numbers(1500)
        ),
        format!(
            "INSERT INTO programme_task_search (id, fold) WITH RECURSIVE {} \
             SELECT {task}, 'nhiem vu so ' || i || ' ve ha tang, du lieu dot ' || (i % 9) FROM n",
            numbers(1500)
        ),
        format!(
            "INSERT INTO programme_helper (task_id, unit_id) WITH RECURSIVE {}, {BODIES} \
             SELECT {task}, b.id FROM n JOIN b ON (b.n + i * 3) % 173 = 0",
            numbers(1500)
        ),
        format!(
            "INSERT INTO programme_charge (unit_id, leader) WITH {BODIES} SELECT id, 'Lê Thị Mẫu' FROM b WHERE n % 7 = 0"
        ),
    ]
}

fn work(ids: &Ids) -> Vec<String> {
    let (n, due) = (numbers(1500), day("i * 37 + b.n * 11"));
    let (part, task, plan) = (ids.of(3, "t * 1000 + n"), ids.of(2, "t"), ids.plan("t"));
    vec![
        // Most are open, four of ten are done and nearly all of these accepted, few are stopped or not yet begun.
        format!(
            "INSERT INTO programme_part (id, task_id, plan_id, unit_id, unit_sort, sort_plan, sort_due, time_kind, start_on, due_on, \
             done_on, accepted_on, stopped_on, percent, rev) WITH RECURSIVE {n}, {BODIES} \
             SELECT {part}, {task}, {plan}, id, name_sort, sort, due || ' ' || sort, 'year', \
             CASE WHEN (n + t) % 100 = 7 THEN '2027-01-01' ELSE '2024-01-01' END, due, CASE WHEN (n + t) % 10 < 4 THEN due END, \
             CASE WHEN (n + t) % 10 < 4 AND (n * 3 + t) % 12 > 0 THEN due END, \
             CASE WHEN (n + t) % 200 = 6 THEN '2026-01-01' END, (n * t) % 100, 1 \
             FROM (SELECT b.id, b.name_sort, b.n, i AS t, (10000 + i) || '-' || (1000 + b.n) AS sort, {due} AS due \
             FROM n JOIN b ON (b.n * 7 + i) % 17 = 0) AS parts"
        ),
        format!(
            "INSERT INTO programme_entry (id, part_id, kind, at, actor, percent, text, before) \
             SELECT {}, id, 'progress', 1735700000000000 + n, 'many', n % 100, 'Đã họp', '{{}}' FROM {PARTS} WHERE n % 3 = 0",
            ids.of(4, "n")
        ),
        format!(
            "INSERT INTO programme_evidence (id, part_id, kind, label, at, actor) \
             SELECT {}, id, 'text', 'Báo cáo', 1735700000000000 + n, 'many' FROM {PARTS} WHERE n % 6 = 1",
            ids.of(5, "n")
        ),
        format!(
            "INSERT INTO programme_contact (id, name, phone, rev) SELECT id, 'Hoàng Văn Ruộng', '102', 1 FROM {PARTS} WHERE n % 4 = 0"
        ),
        format!(
            "INSERT INTO programme_extension (id, part_id, asked_due, reason, asked_at, state, rev) SELECT {}, id, '2027-01-01', \
             'Thiếu vốn', n, CASE WHEN n % 700 = 0 THEN 'asked' ELSE 'granted' END, 1 FROM {PARTS} WHERE n % 10 = 0",
            ids.of(6, "n")
        ),
    ]
}

/// What bodies say to each other about parts.
fn words(ids: &Ids) -> Vec<String> {
    let (due, difficulty, question) = (day("n"), ids.of(7, "n"), ids.of(8, "n"));
    vec![
        format!(
            "INSERT INTO programme_difficulty (id, plan_id, part_id, unit_id, text, proposal, raised_at, actor, state, holder_id, \
             due_on, fold, rev, unit_sort) SELECT {difficulty}, plan_id, id, unit_id, 'Thiếu người', '', n, 'many', \
             CASE WHEN n % 4 = 0 THEN 'open' WHEN n % 500 = 2 THEN 'withdrawn' ELSE 'answered' END, unit_id, {due}, \
             'thieu nguoi dot ' || (n % 9), 1, unit_sort FROM {PARTS} WHERE n % 6 = 2"
        ),
        format!(
            "INSERT INTO programme_hop (difficulty_id, position, unit_id, received_at, due_on, text) \
             SELECT {difficulty}, 1, CASE WHEN n % 10 = 0 THEN {FOLLOWER} ELSE unit_id END, n, {due}, '' FROM {PARTS} WHERE n % 6 = 2"
        ),
        format!(
            "INSERT INTO programme_question (id, plan_id, part_id, asked_by, actor, text, due_on, asked_at, closed_at, fold, rev) \
             SELECT {question}, plan_id, id, CASE WHEN n % 4 = 3 THEN {FOLLOWER} ELSE unit_id END, 'many', 'Vì sao chậm?', {due}, n, \
             CASE WHEN n % 9 = 0 THEN NULL ELSE n END, 'vi sao cham dot ' || (n % 9), 1 FROM {PARTS} WHERE n % 6 = 3"
        ),
        format!(
            "INSERT INTO programme_answer (question_id, unit_id, answered_at) \
             SELECT {question}, unit_id, CASE WHEN n % 9 = 0 THEN NULL ELSE n END FROM {PARTS} WHERE n % 6 = 3"
        ),
        format!(
            "INSERT INTO programme_letter (id, kind, subject, from_id, to_ids, about, body, state, drafted_at, fold, rev) \
             SELECT {}, CASE WHEN n % 200 = 4 THEN 'submission' ELSE 'urge' END, 'part' || n, \
             CASE WHEN n % 4 < 2 THEN {FOLLOWER} ELSE unit_id END, '', 'Đôn đốc', '', \
             CASE WHEN n % 100 = 10 THEN 'draft' ELSE 'released' END, n, 'don doc dot ' || (n % 9), 1 FROM {PARTS} WHERE n % 6 = 4",
            ids.of(9, "n")
        ),
    ]
}

/// Three duties oblige every body, the others one each. Most reports go to the department; of states and kinds some are those
/// of most rows, some of few.
fn reports(ids: &Ids) -> Vec<String> {
    let (n, on, duties) = (numbers(24), day("i"), numbers(3000));
    let (duty, period, report) = (ids.of(10, "i"), ids.of(11, "i"), ids.of(12, "b.n * 100 + i"));
    let columns = "id, unit_id, owner_id, label, consolidated, from_on, to_on, due_on, state, intro, plans_ahead, is_nothing, \
        version, opened_at, rev, unit_sort";
    vec![
        format!(
            "INSERT INTO programme_duty (id, name, section, period, cutoff, due, state, source, owner_id, rev, fold) \
             WITH RECURSIVE {duties}, {BODIES} SELECT {duty}, 'Báo cáo ' || i, '', \
             CASE WHEN i % 60 = 0 THEN 'once' WHEN i % 4 = 0 THEN 'quarter' ELSE 'month' END, 'decree', 'after:3', \
             CASE WHEN i % 50 = 0 THEN 'proposed' WHEN i % 3 = 2 THEN 'ended' ELSE 'active' END, 'typed', \
             CASE WHEN i <= 3 THEN {FOLLOWER} ELSE b.id END, 1, 'bao cao ' || i || ' dot ' || (i % 9) \
             FROM n JOIN b ON b.n = 1 + i % 346"
        ),
        format!(
            "INSERT INTO programme_duty_body (duty_id, unit_id, role) WITH RECURSIVE {}, {BODIES} \
             SELECT {duty}, b.id, 'reports' FROM n CROSS JOIN b",
            numbers(3)
        ),
        format!(
            "INSERT INTO programme_duty_body (duty_id, unit_id, role) WITH RECURSIVE {duties}, {BODIES} \
             SELECT {duty}, b.id, CASE WHEN i % 20 = 4 THEN 'receives' ELSE 'reports' END \
             FROM n JOIN b ON b.n = 1 + (i * 5 + 3) % 346 WHERE i > 3"
        ),
        format!(
            "INSERT INTO programme_period (id, duty_id, label, from_on, to_on, due_on, state, opened_at, rev) WITH RECURSIVE {n} \
             SELECT {period}, {}, (2003 + i) || '-M10', {on}, {on}, {on}, 'open', i, 1 FROM n",
            ids.of(10, "1 + i % 3")
        ),
        format!(
            "INSERT INTO programme_report ({columns}) WITH RECURSIVE {n}, {BODIES} \
             SELECT {report}, b.id, CASE WHEN (b.n + i) % 10 = 3 THEN {ISSUER} ELSE {FOLLOWER} END, (2003 + i) || '-M10', FALSE, \
             {on}, {on}, {on}, CASE WHEN i > 22 THEN 'draft' WHEN (b.n * 31 + i) % 90 = 0 THEN 'returned' ELSE 'accepted' END, \
             '', '', FALSE, 1, i, 1, b.name_sort FROM n CROSS JOIN b"
        ),
        format!(
            "INSERT INTO programme_report ({columns}) WITH RECURSIVE {n} \
             SELECT {}, {FOLLOWER}, {FOLLOWER}, (2003 + i) || '-M10', TRUE, {on}, {on}, {on}, 'accepted', '', '', FALSE, 1, i, 1, 'so' FROM n",
            ids.of(26, "i")
        ),
        format!(
            "INSERT INTO programme_report_period (report_id, period_id) WITH RECURSIVE {n}, {BODIES} \
             SELECT {report}, {period} FROM n JOIN b ON b.n % 12 = 0"
        ),
    ]
}

fn targets(ids: &Ids) -> Vec<String> {
    let (n, target, passage, plan) = (numbers(3000), ids.of(13, "i"), ids.of(15, "i"), ids.plan("i"));
    vec![
        format!(
            "INSERT INTO programme_target (id, plan_id, position, text, value_milli, unit, comparator, to_year, indicator, counted, \
             owners, implementers, quote, source_start, source_end, rollup) WITH RECURSIVE {n} \
             SELECT {target}, {plan}, 10000 + i, 'Chỉ tiêu số ' || i, 90000, '%', '>=', 2025 + i % 6, \
             CASE WHEN i % 60 = 0 THEN 'proc.full_online' END, TRUE, '', '', '', 0, 0, 'ratio' FROM n"
        ),
        format!(
            "INSERT INTO programme_target_search (id, fold) WITH RECURSIVE {n} SELECT {target}, 'chi tieu so ' || i FROM n"
        ),
        format!(
            "INSERT INTO programme_target_body (target_id, unit_id, role) WITH RECURSIVE {n}, {BODIES} \
             SELECT {target}, b.id, 'reports' FROM n JOIN b ON b.n = 1 + i % 300 OR b.n = 1 + (i * 7) % 300"
        ),
        format!(
            "INSERT INTO programme_value (id, target_id, unit_id, period, value_milli, status, evidence, source, at, actor) \
             SELECT {}, target_id, unit_id, '2026-M' || (10 + n % 3), 1000, 'official', '', 'manual', n, 'many' FROM \
             (SELECT target_id, unit_id, ROW_NUMBER() OVER (ORDER BY target_id, unit_id) AS n FROM programme_target_body) AS bodies",
            ids.of(14, "n")
        ),
        format!(
            "INSERT INTO programme_passage (id, plan_id, position, span_start, text) WITH RECURSIVE {n} \
             SELECT {passage}, {plan}, i, i, 'Đoạn ' || i FROM n"
        ),
        format!(
            "INSERT INTO programme_passage_search (id, fold) WITH RECURSIVE {n} SELECT {passage}, 'doan dot ' || (i % 50) FROM n"
        ),
    ]
}

/// Systems of every body, some 87 each. The department runs one of ten of them and uses one of ten; of the values of a filter
/// some are those of most systems, some of few.
fn systems(ids: &Ids) -> Vec<String> {
    let (n, system) = (numbers(30_000), ids.of(22, "i"));
    // In an order that is none of their ids or owners.
    let shuffled = "(1000000 + (i * 7919) % 1000003)";
    let few = |of: u32, few: &str, most: &str| format!("CASE WHEN (i * 31) % {of} = 0 THEN '{few}' ELSE {most} END");
    let kind = few(100, "service", "CASE WHEN i % 4 = 0 THEN 'database' ELSE 'information_system' END");
    let state = few(90, "mistaken", &few(7, "building", "'operating'"));
    let hosting = few(200, "foreign_cloud", "CASE WHEN i % 3 = 0 THEN 'own_room' ELSE 'provincial_data_centre' END");
    let more = ["critical", "high", "yes", "proven", "yes", "yes", "yes"];
    let more = more.map(|code| few(80, code, "'unknown'")).join(", ");
    let personal = few(60, "sensitive", "CASE WHEN i % 5 < 2 THEN 'basic' ELSE 'none' END");
    vec![
        format!(
            "INSERT INTO registry_system (id, owner_id, operator_id, name, code, kind, state, hosting, personal_data, address, \
             purpose, since, confirmed_on, criticality, ai_potential, ipv6, backup, is_public, is_shared, state_secret, fold, \
             name_sort, name_key, rev) WITH RECURSIVE {n}, {BODIES} \
             SELECT {system}, b.id, CASE WHEN i % 10 = 4 THEN {FOLLOWER} END, 'Hệ thống số ' || i, 'HT.' || i, {kind}, {state}, \
             {hosting}, {personal}, NULL, NULL, 2000 + i % 26, CASE WHEN i % 10 = 3 THEN NULL WHEN i % 10 < 3 THEN '2025-11-01' \
             ELSE '2026-10-01' END, {more}, 'he thong so ' || i || ' dot ' || (i % 9) || ' ht.' || i, {shuffled} || '', \
             'he thong so ' || i, 1 FROM n JOIN b ON b.n = 1 + i % 346"
        ),
        format!(
            "INSERT INTO registry_relation (id, from_id, to_id, kind) WITH RECURSIVE {n} \
             SELECT {}, {system}, {}, 'shares_data' FROM n",
            ids.of(23, "i"),
            ids.of(22, "1 + (i * 13) % 30000")
        ),
        format!(
            "INSERT INTO registry_use (id, system_id, unit_id) WITH RECURSIVE {n}, {BODIES} \
             SELECT {}, {system}, CASE WHEN i % 10 = 7 THEN {FOLLOWER} ELSE b.id END FROM n JOIN b ON b.n = 1 + (i * 5 + 3) % 346",
            ids.of(24, "i")
        ),
        format!(
            "INSERT INTO registry_confirmation (id, unit_id, year, on_day, systems, rev) WITH RECURSIVE {}, {BODIES} \
             SELECT {}, b.id, 2020 + i, (2020 + i) || '-10-01', 87, 1 FROM n CROSS JOIN b",
            numbers(6),
            ids.of(25, "b.n * 10 + i")
        ),
        format!(
            "INSERT INTO registry_bill (id, system_id, format, file_name, on_day, components, rev) WITH RECURSIVE {n} \
             SELECT {}, {system}, 'CycloneDX 1.6', 'bom.json', '2026-10-01', 1, 1 FROM n",
            ids.of(28, "i")
        ),
        format!(
            "INSERT INTO registry_component (id, system_id, bill_id, name, version, purl, fold) WITH RECURSIVE {n} \
             SELECT {}, {system}, {}, {}, '2.' || (i % 17), '', {} FROM n",
            ids.of(27, "i"),
            ids.of(28, "i"),
            few(600, "log4j-core", "'Thư viện ' || (i % 500)"),
            few(600, "log4j core", "'thu vien ' || (i % 500)")
        ),
    ]
}

/// People, what was told them, and what was written of what they did. Numbers of the ledger that no act of this test reaches.
fn rest(ids: &Ids) -> Vec<String> {
    let (n, on, person) = (numbers(3000), day("i"), ids.of(17, "i"));
    let somebody = ids.of(17, "1 + i % 3000");
    vec![
        format!(
            "INSERT INTO db_ledger (stream, seq, at, actor, action, subject, body, hash) WITH RECURSIVE {} \
             SELECT 'main', 1000000 + i, i, 'many', 'many.act', 'thing_' || (i % 2000), '{{}}', '' FROM n",
            numbers(10_000)
        ),
        format!(
            "INSERT INTO db_access (id, at, actor, action, subject, people) WITH RECURSIVE {n} \
             SELECT {}, i, 'many', 'people.list', '', 1 FROM n",
            ids.of(16, "i")
        ),
        format!(
            "INSERT INTO web_refusal (hour, who, what, place, address, count) WITH RECURSIVE {n} \
             SELECT i / 5, 'who' || (i % 5), 'wrong', '/', '', 1 FROM n"
        ),
        format!(
            "INSERT INTO directory_person (id, name, name_sort, name_fold, rev) WITH RECURSIVE {n} \
             SELECT {person}, 'Ví Dụ ' || i, 'vi du ' || i, 'vi du ' || i, 1 FROM n"
        ),
        format!(
            "INSERT INTO directory_account (id, person_id, login, disabled, epoch) WITH RECURSIVE {n} \
             SELECT {}, {person}, 'many' || i, FALSE, 0 FROM n",
            ids.of(18, "i")
        ),
        format!(
            "INSERT INTO directory_post (id, person_id, unit_id, role, title, valid_from) WITH RECURSIVE {n}, {BODIES} \
             SELECT {}, {person}, b.id, 'officer', '', '2025-07-01' FROM n JOIN b ON b.n = 1 + i % 300",
            ids.of(19, "i")
        ),
        format!(
            "INSERT INTO notify_notice (id, person_id, day, kind, subject, words, href, due_on, days, by_mail, is_read) \
             WITH RECURSIVE {} SELECT {}, {somebody}, {on}, 'part', 'part' || i, '', '', {on}, 1, FALSE, TRUE FROM n",
            numbers(4000),
            ids.of(20, "i")
        ),
        format!(
            "INSERT INTO notify_outbox (id, person_id, channel, address, subject, text, html, state, attempts, next_at, created_at) \
             WITH RECURSIVE {} SELECT {}, {somebody}, 'mail', '', '', '', '', \
             CASE WHEN i % 100 = 0 THEN 'waiting' ELSE 'sent' END, 0, i, i FROM n",
            numbers(6000),
            ids.of(21, "i")
        ),
    ]
}

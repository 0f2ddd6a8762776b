//! What the lake is told of the programme: the rows of these tables, as each act leaves them. A person's name is in none,
//! and of free text only what plans say, the numbers of documents and the sources of values.

use db::Change;
use kernel::{
    Column,
    ColumnType::{Boolean, Code, Day, Id, Instant, Integer, Scaled, Text},
    FactKind, FactTable,
};

const MILLI: kernel::ColumnType = Scaled(3);

const fn id(name: &'static str, kind: &'static str, vi: &'static str, en: &'static str) -> Column {
    Column::new(name, Id(kind), vi, en)
}

const fn state(name: &'static str, key: &'static [&'static str], columns: &'static [Column]) -> FactTable {
    FactTable { name, version: 1, kind: FactKind::State, key, columns }
}

static PLAN: FactTable = state(
    "programme_plan",
    &["plan"],
    &[
        id("plan", "plan", "Kế hoạch", "Plan").from("id"),
        Column::new("state", Text, "Trạng thái", "State"),
        Column::new("number", Text, "Số, ký hiệu", "Number"),
        Column::new("issued_on", Day, "Ngày ban hành", "Issued on"),
        Column::new("kind", Text, "Loại văn bản", "Kind of document"),
        Column::new("title", Text, "Trích yếu", "Title"),
        id("issuer", "unit", "Cơ quan ban hành", "Issuing body").from("issuer_id"),
        id("follower", "unit", "Cơ quan theo dõi", "Following body").from("follower_id"),
        Column::new(
            "confirmation",
            Code(&["confirmed", "refused"]),
            "Xác nhận của cơ quan ban hành",
            "Word of its issuer",
        ),
        id("confirmed_by", "unit", "Cơ quan xác nhận", "Body that said it"),
        Column::new("draft", Boolean, "Dự thảo", "Draft"),
        Column::new("approved_at", Instant, "Duyệt lúc", "Approved at"),
    ],
);

static TASK: FactTable = state(
    "programme_task",
    &["task"],
    &[
        id("task", "task", "Nhiệm vụ", "Task").from("id"),
        id("plan", "plan", "Kế hoạch", "Plan").from("plan_id"),
        Column::new("position", Integer, "Thứ tự trong văn bản", "Place in the document"),
        Column::new("section", Text, "Mục", "Section"),
        Column::new("text", Text, "Nội dung", "Text"),
        Column::new("time_raw", Text, "Thời hạn như văn bản ghi", "Time frame as written"),
        Column::new("result", Text, "Kết quả yêu cầu", "Result asked for"),
    ],
);

static PART: FactTable = FactTable {
    name: "programme_part",
    version: 2,
    kind: FactKind::State,
    key: &["part"],
    columns: &[
        id("part", "part", "Phần việc", "Part").from("id"),
        id("task", "task", "Nhiệm vụ", "Task").from("task_id"),
        id("plan", "plan", "Kế hoạch", "Plan").from("plan_id"),
        id("unit", "unit", "Cơ quan chủ trì", "Leading body").from("unit_id"),
        Column::new("start_on", Day, "Bắt đầu", "Start"),
        Column::new("due_on", Day, "Hạn", "Due"),
        Column::new("done_on", Day, "Báo hoàn thành", "Reported done"),
        Column::new("percent", Integer, "Phần trăm hoàn thành", "Per cent done").unit("%"),
        Column::new("stopped_on", Day, "Tạm dừng, thôi theo dõi từ", "Paused or ended on"),
        Column::new("stop_kind", Text, "Vì sao dừng", "Why it stopped"),
        Column::new("accepted_on", Day, "Nghiệm thu", "Accepted"),
    ],
};

static EVIDENCE: FactTable = state(
    "programme_evidence",
    &["evidence"],
    &[
        id("evidence", "evidence", "Minh chứng", "Evidence").from("id"),
        id("part", "part", "Phần việc", "Part").from("part_id"),
        Column::new("kind", Text, "Loại", "Kind"),
        Column::new("number", Text, "Số văn bản", "Number of the document"),
        Column::new("day", Day, "Ngày văn bản", "Day of the document"),
        Column::new("at", Instant, "Nộp lúc", "Handed in at"),
        Column::new("removed_at", Instant, "Gỡ lúc", "Taken away at"),
    ],
);

static DIFFICULTY: FactTable = state(
    "programme_difficulty",
    &["difficulty"],
    &[
        id("difficulty", "difficulty", "Khó khăn, vướng mắc", "Difficulty").from("id"),
        id("plan", "plan", "Kế hoạch", "Plan").from("plan_id"),
        id("part", "part", "Phần việc", "Part").from("part_id"),
        id("target", "target", "Chỉ tiêu", "Target").from("target_id"),
        id("unit", "unit", "Cơ quan nêu", "Body that raised it").from("unit_id"),
        Column::new("state", Text, "Trạng thái", "State"),
        id("holder", "unit", "Cơ quan đang giải quyết", "Body that must answer").from("holder_id"),
        Column::new("due_on", Day, "Hạn trả lời", "Answer due"),
        Column::new("raised_at", Instant, "Nêu lúc", "Raised at"),
        Column::new("answered_at", Instant, "Trả lời lúc", "Answered at"),
    ],
);

static TARGET: FactTable = state(
    "programme_target",
    &["target"],
    &[
        id("target", "target", "Chỉ tiêu", "Target").from("id"),
        id("plan", "plan", "Kế hoạch", "Plan").from("plan_id"),
        Column::new("text", Text, "Nội dung", "Text"),
        Column::new("indicator", Text, "Chỉ số trong danh mục", "Indicator of the catalogue"),
        Column::new("value", MILLI, "Mức phải đạt", "Level to reach").from("value_milli"),
        Column::new("unit", Text, "Đơn vị tính", "Unit of measure"),
        Column::new("comparator", Text, "Cách so", "How it is compared"),
        Column::new("from_year", Integer, "Từ năm", "From year"),
        Column::new("to_year", Integer, "Đến năm", "To year"),
        Column::new("rollup", Text, "Cách tính chung", "Rule of the whole"),
    ],
);

static VALUE: FactTable = state(
    "programme_value",
    &["value"],
    &[
        id("value", "value", "Số liệu", "Value").from("id"),
        id("target", "target", "Chỉ tiêu", "Target").from("target_id"),
        id("unit", "unit", "Cơ quan", "Body").from("unit_id"),
        Column::new("period", Text, "Kỳ", "Period"),
        Column::new("numerator", MILLI, "Tử số", "Numerator").from("numerator_milli"),
        Column::new("denominator", MILLI, "Mẫu số", "Denominator").from("denominator_milli"),
        Column::new("reached", MILLI, "Giá trị", "Value").from("value_milli"),
        Column::new("status", Text, "Ước, sơ bộ hay chính thức", "Estimated, preliminary or final"),
        Column::new("source", Text, "Nguồn", "Source"),
        Column::new("at", Instant, "Nhập lúc", "Entered at"),
        Column::new("replaced_at", Instant, "Được thay lúc", "Replaced at"),
    ],
);

static PERIOD: FactTable = state(
    "programme_period",
    &["period"],
    &[
        id("period", "period", "Kỳ báo cáo", "Period").from("id"),
        id("duty", "duty", "Chế độ báo cáo", "Reporting duty").from("duty_id"),
        Column::new("label", Text, "Tên kỳ", "Label"),
        Column::new("from_on", Day, "Từ ngày", "From"),
        Column::new("to_on", Day, "Đến ngày", "To"),
        Column::new("due_on", Day, "Hạn nộp", "Due"),
        Column::new("state", Text, "Trạng thái", "State"),
    ],
);

static REPORT: FactTable = state(
    "programme_report",
    &["report"],
    &[
        id("report", "report", "Báo cáo", "Report").from("id"),
        id("unit", "unit", "Cơ quan báo cáo", "Reporting body").from("unit_id"),
        Column::new("label", Text, "Kỳ", "Period"),
        Column::new("consolidated", Boolean, "Tổng hợp", "Consolidated"),
        Column::new("due_on", Day, "Hạn nộp", "Due"),
        Column::new("state", Text, "Trạng thái", "State"),
        Column::new("is_nothing", Boolean, "Không phát sinh", "Nothing to report"),
        Column::new("version", Integer, "Lần", "Version"),
        id("replaces", "report", "Thay báo cáo", "Report that it replaces").from("replaces_id"),
        Column::new("number", Text, "Số, ký hiệu", "Number"),
        Column::new("issued_on", Day, "Ngày ban hành", "Issued on"),
        Column::new("sent_on", Day, "Gửi ngày", "Sent on"),
    ],
);

pub fn facts(change: &mut Change) {
    for table in [&PLAN, &TASK, &PART, &EVIDENCE, &DIFFICULTY, &TARGET, &VALUE, &PERIOD, &REPORT] {
        change.mirrors(table);
    }
}

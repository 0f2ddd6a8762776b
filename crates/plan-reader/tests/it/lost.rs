//! What must not vanish: an order is a task, or at least a doubt.

use plan_reader::{Plan, ProblemKind, read};

fn directive(body: &str) -> Plan {
    let text = format!(
        "ỦY BAN NHÂN DÂN\nTỈNH MẪU\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 12/CT-UBND\n\
         Tỉnh Mẫu, ngày 05 tháng 01 năm 2026\n\nCHỈ THỊ\nVề việc thử\n\n{body}\n"
    );
    read(text.as_bytes()).unwrap().plan
}

fn leads(plan: &Plan) -> Vec<String> {
    plan.tasks.iter().map(|task| task.lead.join("+")).collect()
}

fn is_doubted(plan: &Plan, words: &str) -> bool {
    let doubts = [ProblemKind::Unplaced, ProblemKind::MaybeTask];
    plan.problems.iter().any(|problem| doubts.contains(&problem.kind) && problem.message_vi.contains(words))
}

/// Who leads each task of a directive with this body, and words that a person is asked about.
#[track_caller]
fn check(body: &str, told: &[&str], doubted: &[&str]) {
    let plan = directive(body);
    assert_eq!(leads(&plan), told, "{body}");
    for words in doubted {
        assert!(is_doubted(&plan, words), "{words}: {:?}", plan.problems);
    }
}

#[test]
fn a_word_of_praise_loses_no_order() {
    check(
        "Chủ tịch UBND tỉnh yêu cầu:\n1. Giao Sở Y tế:\na) Ghi nhận mực nước ở các hồ, hoàn thành trong quý I/2027.\n\
         b) Chủ trì, phối hợp với Công an tỉnh lấp giếng, biểu dương tinh thần tại các xã.\nc) Ghi nhận tấm gương tiêu biểu.\n\
         2. Sở Nội vụ đo hồ.\n3. UBND tỉnh ghi nhận nỗ lực của Sở Y tế, yêu cầu Sở Tư pháp bàn giao hồ sơ.",
        &["Sở Y tế", "Sở Y tế", "Sở Nội vụ"],
        &["tấm gương", "bàn giao"],
    );
}

#[test]
fn a_first_sentence_with_a_day_is_no_letterhead() {
    check(
        "Trước tình hình đó, UBND tỉnh giao Sở Y tế lấp giếng trước ngày 07 tháng 11 năm 2027.\n2. Giao Sở Nội vụ đo hồ.",
        &["Sở Y tế", "Sở Nội vụ"],
        &[],
    );
}

#[test]
fn an_order_that_begins_with_its_ground_is_no_ground() {
    check(
        "Căn cứ tình hình trên, UBND tỉnh giao Sở Y tế lấp giếng trước ngày 30/6/2026.\n1. Giao Sở Nội vụ đo hồ.",
        &["Sở Y tế", "Sở Nội vụ"],
        &[],
    );
}

#[test]
fn a_row_that_lost_its_columns_is_no_title() {
    let plan = directive("1. Giao Sở Nội vụ đo hồ.\nPHỤ LỤC II\nCHỈ TIÊU\n1 Tỷ lệ giếng lấp kín % 85 Sở Y tế");
    assert!(is_doubted(&plan, "giếng lấp kín"), "{:?}", plan.problems);
}

#[test]
fn orders_that_a_semicolon_parts_are_as_many_as_those_told() {
    let (some, others) = ("các sở, ngành có liên quan", "các cơ quan, đơn vị có liên quan");
    check(
        "1. Giao Sở Y tế lấp giếng phù hợp với điều kiện thực tế; đề nghị Công an tỉnh chủ trì, phối hợp với Sở Nội vụ cắm biển.\n\
         2. Giao Sở Xây dựng đắp kè, không làm phiền người dân; các sở, ngành có liên quan chủ trì đo hồ. \
         Trong quá trình thực hiện, chủ động gỡ vướng; các cơ quan, đơn vị có liên quan tổ chức thả cá.",
        &["Sở Y tế", "Công an tỉnh", "Sở Xây dựng", some, others],
        &[],
    );
}

#[test]
fn a_day_in_a_sentence_that_closes_or_tells_the_situation_is_asked_about() {
    check(
        "I. TÌNH HÌNH\nGiao Sở Y tế lấp giếng trước ngày 30/6/2026.\nII. NHIỆM VỤ\n1. Giao Sở Nội vụ đo hồ.\n\
         Trong quá trình thực hiện, giao Công an tỉnh cắm biển trước ngày 30/9/2026.",
        &["Sở Nội vụ"],
        &["lấp giếng", "cắm biển"],
    );
}

#[test]
fn an_item_below_a_body_is_told_to_it_whatever_its_verb() {
    for body in [
        "1. Sở Y tế\na) Phân công lịch trực trong năm 2027;\nb) Lấp giếng cũ ở các xã.",
        "1. Sở Y tế\na) Phân công lịch trực ở các trạm\nb) Lấp giếng cũ ở các xã",
    ] {
        check(body, &["Sở Y tế", "Sở Y tế"], &[]);
    }
}

#[test]
fn what_another_body_did_is_told_to_nobody() {
    check(
        "1. Sở Y tế\na) Lấp giếng cũ ở các xã.\nb) UBND xã Bản Mẫu đã mở 08 lớp tập huấn.",
        &["Sở Y tế"],
        &["08 lớp"],
    );
}

#[test]
fn an_item_with_a_day_and_items_of_its_own_is_asked_about() {
    check(
        "1. Sở Y tế\na) Lấp giếng cũ trước ngày 30/6/2026\n- Lấp giếng ở các xã.\n- Lấp giếng ở các phường.",
        &["Sở Y tế", "Sở Y tế"],
        &["Lấp giếng cũ"],
    );
}

#[test]
fn a_time_alone_is_asked_about_and_no_task() {
    check(
        "1. Giao Sở Y tế:\na) Lấp giếng cũ ở các xã;\nthời gian hoàn thành trước ngày 03/10/2027.",
        &["Sở Y tế"],
        &["thời gian hoàn thành"],
    );
}

#[test]
fn the_last_sentence_names_any_kind_of_document() {
    for kind in ["Công văn", "Chương trình hành động", "Chỉ thị"] {
        let last = format!("Yêu cầu UBND các xã, phường nghiêm túc triển khai thực hiện {kind} này./.");
        check(&format!("1. Giao Sở Y tế lấp giếng.\n{last}"), &["Sở Y tế"], &[]);
    }
}

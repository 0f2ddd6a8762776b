//! What a person must decide before the plan counts.

use crate::{Bound, Plan, Problem, ProblemKind, Task};

pub fn problems(plan: &Plan) -> Vec<Problem> {
    let mut out = Vec::new();
    if plan.tasks.is_empty() {
        out.push(document(
            ProblemKind::NoTask,
            "Không tìm thấy nhiệm vụ nào có cơ quan chủ trì trong văn bản.",
            "No task with a lead agency was found in the document.",
        ));
    }
    if plan.document.number.as_ref().is_none_or(|number| number.starts_with('/')) {
        out.push(document(
            ProblemKind::NumberBlank,
            "Văn bản chưa có số; có thể là dự thảo.",
            "The document has no number; it may be a draft.",
        ));
    }
    for task in &plan.tasks {
        out.extend(of_task(task));
    }
    out
}

fn document(kind: ProblemKind, vi: &str, en: &str) -> Problem {
    Problem { kind, message_vi: vi.into(), message_en: en.into(), source: None, task: None }
}

fn of_task(task: &Task) -> Vec<Problem> {
    let mut out = Vec::new();
    let mut say = |kind, vi: String, en: String| {
        out.push(Problem {
            kind,
            message_vi: vi,
            message_en: en,
            source: Some(task.source),
            task: Some(task.id.clone()),
        });
    };
    if task.lead.is_empty() {
        say(ProblemKind::NoLead, "Nhiệm vụ chưa rõ cơ quan chủ trì.".into(), "The task names no lead agency.".into());
    }
    if task.time.raw.is_empty() {
        say(
            ProblemKind::NoTime,
            "Nhiệm vụ chưa rõ thời gian thực hiện.".into(),
            "The task names no time frame.".into(),
        );
    } else if task.time.kind.is_none() {
        say(
            ProblemKind::TimeUnclear,
            format!("Chưa rõ thời hạn “{}”.", task.time.raw),
            format!("The time frame “{}” is unclear.", task.time.raw),
        );
    }
    if let (Some(Bound::Year(from)), Some(Bound::Year(to))) = (&task.time.from, &task.time.to)
        && to < from
    {
        say(
            ProblemKind::EndBeforeStart,
            format!("Năm kết thúc {to} trước năm bắt đầu {from}."),
            format!("The end {to} is before the start {from}."),
        );
    }
    for body in task.lead.iter().chain(&task.coordinating).filter(|body| body.contains("liên quan")) {
        say(
            ProblemKind::WhoIsConcerned,
            format!("“{body}” là những cơ quan nào?"),
            format!("Which bodies are meant by “{body}”?"),
        );
    }
    out
}

//! One whole year of "Tỉnh Mẫu", played act by act on a clock that the caller moves: work, a difficulty that nobody
//! answers in time, values, two periods, one late commune, consolidated reports signed off.

use crate::ids::{DutyId, PartId, PeriodId, ReportId, TargetId};
use db::Row as _;
use jiff::{Span, civil::Date};
use kernel::{Ctx, Problem, Resolution, UnitId};
use webkit::Site;

use crate::{
    approve::usecase::plan_confirm::plan_confirm_as,
    overview::usecase::board::charge_set,
    plans,
    reporting::{
        self,
        model::step::ReportAct,
        usecase::{
            duty::{DutyInput, duty_new},
            period::{consolidate, period_lock, period_open},
            report_act::report_act,
            report_edit::{Edit, report_edit},
        },
    },
    targets::{
        self,
        model::{
            period::{Cutoff, Due, Label, PeriodKind},
            rollup::Rollup,
        },
        usecase::value_set::{Entered, target_plan, value_set},
    },
    work::{
        self,
        model::{change::Act, difficulty::Difficulty, letter::Letter},
        usecase::{
            difficulty::{About, DifficultyAct, difficulty_act, difficulty_raise},
            evidence::{Evidence, evidence_add},
            letter::{LetterAct, letter_act},
            part_act::part_act,
            task_assign::{Assignment, task_assign},
        },
    },
};

/// The commune that is late with its report.
const LATE: &str = "UBND xã Đồi Mẫu";

/// What of the year was made, for who plays it.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub struct Year {
    pub acts: usize,
    pub periods: Vec<String>,
    pub consolidated: Vec<String>,
}

struct Player<'a> {
    app: &'a Site,
    ctx: &'a Ctx,
    /// Sets the clock to the morning of a day.
    go: &'a (dyn Fn(Date) + Send + Sync),
    year: Year,
}

/// The first day of the year that is over on `last`: the plans are to be there by then.
pub fn first_day(last: Date) -> Date {
    last.first_of_month().saturating_sub(Span::new().months(12))
}

/// Plays the twelve months up to `last`. Plans must be there already, and nothing be done on them yet.
pub async fn play(app: &Site, ctx: &Ctx, last: Date, go: &(dyn Fn(Date) + Send + Sync)) -> Result<Year, Problem> {
    let first = first_day(last);
    let mut player = Player { app, ctx, go, year: Year::default() };
    player.beginning(first).await?;
    player.others(0).await?;
    let duty = player.duty().await?;
    for month in 1..=12 {
        let tenth = first.saturating_add(Span::new().months(month).days(9));
        if tenth > last {
            break;
        }
        player.month(tenth).await?;
        player.others(month).await?;
        if month == 4 {
            player.difficulty(tenth).await?;
        }
        // NĐ 09/2019 cuts half-years off in the middle of June and December; a late body needs ten days more.
        let cut = tenth.saturating_add(Span::new().days(5));
        if matches!(cut.month(), 6 | 12) && cut.saturating_add(Span::new().days(14)) <= last {
            let label = Label::new(PeriodKind::HalfYear, cut.year(), cut.month() / 6);
            player.period(duty, label, cut).await?;
        }
    }
    Ok(player.year)
}

impl Player<'_> {
    async fn tick(&mut self) -> Result<(), Problem> {
        self.year.acts += 1;
        if self.year.acts.is_multiple_of(50) {
            self.drain().await?;
        }
        Ok(())
    }

    async fn drain(&self) -> Result<(), Problem> {
        db::drain(self.app.db(), self.ctx, &self.app.job_handlers()?).await.map(|_| ())
    }

    /// A new day, with what the program does by itself on it: what need not be kept any longer goes too.
    async fn day(&self, day: Date) -> Result<(), Problem> {
        (self.go)(day);
        db::daily(self.app.db(), self.ctx, &self.app.daily()).await?;
        self.drain().await
    }

    /// What other domains play of a month.
    async fn others(&self, month: i32) -> Result<(), Problem> {
        for play in self.app.modules().iter().filter_map(|module| module.demo_month) {
            play(self.app, self.ctx, month).await?;
        }
        Ok(())
    }

    fn unit(&self, name: &str) -> Result<UnitId, Problem> {
        match self.app.bodies().resolve(name, None) {
            Resolution::Unit { unit, .. } => Ok(unit),
            Resolution::Group { .. } | Resolution::Unknown => {
                Err(Problem::bad_input("unknown-unit").with("name", name))
            }
        }
    }

    fn group(&self, name: &str) -> Result<Vec<UnitId>, Problem> {
        match self.app.bodies().resolve(name, None) {
            Resolution::Group { units, .. } => Ok(units),
            Resolution::Unit { unit, .. } => Ok(vec![unit]),
            Resolution::Unknown => Err(Problem::bad_input("unknown-unit").with("name", name)),
        }
    }

    /// Who of the leaders is in charge of whom.
    async fn leaders(&self) -> Result<(), Problem> {
        let mut charge = Vec::new();
        for (leader, group) in [
            ("Lê Thị Mẫu, Phó Chủ tịch", "UBND các xã, phường, đặc khu"),
            ("Cao Thị Ví Dụ, Chủ tịch", "các sở, ban, ngành"),
        ] {
            charge.extend(self.group(group)?.into_iter().map(|unit| (unit, leader.to_owned())));
        }
        charge_set(self.app, self.ctx, &charge).await
    }

    /// Tasks from a conclusion, and the way of the targets.
    async fn beginning(&mut self, first: Date) -> Result<(), Problem> {
        let day = first.saturating_add(Span::new().days(8));
        self.day(day).await?;
        self.leaders().await?;
        let later = |months: i32| {
            let day = day.saturating_add(Span::new().months(months)).last_of_month();
            kernel::day::show(day, kernel::Lang::Vi)
        };
        let (before, by) = (format!("trước ngày {}", later(5)), later(8));
        for (text, leads, due, result) in [
            (
                "Rà soát, thống kê hạ tầng công nghệ thông tin của cơ quan, đơn vị",
                "Sở Khoa học và Công nghệ; Sở Tài chính; Sở Nội vụ",
                "trong 15 ngày làm việc",
                "Báo cáo",
            ),
            ("Bố trí kinh phí cho các nhiệm vụ chuyển đổi số", "Sở Tài chính", before.as_str(), "Quyết định"),
            (
                "Thành lập, kiện toàn tổ công nghệ số cộng đồng",
                "UBND xã Sông Mẫu; UBND xã Đồi Mẫu; UBND xã Núi Mẫu",
                by.as_str(),
                "Quyết định",
            ),
        ] {
            let given = Assignment {
                number: "35/TB-UBND".into(),
                issued_on: Some(day.saturating_sub(Span::new().days(3))),
                giver: "UBND tỉnh".into(),
                text: text.into(),
                leads: leads.into(),
                due: due.into(),
                result: result.into(),
            };
            task_assign(self.app, self.ctx, &given).await?;
            self.tick().await?;
        }
        for plan in plans::store::plan::numbered(&self.app.db().read(), "35/TB-UBND").await? {
            plan_confirm_as(self.app, self.ctx, plan.id(), self.unit("UBND tỉnh")?).await?;
        }
        for target in targets::store::target::list(&self.app.db().read(), "", None).await? {
            let goal = target.value_milli;
            let begin = goal * 6 / 10;
            let last = i16::try_from(target.to_year.unwrap_or(2030)).unwrap_or(2030).max(first.year());
            let steps = i64::from(last - first.year()).max(1);
            let way: Vec<(i16, i64)> = (first.year()..=last)
                .map(|year| (year, begin + (goal - begin) * i64::from(year - first.year()) / steps))
                .collect();
            let rule = Rollup::usual(&target.unit);
            target_plan(self.app, self.ctx, TargetId::from_uuid(target.id), &way, rule, None).await?;
            self.tick().await?;
        }
        Ok(())
    }

    /// Everybody with work reports twice a year to the department.
    async fn duty(&mut self) -> Result<DutyId, Problem> {
        let owner = self.unit("Sở Khoa học và Công nghệ")?;
        let mut reports = self.group("UBND các xã, phường, đặc khu")?;
        reports.extend([self.unit("Sở Tài chính")?, self.unit("Sở Nội vụ")?]);
        let input = DutyInput {
            plan: None,
            regime: None,
            name: "Báo cáo 6 tháng về nhiệm vụ chuyển đổi số".into(),
            section: String::new(),
            period: PeriodKind::HalfYear,
            cutoff: Cutoff::Decree,
            due: Due::After { days: 3 },
            reports,
            receives: vec![self.unit("UBND tỉnh")?],
            via: vec![owner],
        };
        self.tick().await?;
        duty_new(self.app, self.ctx, owner, &input).await
    }

    /// A month of work: what was reported is mostly accepted, every fifth open part moves on, some are finished with their
    /// paper.
    async fn month(&mut self, day: Date) -> Result<(), Problem> {
        self.day(day).await?;
        self.accept(day).await?;
        let scope = kernel::Scope { everything: true, ..kernel::Scope::default() };
        let filter = work::store::register::Filter::default();
        let parts = work::store::register::page(&self.app.db().read(), &filter, &scope, day, None, 400).await?;
        let open = parts.iter().filter(|part| part.done_on.is_none() && part.stopped_on.is_none());
        let turn = usize::try_from(day.month()).unwrap_or(0);
        for (at, part) in open.enumerate().filter(|(at, _)| at % 5 == turn % 5) {
            let id = PartId::from_uuid(part.id);
            let percent = (part.percent.unwrap_or(0) + 30).min(90);
            let words = [
                "Đã ban hành văn bản triển khai",
                "Đã khảo sát, lập phương án",
                "Đã hoàn thành thử nghiệm, đang nghiệm thu",
                "Đã tập huấn cho cán bộ",
            ];
            if part.percent.unwrap_or(0) >= 60 {
                let number = format!("{}/QĐ-UBND", 100 + at);
                let proof =
                    Evidence {
                        label: "Văn bản ban hành".into(), number, day: day.to_string(), ..Evidence::default()
                    };
                evidence_add(self.app, self.ctx, id, &proof).await?;
                let act = Act::Done { day, note: "Đã ban hành và triển khai".into() };
                // The evidence has moved it on by one.
                part_act(self.app, self.ctx, id, part.rev + 1, &act, false).await?;
            } else {
                let text = words[(at + turn) % words.len()].to_owned();
                let act = Act::Progress { percent: Some(percent), text };
                part_act(self.app, self.ctx, id, part.rev, &act, false).await?;
            }
            self.tick().await?;
        }
        Ok(())
    }

    /// The department accepts what was reported until now, but for a few that it has not come to yet.
    async fn accept(&mut self, today: Date) -> Result<(), Problem> {
        let scope = kernel::Scope { everything: true, ..kernel::Scope::default() };
        let reported = work::store::register::Filter {
            state: Some(work::model::state::StateFilter::Reported),
            ..work::store::register::Filter::default()
        };
        let parts = work::store::register::page(&self.app.db().read(), &reported, &scope, today, None, 400).await?;
        for (_, part) in parts.iter().enumerate().filter(|(at, _)| at % 8 != 7) {
            let act = Act::Accept { note: "Đã kiểm tra văn bản, đạt yêu cầu".into() };
            part_act(self.app, self.ctx, part.id(), part.rev, &act, false).await?;
            self.tick().await?;
        }
        Ok(())
    }

    /// Raised in May, not answered in time: a letter is drafted and released, then it goes on and is answered.
    async fn difficulty(&mut self, day: Date) -> Result<(), Problem> {
        let after = |days: i32| day.saturating_add(Span::new().days(days));
        self.day(after(1)).await?;
        let commune = self.unit("UBND xã Sông Mẫu")?;
        let parts = work::store::part::of_unit(&self.app.db().read(), commune, &[]).await?;
        let part = parts.iter().find(|part| part.done_on.is_none()).ok_or_else(Problem::not_found)?;
        let text = "Đường truyền về nhà văn hóa thôn chưa ổn định, chưa có kinh phí nâng cấp";
        let proposal = "Đề nghị tỉnh bổ sung kinh phí nâng cấp đường truyền cho 4 thôn";
        let about = About::Part(PartId::from_uuid(part.id));
        let id = difficulty_raise(self.app, self.ctx, about, text, proposal, false).await?;
        self.day(after(12)).await?;
        let conn = self.app.db().read();
        let letters = Letter::find(&conn, "WHERE subject = $1", db::vals![id.to_string()]).await?;
        let letter = letters.first().ok_or_else(Problem::not_found)?;
        let act = LetterAct::Release { number: "125/SKHCN-CNS".into(), day: after(12) };
        letter_act(self.app, self.ctx, letter.id, letter.rev, &act).await?;
        self.day(after(14)).await?;
        for (act, words) in [
            (DifficultyAct::Forward, "Vượt thẩm quyền bố trí kinh phí của Sở"),
            (DifficultyAct::Answer, "Đồng ý, giao Sở Tài chính bố trí trong dự toán quý III"),
        ] {
            let row = Difficulty::get(&conn, id).await?.ok_or_else(Problem::not_found)?;
            match difficulty_act(self.app, self.ctx, id, row.rev, act, words).await {
                // A plan whose route ends at the department answers there.
                Err(problem) if act == DifficultyAct::Forward && problem.code == "route-ends" => {}
                done => {
                    done?;
                }
            }
            self.tick().await?;
        }
        Ok(())
    }

    /// Opens a period, lets everybody report but one, consolidates with the gap named, and takes the late one in.
    async fn period(&mut self, duty: DutyId, label: Label, opens: Date) -> Result<(), Problem> {
        self.day(opens).await?;
        let id = period_open(self.app, self.ctx, duty, label, None).await?;
        self.drain().await?;
        self.year.periods.push(id.to_string());
        let reports = reporting::store::report::of_period(&self.app.db().read(), id).await?;
        let late = self.unit(LATE)?;
        let period = reporting::store::duty::period(&self.app.db().read(), id).await?.ok_or_else(Problem::not_found)?;
        let due: Date = period.due_on.parse().map_err(Problem::internal)?;
        (self.go)(due);
        for (number, report) in (1..).zip(reports.iter().filter(|report| report.unit() != late)) {
            self.report(report.id(), report.unit(), label, number, due).await?;
        }
        let whole = consolidate(self.app, self.ctx, id).await?;
        self.signed_off(whole, 300 + i32::from(label.number), due).await?;
        self.year.consolidated.push(whole.to_string());
        let after = due.saturating_add(Span::new().days(7));
        self.day(after).await?;
        if let Some(report) = reports.iter().find(|report| report.unit() == late) {
            self.report(report.id(), late, label, 99, after).await?;
        }
        self.lock(id).await
    }

    async fn lock(&mut self, id: PeriodId) -> Result<(), Problem> {
        self.tick().await?;
        period_lock(self.app, self.ctx, id, true).await
    }

    /// A body's report: its values where it has targets, its words, its steps.
    async fn report(
        &mut self,
        id: ReportId,
        unit: UnitId,
        label: Label,
        number: i64,
        day: Date,
    ) -> Result<(), Problem> {
        for target in targets::store::value::targets_of(&self.app.db().read(), unit).await? {
            let base = 40 + (number * 7) % 50;
            let given = Entered {
                numerator: Some(base * 1000),
                denominator: Some(100_000),
                value: None,
                status: if label.number == 1 { "preliminary" } else { "official" }.into(),
                evidence: format!("Báo cáo số {number}/BC"),
                on_behalf: false,
            };
            let known = targets::store::target::get(&self.app.db().read(), TargetId::from_uuid(target)).await?;
            let Some(known) = known.filter(|target| target.counted) else { continue };
            let given = if known.unit.contains('%') {
                given
            } else {
                Entered { numerator: None, denominator: None, value: Some(known.value_milli / 2), ..given }
            };
            value_set(self.app, self.ctx, TargetId::from_uuid(target), unit, label, &given).await?;
            self.tick().await?;
        }
        let row = reporting::store::report::get(&self.app.db().read(), id).await?.ok_or_else(Problem::not_found)?;
        let edit = Edit {
            plans_ahead: "Tiếp tục thực hiện các nhiệm vụ còn lại theo kế hoạch.".into(),
            ..Edit::default()
        };
        report_edit(self.app, self.ctx, id, row.rev, &edit).await?;
        self.steps(id, &format!("{number:02}/BC-UBND"), day).await
    }

    async fn signed_off(&mut self, id: ReportId, number: i32, day: Date) -> Result<(), Problem> {
        self.steps(id, &format!("{number}/BC-SKHCN"), day).await
    }

    async fn steps(&mut self, id: ReportId, number: &str, day: Date) -> Result<(), Problem> {
        let issue = ReportAct::Issue { number: number.to_owned(), day, file: None };
        for act in [ReportAct::Submit, ReportAct::Check, ReportAct::Approve, issue] {
            let row = reporting::store::report::get(&self.app.db().read(), id).await?.ok_or_else(Problem::not_found)?;
            report_act(self.app, self.ctx, id, row.rev, &act, false).await?;
            self.tick().await?;
        }
        Ok(())
    }
}

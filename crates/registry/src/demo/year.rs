//! What is done with systems in a year, month by month. The twelfth is left out: a year may end before it is played.

use kernel::{Ctx, Problem, Role};
use webkit::App;

use super::{
    appraisal, enterprises,
    hands::{FINANCE, Hands},
    levels, lists, measured, more, moves,
};

const FIRST: &str = "Quản lý tài sản công";
const BACK: &str = "Quản lý bệnh án nội trú";
const SECOND: &str = "Quản lý thi đua, khen thưởng";
const UNDER_WAY: &str = "Quản lý cán bộ, công chức";

pub async fn month(app: &App, ctx: &Ctx, month: i32) -> Result<(), Problem> {
    let hands = &Hands::at_work(app, ctx).await?;
    match month {
        0 => {
            more::begin(hands).await?;
            levels::record(hands).await?;
            lists::freeze(hands).await
        }
        1 => {
            lists::approve(hands).await?;
            lists::milestones(hands).await?;
            lists::confirm(hands).await?;
            appraisal::assess(hands).await
        }
        2 => {
            appraisal::review(hands).await?;
            appraisal::waves(hands).await?;
            levels::send(hands).await?;
            moves::open(hands, &hands.of(FINANCE, Role::OFFICER)?, FIRST, ("1", 1)).await
        }
        3 => {
            levels::appraise(hands).await?;
            moves::cut_over(hands, FIRST).await
        }
        4 => {
            levels::approve(hands).await?;
            lists::take_out(hands).await?;
            moves::accept(hands, FIRST).await
        }
        5 => moves::open(hands, &hands.coordinator()?, BACK, ("1", 1)).await,
        6 => {
            moves::cut_over(hands, BACK).await?;
            moves::roll_back(hands, BACK).await?;
            moves::open(hands, &hands.coordinator()?, SECOND, ("2", 1)).await
        }
        7 => moves::cut_over(hands, SECOND).await,
        8 => {
            enterprises::list(hands).await?;
            moves::accept(hands, SECOND).await?;
            measured::availability(hands).await?;
            levels::overrule(hands).await
        }
        9 => {
            measured::availability(hands).await?;
            measured::label(hands).await?;
            measured::networks(hands).await
        }
        10 => {
            levels::check(hands).await?;
            enterprises::sign(hands).await?;
            moves::open(hands, &hands.coordinator()?, UNDER_WAY, ("2", 3)).await
        }
        11 => lists::confirm(hands).await,
        _ => Ok(()),
    }
}

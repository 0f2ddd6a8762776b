//! What a system costs over some years where it is and on a cloud: a range, line by line, over prices that
//! are dated data.

mod prices;
mod total;

pub use prices::{DriverText, ItemText, PriceFault, Prices, PricesText, Range, Rhythm, SHIPPED, Side};
pub use total::{Amounts, Cheaper, Cost, CostFault, Line, MOST, Sum};

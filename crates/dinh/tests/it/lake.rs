//! What the lake is told is what the rows are: facts taken one after the other make the rows of now.

use crate::{house::House, places_appraise::of_assessment, places_systems::of_systems};

#[tokio::test]
async fn a_played_year_is_told_as_it_was_played() {
    let house = House::year().await;
    house.lake_is_as_the_rows().await;
    house.acts_have_words().await;
    let mut untold = Vec::new();
    for table in db::fact_tables(house.app.db()) {
        let sql = format!("SELECT COUNT(*) FROM db_fact WHERE fact_table = '{}'", table.name);
        if house.count(&sql).await == 0 {
            untold.push(table.name);
        }
        for column in table.columns {
            if let kernel::ColumnWords::Label(key) = column.words {
                assert!(house.app.locales().has(key), "{}.{} is called by no words", table.name, column.name);
            }
        }
    }
    assert!(untold.is_empty(), "nothing was told of {untold:?}");
    let late = "SELECT COUNT(*) FROM db_fact f WHERE NOT EXISTS (SELECT 1 FROM db_ledger l WHERE l.stream = f.stream AND l.seq = f.seq)";
    assert_eq!(house.count(late).await, 0, "no fact without its entry");
}

#[tokio::test]
async fn what_is_done_on_pages_of_systems_is_told_as_it_was_done() {
    let house = House::people().await;
    let places = of_systems(&house).await;
    of_assessment(&house, &places).await;
    house.lake_is_as_the_rows().await;
    house.acts_have_words().await;
}

//! Since when a system operates, as lists and short forms say it in one field.

use webkit::Answers;

/// Where a whole day stands for the year, the day is kept, and its year.
pub fn understood(said: &mut Answers) {
    let text = said.text("since").to_owned();
    if text.is_empty() || text.parse::<i64>().is_ok() {
        return;
    }
    if let Some(day) = kernel::day::read(&text) {
        said.set("since", day.year().to_string());
        if said.text("operating_since").is_empty() {
            said.set("operating_since", day.to_string());
        }
        return;
    }
    // "5/2019", "tháng 5 năm 2019", "2019.0": one number of four figures is the year.
    let numbers: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|part| part.len() == 4).collect();
    if let [year] = numbers.as_slice() {
        said.set("since", *year);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_in_the_place_of_a_year_is_both() {
        let read = |text: &str| {
            let mut said = Answers::default().with("since", text);
            understood(&mut said);
            (said.text("since").to_owned(), said.text("operating_since").to_owned())
        };
        for (text, since, day) in [
            ("2019", "2019", ""),
            ("15/03/2019", "2019", "2019-03-15"),
            ("5/2019", "2019", ""),
            ("tháng 5 năm 2019", "2019", ""),
            ("từ 2018 đến 2020", "từ 2018 đến 2020", ""),
            ("lâu rồi", "lâu rồi", ""),
        ] {
            assert_eq!(read(text), (since.to_owned(), day.to_owned()), "{text}");
        }
    }
}

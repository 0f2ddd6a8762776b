//! Parts of a whole as people read them: one rule for every share that is shown.

/// `part` in `whole`, in units of the last decimal that is shown: `share(1, 3, 1)` is 333, for 33,3 %.
///
/// Rounded half up, never cut, but for two figures that would lie: what is not all of it is never "100 %", and what is
/// something is never "0 %"; they show the nearest figure that is true. None of nothing.
pub fn share(part: i64, whole: i64, decimals: u32) -> Option<i64> {
    if whole <= 0 {
        return None;
    }
    let all = 100 * 10_i128.pow(decimals);
    let (part, whole) = (i128::from(part), i128::from(whole));
    let shown = half_up(part * all, whole);
    let shown = match (part, shown) {
        (1.., 0) => 1,
        _ if part < whole && shown >= all => all - 1,
        _ => shown,
    };
    i64::try_from(shown).ok()
}

/// The nearest whole number to a quotient; what lies in the middle goes up. `bottom` is above zero.
pub fn half_up(top: i128, bottom: i128) -> i128 {
    (2 * top + bottom).div_euclid(2 * bottom)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_not_all_is_not_a_hundred_and_what_is_something_is_not_nothing() {
        assert_eq!(share(5, 8, 0), Some(63), "62,5");
        assert_eq!(share(110, 120, 3), Some(91_667));
        assert_eq!(share(1, 62, 0), Some(2));
        assert_eq!(share(996, 1000, 0), Some(99));
        assert_eq!(share(1000, 1000, 0), Some(100));
        assert_eq!(share(4, 1000, 0), Some(1));
        assert_eq!(share(0, 1000, 0), Some(0));
        assert_eq!(share(1206, 1000, 0), Some(121), "more than was planned");
        assert_eq!(share(3, 0, 0), None);
        assert_eq!(half_up(-5, 2), -2);
    }

    proptest! {
        #[test]
        fn a_share_is_near_and_only_the_ends_are_the_ends(part in 0_i64..100_000, more in 0_i64..100_000, decimals in 0_u32..4) {
            let whole = part + more + 1;
            let all = 100 * 10_i64.pow(decimals);
            let shown = share(part, whole, decimals).unwrap();
            prop_assert!((i128::from(shown) * i128::from(whole) - i128::from(part) * i128::from(all)).abs() <= i128::from(whole));
            prop_assert!(shown < all);
            prop_assert_eq!(shown == 0, part == 0);
            prop_assert_eq!(share(whole, whole, decimals), Some(all));
        }

        #[test]
        fn more_is_never_shown_as_less(part in 0_i64..1000, whole in 1_i64..1000, decimals in 0_u32..4) {
            prop_assert!(share(part, whole, decimals) <= share(part + 1, whole, decimals));
        }
    }
}

//! What the registry counts can be what a target measures.

use kernel::Indicators as _;

#[test]
fn what_the_registry_counts_stands_in_the_catalogue_of_indicators() {
    let counted = registry::model::figures::all().iter().map(|of| of.code);
    let unknown: Vec<&str> = counted.filter(|code| indicators::Catalogue.get(code).is_none()).collect();
    // No plan that was read has a target of it.
    assert_eq!(unknown, ["ipv6"]);
}

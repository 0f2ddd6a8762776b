//! What the lake needs beside the inventory to count the same again.

use db::Change;

use crate::model::Use;

pub fn measured(change: &mut Change) {
    change.mirrors(Use::FACTS);
}

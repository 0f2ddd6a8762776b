//! What the parts of a Word file must say and its writer cannot: the repeated heads of tables, the title, the language.

use docx_rs::XMLDocx;
use nd30::{Paper, title};

/// The mark that a head row carries until it is known for what it is: no other row has it.
const MARK: &str = "<w:trHeight w:val=\"1\" w:hRule=\"atLeast\" />";

/// The package with its table heads repeated on each page, its title and its language.
pub fn finished(mut parts: XMLDocx, paper: &Paper) -> XMLDocx {
    parts.document = replaced(parts.document, MARK, "<w:tblHeader />");
    parts.styles =
        replaced(parts.styles, "</w:rPr></w:rPrDefault>", "<w:lang w:val=\"vi-VN\" /></w:rPr></w:rPrDefault>");
    let core =
        format!("<dc:title>{}</dc:title><dc:creator>{}</dc:creator>", escape(&title(paper)), escape(&paper.issuer));
    let core = format!("{core}<dc:language>vi-VN</dc:language></cp:coreProperties>");
    parts.doc_props.core = replaced(parts.doc_props.core, "</cp:coreProperties>", &core);
    parts
}

fn replaced(part: Vec<u8>, old: &str, new: &str) -> Vec<u8> {
    match String::from_utf8(part) {
        Ok(text) => text.replace(old, new).into_bytes(),
        Err(part) => part.into_bytes(),
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

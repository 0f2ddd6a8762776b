//! What the first bytes of a file say it is. Its name says what somebody called it.

/// What the first bytes say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    Docx,
    Pdf,
    /// Word 97-2003: a converter must make it `.docx` first.
    Doc,
    /// The same, whatever its name is: many programs save it as `.doc`.
    Rtf,
    /// A web page; offices' programs save tables as one and call it `.doc`.
    Html,
    /// A web page with its pictures, or a mail.
    Mht,
    /// A picture of a page: must be recognised first.
    Image,
}

/// Files that nobody reads, and what they are called.
const OTHER: [(&[u8], &str); 5] =
    [(b"\x7fELF", "ELF"), (b"MZ", "EXE"), (b"Rar!", "RAR"), (b"7z\xbc\xaf\x27\x1c", "7z"), (b"\x1f\x8b", "gzip")];

/// How web pages begin, after white space and what says that they are XML.
const PAGES: [&[u8]; 9] =
    [b"<!doctype html", b"<html", b"<head", b"<body", b"<meta", b"<style", b"<table", b"<div", b"<p>"];

/// Tells the kind of a document by its first bytes, never by its name.
pub fn kind(bytes: &[u8]) -> Kind {
    let head = &bytes[..bytes.len().min(1024)];
    let starts = |magic: &[u8]| head.starts_with(magic);
    match () {
        () if starts(b"PK\x03\x04") => Kind::Docx,
        () if starts(b"\xd0\xcf\x11\xe0") => Kind::Doc,
        () if [b"\x89PNG".as_slice(), b"\xff\xd8\xff", b"II*\0", b"MM\0*"].iter().any(|magic| starts(magic)) => {
            Kind::Image
        }
        // Mail gateways and scanners put a few bytes before the header.
        () if head.windows(5).any(|five| five == b"%PDF-") => Kind::Pdf,
        () if is_rtf(bytes) => Kind::Rtf,
        () if is_mail(bytes) => Kind::Mht,
        () if is_page(bytes) => Kind::Html,
        () => Kind::Text,
    }
}

/// What a file is called that is no text, by how it begins.
pub fn other(bytes: &[u8]) -> Option<&'static str> {
    let known = OTHER.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, name)| *name);
    known.or_else(|| unmarked(bytes).starts_with(b"<?xml").then_some("XML"))
}

/// An RTF file, also one that calls itself otherwise.
pub fn is_rtf(bytes: &[u8]) -> bool {
    unmarked(bytes).starts_with(b"{\\rt")
}

/// A web page, alone or in an archive of pages, or a mail.
pub fn is_web(bytes: &[u8]) -> bool {
    is_mail(bytes) || is_page(bytes)
}

fn is_mail(bytes: &[u8]) -> bool {
    let head = beginning(bytes);
    let says = |words: &[u8]| head.windows(words.len()).any(|part| part == words);
    head.starts_with(b"mime-version:") || (head.starts_with(b"from:") && says(b"mime-version:"))
}

fn is_page(bytes: &[u8]) -> bool {
    let head = beginning(bytes);
    let xml = head.starts_with(b"<?xml").then(|| head.windows(2).position(|two| two == b"?>")).flatten();
    let mut head = head.get(xml.map_or(0, |end| end + 2)..).unwrap_or_default().trim_ascii_start();
    while let Some(end) = head.strip_prefix(b"<!--").and_then(|note| note.windows(3).position(|three| three == b"-->"))
    {
        head = head.get(end + 7..).unwrap_or_default().trim_ascii_start();
    }
    PAGES.iter().any(|start| head.starts_with(start))
}

/// In small letters, without what stands before the first sign.
fn beginning(bytes: &[u8]) -> Vec<u8> {
    let bytes = unmarked(bytes);
    bytes[..bytes.len().min(4096)].to_ascii_lowercase()
}

fn unmarked(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start()
}

/// A Word file with a password is a compound file with one stream of this name (UTF-16).
pub fn is_encrypted_office(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|window| window == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_told_by_how_they_begin() {
        let is = |bytes: &[u8], expected| assert_eq!(kind(bytes), expected, "{:?}", String::from_utf8_lossy(bytes));
        is(b" {\\rtf1\\ansi", Kind::Rtf);
        is(b"\xef\xbb\xbf<HTML><body>", Kind::Html);
        is(b"<?xml version='1.0'?>\n<!DOCTYPE html>", Kind::Html);
        is(b"<!-- saved --><!-- twice -->\r\n<table border=1>", Kind::Html);
        is(b"MIME-Version: 1.0\r\n", Kind::Mht);
        is(b"From: a\r\nMIME-Version: 1.0\r\n", Kind::Mht);
        for text in ["From: here", "{a}", "<p", "<!-- <html>", "# <html>", "", "Số: 1/KH-UBND <html>"] {
            is(text.as_bytes(), Kind::Text);
        }
        assert_eq!(other(b"<?xml version='1.0'?><w:wordDocument/>"), Some("XML"));
        assert_eq!(other("Kế hoạch".as_bytes()), None);
    }
}

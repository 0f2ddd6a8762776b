//! The text of a paragraph, run by run. An old font writes a vowel and its marks apart, and a run may end between
//! them: its letters are made their own once all of them are there.

use intake::OldFont;

#[derive(Debug, Default)]
pub struct Said {
    text: String,
    old: String,
    font: Option<OldFont>,
}

impl Said {
    pub fn say(&mut self, font: Option<OldFont>, text: &str) {
        if font != self.font {
            self.close();
            self.font = font;
        }
        match font {
            Some(_) => self.old.push_str(text),
            None => self.text.push_str(text),
        }
    }

    fn close(&mut self) {
        let old = std::mem::take(&mut self.old);
        match self.font {
            Some(font) if !is_unicode(&old) => self.text.push_str(&font.convert(&old)),
            _ => self.text.push_str(&old),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty() && self.old.is_empty()
    }

    pub fn into_text(mut self) -> String {
        self.close();
        self.text
    }
}

/// Vietnamese letters that no old font has: the text is right, and only its font is not there.
fn is_unicode(text: &str) -> bool {
    text.chars().any(|c| "ăĂđĐĩĨũŨơƠưƯ".contains(c) || ('\u{1ea0}'..='\u{1ef9}').contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_old_fonts_are_put_together_over_runs() {
        let mut said = Said::default();
        said.say(Some(OldFont::Vni), "Keá hoa");
        said.say(Some(OldFont::Vni), "ïch ");
        said.say(None, "số ");
        said.say(Some(OldFont::Tcvn3), "bé, ");
        said.say(Some(OldFont::Tcvn3Capitals), "së");
        assert!(!said.is_empty());
        assert_eq!(said.into_text(), "Kế hoạch số bộ, SỞ");
    }

    #[test]
    fn unicode_in_an_old_font_stays() {
        let mut said = Said::default();
        said.say(Some(OldFont::Tcvn3), "Kế hoạch bé");
        assert_eq!(said.into_text(), "Kế hoạch bé");
    }
}

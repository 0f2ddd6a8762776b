//! An authority for tests, out of the `openssl` of the machine. Other crates' tests use this file too.

use std::{
    path::PathBuf,
    process::{Command, Output},
};

const REQUEST: &str = "[req]\ndistinguished_name = dn\nprompt = no\n[dn]\nCN = x\n";
const FOR_STAMPING: &str = "critical,timeStamping";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    Rsa,
    P256,
}

/// A certificate authority `ca` and a time-stamping authority `tsa` under it, in a folder.
pub struct Authority {
    folder: tempfile::TempDir,
    key: Key,
}

/// Whether this machine has `openssl`; a test without it says so and passes, except where everything must be there.
pub fn is_there() -> bool {
    let there = Command::new("openssl").arg("version").output().is_ok_and(|output| output.status.success());
    if !there {
        assert!(std::env::var_os("CI").is_none(), "openssl is missing: apt-get install openssl");
        println!("SKIPPED: this machine has no openssl");
    }
    there
}

impl Authority {
    pub fn open(key: Key) -> Self {
        let own = Self { folder: tempfile::tempdir().unwrap(), key };
        own.write("req.cnf", REQUEST.as_bytes());
        own.write("serial", b"0A\n");
        own.root("ca");
        own.certify("tsa", "ca", &format!("extendedKeyUsage={FOR_STAMPING}"));
        own.configure("sha256", "sha256", "ca.pem");
        own
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).unwrap()
    }

    pub fn write(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.path(name), bytes).unwrap();
    }

    /// Runs `openssl` in the folder.
    pub fn run(&self, args: &str) -> Output {
        Command::new("openssl").args(args.split(' ')).current_dir(self.folder.path()).output().unwrap()
    }

    fn done(&self, args: &str) {
        let output = self.run(args);
        assert!(output.status.success(), "openssl {args}: {}", String::from_utf8_lossy(&output.stderr));
    }

    fn new_key(&self) -> &'static str {
        match self.key {
            Key::Rsa => "-newkey rsa:2048",
            Key::P256 => "-newkey ec -pkeyopt ec_paramgen_curve:P-256",
        }
    }

    pub fn root(&self, name: &str) {
        let key = self.new_key();
        self.done(&format!(
            "req -x509 {key} -nodes -config req.cnf -keyout {name}.key -out {name}.pem -subj /CN={name} -days 3650 \
             -addext basicConstraints=critical,CA:TRUE"
        ));
    }

    /// A certificate under `ca`, with one line of extensions.
    pub fn certify(&self, name: &str, ca: &str, extension: &str) {
        let key = self.new_key();
        self.write("ext.cnf", extension.as_bytes());
        self.done(&format!(
            "req -new {key} -nodes -config req.cnf -keyout {name}.key -out {name}.csr -subj /CN={name}/emailAddress={name}@vidu.example"
        ));
        self.done(&format!(
            "x509 -req -in {name}.csr -CA {ca}.pem -CAkey {ca}.key -CAcreateserial -days 3650 -extfile ext.cnf -out {name}.pem"
        ));
    }

    /// The certificate `tsa` again, good from and until those moments (`20200101000000Z`).
    pub fn certify_for(&self, from: &str, until: &str) {
        self.write("index.txt", b"");
        self.write("ca.serial", b"0B\n");
        let conf = "[ca]\ndefault_ca = c\n[c]\ndatabase = index.txt\nnew_certs_dir = .\nserial = ca.serial\n\
                    default_md = sha256\npolicy = p\nunique_subject = no\n[p]\ncommonName = supplied\nemailAddress = optional\n\
                    [x]\nextendedKeyUsage = critical,timeStamping\n";
        self.write("ca.cnf", conf.as_bytes());
        self.done(&format!(
            "ca -batch -config ca.cnf -extensions x -cert ca.pem -keyfile ca.key -startdate {from} -enddate {until} \
             -in tsa.csr -out tsa.pem -notext"
        ));
    }

    /// Which digests the authority takes, how it names its certificate, and what it sends along.
    pub fn configure(&self, digests: &str, names_by: &str, certificates: &str) {
        let conf = format!(
            "[tsa]\ndefault_tsa = t\n[t]\nserial = serial\ncrypto_device = builtin\nsigner_cert = tsa.pem\n\
             certs = {certificates}\nsigner_key = tsa.key\nsigner_digest = sha256\ndefault_policy = 1.2.3.4.1\n\
             digests = {digests}\naccuracy = secs:1, millisecs:500, microsecs:100\nclock_precision_digits = 3\n\
             ordering = yes\ntsa_name = yes\ness_cert_id_chain = no\ness_cert_id_alg = {names_by}\n"
        );
        self.write("tsa.cnf", conf.as_bytes());
    }

    pub fn ca(&self) -> Vec<u8> {
        self.read("ca.pem")
    }

    pub fn answer(&self, query: &[u8]) -> Vec<u8> {
        self.write("q.tsq", query);
        self.done("ts -reply -config tsa.cnf -queryfile q.tsq -out r.tsr");
        self.read("r.tsr")
    }
}

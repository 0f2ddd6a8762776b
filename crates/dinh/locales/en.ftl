nav-administration = State of the system
administration-fine = All quick checks passed.
administration-warnings = { $count } points to look at.
administration-faults = { $count } points need mending now.
administration-check = What was checked
administration-level = Result
administration-found = Details and what to do
administration-more = The full check (sandbox, mail server, the whole ledger) runs on the server with
level-ok = ok
level-warning = warning
level-fault = fault
problem-doctor-faults = { $count } points need mending; see the lines marked “fault” above.
problem-database-url-in-sight = The database URL on the command line holds a password, which every user of this machine can see. Write it to a file and use --database-url-file, or set DINH_DATABASE_URL, or write it in dinh.toml.
problem-insecure-listen = The address { $address } is open to the network without encryption. Listen on 127.0.0.1 behind a proxy with TLS; for a proxy on another machine set base_url = "https://…" and trusted_proxies; to go without encryption all the same, set insecure_listen = true.
problem-insecure-ops-listen = The address { $address } (ops_listen), where programs that watch this one ask how it is, is open to the network. Use 127.0.0.1; for a watcher on another machine, over a network of their own, set ops_insecure_listen = true.
problem-trusted-proxy-wrong = “{ $address }” in trusted_proxies is no IP address or network.
check-settings = Settings file
found-settings-file = { $file } was read.
found-settings-none = There is no dinh.toml in the working folder; defaults and DINH_… hold.
check-user = User of the operating system
found-user-fine = The program runs as user { $user }, who owns the data folder.
found-user-root = Runs as root: a small fault could cost the whole machine. Make a user “dinh” and run as that user.
found-user-other = The command runs as user { $user }, but the data folder belongs to user { $owner }. Run it as the folder's owner.
found-folder-unreadable = The data folder cannot be read ({ $error }). Run the command as the folder's owner, or name the right one with --data-dir.
check-modes = Permissions of the data folder
found-modes-fine = Only the owner can read the data.
found-modes-folder = Others on this machine see the names of files in { $path }. Run: chmod 700 { $path }
found-modes-open = Others on this machine can read { $path }. Run chmod -R go= on the data folder.
check-umask = Permissions of new files
found-umask-fine = New files are readable by their owner only (umask { $mask }).
found-umask-wide = New files may be readable by others (umask { $mask }). Set UMask=0077 in the unit file.
check-disk = Disk
found-disk-fine = { $free } MB free ({ $percent } %).
found-disk-short = Only { $free } MB free ({ $percent } %). Clear or enlarge the disk.
found-disk-full = Only { $free } MB free: soon nothing can be saved. Enlarge the disk now.
found-disk-unknown = The disk's free space cannot be read. Look whether the data folder's disk is mounted (df).
check-files = Open files
found-files-fine = The limit of { $limit } is enough.
found-files-few = The limit of { $limit } is lower than what is needed ({ $wanted }). Set LimitNOFILE=65536 in the unit file.
check-processes = Processes
found-processes-fine = There are enough processes for reading documents.
found-processes-few = Only { $limit } processes are allowed. Set LimitNPROC or TasksMax to 512 or more.
check-confinement = Confinement of foreign documents
found-confinement-on = Foreign documents are read in confinement only.
found-confinement-off = The settings say sandbox = "off": foreign documents are read without confinement, and a hostile one could take the whole machine. Remove that line (or DINH_SANDBOX) and install bubblewrap.
check-sandbox = Sandbox for documents
found-sandbox-fine = bubblewrap works.
found-sandbox-missing = bubblewrap is missing, so foreign documents cannot be converted. Run: apt install bubblewrap
found-sandbox-refused = bubblewrap cannot make its namespaces. Allow user namespaces (sysctl kernel.unprivileged_userns_clone=1; no RestrictNamespaces or PrivateUsers in the unit file).
check-tools = Programs that read old Word files and scans
found-tools-fine = LibreOffice, poppler and tesseract with Vietnamese are there.
found-tools-missing = Missing for old Word files or scans: { $packages }. Run: apt install { $packages }
check-landlock = The kernel's file lock (landlock)
found-landlock-fine = The kernel has landlock.
found-landlock-missing = The kernel does not say that it has landlock. Without it foreign documents are not read, unless sandbox = "off" is set. Use the kernel of Debian 12 or later.
check-base-url = Address for people
found-base-url-fine = People come through { $url }.
found-base-url-here = Used on this machine only ({ $url }).
found-base-url-missing = base_url is not set: links in letters may be wrong and cookies are not protected. Set base_url = "https://…".
found-base-url-http = People come through { $url }, unencrypted. Put a proxy with TLS in front and set base_url = "https://…".
found-base-url-wrong = base_url “{ $url }” is no http or https address. Write base_url = "https://…", the address that people type.
check-second-factor = Two-step sign-in
found-second-factor-required = Leaders and administrators use two-step sign-in.
found-second-factor-optional = The settings say second_factor = "optional": a password alone lets leaders and administrators in. Remove that line where data are real.
check-listen = Where it listens
found-listen-fine = Listens on { $address }, not open to the network without encryption.
found-listen-insecure = Listens on { $address } without encryption (insecure_listen), so passwords can be read on the way. Listen on 127.0.0.1 behind a proxy with TLS and remove that line.
found-listen-refused = { $address } is open to the network without encryption; dinh serve will not start. Listen on 127.0.0.1 behind a proxy with TLS.
check-ops = Address for watching (ops_listen)
found-ops-off = None is open. To let a program watch this one, set ops_listen = "127.0.0.1:9464".
found-ops-fine = { $address } says how the program is, on this machine only.
found-ops-insecure = { $address } says to everybody on the network how the program is, unencrypted (ops_insecure_listen). Let the firewall admit the watching machine only.
found-ops-refused = { $address } is open to the network; dinh serve will not start. Set ops_listen = "127.0.0.1:9464".
found-ops-no-address = “{ $address }” is no address to listen on; dinh serve will not start. Set ops_listen = "127.0.0.1:9464".
check-proxies = Proxy in front
found-proxies-fine = Addresses of clients come from the named proxies.
found-proxies-none = trusted_proxies is not set, so behind a proxy all people would count as one machine. If there is one, name its address: trusted_proxies = ["127.0.0.1"].
found-proxies-wide = trusted_proxies is so wide that nearly anybody could forge an address. Name the proxy's own address.
found-proxies-wrong = trusted_proxies is wrong ({ $error }). Write addresses or networks: trusted_proxies = ["127.0.0.1", "10.0.0.0/28"].
check-allowance = What one person may hand in on a day
found-allowance-fine = One person may hand in at most { $limit } MB a day.
found-allowance-wide = One person may hand in { $limit } MB a day, more than is free on the disk. Lower upload_mb_a_day or enlarge the disk.
check-scanner = Virus scanner
found-scanner-fine = clamd answers.
found-scanner-none = No virus scanner is set, so files that come in are not scanned. Install clamav-daemon and set clamd = "127.0.0.1:3310".
found-scanner-silent = clamd does not answer; every uploaded file is being refused. Look at the service clamav-daemon.
check-mail = Mail server
found-mail-fine = { $host } answers.
found-mail-none = No mail server is set, so nobody is reminded by mail. Set smtp_url and mail_from.
found-mail-insecure = Mail goes to { $host } without required encryption. Add ?tls=required or use smtps://.
found-mail-silent = { $host } does not answer. Check the address, the port and the firewall.
check-database = Way to the database
found-database-file = SQLite in the data folder.
found-database-here = PostgreSQL on this machine.
found-database-fine = The way to { $host } is encrypted and its identity checked.
found-database-unproved = The way to { $host } is encrypted; add sslmode=verify-full and sslrootcert so that its identity is checked too.
found-database-insecure = Encryption of the way to { $host } is not required. Add ?sslmode=verify-full&sslrootcert=… (at least sslmode=require).
found-database-silent = The database does not answer ({ $error }). See whether PostgreSQL runs, and whether the address in the settings is right.
check-clock = Clock
found-clock-fine = The server's clock is right.
found-clock-behind = The clock is behind the newest ledger entry ({ $at }), so nothing can be saved. Turn on time synchronisation (chrony) and look again.
found-clock-apart = The clocks of server and database differ by { $seconds } seconds. Turn on time synchronisation on both machines.
check-checkpoint = Signing of the ledger
found-checkpoint-none = The ledger has no entry yet.
found-checkpoint-fine = Signed up to entry { $signed }.
found-checkpoint-behind = Signed only up to entry { $signed } while the ledger has { $seq }. See whether the server runs and the data folder can be written.
check-timestamp = Time-stamps of the ledger
found-timestamp-off = No time-stamping authority is used.
found-timestamp-fine = { $tsa } stamped last at { $at }.
found-timestamp-none = There is no time-stamp yet; the first is taken within the day. If there still is none, see the server's log.
found-timestamp-old = The newest time-stamp ({ $tsa }) is of { $at }, more than 2 days ago. See whether the server runs, and its log.
found-timestamp-failing = The last time-stamp could not be taken; the program tries again every hour. { $why }
check-backup = Backup
found-backup-fine = The newest is { $hours } hours old.
found-backup-old = The newest is { $hours } hours old. Look at the daily backup.
found-backup-older = The newest is { $days } days old. Make a backup now and mend its schedule.
found-backup-none = The folder { $folder } holds no backup. Run dinh backup.
found-backup-nowhere = backup_dir is not set, so nobody knows whether there are backups. Schedule dinh backup and name its folder in backup_dir.
found-backup-unreadable = The backup folder { $folder } cannot be read. Make it and give it to the program's user, or correct backup_dir.
check-ledger = Activity ledger
found-ledger-fine = { $entries } entries read again, all whole.
found-ledger-broken = The ledger is no longer whole. Run dinh ledger verify and tell the security officers.
problem-no-installation = There is no installation of Dinh in the folder { $folder } (no database, or an empty one). Nothing was created. Check --data-dir and --database-url; in a new place run “dinh serve” or “dinh init” first.
problem-folder-of-another = The data folder { $folder } belongs to the user { $owner }, and this command runs as { $own }. Nothing was opened. Run it again as: sudo -u { $switch } dinh …
problem-demo-into-used = The folder { $folder } holds data; the demo year is played into an empty place only. Nothing was changed. Choose another folder: dinh demo year --data-dir NEW_FOLDER
problem-listen-no-address = “{ $address }” is no address to listen on. Write ADDRESS:PORT, such as 127.0.0.1:8080.
problem-ledger-no-head = No head of the ledger was signed yet, because it has no entry.
problem-ledger-chain-broken = The ledger is not whole; the fault is shown above. No command makes this fault right: leave the data folder as it is, tell whoever answers for information security, and compare with the backup and the last letter of the head.
problem-ledger-rows-broken = The chain of the ledger is whole, but the rows above were changed directly in the database. Leave the data folder as it is, tell whoever answers for information security, find out who can reach the database, then restore a backup or set those rows back to what they were.
problem-ledger-files-broken = The ledger is whole, but the files above are missing or were changed. Take them from a backup; see “dinh files check”.
console-not-found = Not found. The name, number or id may be mistyped, or the account closed; nothing was changed.
console-stale = Somebody else has just changed this; nothing was changed by you. Run the command again.
console-wrong-state = This cannot be done in the present state (it was done before, or is not due yet); nothing was changed.
console-not-last-act = Only the last act can be undone; nothing was changed.
console-account-closed = This account is closed; nothing was changed. To use it again: dinh account open --login NAME
console-field-empty = A required argument is empty; nothing was changed. See --help of the command.
list-empty = The list is empty.
base-url-guessed = base_url is not set, so the link below is guessed to be at { $address }. If the server listens elsewhere, put that in its place; better, write base_url into dinh.toml.
nobody-administers = Mind: no system administrator can come in any more. Make another: dinh account add --role system_admin --name "FULL NAME" --login NAME; or open one again: dinh account open --login NAME
ledger-verified = No fault; entries: { $entries }; checkpoints: { $checkpoints }; rows: { $rows }; files: { $files }; time-stamps: { $stamps } (proven: { $proven }).
ledger-verified-faults = The ledger is not whole; faults: { $count } (entries read: { $entries }; rows: { $rows }).
files-checked = No fault; files: { $files }; bytes: { $bytes }; at { $at }.
files-checked-faults = The file store is not complete; missing or damaged: { $count } (files read: { $files }; at { $at }).
files-missing = is missing
files-damaged = is damaged
found-listen-no-address = “{ $address }” is no address to listen on; dinh serve will not start. Write listen = "127.0.0.1:8080".
found-backup-broken = { $file } is not a whole backup (empty, cut off or damaged). Run dinh backup again now and look at its schedule.
check-jobs = Background work
found-jobs-fine = Nothing has waited for more than an hour.
found-jobs-late = Waiting for more than an hour: { $count } ({ $kinds }). See whether the server runs, and its log.
found-jobs-nobody = Waiting for more than an hour, and no part of this program does it: { $count } ({ $kinds }). Another version queued it, as a rule: use that one or a newer one.
check-store = File store
found-store-unread = The file store was never read through yet; the server does it weekly.
found-store-fine = Read through at { $at }: all files are there ({ $files }).
found-store-lacks = Read through at { $at }: { $count } missing or damaged. Run dinh files check to see which, and take them from a backup.
check-last-check = Last check of the ledger
found-last-check-none = Never checked yet; the server does it daily.
found-last-check-fine = At { $at }: all is whole ({ $entries } entries).
found-last-check-faults = At { $at }: faults: { $count }. Run dinh ledger verify and tell the security officers.
check-secrets = Permissions of the settings
found-secrets-fine = Others on this machine cannot read the settings.
found-secrets-open = Others on this machine can read { $file }, which may hold passwords. Run: chmod 0640 { $file }

skip-to-content = Skip to main content
main-navigation = Main sections
breadcrumb = Breadcrumb
error-prefix = Error
warning-prefix = Warning
banner-success = Success
banner-important = Important
show-password = Show
hide-password = Hide
show-password-label = Show password
hide-password-label = Hide password
password-shown = Your password is visible
password-hidden = Your password is hidden
pagination = Pagination
page-prev = Previous
page-next = Next
page-word = page
page-number = Page { $number }
contents = Contents
back = Back
sign-in = Sign in
failed-attempts = { $count ->
    [one] One wrong password or code was entered
   *[other] { $count } wrong passwords or codes were entered
 } for this account since the sign-in before. If that was not you, change your password and tell your administrator.
sign-out = Sign out
optional = (optional)
go-back = Go back to the page before
go-home = Go to the home page
undo = Undo
problem-undo-over = The time to undo this (30 days) is over, or it changed nothing.
problem-changed-since = Somebody changed this since, so it cannot be undone any more. Look at the page and correct it by hand.
there-is-a-problem = There is a problem
what-you-typed = What you typed
assets-missing = The styles have not been built: run “cargo xtask run” for fonts and colours.
nav-account = My account
nav-more = More
area-work = Work
area-reports = Reports
area-targets = Targets
area-infrastructure = Infrastructure
area-data = Data
area-exchange = Exchange
area-services = Public services
area-security = Security
area-people = People
area-administration = Administration
problem-heading = This could not be done
problem-heading-403 = No permission
problem-heading-404 = Not found
problem-heading-500 = Something went wrong
problem-number = Request number for support: { $request }
problem-not-found = This page or record was not found. The link may be old or mistyped.
problem-method-not-allowed = This address does not take requests of that kind. Please open the page again and use its buttons.
problem-forbidden = Your post does not allow this. Ask your unit's administrator if you need the right.
problem-sign-in-first = Sign in to continue.
problem-bad-token = The access token is wrong, has ended or was withdrawn.
problem-token-read-only = This access token may only read.
problem-prove-again = This needs a new proof that it is you. Enter your password and do it again; nothing was changed.
problem-cross-site = The request came from another site and was not accepted. Open the page here again and resend.
problem-stale = Somebody else has just changed this. Reload, look at the change and save again; yours was not stored.
problem-if-match-missing = If-Match is missing: send the ETag of the version you read.
problem-bad-cursor = The page cursor is wrong; start again from the first page.
problem-words-classified = The words bear the mark { $mark }: they must not enter this system. Handle them by the rules for state secrets; nothing was stored.
problem-bad-form = The form could not be read. Reload the page and fill it in again.
problem-control-character = The field “{ $field ->
    [q] search words
    [name] name
    [login] user name
    [title] title
    [reason] reason
    [remarks] remarks
    [text] text
    [words] words
    [number] document number
   *[other] { $field }
 }” holds an invisible control character (usually copied along from elsewhere). Nothing was saved; please delete that spot and type it again.
problem-query-too-long = The search is too long. Please use fewer words or fewer filters.
problem-body-too-slow = The connection was too slow or broke off, so not everything arrived. Nothing was saved; please send it again.
problem-too-many-streams = You have too many pages open that follow changes. Please close some and reload this page.
problem-quota-full = The space for this site ({ $limit } MB) is used up, so nothing more can be saved. Training starts afresh at midnight; if it is needed sooner, please tell the system administrator.
problem-upload-allowance = This account has handed in all it may today ({ $limit } MB or { $files } files a day), so this file was not taken. Please go on tomorrow, or ask the system administrator to raise the limit.
problem-body-too-large = The request is too large.
problem-file-too-large = The file is larger than { $limit } MB. Split it or compress its pictures, then send it again.
problem-no-file = Choose a file.
problem-internal = Something unexpected went wrong. Nothing was changed; try again or give the request number to your administrator.
problem-database-unavailable = The database is busy or cannot be reached. Nothing was stored; try again in a few minutes.
problem-disk-full = The server's disk is full. Nothing was stored; tell the system administrator.
problem-storage-unavailable = The file store cannot be written. Nothing was stored; tell the system administrator.
problem-clock-backwards = The server's clock runs behind the ledger. Nothing was stored. If the clock is wrong, set it; if it is right and ran ahead before, the server's administrator runs: dinh ledger accept-clock --reason "why".
problem-newer-schema = The database was made by a newer version ({ $step }). Use the newer program.
problem-backup-damaged = The backup file is damaged or was changed at { $place }. Nothing was restored; use another backup.
problem-backup-format = The backup file has a format that this version does not read.
problem-backup-encrypted = This backup is encrypted. Give the file with its passphrase: --passphrase-file.
problem-backup-newer = The backup was made by a newer version ({ $step }). Nothing was restored; use the newer program.
problem-backup-running = Another backup is being written into this very file. Wait for it and try again, or choose another name.
problem-backup-in-the-clear = Note: this backup is not encrypted; whoever holds the file reads everybody’s data and can change it unnoticed. Keep it like the database itself, or back up with --passphrase-file.
problem-backup-not-vouched-for = Note: this backup has an earlier format. The passphrase only opens the ledger's key and does not vouch for the data; whoever held the file could have changed them unnoticed. Compare them with dinh ledger verify, and make a new backup with this version.
problem-backup-lacks-files = The backup is written, but these files are missing or damaged: { $files }. Everything else was saved. Look for them in an older backup.
problem-files-broken = Files are missing or damaged; they are listed above. Look for them in a backup.
problem-upload-lost = The file you sent was not kept. Nothing was stored; please send it again.
problem-open-to-others = Others on this server can read the data folder { $folder }, and this program may not change that. Nothing was opened; run “chmod -R go= { $folder }” as the owner of the folder.
problem-folder-taken = A server or a restore is working in the data folder { $folder }. Stop it first, or choose another folder.
problem-wrong-pair = The data folder { $folder } does not belong to this database. Nothing was opened; check --data-dir and --database-url. If the two do belong together, run “dinh files tie --reason …”.
problem-tie-without-reason = Give the reason: it is written into the ledger.
problem-restore-into-used = A backup is only restored into an empty database; this one holds data.
problem-file-unusable = The file { $file } cannot be opened or written.
problem-already-there = This is already there.
problem-already-done-answer-lost = The request with this key was carried out but its answer is lost; read the data again.
problem-in-progress = A request with this key is being carried out. Wait a moment, then send it again with the same key.
problem-idempotency-key-reused = This key was used for another request (another address or content), so this one was not carried out. Every new request needs a new key.
problem-idempotency-key-bad = The Idempotency-Key must have 1 to 128 characters, only plain letters, digits and - _ . : / + = ~. Make another key and send again.
problem-too-busy = The system is computing a lot at the moment. Try again in a few minutes.
problem-too-many-uploads = Too many large files are being sent at the same time. Nothing was saved; wait until those under way are done and send it again.
act-retention-purge = Rows past their time deleted
problem-retention-unknown = The setting retention has no entry “{ $name }”, or its days are not above 0. Entries: { $names }.
problem-job-given-up = This work was tried several times and the program stopped during it each time, so it is not tried again. Tell the administrator.
problem-cannot-listen = The address { $address } cannot be opened; another program may be using it.
problem-ledger-broken = The ledger is not whole; the fault is shown above. Leave the data folder as it is and compare it with the backup and with the last letter of the head. If an older copy was put back on purpose, run: dinh ledger accept-head --reason "why".
problem-reason-needed = Say why; the reason is kept in the ledger.
problem-clock-not-behind = The server's clock is not behind the ledger, so there is nothing to accept.
problem-head-not-refused = The ledger's head is being signed as usual, so there is nothing to accept.
problem-head-to-without-mail = The setting head_to (who gets the letter with the ledger's head) needs smtp_url and mail_from.
problem-head-to-address = The address “{ $address }” in the setting head_to is no mail address.
problem-timestamp-incomplete = Time-stamps for the ledger need both settings, timestamp_url (the authority's address) and timestamp_ca (the file of root certificates).
problem-timestamp-url = The address “{ $url }” in the setting timestamp_url must begin with https:// (or http:// to this very machine).
problem-timestamp-ca = The file “{ $file }” in the setting timestamp_ca holds no readable certificate in PEM.
problem-timestamp-silent = The time-stamping authority does not answer. Check the network and the setting timestamp_url.
problem-timestamp-refused = The time-stamping authority refused the request. The reason is in the server's log; ask the authority.
problem-timestamp-unproven = The time-stamping authority's answer is not proven. Compare the setting timestamp_ca with the authority's certificate.
problem-stamp-refused = This file is not a valid time-stamp of a trusted authority.
problem-stamp-without-ca = To check a time-stamp, set timestamp_url and timestamp_ca.
ledger-warning-not-descended = The database no longer holds the ledger entry that was signed last: the data may have been put back to an older copy, or changed. The ledger is not signed from now on. Leave the data folder as it is and run dinh ledger verify; if an older copy was put back on purpose, run dinh ledger accept-head --reason "why".
ledger-warning-checkpoints-cut = The ledger's checkpoint file is gone, was cut or is damaged. The ledger is not signed from now on. Put ledger-checkpoints.jsonl back from a copy; if there is none, run dinh ledger accept-head --reason "why".
ledger-warning-other-key = The key that signs the ledger is not the one that signed last. The ledger is not signed from now on. Put ledger.key back from a copy; if there is none, run dinh ledger accept-head --reason "why".
ledger-warning-clock-behind = The server's clock is behind the ledger, so nothing can be stored, not even a sign-in. If the clock is wrong, set it; if it is right, run dinh ledger accept-clock --reason "why".
ledger-warning-faults = The last check of the ledger found faults. Open the page Activity ledger to see them, leave the data folder as it is and compare it with the backup.
choose-file = Choose file
no-file-chosen = No file chosen
or-drop-file = or drop file
over-drop-zone = Entered drop zone
left-drop-zone = Left drop zone
style-title = Components
style-about = One sample of each component, for those who build pages.
style-words = Sample words
style-hint = A hint for whoever fills this in
day = Day
month-word = Month
year-word = Year
your-name = Your name
problem-backup-passphrase-short = The backup's passphrase needs at least 12 characters, on the first line of its file.
problem-backup-passphrase-wrong = The passphrase does not open the backup. Nothing was restored.
problem-backup-without-keys = This backup is not encrypted and has no key in it. Restore it with --without-keys.
problem-older-schema = The schema is older than this program ({ $steps }). Back up, then run “dinh migrate”.
problem-scanner-silent = The virus scanner does not answer, so the file was not taken. Try again in a few minutes.
problem-file-infected = The file carries malware ({ $name }); it was neither taken nor kept. Please tell your security team.
file-scanned = scanned for viruses { $time }
file-not-scanned = not scanned
training-banner = Training: invented data, made anew each night, nothing leaves it. Sign in as vidu, thu, lanhdao, chutichxa…; password tinh-mau-2026.
insecure-banner = This system is used over the network without encryption: passwords and data can be read on the way. Put a proxy with TLS in front of it.
training-open = Open training

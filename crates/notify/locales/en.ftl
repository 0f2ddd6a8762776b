nav-notices = Reminders
nav-mail = Outbox
notices-hint = On every working morning the program reminds of what is soon due or late: 5 days and 1 day before, on the last working day, 1 day after and then every 5 days. These are automatic notes, not official letters.
notices-empty-title = No reminders yet
notices-empty = What is soon due or late is shown here, and in a letter if you give an address below.
notices-choose = How you are reminded
told-on = Reminded on
mark-read = Mark as read ({$count})
mail-address = E-mail address
mail-address-hint = At most one letter a day with everything in it. Leave empty to be reminded in the program only.
phone = Phone number for short messages
phone-hint = A message says how much waits and where, never what.
wants-digest = Send me one letter in the morning when there is something to remind me of
mail-language = Language of the letters
mail-try = Send a letter of trial
mail-prove-again = Send the link of proof again
address-unproved = The address { $address } is not proved, so no reminders are sent there. Open the letter of proof in your mailbox, or send the link again with the button at the end of this page.
confirm-address = Prove your mail address
confirm-address-hint = Is { $address } yours? Once proved, reminders and notices about your account are sent there.
confirm-address-act = Yes, it is mine
mail-proof-subject = [Dinh] Prove your mail address
mail-proof = Somebody entered this address for letters of Dinh. If it was you, open this link within 3 days and confirm: {$url} If it was not, ignore this letter; no reminders are sent here.
mail-told-subject = [Dinh] Your account was changed
mail-told = {$told} At: {$at}. If that was not you, tell your unit's administrator at once and look at: {$url}
notice-security = Account
told-state = for you to know
told-password = The password of your account was changed.
told-reset = An administrator issued a new sign-in slip for your account; the old password no longer works.
told-second-factor = Two-step sign-in of your account was set up.
told-second-factor-off = Two-step sign-in of your account was turned off.
told-second-factor-reset = An administrator reset two-step sign-in of your account; all devices are signed out.
told-second-factor-guessed = Somebody knows the password of your account and entered wrong codes several times. Change your password.
told-recovery-used = A recovery code of your account was used to sign in.
told-recovery-anew = New recovery codes were made for your account.
told-new-device = Somebody signed in to your account from a device not seen before.
told-address = The mail address of your account was changed; the old one gets no more letters.
told-sign-in-spraying = One network address tried many user names within an hour; it is being slowed down.
told-sign-in-flood = Far more wrong sign-ins than usual within an hour; unknown devices are being slowed down.
done-address-proved = The mail address is proved.
mail-is-off = No mail server is set up, so reminders are shown in the program only. An address entered here is used once there is one.
address-refused = The receiving mail server refuses this address ({$why}). No more letters are sent until you correct and save it.
done-mail-queued = The letter is in the outbox; look into your mailbox in a few minutes.
days-left = { $days ->
    [one] {$days} working day left
   *[other] {$days} working days left
}
days-late = { $days ->
    [one] {$days} working day late
   *[other] {$days} working days late
}
due-today = today is the last working day
mail-digest = { $count ->
    [one] [Dinh] {$count} task is soon due
   *[other] [Dinh] {$count} tasks are soon due
}
mail-digest-late = [Dinh] {$count} to look at, {$late} of them late
mail-greeting = Dear {$name},
mail-late = Late ({$count})
mail-ahead = Soon due ({$count})
mail-due = due {$day}
mail-more = … and {$count} more:
mail-work = My work:
mail-automatic = This is an automatic reminder, not an official letter. Change or end these letters:
mail-trial-subject = [Dinh] Letter of trial
mail-trial = Reminders reach this address. {$url}
text-digest = Dinh: {$count} to look at, {$late} late. {$url}
mail-hint = Letters that cannot be delivered wait here and are tried again after 1, 5, 15 minutes, 1, 4 and then 12 hours; after three days they are given up. The words of delivered letters are deleted.
mail-not-configured = No mail server is set up: set smtp_url and mail_from in dinh.toml and start the program again.
mail-waiting = Waiting
mail-sent = Delivered
mail-refused = Refused
mail-given-up = Given up
mail-to = To
mail-subject = Subject
mail-written = Written
mail-attempts = Attempts
mail-error = The other side said
mail-next = next try {$at}
mail-retry = Try again now
mail-give-up = Give up
mail-empty-title = Nothing waits
mail-empty = The mail server has taken every letter.
text-message = Short message
problem-address-wrong = “{$address}” is no e-mail address; one looks like name@office.vn
problem-phone-wrong = A phone number has digits, spaces and + only.
problem-mail-off = No mail server is set up, so nothing can be sent. Tell the system administrator.
problem-no-address = Enter and save an address first, then send the letter of trial.
problem-letters-enough = { $most } letters were sent at your request today. Look into your mailbox, spam included, or try again tomorrow; the address was not changed.
problem-proof-ended = This link was used, is older than 3 days, or belongs to another account. Open Reminders and send the link again.
problem-mail-incomplete = Mail needs both smtp_url and mail_from.
problem-mail-settings = The settings of the mail server or the message gateway cannot be used: {$error}
act-notify-round = Morning reminders
act-notify-choose = Chose how to be reminded
act-notify-confirm = Proved a mail address
act-notify-read = Marked reminders as read
act-mail-trial = Sent a letter of trial
act-mail-retry = Tried a letter again
act-mail-give-up = Gave a letter up

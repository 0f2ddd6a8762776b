# Run by `cargo xtask package-try` inside a bare Debian without a network; $1 is the package's file in /mnt.
say() { echo "== package: $*"; }
fail() { echo "== package: FAILED: $*" >&2; exit 1; }
holds() { grep -qF -- "$2" "$1" || { cat "$1" >&2; fail "$1 does not say: $2"; }; }

chmod 1777 /tmp
say "installed from the stick"
sh /mnt/install.sh >/tmp/said 2>&1 || { cat /tmp/said >&2; fail "install.sh"; }
holds /tmp/said "dinhctl account first-link"
[ "$(stat -c %U:%a /var/lib/dinh /var/backups/dinh | sort -u)" = dinh:700 ] || fail "others see the data"
[ "$(stat -c %U:%G:%a /etc/dinh/dinh.toml /etc/dinh/backup-passphrase | sort -u)" = root:dinh:640 ] || fail "settings"
[ "$(stat -c %U:%a /usr/bin/dinh)" = root:755 ] || fail "the program belongs to root"

say "units"
systemd-analyze verify --man=no dinh.service dinh-backup.service dinh-backup.timer >/tmp/said 2>&1 || true
grep -vE "^$" /tmp/said >/tmp/units || true
[ ! -s /tmp/units ] || { cat /tmp/said >&2; fail "systemd does not take the units"; }
[ -e /etc/systemd/system/multi-user.target.wants/dinh.service ] || fail "not enabled"
[ -e /etc/systemd/system/timers.target.wants/dinh-backup.timer ] || fail "no backup at night"

# As the unit has it: its user, its folder, its command, no privileges to gain, none to keep.
as_the_unit() {
    of() { sed -n "s/^$2=//p" "/usr/lib/systemd/system/$1.service"; }
    cd "$(of "$1" WorkingDirectory)"
    # shellcheck disable=SC2046
    KEEP=2 exec setpriv --reuid "$(of "$1" User)" --regid "$(of "$1" Group)" --clear-groups --no-new-privs --bounding-set=-all \
        $(of "$1" ExecStart)
}
asked() {
    exec 3<>/dev/tcp/127.0.0.1/8080
    printf 'GET %s HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nConnection: close\r\n\r\n' "$1" >&3
    timeout 20 cat <&3
}
start() {
    umask 077
    as_the_unit dinh >/tmp/serve 2>&1 &
    server=$!
    umask 022
    for _ in $(seq 200); do
        if grep -q "http://127.0.0.1:8080" /tmp/serve; then return; fi
        sleep 0.1
    done
    cat /tmp/serve >&2
    fail "the program does not start"
}
stop() {
    kill -TERM "$server"
    wait "$server" || true
}

say "started as its user"
start
[ "$(awk '/^Uid:/ { print $2 }' "/proc/$server/status")" = "$(id -u dinh)" ] || fail "not its user"
asked / >/tmp/said
holds /tmp/said "HTTP/1.1 303"
asked /sign-in >/tmp/said
holds /tmp/said "HTTP/1.1 200"
dinhctl account first-link >/tmp/said 2>&1
holds /tmp/said "/link/"
dinhctl doctor >/tmp/said 2>&1 || true
holds /tmp/said "Đã đọc /etc/dinh/dinh.toml"
# Its sandbox works under the limits of the unit too: no new privileges, none left.
cd /etc/dinh
setpriv --reuid dinh --regid dinh --clear-groups --no-new-privs --bounding-set=-all dinh doctor --format json >/tmp/doctor 2>/dev/null || true
holds /tmp/doctor sandbox-fine
holds /tmp/doctor landlock-fine
cd /

say "backups, the newest two kept"
for _ in 1 2 3; do
    (as_the_unit dinh-backup) >/dev/null
    sleep 1
done
[ "$(find /var/backups/dinh -name 'daily-*' | wc -l)" = 2 ] || fail "not two"
stop

say "upgraded over itself: a copy first, settings of the administrator kept"
echo 'log = "info"' >>/etc/dinh/dinh.toml
before=$(cat /etc/dinh/backup-passphrase)
dpkg --install "/mnt/$1" >/tmp/said 2>&1 || { cat /tmp/said >&2; fail "upgrade"; }
copy=$(sed -n 's/^dinh: a copy of before the upgrade: //p' /tmp/said)
[ -s "$copy" ] || fail "no copy"
holds /etc/dinh/dinh.toml 'log = "info"'
[ "$(cat /etc/dinh/backup-passphrase)" = "$before" ] || fail "another passphrase"
runuser -u dinh -- sh -c "cd /tmp && dinh restore --data-dir /tmp/drill --passphrase-file /etc/dinh/backup-passphrase '$copy'" >/tmp/said
start
asked /sign-in >/tmp/said
holds /tmp/said "HTTP/1.1 200"
stop

say "no upgrade without a copy"
mv /etc/dinh/backup-passphrase /etc/dinh/elsewhere
if dpkg --install "/mnt/$1" >/tmp/said 2>&1; then fail "upgraded without a copy"; fi
holds /tmp/said "DINH_UPGRADE_WITHOUT_COPY"
mv /etc/dinh/elsewhere /etc/dinh/backup-passphrase
dpkg --configure --pending >/dev/null

say "removed and purged: the data stay"
dpkg --remove dinh >/dev/null 2>&1
[ ! -e /usr/bin/dinh ] && [ -e /etc/dinh/dinh.toml ] && [ -e /var/lib/dinh/ledger.key ] || fail "remove"
dpkg --purge dinh >/tmp/said 2>&1
holds /tmp/said "/var/backups/dinh"
[ ! -e /etc/dinh/dinh.toml ] && [ -e /var/lib/dinh/ledger.key ] && [ -s "$copy" ] && [ -e /etc/dinh/backup-passphrase ] || fail "purge"
say "installed again: the old data are served"
dpkg --install "/mnt/$1" >/dev/null 2>&1
start
asked /sign-in >/tmp/said
holds /tmp/said "HTTP/1.1 200"
stop
say "done"

nav-administration = Tình trạng hệ thống
administration-fine = Các kiểm tra nhanh đều đạt.
administration-warnings = { $count } điểm cần lưu ý.
administration-faults = { $count } điểm cần xử lý ngay.
administration-check = Nội dung kiểm tra
administration-level = Kết quả
administration-found = Chi tiết và việc cần làm
administration-more = Kiểm tra đầy đủ (hộp cát, máy chủ thư, đọc lại toàn bộ nhật ký) chạy trên máy chủ bằng lệnh
level-ok = đạt
level-warning = lưu ý
level-fault = lỗi
problem-doctor-faults = Có { $count } điểm cần xử lý; xem các dòng “lỗi” ở trên.
problem-database-url-in-sight = Địa chỉ cơ sở dữ liệu trên dòng lệnh có mật khẩu; mọi người dùng của máy đều xem được. Hãy ghi vào tệp và dùng --database-url-file, hoặc đặt DINH_DATABASE_URL, hoặc ghi trong dinh.toml.
problem-insecure-listen = Địa chỉ { $address } mở ra mạng mà không mã hóa. Hãy nghe tại 127.0.0.1 và đặt proxy có TLS phía trước; proxy ở máy khác thì đặt base_url = "https://…" và trusted_proxies; nếu vẫn muốn dùng không mã hóa, đặt insecure_listen = true.
problem-insecure-ops-listen = Địa chỉ { $address } (ops_listen), nơi chương trình giám sát hỏi tình trạng, mở ra mạng. Hãy dùng 127.0.0.1; nếu máy giám sát ở nơi khác và nối bằng mạng riêng, đặt ops_insecure_listen = true.
problem-trusted-proxy-wrong = “{ $address }” trong trusted_proxies không phải là địa chỉ hay dải địa chỉ IP.
check-settings = Tệp cài đặt
found-settings-file = Đã đọc { $file }.
found-settings-none = Không có tệp dinh.toml trong thư mục hiện hành; dùng giá trị mặc định và biến DINH_….
check-user = Người dùng hệ điều hành
found-user-fine = Chương trình chạy bằng người dùng số { $user }, cũng là chủ thư mục dữ liệu.
found-user-root = Đang chạy bằng root: một lỗi nhỏ có thể thành mất cả máy. Hãy tạo người dùng riêng “dinh” và chạy bằng người dùng đó.
found-user-other = Lệnh chạy bằng người dùng số { $user } nhưng thư mục dữ liệu thuộc người dùng số { $owner }. Hãy chạy bằng chủ của thư mục.
found-folder-unreadable = Không đọc được thư mục dữ liệu ({ $error }). Hãy chạy lệnh bằng người dùng sở hữu thư mục, hoặc chỉ đúng thư mục bằng --data-dir.
check-modes = Quyền trên thư mục dữ liệu
found-modes-fine = Chỉ chủ thư mục đọc được dữ liệu.
found-modes-folder = Người khác trên máy xem được tên tệp trong { $path }. Hãy chạy: chmod 700 { $path }
found-modes-open = Người khác trên máy đọc được { $path }. Hãy chạy: chmod -R go= trên thư mục dữ liệu.
check-umask = Quyền của tệp mới
found-umask-fine = Tệp mới chỉ chủ đọc được (umask { $mask }).
found-umask-wide = Tệp mới có thể bị người khác đọc (umask { $mask }). Hãy đặt UMask=0077 trong tệp dịch vụ.
check-disk = Ổ đĩa
found-disk-fine = Còn trống { $free } MB ({ $percent } %).
found-disk-short = Chỉ còn trống { $free } MB ({ $percent } %). Hãy dọn hoặc mở rộng ổ đĩa.
found-disk-full = Chỉ còn trống { $free } MB: hệ thống sắp không ghi được nữa. Hãy mở rộng ổ đĩa ngay.
found-disk-unknown = Không xem được dung lượng ổ đĩa. Hãy xem ổ chứa thư mục dữ liệu đã được gắn chưa (df).
check-files = Số tệp được mở
found-files-fine = Giới hạn { $limit } là đủ.
found-files-few = Giới hạn { $limit } thấp hơn mức cần ({ $wanted }). Hãy đặt LimitNOFILE=65536 trong tệp dịch vụ.
check-processes = Số tiến trình
found-processes-fine = Đủ tiến trình cho việc đọc văn bản.
found-processes-few = Chỉ được { $limit } tiến trình. Hãy đặt LimitNPROC hoặc TasksMax từ 512 trở lên.
check-confinement = Đọc văn bản lạ trong vùng kín
found-confinement-on = Văn bản lạ chỉ được đọc trong vùng kín.
found-confinement-off = Cài đặt sandbox = "off": văn bản lạ được đọc không có vùng kín, một tệp độc hại có thể chiếm cả máy. Hãy bỏ dòng này (hoặc biến DINH_SANDBOX) và cài bubblewrap.
check-sandbox = Hộp cát đọc văn bản
found-sandbox-fine = bubblewrap chạy được.
found-sandbox-missing = Thiếu bubblewrap nên không chuyển đổi văn bản lạ được. Hãy chạy: apt install bubblewrap
found-sandbox-refused = bubblewrap không tạo được vùng riêng. Hãy cho phép user namespace (sysctl kernel.unprivileged_userns_clone=1; bỏ RestrictNamespaces và PrivateUsers trong tệp dịch vụ).
check-tools = Chương trình đọc tệp Word cũ và bản quét
found-tools-fine = Có đủ LibreOffice, poppler và tesseract tiếng Việt.
found-tools-missing = Thiếu gói để đọc tệp Word cũ hoặc bản quét: { $packages }. Hãy chạy: apt install { $packages }
check-landlock = Khóa tệp của nhân (landlock)
found-landlock-fine = Nhân có landlock.
found-landlock-missing = Không thấy nhân bật landlock. Thiếu landlock thì văn bản lạ không được đọc, trừ khi đặt sandbox = "off". Hãy dùng nhân của Debian 12 trở lên.
check-base-url = Địa chỉ sử dụng
found-base-url-fine = Người dùng vào qua { $url }.
found-base-url-here = Chỉ dùng trên máy này ({ $url }).
found-base-url-missing = Chưa đặt base_url nên đường dẫn trong thư có thể sai và cookie chưa được bảo vệ. Hãy đặt base_url = "https://…".
found-base-url-http = Người dùng vào qua { $url }, không mã hóa. Hãy đặt proxy có TLS và base_url = "https://…".
found-base-url-wrong = base_url “{ $url }” không phải là địa chỉ http hay https. Hãy ghi base_url = "https://…", đúng địa chỉ mọi người gõ.
check-second-factor = Xác thực hai bước
found-second-factor-required = Lãnh đạo và quản trị đăng nhập bằng xác thực hai bước.
found-second-factor-optional = Cài đặt second_factor = "optional": lãnh đạo và quản trị chỉ cần mật khẩu. Hãy bỏ dòng này khi dùng số liệu thật.
check-listen = Cổng nghe
found-listen-fine = Nghe tại { $address }, không mở ra mạng khi chưa mã hóa.
found-listen-insecure = Nghe tại { $address } không mã hóa (insecure_listen) nên mật khẩu có thể bị đọc trên đường truyền. Hãy nghe tại 127.0.0.1 sau một proxy có TLS và bỏ dòng đó.
found-listen-refused = { $address } mở ra mạng mà không mã hóa; dinh serve sẽ không chạy. Hãy nghe tại 127.0.0.1 sau proxy có TLS.
check-ops = Địa chỉ giám sát (ops_listen)
found-ops-off = Không mở. Muốn cho chương trình giám sát hỏi tình trạng, đặt ops_listen = "127.0.0.1:9464".
found-ops-fine = { $address } trả lời về tình trạng, chỉ cho máy này.
found-ops-insecure = { $address } trả lời về tình trạng cho mọi máy trong mạng, không mã hóa (ops_insecure_listen). Hãy để tường lửa chỉ cho máy giám sát vào.
found-ops-refused = { $address } mở ra mạng; dinh serve sẽ không chạy. Hãy đặt ops_listen = "127.0.0.1:9464".
found-ops-no-address = “{ $address }” không phải là địa chỉ nghe; dinh serve sẽ không chạy. Hãy đặt ops_listen = "127.0.0.1:9464".
check-proxies = Proxy phía trước
found-proxies-fine = Địa chỉ máy khách lấy theo proxy đã khai báo.
found-proxies-none = Chưa khai báo trusted_proxies nên nếu có proxy phía trước thì mọi người dùng bị coi là một máy. Nếu có, hãy ghi địa chỉ của nó: trusted_proxies = ["127.0.0.1"].
found-proxies-wide = trusted_proxies quá rộng: gần như ai cũng giả được địa chỉ. Hãy ghi đúng địa chỉ của proxy.
found-proxies-wrong = trusted_proxies sai ({ $error }). Hãy ghi địa chỉ hoặc dải mạng: trusted_proxies = ["127.0.0.1", "10.0.0.0/28"].
check-allowance = Dung lượng nhận mỗi ngày của một người
found-allowance-fine = Một người gửi được nhiều nhất { $limit } MB một ngày.
found-allowance-wide = Một người gửi được { $limit } MB một ngày, nhiều hơn chỗ trống trên ổ đĩa. Hãy giảm upload_mb_a_day hoặc mở rộng ổ đĩa.
check-scanner = Quét vi-rút
found-scanner-fine = clamd trả lời.
found-scanner-none = Chưa đặt bộ quét vi-rút nên tệp nhận vào không được quét. Hãy cài clamav-daemon và đặt clamd = "127.0.0.1:3310".
found-scanner-silent = clamd không trả lời; mọi tệp gửi lên đang bị từ chối. Hãy xem dịch vụ clamav-daemon.
check-mail = Máy chủ thư
found-mail-fine = { $host } trả lời.
found-mail-none = Chưa đặt máy chủ thư nên không ai nhận được lời nhắc qua thư. Hãy đặt smtp_url và mail_from.
found-mail-insecure = Thư đi đến { $host } không bắt buộc mã hóa. Hãy thêm ?tls=required hoặc dùng smtps://.
found-mail-silent = { $host } không trả lời. Hãy kiểm tra địa chỉ, cổng và tường lửa.
check-database = Đường đến cơ sở dữ liệu
found-database-file = SQLite trong thư mục dữ liệu.
found-database-here = PostgreSQL trên máy này.
found-database-fine = Đường đến { $host } được mã hóa và kiểm tra danh tính.
found-database-unproved = Đường đến { $host } được mã hóa; thêm sslmode=verify-full và sslrootcert để kiểm tra cả danh tính.
found-database-insecure = Đường đến { $host } không bắt buộc mã hóa. Hãy thêm ?sslmode=verify-full&sslrootcert=… (ít nhất sslmode=require).
found-database-silent = Cơ sở dữ liệu không trả lời ({ $error }). Hãy xem PostgreSQL có đang chạy không và địa chỉ trong cấu hình có đúng không.
check-clock = Đồng hồ
found-clock-fine = Giờ máy chủ khớp.
found-clock-behind = Đồng hồ chạy sau mục nhật ký mới nhất ({ $at }) nên không ghi được gì. Hãy bật đồng bộ giờ (chrony) rồi xem lại.
found-clock-apart = Giờ máy chủ và cơ sở dữ liệu lệch nhau { $seconds } giây. Hãy bật đồng bộ giờ trên cả hai máy.
check-checkpoint = Ký nhật ký
found-checkpoint-none = Nhật ký chưa có mục nào.
found-checkpoint-fine = Đã ký đến mục { $signed }.
found-checkpoint-behind = Mới ký đến mục { $signed } trong khi nhật ký có { $seq }. Hãy xem máy chủ có đang chạy và thư mục dữ liệu có ghi được không.
check-timestamp = Dấu thời gian của nhật ký
found-timestamp-off = Không dùng cơ quan cấp dấu thời gian.
found-timestamp-fine = { $tsa } đóng dấu gần nhất lúc { $at }.
found-timestamp-none = Chưa có dấu thời gian nào; dấu đầu tiên được lấy trong ngày. Nếu vẫn không có, hãy xem nhật ký máy chủ.
found-timestamp-old = Dấu thời gian gần nhất ({ $tsa }) là từ { $at }, đã quá 2 ngày. Hãy xem máy chủ có đang chạy không và tra nhật ký máy chủ.
found-timestamp-failing = Lần lấy dấu thời gian gần nhất không thành; chương trình thử lại mỗi giờ. { $why }
check-backup = Sao lưu
found-backup-fine = Bản mới nhất cách đây { $hours } giờ.
found-backup-old = Bản mới nhất cách đây { $hours } giờ. Hãy xem lịch sao lưu hằng ngày.
found-backup-older = Bản mới nhất cách đây { $days } ngày. Hãy sao lưu ngay và sửa lịch sao lưu.
found-backup-none = Thư mục { $folder } không có bản sao lưu nào. Hãy chạy dinh backup.
found-backup-nowhere = Chưa đặt backup_dir nên không biết có sao lưu hay không. Hãy đặt lịch dinh backup và ghi thư mục đó vào backup_dir.
found-backup-unreadable = Không đọc được thư mục sao lưu { $folder }. Hãy tạo thư mục và giao cho người dùng chạy chương trình, hoặc sửa backup_dir.
check-ledger = Nhật ký hoạt động
found-ledger-fine = Đã đọc lại { $entries } mục, còn nguyên vẹn.
found-ledger-broken = Nhật ký không còn nguyên vẹn. Hãy chạy dinh ledger verify và báo bộ phận an ninh mạng.
problem-no-installation = Thư mục { $folder } không có dữ liệu của Đình (cơ sở dữ liệu trống hoặc chưa có). Chưa có gì được tạo ra. Hãy kiểm tra --data-dir và --database-url; nếu là nơi mới, hãy chạy “dinh serve” hoặc “dinh init” trước.
problem-folder-of-another = Thư mục dữ liệu { $folder } thuộc người dùng { $owner }, còn lệnh này chạy bằng { $own }. Chưa có gì được mở. Hãy chạy lại bằng: sudo -u { $switch } dinh …
problem-demo-into-used = Thư mục { $folder } đã có dữ liệu; năm minh họa chỉ chơi vào nơi trống. Chưa có gì thay đổi. Hãy chọn thư mục khác: dinh demo year --data-dir THƯ_MỤC_MỚI
problem-listen-no-address = “{ $address }” không phải là địa chỉ nghe. Hãy ghi ĐỊA_CHỈ:CỔNG, chẳng hạn 127.0.0.1:8080.
problem-ledger-no-head = Nhật ký chưa có đầu chuỗi nào được ký, vì chưa có mục nào.
problem-ledger-chain-broken = Nhật ký không còn nguyên vẹn; xem chỗ sai ở trên. Không lệnh nào làm cho chỗ sai này thành đúng: hãy giữ nguyên thư mục dữ liệu, báo người chịu trách nhiệm an toàn thông tin, đối chiếu với bản sao lưu và thư báo đầu chuỗi gần nhất.
problem-ledger-rows-broken = Chuỗi nhật ký còn nguyên, nhưng các dòng dữ liệu nêu trên đã bị sửa thẳng trong cơ sở dữ liệu. Hãy giữ nguyên thư mục dữ liệu, báo người chịu trách nhiệm an toàn thông tin, tìm ai vào được cơ sở dữ liệu, rồi khôi phục bản sao lưu hoặc sửa lại các dòng đó cho đúng như trước.
problem-ledger-files-broken = Nhật ký còn nguyên, nhưng các tệp nêu trên bị mất hoặc bị sửa. Hãy lấy lại tệp từ bản sao lưu; xem “dinh files check”.
console-not-found = Không tìm thấy. Có thể tên, số hoặc mã gõ nhầm, hoặc tài khoản đã đóng; chưa có gì thay đổi.
console-stale = Dữ liệu vừa được người khác sửa; chưa có gì thay đổi. Hãy chạy lại lệnh.
console-wrong-state = Việc này không làm được ở tình trạng hiện tại (đã làm rồi, hoặc chưa đến bước này); chưa có gì thay đổi.
console-not-last-act = Chỉ hoàn tác được việc gần nhất; chưa có gì thay đổi.
console-account-closed = Tài khoản này đang đóng; chưa có gì thay đổi. Muốn dùng lại: dinh account open --login TÊN
console-field-empty = Còn tham số bắt buộc để trống; chưa có gì thay đổi. Xem --help của lệnh.
list-empty = Danh sách trống.
base-url-guessed = Chưa đặt base_url nên đường dẫn dưới đây được đoán là { $address }. Nếu máy chủ nghe ở địa chỉ hay cổng khác, hãy thay phần đó; tốt nhất là ghi base_url vào dinh.toml.
nobody-administers = Lưu ý: không còn quản trị hệ thống nào vào được. Tạo người khác: dinh account add --role system_admin --name "HỌ TÊN" --login TÊN; hoặc mở lại: dinh account open --login TÊN
ledger-verified = Không thấy chỗ sai; số mục: { $entries }; điểm kiểm: { $checkpoints }; dòng dữ liệu: { $rows }; tệp: { $files }; dấu thời gian: { $stamps } (đã chứng thực { $proven }).
ledger-verified-faults = Nhật ký không còn nguyên vẹn; số chỗ sai: { $count } (số mục đã đọc: { $entries }; dòng dữ liệu: { $rows }).
files-checked = Không thấy chỗ sai; số tệp: { $files }; số byte: { $bytes }; lúc { $at }.
files-checked-faults = Kho tệp không còn đủ; số tệp mất hoặc hỏng: { $count } (số tệp đã đọc: { $files }; lúc { $at }).
files-missing = bị mất
files-damaged = bị hỏng
found-listen-no-address = “{ $address }” không phải là địa chỉ nghe; dinh serve sẽ không chạy. Hãy ghi listen = "127.0.0.1:8080".
found-backup-broken = { $file } không phải là bản sao lưu trọn vẹn (trống, bị cắt hoặc hỏng). Hãy chạy dinh backup lại ngay và xem lịch sao lưu.
check-jobs = Việc chạy nền
found-jobs-fine = Không có việc nào chờ quá một giờ.
found-jobs-late = Số việc chờ quá một giờ: { $count } ({ $kinds }). Hãy xem máy chủ có đang chạy không và tra nhật ký máy chủ.
found-jobs-nobody = Số việc chờ quá một giờ mà chương trình này không có phần nào làm: { $count } ({ $kinds }). Thường là do phiên bản khác giao: hãy dùng phiên bản đó hoặc mới hơn.
check-store = Kho tệp
found-store-unread = Chưa đọc lại kho tệp lần nào; máy chủ đọc hằng tuần.
found-store-fine = Lần đọc lại lúc { $at }: đủ { $files } tệp.
found-store-lacks = Lần đọc lại lúc { $at }: { $count } tệp bị mất hoặc hỏng. Hãy chạy dinh files check để biết tệp nào, rồi lấy lại từ bản sao lưu.
check-last-check = Lần kiểm tra nhật ký gần nhất
found-last-check-none = Chưa kiểm tra lần nào; máy chủ kiểm tra hằng ngày.
found-last-check-fine = Lúc { $at }: { $entries } mục còn nguyên vẹn.
found-last-check-faults = Lúc { $at }: { $count } chỗ sai. Hãy chạy dinh ledger verify và báo bộ phận an ninh mạng.
check-secrets = Quyền trên tệp cài đặt
found-secrets-fine = Người khác trên máy không đọc được cài đặt.
found-secrets-open = Người khác trên máy đọc được { $file }, nơi có thể có mật khẩu. Hãy chạy: chmod 0640 { $file }

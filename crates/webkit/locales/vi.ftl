skip-to-content = Đến nội dung chính
main-navigation = Các mục chính
breadcrumb = Vị trí trang
error-prefix = Lỗi
warning-prefix = Lưu ý
banner-success = Đã xong
banner-important = Cần biết
show-password = Hiện
hide-password = Ẩn
show-password-label = Hiện mật khẩu
hide-password-label = Ẩn mật khẩu
password-shown = Mật khẩu đang hiện
password-hidden = Mật khẩu đang ẩn
pagination = Phân trang
page-prev = Trang trước
page-next = Trang sau
page-word = {""}
page-number = Trang { $number }
contents = Nội dung
back = Quay lại
sign-in = Đăng nhập
failed-attempts = Có { $count } lần nhập sai mật khẩu hoặc mã của tài khoản này từ lần đăng nhập trước. Nếu không phải bạn, hãy đổi mật khẩu và báo quản trị.
sign-out = Đăng xuất
optional = (không bắt buộc)
go-back = Quay lại trang trước
go-home = Về trang chủ
there-is-a-problem = Chưa thực hiện được
assets-missing = Giao diện chưa được dựng: chạy “cargo xtask run” để có đủ phông chữ và màu sắc.
nav-account = Tài khoản của tôi
nav-group-work = Công việc
nav-group-data = Dữ liệu
nav-group-administration = Quản trị
problem-heading = Chưa thực hiện được
problem-heading-403 = Không có quyền
problem-heading-404 = Không tìm thấy
problem-heading-500 = Hệ thống gặp lỗi
problem-number = Mã yêu cầu để tra cứu: { $request }
problem-not-found = Không tìm thấy trang hoặc dữ liệu này. Có thể đường dẫn đã cũ hoặc gõ nhầm.
problem-method-not-allowed = Địa chỉ này không nhận cách gửi đó. Hãy mở lại trang và dùng nút trên trang.
problem-forbidden = Chức danh của bạn không có quyền làm việc này. Hãy liên hệ quản trị đơn vị nếu cần được giao quyền.
problem-sign-in-first = Hãy đăng nhập để tiếp tục.
problem-bad-token = Mã truy cập không đúng, đã hết hạn hoặc đã bị thu hồi.
problem-token-read-only = Mã truy cập này chỉ được đọc.
problem-prove-again = Việc này cần xác nhận lại chính bạn. Hãy nhập mật khẩu rồi làm lại; chưa có gì thay đổi.
problem-cross-site = Yêu cầu đến từ trang khác nên không được nhận. Hãy mở lại trang trong hệ thống và gửi lại.
problem-stale = Dữ liệu vừa được người khác sửa. Hãy tải lại trang, xem thay đổi rồi lưu lại; nội dung của bạn chưa được ghi.
problem-if-match-missing = Thiếu If-Match: gửi kèm ETag của bản đã đọc.
problem-bad-cursor = Con trỏ trang không đúng; hãy lấy lại từ trang đầu.
problem-words-classified = Nội dung có dấu { $mark }: không được đưa vào hệ thống này. Hãy xử lý theo quy định về bảo vệ bí mật nhà nước; hệ thống chưa ghi gì.
problem-bad-form = Biểu mẫu gửi lên không đọc được. Hãy tải lại trang và nhập lại.
problem-control-character = Mục “{ $field ->
    [q] từ cần tìm
    [name] tên
    [login] tên đăng nhập
    [title] chức vụ, tên văn bản
    [reason] lý do
    [remarks] ý kiến
    [text] nội dung
    [words] nội dung
    [number] số ký hiệu
   *[other] { $field }
 }” có ký tự điều khiển không nhìn thấy (thường theo khi sao chép từ nơi khác). Chưa có gì được ghi; hãy xóa chỗ đó rồi gõ lại.
problem-query-too-long = Điều kiện tìm quá dài. Hãy tìm bằng ít từ hơn hoặc bỏ bớt điều kiện lọc.
problem-body-too-slow = Đường truyền quá chậm hoặc bị ngắt giữa chừng nên nội dung gửi lên chưa nhận đủ. Chưa có gì được ghi; hãy thử gửi lại.
problem-too-many-streams = Bạn đang mở quá nhiều trang tự cập nhật. Hãy đóng bớt rồi tải lại trang.
problem-quota-full = Dung lượng dành cho trang này ({ $limit } MB) đã hết nên chưa ghi thêm được. Chế độ tập huấn tự làm mới lúc nửa đêm; nếu cần ngay, hãy báo quản trị hệ thống.
problem-upload-allowance = Hôm nay tài khoản này đã gửi lên hết mức cho phép ({ $limit } MB hoặc { $files } tệp mỗi ngày) nên tệp này chưa được nhận. Vui lòng gửi tiếp vào ngày mai, hoặc nhờ quản trị hệ thống nâng mức.
problem-body-too-large = Nội dung gửi lên quá lớn.
problem-file-too-large = Tệp lớn hơn { $limit } MB. Hãy tách hoặc nén ảnh trong tệp rồi gửi lại.
problem-no-file = Hãy chọn một tệp.
problem-internal = Hệ thống gặp lỗi ngoài dự kiến. Dữ liệu chưa bị thay đổi; hãy thử lại hoặc báo mã yêu cầu cho quản trị.
problem-database-unavailable = Cơ sở dữ liệu đang bận hoặc không kết nối được. Chưa có gì được ghi; hãy thử lại sau ít phút.
problem-disk-full = Ổ đĩa của máy chủ đã đầy. Chưa có gì được ghi; hãy báo quản trị hệ thống.
problem-storage-unavailable = Kho tệp không ghi được. Chưa có gì được lưu; hãy báo quản trị hệ thống.
problem-clock-backwards = Đồng hồ máy chủ chạy lùi so với nhật ký. Chưa có gì được ghi. Nếu đồng hồ đang sai, hãy chỉnh giờ máy chủ; nếu đồng hồ đang đúng và trước đó đã chạy nhanh, quản trị máy chủ hãy chạy: dinh ledger accept-clock --reason "lý do".
problem-newer-schema = Cơ sở dữ liệu do phiên bản mới hơn tạo ra ({ $step }). Hãy dùng phiên bản mới của chương trình.
problem-backup-damaged = Tệp sao lưu bị hỏng hoặc đã bị sửa ở { $place }. Chưa có gì được khôi phục; hãy dùng bản sao lưu khác.
problem-backup-format = Tệp sao lưu thuộc định dạng mà phiên bản này không đọc.
problem-backup-encrypted = Bản sao lưu này được mã hóa. Hãy đưa tệp chứa câu mật khẩu bằng --passphrase-file.
problem-backup-newer = Bản sao lưu do phiên bản mới hơn tạo ra ({ $step }). Chưa có gì được khôi phục; hãy dùng phiên bản mới của chương trình.
problem-backup-running = Một lần sao lưu khác đang ghi vào chính tệp này. Hãy đợi xong rồi làm lại, hoặc chọn tên tệp khác.
problem-backup-in-the-clear = Lưu ý: bản sao lưu này không được mã hóa; ai cầm tệp cũng đọc được dữ liệu cá nhân và sửa được mà không bị phát hiện. Hãy giữ tệp như giữ chính cơ sở dữ liệu, hoặc sao lưu với --passphrase-file.
problem-backup-not-vouched-for = Lưu ý: bản sao lưu này thuộc định dạng cũ. Câu mật khẩu chỉ mở khóa của sổ ký, không chứng thực dữ liệu; người từng cầm tệp có thể đã sửa mà không bị phát hiện. Hãy đối chiếu bằng dinh ledger verify, rồi sao lưu lại bằng phiên bản này.
problem-backup-lacks-files = Bản sao lưu đã ghi xong nhưng thiếu các tệp bị mất hoặc hỏng: { $files }. Mọi dữ liệu khác đã được lưu. Hãy tìm các tệp này trong bản sao lưu cũ hơn.
problem-files-broken = Có tệp bị mất hoặc hỏng, danh sách ở trên. Hãy tìm lại các tệp này trong bản sao lưu.
problem-upload-lost = Tệp vừa gửi chưa được giữ lại. Chưa có gì được ghi; xin gửi lại tệp.
problem-open-to-others = Người khác trên máy chủ đọc được thư mục dữ liệu { $folder }, mà chương trình không có quyền sửa. Chưa có gì được mở; hãy chạy “chmod -R go= { $folder }” bằng tài khoản sở hữu thư mục.
problem-folder-taken = Một máy chủ hoặc một lần khôi phục đang dùng thư mục dữ liệu { $folder }. Hãy dừng nó trước, hoặc chọn thư mục khác.
problem-wrong-pair = Thư mục dữ liệu { $folder } không đi với cơ sở dữ liệu này. Chưa có gì được mở; hãy kiểm tra --data-dir và --database-url. Nếu chắc chắn hai nơi này là của nhau, hãy chạy “dinh files tie --reason …”.
problem-tie-without-reason = Hãy ghi lý do: dòng này vào nhật ký hoạt động.
problem-restore-into-used = Chỉ khôi phục vào cơ sở dữ liệu trống; cơ sở dữ liệu này đã có dữ liệu.
problem-file-unusable = Không mở hoặc không ghi được tệp { $file }.
problem-already-there = Dữ liệu này đã có.
problem-already-done-answer-lost = Yêu cầu với khóa này đã được thực hiện nhưng câu trả lời không còn; hãy đọc lại dữ liệu.
problem-in-progress = Yêu cầu có cùng khóa này đang được thực hiện. Hãy đợi giây lát rồi gửi lại với đúng khóa này.
problem-idempotency-key-reused = Khóa này đã dùng cho một yêu cầu khác (khác đường dẫn hoặc nội dung), nên yêu cầu này chưa được thực hiện. Mỗi yêu cầu mới cần một khóa mới.
problem-idempotency-key-bad = Khóa chống lặp (Idempotency-Key) phải có từ 1 đến 128 ký tự, chỉ gồm chữ cái không dấu, chữ số và - _ . : / + = ~. Hãy tạo khóa khác rồi gửi lại.
problem-too-busy = Hệ thống đang xử lý nhiều việc nặng cùng lúc. Hãy thử lại sau ít phút.
problem-too-many-uploads = Đang có quá nhiều tệp lớn được gửi lên cùng lúc. Chưa có gì được ghi; hãy đợi các tệp đang gửi xong rồi gửi lại.
act-retention-purge = Xóa dữ liệu hết hạn lưu
problem-retention-unknown = Cấu hình retention không có mục “{ $name }” hoặc số ngày không lớn hơn 0. Các mục có thể đặt: { $names }.
problem-job-given-up = Việc này đã được thử nhiều lần mà lần nào chương trình cũng bị dừng giữa chừng, nên hệ thống không thử nữa. Hãy báo người quản trị.
problem-cannot-listen = Không mở được địa chỉ { $address }; có thể chương trình khác đang dùng.
problem-ledger-broken = Nhật ký không còn nguyên vẹn; xem chỗ sai ở trên. Hãy giữ nguyên thư mục dữ liệu, đối chiếu với bản sao lưu và thư báo đầu chuỗi gần nhất. Nếu đã chủ ý khôi phục bản cũ, hãy chạy: dinh ledger accept-head --reason "lý do".
problem-reason-needed = Hãy ghi lý do; lý do được lưu vào nhật ký.
problem-clock-not-behind = Đồng hồ máy chủ không chạy sau nhật ký, nên không có gì để chấp nhận.
problem-head-not-refused = Đầu chuỗi nhật ký vẫn đang được ký bình thường, nên không có gì để chấp nhận.
problem-head-to-without-mail = Mục head_to (nơi nhận thư báo đầu chuỗi nhật ký) cần smtp_url và mail_from.
problem-head-to-address = Địa chỉ “{ $address }” trong mục head_to không phải địa chỉ thư.
ledger-warning-not-descended = Cơ sở dữ liệu không còn chứa mục nhật ký đã ký gần nhất: dữ liệu có thể đã bị quay về bản cũ hoặc bị sửa. Từ lúc này nhật ký không được ký. Hãy giữ nguyên thư mục dữ liệu, chạy dinh ledger verify; nếu đã chủ ý khôi phục bản cũ thì chạy dinh ledger accept-head --reason "lý do".
ledger-warning-checkpoints-cut = Tệp điểm kiểm của nhật ký bị mất, bị cắt hoặc bị hỏng. Từ lúc này nhật ký không được ký. Hãy đưa lại tệp ledger-checkpoints.jsonl từ bản sao; nếu không còn, chạy dinh ledger accept-head --reason "lý do".
ledger-warning-other-key = Khóa ký nhật ký không phải khóa đã ký lần gần nhất. Từ lúc này nhật ký không được ký. Hãy đưa lại tệp ledger.key từ bản sao; nếu không còn, chạy dinh ledger accept-head --reason "lý do".
ledger-warning-clock-behind = Đồng hồ máy chủ chạy sau nhật ký nên không ghi được gì, kể cả đăng nhập. Nếu đồng hồ sai, hãy chỉnh giờ; nếu đồng hồ đúng, chạy dinh ledger accept-clock --reason "lý do".
ledger-warning-faults = Lần kiểm tra nhật ký gần nhất thấy chỗ sai. Hãy mở trang Nhật ký hoạt động để xem, giữ nguyên thư mục dữ liệu và đối chiếu với bản sao lưu.
choose-file = Chọn tệp
no-file-chosen = Chưa chọn tệp
or-drop-file = hoặc thả tệp vào đây
over-drop-zone = Đang ở vùng thả tệp
left-drop-zone = Đã rời vùng thả tệp
style-title = Các thành phần giao diện
style-about = Mỗi thành phần một mẫu, để người làm giao diện nhìn và so.
style-words = Nội dung mẫu
style-hint = Lời gợi ý cho người điền
day = Ngày
month-word = Tháng
year-word = Năm
your-name = Họ và tên
problem-backup-passphrase-short = Câu mật khẩu của bản sao lưu cần ít nhất 12 ký tự, ở dòng đầu của tệp.
problem-backup-passphrase-wrong = Câu mật khẩu không mở được bản sao lưu. Chưa có gì được khôi phục.
problem-backup-without-keys = Bản sao lưu này không được mã hóa và không kèm khóa. Hãy khôi phục với --without-keys.
problem-older-schema = Lược đồ dữ liệu cũ hơn chương trình ({ $steps }). Hãy sao lưu rồi chạy “dinh migrate”.
problem-scanner-silent = Bộ quét vi-rút không trả lời nên tệp chưa được nhận. Hãy thử lại sau ít phút.
problem-file-infected = Tệp có mã độc ({ $name }) nên không được nhận và không được giữ. Hãy báo bộ phận an ninh mạng.
file-scanned = đã quét vi-rút { $time }
file-not-scanned = chưa quét
training-banner = Chế độ tập huấn: số liệu minh họa, được làm mới mỗi đêm, không gửi gì ra ngoài. Tài khoản vidu, thu, lanhdao, chutichxa…; mật khẩu tinh-mau-2026.
insecure-banner = Hệ thống đang được dùng qua mạng mà không mã hóa: mật khẩu và dữ liệu có thể bị đọc trên đường truyền. Hãy đặt máy chủ proxy có TLS phía trước.
training-open = Mở chế độ tập huấn

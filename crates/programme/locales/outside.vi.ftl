outside-title = Báo cáo qua liên kết
outside-links = Liên kết báo cáo cho đơn vị chưa có tài khoản
outside-links-count = Gửi liên kết báo cáo ({ $count })
outside-links-hint = Đơn vị ngoài hệ thống (doanh nghiệp, hội, cơ quan chưa có tài khoản) báo cáo bằng liên kết riêng, không cần đăng nhập. Mỗi đơn vị trong một kỳ chỉ có một liên kết dùng được.
outside-inside = { $count } đơn vị khác của kỳ này đã có người dùng tài khoản và báo cáo trong hệ thống.
outside-no-mail-hint = Hệ thống chưa cấu hình máy chủ thư nên không gửi được thư. Hãy lập liên kết, sao chép và chuyển qua Zalo hoặc văn bản.
outside-not-open = Kỳ báo cáo không ở trạng thái đang nhận báo cáo nên không gửi được liên kết mới.
outside-none-title = Không có đơn vị nào cần liên kết
outside-none = Mọi đơn vị phải báo cáo trong kỳ này đều đã có người dùng tài khoản.
outside-address = Thư điện tử nhận liên kết
outside-good-until = Dùng được đến hết
outside-stage-none = Chưa gửi
outside-stage-sent = Đã gửi
outside-stage-refused = Thư không gửi được, hãy gửi lại
outside-stage-opened = Đã mở
outside-stage-done = Đã nộp
outside-stage-replaced = Đã thay
outside-stage-revoked = Đã thu hồi
outside-stage-expired = Hết hạn
outside-stage-merged = Đơn vị đã sáp nhập
outside-stage-staffed = Đơn vị đã có tài khoản
outside-sent-at = Gửi lúc
outside-opened-at = mở lúc
outside-reminded-on = nhắc qua thư ngày
outside-days = Số ngày dùng được sau hạn báo cáo
outside-days-hint = Từ 1 đến { $most } ngày. Quá hạn báo cáo thì tính từ hôm nay.
outside-send-links = Gửi liên kết qua thư
outside-make-links = Lập liên kết để tự chuyển
outside-take-back = Thu hồi liên kết
outside-take-back-hint = Liên kết bị thu hồi không mở được nữa. Lời đã lưu vẫn còn; có thể gửi liên kết mới.
outside-revoke = Thu hồi
outside-forget-title = Quên người liên hệ
outside-forget-hint = Xóa họ tên, chức vụ, điện thoại và địa chỉ thư của người liên hệ ở các liên kết và báo cáo của nghĩa vụ này; không lấy lại được. Báo cáo và liên kết giữ nguyên.
outside-forget = Quên người liên hệ
ask-forget = Quên người liên hệ: { $name }
ask-forget-what = Xóa họ tên, chức vụ, điện thoại và địa chỉ thư ở { $links } liên kết và { $reports } lần gửi báo cáo của nghĩa vụ này. Báo cáo và liên kết giữ nguyên.
ask-forget-who = Người liên hệ: { $people }
ask-forget-after = Đã xóa thì không lấy lại được.
outside-ask-title = Gửi liên kết báo cáo
outside-ask-mail = { $count } liên kết sẽ được gửi qua thư điện tử đến các địa chỉ dưới đây.
outside-ask-hand = { $count } liên kết sẽ được lập và chỉ hiện một lần để bạn tự chuyển. Ai lập liên kết để tự chuyển thì không tiếp nhận báo cáo gửi qua liên kết đó: người khác của cơ quan tiếp nhận.
outside-ask-again = { $count } đơn vị đang có liên kết dùng được: liên kết cũ sẽ không mở được nữa.
outside-ask-after = Có thể thu hồi từng liên kết, hoặc gửi lại liên kết mới, ở trang này.
outside-again = thay liên kết cũ
outside-once-title = Liên kết vừa lập
outside-once-hint = Hãy sao chép ngay: các liên kết này chỉ hiện một lần. Gửi riêng cho từng đơn vị; ai có liên kết thì báo cáo được thay đơn vị đó.
outside-copy = Đề nghị { $name } gửi báo cáo { $period } trước hết ngày { $due }, không cần tài khoản, tại: { $url } (liên kết dùng riêng, xin không chuyển cho người ngoài đơn vị).
outside-mail-subject = Đề nghị gửi báo cáo { $period }
outside-mail =
    Kính gửi: { $name }

    { $from } đề nghị quý đơn vị gửi báo cáo { $period } ({ $duty }), hạn gửi: { $due }.

    Mở liên kết sau để điền trên trang hoặc bằng Excel, không cần tài khoản:
    { $url }

    Liên kết dùng được đến hết ngày { $until } và chỉ dành cho quý đơn vị: ai có liên kết thì báo cáo được thay quý đơn vị, xin không chuyển tiếp ra ngoài. Nếu thư này đến nhầm, xin báo lại { $from }.
outside-remind-subject = Nhắc gửi báo cáo { $period }
outside-remind-mail =
    Kính gửi: { $name }

    { $from } xin nhắc quý đơn vị gửi báo cáo { $period } ({ $duty }), hạn gửi: { $due }.

    Liên kết để điền báo cáo đã được gửi cho quý đơn vị ngày { $sent }, dùng được đến hết ngày { $until }. Vì lý do an toàn, thư này không nhắc lại liên kết: nếu không còn giữ liên kết, xin đề nghị { $from } gửi liên kết mới.

    Nếu quý đơn vị đã gửi báo cáo bằng cách khác, xin báo lại { $from }.
outside-late-subject = Quá hạn gửi báo cáo { $period }
outside-late-mail =
    Kính gửi: { $name }

    { $from } chưa nhận được báo cáo { $period } ({ $duty }) của quý đơn vị, hạn gửi: { $due }. Xin quý đơn vị gửi sớm.

    Liên kết để điền báo cáo đã được gửi cho quý đơn vị ngày { $sent }, dùng được đến hết ngày { $until }. Vì lý do an toàn, thư này không nhắc lại liên kết: nếu không còn giữ liên kết, xin đề nghị { $from } gửi liên kết mới.

    Nếu quý đơn vị đã gửi báo cáo bằng cách khác, xin báo lại { $from }.
outside-returned-subject = Báo cáo { $period } đã được trả lại để sửa, đề nghị gửi lại
outside-returned-mail =
    Kính gửi: { $name }

    Báo cáo { $period } ({ $duty }) của quý đơn vị, hạn gửi: { $due }, đã được trả lại để sửa. { $from } đề nghị quý đơn vị sửa và gửi lại; lý do trả lại có ở trang mở bằng liên kết.

    Liên kết để điền báo cáo đã được gửi cho quý đơn vị ngày { $sent }, dùng được đến hết ngày { $until }. Vì lý do an toàn, thư này không nhắc lại liên kết: nếu không còn giữ liên kết, xin đề nghị { $from } gửi liên kết mới.
outside-until = Liên kết dùng được đến hết ngày { $until }.
outside-secret = Ai có liên kết thì báo cáo được thay đơn vị: không chuyển cho người ngoài đơn vị.
outside-asks = { $name } đề nghị đơn vị gửi báo cáo này.
outside-goes-to = Nơi nhận (cùng một lúc): { $names }.
outside-returned = { $name } trả lại báo cáo:
outside-who = Người lập báo cáo
outside-who-hint = Chỉ cơ quan nhận báo cáo xem được, để liên hệ khi cần.
outside-name = Họ tên người lập
outside-post = Chức vụ
outside-phone = Điện thoại
outside-paper = Văn bản kèm theo
outside-number-hint = Số văn bản của đơn vị, nếu có
outside-file = Tệp kèm theo
outside-file-hint = Văn bản báo cáo đã ký (PDF hoặc Word), tối đa { $limit } MB, không bắt buộc; số liệu trong tệp được so với nội dung gửi. Chọn khi gửi; lưu nháp không giữ tệp.
outside-sure = Khi gửi: tôi xác nhận gửi báo cáo này thay mặt đơn vị đến { $names }.
outside-send-hint = Gửi xong, báo cáo đến tất cả nơi nhận và không sửa được nữa, trừ khi nơi nhận trả lại. Không gửi bí mật nhà nước, bí mật kinh doanh hay dữ liệu cá nhân.
outside-send = Gửi báo cáo
outside-save = Lưu nháp
outside-sheet-hint = Tên người lập và tệp kèm theo điền trên trang này.
outside-received = Báo cáo đã được gửi đến các nơi nhận.
outside-receiver = Nơi nhận
outside-sent-hint = Mở lại liên kết này để xem báo cáo và tình trạng tiếp nhận, đến hết ngày { $until }.
outside-closed = Kỳ báo cáo đã khóa nên không sửa hay gửi được nữa. Lời đã lưu vẫn còn. Hãy liên hệ cơ quan yêu cầu báo cáo.
outside-inside-writes = Báo cáo này đang được cơ quan yêu cầu báo cáo lập thay trong hệ thống nên không sửa hay gửi bằng liên kết được. Nếu đơn vị muốn tự gửi, hãy liên hệ cơ quan đó.
outside-over-replaced = Liên kết này đã được thay bằng liên kết mới. Hãy dùng thư gửi sau cùng cho { $name }.
outside-over-revoked = Liên kết này đã bị cơ quan gửi thu hồi. Hãy liên hệ cơ quan yêu cầu báo cáo để nhận liên kết mới.
outside-over-expired = Liên kết này đã hết hạn. Hãy liên hệ cơ quan yêu cầu báo cáo để nhận liên kết mới.
outside-over-merged = { $name } đã sáp nhập nên liên kết này không dùng được nữa. Đơn vị kế thừa sẽ nhận liên kết riêng.
outside-over-staffed = { $name } đã có người dùng tài khoản nên báo cáo được lập, kiểm tra và duyệt trong hệ thống. Liên kết này không dùng được nữa; lời đã lưu vẫn còn.
outside-over-hint = Không gửi được thì báo cho cơ quan có tên trong thư hoặc văn bản mời báo cáo.
outside-waits = qua liên kết ({ $stage }, dùng được đến hết ngày { $until }).
outside-by = Báo cáo qua liên kết, người lập: { $name }, { $post }, điện thoại { $phone }.
receptions-title = Các nơi nhận khác
receptions-hint = Báo cáo gửi cùng lúc cho nhiều nơi; mỗi nơi tiếp nhận hoặc trả lại riêng.
reception-state-waiting = Chờ tiếp nhận
reception-state-accepted = Đã tiếp nhận
reception-state-returned = Đã trả lại
done-outside-links-sent = Đã đưa thư vào hàng gửi.
done-outside-revoked = Đã thu hồi liên kết.
done-outside-forgotten = Đã xóa thông tin người liên hệ.
done-outside-saved = Đã lưu nháp. Có thể mở lại liên kết để làm tiếp.
done-outside-sent = Đã gửi báo cáo.
done-reception-take-in = Đã ghi vào sổ văn bản đến.
done-reception-accept = Đã tiếp nhận.
done-reception-return = Đã trả lại.
done-reception-reconsider = Đã hoàn tác.
act-outside-send = Gửi liên kết báo cáo
act-outside-remind = Nhắc báo cáo qua thư
act-outside-revoke = Thu hồi liên kết báo cáo
act-outside-forget = Xóa thông tin người liên hệ của liên kết báo cáo
act-outside-write = Điền báo cáo qua liên kết
act-report-send = Gửi báo cáo qua liên kết
act-reception-take-in = Nơi nhận khác vào sổ văn bản đến
act-reception-accept = Nơi nhận khác tiếp nhận
act-reception-return = Nơi nhận khác trả lại
act-reception-reconsider = Nơi nhận khác hoàn tác
read-outside-list = Xem địa chỉ nhận liên kết báo cáo
read-outside-contact = Xem người lập báo cáo ngoài hệ thống
problem-outside-unknown = Không mở được liên kết. Hãy mở lại đúng liên kết trong thư; liên kết sao chép thiếu chữ thì không mở được.
problem-outside-too-often = Quá nhiều lần mở trong một phút. Hãy chờ một phút rồi thử lại.
problem-outside-over = Liên kết không còn dùng được. Hãy liên hệ cơ quan yêu cầu báo cáo.
problem-outside-days = Số ngày phải từ 1 đến { $most }.
problem-outside-address = Địa chỉ thư của { $name } chưa đúng. Ví dụ: vanthu@doanhnghiep.vn
problem-outside-not-there = Có đơn vị không thuộc kỳ này hoặc đã có tài khoản. Hãy tải lại trang.
problem-outside-meanwhile = Vừa có liên kết khác được gửi cho đơn vị này. Hãy tải lại trang.
problem-outside-no-mail = Hệ thống chưa cấu hình máy chủ thư. Hãy lập liên kết trên trang để tự chuyển.
problem-reception-replaced = Đơn vị đã gửi phiên bản mới của báo cáo này. Hãy mở và xử lý phiên bản mới.
problem-outside-sure = Hãy đánh dấu xác nhận trước khi gửi. Nếu chưa muốn gửi thì bấm Lưu nháp.
outside-copy-act = Sao chép

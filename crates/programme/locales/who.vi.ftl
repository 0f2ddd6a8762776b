# Ai làm, ai chờ ai.
answered-by = Người trả lời
asked-by-you = Câu hỏi này do chính bạn gửi nên người khác của cơ quan được hỏi sẽ trả lời.

# Báo cáo đang chờ ai.
waits-write = Chờ soạn:
waits-check = Chờ kiểm tra:
waits-approve = Chờ duyệt:
waits-issue = Chờ văn thư cho số và phát hành:
waits-take-in = Chờ văn thư nơi nhận vào sổ:
waits-receive = Chờ tiếp nhận:
and-more = và { $count } người khác
waits-nobody = chưa có ai ở { $unit } giữ chức danh này. Hãy nhờ quản trị đơn vị giao chức danh.
waits-alone = người soạn, vì đơn vị không còn ai khác làm được bước này.
waits-instead-check = { $unit } chưa có trưởng phòng nên những người này kiểm tra thay.
waits-instead-issue = { $unit } chưa có văn thư nên những người này phát hành thay.
went-to-check = Người kiểm tra: { $names }{ $more ->
    [0] {""}
   *[other] {" "}và { $more } người khác
  }.
went-to-approve = Đã gửi tới lãnh đạo: { $names }{ $more ->
    [0] {""}
   *[other] {" "}và { $more } người khác
  }.
went-to-issue = Đã gửi tới người phát hành: { $names }{ $more ->
    [0] {""}
   *[other] {" "}và { $more } người khác
  }.
went-to-take-in = Đã gửi tới văn thư nơi nhận: { $names }{ $more ->
    [0] {""}
   *[other] {" "}và { $more } người khác
  }.
went-to-receive = Đã gửi tới người tiếp nhận: { $names }{ $more ->
    [0] {""}
   *[other] {" "}và { $more } người khác
  }.
report-take-in = Vào sổ văn bản đến
arrival-number = Số đến
arrival-number-hint = Số trong sổ văn bản đến của cơ quan nhận. Ghi nhầm thì ghi lại số đúng.
received-as = Văn thư nơi nhận đã vào sổ ngày { $day }, số đến { $number }.
done-report-take-in = Đã ghi vào sổ văn bản đến.
act-report-take-in = Vào sổ báo cáo đến
todo-report-approved = Cho số và phát hành báo cáo
todo-report-take-in = Vào sổ báo cáo đến
todo-report-receive = Tiếp nhận báo cáo
problem-four-eyes-approve = Bạn là người soạn báo cáo này, nên lãnh đạo khác của đơn vị phải duyệt.
refusal-four-eyes-approve = Tự duyệt báo cáo mình soạn
problem-desk-check = Báo cáo này do trưởng phòng kiểm tra: { $names }.
refusal-desk-check = Kiểm tra báo cáo thay trưởng phòng
problem-desk-issue = Văn thư cho số và phát hành báo cáo này: { $names }.
refusal-desk-issue = Phát hành báo cáo thay văn thư
problem-desk-take-in = Văn thư của cơ quan nhận vào sổ báo cáo này: { $names }.
refusal-desk-take-in = Vào sổ báo cáo thay văn thư nơi nhận

behalf-note = Phần việc này của { $own }. Muốn cập nhật, báo cáo thay thì đánh dấu chọn thay mặt; việc được ghi là { $by } thay mặt { $own }, có tên của bạn.
behalf-open = Làm thay { $own }
behalf-done = Đã ghi là { $by } thay mặt { $own }.
behalf-choose = Tôi chọn ghi việc này là { $by } thay mặt { $own }
problem-behalf-unchosen = Bạn không giữ chức danh nào ở { $own }. Hãy đánh dấu chọn ghi là { $by } thay mặt { $own }, hoặc để { $own } tự làm.
report-behalf = Soạn, trình: { $by } thay mặt { $own }.
behalf-choose-any = Tôi không giữ chức danh ở cơ quan nêu trên và chọn ghi việc này là làm thay mặt cơ quan đó
nobody-writes = chưa có ai được giao soạn báo cáo

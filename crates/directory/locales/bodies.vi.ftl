# Tìm và chọn cơ quan, đơn vị.
bodies-found = { $count ->
    [0] Không tìm thấy cơ quan nào
   *[other] { $count } cơ quan
 }
bodies-of-group = nhóm { $count } cơ quan
pick-title = Danh sách cơ quan, đơn vị
pick-hint = Gõ vài chữ, không cần dấu: so khcn, xa che mau, phong vhxh che mau. Chép nguyên văn cột “Cách ghi” vào ô nhập thì luôn được hiểu đúng một cơ quan.
pick-written = Cách ghi
pick-short = Tên tắt
pick-note = Loại, trực thuộc
pick-nothing = Hãy thử ít chữ hơn, hoặc chỉ gõ chữ đầu của mỗi tiếng: skhcn.
problem-group-for-one = “{ $name }” là nhóm { $count } cơ quan, ô này chỉ nhận một cơ quan. Hãy ghi tên một cơ quan trong nhóm.
problem-unknown-unit-alike = Không có cơ quan, đơn vị nào tên “{ $name }”. Hãy chọn một tên gần giống bên dưới hoặc ghi lại.
# Tên gọi đã ghi nhớ.
alias-reach-kind = Mọi { $kind } của { $issuer }
alias-idle = Không còn tác dụng: tên của phòng chỉ hiểu trong văn bản của chính cơ quan đó, và “có liên quan” phải xác định lại ở từng văn bản.
aliases-removed = Đã bỏ ({ $count })
alias-removed-at = Bỏ lúc
done-alias-restored = Đã ghi nhớ lại tên gọi này.
act-unit-alias-restore = Ghi nhớ lại tên gọi đã bỏ
people-found = { $count ->
    [0] Không tìm thấy ai
   *[other] { $count } người
 }

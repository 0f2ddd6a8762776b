evidence-of-value = Minh chứng (cần có khi nhập số liệu)
check-when = Cần ghi khi trả lại, tạm dừng hoặc kết thúc.
extension-when = Cần ghi khi không đồng ý.

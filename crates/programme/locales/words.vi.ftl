evidence-of-value = Minh chứng (cần có khi nhập số liệu)
check-when = Cần ghi khi trả lại, tạm dừng hoặc kết thúc.
extension-when = Cần ghi khi không đồng ý.
evidence-one-of = Cần ít nhất một: số văn bản, đường dẫn, tệp hoặc số liệu đã nhập.
problem-evidence-none = Chưa có minh chứng nào. Hãy ghi số văn bản, đường dẫn, hoặc chọn tệp, số liệu đã nhập.

/// The checks of a plan file before it is taken for text.
enum PlanText {
    /// The bytes without their byte-order mark.
    static func checked(_ bytes: [UInt8]) throws(PlanFileError) -> [UInt8] {
        guard bytes.count <= PlanFile.maximumBytes else {
            throw PlanFileError(Rejection(line: 1, .tooLarge, found: "\(bytes.count)"))
        }
        let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        let isUTF16 = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
        let isUTF8 = !isUTF16 && String(validating: body, as: UTF8.self) != nil
        if !isUTF8, let offset = isUTF16 ? 0 : firstInvalid(body) {
            throw PlanFileError(Rejection(line: line(of: offset, in: body), .notUTF8))
        }
        if let offset = body.firstIndex(of: 0) {
            throw PlanFileError(Rejection(line: line(of: offset, in: body), .notText))
        }
        guard body.contains(where: { ![9, 10, 13, 32].contains($0) }) else {
            throw PlanFileError(Rejection(line: 1, .empty))
        }
        return body
    }

    /// Where the first byte stands that is not part of well-formed UTF-8.
    private static func firstInvalid(_ bytes: [UInt8]) -> Int? {
        var decoder = Unicode.UTF8.ForwardParser()
        var iterator = bytes.makeIterator()
        var offset = 0
        while true {
            switch decoder.parseScalar(from: &iterator) {
            case .valid(let scalar): offset += scalar.count
            case .emptyInput: return nil
            case .error: return offset
            }
        }
    }

    /// LF, CRLF and a lone CR each end a line.
    static func line(of offset: Int, in bytes: [UInt8]) -> Int {
        var line = 1
        var previous: UInt8 = 0
        for byte in bytes.prefix(offset) {
            if byte == 13 || (byte == 10 && previous != 13) { line += 1 }
            previous = byte
        }
        return line
    }
}

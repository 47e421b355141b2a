/// Files one behind the other as POSIX's ustar has them: every `tar` unpacks it, and whoever wants to
/// know what is in it before it leaves his hands can search it as it is.
enum TarArchive {
    private static let block = 512

    /// - Parameters:
    ///   - files: names of up to 99 bytes, in ASCII.
    ///   - seconds: when they were made, since 1970.
    static func bytes(_ files: [(name: String, content: [UInt8])], at seconds: Int64) -> [UInt8] {
        var all: [UInt8] = []
        for file in files {
            all += header(file.name, file.content.count, seconds) + file.content
            let rest = file.content.count % block
            if rest > 0 { all += [UInt8](repeating: 0, count: block - rest) }
        }
        return all + [UInt8](repeating: 0, count: 2 * block)
    }

    private static func header(_ name: String, _ size: Int, _ seconds: Int64) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: block)
        func put(_ text: String, at place: Int) {
            bytes.replaceSubrange(place..<place + text.utf8.count, with: text.utf8)
        }
        put(name, at: 0)
        put(octal(0o600, 7), at: 100)
        put(octal(0, 7), at: 108)
        put(octal(0, 7), at: 116)
        put(octal(Int64(size), 11), at: 124)
        put(octal(max(0, seconds), 11), at: 136)
        put("        ", at: 148)
        put("0", at: 156)
        put("ustar", at: 257)
        put("00", at: 263)
        let sum = bytes.reduce(Int64(0)) { $0 + Int64($1) }
        put(octal(sum, 6), at: 148)
        bytes[154] = 0
        return bytes
    }

    private static func octal(_ value: Int64, _ width: Int) -> String {
        let digits = String(value, radix: 8)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

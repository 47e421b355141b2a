/// Why bytes could not be read. Never a reason to drop what a device has: the caller decides (L20).
public enum WireError: Error, Hashable, Sendable {
    /// The bytes end before they should: transient, ask again.
    case truncated
    /// A checksum, a magic number or a hash does not fit.
    case corrupt(String)
    /// Well-formed, but outside the format's rules or bounds.
    case invalid(String)
    /// A format or protocol version that this build does not know.
    case unsupported(String)
}

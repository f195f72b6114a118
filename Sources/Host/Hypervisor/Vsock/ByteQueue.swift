/// Bytes in the order they came, kept in the chunks they came in.
struct ByteQueue {
    private var chunks: [ArraySlice<UInt8>] = []
    private var first = 0
    /// Bytes in the queue.
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    /// Adds bytes at the end.
    mutating func append(_ bytes: ArraySlice<UInt8>) {
        guard !bytes.isEmpty else { return }
        chunks.append(bytes)
        count += bytes.count
    }

    /// Takes up to `limit` bytes from the front.
    mutating func take(upTo limit: Int) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(Swift.min(limit, count))
        while result.count < limit, first < chunks.count {
            let part = chunks[first].prefix(limit - result.count)
            result.append(contentsOf: part)
            chunks[first].removeFirst(part.count)
            if chunks[first].isEmpty {
                chunks[first] = []
                first += 1
            }
        }
        if first > 64, first * 2 > chunks.count {
            chunks.removeFirst(first)
            first = 0
        }
        count -= result.count
        return result
    }

    /// Drops everything.
    mutating func removeAll() { self = ByteQueue() }
}

package org.fovea.selection.lsh;

/// Combines the codes of the hash functions of one table into the number of a bucket.
///
/// Codes of `bits` bits are put side by side. If they all fit into the table's address, that is the
/// bucket: no two combinations share one. If not, they are folded into it by a multiplication
/// (Fibonacci hashing; Knuth, TAOCP 3, section 6.4), so that combinations share buckets by chance.
///
/// @param hashes codes in one address
/// @param bits bits of a code: the least that hold every code
/// @param addressBits log2 of the number of buckets
record Addressing(int hashes, int bits, int addressBits) {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /// A folded table has at least this many rows to a bucket, so that its headers stay small beside
  /// its entries.
  private static final int ROWS_PER_BUCKET = 4;

  /// Addresses for codes in `[0, codes)` in tables that hold `rows` rows.
  static Addressing of(int hashes, int codes, int rows) {
    int bits = Math.max(1, 32 - Integer.numberOfLeadingZeros(codes - 1));
    int enough =
        Math.max(4, 31 - Integer.numberOfLeadingZeros(Math.max(1, rows / ROWS_PER_BUCKET)));
    return new Addressing(hashes, bits, (int) Math.min((long) hashes * bits, Math.min(enough, 26)));
  }

  /// Number of buckets.
  int buckets() {
    return 1 << addressBits;
  }

  /// Whether every combination of codes has a bucket of its own.
  boolean exact() {
    return hashes * bits == addressBits;
  }

  /// Adds a code to the codes so far; start with 0.
  long append(long codes, int code) {
    if (hashes * bits <= 64) {
      return codes << bits | code;
    }
    long mixed = (codes ^ code) * GOLDEN + code;
    return mixed ^ mixed >>> 29;
  }

  /// The bucket of all codes.
  int bucket(long codes) {
    return exact() ? (int) codes : (int) ((codes * GOLDEN) >>> (64 - addressBits));
  }
}

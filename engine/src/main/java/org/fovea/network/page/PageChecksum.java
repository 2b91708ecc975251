package org.fovea.network.page;

import java.util.zip.CRC32C;

/// The checksum of a page: CRC-32C of its bytes, exclusive-or 32 bits that are mixed from its
/// number, so that a page in the place of another is noticed too.
///
/// Every change of up to 32 neighbouring bits is found for certain, any other with a probability of
/// `1 - 2^-32`.
public final class PageChecksum {

  private PageChecksum() {}

  /// The checksum of `bytes[from, from + length)`.
  public static int of(long page, byte[] bytes, int from, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, from, length);
    return (int) checksum.getValue() ^ mixed(page);
  }

  /// The finalizer of MurmurHash3.
  private static int mixed(long page) {
    long bits = page + 0x9e3779b97f4a7c15L;
    bits = (bits ^ (bits >>> 33)) * 0xff51afd7ed558ccdL;
    bits = (bits ^ (bits >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return (int) (bits ^ (bits >>> 33));
  }
}

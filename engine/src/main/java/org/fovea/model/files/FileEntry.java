package org.fovea.model.files;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What `model.json` says about another file of the model.
///
/// @param name what the file is called in the model
/// @param file what it is called on disk
/// @param length bytes
/// @param sha256 digest of the contents, 64 lower-case hexadecimal digits
/// @param blocks CRC32C of each block of [#BLOCK_BYTES]; owned by the entry
record FileEntry(String name, String file, long length, String sha256, int[] blocks) {

  /// Length of a block with a checksum of its own; the last may be shorter.
  static final int BLOCK_BYTES = 4 << 20;

  /// Number of blocks of a file.
  static long blockCount(long length) {
    return length / BLOCK_BYTES + (length % BLOCK_BYTES == 0 ? 0 : 1);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FileEntry entry
        && name.equals(entry.name)
        && file.equals(entry.file)
        && length == entry.length
        && sha256.equals(entry.sha256)
        && Arrays.equals(blocks, entry.blocks);
  }

  @Override
  public int hashCode() {
    return sha256.hashCode();
  }
}

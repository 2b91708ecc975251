package org.fovea.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.fovea.network.page.NeuronStoreException;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/// Says in one line what a failure of RocksDB means.
final class Failures {

  private static final int LONGEST = 200;

  private Failures() {}

  static Status.Code code(RocksDBException failure) {
    Status status = failure.getStatus();
    return status == null ? Status.Code.Undefined : status.getCode();
  }

  /// What RocksDB says, as one short line.
  static String reason(RocksDBException failure) {
    Status status = failure.getStatus();
    if (status != null && status.getSubCode() == Status.SubCode.NoSpace) {
      return "no space is left on the disk";
    }
    String text = String.valueOf(failure.getMessage()).replaceAll("\\p{Cntrl}+", " ");
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
  }

  /// The disk, or whatever lies on it, does not do what it should.
  static UncheckedIOException io(String store, String what, RocksDBException failure) {
    String message = "%s: %s: %s".formatted(store, what, reason(failure));
    return new UncheckedIOException(message, new IOException(reason(failure), failure));
  }

  /// The store cannot be used.
  static NeuronStoreException refused(String store, RocksDBException failure) {
    return new NeuronStoreException(
        "%s: the metadata of the store are damaged: %s".formatted(store, reason(failure)), failure);
  }
}

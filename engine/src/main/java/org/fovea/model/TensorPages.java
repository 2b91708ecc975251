package org.fovea.model;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.LongConsumer;
import org.fovea.MalformedDataException;
import org.fovea.model.tensor.ElementType;
import org.fovea.model.tensor.SafetensorsFile;
import org.fovea.model.tensor.TensorInfo;
import org.fovea.network.page.DamagedPageException;
import org.fovea.network.page.NeuronStore;
import org.fovea.network.page.PageBuffer;
import org.fovea.network.page.PageChecksum;
import org.fovea.network.page.PageFormat;

/// A tensor of floats of a model as a store of pages: the file is mapped, nothing is copied to
/// another.
///
/// Opening reads the tensor once, holds it to finite numbers and keeps a checksum of each page;
/// whatever changes in the file later is noticed when its page is read.
///
/// **Threads** safe. **Cost** 4 bytes of memory a page.
final class TensorPages implements NeuronStore {

  private static final PageFormat FORMAT = new PageFormat("tensor", 1);

  private final String name;
  private final Arena arena;
  private final MemorySegment bytes;
  private final int pageBytes;
  private final int[] checksums;

  private TensorPages(
      String name, Arena arena, MemorySegment bytes, int pageBytes, int[] checksums) {
    this.name = name;
    this.arena = arena;
    this.bytes = bytes;
    this.pageBytes = pageBytes;
    this.checksums = checksums;
  }

  /// Maps a tensor.
  ///
  /// @param path of the file, for messages
  /// @param pageBytes length of a page; the last may be shorter
  /// @throws MalformedDataException if it has other numbers than finite ones of 32 bits
  static TensorPages open(SafetensorsFile file, String path, String tensor, int pageBytes) {
    TensorInfo info = file.source(tensor).requireType(ElementType.FLOAT32).info();
    if (info.type() != ElementType.FLOAT32) {
      throw new MalformedDataException(
          path,
          info.begin(),
          "tensor %s is %s; rows that are not in the heap must be %s"
              .formatted(tensor, info.type(), ElementType.FLOAT32));
    }
    Arena arena = Arena.ofShared();
    try {
      MemorySegment bytes = file.map(tensor, arena);
      int pages = Math.toIntExact((bytes.byteSize() + pageBytes - 1) / pageBytes);
      int[] checksums = new int[pages];
      TensorPages mapped = new TensorPages(path + ":" + tensor, arena, bytes, pageBytes, checksums);
      PageBuffer buffer = new PageBuffer();
      for (int page = 0; page < pages; page++) {
        mapped.copy(page, buffer);
        requireFinite(path, tensor, info.begin() + (long) page * pageBytes, buffer);
        checksums[page] = PageChecksum.of(page, buffer.bytes(), 0, buffer.length());
      }
      return mapped;
    } catch (RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  private static void requireFinite(String path, String tensor, long begin, PageBuffer page) {
    for (int at = 0; at < page.length(); at += Float.BYTES) {
      float value = page.floatAt(at);
      if (!Float.isFinite(value)) {
        throw new MalformedDataException(
            path, begin + at, "tensor %s has the value %s".formatted(tensor, value));
      }
    }
  }

  private void copy(long page, PageBuffer target) {
    long from = page * pageBytes;
    int length = (int) Math.min(pageBytes, bytes.byteSize() - from);
    target.resize(length);
    try {
      MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, from, target.bytes(), 0, length);
    } catch (InternalError e) {
      // how the virtual machine tells that a mapped file has lost its end
      throw new DamagedPageException(name, page, "the file became shorter").because(e);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public PageFormat format() {
    return FORMAT;
  }

  @Override
  public byte[] metadata() {
    return new byte[0];
  }

  @Override
  public boolean read(long page, PageBuffer target) {
    target.resize(0);
    if (page < 0 || page >= checksums.length) {
      return false;
    }
    copy(page, target);
    if (PageChecksum.of(page, target.bytes(), 0, target.length()) != checksums[(int) page]) {
      target.resize(0);
      throw new DamagedPageException(name, page, "the file has changed since the model was opened");
    }
    return true;
  }

  @Override
  public void forEachPage(LongConsumer action) {
    for (long page = 0; page < checksums.length; page++) {
      action.accept(page);
    }
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}

package org.fovea.text;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.fovea.MalformedDataException;
import org.fovea.model.tensor.ElementType;
import org.fovea.model.tensor.SafetensorsFile;

/// Names of patterns in a file of tensors that is mapped: nothing of them is in the heap.
///
/// **Shapes** as in [HeapPatternTable]; `nameStarts` may have 64 bits.
///
/// **Errors** where the file became shorter, an `InternalError` at some moment soon after, which
/// [#explained] tells of. **Threads** immutable, safe.
final class MappedPatternTable implements PatternTable {

  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final String path;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment starts;
  private final MemorySegment categories;
  private final MemorySegment kinds;
  private final MemorySegment nameStarts;
  private final MemorySegment names;
  private final boolean wide;

  /// Maps the table of a file.
  ///
  /// @param path what messages call the file
  /// @throws MalformedDataException if it has none
  MappedPatternTable(SafetensorsFile file, String path) {
    this.path = path;
    try {
      starts = map(file, "starts", ElementType.INT32);
      categories = map(file, "categories", ElementType.INT32);
      kinds = map(file, "kinds", ElementType.UINT8);
      wide = file.source("patterns.name-starts").info().type() == ElementType.INT64;
      nameStarts = map(file, "name-starts", wide ? ElementType.INT64 : ElementType.INT32);
      names = map(file, "names", ElementType.UINT8);
      long entries = entryCount();
      require(starts.byteSize() > 0, "starts");
      require(kinds.byteSize() == entries, "kinds");
      require(
          nameStarts.byteSize() == (entries + 1) * (wide ? Long.BYTES : Integer.BYTES),
          "name-starts");
    } catch (RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  private MemorySegment map(SafetensorsFile file, String name, ElementType type) {
    String tensor = "patterns." + name;
    file.source(tensor).requireType(type);
    MemorySegment mapped = file.map(tensor, arena);
    require(mapped.byteSize() / type.bytes() <= Integer.MAX_VALUE || name.equals("names"), name);
    return mapped;
  }

  private void require(boolean fits, String name) {
    if (!fits) {
      throw new MalformedDataException(
          path, 0, "tensor patterns.%s: it does not fit the others".formatted(name));
    }
  }

  @Override
  public int bound() {
    return (int) (starts.byteSize() / Integer.BYTES) - 1;
  }

  @Override
  public int entryCount() {
    return (int) (categories.byteSize() / Integer.BYTES);
  }

  @Override
  public int first(int neuron) {
    return neuron <= bound() ? starts.getAtIndex(INT, neuron) : entryCount();
  }

  @Override
  public int category(int entry) {
    return categories.getAtIndex(INT, entry);
  }

  @Override
  public byte kind(int entry) {
    return kinds.get(ValueLayout.JAVA_BYTE, entry);
  }

  @Override
  public long nameStart(int entry) {
    return wide ? nameStarts.getAtIndex(LONG, entry) : nameStarts.getAtIndex(INT, entry);
  }

  @Override
  public long nameBytes() {
    return names.byteSize();
  }

  @Override
  public void appendName(int entry, ByteRows to) {
    long start = nameStart(entry);
    to.append(names, start, Math.toIntExact(nameStart(entry + 1) - start));
  }

  @Override
  public String name(int entry) {
    long start = nameStart(entry);
    MemorySegment name = names.asSlice(start, nameStart(entry + 1) - start);
    return new String(name.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
  }

  @Override
  public RuntimeException explained(InternalError fault) {
    return new MalformedDataException(path, 0, "the file became shorter").because(fault);
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}

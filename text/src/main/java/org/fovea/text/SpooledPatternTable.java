package org.fovea.text;

import java.nio.file.Path;
import java.util.List;
import java.util.function.IntConsumer;
import org.fovea.data.make.Progress;
import org.fovea.model.tensor.ElementType;
import org.fovea.model.tensor.TensorData;
import org.fovea.model.tensor.TensorSink;
import org.fovea.model.tensor.Tensors;
import org.fovea.residency.spool.IntSpool;
import org.fovea.residency.spool.RecordSorter;

/// The table of patterns of a network that is built: first in a temporary file, then as tensors,
/// never in memory.
///
/// For each entry, in order: 1 if it is the first of its phrase, otherwise 0; its category; its
/// name as in [PackedName].
///
/// **Threads** confined.
final class SpooledPatternTable implements AutoCloseable {

  private static final int BLOCK = 1 << 13;
  private static final int READ_BYTES = 1 << 18;

  private final IntSpool spool;
  private int entryCount;
  private long nameBytes;

  SpooledPatternTable(Path folder) {
    spool = IntSpool.create(folder);
  }

  int entryCount() {
    return entryCount;
  }

  /// Adds an entry.
  ///
  /// @param first whether it is the first of its phrase; phrases come in the order of their ids
  /// @param record has the name, from `at` on
  void add(boolean first, int category, RecordSorter.Cursor record, int at) {
    spool.add(first ? 1 : 0);
    spool.add(category);
    int bytes = record.get(at);
    for (int i = 0; i < PackedName.length(bytes); i++) {
      spool.add(record.get(at + i));
    }
    entryCount++;
    nameBytes += bytes;
  }

  /// What is to be written.
  ///
  /// @param progress hears how many entries were written, each in four parts
  List<TensorData> tensors(NetworkFacts facts, Progress progress) {
    Passes passes = new Passes(progress);
    int words = facts.words();
    int neurons = facts.neurons();
    return List.of(
        tensor(
            "starts",
            ElementType.INT32,
            neurons + 1L,
            sink -> starts(passes, words, neurons, sink)),
        tensor("categories", ElementType.INT32, entryCount, sink -> categories(passes, sink)),
        tensor("kinds", ElementType.UINT8, entryCount, this::kinds),
        tensor("name-starts", ElementType.INT64, entryCount + 1L, sink -> nameStarts(passes, sink)),
        tensor("names", ElementType.UINT8, nameBytes, sink -> names(passes, sink)));
  }

  /// Writes a tensor.
  @FunctionalInterface
  private interface Writer {
    void write(TensorSink sink);
  }

  private static TensorData tensor(String name, ElementType type, long length, Writer writer) {
    return Tensors.of("patterns." + name, type, new long[] {length}, writer::write);
  }

  /// What is done with an entry.
  @FunctionalInterface
  private interface Entry {

    /// Takes an entry.
    ///
    /// @param bytes of the name; all numbers that pack them are to be read
    void take(int first, int category, int bytes, IntSpool.Reader name);
  }

  /// Goes through all entries, once for each tensor that is made of them.
  private final class Passes {

    private static final int TOLD = 1 << 14;

    private final Progress progress;
    private long done;

    Passes(Progress progress) {
      this.progress = progress;
    }

    void forEach(Entry entry) {
      IntSpool.Reader reader = spool.reader(0, spool.size(), READ_BYTES);
      while (reader.hasNext()) {
        entry.take(reader.next(), reader.next(), reader.next(), reader);
        if (++done % TOLD == 0) {
          progress.advanced("names stored", done / 4, entryCount);
        }
      }
    }
  }

  private static void pass(int bytes, IntSpool.Reader name) {
    for (int i = 1; i < PackedName.length(bytes); i++) {
      name.next();
    }
  }

  private void starts(Passes passes, int words, int neurons, TensorSink sink) {
    int[] entry = new int[1];
    int[] written = {words};
    IntBlock block = new IntBlock(sink);
    for (int word = 0; word < words; word++) {
      block.accept(0);
    }
    passes.forEach((first, _, bytes, name) -> {
      pass(bytes, name);
      if (first == 1) {
        block.accept(entry[0]);
        written[0]++;
      }
      entry[0]++;
    });
    for (int neuron = written[0]; neuron <= neurons; neuron++) {
      block.accept(entryCount);
    }
    block.end();
  }

  private void categories(Passes passes, TensorSink sink) {
    IntBlock block = new IntBlock(sink);
    passes.forEach((_, category, bytes, name) -> {
      pass(bytes, name);
      block.accept(category);
    });
    block.end();
  }

  private void kinds(TensorSink sink) {
    byte[] phrases = new byte[BLOCK];
    for (int left = entryCount; left > 0; left -= BLOCK) {
      sink.bytes(phrases, 0, Math.min(BLOCK, left));
    }
  }

  private void nameStarts(Passes passes, TensorSink sink) {
    long[] start = new long[1];
    passes.forEach((_, _, bytes, name) -> {
      pass(bytes, name);
      sink.longs(start, 0, 1);
      start[0] += bytes;
    });
    sink.longs(start, 0, 1);
  }

  private void names(Passes passes, TensorSink sink) {
    byte[] part = new byte[4];
    passes.forEach((_, _, bytes, name) -> {
      for (int left = bytes; left > 0; left -= 4) {
        int four = name.next();
        for (int i = 0; i < 4; i++) {
          part[i] = PackedName.part(four, i);
        }
        sink.bytes(part, 0, Math.min(4, left));
      }
    });
  }

  /// Numbers on their way to a tensor, some at a time.
  private static final class IntBlock implements IntConsumer {

    private final TensorSink sink;
    private final int[] values = new int[BLOCK];
    private int count;

    IntBlock(TensorSink sink) {
      this.sink = sink;
    }

    @Override
    public void accept(int value) {
      values[count++] = value;
      if (count == BLOCK) {
        end();
      }
    }

    void end() {
      sink.ints(values, 0, count);
      count = 0;
    }
  }

  @Override
  public void close() {
    spool.close();
  }
}

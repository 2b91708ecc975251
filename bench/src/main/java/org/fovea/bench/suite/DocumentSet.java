package org.fovea.bench.suite;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Documents of two lengths, and how many patterns are in each: what is measured where the patterns
/// themselves would not fit in memory.
final class DocumentSet {

  /// Documents of 300 and of 1,500 words.
  static final List<String> KINDS = List.of("short", "long");

  private static final int[] WORDS = {300, 1_500};

  private final List<int[][]> documents = new ArrayList<>();
  private final List<int[]> hits = new ArrayList<>();

  private DocumentSet() {}

  /// The next documents of a workload.
  ///
  /// @param count short ones; a fifth as many are long
  static DocumentSet of(PatternWorkload workload, int count) {
    DocumentSet set = new DocumentSet();
    for (int kind = 0; kind < WORDS.length; kind++) {
      int[][] some = new int[kind == 0 ? count : count / 5][];
      int[] found = new int[some.length];
      for (int d = 0; d < some.length; d++) {
        some[d] = workload.document(WORDS[kind]);
        found[d] = workload.phrases(some[d]);
      }
      set.documents.add(some);
      set.hits.add(found);
    }
    return set;
  }

  int count() {
    return KINDS.stream().mapToInt(this::count).sum();
  }

  int count(String kind) {
    return hits.get(KINDS.indexOf(kind)).length;
  }

  int[] document(String kind, int index) {
    return documents.get(KINDS.indexOf(kind))[index];
  }

  /// How many times patterns are in a document.
  int hits(String kind, int index) {
    return hits.get(KINDS.indexOf(kind))[index];
  }

  void write(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      for (int kind = 0; kind < WORDS.length; kind++) {
        out.writeInt(hits.get(kind).length);
        for (int d = 0; d < hits.get(kind).length; d++) {
          out.writeInt(hits.get(kind)[d]);
          for (int word : documents.get(kind)[d]) {
            out.writeInt(word);
          }
        }
      }
    }
  }

  static DocumentSet read(Path file) throws IOException {
    DocumentSet set = new DocumentSet();
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      for (int words : WORDS) {
        int[][] some = new int[in.readInt()][words];
        int[] found = new int[some.length];
        for (int d = 0; d < some.length; d++) {
          found[d] = in.readInt();
          for (int i = 0; i < words; i++) {
            some[d][i] = in.readInt();
          }
        }
        set.documents.add(some);
        set.hits.add(found);
      }
    }
    return set;
  }
}

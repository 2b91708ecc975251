package org.fovea.data.make;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.fovea.data.Batch;
import org.fovea.data.DataOptions;
import org.fovea.data.ExampleReader;
import org.fovea.data.Names;
import org.fovea.data.XcSource;

/// A made data set, read back.
record MadeData(Made made, List<Row> train, List<Row> test, Names names) {

  /// One example.
  record Row(List<Integer> labels, Map<Integer, Float> features) {}

  static MadeData read(Made made) {
    Names names =
        made.names().map(file -> Names.read(file, DataOptions.strict())).orElse(Names.none());
    return new MadeData(made, rows(made.train(), made), rows(made.test(), made), names);
  }

  private static List<Row> rows(Path file, Made made) {
    XcSource source =
        XcSource.open(
            file, DataOptions.strict().withCounts(made.featureCount(), made.labelCount()));
    List<Row> rows = new ArrayList<>();
    Batch batch = new Batch();
    try (ExampleReader reader = source.open()) {
      while (reader.read(batch, 1000) > 0) {
        for (int example = 0; example < batch.exampleCount(); example++) {
          rows.add(row(batch, example));
        }
        batch.clear();
      }
    }
    return rows;
  }

  private static Row row(Batch batch, int example) {
    Map<Integer, Float> features = new TreeMap<>();
    for (int at = batch.featureOffsets()[example]; at < batch.featureOffsets()[example + 1]; at++) {
      features.put(batch.features()[at], batch.values()[at]);
    }
    return new Row(
        Arrays.stream(
                batch.labels(), batch.labelOffsets()[example], batch.labelOffsets()[example + 1])
            .boxed()
            .toList(),
        features);
  }

  /// All examples.
  List<Row> rows() {
    return Stream.concat(train.stream(), test.stream()).toList();
  }

  /// The names of the features of an example.
  List<String> featureNames(Row row) {
    return row.features().keySet().stream().map(names.features()::get).toList();
  }

  /// The names of the labels of an example.
  List<String> labelNames(Row row) {
    return row.labels().stream().map(names.labels()::get).toList();
  }

  /// The bytes of all files of a data set, one after the other.
  static List<byte[]> bytes(Made made) throws IOException {
    List<byte[]> bytes = new ArrayList<>();
    bytes.add(Files.readAllBytes(made.train()));
    bytes.add(Files.readAllBytes(made.test()));
    if (made.names().isPresent()) {
      bytes.add(Files.readAllBytes(made.names().get()));
    }
    return bytes;
  }

  /// Whether two data sets are the same to the last byte.
  static boolean sameBytes(Made one, Made other) throws IOException {
    List<byte[]> bytes = bytes(one);
    List<byte[]> otherBytes = bytes(other);
    boolean same = bytes.size() == otherBytes.size();
    for (int index = 0; same && index < bytes.size(); index++) {
      same = Arrays.equals(bytes.get(index), otherBytes.get(index));
    }
    return same;
  }

  /// What lies in a folder, hidden files included.
  static List<String> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}

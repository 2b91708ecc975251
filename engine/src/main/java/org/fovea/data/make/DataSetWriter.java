package org.fovea.data.make;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.fovea.data.Batch;
import org.fovea.data.Names;
import org.fovea.data.XcWriter;

/// Writes the three files of a made data set, which appear when it is finished.
///
/// **Threads** confined. **Cost** a few hundred examples in memory.
final class DataSetWriter implements AutoCloseable {

  private static final int BATCH = 256;

  private final Path trainFile;
  private final Path testFile;
  private final Path namesFile;
  private final Names names;
  private final int featureCount;
  private final int labelCount;
  private final Batch batch = new Batch();
  private final XcWriter train;
  private final XcWriter test;
  private final Batch testBatch = new Batch();

  /// Begins a data set.
  ///
  /// @param folder where the files go; made if it is not there
  /// @param name what their names begin with
  /// @param names the names of all labels and features, or none
  /// @param featureCount how many features there are
  /// @param labelCount how many labels there are
  DataSetWriter(Path folder, String name, Names names, int featureCount, int labelCount) {
    this.names = names;
    this.featureCount = featureCount;
    this.labelCount = labelCount;
    trainFile = folder.resolve(name + "-train.txt.gz");
    testFile = folder.resolve(name + "-test.txt.gz");
    namesFile = folder.resolve(name + "-names.txt.gz");
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the folder " + folder, e);
    }
    train = XcWriter.create(trainFile, featureCount, labelCount);
    try {
      test = XcWriter.create(testFile, featureCount, labelCount);
    } catch (RuntimeException e) {
      train.close();
      throw e;
    }
  }

  /// Where to add the labels and features of the next example, ids ascending.
  Batch next(boolean forTest) {
    return forTest ? testBatch : batch;
  }

  /// Ends the example that was added to [#next].
  void endExample(boolean forTest) {
    Batch filled = next(forTest);
    filled.endExample(0);
    if (filled.exampleCount() == BATCH) {
      flush(forTest);
    }
  }

  private void flush(boolean forTest) {
    (forTest ? test : train).write(next(forTest));
    next(forTest).clear();
  }

  /// Makes the files appear.
  Made finish() {
    flush(false);
    flush(true);
    boolean named = !names.equals(Names.none());
    if (named) {
      names.write(namesFile);
    }
    test.finish();
    train.finish();
    return new Made(
        trainFile,
        testFile,
        named ? Optional.of(namesFile) : Optional.empty(),
        train.exampleCount(),
        test.exampleCount(),
        featureCount,
        labelCount);
  }

  @Override
  public void close() {
    try (train) {
      test.close();
    }
  }
}

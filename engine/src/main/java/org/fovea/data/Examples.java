package org.fovea.data;

import java.nio.file.Path;

/// A data set that can be read in any order, any number of times: in memory if it fits, in a file
/// otherwise.
///
/// **Threads** Safe: any number of readers may be open at once, each confined to its thread.
public sealed interface Examples extends AutoCloseable permits MemoryExamples, SpilledExamples {

  /// What the data set holds.
  DataSummary summary();

  /// Reads all examples in the order of the source.
  ExampleReader inOrder();

  /// Reads all examples in an order that the seed decides.
  ///
  /// For the same examples, [#orderName()] and seed the order is the same, so that reading can be
  /// resumed where it stopped.
  ///
  /// @param seed a new one for each pass
  /// @param skip examples of the order to leave out at its beginning, from 0 to all; costs no
  ///   reading of them
  ExampleReader shuffled(long seed, long skip);

  /// What the shuffled order depends on besides the seed; whoever resumes compares it.
  String orderName();

  /// Divides the examples, by a seeded draw, into those to train with and those to validate with.
  ///
  /// Nothing is copied, and ids stay those of the whole. The parts can be used until this is
  /// closed; closing a part does nothing.
  ///
  /// @param share of the examples to validate with, from 0 to 1, rounded to whole examples
  HoldOut holdOut(double share, long seed);

  /// Divides the examples into those to train with and those, listed, to validate with.
  ///
  /// Nothing but ids is copied; otherwise as [#holdOut(double, long)].
  ///
  /// @param ids of the examples to validate with, ascending; [Strata] draws them
  HoldOut holdOut(long[] ids);

  /// Releases memory and files. Readers that are open fail from then on.
  @Override
  void close();

  /// Two parts that together are the whole.
  ///
  /// @param training the larger part, as a rule
  /// @param validation the part held out
  record HoldOut(Examples training, Examples validation) {}

  /// Reads a source to its end. Examples of weight 0 are left out and counted.
  ///
  /// @param source what to read
  /// @param memoryBudgetBytes what the examples may take in memory; if they need more they are
  ///   written to a file in blocks, and half the budget serves to shuffle several blocks together
  /// @param spillDirectory where such a file goes, made if missing; files that a killed process
  ///   left there are removed
  /// @throws org.fovea.MalformedDataException if the source is malformed
  /// @throws IllegalArgumentException if the source delivers an example that does not fit what it
  ///   says of itself, or features or labels that do not ascend
  /// @throws java.io.UncheckedIOException if reading or writing fails
  static Examples load(ExampleSource source, long memoryBudgetBytes, Path spillDirectory) {
    return new ExamplesLoader(source, memoryBudgetBytes, spillDirectory, false).load();
  }

  /// Reads a source to its end as [#load] does, and keeps examples of weight 0: ids are places in
  /// the source.
  static Examples loadEvery(ExampleSource source, long memoryBudgetBytes, Path spillDirectory) {
    return new ExamplesLoader(source, memoryBudgetBytes, spillDirectory, true).load();
  }
}

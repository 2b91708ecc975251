package org.fovea.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// How a data file is to be read.
///
/// Start from [#strict()] and change what is needed: `DataOptions.strict().withSkipBad(true)`.
///
/// @param numbering the number of the first feature in plain libsvm text; files with a header count
///   from 0
/// @param skipBad leave malformed examples out and count them, instead of failing at the first
/// @param featureCount features that there are, when another file has decided it; a header may say
///   fewer
/// @param labelCount labels that there are, when another file has decided it; a header may say
///   fewer
/// @param labels the file of the labels of IDX images; without it the one beside the images
/// @param table how a table is to be read
/// @param classes what the labels of libsvm text are, in the order of their ids, when another file
///   has decided it and they are no ids
/// @param unknown what becomes of features and labels that there are not
/// @param maximumInflation unpacked bytes allowed for each packed one of a gzip file, after the
///   first 100 KiB
/// @param maximumEntryCount features, and labels, that one example may have; bounds the memory of
///   the reader
public record DataOptions(
    Numbering numbering,
    boolean skipBad,
    OptionalInt featureCount,
    OptionalInt labelCount,
    Optional<Path> labels,
    TableOptions table,
    Optional<List<String>> classes,
    UnknownEntries unknown,
    int maximumInflation,
    int maximumEntryCount) {

  private static final DataOptions STRICT =
      new DataOptions(
          Numbering.AUTO,
          false,
          OptionalInt.empty(),
          OptionalInt.empty(),
          Optional.empty(),
          TableOptions.detect(),
          Optional.empty(),
          UnknownEntries.refused(),
          100,
          1 << 22);

  /// Checks that counts are not negative and limits positive.
  public DataOptions {
    classes = classes.map(List::copyOf);
    if (featureCount.orElse(0) < 0 || labelCount.orElse(0) < 0) {
      throw new IllegalArgumentException(
          "0 or more features and labels were expected, "
              + featureCount.orElse(0)
              + " and "
              + labelCount.orElse(0)
              + " came");
    }
    if (maximumInflation < 1) {
      throw new IllegalArgumentException(
          "a limit on inflation of 1 or more was expected, " + maximumInflation + " came");
    }
    if (maximumEntryCount < 1) {
      throw new IllegalArgumentException(
          "a limit on the entries of an example of 1 or more was expected, "
              + maximumEntryCount
              + " came");
    }
  }

  /// The first malformed byte ends the reading; the numbering of libsvm is found out.
  public static DataOptions strict() {
    return STRICT;
  }

  /// These options with another numbering.
  public DataOptions withNumbering(Numbering numbering) {
    return new DataOptions(
        numbering,
        skipBad,
        featureCount,
        labelCount,
        labels,
        table,
        classes,
        unknown,
        maximumInflation,
        maximumEntryCount);
  }

  /// These options, leaving malformed examples out or not.
  public DataOptions withSkipBad(boolean skip) {
    return new DataOptions(
        numbering,
        skip,
        featureCount,
        labelCount,
        labels,
        table,
        classes,
        unknown,
        maximumInflation,
        maximumEntryCount);
  }

  /// These options with the features and labels that another file has decided.
  public DataOptions withCounts(int features, int labels) {
    return new DataOptions(
        numbering,
        skipBad,
        OptionalInt.of(features),
        OptionalInt.of(labels),
        this.labels,
        table,
        classes,
        unknown,
        maximumInflation,
        maximumEntryCount);
  }

  /// These options with a labels file for IDX images.
  public DataOptions withLabels(Path file) {
    return new DataOptions(
        numbering,
        skipBad,
        featureCount,
        labelCount,
        Optional.of(file),
        table,
        classes,
        unknown,
        maximumInflation,
        maximumEntryCount);
  }

  /// These options with others for tables.
  public DataOptions withTable(TableOptions table) {
    return new DataOptions(
        numbering,
        skipBad,
        featureCount,
        labelCount,
        labels,
        table,
        classes,
        unknown,
        maximumInflation,
        maximumEntryCount);
  }

  /// These options with the classes that the labels of libsvm text are.
  public DataOptions withClasses(List<String> known) {
    return new DataOptions(
        numbering,
        skipBad,
        featureCount,
        labelCount,
        labels,
        table,
        Optional.of(known),
        unknown,
        maximumInflation,
        maximumEntryCount);
  }

  /// These options with another fate of features and labels that there are not.
  public DataOptions withUnknown(UnknownEntries fate) {
    return new DataOptions(
        numbering,
        skipBad,
        featureCount,
        labelCount,
        labels,
        table,
        classes,
        fate,
        maximumInflation,
        maximumEntryCount);
  }

  /// These options with another limit on how far gzip may inflate.
  public DataOptions withMaximumInflation(int ratio) {
    return new DataOptions(
        numbering,
        skipBad,
        featureCount,
        labelCount,
        labels,
        table,
        classes,
        unknown,
        ratio,
        maximumEntryCount);
  }

  /// These options with another limit on the features, and labels, of an example.
  public DataOptions withMaximumEntryCount(int count) {
    return new DataOptions(
        numbering,
        skipBad,
        featureCount,
        labelCount,
        labels,
        table,
        classes,
        unknown,
        maximumInflation,
        count);
  }
}

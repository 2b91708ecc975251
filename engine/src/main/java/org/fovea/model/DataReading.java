package org.fovea.model;

import java.util.Locale;
import java.util.Optional;
import org.fovea.data.CifarSource;
import org.fovea.data.CsvSource;
import org.fovea.data.ExampleSource;
import org.fovea.data.IdxSource;
import org.fovea.data.Numbering;
import org.fovea.data.TableSchema;
import org.fovea.data.XcSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How the data was read that a model was trained on, so that other data is read alike.
///
/// @param format what the file was
/// @param numbering the number of the first feature; [Numbering#AUTO] where nobody knows or the
///   format leaves no choice
/// @param labelColumn of a table: position of the column of classes, counted from 0
/// @param labelName of a table with a header: what it calls that column
/// @param table of a table: what its columns are
public record DataReading(
    Format format,
    Numbering numbering,
    int labelColumn,
    Optional<String> labelName,
    Optional<TableSchema> table) {

  /// The key of the format in `model.json`.
  private static final String FORMAT = "format";

  /// The key of the first feature's number.
  private static final String INDEX_BASE = "index-base";

  /// The key of the column of classes, counted from 1.
  private static final String LABEL_COLUMN = "label-column";

  /// The key of its name.
  private static final String LABEL_NAME = "label-name";

  /// How data is read that is no table.
  public DataReading(Format format, Numbering numbering) {
    this(format, numbering, 0, Optional.empty(), Optional.empty());
  }

  /// How a table is read.
  public DataReading(TableSchema table) {
    this(Format.CSV, Numbering.AUTO, table.labelColumn(), table.labelName(), Optional.of(table));
  }

  /// Formats of files.
  public enum Format {
    /// Not kept: the model was written by an early Fovea, or its data was no file.
    UNKNOWN,
    /// Text with a header.
    XC,
    /// Text without one.
    LIBSVM,
    /// Text without one whose labels are numbers of any kind: the names of the model's labels.
    LIBSVM_CLASSES,
    /// Images of the MNIST family.
    IDX,
    /// Images of the CIFAR family.
    CIFAR,
    /// A table.
    CSV
  }

  /// Nothing is known.
  public static DataReading unknown() {
    return new DataReading(Format.UNKNOWN, Numbering.AUTO);
  }

  /// How a source is read.
  public static DataReading of(ExampleSource source) {
    return switch (source) {
      case XcSource text when text.announcedCount().isEmpty() ->
          new DataReading(
              text.classes().isPresent() ? Format.LIBSVM_CLASSES : Format.LIBSVM, text.numbering());
      case XcSource _ -> new DataReading(Format.XC, Numbering.AUTO);
      case IdxSource _ -> new DataReading(Format.IDX, Numbering.AUTO);
      case CifarSource _ -> new DataReading(Format.CIFAR, Numbering.AUTO);
      case CsvSource table -> new DataReading(table.schema());
      default -> unknown();
    };
  }

  /// Adds what is known to a section of `model.json`.
  void write(ObjectNode section) {
    if (format != Format.UNKNOWN) {
      section.put(FORMAT, format.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
    if (numbering != Numbering.AUTO) {
      section.put(INDEX_BASE, numbering == Numbering.FROM_ZERO ? 0 : 1);
    }
    if (format == Format.CSV) {
      section.put(LABEL_COLUMN, labelColumn + 1);
      labelName.ifPresent(name -> section.put(LABEL_NAME, name));
      table.ifPresent(schema -> TableSection.write(section, schema));
    }
  }

  /// What a section of `model.json` tells.
  ///
  /// @throws IllegalArgumentException naming the key, if it tells something else
  static DataReading read(JsonNode section) {
    Format format = format(section.path(FORMAT));
    if (format != Format.CSV) {
      return new DataReading(format, numbering(section.path(INDEX_BASE)));
    }
    int column = section.path(LABEL_COLUMN).asInt(0);
    if (column < 1) {
      throw new IllegalArgumentException("data.label-column: 1 or more was expected");
    }
    Optional<String> name =
        section.has(LABEL_NAME)
            ? Optional.of(section.path(LABEL_NAME).asString(""))
            : Optional.empty();
    return new DataReading(format, Numbering.AUTO, column - 1, name, Optional.empty());
  }

  /// The same with the columns of the table.
  DataReading withTable(TableSchema schema) {
    return new DataReading(format, numbering, labelColumn, labelName, Optional.of(schema));
  }

  private static Format format(JsonNode node) {
    if (node.isMissingNode()) {
      return Format.UNKNOWN;
    }
    return switch (node.asString("")) {
      case "xc" -> Format.XC;
      case "libsvm" -> Format.LIBSVM;
      case "libsvm-classes" -> Format.LIBSVM_CLASSES;
      case "idx" -> Format.IDX;
      case "cifar" -> Format.CIFAR;
      case "csv" -> Format.CSV;
      default ->
          throw new IllegalArgumentException(
              "data.format: xc, libsvm, libsvm-classes, idx, cifar or csv was expected");
    };
  }

  private static Numbering numbering(JsonNode node) {
    if (node.isMissingNode()) {
      return Numbering.AUTO;
    }
    return switch (node.isIntegralNumber() ? node.asInt(-1) : -1) {
      case 0 -> Numbering.FROM_ZERO;
      case 1 -> Numbering.FROM_ONE;
      default -> throw new IllegalArgumentException("data.index-base: 0 or 1 was expected");
    };
  }
}

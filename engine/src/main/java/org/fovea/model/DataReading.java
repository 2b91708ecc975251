package org.fovea.model;

import java.util.Locale;
import org.fovea.data.ExampleSource;
import org.fovea.data.IdxSource;
import org.fovea.data.Numbering;
import org.fovea.data.XcSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How the data was read that a model was trained on, so that other data is read alike.
///
/// @param format what the file was
/// @param numbering the number of the first feature; [Numbering#AUTO] where nobody knows or the
///   format leaves no choice
public record DataReading(Format format, Numbering numbering) {

  /// The key of the format in `model.json`.
  private static final String FORMAT = "format";

  /// The key of the first feature's number.
  private static final String INDEX_BASE = "index-base";

  /// Formats of files.
  public enum Format {
    /// Not kept: the model was written by an early Fovea, or its data was no file.
    UNKNOWN,
    /// Text with a header.
    XC,
    /// Text without one.
    LIBSVM,
    /// Images.
    IDX
  }

  /// Nothing is known.
  public static DataReading unknown() {
    return new DataReading(Format.UNKNOWN, Numbering.AUTO);
  }

  /// How a source is read.
  public static DataReading of(ExampleSource source) {
    return switch (source) {
      case XcSource text when text.announcedCount().isEmpty() ->
          new DataReading(Format.LIBSVM, text.numbering());
      case XcSource _ -> new DataReading(Format.XC, Numbering.AUTO);
      case IdxSource _ -> new DataReading(Format.IDX, Numbering.AUTO);
      default -> unknown();
    };
  }

  /// Adds what is known to a section of `model.json`.
  void write(ObjectNode section) {
    if (format != Format.UNKNOWN) {
      section.put(FORMAT, format.name().toLowerCase(Locale.ROOT));
    }
    if (numbering != Numbering.AUTO) {
      section.put(INDEX_BASE, numbering == Numbering.FROM_ZERO ? 0 : 1);
    }
  }

  /// What a section of `model.json` tells.
  ///
  /// @throws IllegalArgumentException naming the key, if it tells something else
  static DataReading read(JsonNode section) {
    return new DataReading(format(section.path(FORMAT)), numbering(section.path(INDEX_BASE)));
  }

  private static Format format(JsonNode node) {
    if (node.isMissingNode()) {
      return Format.UNKNOWN;
    }
    return switch (node.asString("")) {
      case "xc" -> Format.XC;
      case "libsvm" -> Format.LIBSVM;
      case "idx" -> Format.IDX;
      default -> throw new IllegalArgumentException("data.format: xc, libsvm or idx was expected");
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

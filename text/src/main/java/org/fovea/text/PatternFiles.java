package org.fovea.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.fovea.MalformedDataException;
import org.fovea.data.UnpackedFile;

/// Reads files of patterns: tables of names, or rules, packed by gzip or not.
///
/// A table has a pattern a line: the pattern, then its category, then its weight, separated by
/// tabs; the last two may be missing. Empty lines, and those that begin with `#` and a space, are
/// left out. A file whose name ends in `.rules` or `.rules.gz` has rules.
///
/// A file called `-` is standard input, which is given with [#standardInput].
///
/// **Errors** [MalformedDataException] with file, line and column. **Threads** confined.
public final class PatternFiles {

  private static final Path STANDARD_INPUT = Path.of("-");

  private static final int MOST_RULE_BYTES = 64 << 20;

  private final int maximumInflation;
  private final boolean skipBad;
  private final TreeMap<Long, String> tables = new TreeMap<>();
  private long lines;
  private long skipped;
  private long firstSkippedNumber = Long.MAX_VALUE;
  private String firstSkipped = "";
  private Optional<InputStream> standardInput = Optional.empty();

  /// @param maximumInflation unpacked bytes allowed for each packed one of a gzip file
  /// @param skipBad whether malformed lines of tables are left out and counted
  public PatternFiles(int maximumInflation, boolean skipBad) {
    this.maximumInflation = maximumInflation;
    this.skipBad = skipBad;
  }

  /// Says what a file called `-` is.
  public void standardInput(InputStream input) {
    standardInput = Optional.of(input);
  }

  private InputStream open(Path file, LongConsumer progress) {
    return file.equals(STANDARD_INPUT) && standardInput.isPresent()
        ? UnpackedFile.of(standardInput.get(), file.toString(), maximumInflation)
        : UnpackedFile.open(file, maximumInflation, progress);
  }

  /// A line of a table.
  ///
  /// @param number counted from 1 over all tables, one after the other
  public record Line(String pattern, String category, float weight, Place place, long number) {}

  /// What takes the lines of a table.
  @FunctionalInterface
  public interface Sink {

    /// Takes a line.
    ///
    /// @throws IllegalArgumentException if it is wrong; the place is added to the message
    void add(Line line);
  }

  /// Whether a file has rules, by its name.
  public static boolean hasRules(Path file) {
    String name = file.toString();
    return name.endsWith(".rules") || name.endsWith(".rules.gz");
  }

  /// Adds all patterns of a file to a builder.
  ///
  /// @param progress hears how many bytes of the file were read
  public void read(Path file, PatternNetworkBuilder builder, LongConsumer progress) {
    if (hasRules(file)) {
      builder.addRules(text(file), file.toString());
    } else {
      table(file, line -> builder.add(line.pattern(), line.category(), line.weight()), progress);
    }
  }

  /// Reads a file of rules as one text.
  public String text(Path file) {
    try (InputStream stream = open(file, _ -> {})) {
      byte[] bytes = stream.readNBytes(MOST_RULE_BYTES + 1);
      if (bytes.length > MOST_RULE_BYTES) {
        throw new MalformedDataException(
            file.toString(), MOST_RULE_BYTES, "at most 64 MB of rules were expected, more came");
      }
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      try {
        return StandardCharsets.UTF_8.newDecoder().decode(buffer).toString();
      } catch (CharacterCodingException e) {
        String before = new String(bytes, 0, buffer.position(), StandardCharsets.UTF_8);
        long line = before.chars().filter(letter -> letter == '\n').count() + 1;
        throw new MalformedDataException(
                file.toString(),
                line,
                before.length() - before.lastIndexOf('\n'),
                "UTF-8 was expected, other bytes came")
            .because(e);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": reading failed: " + e.getMessage(), e);
    }
  }

  /// Reads a table.
  ///
  /// @param progress hears how many bytes of the file were read
  public void table(Path file, Sink sink, LongConsumer progress) {
    Documents batch = new Documents();
    tables.put(lines, file.toString());
    try (DocumentReader reader =
        new DocumentReader(open(file, progress), file.toString(), !skipBad)) {
      while (reader.read(batch)) {
        for (int d = 0; d < batch.count(); d++) {
          long number = lines + batch.number(d) + 1;
          Place place = place(number);
          try {
            if (batch.isPart()) {
              throw place.malformed("a pattern was expected, a line of a million letters came");
            }
            line(new String(batch.text(), batch.start(d), batch.length(d)), number, sink);
          } catch (MalformedDataException e) {
            if (!skipBad) {
              throw e;
            }
            leaveOut(number, e);
          }
        }
      }
      lines += reader.documentCount();
    }
  }

  /// Where a line is.
  ///
  /// @param number counted from 1 over all tables
  Place place(long number) {
    Map.Entry<Long, String> table = tables.lowerEntry(number);
    return new Place(table.getValue(), number - table.getKey(), 1);
  }

  /// Whether malformed lines are left out.
  boolean skipsBad() {
    return skipBad;
  }

  /// Counts a line that is left out.
  void leaveOut(long number, MalformedDataException malformed) {
    skipped++;
    if (number < firstSkippedNumber) {
      firstSkippedNumber = number;
      firstSkipped = String.valueOf(malformed.getMessage());
    }
  }

  private void line(String text, long number, Sink sink) {
    Place place = place(number);
    if (text.isBlank() || text.startsWith("# ") || text.equals("#")) {
      return;
    }
    int broken = text.indexOf('\ufffd');
    if (broken >= 0) {
      throw at(place, broken).malformed("letters in UTF-8 were expected, others came");
    }
    int first = text.indexOf('\t');
    int second = first < 0 ? -1 : text.indexOf('\t', first + 1);
    int third = second < 0 ? -1 : text.indexOf('\t', second + 1);
    if (third >= 0) {
      throw at(place, third + 1)
          .malformed("a pattern, a category and a weight were expected, a fourth column came");
    }
    String pattern = (first < 0 ? text : text.substring(0, first)).strip();
    String category =
        first < 0 ? "" : text.substring(first + 1, second < 0 ? text.length() : second).strip();
    float weight = second < 0 ? 1 : weight(text.substring(second + 1), at(place, second + 1));
    try {
      sink.add(new Line(pattern, category, weight, place, number));
    } catch (IllegalArgumentException e) {
      throw place.malformed(String.valueOf(e.getMessage())).because(e);
    }
  }

  private static Place at(Place line, int index) {
    return new Place(line.file(), line.line(), index + 1L);
  }

  private static float weight(String text, Place place) {
    String number = text.strip();
    if (number.isEmpty()) {
      return 1;
    }
    try {
      float weight = Float.parseFloat(number);
      if (weight > 0 && weight <= Float.MAX_VALUE) {
        return weight;
      }
    } catch (NumberFormatException e) {
      throw place.malformed("a weight was expected, '%s' came".formatted(number)).because(e);
    }
    throw place.malformed(
        "a weight that is positive and finite was expected, '%s' came".formatted(number));
  }

  /// How many lines of tables were malformed and were left out.
  public long skippedCount() {
    return skipped;
  }

  /// What was wrong with the first of them.
  public String firstSkipped() {
    return firstSkipped;
  }
}

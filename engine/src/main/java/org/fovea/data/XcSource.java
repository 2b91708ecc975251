package org.fovea.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.fovea.MalformedDataException;

/// Text of the extreme-classification repository, or plain libsvm.
///
/// With a header `examples features labels` in the first line the file says itself how many there
/// are, its features are numbered from 0, every further line is an example, and content that
/// disagrees is an error. Without one, the file is read once to find the counts and, unless it was
/// given, the [Numbering]; what was found is in [#notices()]. A test file should be read with the
/// numbering and the counts of its training file:
/// `options.withNumbering(training.numbering()).withCounts(training.featureCount(),
/// training.labelCount())`, which also saves that reading.
///
/// A first line is taken for a header if it begins with a digit and has no colon, and otherwise for
/// an example of libsvm.
///
/// **Threads** Safe.
///
/// **Source** K. Bhatia et al., *The extreme classification repository*, 2016; C.-C. Chang and
/// C.-J. Lin, *LIBSVM: a library for support vector machines*, 2011. **Differs** from libsvm in
/// taking several labels, separated by commas. They are ids from 0 if all are whole and none has a
/// sign, and otherwise classes: numbers that are kept as they are written.
public final class XcSource implements ExampleSource {

  private final Content content;
  private final DataOptions options;
  private final XcLayout layout;
  private final Optional<List<String>> classes;
  private final List<String> notices;

  private XcSource(
      Content content,
      DataOptions options,
      XcLayout layout,
      Optional<List<String>> classes,
      List<String> notices) {
    this.content = content;
    this.options = options;
    this.layout = layout;
    this.classes = classes;
    this.notices = notices;
  }

  /// Reads the header of a file, or the whole file if it has none.
  ///
  /// @throws MalformedDataException if that fails
  public static XcSource open(Path file, DataOptions options) {
    return open(Content.of(file), options);
  }

  static XcSource open(Content content, DataOptions options) {
    try (ByteInput input = ByteInput.open(content, options)) {
      XcHeader header = new XcHeader(new TextLines(input));
      if (header.isPresent()) {
        XcLayout layout = header.read(options);
        return new XcSource(
            content, options, layout, Optional.empty(), notices(content, header, layout));
      }
    }
    LibsvmScan scan = new LibsvmScan(content, options);
    return new XcSource(content, options, scan.layout(), scan.classes(), scan.notices());
  }

  /// The bytes of the file.
  Content content() {
    return content;
  }

  private static List<String> notices(Content content, XcHeader header, XcLayout layout) {
    return header.hasFewer() && layout.announcedCount().orElse(0) > 0
        ? List.of(
            "%s: the header says fewer, but numbers are taken for those of %s features and %s labels"
                .formatted(content.name(), layout.featureCount(), layout.labelCount()))
        : List.of();
  }

  @Override
  public String name() {
    return content.name();
  }

  @Override
  public int featureCount() {
    return options.featureCount().orElse(layout.featureCount());
  }

  @Override
  public int labelCount() {
    return options.labelCount().orElse(layout.labelCount());
  }

  /// The number of the first feature in this file: never [Numbering#AUTO].
  public Numbering numbering() {
    return layout.firstFeature() == 0 ? Numbering.FROM_ZERO : Numbering.FROM_ONE;
  }

  /// What the labels are, in the order of their ids, if they are numbers of any kind (`-1`, `+1`,
  /// `1.5`) and no ids.
  public Optional<List<String>> classes() {
    return classes;
  }

  /// Examples that the header announces; empty for plain libsvm.
  public OptionalLong announcedCount() {
    return layout.announcedCount();
  }

  @Override
  public List<String> notices() {
    return notices;
  }

  @Override
  public ExampleReader open() {
    return open(content, options, layout);
  }

  static XcReader open(Content content, DataOptions options, XcLayout layout) {
    ByteInput input = ByteInput.open(content, options);
    try {
      TextLines lines = new TextLines(input);
      XcHeader header = new XcHeader(lines);
      boolean announced = layout.announcedCount().isPresent();
      if (header.isPresent() != announced || (announced && !header.read(options).equals(layout))) {
        throw new MalformedDataException(
            content.name(), 1, 1, "the header as it was before was expected, another came");
      }
      return new XcReader(lines, layout, options);
    } catch (RuntimeException | Error e) {
      input.close();
      throw e;
    }
  }
}

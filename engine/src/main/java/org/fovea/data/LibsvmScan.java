package org.fovea.data;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.fovea.MalformedDataException;

/// Reads plain libsvm text once to find what a header would have said.
///
/// Nothing is read if the options give both counts and the numbering. The file is read a second
/// time if a label comes that is a number but no id: then all its labels are classes, unless the
/// options say what they are.
///
/// **Threads** Confined.
final class LibsvmScan {

  private static final int SHOWN = 8;
  private static final int MOST_FRACTIONS = 20;

  private final Content content;
  private final DataOptions options;
  private final XcLayout layout;
  private final Optional<List<String>> classes;
  private final List<String> notices;

  // What a look at the file finds.
  private long exampleCount;
  private int smallest;
  private int features;
  private int labels;
  private Optional<ClassTexts> opened = Optional.empty();

  LibsvmScan(Content content, DataOptions options) {
    this.content = content;
    this.options = options;
    Numbering asked = options.numbering();
    if (asked != Numbering.AUTO
        && options.featureCount().isPresent()
        && options.labelCount().isPresent()) {
      layout =
          new XcLayout(
              asked == Numbering.FROM_ONE ? 1 : 0,
              options.featureCount().getAsInt(),
              options.labelCount().getAsInt(),
              OptionalLong.empty(),
              options.classes().map(ClassTexts::new),
              false);
      classes = options.classes();
      notices = List.of();
      return;
    }
    int readBase = asked == Numbering.FROM_ONE ? 1 : 0;
    Optional<ClassTexts> found = options.classes().map(ClassTexts::new);
    if (!look(readBase, found)) {
      found = Optional.of(new ClassTexts());
      look(readBase, found);
      requireClasses(found.get());
    }
    int base = asked == Numbering.AUTO && smallest > 0 && features > 0 ? 1 : readBase;
    int featureCount = options.featureCount().orElse(features - (base - readBase));
    classes = options.classes().or(() -> sorted());
    int labelCount = classes.map(List::size).orElse(options.labelCount().orElse(labels));
    layout =
        new XcLayout(
            base,
            featureCount,
            labelCount,
            OptionalLong.empty(),
            classes.map(ClassTexts::new),
            false);
    notices =
        List.of(
            "%s: no header; in %s examples found %s features numbered from %s%s, and %s"
                .formatted(
                    content.name(),
                    exampleCount,
                    features - (base - readBase),
                    base,
                    reason(base),
                    labelled()));
  }

  /// Many numbers with fractions are measured, and no names of anything.
  private void requireClasses(ClassTexts found) {
    if (found.count() > MOST_FRACTIONS && found.haveFractions()) {
      throw new MalformedDataException(
          content.name(),
          1,
          1,
          ("labels that are ids or classes were expected, %s different numbers with fractions in %s"
                  + " examples came: they look like a target of regression, which is not learned")
              .formatted(found.count(), exampleCount));
    }
  }

  private Optional<List<String>> sorted() {
    return opened.map(ClassTexts::sorted);
  }

  private String labelled() {
    if (classes.isEmpty()) {
      return labels + " labels";
    }
    List<String> all = classes.get();
    return "%s classes (%s%s)"
        .formatted(
            all.size(),
            String.join(", ", all.subList(0, Math.min(SHOWN, all.size()))),
            all.size() > SHOWN ? ", ..." : "");
  }

  /// Reads the file once.
  ///
  /// @return whether labels are what they were taken for; otherwise they are classes
  private boolean look(int firstFeature, Optional<ClassTexts> texts) {
    exampleCount = 0;
    smallest = Integer.MAX_VALUE;
    features = 0;
    labels = 0;
    opened = options.classes().isPresent() ? Optional.empty() : texts;
    try (XcReader reader = XcSource.open(content, options, XcLayout.scan(firstFeature, texts))) {
      Batch batch = new Batch();
      while (reader.read(batch, 1) > 0) {
        exampleCount++;
        if (batch.featureCount() > 0) {
          smallest = Math.min(smallest, batch.features()[0]);
          features = Math.max(features, batch.features()[batch.featureCount() - 1] + 1);
        }
        if (batch.labelCount() > 0) {
          labels = Math.max(labels, batch.labels()[batch.labelCount() - 1] + 1);
        }
        if (reader.sawClass()) {
          return false;
        }
        batch.clear();
      }
      return !reader.sawClass();
    }
  }

  private String reason(int base) {
    if (options.numbering() != Numbering.AUTO) {
      return " as asked";
    }
    if (features == 0) {
      return "";
    }
    return base == 0 ? " because there is a feature 0" : " because there is no feature 0";
  }

  /// What the rows of the file may hold.
  XcLayout layout() {
    return layout;
  }

  /// What labels are, if they are no ids.
  Optional<List<String>> classes() {
    return classes;
  }

  /// What was found and decided, for people.
  List<String> notices() {
    return notices;
  }
}

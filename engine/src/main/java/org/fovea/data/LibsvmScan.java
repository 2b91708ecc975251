package org.fovea.data;

import java.util.List;
import java.util.OptionalLong;

/// Reads plain libsvm text once to find what a header would have said.
///
/// Nothing is read if the options give both counts and the numbering.
///
/// **Threads** Confined.
final class LibsvmScan {

  private final XcLayout layout;
  private final List<String> notices;

  LibsvmScan(Content content, DataOptions options) {
    Numbering asked = options.numbering();
    if (asked != Numbering.AUTO
        && options.featureCount().isPresent()
        && options.labelCount().isPresent()) {
      layout =
          new XcLayout(
              asked == Numbering.FROM_ONE ? 1 : 0,
              options.featureCount().getAsInt(),
              options.labelCount().getAsInt(),
              OptionalLong.empty());
      notices = List.of();
      return;
    }
    int readBase = asked == Numbering.FROM_ONE ? 1 : 0;
    XcLayout open =
        new XcLayout(readBase, Integer.MAX_VALUE, Integer.MAX_VALUE, OptionalLong.empty());
    long exampleCount = 0;
    int smallest = Integer.MAX_VALUE;
    int features = 0;
    int labels = 0;
    try (ExampleReader reader = XcSource.open(content, options, open)) {
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
        batch.clear();
      }
    }
    int base = asked == Numbering.AUTO && smallest > 0 && features > 0 ? 1 : readBase;
    int featureCount = options.featureCount().orElse(features - (base - readBase));
    int labelCount = options.labelCount().orElse(labels);
    layout = new XcLayout(base, featureCount, labelCount, OptionalLong.empty());
    notices =
        List.of(
            "%s: no header; in %d examples found %d features numbered from %d%s, and %d labels"
                .formatted(
                    content.name(),
                    exampleCount,
                    features - (base - readBase),
                    base,
                    asked == Numbering.AUTO ? reason(base) : " as asked",
                    labels));
  }

  private static String reason(int base) {
    return base == 0 ? " because there is a feature 0" : " because there is no feature 0";
  }

  /// What the rows of the file may hold.
  XcLayout layout() {
    return layout;
  }

  /// What was found and decided, for people.
  List<String> notices() {
    return notices;
  }
}

package org.fovea.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.fovea.testkit.Seeds;

/// Examples that tests make up, and views of examples that tests compare.
final class MadeExamples {

  static final int LABELS = 5000;
  static final int FEATURES = 70_000;

  private MadeExamples() {}

  /// A source of random examples.
  static ExampleSource source(long seed, int count) {
    return new ListSource(batch(seed, count));
  }

  /// Random examples; some have no label, some no feature, and stretches have only ones for values.
  static Batch batch(long seed, int count) {
    SplittableRandom random = Seeds.fixed(seed);
    Batch batch = new Batch();
    for (int i = 0; i < count; i++) {
      int label = random.nextInt(4);
      while (label < LABELS && random.nextInt(4) > 0) {
        batch.addLabel(label);
        label += 1 + random.nextInt(LABELS);
      }
      int features = random.nextInt(50);
      boolean ones = i / 2000 % 2 == 0;
      int feature = random.nextInt(10);
      for (int k = 0; k < features && i % 100 != 7; k++, feature += 1 + random.nextInt(1000)) {
        batch.addFeature(feature, ones ? 1f : random.nextFloat());
      }
      batch.endExample(i);
    }
    return batch;
  }

  /// The same examples, most of them with weights, some of which are 0.
  static Batch weighted(Batch batch) {
    Batch weighted = new Batch();
    for (int i = 0; i < batch.exampleCount(); i++) {
      int features = batch.featureOffsets()[i];
      int labels = batch.labelOffsets()[i];
      weighted.appendFeatures(
          batch.features(), batch.values(), features, batch.featureOffsets()[i + 1] - features);
      weighted.appendLabels(batch.labels(), labels, batch.labelOffsets()[i + 1] - labels);
      weighted.endExample(i, i % 5 == 0 ? 0f : i % 7 == 0 ? 1f : 0.25f * (1 + i % 11));
    }
    return weighted;
  }

  /// A source over a batch.
  record ListSource(Batch batch) implements ExampleSource {
    @Override
    public String name() {
      return "list";
    }

    @Override
    public int featureCount() {
      return FEATURES;
    }

    @Override
    public int labelCount() {
      return LABELS;
    }

    @Override
    public ExampleReader open() {
      return new ExampleReader() {
        private int next;

        @Override
        public int read(Batch target, int limit) {
          int count = Math.min(limit, batch.exampleCount() - next);
          target.append(batch, next, count);
          next += count;
          return count;
        }

        @Override
        public long skippedCount() {
          return 3;
        }

        @Override
        public void close() {
          next = batch.exampleCount();
        }
      };
    }
  }

  static Batch readAll(ExampleReader reader, SplittableRandom random) {
    Batch all = new Batch();
    try (reader) {
      int before = 0;
      while (true) {
        int limit = 1 + random.nextInt(300);
        int count = reader.read(all, limit);
        assertThat(count).isBetween(0, limit);
        assertThat(all.exampleCount()).isEqualTo(before + count);
        before += count;
        if (count == 0) {
          return all;
        }
      }
    }
  }

  static Batch readAll(ExampleReader reader) {
    return readAll(reader, Seeds.fixed(1));
  }

  static List<Long> ids(Batch batch) {
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < batch.exampleCount(); i++) {
      ids.add(batch.exampleIds()[i]);
    }
    return ids;
  }

  /// Each example as text, by its id; fails if one comes twice.
  static Map<String, String> byId(Batch batch) {
    Map<String, String> examples = new HashMap<>();
    for (String line : TestContent.show(batch).lines().toList()) {
      String id = line.substring(0, line.indexOf('|'));
      assertThat(examples.put(id, line)).isNull();
    }
    return examples;
  }
}

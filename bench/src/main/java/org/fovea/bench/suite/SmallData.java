package org.fovea.bench.suite;

import java.util.SplittableRandom;
import org.fovea.data.Batch;
import org.fovea.data.Examples;
import org.fovea.data.MemoryExamples;

/// Data so small that all workers step the same rows all the time.
final class SmallData {

  private SmallData() {}

  /// Eighty rows of 12 features and no to three of 8 labels, which have nothing to do with them.
  static Examples severalLabels() {
    SplittableRandom random = new SplittableRandom(1);
    int[] counts = {0, 1, 1, 2, 3};
    Batch batch = new Batch();
    for (int e = 0; e < 80; e++) {
      for (int feature : draw(random, 12, 4)) {
        batch.addFeature(feature, 1f);
      }
      for (int label : draw(random, 7, counts[random.nextInt(counts.length)])) {
        batch.addLabel(label);
      }
      batch.endExample(e);
    }
    return MemoryExamples.of("eighty", batch, 12, 8);
  }

  private static int[] draw(SplittableRandom random, int of, int count) {
    return random.ints(0, of).distinct().limit(count).sorted().toArray();
  }

  /// Three hundred rows of 10 columns, of which three tell two classes apart, with noise.
  static Examples table() {
    SplittableRandom random = new SplittableRandom(2);
    Batch batch = new Batch();
    for (int e = 0; e < 300; e++) {
      double sum = 0;
      for (int feature = 0; feature < 10; feature++) {
        double value = random.nextGaussian();
        sum += feature < 3 ? value : 0;
        batch.addFeature(feature, (float) value);
      }
      batch.addLabel(sum + 0.3 * random.nextGaussian() > 0 ? 1 : 0);
      batch.endExample(e);
    }
    return MemoryExamples.of("table", batch, 10, 2);
  }
}

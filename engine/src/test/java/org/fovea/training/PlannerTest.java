package org.fovea.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.TreeSet;
import org.fovea.data.Batch;
import org.fovea.data.Examples;
import org.fovea.data.MemoryExamples;
import org.fovea.spec.InputSpec.Weighting;
import org.fovea.spec.Loss;
import org.fovea.spec.Selection;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

/// What is chosen for data of every shape.
class PlannerTest {

  /// Where the values of features come from.
  private interface Values {
    float draw(SplittableRandom random);
  }

  private static Examples data(
      int examples, int features, int perExample, int labels, Values values, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Batch batch = new Batch();
    for (int e = 0; e < examples; e++) {
      TreeSet<Integer> present = new TreeSet<>();
      while (present.size() < Math.min(features, perExample)) {
        present.add(random.nextInt(features));
      }
      present.forEach(feature -> batch.addFeature(feature, values.draw(random)));
      batch.addLabel(random.nextInt(labels));
      batch.endExample(e);
    }
    return MemoryExamples.of("made", batch, features, labels);
  }

  private static Weighting weighting(Examples data) {
    return Planner.plan(data, 1).network().input().weighting();
  }

  @Test
  void plansForDataOfAnyShape() {
    Seeds.repeat(
        60,
        random -> {
          int features = 1 + random.nextInt(200);
          int labels = 1 + random.nextInt(random.nextBoolean() ? 20 : 6_000);
          int examples = 1 + random.nextInt(500);
          Examples data =
              data(
                  examples,
                  features,
                  1 + random.nextInt(features),
                  labels,
                  r -> (float) r.nextGaussian(),
                  random.nextInt());
          Plan plan = Planner.plan(data, 3);
          assertThat(plan.training().seed()).isEqualTo(3);
          assertThat(plan.training().batch()).isBetween(8, 128);
          assertThat(plan.network().input().features()).isEqualTo(features);
          assertThat(plan.network().output().labels()).isEqualTo(labels);
          assertThat(plan.network().output().selection() instanceof Selection.All)
              .isEqualTo(labels < Planner.MANY_LABELS);
          assertThat(plan.reasons()).hasSizeGreaterThanOrEqualTo(4).doesNotContain("");
        });
  }

  @Test
  void takesEnoughStepsOverDataOfAnySize() {
    for (int examples : new int[] {41, 68, 133, 960, 5_000, 20_000}) {
      Plan plan = Planner.plan(data(examples, 50, 3, 4, _ -> 1f, 1), 1);
      long steps =
          plan.training().epochs() * Math.ceilDiv((long) examples, plan.training().batch());
      assertThat(steps).as("%d examples", examples).isGreaterThan(150);
      assertThat(plan.network().output().loss()).isInstanceOf(Loss.Softmax.class);
    }
  }

  @Test
  void weighsFeaturesByRarityOnlyWhereSomeAreRare() {
    // text, as counts
    assertThat(weighting(data(300, 2_000, 30, 5, r -> 1 + r.nextInt(9), 1)))
        .isEqualTo(Weighting.LOG_TF_IDF);
    // a table
    assertThat(weighting(data(300, 40, 40, 5, r -> 100 + 10f * r.nextInt(50), 1)))
        .isEqualTo(Weighting.STANDARD);
    // an image
    assertThat(weighting(data(300, 64, 50, 5, r -> r.nextFloat(), 1))).isEqualTo(Weighting.NONE);
  }

  @Test
  void readsSetsOfFeaturesWhereLabelsHaveExamplesToLearnFrom() {
    Values counts = r -> 1 + r.nextInt(9);
    assertThat(weighting(data(20_000, 500, 5, 5_000, counts, 1))).isEqualTo(Weighting.BINARY);
    assertThat(weighting(data(8_000, 500, 5, 5_000, counts, 1))).isEqualTo(Weighting.LOG_TF_IDF);
  }
}

package org.fovea.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.fovea.data.Batch;
import org.fovea.kernel.UnitBlock;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

class UnitSignalsTest {

  /// Wider than a tile of units.
  private static final int WIDEST = 20_000;

  @Test
  void bothWaysToTakeOverABatchGiveTheSameValues() {
    Seeds.repeat(
        40,
        random -> {
          int width = 1 + random.nextInt(random.nextBoolean() ? 40 : WIDEST);
          UnitSignals byUnit = new UnitSignals(width);
          UnitSignals inFull = new UnitSignals(width);
          Signals input = Signals.sparse(width);
          FeatureIndex index = new FeatureIndex(input);
          for (int batch = 0; batch < 3; batch++) {
            input.load(batch(random, width), 0, new Step(), new StreamRandom());
            index.inputChanged();
            byUnit.load(index.built(), input.examples());
            inFull.load(input);
            assertThat(byUnit.isSparse()).isTrue();
            assertThat(inFull.isSparse()).isFalse();
            assertSame(inFull.values(), byUnit.values());
          }
        });
  }

  @Test
  void takesOverFeaturesInAnyOrder() {
    Batch batch = new Batch();
    batch.addFeature(WIDEST - 1, 1f);
    batch.addFeature(0, 2f);
    batch.endExample(0);
    Signals input = Signals.sparse(WIDEST);
    input.load(batch, 0, new Step(), new StreamRandom());
    UnitSignals signals = new UnitSignals(WIDEST);
    signals.load(input);
    assertThat(signals.values().at(WIDEST - 1, 0)).isEqualTo(1f);
    assertThat(signals.values().at(0, 0)).isEqualTo(2f);
  }

  @Test
  void fewEntriesAreCheaperThanAllUnits() {
    UnitSignals signals = new UnitSignals(1_000);
    Signals input = Signals.sparse(1_000);
    input.load(examples(32, 10), 0, new Step(), new StreamRandom());
    assertThat(signals.wouldBeSparse(input)).isTrue();
    input.load(examples(32, 500), 0, new Step(), new StreamRandom());
    assertThat(signals.wouldBeSparse(input)).isFalse();
  }

  private static void assertSame(UnitBlock actual, UnitBlock expected) {
    assertThat(actual.units()).isEqualTo(expected.units());
    assertThat(actual.batch()).isEqualTo(expected.batch());
    for (int unit = 0; unit < expected.units(); unit++) {
      for (int example = 0; example < expected.batch(); example++) {
        assertThat(actual.at(unit, example)).isEqualTo(expected.at(unit, example));
      }
    }
  }

  private static Batch examples(int count, int features) {
    Batch batch = new Batch();
    for (int example = 0; example < count; example++) {
      for (int feature = 0; feature < features; feature++) {
        batch.addFeature(feature, 1f);
      }
      batch.endExample(example);
    }
    return batch;
  }

  private static Batch batch(SplittableRandom random, int width) {
    Batch batch = new Batch();
    int count = 1 + random.nextInt(40);
    for (int example = 0; example < count; example++) {
      double share = random.nextInt(3) / 2.0;
      for (int feature = 0; feature < width; feature++) {
        if (random.nextDouble() < share) {
          batch.addFeature(feature, random.nextFloat());
        }
      }
      batch.endExample(example);
    }
    return batch;
  }
}

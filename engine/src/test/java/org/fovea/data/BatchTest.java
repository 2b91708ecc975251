package org.fovea.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

class BatchTest {

  @Test
  void holdsExamplesInCompressedRows() {
    Batch batch = new Batch(0, 0);
    batch.addLabel(3);
    batch.addFeature(1, 0.5f);
    batch.addFeature(4, 2f);
    batch.endExample(70);
    batch.endExample(71);
    batch.addFeature(9, 1f);
    batch.endExample(72);
    assertThat(batch.exampleCount()).isEqualTo(3);
    assertThat(batch.featureCount()).isEqualTo(3);
    assertThat(batch.labelCount()).isEqualTo(1);
    assertThat(batch.featureOffsets()).startsWith(0, 2, 2, 3);
    assertThat(batch.features()).startsWith(1, 4, 9);
    assertThat(batch.values()).startsWith(0.5f, 2f, 1f);
    assertThat(batch.labelOffsets()).startsWith(0, 1, 1, 1);
    assertThat(batch.labels()).startsWith(3);
    assertThat(batch.exampleIds()).startsWith(70, 71, 72);
    batch.clear();
    assertThat(batch.exampleCount()).isZero();
    assertThat(batch.featureCount()).isZero();
    assertThat(batch.labelCount()).isZero();
    assertThat(batch.openFeatureCount()).isZero();
  }

  @Test
  void dropsTheExampleThatIsBeingBuilt() {
    Batch batch = new Batch();
    batch.addLabel(1);
    batch.endExample(0);
    batch.addLabel(2);
    batch.addFeature(3, 4);
    assertThat(batch.openFeatureCount()).isEqualTo(1);
    assertThat(batch.openLabelCount()).isEqualTo(1);
    assertThat(batch.featureCount()).isZero();
    batch.dropExample();
    assertThat(batch.openFeatureCount()).isZero();
    assertThat(batch.openLabelCount()).isZero();
    batch.addFeature(5, 6);
    batch.endExample(1);
    assertThat(TestContent.show(batch)).isEqualTo("0|1|\n1||5:6.0\n");
  }

  @Test
  void appendsRangesOfOtherBatches() {
    Seeds.repeat(
        300,
        random -> {
          Batch source = MadeExamples.batch(random.nextLong(), 50);
          List<String> lines = TestContent.show(source).lines().toList();
          Batch target = new Batch(0, 0);
          StringBuilder expected = new StringBuilder();
          for (int i = 0; i < 5; i++) {
            int from = random.nextInt(51);
            int count = random.nextInt(51 - from);
            target.append(source, from, count);
            for (int k = from; k < from + count; k++) {
              expected.append(lines.get(k)).append('\n');
            }
          }
          assertThat(TestContent.show(target)).isEqualTo(expected.toString());
        });
  }

  @Test
  void refusesToAppendBehindAnUnfinishedExample() {
    Batch batch = new Batch();
    Batch other = MadeExamples.batch(1, 2);
    batch.addLabel(1);
    assertThatThrownBy(() -> batch.append(other, 0)).isInstanceOf(IllegalStateException.class);
    batch.dropExample();
    batch.append(other, 1);
    assertThatThrownBy(() -> batch.append(other, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> new Batch(-1, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}

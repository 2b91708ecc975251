package org.fovea.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fovea.data.MadeExamples.FEATURES;
import static org.fovea.data.MadeExamples.LABELS;
import static org.fovea.data.MadeExamples.batch;
import static org.fovea.data.MadeExamples.byId;
import static org.fovea.data.MadeExamples.ids;
import static org.fovea.data.MadeExamples.readAll;
import static org.fovea.data.MadeExamples.source;

import java.nio.file.Path;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

class MemoryExamplesTest extends ExamplesContract {

  @Override
  Examples load(ExampleSource source) {
    Examples examples = Examples.load(source, Long.MAX_VALUE, Path.of("never made"));
    assertThat(examples).isInstanceOf(MemoryExamples.class);
    assertThat(Path.of("never made")).doesNotExist();
    return examples;
  }

  @Test
  void copiesAnyExample() {
    Batch batch = batch(20, 9_000);
    MemoryExamples examples = (MemoryExamples) load(new MadeExamples.ListSource(batch));
    Seeds.repeat(
        2_000,
        random -> {
          int example = random.nextInt(9_000);
          Batch copied = new Batch();
          examples.copy(example, copied);
          Batch expected = new Batch();
          expected.append(batch, example);
          assertThat(TestContent.show(copied)).isEqualTo(TestContent.show(expected));
        });
    assertThatThrownBy(() -> examples.copy(9_000, new Batch()))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void copiesAnyExampleOfAPart() {
    MemoryExamples part = (MemoryExamples) load(source(21, 1_000)).holdOut(0.2, 5).validation();
    Batch copied = new Batch();
    for (int i = 0; i < 200; i++) {
      part.copy(i, copied);
    }
    assertThat(byId(copied)).isEqualTo(byId(readAll(part.inOrder())));
    assertThatThrownBy(() -> part.copy(200, copied)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void holdsTheExamplesOfABatch() {
    Batch batch = batch(22, 100);
    Batch tail = new Batch();
    tail.append(batch, 60, 40);
    MemoryExamples examples = MemoryExamples.of("tail", tail, FEATURES, LABELS);
    Batch read = readAll(examples.inOrder());
    assertThat(ids(read)).startsWith(0L, 1L).endsWith(39L);
    assertThat(read.featureCount()).isEqualTo(tail.featureCount());
    assertThat(tail.exampleIds()[0]).isEqualTo(60);
  }

  @Test
  void holdsNoExamples() {
    MemoryExamples examples = MemoryExamples.of("none", new Batch(), 3, 2);
    assertThat(examples.summary().exampleCount()).isZero();
    assertThat(examples.summary().featuresPerExample()).isZero();
    assertThat(examples.summary().labelsPerExample()).isZero();
    assertThat(readAll(examples.inOrder()).exampleCount()).isZero();
    assertThat(readAll(examples.shuffled(1, 0)).exampleCount()).isZero();
    assertThat(readAll(examples.holdOut(0.5, 1).validation().inOrder()).exampleCount()).isZero();
  }

  @Test
  void namesItsOrder() {
    assertThat(load(source(1, 10)).orderName()).isEqualTo("memory");
  }
}

package org.fovea.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.fovea.spec.Activation;
import org.fovea.spec.BucketPolicy;
import org.fovea.spec.HashFamily;
import org.fovea.spec.LayerSpec;
import org.fovea.spec.Rehash;
import org.fovea.spec.Retrieval;
import org.fovea.spec.Selection;
import org.fovea.spec.Sharing;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

final class NeuronChoiceTest {

  @Test
  void keepsTheBestOfTheComputedNeurons() {
    Seeds.repeat(
        300,
        random -> {
          int kept = 1 + random.nextInt(20);
          int count = random.nextInt(60);
          int begin = random.nextInt(5);
          int[] indices = IntStream.range(0, begin + count).map(i -> 7 * i).toArray();
          float[] entries = entries(begin + count, random);
          float[] before = entries.clone();

          int end = choice(kept).keepBest(indices, entries, begin, begin + count);

          assertThat(end - begin).isEqualTo(Math.min(kept, count));
          float[] best = Arrays.copyOfRange(before, begin, begin + count);
          Arrays.sort(best);
          float[] found = Arrays.copyOfRange(entries, begin, end);
          Arrays.sort(found);
          assertThat(found).isEqualTo(Arrays.copyOfRange(best, count - found.length, count));
          for (int i = begin; i < end; i++) {
            assertThat(entries[i]).isEqualTo(before[indices[i] / 7]);
          }
          assertThat(Arrays.stream(indices, begin, end).distinct().count()).isEqualTo(end - begin);
        });
  }

  private static float[] entries(int count, SplittableRandom random) {
    float[] entries = new float[count];
    for (int i = 0; i < count; i++) {
      entries[i] = random.nextInt(30) - 15;
    }
    return entries;
  }

  private static NeuronChoice choice(int kept) {
    return new NeuronChoice(
        new LayerSpec.Dense(
            500,
            new Activation.Relu(),
            1,
            0,
            new Selection.Lsh(
                new HashFamily.SimHash(true),
                4,
                4,
                new BucketPolicy.Unbounded(),
                new Retrieval.Best(80, kept),
                Optional.empty(),
                new Rehash.Incremental(10),
                Sharing.EXAMPLE)));
  }
}

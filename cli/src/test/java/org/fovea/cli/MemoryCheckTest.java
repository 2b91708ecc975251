package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.fovea.data.Batch;
import org.fovea.data.Examples;
import org.fovea.data.MemoryExamples;
import org.fovea.spec.Activation;
import org.fovea.spec.Direct;
import org.fovea.spec.Evolution;
import org.fovea.spec.LayerSpec;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.OutputSpec;
import org.fovea.spec.Selection;
import org.fovea.spec.Topology;
import org.fovea.training.Plan;
import org.fovea.training.Planner;
import org.fovea.training.RunOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What is advised where memory is too small.
@Timeout(20)
class MemoryCheckTest {

  private static final Examples DATA = data();
  private static final Plan PLAN = Planner.plan(DATA, 1);

  private static Examples data() {
    Batch batch = new Batch();
    for (int e = 0; e < 40; e++) {
      batch.addFeature(e % 10, 1f);
      batch.addLabel(e % 4);
      batch.endExample(e);
    }
    return MemoryExamples.of("made", batch, 1_000, 400);
  }

  private static NetworkSpec network(LayerSpec layer) {
    OutputSpec output = PLAN.network().output();
    return new NetworkSpec(
        PLAN.network().input(),
        List.of(layer),
        new OutputSpec(
            output.labels(),
            output.loss(),
            new Selection.All(),
            0,
            new Direct.None(),
            output.initialization(),
            Optional.empty()));
  }

  private static void require(NetworkSpec network, long heap) {
    new MemoryCheck(DATA.summary(), 1_000, RunOptions.threads(1), heap)
        .require(new Configuration.Specs(network, PLAN.training()));
  }

  @Test
  void advisesNarrowerDenseLayers() {
    LayerSpec wide = new LayerSpec.Dense(50_000, new Activation.Relu(), 1, 0, new Selection.All());
    assertThatThrownBy(() -> require(network(wide), 200_000_000))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("--hidden ");
  }

  /// `--hidden` makes dense layers: nothing for who asked for sparse ones.
  @Test
  void advisesNoDenseLayersInPlaceOfSparseOnes() {
    LayerSpec sparse =
        new LayerSpec.Sparse(
            50_000,
            new Activation.Relu(),
            1,
            0,
            new Topology.ErdosRenyi(20),
            Evolution.Preset.STATIC);
    assertThatThrownBy(() -> require(network(sparse), 1_000_000))
        .isInstanceOf(CommandException.class)
        .hasMessageNotContaining("--hidden");
  }
}

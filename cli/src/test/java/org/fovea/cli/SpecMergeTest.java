package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.fovea.model.json.Json;
import org.fovea.model.json.SpecJson;
import org.fovea.spec.Averaging;
import org.fovea.spec.Balancing;
import org.fovea.spec.Clipping;
import org.fovea.spec.Direct;
import org.fovea.spec.InputSpec;
import org.fovea.spec.LayerSpec;
import org.fovea.spec.Loss;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.Optimizer;
import org.fovea.spec.OutputSpec;
import org.fovea.spec.Schedule;
import org.fovea.spec.Selection;
import org.fovea.spec.Stopping;
import org.fovea.spec.TrainSpec;
import org.junit.jupiter.api.Test;

class SpecMergeTest {

  private static final TrainSpec TRAINING =
      new TrainSpec(
          3,
          64,
          new Optimizer.RowAdagrad(1e-3),
          new Schedule.Linear(0.05, 0.1, 0),
          1,
          1e-6,
          0,
          new Clipping.None(),
          new Averaging.None(),
          new Balancing.None(),
          new Stopping.Never(),
          false,
          7);

  private static final NetworkSpec NETWORK =
      new NetworkSpec(
          new InputSpec(10, InputSpec.Weighting.UNIT, 0),
          List.of(),
          new OutputSpec(
              5,
              new Loss.Softmax(),
              new Selection.All(),
              0,
              new Direct.CoOccurring(2, 9, 0),
              OutputSpec.Initialization.ZERO));

  private static <T> T over(T below, String above, Class<T> type) {
    return SpecJson.read(
        SpecMerge.over(
            SpecJson.write(below, type),
            Json.parseObject(above.getBytes(StandardCharsets.UTF_8), "test"),
            type),
        type);
  }

  @Test
  void keepsWhatIsNotSaid() {
    assertThat(over(TRAINING, "{}", TrainSpec.class)).isEqualTo(TRAINING);
    assertThat(over(NETWORK, "{\"output\": {}}", NetworkSpec.class)).isEqualTo(NETWORK);
  }

  @Test
  void changesOneKeyOfAMemberOfTheSameKind() {
    TrainSpec merged =
        over(TRAINING, "{\"schedule\": {\"linear\": {\"warmup\": 0.5}}}", TrainSpec.class);
    assertThat(merged.schedule()).isEqualTo(new Schedule.Linear(0.05, 0.5, 0));
  }

  @Test
  void keepsTheKeysThatAnotherKindOfScheduleHasToo() {
    TrainSpec merged = over(TRAINING, "{\"schedule\": {\"cosine\": null}}", TrainSpec.class);
    assertThat(merged.schedule()).isEqualTo(new Schedule.Cosine(0.05, 0.1, 0));
    merged = over(TRAINING, "{\"schedule\": \"constant\"}", TrainSpec.class);
    assertThat(merged.schedule()).isEqualTo(new Schedule.Constant(0.05));
  }

  @Test
  void takesTheUsualKeysOfAnotherKindOfOptimizer() {
    TrainSpec merged = over(TRAINING, "{\"optimizer\": \"adam\"}", TrainSpec.class);
    assertThat(merged.optimizer()).isEqualTo(Optimizer.Adam.defaults());
    merged = over(TRAINING, "{\"optimizer\": {\"momentum\": {\"decay\": 0.5}}}", TrainSpec.class);
    assertThat(merged.optimizer()).isEqualTo(new Optimizer.Momentum(0.5, false));
  }

  @Test
  void takesTheUsualKeysInsideOfKinds() {
    NetworkSpec merged =
        over(
            NETWORK,
            """
            {"hidden": [{"dense": {"neurons": 64, "selection": {"lsh": {"tables": 5}}}}],
             "output": {"selection": {"lsh": {"family": "clusters", "rehash": "background"}}}}
            """,
            NetworkSpec.class);
    LayerSpec.Dense layer = (LayerSpec.Dense) merged.hidden().getFirst();
    assertThat(layer.neurons()).isEqualTo(64);
    assertThat(((Selection.Lsh) layer.selection()).tables()).isEqualTo(5);
    Selection.Lsh labels = (Selection.Lsh) merged.output().selection();
    assertThat(labels.family().getClass().getSimpleName()).isEqualTo("Clusters");
    assertThat(labels.padding()).isEmpty();
  }

  @Test
  void readsKeysInCamelCaseToo() {
    TrainSpec merged = over(TRAINING, "{\"directRate\": 4, \"weightDecay\": 0.1}", TrainSpec.class);
    assertThat(merged.directRate()).isEqualTo(4);
    assertThat(merged.weightDecay()).isEqualTo(0.1);
  }

  @Test
  void replacesAMemberWithoutKeys() {
    NetworkSpec merged =
        over(
            NETWORK,
            "{\"output\": {\"loss\": \"logistic\", \"direct\": \"co-occurring\"}}",
            NetworkSpec.class);
    assertThat(merged.output().loss()).isEqualTo(new Loss.Logistic());
    assertThat(merged.output().direct()).isEqualTo(new Direct.CoOccurring(2, 9, 0));
  }
}

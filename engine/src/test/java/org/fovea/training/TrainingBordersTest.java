package org.fovea.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fovea.data.Batch;
import org.fovea.data.Examples;
import org.fovea.data.MemoryExamples;
import org.fovea.model.Model;
import org.fovea.network.Network;
import org.fovea.spec.Loss;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.Optimizer;
import org.fovea.spec.Selection;
import org.fovea.spec.TrainSpec;
import org.fovea.training.metric.MeasureSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What training and measuring do with data that the network cannot read, and with a directory that
/// is taken.
class TrainingBordersTest {

  private static final NetworkSpec NETWORK = Runs.network(new Selection.All(), new Loss.Softmax());
  private static final TrainSpec TRAINING = Runs.training(1, new Optimizer.Sgd(), true);
  private static final Examples DATA = Runs.examples(60, 1);

  @TempDir private Path folder;

  private static TrainingRun run(TrainingRun.Setup setup) {
    return new TrainingRun(setup, _ -> {}, Runs.clocks());
  }

  private TrainingRun.Setup setup(Examples data) {
    return Runs.setup(NETWORK, TRAINING, data, 1, folder.resolve("model"));
  }

  private static Examples examples(int features, int labels, int count, boolean labelled) {
    Batch batch = new Batch();
    for (int e = 0; e < count; e++) {
      batch.addFeature(e, 1f);
      if (labelled) {
        batch.addLabel(e);
      }
      batch.endExample(e);
    }
    return MemoryExamples.of("made", batch, features, labels);
  }

  @Test
  void refusesExamplesThatTheNetworkHasNoRoomFor() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run(setup(examples(301, 200, 5, true))))
        .withMessage(
            "made: examples of at most the 300 features of the network were expected, of"
                + " 301 came");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run(setup(examples(300, 201, 5, true))))
        .withMessageContaining("the 200 labels of the network were expected, of 201 came");
  }

  @Test
  void refusesToLearnFromNothing() {
    assertThatThrownBy(() -> run(setup(examples(300, 200, 5, false))))
        .isInstanceOf(TrainingException.class)
        .hasMessage("made: no example has a label, so there is nothing to learn");
    assertThatThrownBy(() -> run(setup(examples(300, 200, 0, true))))
        .isInstanceOf(TrainingException.class)
        .hasMessage("made: there are no examples to train on");
  }

  @Test
  void measuresOnlyWhatTheNetworkHas() {
    try (Network network = run(setup(DATA)).run(false).network()) {
      Evaluator wide = new Evaluator(examples(301, 200, 5, true), MeasureSpec.at(1), 1);
      assertThatIllegalArgumentException().isThrownBy(() -> wide.evaluate(network));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Evaluator(DATA, MeasureSpec.at(1), 0))
          .withMessage("1 to 1,024 threads were expected, 0 came");
    }
  }

  @Test
  void replacesAModelOnlyIfAsked() throws IOException {
    run(setup(DATA)).run(false).network().close();
    byte[] before = Files.readAllBytes(folder.resolve("model/model.json"));
    assertThatThrownBy(() -> run(setup(DATA)).run(false))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("there is a model already");
    assertThat(Files.readAllBytes(folder.resolve("model/model.json"))).isEqualTo(before);
    TrainingRun.Setup again = setup(Runs.examples(70, 2));
    run(replacing(again)).run(false).network().close();
    try (Model model = Model.open(folder.resolve("model"))) {
      assertThat(model.info().data().examples()).isEqualTo(70);
    }
  }

  private static TrainingRun.Setup replacing(TrainingRun.Setup setup) {
    return new TrainingRun.Setup(
        setup.network(),
        setup.training(),
        setup.data(),
        setup.validation(),
        setup.names(),
        setup.options().replacing(),
        setup.directory(),
        setup.warmStart());
  }

  @Test
  void replacesAnUnfinishedRunOnlyIfAsked() {
    TrainingRun[] running = new TrainingRun[1];
    running[0] =
        new TrainingRun(
            setup(Runs.examples(2_000, 1)),
            event -> {
              if (event instanceof TrainEvent.CheckpointWritten) {
                running[0].requestStop();
              }
            },
            Runs.clocks());
    TrainingRun.Outcome stopped = running[0].run(false);
    stopped.network().close();
    assertThat(stopped.finished()).isFalse();
    assertThatThrownBy(() -> run(setup(DATA)).run(false))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("there is an unfinished run already");
    run(replacing(setup(DATA))).run(false).network().close();
    // the checkpoint of the other run is gone: nobody resumes from it
    assertThatThrownBy(() -> run(setup(DATA)).run(true))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("no checkpoint to resume from");
  }
}

package org.fovea.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fovea.data.make.JdkCalls;
import org.fovea.data.make.Made;
import org.fovea.model.Model;
import org.fovea.model.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/// `fovea demo`: the main job on real data that every machine with a JDK has.
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Shows the main job on real data, with no download.",
      "Reads the classes of the running JDK, trains a network that predicts which methods a method"
          + " calls, measures it on methods that it has not seen, and shows some of them."
    })
final class DemoCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final DemoOptions options = new DemoOptions();

  @Option(names = "--epochs", paramLabel = "N", description = "passes over the data")
  private Optional<Integer> epochs = Optional.empty();

  @Option(
      names = "--show",
      paramLabel = "N",
      description = "how many examples to show (default: 6)")
  private int shown = 6;

  @Option(names = "--threads", paramLabel = "N", description = "threads (default: all processors)")
  private Optional<Integer> threads = Optional.empty();

  @Option(names = "--json", description = "print the measures as JSON")
  private boolean json;

  DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    long start = System.nanoTime();
    Path folder = options.folder("jdk-calls");
    Made data = make(folder);
    Path model = folder.resolve("model");
    say("2. Training a network with %s output neurons".formatted(Sizes.count(data.labelCount())));
    Optional<TrainingResult> result = train(data, model);
    if (result.isEmpty()) {
      return 0;
    }
    if (json) {
      result.get().print(true, console);
      return 0;
    }
    show(data, model, result.get());
    console.result("");
    console.result(
        "In all %s. Next:".formatted(Sizes.duration(Duration.ofNanos(System.nanoTime() - start))));
    next(data, model).forEach(console::result);
    return 0;
  }

  private void say(String line) {
    console.say("");
    console.say(line);
  }

  private Made make(Path folder) {
    say(
        "1. Reading the classes of this JDK (%s): which methods does a method call?"
            .formatted(Runtime.version()));
    try (MakingProgress progress = new MakingProgress(console)) {
      Files.createDirectories(folder);
      JdkCalls.Options making =
          JdkCalls.Options.usual().withModules(options.modules()).withSeed(options.seed());
      if (threads.isPresent()) {
        making = making.withThreads(threads.get());
      }
      return JdkCalls.make(making, folder, progress);
    } catch (IOException e) {
      throw new UncheckedIOException(folder + ": it cannot be made: " + e.getMessage(), e);
    }
  }

  private Optional<TrainingResult> train(Made data, Path model) {
    ObjectNode settings = Json.object();
    settings.put("train", data.train().toString());
    settings.put("test", data.test().toString());
    settings.put("model", model.toString());
    settings.put("seed", options.seed());
    epochs.ifPresent(count -> settings.put("epochs", count));
    threads.ifPresent(count -> settings.put("threads", count));
    TrainingJob.Mode mode = new TrainingJob.Mode(false, true, false, json);
    return new TrainingJob(new Configuration(Optional.empty(), settings), mode, console).run();
  }

  private void show(Made data, Path model, TrainingResult result) {
    say(
        "3. Measuring it on %s methods that it has not seen"
            .formatted(Sizes.count(data.testCount())));
    console.result(
        "P@1 is how often the first prediction is right; PSP gives rare methods more weight.");
    result.test().ifPresent(evaluation -> evaluation.print(console));
    say("4. What it predicts");
    try (Model opened = Model.open(model)) {
      new DemoExamples(opened, data.test(), options.seed()).lines(shown).forEach(console::result);
    }
  }

  private static List<String> next(Made data, Path model) {
    return List.of(
        "  fovea predict %s --data %s --top 3 --names".formatted(model, data.test()),
        "  fovea inspect %s --html report.html".formatted(model),
        "  fovea train --train YOUR-FILE --model YOUR-MODEL     (docs/tutorials/first-model.md)");
  }
}

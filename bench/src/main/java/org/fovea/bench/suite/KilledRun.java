package org.fovea.bench.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.fovea.bench.run.Work;
import org.fovea.data.make.Progress;
import org.fovea.data.make.SyntheticExtreme;

/// A deterministic training run of the command line that is killed and resumed.
///
/// **Threads** confined.
final class KilledRun {

  private static final String HALF_WRITTEN = ".fovea-new-";

  private final Work work;
  private final Path data;
  private final Path model;
  private final Path reference;
  private double usualMillis = 10_000;
  private boolean begun;
  private int killed;
  private int killedWhileSaving;
  private int leftovers;
  private int tooLate;
  private int nothingSaved;
  private int lost;
  private int resumed;

  KilledRun(Work work) throws IOException {
    this.work = work;
    Path folder = work.settings().outFolder().toAbsolutePath();
    this.data = folder.resolve("data/crash");
    this.model = folder.resolve("work/crash-" + work.cell().id());
    this.reference = folder.resolve("work/crash-reference-" + work.cell().id());
    delete(model);
    delete(reference);
    if (!Files.exists(data.resolve("synthetic-train.txt.gz"))) {
      SyntheticExtreme.make(
          new SyntheticExtreme.Options(6_000, 500, 3_000, 4_000, 20, 5), data, Progress.NONE);
    }
  }

  /// Trains without a kill; how long that takes is when kills may come.
  ///
  /// @return the digest of its weights
  String uninterrupted() throws IOException, InterruptedException {
    long start = System.nanoTime();
    if (start(reference, false).waitFor() != 0) {
      throw new IllegalStateException("the run that nobody kills failed");
    }
    usualMillis = (System.nanoTime() - start) / 1e6;
    String digest = digest(reference);
    work.say("uninterrupted: %.1f s, weights %.16s", usualMillis / 1000, digest);
    delete(reference);
    return digest;
  }

  /// Starts or resumes the run and kills it.
  ///
  /// @param saving whether to wait until it saves
  /// @return whether it was killed; otherwise it ended before
  boolean kill(boolean saving, SplittableRandom random) throws IOException, InterruptedException {
    Process process = go();
    long wait = (long) (usualMillis * random.nextDouble());
    Set<String> saved = new TreeSet<>();
    long start = System.nanoTime();
    while (process.isAlive()) {
      saved.addAll(checkpoints());
      boolean late = (System.nanoTime() - start) / 1_000_000 >= wait;
      if (late && (!saving || isSaving())) {
        break;
      }
      TimeUnit.MICROSECONDS.sleep(saving ? 200 : 2_000);
    }
    if (saving) {
      TimeUnit.MICROSECONDS.sleep(random.nextInt(30_000));
    }
    if (!process.isAlive()) {
      check(process);
      tooLate++;
      return false;
    }
    process.destroyForcibly().waitFor();
    killed++;
    killedWhileSaving += saving ? 1 : 0;
    leftovers += isSaving() ? 1 : 0;
    Set<String> left = checkpoints();
    if (!saved.isEmpty() && left.stream().noneMatch(name -> name.compareTo(last(saved)) >= 0)) {
      lost++;
      work.say("LOST: saw %s, there is %s", saved, left);
    }
    work.say("killed %s; checkpoints %s", saving ? "while saving" : "at random", left);
    return true;
  }

  private static String last(Set<String> names) {
    return new TreeSet<>(names).last();
  }

  /// Resumes and lets it end; the next run starts from the beginning.
  ///
  /// @return the digest of the weights
  String finish() throws IOException, InterruptedException {
    if (!Files.exists(model.resolve("model.json"))) {
      check(go());
    }
    String digest = digest(model);
    delete(model);
    begun = false;
    return digest;
  }

  private void check(Process process) throws InterruptedException {
    int status = process.waitFor();
    if (status != 0) {
      throw new IllegalStateException("a resumed run ended with status " + status);
    }
  }

  private Process go() throws IOException {
    boolean resume =
        begun && (!checkpoints().isEmpty() || Files.exists(model.resolve("model.json")));
    if (resume) {
      resumed++;
    } else if (begun) {
      nothingSaved++;
    }
    begun = true;
    return start(model, resume);
  }

  private Process start(Path target, boolean resume) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(work.settings().text("fovea", Path.of(work.settings().home(), "fovea").toString()));
    command.addAll(List.of("train", "--train", data.resolve("synthetic-train.txt.gz").toString()));
    command.addAll(List.of("--model", target.toString(), "--hidden", "32", "--deterministic"));
    command.addAll(
        List.of("--epochs", work.settings().text("epochs", "20"), "--checkpoint-every", "25"));
    command.addAll(List.of("--threads", "2", "--seed", "1", "--quiet"));
    command.add(resume ? "--resume" : "--overwrite");
    return new ProcessBuilder(command).inheritIO().start();
  }

  private boolean isSaving() throws IOException {
    return names(model).stream().anyMatch(name -> name.startsWith(HALF_WRITTEN));
  }

  private Set<String> checkpoints() throws IOException {
    Set<String> names = new TreeSet<>();
    for (String name : names(model.resolve("checkpoints"))) {
      if (!name.startsWith(".")) {
        names.add(name);
      }
    }
    return names;
  }

  /// Names of everything below a directory; what vanishes meanwhile is left out.
  private static List<String> names(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(directory, 2, new FileVisitOption[0])) {
      return paths
          .filter(path -> !path.equals(directory) && Files.isDirectory(path))
          .map(path -> String.valueOf(path.getFileName()))
          .toList();
    } catch (NoSuchFileException | UncheckedIOException e) {
      // It was renamed while we looked: a moment at which it saves.
      return List.of();
    }
  }

  /// SHA-256 of the weights, in the order of their files' names.
  private static String digest(Path model) throws IOException {
    try (Stream<Path> files = Files.list(model)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Path file : files.sorted().toList()) {
        if (file.toString().endsWith(".safetensors")) {
          digest.update(Files.readAllBytes(file));
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> paths = Files.walk(folder)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  int killed() {
    return killed;
  }

  int killedWhileSaving() {
    return killedWhileSaving;
  }

  int leftovers() {
    return leftovers;
  }

  int tooLate() {
    return tooLate;
  }

  int nothingSaved() {
    return nothingSaved;
  }

  int lost() {
    return lost;
  }

  int resumed() {
    return resumed;
  }
}

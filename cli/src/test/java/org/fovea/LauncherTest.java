package org.fovea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The script that starts Fovea, with a Maven and a Java that only tell that they were called.
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

  private static final String LOCK = ".fovea-build.owner";

  /// Tells when it begins and ends, and whether another that began is still there.
  private static final String MAVEN =
      """
      #!/bin/sh
      for other in $(cat begun 2>/dev/null); do
        if kill -0 "$other" 2>/dev/null; then
          echo overlap >>log
        fi
      done
      echo "$$" >>begun
      echo begin >>log
      sleep "${BUILD_SECONDS:-1}"
      mkdir -p cli/target/fovea/lib
      : >cli/target/fovea/lib/fovea-cli-0.jar
      echo end >>log
      """;

  private static final String JAVA =
      """
      #!/bin/sh
      for last; do :; done
      printf 'ran in %s with %s\\n' "${LC_ALL:-none}" "$last"
      """;

  @TempDir private Path folder;
  private Path home = Path.of("");
  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void install() throws IOException {
    home = Files.createDirectories(folder.resolve("home"));
    Path script =
        Stream.of("fovea", "../fovea")
            .map(Path::of)
            .filter(Files::isRegularFile)
            .findFirst()
            .orElseThrow();
    Files.copy(script, home.resolve("fovea"), StandardCopyOption.COPY_ATTRIBUTES);
    for (String module : List.of("engine", "text", "cli")) {
      Files.createDirectories(home.resolve(module).resolve("src/main"));
      Files.writeString(home.resolve(module).resolve("pom.xml"), "");
    }
    Files.writeString(home.resolve("pom.xml"), "");
    program(folder.resolve("bin/mvn"), MAVEN);
    program(folder.resolve("jdk/bin/java"), JAVA);
    program(folder.resolve("jdk/bin/javac"), JAVA);
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25.0.3\"\n");
  }

  private static void program(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  @AfterEach
  void end() {
    started.forEach(Process::destroyForcibly);
  }

  private Process start(Map<String, String> environment, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(home.resolve("fovea").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    builder.environment().merge("PATH", folder.resolve("bin") + ":", (path, ours) -> ours + path);
    builder.environment().putAll(environment);
    builder.redirectError(folder.resolve("err-" + started.size()).toFile());
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private Process start(int buildSeconds) throws IOException {
    return start(Map.of("BUILD_SECONDS", String.valueOf(buildSeconds)), "last");
  }

  private static String ran(Process process) throws Exception {
    assertThat(process.waitFor(40, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private List<String> log() throws IOException {
    Path log = home.resolve("log");
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }

  private void await(String event) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!log().contains(event)) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  private void awaitEndOfBuilds() throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    for (String pid : Files.readAllLines(home.resolve("begun"))) {
      while (ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive).isPresent()) {
        assertThat(System.nanoTime()).as("build " + pid + " goes on").isLessThan(deadline);
        Thread.sleep(20);
      }
    }
  }

  private boolean isLocked() {
    return Files.exists(home.resolve(LOCK), LinkOption.NOFOLLOW_LINKS);
  }

  @Test
  void buildsOnceHoweverManyStart() throws Exception {
    List<Process> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      all.add(start(1));
    }
    for (Process process : all) {
      assertThat(ran(process)).endsWith("with last\n");
    }
    assertThat(log()).containsExactly("begin", "end");
    assertThat(isLocked()).isFalse();
    assertThat(ran(start(9))).endsWith("with last\n");
    assertThat(log()).hasSize(2);
  }

  @Test
  void waitsForABuildWhoseJarIsThereAlready() throws Exception {
    Path lib = Files.createDirectories(home.resolve("cli/target/fovea/lib"));
    Process first = start(3);
    await("begin");
    Files.createDirectories(lib);
    Files.writeString(lib.resolve("fovea-cli-0.jar"), "");
    assertThat(ran(start(1))).endsWith("with last\n");
    assertThat(log()).containsExactly("begin", "end");
    ran(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "KILL"})
  void takesItsBuildWithItWhenItIsKilled(String signal) throws Exception {
    Process killed = start(60);
    await("begin");
    assertThat(
            new ProcessBuilder("kill", "-" + signal, String.valueOf(killed.pid()))
                .start()
                .waitFor())
        .isZero();
    assertThat(killed.waitFor(20, TimeUnit.SECONDS)).isTrue();
    awaitEndOfBuilds();
    assertThat(ran(start(1))).endsWith("with last\n");
    assertThat(log()).containsExactly("begin", "begin", "end");
    assertThat(isLocked()).isFalse();
  }

  /// Whatever a lock says of somebody who is gone, starts build one after the other.
  @ParameterizedTest
  @ValueSource(strings = {"999999999:1", "SELF:1"})
  void isNotHeldUpByALockWhoseOwnerIsGone(String owner) throws Exception {
    String text = owner.replace("SELF", String.valueOf(ProcessHandle.current().pid()));
    Files.createSymbolicLink(home.resolve(LOCK), Path.of(text));
    List<Process> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      all.add(start(1));
    }
    for (Process process : all) {
      ran(process);
    }
    assertThat(log()).containsExactly("begin", "end");
  }

  @Test
  void endsTheBuildOfAStartWhoseWatchIsGoneToo() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/stat")));
    Process orphan =
        new ProcessBuilder("sh", "-c", "echo $$ >>begun; echo begin >>log; exec sleep 60")
            .directory(home.toFile())
            .start();
    started.add(orphan);
    await("begin");
    String stat = Files.readString(Path.of("/proc/" + orphan.pid() + "/stat"));
    String began = stat.substring(stat.lastIndexOf(") ") + 2).split(" ", -1)[19];
    Path distribution = Files.createDirectories(home.resolve("cli/target/fovea"));
    Files.writeString(distribution.resolve(".building"), orphan.pid() + ":" + began + "\n");
    Files.createSymbolicLink(home.resolve(LOCK), Path.of("999999999:1"));
    ran(start(1));
    assertThat(orphan.isAlive()).isFalse();
    assertThat(log()).containsExactly("begin", "begin", "end");
  }

  @Test
  void saysThatABuildFailed() throws Exception {
    program(folder.resolve("bin/mvn"), "#!/bin/sh\necho broken >&2\nexit 1\n");
    Process failed = start(1);
    assertThat(failed.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(failed.exitValue()).isEqualTo(1);
    assertThat(Files.readString(folder.resolve("err-0"))).contains("broken", "the build failed");
    assertThat(isLocked()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"C", "POSIX"})
  void givesJavaALocaleThatKnowsAllNames(String locale) throws Exception {
    // this Java must be able to say such a name itself
    assumeTrue("UTF-8".equals(System.getProperty("sun.jnu.encoding")));
    ran(start(0));
    Map<String, String> environment = Map.of("LC_ALL", locale);
    assertThat(ran(start(environment, "é日"))).matches("(?i)ran in (C|en_US)\\.utf-?8 with é日\n");
    assertThat(ran(start(Map.of("LC_ALL", "C.UTF-8"), "é日"))).startsWith("ran in C.UTF-8 ");
  }
}

package org.fovea.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.fovea.data.make.Progress;
import org.fovea.event.Rectifier;
import org.fovea.event.SuspendedNetwork;
import org.fovea.event.SuspendedNetworkBuilder;
import org.fovea.residency.PageFileWriter;
import org.fovea.residency.PageSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is used up or closed says so, and changes nothing.
class UsedUpTest {

  @TempDir private Path folder;

  private static void refuses(String message, ThrowingCallable... calls) {
    for (ThrowingCallable call : calls) {
      assertThatThrownBy(call)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageEndingWith(message);
    }
  }

  @Test
  void builderOfANetworkMakesOne() {
    PatternNetworkBuilder builder = new PatternNetworkBuilder(Tokenization.defaults());
    builder.add("Acme", "company", 1);
    PatternNetwork network = builder.build();
    refuses(
        "the network is built already: a builder makes one",
        () -> builder.add("Big Corp", "company", 1),
        () -> builder.addRules("x = \"y\"", "rules"),
        builder::build);
    assertThat(network.wordCount()).isEqualTo(1);
    assertThat(network.patternCount()).isEqualTo(1);
  }

  @Test
  void builderOntoPagesMakesOne() throws IOException {
    Path names = Files.writeString(folder.resolve("names.tsv"), "Acme\tcompany\n");
    SuspendedPatternBuilder builder =
        new SuspendedPatternBuilder(
            folder.resolve("network"),
            Tokenization.defaults(),
            new PatternFiles(1, false),
            SuspendedPatternBuilder.LEAST_MEMORY);
    try (builder) {
      builder.read(names, _ -> {});
      builder.sort(Progress.NONE);
      refuses("no more can be read", () -> builder.read(names, _ -> {}));
      builder.store(Progress.NONE);
      refuses("a builder makes one", () -> builder.store(Progress.NONE));
    }
    refuses(
        "the builder is closed",
        () -> builder.read(names, _ -> {}),
        () -> builder.sort(Progress.NONE),
        () -> builder.store(Progress.NONE));
  }

  @Test
  void builderOfPagesOfNeuronsMakesOne() {
    SuspendedNetworkBuilder builder =
        new SuspendedNetworkBuilder(folder, 1 << 20, 2, Rectifier.RELU);
    int phrase = builder.phrase(0, 1);
    Path file = folder.resolve("n.pages");
    try (builder;
        PageFileWriter writer = PageFileWriter.create(file, SuspendedNetwork.FORMAT)) {
      builder.write(PageSink.of(writer), SuspendedNetwork.PAGE_BYTES);
      refuses(
          "the network was written already",
          () -> builder.phrase(1),
          () -> builder.member(0, phrase, 1),
          () -> builder.write(PageSink.of(writer), SuspendedNetwork.PAGE_BYTES));
    }
    SuspendedNetworkBuilder unused =
        new SuspendedNetworkBuilder(folder, 1 << 20, 2, Rectifier.RELU);
    unused.close();
    refuses("the builder is closed", () -> unused.phrase(1));
  }

  @Test
  void storeThatIsClosedIsNotEdited() {
    Path directory = folder.resolve("network");
    PatternNetworkBuilder builder = new PatternNetworkBuilder(Tokenization.defaults());
    builder.add("Acme", "company", 1);
    PatternStore.create(directory, builder.build());
    PatternStore store = PatternStore.edit(directory, new ArrayList<>());
    store.close();
    PatternEdit edit = new PatternEdit.Add("Big Corp", "company", 1);
    refuses(
        "it is closed, and cannot be edited",
        () -> store.apply(List.of(edit)),
        store::fold,
        store::suspend);
    assertThat(store.network().patternCount()).isEqualTo(1);
    assertThat(PatternStore.open(directory).network().patternCount()).isEqualTo(1);
  }

  @Test
  void runThatIsClosedAnnotatesNothing() {
    PatternNetworkBuilder builder = new PatternNetworkBuilder(Tokenization.defaults());
    builder.add("Acme", "company", 1);
    AnnotationRun run = new AnnotationRun(builder.build(), RowFormat.columns(), 1);
    run.close();
    DocumentReader reader =
        new DocumentReader(new ByteArrayInputStream(new byte[] {'a', '\n'}), "text", true);
    refuses("the run is closed", () -> run.run(reader, _ -> {}, _ -> {}));
  }
}

package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "demo annotate",
        "train",
        "evaluate",
        "predict",
        "inspect",
        "data info",
        "data fetch",
        "data make synthetic",
        "patterns build",
        "patterns add",
        "patterns remove",
        "patterns explain",
        "patterns suspend",
        "annotate"
      })
  void helpsWithEveryCommand(String command) {
    Ran ran = Ran.fovea((Object[]) (command + " --help").split(" "));
    assertThat(ran.status()).isZero();
    assertThat(ran.out()).startsWith("Usage: fovea " + command).contains("--quiet", "--debug");
    assertThat(ran.err()).isEmpty();
  }

  @Test
  void listsItsCommandsAndItsVersion() {
    assertThat(Ran.fovea("--help").out()).contains("demo", "train", "evaluate", "predict");
    assertThat(Ran.fovea("--version").out()).startsWith("fovea ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "                                   | a command was expected",
        "evaluat m                          | Did you mean: fovea evaluate",
        "train --epoch 3                    | --epochs",
        "train --epochs three               | three",
        "train                              | --model DIR was expected",
        "train --model m                    | training data was expected: --train FILE",
        "train --model m --resume --overwrite | say one",
        "train --model m --train f --threads 0 | --threads: 1 to 1024",
        "train --model m --train f --index-base 2 | --index-base: 0 or 1",
        "train --model m --train f --memory-budget much | --memory-budget: a number of bytes",
        "evaluate                           | --data",
        "patterns                           | build, add, remove, explain or suspend was expected",
        "patterns build f                   | --out",
        "patterns build f --out n --stem klingon | klingon",
        "patterns add n                     | a pattern or a file was expected",
        "patterns add n --pattern a --category c --weight NaN | NaN came",
        "patterns remove n x.rules          | rules are removed by name",
        "patterns explain n --pattern a     | either --sentence or --text",
        "annotate n                         | --text",
        "annotate n --text f --threads 0    | --threads: 1 to 1024",
        "annotate n --text f --resident disk | --resident: heap, mapped or suspended",
        "annotate n --text f --memory 1m    | need --resident suspended",
        "annotate n --text f --resident suspended --memory 0 | --memory: some bytes",
        "annotate n --text f --resident suspended --retention -1 | --retention: 0 or more",
        "predict m --data f --top 0         | --top: 1 to 1000",
        "predict m --data f --top 5000      | --top: 1 to 1000"
      })
  void explainsWrongUsage(String arguments, String explanation) {
    Object[] words = arguments == null ? new Object[0] : (Object[]) arguments.strip().split(" +");
    Ran ran = Ran.fovea(words);
    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.err()).startsWith("fovea: ").contains(explanation);
    assertThat(ran.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "epoch: 3                              | did you mean epochs?",
        "network: {output: {los: softmax}}     | network.output.los",
        "training: {epochs: 0}                 | training: epochs must be positive",
        "training: {optimizer: adamm}          | training.optimizer: unknown kind \"adamm\"; did"
            + " you mean adam?",
        "hidden: wide                          | hidden: expected a list",
        "network: {output: {labels: 7}}        | leave them out",
        "a: [                                  | YAML was expected",
        "just a text                           | keys with values were expected",
        "epochs: 1\\nepochs: 2                 | YAML was expected"
      })
  void namesTheKeyThatIsWrongInAFile(String text, String explanation) throws IOException {
    Path data = Files.writeString(folder.resolve("data.txt"), "0 0:1\n1 1:1\n");
    Path file = Files.writeString(folder.resolve("c.yaml"), text.replace("\\n", "\n"));
    Ran ran = Ran.fovea("train", file, "--train", data, "--model", folder.resolve("m"), "--quiet");
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.err()).startsWith("fovea: ").contains(explanation).hasLineCount(1);
    assertThat(folder.resolve("m")).doesNotExist();
  }

  @Test
  void saysThatAModelIsMissing() {
    Ran ran = Ran.fovea("evaluate", folder.resolve("none"), "--data", folder);
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.err()).startsWith("fovea: " + folder.resolve("none")).hasLineCount(1);
  }

  @Test
  void showsTracesOnlyWhenAsked() {
    Ran ran = Ran.fovea("evaluate", folder.resolve("none"), "--data", folder, "--debug");
    assertThat(ran.err()).contains("\tat org.fovea.");
    assertThat(ran.status()).isEqualTo(1);
  }
}

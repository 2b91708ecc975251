package org.fovea.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.fovea.data.make.Made;
import org.fovea.data.make.Progress;
import org.fovea.data.make.SyntheticExtreme;
import org.fovea.model.json.Json;
import tools.jackson.databind.node.ObjectNode;

/// What came of a command that ran in this process.
///
/// @param status exit status
/// @param out standard output
/// @param err standard error
record Ran(int status, String out, String err) {

  /// Runs a command without input.
  static Ran fovea(Object... arguments) {
    return withInput(new byte[0], arguments);
  }

  /// Runs a command.
  static Ran withInput(byte[] input, Object... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console = new Console(new ByteArrayInputStream(input), out, err, false);
    String[] texts = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
    int status = Main.run(console, texts);
    return new Ran(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /// Small data that can be learned.
  static Files data(Path folder) {
    Made made =
        SyntheticExtreme.make(
            new SyntheticExtreme.Options(400, 80, 300, 40, 20, 1), folder, Progress.NONE);
    return new Files(made.train(), made.test());
  }

  /// Files of data.
  record Files(Path train, Path test) {}

  /// The lines of standard output.
  List<String> lines() {
    return out.lines().toList();
  }

  /// The last line of standard output as an object.
  ObjectNode json() {
    return Json.parseObject(lines().getLast().getBytes(StandardCharsets.UTF_8), "standard output");
  }
}

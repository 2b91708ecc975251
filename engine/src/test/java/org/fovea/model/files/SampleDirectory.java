package org.fovea.model.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What is in a model directory that is filled with [SampleModel]s: the model of a version, and
/// checkpoints whose step is the version of their contents.
///
/// @param version of the model; 0 if there is none
/// @param step of the latest checkpoint; 0 if there is none
record SampleDirectory(int version, int step) {

  /// Opens a directory as the next writer would, looks, and finds nothing left over.
  static SampleDirectory recover(Path directory) throws IOException {
    int step;
    try (ModelStore store = ModelStore.open(directory, new UnforcedStorage())) {
      step = step(store.checkpoints(2));
    }
    int version = Files.exists(directory.resolve("model.json")) ? version(directory) : 0;
    for (Path parent : List.of(directory, directory.resolve("checkpoints"))) {
      try (Stream<Path> paths = Files.list(parent)) {
        List<String> names = paths.map(path -> String.valueOf(path.getFileName())).toList();
        if (names.stream()
            .anyMatch(name -> name.startsWith(".fovea-") && !name.endsWith("-lock"))) {
          throw new AssertionError("left over in " + parent + ": " + names);
        }
        if (parent.equals(directory) && names.size() > (version == 0 ? 2 : 5)) {
          throw new AssertionError("too many files: " + names);
        }
      }
    }
    return new SampleDirectory(version, step);
  }

  /// The version of a directory's model.
  static int version(Path directory) {
    try (ModelDirectory model = ModelDirectory.open(directory)) {
      return SampleModel.version(model);
    }
  }

  /// The step of the latest checkpoint, which must not be damaged.
  static int step(CheckpointStore checkpoints) {
    Optional<Checkpoint> latest = checkpoints.latest();
    if (latest.isEmpty()) {
      return 0;
    }
    try (Checkpoint checkpoint = latest.get()) {
      int version = SampleModel.version(checkpoint.model());
      if (!checkpoint.skipped().isEmpty() || version != checkpoint.step()) {
        throw new AssertionError("damaged: " + checkpoint.skipped());
      }
      return version;
    }
  }
}

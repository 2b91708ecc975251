package org.fovea.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.fovea.model.ModelInfo;
import org.fovea.model.files.Checkpoint;
import org.fovea.model.files.ModelStore;

/// The directory that a model will be trained into, and what is there already.
///
/// @param directory the model directory
/// @param replaceable whether what is there may be replaced
record ModelPlace(Path directory, boolean replaceable) {

  private static final String MANIFEST = "model.json";
  private static final String CHECKPOINTS = "checkpoints";

  /// Throws unless a new run may begin here.
  void requireFree() {
    if (Files.exists(directory) && !Files.isDirectory(directory)) {
      throw new CommandException(
          directory + ": a directory for the model was expected, a file came");
    }
    if (!checkpoints().isEmpty() && !hasModel()) {
      throw new CommandException(
          directory
              + ": there is a run that was not finished; --resume goes on with it, --overwrite"
              + " begins anew");
    }
    if (hasModel()) {
      throw new CommandException(
          directory
              + ": there is a model already; --overwrite replaces it when the new one is finished,"
              + " or name another --model");
    }
  }

  /// Throws if there is a model but no checkpoint: a run that begins anew would replace it.
  void requireResumable() {
    if (hasModel() && checkpoints().isEmpty()) {
      throw new CommandException(
          directory
              + ": there is a model, but no checkpoint to go on from; --from goes on with"
              + " its parameters into another --model, --overwrite begins anew");
    }
  }

  private boolean hasModel() {
    return Files.exists(directory.resolve(MANIFEST), LinkOption.NOFOLLOW_LINKS);
  }

  private List<Path> checkpoints() {
    Path folder = directory.resolve(CHECKPOINTS);
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(path -> path.getFileName().toString().startsWith("checkpoint-"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(folder + ": it cannot be read: " + e.getMessage(), e);
    }
  }

  /// What the latest sound checkpoint tells, if there is any checkpoint.
  ///
  /// Damaged ones that are newer are passed over in silence: whoever resumes will tell.
  ///
  /// @throws org.fovea.FoveaException if there are checkpoints and none is sound
  Optional<ModelInfo> resumable(Console console) {
    if (checkpoints().isEmpty()) {
      return Optional.empty();
    }
    try (ModelStore store = ModelStore.open(directory)) {
      Optional<Checkpoint> latest = store.checkpoints(2).peek();
      if (latest.isEmpty()) {
        return Optional.empty();
      }
      try (Checkpoint checkpoint = latest.get()) {
        console.say(
            "resuming from %s (batch %s)"
                .formatted(checkpoint.model().directory(), Sizes.count(checkpoint.step())));
        return Optional.of(ModelInfo.read(checkpoint.model()));
      }
    }
  }

  /// Where large temporary files go: beside the model, on the disk that has room for it.
  Path beside() {
    Path parent = directory.toAbsolutePath().getParent();
    return parent == null ? directory : parent;
  }
}

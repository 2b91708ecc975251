package org.fovea.model.files;

import java.io.Closeable;
import java.util.List;

/// A checkpoint that was found and verified.
///
/// @param step the step at which it was written
/// @param model its contents; close it after use
/// @param skipped one line for each newer checkpoint that was damaged; usually none
public record Checkpoint(long step, ModelDirectory model, List<String> skipped)
    implements Closeable {

  public Checkpoint {
    skipped = List.copyOf(skipped);
  }

  @Override
  public void close() {
    model.close();
  }
}

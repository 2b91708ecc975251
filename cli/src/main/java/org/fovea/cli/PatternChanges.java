package org.fovea.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fovea.model.json.Json;
import org.fovea.text.PatternEdit;
import org.fovea.text.PatternStore;

/// Changes of a network on disk, all or none.
///
/// @param directory of the network
/// @param edits in order
record PatternChanges(Path directory, List<PatternEdit> edits) {

  /// Makes them; when this returns they are on disk.
  ///
  /// @param verb what messages call it
  void make(String verb, boolean json, Console console) {
    if (edits.isEmpty()) {
      throw new UsageException("a pattern or a file was expected; see --help");
    }
    List<String> notes = new ArrayList<>();
    try (PatternStore store = PatternStore.edit(directory, notes)) {
      notes.forEach(console::warn);
      int changed = store.apply(edits);
      int patterns = store.network().patternCount();
      if (json) {
        console.result(Json.object().put(verb, changed).put("patterns", patterns).toString());
      } else {
        console.result(
            "%s %s %s; %s has %s now"
                .formatted(
                    verb,
                    Sizes.count(changed),
                    changed == 1 ? "pattern" : "patterns",
                    directory,
                    Sizes.count(patterns)));
      }
    }
  }
}

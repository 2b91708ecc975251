package org.fovea.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.fovea.training.TrainEvent;

/// Tells how sparse layers change: connections that moved in one line an epoch, because they may
/// move often, and neurons that went at once.
///
/// **Threads** confined.
final class TopologyLines {

  /// What moved in a layer during an epoch.
  ///
  /// @param moves how often
  /// @param moved new connections of all moves
  /// @param connections how many there are
  private record Moves(int moves, long moved, long connections) {}

  private final Map<String, Moves> epoch = new LinkedHashMap<>();

  void accept(TrainEvent.TopologyChanged changed, Console console) {
    if (changed.moved() == 0) {
      console.say(removalLine(changed));
      return;
    }
    Moves before = epoch.getOrDefault(changed.layer(), new Moves(0, 0, 0));
    epoch.put(
        changed.layer(),
        new Moves(before.moves() + 1, before.moved() + changed.moved(), changed.connections()));
  }

  /// Tells what moved in the epoch that is done.
  void epochDone(Console console) {
    if (!epoch.isEmpty()) {
      console.say(
          epoch.entrySet().stream()
              .map(layer -> moves(layer.getKey(), layer.getValue()))
              .collect(Collectors.joining("; ", "connections moved: ", "")));
    }
    epoch.clear();
  }

  private static String moves(String layer, Moves moves) {
    return "%s %s of %s%s"
        .formatted(
            layer,
            Sizes.count(moves.moved()),
            Sizes.count(moves.connections()),
            moves.moves() == 1 ? "" : " in %s steps".formatted(Sizes.count(moves.moves())));
  }

  private static String removalLine(TrainEvent.TopologyChanged changed) {
    String left =
        "%s neurons with %s connections are left"
            .formatted(Sizes.count(changed.neurons()), Sizes.count(changed.connections()));
    return changed.removed() == 0
        ? "%s: %s".formatted(changed.layer(), left)
        : "%s: %s neurons went, %s"
            .formatted(changed.layer(), Sizes.count(changed.removed()), left);
  }
}

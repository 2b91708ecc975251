package org.fovea.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.fovea.model.json.SpecJson;
import org.fovea.spec.Activation;
import org.fovea.spec.Averaging;
import org.fovea.spec.BucketPolicy;
import org.fovea.spec.Clipping;
import org.fovea.spec.HashFamily;
import org.fovea.spec.LayerSpec;
import org.fovea.spec.Rehash;
import org.fovea.spec.Retrieval;
import org.fovea.spec.Selection;
import org.fovea.spec.Stopping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What the keys of a kind are when somebody names the kind and not the keys: `optimizer:
/// momentum`.
final class KindDefaults {

  private static final Map<Class<?>, Record> KINDS =
      List.<Record>of(
              new Averaging.Tail(0.25),
              new BucketPolicy.FirstInFirstOut(128),
              new BucketPolicy.Reservoir(128),
              new Clipping.Norm(1),
              new Clipping.Value(1),
              new HashFamily.SimHash(false),
              new HashFamily.WinnerTakesAll(8),
              new HashFamily.DensifiedWinnerTakesAll(8),
              new HashFamily.DensifiedMinHash(64),
              new HashFamily.Clusters(1024, 16),
              new LayerSpec.Dense(128, new Activation.Relu(), 1, 0, new Selection.All()),
              new Rehash.Every(1000),
              new Rehash.Growing(50, 1.05),
              new Rehash.Incremental(64),
              new Rehash.Background(64),
              new Retrieval.Union(2048),
              new Retrieval.MostFrequent(2048),
              new Retrieval.Threshold(2, 2048),
              new Retrieval.Best(256, 64),
              new Stopping.Plateau(2, 0))
          .stream()
          .collect(Collectors.toUnmodifiableMap(Record::getClass, Function.identity()));

  private KindDefaults() {}

  /// The keys of a kind with their values, if it has any: those of its `defaults()`, or of the
  /// table.
  static Optional<ObjectNode> of(Class<?> kind) {
    return defaults(kind).or(() -> Optional.ofNullable(KINDS.get(kind))).map(KindDefaults::tree);
  }

  private static Optional<Record> defaults(Class<?> kind) {
    try {
      return Optional.of((Record) kind.getMethod("defaults").invoke(kind));
    } catch (NoSuchMethodException _) {
      return Optional.empty();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the defaults of %s cannot be had".formatted(kind), e);
    }
  }

  private static ObjectNode tree(Record record) {
    return (ObjectNode) write(record, record.getClass());
  }

  private static <T> JsonNode write(Record record, Class<T> type) {
    return SpecJson.write(type.cast(record), type);
  }
}

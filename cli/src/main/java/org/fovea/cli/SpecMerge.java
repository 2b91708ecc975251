package org.fovea.cli;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.fovea.model.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// Lays a partial tree over that of a whole spec.
///
/// Records are merged key by key. A member of a sealed family that is of another kind replaces the
/// one below it; keys that it does not say are those of [KindDefaults], or else those that the kind
/// below also has, as all schedules have a peak. Lists, numbers and texts replace what is below.
///
/// What does not fit the type is left as it is: reading the result names the key.
final class SpecMerge {

  private SpecMerge() {}

  /// The tree with the partial one over it.
  ///
  /// @param below a tree as `SpecJson` writes it
  /// @param type the declared type of the spec
  static JsonNode over(JsonNode below, JsonNode above, Type type) {
    return switch (type) {
      case Class<?> plain when plain.isRecord() && above instanceof ObjectNode keys ->
          overRecord(below, keys, plain);
      case Class<?> plain when plain.isSealed() && plain.isInterface() ->
          overMember(below, above, plain);
      case ParameterizedType list
          when list.getRawType() == List.class && above instanceof ArrayNode items -> {
        ArrayNode merged = Json.array();
        items.forEach(item ->
            merged.add(over(MissingNode.getInstance(), item, list.getActualTypeArguments()[0])));
        yield merged;
      }
      case ParameterizedType optional
          when optional.getRawType() == Optional.class && !above.isNull() ->
          overOptional(below, above, optional.getActualTypeArguments()[0]);
      default -> above;
    };
  }

  /// What is not there below begins with its defaults.
  private static JsonNode overOptional(JsonNode below, JsonNode above, Type type) {
    boolean isNew = !below.isObject() && type instanceof Class<?> plain && plain.isRecord();
    JsonNode start =
        isNew ? KindDefaults.of((Class<?>) type).<JsonNode>map(keys -> keys).orElse(below) : below;
    return over(start, above, type);
  }

  private static JsonNode overRecord(JsonNode below, ObjectNode above, Class<?> type) {
    Map<String, Type> components = components(type);
    ObjectNode merged = below instanceof ObjectNode object ? object.deepCopy() : Json.object();
    for (Map.Entry<String, JsonNode> property : above.properties()) {
      String key = kebab(property.getKey());
      if (components.containsKey(key)) {
        merged.set(key, over(merged.path(key), property.getValue(), components.get(key)));
      } else {
        merged.set(property.getKey(), property.getValue());
      }
    }
    return merged;
  }

  private static JsonNode overMember(JsonNode below, JsonNode above, Class<?> family) {
    Optional<Member> upper = Member.of(above);
    Optional<Class<?>> kind =
        upper.flatMap(member -> Optional.ofNullable(kinds(family).get(kebab(member.kind()))));
    if (kind.isEmpty() || !kind.get().isRecord()) {
      return above;
    }
    Member lower = Member.of(below).orElse(new Member("", Json.object()));
    String name = kebab(upper.orElseThrow().kind());
    JsonNode start =
        lower.kind().equals(name)
            ? lower.body()
            : KindDefaults.of(kind.get()).orElseGet(() -> shared(lower.body(), kind.get()));
    JsonNode body = over(start, upper.orElseThrow().body(), kind.get());
    if (body instanceof ObjectNode && body.isEmpty()) {
      return StringNode.valueOf(name);
    }
    ObjectNode merged = Json.object();
    merged.set(name, body);
    return merged;
  }

  /// The keys of one kind that another has as well.
  private static ObjectNode shared(JsonNode body, Class<?> kind) {
    ObjectNode kept = Json.object();
    for (String key : components(kind).keySet()) {
      if (body.has(key)) {
        kept.set(key, body.path(key));
      }
    }
    return kept;
  }

  /// A member as a tree: a kind and its keys.
  private record Member(String kind, JsonNode body) {

    static Optional<Member> of(JsonNode tree) {
      if (tree.isString()) {
        return Optional.of(new Member(tree.asString(), Json.object()));
      }
      if (tree instanceof ObjectNode object && object.size() == 1) {
        Map.Entry<String, JsonNode> only = object.properties().iterator().next();
        JsonNode body = only.getValue().isNull() ? Json.object() : only.getValue();
        return Optional.of(new Member(only.getKey(), body));
      }
      return Optional.empty();
    }
  }

  private static Map<String, Type> components(Class<?> type) {
    Map<String, Type> components = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      components.put(kebab(component.getName()), component.getGenericType());
    }
    return components;
  }

  private static Map<String, Class<?>> kinds(Class<?> family) {
    Map<String, Class<?>> kinds = new LinkedHashMap<>();
    List<Class<?>> open = new ArrayList<>(List.of(family.getPermittedSubclasses()));
    while (!open.isEmpty()) {
      Class<?> member = open.removeFirst();
      if (member.isRecord()) {
        kinds.put(kebab(member.getSimpleName()), member);
      } else if (member.isSealed()) {
        open.addAll(List.of(member.getPermittedSubclasses()));
      }
    }
    return kinds;
  }

  /// A name as `SpecJson` spells it: `TopK` is `top-k`.
  private static String kebab(String name) {
    StringBuilder kebab = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char letter = name.charAt(i);
      if (Character.isUpperCase(letter) && i > 0 && Character.isLowerCase(name.charAt(i - 1))) {
        kebab.append('-');
      }
      kebab.append(letter == '_' ? '-' : letter);
    }
    return kebab.toString().toLowerCase(Locale.ROOT);
  }
}

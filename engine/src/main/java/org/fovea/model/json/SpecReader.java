package org.fovea.model.json;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Turns trees into values by their declared types.
final class SpecReader {

  private SpecReader() {}

  static Object read(JsonNode node, Type type, String path) {
    return switch (type) {
      case Class<?> plain when plain.isRecord() -> readRecord(node, plain, path);
      case Class<?> plain when plain.isSealed() && plain.isInterface() ->
          readMember(node, plain, path);
      case Class<?> plain when plain.isEnum() -> readConstant(node, plain, path);
      case Class<?> plain -> ScalarReader.read(node, plain, path);
      case ParameterizedType list when list.getRawType() == List.class ->
          readList(node, list.getActualTypeArguments()[0], path);
      case ParameterizedType optional when optional.getRawType() == Optional.class ->
          node.isNull()
              ? Optional.empty()
              : Optional.of(read(node, optional.getActualTypeArguments()[0], path));
      default -> throw SpecWriter.unsupported(type, path);
    };
  }

  private static List<Object> readList(JsonNode node, Type type, String path) {
    if (!(node instanceof ArrayNode array)) {
      throw new SpecFormatException(path, "expected a list, got " + ScalarReader.describe(node));
    }
    List<Object> items = new ArrayList<>(array.size());
    for (int index = 0; index < array.size(); index++) {
      items.add(read(array.get(index), type, SpecJson.child(path, index)));
    }
    return List.copyOf(items);
  }

  private static Object readRecord(JsonNode node, Class<?> type, String path) {
    RecordSchema schema = RecordSchema.of(type);
    if (!(node instanceof ObjectNode object)) {
      throw new SpecFormatException(
          path,
          "expected an object with %s, got %s"
              .formatted(String.join(", ", schema.keys()), ScalarReader.describe(node)));
    }
    @Nullable JsonNode[] given = new @Nullable JsonNode[schema.size()];
    for (Map.Entry<String, JsonNode> property : object.properties()) {
      int component = schema.keys().indexOf(Words.kebab(property.getKey()));
      if (component < 0) {
        throw new SpecFormatException(
            SpecJson.child(path, property.getKey()),
            unknown("key", property.getKey(), schema.keys()));
      }
      if (given[component] != null) {
        throw new SpecFormatException(
            SpecJson.child(path, property.getKey()), "the key comes twice, in two spellings");
      }
      given[component] = property.getValue();
    }
    Object[] values = new Object[schema.size()];
    Optional<Object> defaults = Optional.empty();
    for (int component = 0; component < values.length; component++) {
      JsonNode value = given[component];
      String childPath = SpecJson.child(path, schema.keys().get(component));
      if (value != null) {
        values[component] = read(value, schema.type(component), childPath);
        continue;
      }
      defaults = defaults.isEmpty() ? schema.defaults() : defaults;
      values[component] = missing(schema, component, defaults, childPath);
    }
    try {
      return schema.make(values);
    } catch (IllegalArgumentException e) {
      SpecFormatException refused = new SpecFormatException(path, String.valueOf(e.getMessage()));
      refused.initCause(e);
      throw refused;
    }
  }

  private static Object missing(
      RecordSchema schema, int component, Optional<Object> defaults, String path) {
    if (defaults.isPresent()) {
      return schema.value(defaults.get(), component);
    }
    if (schema.type(component) instanceof ParameterizedType type
        && type.getRawType() == Optional.class) {
      return Optional.empty();
    }
    throw new SpecFormatException(path, "the key is missing");
  }

  private static Object readMember(JsonNode node, Class<?> family, String path) {
    FamilySchema schema = FamilySchema.of(family);
    if (node.isString()) {
      return member(schema, node.asString(), Json.object(), path);
    }
    if (node instanceof ObjectNode object && object.size() == 1) {
      Map.Entry<String, JsonNode> property = object.properties().iterator().next();
      JsonNode body = property.getValue().isNull() ? Json.object() : property.getValue();
      return member(schema, property.getKey(), body, path);
    }
    throw new SpecFormatException(
        path,
        "expected one of %s, got %s"
            .formatted(String.join(", ", schema.kinds().keySet()), ScalarReader.describe(node)));
  }

  private static Object member(FamilySchema schema, String name, JsonNode body, String path) {
    FamilySchema.Kind kind = schema.kinds().get(Words.kebab(name));
    return switch (kind) {
      case FamilySchema.Kind.OfRecord(Class<?> type) ->
          readRecord(body, type, SpecJson.child(path, name));
      case FamilySchema.Kind.OfConstant(Object constant) when body.isObject() && body.isEmpty() ->
          constant;
      case FamilySchema.Kind.OfConstant _ ->
          throw new SpecFormatException(SpecJson.child(path, name), "it has no keys");
      case null ->
          throw new SpecFormatException(path, unknown("kind", name, schema.kinds().keySet()));
    };
  }

  private static Object readConstant(JsonNode node, Class<?> type, String path) {
    List<String> names = new ArrayList<>();
    String given = node.isString() ? node.asString() : "";
    for (Object constant : type.getEnumConstants()) {
      String name = ((Enum<?>) constant).name();
      names.add(Words.kebab(name));
      if (name.equals(given) || Words.kebab(name).equals(Words.kebab(given))) {
        return constant;
      }
    }
    if (!node.isString()) {
      throw new SpecFormatException(
          path,
          "expected one of %s, got %s"
              .formatted(String.join(", ", names), ScalarReader.describe(node)));
    }
    throw new SpecFormatException(path, unknown("value", given, names));
  }

  private static String unknown(String what, String given, Collection<String> known) {
    String nearest =
        Words.nearest(given, known).map(word -> "; did you mean " + word + "?").orElse("");
    String all = known.isEmpty() ? "it has none" : "known are " + String.join(", ", known);
    return "unknown %s %s%s (%s)".formatted(what, ScalarReader.quoted(given), nearest, all);
  }
}

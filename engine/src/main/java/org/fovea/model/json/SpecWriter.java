package org.fovea.model.json;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// Turns values into trees by their declared types.
final class SpecWriter {

  private SpecWriter() {}

  static JsonNode write(Object value, Type type, String path) {
    return switch (type) {
      case Class<?> plain when plain.isRecord() -> record(value, plain, path);
      case Class<?> plain when plain.isSealed() && plain.isInterface() ->
          member(value, plain, path);
      case Class<?> plain -> scalar(value, plain, path);
      case ParameterizedType list when list.getRawType() == List.class -> {
        ArrayNode array = Json.array();
        for (Object item : (List<?>) value) {
          Type itemType = list.getActualTypeArguments()[0];
          array.add(write(item, itemType, SpecJson.child(path, array.size())));
        }
        yield array;
      }
      case ParameterizedType optional when optional.getRawType() == Optional.class ->
          ((Optional<?>) value)
              .<JsonNode>map(present -> write(present, optional.getActualTypeArguments()[0], path))
              .orElse(NullNode.getInstance());
      default -> throw unsupported(type, path);
    };
  }

  private static ObjectNode record(Object value, Class<?> type, String path) {
    RecordSchema schema = RecordSchema.of(type);
    ObjectNode object = Json.object();
    for (int component = 0; component < schema.size(); component++) {
      String key = schema.keys().get(component);
      Object part = schema.value(value, component);
      object.set(key, write(part, schema.type(component), SpecJson.child(path, key)));
    }
    return object;
  }

  private static JsonNode member(Object value, Class<?> family, String path) {
    String kind = FamilySchema.of(family).kindOf(value);
    if (!value.getClass().isRecord() || RecordSchema.of(value.getClass()).size() == 0) {
      return StringNode.valueOf(kind);
    }
    ObjectNode object = Json.object();
    object.set(kind, record(value, value.getClass(), SpecJson.child(path, kind)));
    return object;
  }

  private static JsonNode scalar(Object value, Class<?> type, String path) {
    return switch (value) {
      case Boolean truth -> BooleanNode.valueOf(truth);
      case Integer number -> IntNode.valueOf(number);
      case Long number -> LongNode.valueOf(number);
      case Float number -> finite(shortest(number), path);
      case Double number -> finite(number, path);
      case String text -> StringNode.valueOf(text);
      case Enum<?> constant -> StringNode.valueOf(Words.kebab(constant.name()));
      default -> throw unsupported(type, path);
    };
  }

  /// The double with the float's shortest decimal digits, so that `0.1f` is written as 0.1; the
  /// float's own value where the digits would come back as another float.
  private static double shortest(float number) {
    double digits = Double.parseDouble(Float.toString(number));
    return (float) digits == number ? digits : number;
  }

  private static JsonNode finite(double number, String path) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("%s: JSON has no number %s".formatted(path, number));
    }
    return DoubleNode.valueOf(number);
  }

  static IllegalStateException unsupported(Type type, String path) {
    return new IllegalStateException(
        "%s: specs do not have the type %s".formatted(path, type.getTypeName()));
  }
}

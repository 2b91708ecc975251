package org.fovea.model.json;

import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Turns leaves of a tree into numbers, booleans and texts.
final class ScalarReader {

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?([0-9]{1,32}([.][0-9]{0,32})?|[.][0-9]{1,32})([eE][+-]?[0-9]{1,4})?");
  private static final double EXACT_LIMIT = 0x1p53;
  private static final int QUOTED_LIMIT = 80;

  private ScalarReader() {}

  static Object read(JsonNode node, Class<?> type, String path) {
    if (type == int.class || type == Integer.class) {
      return (int) whole(node, Integer.MIN_VALUE, Integer.MAX_VALUE, path);
    }
    if (type == long.class || type == Long.class) {
      return whole(node, Long.MIN_VALUE, Long.MAX_VALUE, path);
    }
    if (type == double.class || type == Double.class) {
      return number(node, path);
    }
    if (type == float.class || type == Float.class) {
      float number = (float) number(node, path);
      if (!Float.isFinite(number)) {
        throw expected("a number that a float holds", node, path);
      }
      return number;
    }
    if (type == boolean.class || type == Boolean.class) {
      if (!node.isBoolean()) {
        throw expected("true or false", node, path);
      }
      return node.booleanValue();
    }
    if (type == String.class) {
      if (!node.isString()) {
        throw expected("a text", node, path);
      }
      return node.asString();
    }
    throw SpecWriter.unsupported(type, path);
  }

  private static long whole(JsonNode node, long least, long most, String path) {
    boolean exact =
        node.isFloatingPointNumber()
            && Math.abs(node.doubleValue()) <= EXACT_LIMIT
            && Math.rint(node.doubleValue()) == node.doubleValue();
    if (!exact && !node.isIntegralNumber()) {
      throw expected("a whole number", node, path);
    }
    boolean inLong = exact || node.canConvertToLong();
    long value = !inLong ? 0 : exact ? (long) node.doubleValue() : node.longValue();
    if (!inLong || value < least || value > most) {
      throw expected("a whole number from %s to %s".formatted(least, most), node, path);
    }
    return value;
  }

  private static double number(JsonNode node, String path) {
    double value;
    if (node.isNumber()) {
      value = node.doubleValue();
    } else if (node.isString() && NUMBER.matcher(node.asString()).matches()) {
      value = Double.parseDouble(node.asString());
    } else {
      throw expected("a number", node, path);
    }
    if (!Double.isFinite(value)) {
      throw expected("a finite number", node, path);
    }
    return value;
  }

  private static SpecFormatException expected(String what, JsonNode node, String path) {
    return new SpecFormatException(path, "expected %s, got %s".formatted(what, describe(node)));
  }

  /// A node as messages show it.
  static String describe(JsonNode node) {
    if (node.isString()) {
      return "the text " + quoted(node.asString());
    }
    if (node.isArray()) {
      return "a list of " + node.size();
    }
    if (node.isObject()) {
      return node.isEmpty()
          ? "an empty object"
          : "an object with " + quoted(String.join(", ", node.propertyNames()));
    }
    return node.isNull() ? "nothing" : node.toString();
  }

  /// A text as messages show it: in quotes, on one line, not too long.
  static String quoted(String text) {
    String cut = text.length() <= QUOTED_LIMIT ? text : text.substring(0, QUOTED_LIMIT) + "...";
    StringBuilder quoted = new StringBuilder("\"");
    cut.chars()
        .forEach(
            character -> quoted.append(Character.isISOControl(character) ? '?' : (char) character));
    return quoted.append('"').toString();
  }
}

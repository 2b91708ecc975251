package org.fovea.data.make;

/// Readable names of the types in class files.
final class TypeNames {

  private TypeNames() {}

  /// `java/util/Map$Entry` is `java.util.Map$Entry`, `[I` is `int[]`, `[Ljava/lang/String;` is
  /// `java.lang.String[]`.
  static String ofInternal(String internalName) {
    return internalName.startsWith("[")
        ? ofDescriptor(internalName)
        : internalName.replace('/', '.');
  }

  /// The same for a field descriptor.
  static String ofDescriptor(String descriptor) {
    int dimensions = 0;
    while (descriptor.charAt(dimensions) == '[') {
      dimensions++;
    }
    return element(descriptor, dimensions) + "[]".repeat(dimensions);
  }

  private static String element(String descriptor, int begin) {
    return switch (descriptor.charAt(begin)) {
      case 'B' -> "byte";
      case 'C' -> "char";
      case 'D' -> "double";
      case 'F' -> "float";
      case 'I' -> "int";
      case 'J' -> "long";
      case 'S' -> "short";
      case 'Z' -> "boolean";
      case 'V' -> "void";
      default -> descriptor.substring(begin + 1, descriptor.length() - 1).replace('/', '.');
    };
  }

  /// The last part: `Entry` of `java.util.Map$Entry`, `String[]` of `java.lang.String[]`.
  static String simple(String name) {
    int begin = 0;
    for (int index = 0; index + 1 < name.length(); index++) {
      char character = name.charAt(index);
      boolean separates = character == '.' || character == '$';
      if (separates && Character.isJavaIdentifierStart(name.charAt(index + 1))) {
        begin = index + 1;
      }
    }
    return name.substring(begin);
  }

  /// Hands on each type of a method descriptor: the parameters' in order, then the result's.
  static void each(String methodDescriptor, TypeConsumer types) {
    int index = 1;
    while (index < methodDescriptor.length()) {
      boolean result = methodDescriptor.charAt(index) == ')';
      int begin = result ? index + 1 : index;
      int end = begin;
      while (methodDescriptor.charAt(end) == '[') {
        end++;
      }
      end = methodDescriptor.charAt(end) == 'L' ? methodDescriptor.indexOf(';', end) + 1 : end + 1;
      types.accept(ofDescriptor(methodDescriptor.substring(begin, end)), result);
      index = end;
    }
  }

  /// Takes the types of a descriptor.
  @FunctionalInterface
  interface TypeConsumer {

    /// Takes one type.
    void accept(String name, boolean result);
  }
}

package org.fovea.data.make;

import java.lang.classfile.constantpool.MemberRefEntry;
import java.util.Set;

/// A called method as a label: its key tells it from all others, its name is for people.
///
/// `java.util.List.add(Object)`, `new java.util.ArrayList(int)`, `int[].clone()`,
/// `java.lang.String.+(Object...)`.
final class Callee {

  /// The test of whether assertions are on, which `assert` compiles to.
  private static final String ASSERTION_TEST = "desiredAssertionStatus";

  private static final Set<String> POLYMORPHIC =
      Set.of("java/lang/invoke/MethodHandle", "java/lang/invoke/VarHandle");

  /// The key of what `+` of strings compiles to, except in the modules that use `StringBuilder`.
  static final String CONCATENATION = "java.lang.String.+(Object...)";

  private Callee() {}

  /// Whether nobody wrote the call: it is part of an `assert`.
  static boolean isUnsaid(MemberRefEntry method) {
    return method.name().equalsString(ASSERTION_TEST)
        && method.owner().asInternalName().equals("java/lang/Class");
  }

  /// Distinct for distinct methods, and readable: the parameters' and result's types in full.
  ///
  /// Calls of method and variable handles, which have a descriptor for each use, are one.
  static String key(MemberRefEntry method) {
    String owner = method.owner().asInternalName();
    String name = method.name().stringValue();
    StringBuilder key = new StringBuilder();
    if (name.equals("<init>")) {
      key.append("new ").append(TypeNames.ofInternal(owner));
    } else {
      key.append(TypeNames.ofInternal(owner)).append('.').append(name);
    }
    if (POLYMORPHIC.contains(owner) && !name.equals("<init>")) {
      return key.append("(Object...)").toString();
    }
    key.append('(');
    TypeNames.each(
        method.type().stringValue(),
        (type, result) -> {
          if (result) {
            key.append(") ").append(type);
          } else {
            key.append(key.charAt(key.length() - 1) == '(' ? "" : ", ").append(type);
          }
        });
    return key.toString();
  }

  /// The name for people: simple parameter types, no result.
  static String name(String key) {
    int open = key.indexOf('(');
    int close = key.lastIndexOf(')');
    StringBuilder name = new StringBuilder(key.substring(0, open + 1));
    for (int begin = open + 1; begin < close; ) {
      int comma = key.indexOf(", ", begin);
      int end = comma < 0 || comma > close ? close : comma;
      name.append(begin == open + 1 ? "" : ", ")
          .append(TypeNames.simple(key.substring(begin, end)));
      begin = end + 2;
    }
    return name.append(')').toString();
  }
}

package org.fovea.data.make;

import java.lang.classfile.Annotation;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.ExceptionsAttribute;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

/// Reads the methods of one class that somebody wrote and that call something.
///
/// A lambda is a method of its own, told apart by `shape:lambda`, with the name of the method
/// around it. Left out: compiler-made classes, bridges, and `values()` and `valueOf(String)` of
/// enums.
final class ClassFacts {

  private static final ClassFile FORMAT =
      ClassFile.of(
          ClassFile.DebugElementsOption.DROP_DEBUG,
          ClassFile.LineNumbersOption.DROP_LINE_NUMBERS,
          ClassFile.StackMapsOption.DROP_STACK_MAPS);

  private static final Set<String> ENUM_METHODS = Set.of("values", "valueOf");

  private final ClassModel model;
  private final String className;
  private final Map<String, MethodModel> syntheticMethods = new HashMap<>();
  private final Set<String> seen = new HashSet<>();
  private final Map<Integer, String> keys = new HashMap<>();
  private final FeatureList classFeatures = new FeatureList();
  private final List<MethodFacts> facts = new ArrayList<>();

  private ClassFacts(ClassModel model) {
    this.model = model;
    this.className = TypeNames.ofInternal(model.thisClass().asInternalName());
  }

  static List<MethodFacts> read(byte[] classFile) {
    ClassFacts reader = new ClassFacts(FORMAT.parse(classFile));
    reader.readMethods();
    return reader.facts;
  }

  private void readMethods() {
    if (model.isModuleInfo() || model.flags().has(AccessFlag.SYNTHETIC)) {
      return;
    }
    for (MethodModel method : model.methods()) {
      if (method.flags().has(AccessFlag.SYNTHETIC)) {
        syntheticMethods.put(signature(method), method);
      }
    }
    describeClass();
    for (MethodModel method : model.methods()) {
      if (isWritten(method)) {
        read(method, method, signature(method));
      }
    }
  }

  /// Reads a method, and then the lambdas inside it.
  ///
  /// @param method what to read
  /// @param around the method around it, if it is a lambda, else itself
  /// @param family what it is to be kept together with
  private void read(MethodModel method, MethodModel around, String family) {
    Optional<CodeModel> code = method.code();
    if (code.isEmpty()) {
      return;
    }
    FeatureList features = new FeatureList(classFeatures);
    CodeFacts codeFacts =
        new CodeFacts(
            model.thisClass().asInternalName(), syntheticMethods.keySet(), keys, features);
    Set<String> calls = codeFacts.read(code.get());
    String kind = method == around ? family + calls : family;
    if (!calls.isEmpty()) {
      describeMethod(method, around, features);
      facts.add(
          new MethodFacts(
              className + "." + signature(method), kind, features.toList(), List.copyOf(calls)));
    }
    for (String name : codeFacts.inner()) {
      MethodModel lambda = syntheticMethods.get(name);
      if (lambda != null && seen.add(name)) {
        read(lambda, around, kind);
      }
    }
  }

  private static String signature(MethodModel method) {
    return method.methodName().stringValue() + method.methodType().stringValue();
  }

  private boolean isWritten(MethodModel method) {
    return !method.flags().has(AccessFlag.SYNTHETIC)
        && !(model.flags().has(AccessFlag.ENUM)
            && method.flags().has(AccessFlag.STATIC)
            && ENUM_METHODS.contains(method.methodName().stringValue()));
  }

  private void describeClass() {
    String name = className;
    int dot = name.lastIndexOf('.');
    String packageName = dot < 0 ? "" : name.substring(0, dot);
    String outermost =
        name.indexOf('$', dot) < 0 ? name : name.substring(0, name.indexOf('$', dot));
    classFeatures.add("class", name);
    if (!outermost.equals(name)) {
      classFeatures.add("outer", outermost);
    }
    classFeatures.words("class", name.substring(dot + 1));
    classFeatures.add("package", packageName);
    model
        .superclass()
        .filter(type -> !type.asInternalName().equals("java/lang/Object"))
        .ifPresent(
            type -> classFeatures.type("super", TypeNames.ofInternal(type.asInternalName())));
    for (ClassEntry type : model.interfaces()) {
      classFeatures.type("interface", TypeNames.ofInternal(type.asInternalName()));
    }
  }

  /// What the method may override, or a constructor pass its parameters on to: the same in the
  /// superclass or an interface.
  private void describeInherited(String nameAndParameters, FeatureList features) {
    model
        .superclass()
        .ifPresent(type -> features.add("inherited", member(type, nameAndParameters)));
    for (ClassEntry type : model.interfaces()) {
      features.add("inherited", member(type, nameAndParameters));
    }
  }

  private static String member(ClassEntry owner, String nameAndParameters) {
    return TypeNames.ofInternal(owner.asInternalName()) + "." + nameAndParameters;
  }

  private void describeMethod(MethodModel method, MethodModel around, FeatureList features) {
    String name = around.methodName().stringValue();
    if (method != around) {
      features.add("shape", "lambda");
    }
    features.add("method", name);
    features.words("method", name);
    String descriptor = method.methodType().stringValue();
    StringJoiner parameters = new StringJoiner(", ", "(", ")");
    TypeNames.each(
        descriptor,
        (type, result) -> {
          features.type(result ? "result" : "parameter", type);
          if (!result) {
            parameters.add(TypeNames.simple(type));
          }
        });
    features.add("parameters", Integer.toString(method.methodTypeSymbol().parameterCount()));
    features.add("signature", name + parameters);
    features.add("signature", descriptor);
    describeInherited(name + parameters, features);
    if (method.flags().has(AccessFlag.STATIC)) {
      features.add("shape", "static");
    }
    if (method.flags().has(AccessFlag.SYNCHRONIZED)) {
      features.add("shape", "synchronized");
    }
    method
        .findAttribute(Attributes.exceptions())
        .map(ExceptionsAttribute::exceptions)
        .ifPresent(types ->
            types.forEach(
                type -> features.type("throws", TypeNames.ofInternal(type.asInternalName()))));
    method
        .findAttribute(Attributes.runtimeVisibleAnnotations())
        .map(RuntimeVisibleAnnotationsAttribute::annotations)
        .ifPresent(annotations -> {
          for (Annotation annotation : annotations) {
            features.add(
                "annotation", TypeNames.ofDescriptor(annotation.className().stringValue()));
          }
        });
  }
}

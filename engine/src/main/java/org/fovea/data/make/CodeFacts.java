package org.fovea.data.make;

import java.lang.classfile.BootstrapMethodEntry;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.ConstantValueEntry;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConstantInstruction.LoadConstantInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ConstantDesc;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Reads the code of one method.
///
/// What is called goes to `calls`; of the called methods nothing goes to the features. A type that
/// is only cast to, tested for or caught is a feature, unless a method of that type is called: such
/// a cast is mostly written by the compiler, just before the call, and would give it away. Types
/// that are only instantiated are no features at all.
final class CodeFacts {

  private static final String CONCATENATION = "java/lang/invoke/StringConcatFactory";

  private final String thisClass;
  private final Set<String> syntheticMethods;
  private final Map<Integer, String> keys;

  private final Set<String> calls = new TreeSet<>();
  private final Set<String> owners = new HashSet<>();
  private final Map<String, String> types = new TreeMap<>();
  private final Set<String> inner = new LinkedHashSet<>();
  private final FeatureList features;

  /// @param thisClass the internal name of the class
  /// @param syntheticMethods the name and descriptor of each of its compiler-made methods
  /// @param keys the keys of its callees by place in the constant pool, shared by its methods
  /// @param features where features go
  CodeFacts(
      String thisClass,
      Set<String> syntheticMethods,
      Map<Integer, String> keys,
      FeatureList features) {
    this.thisClass = thisClass;
    this.syntheticMethods = syntheticMethods;
    this.keys = keys;
    this.features = features;
  }

  /// Reads the code, and hands on what it calls, sorted.
  Set<String> read(CodeModel code) {
    for (CodeElement element : code) {
      switch (element) {
        case InvokeInstruction call -> called(call.method());
        case InvokeDynamicInstruction dynamic -> bootstrapped(dynamic);
        case LoadConstantInstruction load -> constant(load.constantEntry());
        case ConstantInstruction constant -> number(constant.constantValue());
        case FieldInstruction access -> accessed(access);
        case TypeCheckInstruction check ->
            type(check.opcode() == Opcode.INSTANCEOF ? "test" : "cast", check.type());
        case NewReferenceArrayInstruction array -> type("array", array.componentType());
        case NewMultiArrayInstruction array -> type("array", array.arrayType());
        case ExceptionCatch caught -> caught.catchType().ifPresent(entry -> type("catch", entry));
        default -> {}
      }
      if (element instanceof Instruction instruction) {
        CodeShape.describe(instruction, features);
      }
    }
    types.forEach((type, role) -> {
      if (!owners.contains(type)) {
        features.type(role, TypeNames.ofInternal(type));
      }
    });
    if (code instanceof CodeAttribute attribute) {
      int sizeClass = Integer.SIZE - Integer.numberOfLeadingZeros(attribute.codeLength() / 8);
      features.add("size", Integer.toString(sizeClass));
    }
    return calls;
  }

  /// The compiler-made methods of the same class that the code uses: its lambdas, in order.
  Set<String> inner() {
    return inner;
  }

  private void called(MemberRefEntry method) {
    String owner = method.owner().asInternalName();
    String name = method.name().stringValue() + method.type().stringValue();
    if (owner.equals(thisClass) && syntheticMethods.contains(name)) {
      inner.add(name);
      return;
    }
    if (!Callee.isUnsaid(method)) {
      owners.add(owner);
      calls.add(keys.computeIfAbsent(method.index(), _ -> Callee.key(method)));
    }
  }

  /// String concatenation, method references and lambdas.
  private void bootstrapped(InvokeDynamicInstruction dynamic) {
    BootstrapMethodEntry bootstrap = dynamic.invokedynamic().bootstrap();
    MemberRefEntry maker = bootstrap.bootstrapMethod().reference();
    if (maker.owner().asInternalName().equals(CONCATENATION)) {
      calls.add(Callee.CONCATENATION);
    }
    bootstrap.arguments().forEach(this::constant);
  }

  private void constant(LoadableConstantEntry constant) {
    switch (constant) {
      case StringEntry text -> features.words("text", text.stringValue());
      case ClassEntry type -> type("literal", type);
      case MethodHandleEntry handle when handle.kind() > 4 -> called(handle.reference());
      case ConstantValueEntry number -> number(number.constantValue());
      default -> {}
    }
  }

  private void number(ConstantDesc value) {
    if (value instanceof Number) {
      features.add("number", value.toString());
    }
  }

  private void accessed(FieldInstruction access) {
    String name = access.name().stringValue();
    if (name.equals("$assertionsDisabled")) {
      features.add("shape", "assert");
      return;
    }
    if (name.startsWith("$") || name.startsWith("this$")) {
      return;
    }
    String owner = TypeNames.ofInternal(access.owner().asInternalName());
    features.add("field", owner + "." + name);
    features.words("field", name.startsWith("val$") ? name.substring(4) : name);
    features.type("field", TypeNames.ofDescriptor(access.type().stringValue()));
  }

  private void type(String role, ClassEntry entry) {
    types.put(entry.asInternalName(), role);
  }
}

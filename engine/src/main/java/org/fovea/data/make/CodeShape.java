package org.fovea.data.make;

import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/// Says in features what kinds of instructions a method has: `code:ifnull`, `code:iadd`.
///
/// Calls say nothing, nor do instructions that are there for their sake: loads, `new`, `dup`,
/// `pop`.
final class CodeShape {

  private static final Map<Opcode, String> NAMES = new EnumMap<>(Opcode.class);

  static {
    for (Opcode opcode : Opcode.values()) {
      NAMES.put(opcode, opcode.name().toLowerCase(Locale.ROOT));
    }
  }

  private CodeShape() {}

  static void describe(Instruction instruction, FeatureList features) {
    switch (instruction) {
      case ArrayLoadInstruction _,
          ArrayStoreInstruction _,
          BranchInstruction _,
          ConvertInstruction _,
          FieldInstruction _,
          IncrementInstruction _,
          LookupSwitchInstruction _,
          MonitorInstruction _,
          OperatorInstruction _,
          ReturnInstruction _,
          TableSwitchInstruction _,
          ThrowInstruction _,
          TypeCheckInstruction _ ->
          features.add("code", NAMES.getOrDefault(instruction.opcode(), "unknown"));
      case NewPrimitiveArrayInstruction array ->
          features.add("code", "new " + array.typeKind().name().toLowerCase(Locale.ROOT) + "[]");
      default -> {}
    }
  }
}

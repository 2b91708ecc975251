package org.fovea.model.tensor;

import java.util.Optional;

/// The type of a tensor's elements.
public enum ElementType {
  /// 32-bit IEEE floats.
  FLOAT32("F32", 4),
  /// 16-bit IEEE floats; read as 32-bit floats, not written.
  FLOAT16("F16", 2),
  /// The upper half of a 32-bit IEEE float; read as 32-bit floats, not written.
  BFLOAT16("BF16", 2),
  /// 64-bit integers.
  INT64("I64", 8),
  /// 32-bit integers.
  INT32("I32", 4),
  /// Bytes from 0 to 255.
  UINT8("U8", 1);

  private final String code;
  private final int bytes;

  ElementType(String code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  /// The name of the type in a `safetensors` header.
  public String code() {
    return code;
  }

  /// Bytes per element.
  public int bytes() {
    return bytes;
  }

  /// Whether the elements are read as 32-bit floats.
  public boolean isFloat() {
    return this == FLOAT32 || this == FLOAT16 || this == BFLOAT16;
  }

  /// The type with a name, if it is one of ours.
  static Optional<ElementType> of(String code) {
    for (ElementType type : values()) {
      if (type.code.equals(code)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}

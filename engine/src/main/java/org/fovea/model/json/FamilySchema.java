package org.fovea.model.json;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// The members of a sealed family by their kinds.
///
/// @param kinds records, and constants of enums, by the kebab-case of their simple names
record FamilySchema(SequencedMap<String, Kind> kinds) {

  /// A member of a family.
  sealed interface Kind {

    /// A record.
    record OfRecord(Class<?> type) implements Kind {}

    /// A constant of an enum.
    record OfConstant(Object constant) implements Kind {}
  }

  private static final ClassValue<FamilySchema> SCHEMAS =
      new ClassValue<>() {
        @Override
        protected FamilySchema computeValue(Class<?> type) {
          FamilySchema schema = new FamilySchema(new LinkedHashMap<>());
          schema.addMembers(type);
          return schema;
        }
      };

  static FamilySchema of(Class<?> family) {
    return SCHEMAS.get(family);
  }

  private void addMembers(Class<?> family) {
    for (Class<?> member : family.getPermittedSubclasses()) {
      if (member.isRecord()) {
        add(Words.kebab(member.getSimpleName()), new Kind.OfRecord(member));
      } else if (member.isEnum()) {
        for (Object constant : member.getEnumConstants()) {
          add(Words.kebab(((Enum<?>) constant).name()), new Kind.OfConstant(constant));
        }
      } else if (member.isSealed()) {
        addMembers(member);
      } else {
        throw new IllegalStateException(
            "%s is neither a record nor an enum nor a sealed family".formatted(member));
      }
    }
  }

  private void add(String kind, Kind member) {
    if (kinds.putIfAbsent(kind, member) != null) {
      throw new IllegalStateException("two members of a family are of the kind " + kind);
    }
  }

  /// The kind of a member.
  String kindOf(Object member) {
    for (Map.Entry<String, Kind> entry : kinds.entrySet()) {
      boolean same =
          switch (entry.getValue()) {
            case Kind.OfRecord(Class<?> type) -> type == member.getClass();
            case Kind.OfConstant(Object constant) -> constant == member;
          };
      if (same) {
        return entry.getKey();
      }
    }
    throw new IllegalArgumentException("%s is not of this family".formatted(member));
  }
}

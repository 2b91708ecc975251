package org.fovea.model.json;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How a record meets JSON: its keys in order, its constructor, its defaults.
final class RecordSchema {

  private static final ClassValue<RecordSchema> SCHEMAS =
      new ClassValue<>() {
        @Override
        protected RecordSchema computeValue(Class<?> type) {
          return new RecordSchema(type);
        }
      };

  private final Class<?> type;
  private final List<String> keys = new ArrayList<>();
  private final List<Type> types = new ArrayList<>();
  private final List<Method> accessors = new ArrayList<>();
  private final Constructor<?> constructor;
  private final Optional<Method> defaults;

  private RecordSchema(Class<?> type) {
    this.type = type;
    List<Class<?>> parameters = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      keys.add(Words.kebab(component.getName()));
      types.add(component.getGenericType());
      accessors.add(component.getAccessor());
      parameters.add(component.getType());
    }
    try {
      constructor = type.getDeclaredConstructor(parameters.toArray(Class<?>[]::new));
    } catch (NoSuchMethodException e) {
      throw new AssertionError("every record has its canonical constructor", e);
    }
    defaults = defaults(type);
  }

  static RecordSchema of(Class<?> type) {
    return SCHEMAS.get(type);
  }

  private static Optional<Method> defaults(Class<?> type) {
    for (Method method : type.getDeclaredMethods()) {
      if (method.getName().equals("defaults")
          && method.getParameterCount() == 0
          && method.getReturnType() == type
          && Modifier.isStatic(method.getModifiers())) {
        return Optional.of(method);
      }
    }
    return Optional.empty();
  }

  /// The keys in the order of the components.
  List<String> keys() {
    return keys;
  }

  /// Number of components.
  int size() {
    return keys.size();
  }

  /// Declared type of a component.
  Type type(int component) {
    return types.get(component);
  }

  /// Value of a component.
  Object value(Object owner, int component) {
    return invoke(accessors.get(component), owner);
  }

  /// The record with the values that keys take when they are missing, if the record has one.
  Optional<Object> defaults() {
    return defaults.map(method -> invoke(method, type));
  }

  /// Makes a record.
  ///
  /// @throws IllegalArgumentException if its constructor refuses the values
  Object make(Object[] values) {
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw rethrown(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("%s cannot be made from JSON".formatted(type), e);
    }
  }

  private static Object invoke(Method method, Object owner) {
    try {
      Object result = method.invoke(owner);
      if (result == null) {
        throw new IllegalStateException("%s is null".formatted(method));
      }
      return result;
    } catch (InvocationTargetException e) {
      throw rethrown(e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("%s must be public".formatted(method), e);
    }
  }

  private static RuntimeException rethrown(InvocationTargetException e) {
    return switch (e.getCause()) {
      case RuntimeException thrown -> thrown;
      case Error thrown -> throw thrown;
      case null, default -> new IllegalStateException(e);
    };
  }
}

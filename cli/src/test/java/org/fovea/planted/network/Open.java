package org.fovea.planted.network;

/// A public class that anybody may extend, with nested types that nobody may.
public class Open {

  int number() {
    return InnocentChoice.ONE.number();
  }

  /// Final.
  public static final class InnocentPart {}

  /// Sealed.
  public abstract static sealed class InnocentFamily permits InnocentChild {}

  /// Final.
  public static final class InnocentChild extends InnocentFamily {}

  /// An interface.
  public interface InnocentSeam {}

  /// An enum whose constants have bodies, so that its class is not final.
  public enum InnocentChoice {
    /// The only one.
    ONE {
      @Override
      int number() {
        return 1;
      }
    };

    abstract int number();
  }
}

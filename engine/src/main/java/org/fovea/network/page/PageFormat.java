package org.fovea.network.page;

/// What the pages of a store hold.
///
/// @param name whose pages they are, such as `event-network`: 1 to 64 of `a-z`, `0-9` and `-`
/// @param version of their layout, from 1; software reads its own and all earlier ones
public record PageFormat(String name, int version) {

  private static final int MAX_NAME = 64;

  public PageFormat {
    boolean plain = !name.isEmpty() && name.length() <= MAX_NAME;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      plain &= (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    }
    if (!plain) {
      throw new IllegalArgumentException(
          "a name of 1 to 64 of a-z, 0-9 and - was expected, '%s' came".formatted(name));
    }
    if (version < 1) {
      throw new IllegalArgumentException(
          "a version from 1 was expected, %s came".formatted(version));
    }
  }

  /// Throws unless software that knows this format can read pages of another.
  ///
  /// @param store for messages
  /// @param found what a store says that it holds
  /// @throws NeuronStoreException if it has another name or a newer version
  public void requireReadable(String store, PageFormat found) {
    if (!found.name.equals(name)) {
      throw new NeuronStoreException(
          "%s: a store of %s was expected, one of %s came".formatted(store, name, found.name));
    }
    if (found.version > version) {
      throw new NeuronStoreException(
          "%s: it holds %s of version %s, written by a newer Fovea; this one reads up to version %s"
              .formatted(store, name, found.version, version));
    }
  }
}

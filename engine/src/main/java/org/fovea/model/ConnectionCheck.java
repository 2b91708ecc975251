package org.fovea.model;

import org.fovea.MalformedDataException;

/// Checks direct connections as read from a file.
final class ConnectionCheck {

  private ConnectionCheck() {}

  /// Throws unless offsets ascend from 0 to the number of connections, and features lie in range
  /// and ascend within a label.
  static void check(String file, int[] offsets, int[] features, int featureCount) {
    if (offsets[0] != 0 || offsets[offsets.length - 1] != features.length) {
      throw new MalformedDataException(
          file,
          0,
          "direct.offsets must run from 0 to the %s connections, not from %s to %s"
              .formatted(features.length, offsets[0], offsets[offsets.length - 1]));
    }
    for (int label = 0; label + 1 < offsets.length; label++) {
      if (offsets[label + 1] < offsets[label] || offsets[label + 1] > features.length) {
        throw new MalformedDataException(
            file, 0, "direct.offsets must ascend, but do not at label " + label);
      }
      int previous = -1;
      for (int i = offsets[label]; i < offsets[label + 1]; i++) {
        if (features[i] <= previous || features[i] >= featureCount) {
          throw new MalformedDataException(
              file,
              0,
              "direct.features of label %s must ascend below %s, but %s follows %s"
                  .formatted(label, featureCount, features[i], previous));
        }
        previous = features[i];
      }
    }
  }
}

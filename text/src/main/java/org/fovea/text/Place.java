package org.fovea.text;

import org.fovea.MalformedDataException;

/// Where something stands in a file of patterns or rules.
///
/// @param file as its user named it
/// @param line counted from 1
/// @param column counted from 1, in UTF-16 units
public record Place(String file, long line, long column) {

  /// Something wrong here.
  MalformedDataException malformed(String reason) {
    return new MalformedDataException(file, line, column, reason);
  }
}

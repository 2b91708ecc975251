package org.fovea;

import com.tngtech.archunit.lang.ArchRule;

/// A rule for a house whose packages begin with a given name, so that one rule can be held against
/// Fovea and against planted mistakes.
interface Rule {

  /// The rule for the packages `root` and below.
  ArchRule in(String root);
}

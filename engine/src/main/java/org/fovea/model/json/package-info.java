/// JSON trees: strict reading and writing, and specs as JSON.
///
/// [SpecJson] maps immutable specs (records, sealed families of records, enums) to trees and back.
/// It goes by the declared types alone: no file ever names a class. The same mapping serves model
/// files and, through a YAML parser that makes the same trees, the command line.
///
/// Threads: everything here is safe.
///
/// Start with [SpecJson].
@NullMarked
package org.fovea.model.json;

import org.jspecify.annotations.NullMarked;

/// Models on disk: a network and all that is known of it, as a directory that other tools read too.
///
/// [Model] opens a directory; [NetworkFiles] maps parameters to tensors; [ModelInfo] holds the
/// rest. Beneath lie `model.json` (specs as JSON), `model.files` (directories that survive whatever
/// happens) and `model.tensor` (the safetensors format).
///
/// **Threads** confined while reading or writing.
///
/// Start reading at [Model].
@NullMarked
package org.fovea.model;

import org.jspecify.annotations.NullMarked;

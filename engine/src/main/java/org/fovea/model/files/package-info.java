/// The model directory: what is on disk, and how it survives whatever happens while it is written.
///
/// A model is a directory with `model.json` (sections of JSON, the list of files with their
/// checksums, a digest of itself), tensors in `safetensors` files and small texts. Next to it, in
/// `checkpoints/`, every checkpoint is such a directory of its own.
///
/// Writing is arranged so that the disk holds a complete model at every moment: all files are
/// written under a temporary name, forced, read again and verified, and one atomic rename makes
/// them the model (of `model.json` for the model itself, of the whole directory for a checkpoint).
/// What a killed process leaves over is recognised and swept by the next writer. The arrangement is
/// that of Pillai and others, *All File Systems Are Not Created Equal*, OSDI 2014, section 4.4:
/// force contents before names, force directories, and rely on one rename alone.
///
/// Every operation on files goes through [Storage], so that tests can fail or stop each of them.
///
/// Threads: [ModelStore] and [CheckpointStore] may be shared, their methods exclude each other; a
/// [ModelDirectory] is confined to one thread at a time.
///
/// Start with [ModelDirectory] for reading and [ModelStore] for writing; `docs/formats.md` has the
/// layout.
@NullMarked
package org.fovea.model.files;

import org.jspecify.annotations.NullMarked;

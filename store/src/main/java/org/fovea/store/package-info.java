/// Neurons suspended in RocksDB: the writable [org.fovea.network.page.NeuronStore] on disk.
///
/// **What** A [RocksDbStore] is a directory with a lock file and a RocksDB in it. Pages are values
/// under their numbers, each with a checksum of its own beside those of RocksDB's blocks.
///
/// **Why** A log-structured store survives kill -9 and power loss, checks what it reads, and writes
/// sequentially; `docs/decisions/0005` has what it costs beside a mapped page file. It is a module
/// of its own because it brings native code.
///
/// **Source** O'Neil and others, *The log-structured merge-tree*, Acta Informatica 33, 1996.
///
/// **Threads** safe; one process at a time.
///
/// Start reading at [RocksDbStore].
@NullMarked
package org.fovea.store;

import org.jspecify.annotations.NullMarked;

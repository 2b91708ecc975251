/// Which neurons are in memory: stores of pages, and the cache that holds a part of them.
///
/// **What** Three kinds of [org.fovea.network.page.NeuronStore]: [HeapStore] in memory,
/// [MappedStore] over a file that [PageFileWriter] wrote once, and, from other jars through
/// [StoreProvider], writable stores on disk. [NeuronStores] opens them. A [PageCache] keeps pages
/// of any of them in memory as long as a budget and a retention allow. Rows of a layer in training
/// are in the slots of [SlottedRows], which needs no store: a checkpoint is what lasts.
///
/// **Why** A network may be larger than memory, and of most wide networks a document or a batch
/// needs little. Neurons that are needed together lie on one page, are read once, stay while they
/// are used, and go when they are not.
///
/// **Source** Corbató, *A paging experiment with the Multics system*, 1969, for the CLOCK.
///
/// **Threads** safe, but for the writer of a page file.
///
/// Start reading at [PageCache].
@NullMarked
package org.fovea.residency;

import org.jspecify.annotations.NullMarked;

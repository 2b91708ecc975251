package org.fovea.event;

import java.util.Arrays;
import java.util.BitSet;
import org.fovea.network.page.DamagedPageException;
import org.fovea.network.page.NeuronStore;
import org.fovea.network.page.NeuronStoreException;
import org.fovea.network.page.PageBuffer;
import org.fovea.residency.PageSink;

/// What of a suspended network is read when it is opened: its facts, in the metadata of the store,
/// and its trunk, on the last pages.
///
/// **Threads** immutable, safe.
///
/// @param idPage first of the pages that say where neurons are; before it are the neurons
record StoredTrunk(
    NetworkFacts facts, NetworkFacts.Marks marks, Trunk trunk, Relation[] relations, int idPage) {

  private static final int CHUNK = 1 << 18;

  /// Puts all of it.
  ///
  /// @param pages the first page of ids, and the first that is free
  static void write(
      NetworkFacts facts,
      NetworkFacts.Marks marks,
      Trunk trunk,
      Relation[] relations,
      int[] pages,
      PageSink sink) {
    int[][] parts = trunk.arrays();
    int[][] arrays = {
      parts[0],
      parts[1],
      parts[2],
      parts[3],
      parts[4],
      parts[5],
      ints(marks.inputs()),
      ints(marks.echoed())
    };
    PageBuffer page = new PageBuffer();
    PageBuffer metadata = new PageBuffer();
    metadata.putInt(facts.idBound()).putInt(facts.levelCount()).putInt(facts.neuronCount());
    metadata.putLong(facts.synapseCount());
    metadata.putInt(facts.alwaysPage()).putInt(facts.alwaysPages());
    metadata.putInt(facts.reach().positions()).putInt(facts.reach().documents() ? 1 : 0);
    metadata.putInt(pages[0]).putInt(pages[1]).putInt(relations.length);
    for (Relation relation : relations) {
      metadata.putInt(relation.kind().code()).putInt(relation.distance());
    }
    int next = pages[1];
    for (int[] array : arrays) {
      metadata.putInt(array.length);
      for (int from = 0; from < array.length; from += CHUNK) {
        page.clear().putInts(array, from, Math.min(CHUNK, array.length - from));
        sink.put(next++, page);
      }
    }
    sink.end(Arrays.copyOf(metadata.bytes(), metadata.length()));
  }

  private static int[] ints(BitSet bits) {
    long[] words = bits.toLongArray();
    int[] halves = new int[2 * words.length];
    for (int i = 0; i < words.length; i++) {
      halves[2 * i] = (int) words[i];
      halves[2 * i + 1] = (int) (words[i] >>> 32);
    }
    return halves;
  }

  private static BitSet bits(int[] halves) {
    long[] words = new long[halves.length / 2];
    for (int i = 0; i < words.length; i++) {
      words[i] = LongTable.key(halves[2 * i + 1], halves[2 * i]);
    }
    return BitSet.valueOf(words);
  }

  /// Reads all of it.
  ///
  /// @throws NeuronStoreException if any of it is damaged
  static StoredTrunk read(NeuronStore store) {
    byte[] bytes = store.metadata();
    PageBuffer page = new PageBuffer();
    page.putBytes(bytes, 0, bytes.length);
    PageArrays metadata = new PageArrays(page);
    try {
      int idBound = metadata.next();
      int levelCount = metadata.next();
      int neuronCount = metadata.next();
      long low = metadata.next();
      long synapseCount = ((long) metadata.next() << 32) | (low & 0xffff_ffffL);
      int alwaysPage = metadata.next();
      int alwaysPages = metadata.next();
      Reach reach = new Reach(metadata.next(), metadata.next() != 0);
      NetworkFacts facts =
          new NetworkFacts(
              idBound, levelCount, neuronCount, synapseCount, alwaysPage, alwaysPages, reach);
      int idPage = metadata.next();
      int next = metadata.next();
      Relation[] relations = new Relation[metadata.next()];
      for (int kind = 0; kind < relations.length; kind++) {
        relations[kind] = new Relation(kind(metadata.next()), metadata.next());
      }
      int[][] arrays = new int[8][];
      PageBuffer chunk = new PageBuffer();
      for (int a = 0; a < arrays.length; a++) {
        arrays[a] = new int[metadata.next()];
        for (int from = 0; from < arrays[a].length; from += CHUNK) {
          if (!store.read(next, chunk)) {
            throw new NeuronStoreException("%s: page %s is missing".formatted(store.name(), next));
          }
          chunk.ints(0, arrays[a], from, Math.min(CHUNK, arrays[a].length - from));
          next++;
        }
      }
      Trunk trunk =
          new Trunk(arrays[0], arrays[1], arrays[2], arrays[3], new int[][] {arrays[4], arrays[5]});
      NetworkFacts.Marks marks = new NetworkFacts.Marks(bits(arrays[6]), bits(arrays[7]));
      return new StoredTrunk(facts, marks, trunk, relations, idPage);
    } catch (DamagedPageException e) {
      throw new NeuronStoreException(
          store.name() + ": what leads to its neurons is damaged: " + e.getMessage(), e);
    } catch (IndexOutOfBoundsException | NegativeArraySizeException | IllegalArgumentException e) {
      throw new NeuronStoreException(store.name() + ": its metadata contradict themselves", e);
    }
  }

  private static Relation.Kind kind(int code) {
    for (Relation.Kind kind : Relation.Kind.values()) {
      if (kind.code() == code) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no relation has the code " + code);
  }
}

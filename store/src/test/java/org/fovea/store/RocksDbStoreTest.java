package org.fovea.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.fovea.network.page.NeuronStore;
import org.fovea.network.page.NeuronStoreException;
import org.fovea.network.page.PageBatch;
import org.fovea.network.page.PageFormat;
import org.fovea.network.page.WritableNeuronStore;
import org.fovea.network.page.WritableNeuronStore.Durability;
import org.fovea.residency.NeuronStores;
import org.fovea.residency.StoreOptions;
import org.fovea.residency.WritableStoreContract;
import org.junit.jupiter.api.Test;

class RocksDbStoreTest extends WritableStoreContract {

  @Override
  protected WritableNeuronStore empty(Path directory) {
    return RocksDbStore.open(directory, FORMAT, StoreOptions.defaults());
  }

  @Test
  void isFoundByWhoeverNeedsAWritableStore() {
    try (WritableNeuronStore store =
        NeuronStores.writable(place(), FORMAT, StoreOptions.defaults())) {
      assertThat(store).isInstanceOf(RocksDbStore.class);
      PageBatch batch = new PageBatch().metadata(new byte[] {4});
      put(batch, 8, content(8, 1, 300));
      store.write(batch, Durability.SYNC);
    }
    try (NeuronStore store = NeuronStores.open(place(), FORMAT)) {
      assertThat(read(store, 8)).isEqualTo(content(8, 1, 300));
      assertThat(store.metadata()).containsExactly(4);
    }
  }

  @Test
  void refusesNewerAndOtherPages() {
    empty(place()).close();
    assertThatThrownBy(() ->
            RocksDbStore.open(place(), new PageFormat("contract", 1), StoreOptions.defaults()))
        .isInstanceOf(NeuronStoreException.class)
        .hasMessageContaining("it holds contract of version 2, written by a newer Fovea");
    assertThatThrownBy(
            () -> RocksDbStore.open(place(), new PageFormat("rows", 9), StoreOptions.defaults()))
        .hasMessage(place() + ": a store of rows was expected, one of contract came");
    try (RocksDbStore store =
        RocksDbStore.open(place(), new PageFormat("contract", 5), StoreOptions.defaults())) {
      assertThat(store.format()).isEqualTo(FORMAT);
    }
  }

  @Test
  void refusesAStoreOfANewerLayout() throws IOException {
    empty(place()).close();
    Path title = place().resolve("pages/store.txt");
    String text = Files.readString(title);
    assertThat(text).startsWith("fovea-store 1\ncontract 2\n");
    CRC32C checksum = new CRC32C();
    String newer = "fovea-store 2\ncontract 2\n";
    checksum.update(newer.getBytes(StandardCharsets.US_ASCII));
    Files.writeString(title, newer + "%08x\n".formatted(checksum.getValue()));
    assertThatThrownBy(() -> empty(place()))
        .hasMessage(
            place()
                + ": the store has version 2, written by a newer Fovea; this one reads version 1");
  }

  @Test
  void refusesEveryFlippedBitOfItsTitle() throws IOException {
    empty(place()).close();
    Path title = place().resolve("pages/store.txt");
    byte[] whole = Files.readAllBytes(title);
    for (int at = 0; at < whole.length; at++) {
      byte[] flipped = whole.clone();
      flipped[at] ^= (byte) (1 << at % 8);
      Files.write(title, flipped);
      assertThatThrownBy(() -> empty(place())).isInstanceOf(NeuronStoreException.class);
    }
    Files.delete(title);
    assertThatThrownBy(() -> empty(place()))
        .hasMessageContaining("this is no store of Fovea, or its store.txt is damaged");
  }

  @Test
  void refusesAStoreThatHasLostWhatItNeedsToOpen() throws IOException {
    try (WritableNeuronStore store = empty(place())) {
      PageBatch batch = new PageBatch();
      put(batch, 8, content(8, 1, 300));
      store.write(batch, Durability.SYNC);
    }
    Files.delete(place().resolve("pages/CURRENT"));
    assertThatThrownBy(() -> empty(place()))
        .isInstanceOf(NeuronStoreException.class)
        .hasMessageContaining("the metadata of the store are damaged");
  }

  @Test
  void sweepsWhatAKilledMakerLeft() throws IOException {
    Path left = Files.createDirectories(place().resolve("pages.new"));
    Files.writeString(left.resolve("CURRENT"), "half of something");
    empty(place()).close();
    assertThat(left).doesNotExist();
  }

  @Test
  void refusesASecondHolderInThisProcess() {
    try (WritableNeuronStore first = empty(place())) {
      assertThatThrownBy(() -> empty(place()))
          .isInstanceOf(NeuronStoreException.class)
          .hasMessage(place() + ": this process has the store open already; close it there first");
      first.write(new PageBatch().metadata(new byte[1]), Durability.SYNC);
    }
    empty(place()).close();
  }
}

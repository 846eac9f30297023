// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bundle.Bundle;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.BundleId;

/** The bundles to which consent was given, each with its file, as it is stored and served. */
final class Library {
  private static final int PIECE_BYTES = 1024 * 1024;

  private final Outbox outbox;
  private final TreeMap<BundleId, Installed> installed = new TreeMap<>();
  private final TreeMap<BundleId, List<Bytes>> loading = new TreeMap<>();

  /** A bundle and its file. */
  record Installed(Bundle bundle, Bytes file) {}

  Library(Outbox outbox) {
    this.outbox = outbox;
  }

  @Nullable Installed get(BundleId id) {
    return installed.get(id);
  }

  /** Takes a bundle and writes it to the store. */
  void install(Installed added) {
    BundleId id = added.bundle().id();
    if (installed.put(id, added) != null) {
      return;
    }
    Bytes file = added.file();
    int index = 0;
    for (int from = 0; from < file.size(); from += PIECE_BYTES) {
      Bytes piece = file.slice(from, Math.min(file.size(), from + PIECE_BYTES));
      outbox.write(new Write.Put(StoreKeys.bundlePiece(id, index), piece));
      index++;
    }
  }

  /** Forgets a bundle that no instance uses any more. */
  void remove(BundleId id) {
    installed.remove(id);
    outbox.write(StoreKeys.bundle(id));
  }

  /** Takes a piece from the store, in ascending order of keys. */
  void load(BundleId id, Bytes piece) {
    loading.computeIfAbsent(id, _ -> new ArrayList<>()).add(piece);
  }

  /** The files that were loaded, to be opened; each is given once. */
  SortedMap<BundleId, Bytes> takeLoaded() {
    TreeMap<BundleId, Bytes> files = new TreeMap<>();
    loading.forEach((id, pieces) -> files.put(id, Bytes.concat(pieces.toArray(Bytes[]::new))));
    loading.clear();
    return files;
  }

  /** Takes a bundle that is in the store already. */
  void loaded(Installed added) {
    installed.put(added.bundle().id(), added);
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.event.BundleId;

/**
 * Fetches one bundle file by its id, chunk after chunk, from one peer at a time; a peer that does
 * not answer, or whose file is not the one, is followed by the next.
 */
public final class BundleFetch {
  private final BundleId bundle;
  private final SyncPort port;
  private final Supplier<List<Long>> links;
  private final LongFunction<Checker> checker;
  private final List<Bytes> chunks = new ArrayList<>();
  private int received;
  private int total = -1;
  private long asked;
  private long request;
  private boolean done;

  /** Judges a whole file: the reason why it is not the one, or null when it is taken. */
  public interface Checker {
    /** Looks at the file. */
    @Nullable String check(Bytes file);
  }

  /**
   * A fetch that has not begun.
   *
   * @param bundle what to fetch
   * @param port the surroundings
   * @param links peers that may have it, in the order to ask
   * @param checker gives the judge for a file that came over a link
   */
  public BundleFetch(
      BundleId bundle, SyncPort port, Supplier<List<Long>> links, LongFunction<Checker> checker) {
    this.bundle = bundle;
    this.port = port;
    this.links = links;
    this.checker = checker;
  }

  /** Asks the next peer from the start, or waits for one. */
  public void begin() {
    chunks.clear();
    received = 0;
    total = -1;
    asked = nextLink();
    ask();
  }

  /** Stops; nothing more is asked. */
  public void stop() {
    done = true;
  }

  /** Bytes received so far. */
  public int received() {
    return received;
  }

  /** Handles a chunk. */
  public void onChunk(long link, Message.BundleChunk chunk) {
    boolean expected =
        !done && link == asked && chunk.bundle().equals(bundle) && chunk.offset() == received;
    if (!expected || (total >= 0 && total != chunk.total())) {
      return;
    }
    int end = chunk.offset() + chunk.chunk().size();
    if (chunk.chunk().isEmpty() || end > chunk.total()) {
      port.charge(link, Offence.BAD_BUNDLE, "a chunk beyond the bundle's end");
      begin();
      return;
    }
    total = chunk.total();
    chunks.add(chunk.chunk());
    received = end;
    if (received < total) {
      ask();
    } else {
      finish(link);
    }
  }

  private void finish(long link) {
    Bytes file = Bytes.concat(chunks.toArray(Bytes[]::new));
    done = true;
    String wrong = checker.apply(link).check(file);
    if (wrong != null) {
      done = false;
      port.charge(link, Offence.BAD_BUNDLE, wrong);
      begin();
    }
  }

  private long nextLink() {
    List<Long> all = links.get();
    for (long link : all) {
      if (link > asked) {
        return link;
      }
    }
    return all.isEmpty() ? 0 : all.get(0);
  }

  private void ask() {
    long number = ++request;
    if (asked != 0) {
      port.send(asked, new Message.WantBundle(bundle, received));
    }
    port.timer(port.nowMillis() + Limits.RETRY_MILLIS, () -> expire(number));
  }

  private void expire(long number) {
    if (done || number != request) {
      return;
    }
    if (nextLink() == asked) {
      ask();
    } else {
      begin();
    }
  }
}

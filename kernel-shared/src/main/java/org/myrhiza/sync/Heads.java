// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.log.Frontier;
import org.myrhiza.log.Tip;

/**
 * Heads as one peer tells them to another: whole, or by what differs from what it told before.
 *
 * @param revision the teller's number for its heads, 1 or more; another number for other heads
 * @param base the revision that this builds on; 0 when it tells everything; the same as {@code
 *     revision} when nothing changed
 * @param tips every tip of each key whose tips are others than in the base
 * @param gone keys of the base that have no tip any more, strictly ascending
 */
public record Heads(long revision, long base, Frontier tips, List<PublicKey> gone) {
  private static final int MOST = org.myrhiza.log.Limits.FRONTIER_TIPS;

  /** Copies the list. */
  public Heads {
    gone = List.copyOf(gone);
  }

  /** All heads, under a revision. */
  public static Heads whole(long revision, Frontier tips) {
    return new Heads(revision, 0, tips, List.of());
  }

  /** That nothing changed since a revision. */
  static Heads same(long revision) {
    return new Heads(revision, revision, Frontier.NOTHING, List.of());
  }

  /** What changed from the heads of one revision to those of the next. */
  static Heads change(long base, Frontier before, long revision, Frontier now) {
    List<Tip> tips = new ArrayList<>();
    List<PublicKey> gone = new ArrayList<>();
    Runs old = new Runs(before);
    Runs fresh = new Runs(now);
    while (old.key() != null || fresh.key() != null) {
      int order = order(old.key(), fresh.key());
      List<Tip> was = order <= 0 ? old.take() : List.of();
      List<Tip> is = order >= 0 ? fresh.take() : List.of();
      if (is.isEmpty()) {
        gone.add(was.getFirst().key());
      } else if (!is.equals(was)) {
        tips.addAll(is);
      }
    }
    return new Heads(revision, base, new Frontier(tips), gone);
  }

  /**
   * The heads that follow from those of the base.
   *
   * @param before what the base's revision was
   * @return empty if there are more than a peer may tell
   */
  Optional<Frontier> on(Frontier before) {
    List<Tip> tips = new ArrayList<>();
    Runs old = new Runs(before);
    Runs fresh = new Runs(this.tips);
    int left = 0;
    while (old.key() != null || fresh.key() != null) {
      int order = order(old.key(), fresh.key());
      List<Tip> was = order <= 0 ? old.take() : List.of();
      List<Tip> is = order >= 0 ? fresh.take() : was;
      PublicKey key = is.getFirst().key();
      while (left < gone.size() && gone.get(left).compareTo(key) < 0) {
        left++;
      }
      boolean leaves = order < 0 && left < gone.size() && gone.get(left).equals(key);
      if (!leaves) {
        tips.addAll(is);
      }
    }
    return tips.size() > MOST ? Optional.empty() : Optional.of(new Frontier(tips));
  }

  /**
   * The keys to leave out of some heads to get others.
   *
   * @return empty when the others are not that
   */
  static Optional<List<PublicKey>> leavingOut(Frontier all, Frontier some) {
    Heads change = change(0, all, 1, some);
    return change.tips.tips().isEmpty() ? Optional.of(change.gone) : Optional.empty();
  }

  /** Heads without those of some keys, which ascend. */
  static Frontier without(Frontier all, List<PublicKey> keys) {
    return new Heads(1, 1, Frontier.NOTHING, keys).on(all).orElseThrow();
  }

  /** Compares keys, of which a missing one comes last. */
  private static int order(@Nullable PublicKey one, @Nullable PublicKey other) {
    if (one == null || other == null) {
      return one == null ? 1 : -1;
    }
    return one.compareTo(other);
  }

  static void write(CanonicalWriter w, Heads heads) {
    w.u64(heads.revision);
    w.u64(heads.base);
    Frontier.CODEC.write(w, heads.tips);
    w.set(heads.gone, MOST, PublicKey.CODEC);
  }

  static Heads read(CanonicalReader r) {
    long revision = r.u64();
    long base = r.u64();
    if (revision < 1 || base < 0 || base > revision) {
      throw r.fail("revision of heads", revision + " on " + base, "1 or more, on no later one");
    }
    Heads heads = new Heads(revision, base, Frontier.CODEC.read(r), r.set(MOST, PublicKey.CODEC));
    boolean changes = !heads.tips.tips().isEmpty() || !heads.gone.isEmpty();
    if ((base == revision && changes) || (base == 0 && !heads.gone.isEmpty())) {
      throw r.fail("heads", "a change of nothing", "none");
    }
    return heads;
  }

  /** Tips key by key. */
  private static final class Runs {
    private final List<Tip> tips;
    private int next;

    Runs(Frontier frontier) {
      tips = frontier.tips();
    }

    /** The next key, null at the end. */
    @Nullable PublicKey key() {
      return next < tips.size() ? tips.get(next).key() : null;
    }

    List<Tip> take() {
      int from = next;
      PublicKey key = tips.get(from).key();
      while (next < tips.size() && tips.get(next).key().equals(key)) {
        next++;
      }
      return tips.subList(from, next);
    }
  }
}

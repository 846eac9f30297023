// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.state;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;

/**
 * The state at an earlier place of the order, laid over the latest state without touching it, while
 * a new run of the order from there is compared with the old one that led to the latest state.
 *
 * <p>Going back lays old values over the latest ones. Going forward gives this run's values, and
 * knows the <em>dirty</em> keys: those whose values differ between the two runs at this place. When
 * none is dirty, what follows is as it was. At the end of the old run only the dirty keys differ
 * from the latest state, and {@link #install} sets them.
 */
public final class Past {
  private final TopicState latest;
  private final Layer app;
  private final Layer kernel;

  Past(TopicState latest, StateSpace app, StateSpace kernel) {
    this.latest = latest;
    this.app = new Layer(app);
    this.kernel = new Layer(kernel);
  }

  private Layer of(Space space) {
    return switch (space) {
      case APP -> app;
      case KERNEL -> kernel;
    };
  }

  /**
   * Returns whether what these keys have here is in memory, so that {@link #back} or {@link #pass}
   * can be done. If not, it is noted: {@link #takeMissing}.
   */
  public boolean has(Undo values) {
    boolean all = true;
    for (Undo.Old value : values.old()) {
      all &= of(value.space()).has(value.key());
    }
    return all;
  }

  /** Returns the store keys of what was wanted and is in the store only, and forgets them. */
  public List<Bytes> takeMissing() {
    return latest.takeMissing();
  }

  /** Returns whether as much is noted as is worth reading at once. */
  public boolean missesMuch() {
    return latest.missesMuch();
  }

  /** Goes back before one event of this run and returns what would give its values again. */
  public Undo back(Undo undo) {
    List<Undo.Old> redo = new ArrayList<>(undo.old().size());
    for (Undo.Old old : undo.old()) {
      Bytes had = of(old.space()).set(old.key(), old.value());
      redo.add(new Undo.Old(old.space(), old.key(), had));
    }
    return new Undo(redo);
  }

  /** Returns an overlay for an apply here. */
  public Overlay overlay(BooleanSupplier forked) {
    return latest.overlay(app, forked);
  }

  /**
   * Goes past a place where the runs may do different things.
   *
   * @param mine values that this run sets there
   * @param theirs values that the old run set there
   * @return what takes back this run's
   */
  public Undo pass(Undo mine, Undo theirs) {
    List<Undo.Old> undo = new ArrayList<>(mine.old().size());
    for (Undo.Old value : mine.old()) {
      Bytes before = of(value.space()).run(value.key(), value.value());
      undo.add(new Undo.Old(value.space(), value.key(), before));
    }
    for (Undo.Old value : theirs.old()) {
      of(value.space()).other(value.key(), value.value());
    }
    return new Undo(undo);
  }

  /**
   * Goes past an event that does the same in both runs.
   *
   * @return its undo entry, null when that is the one it had: no dirty key is among its keys
   */
  public @Nullable Undo repeat(Undo values) {
    boolean dirty = false;
    List<Undo.Old> undo = new ArrayList<>(values.old().size());
    for (Undo.Old value : values.old()) {
      Layer layer = of(value.space());
      Bytes before = layer.set(value.key(), value.value());
      dirty |= layer.same(value.key());
      undo.add(new Undo.Old(value.space(), value.key(), before));
    }
    return dirty ? new Undo(undo) : null;
  }

  /** Returns whether any key is dirty. */
  public boolean differs() {
    return app.differs() || kernel.differs();
  }

  /** Returns how many keys are dirty. */
  public int differences() {
    return app.differences() + kernel.differences();
  }

  /**
   * Returns whether a dirty key is one that an apply read, or may have changed what it saw: what is
   * in force counts as read by every apply, and the size of the topic by one that could now meet
   * the quota.
   */
  public boolean touches(ReadSet reads) {
    if (kernel.differs()) {
      return true;
    }
    if (!app.differs()) {
      return false;
    }
    if (reads.everything()) {
      return true;
    }
    for (Bytes key : reads.keys()) {
      if (app.differsIn(key)) {
        return true;
      }
    }
    for (Reads.Interval interval : reads.intervals()) {
      if (app.differsIn(interval)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns whether an apply with these reads may meet the quota here. It matters only while some
   * key is dirty: else the topic has its old size.
   */
  public boolean nearQuota(ReadSet reads) {
    Quota quota = latest.quota();
    return app.bytes() + reads.writtenBytes() > quota.bytes()
        || app.entries() + reads.writes() > quota.entries();
  }

  /** Returns the dirty keys with this run's values: what leads back here from the old run. */
  public Undo patch() {
    List<Undo.Old> values = new ArrayList<>();
    for (Space space : Space.values()) {
      Layer layer = of(space);
      layer.eachDifference((key, there) -> values.add(new Undo.Old(space, key, layer.held(key))));
    }
    return new Undo(values);
  }

  /** Returns the dirty keys with the old run's values, and takes this run for the only one. */
  public Undo setAside() {
    List<Undo.Old> values = new ArrayList<>();
    for (Space space : Space.values()) {
      of(space).eachDifference((key, there) -> values.add(new Undo.Old(space, key, there)));
      of(space).forget();
    }
    return new Undo(values);
  }

  /** At the end of the old run: gives the latest state this run's values. */
  public void install() {
    latest.rollback(patch());
    app.forget();
    kernel.forget();
  }
}

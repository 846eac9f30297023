// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.wasm.abi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The handles of one component instance (CanonicalABI.md, Table State and Resource State): indices
 * from 1, the last one given up is the first one given out again.
 */
public final class Handles {
  /** The owner of the host's resource types. */
  public static final int HOST = -1;

  private final int instance;
  private final int[] owners;
  private final List<@Nullable Entry> entries = new ArrayList<>();
  private int[] free = new int[16];
  private int freeCount;
  private @Nullable CallScope scope;
  private int life = 1;

  /** A handle that its instance holds. */
  private static final class Entry {
    final int resource;
    final int representation;
    final @Nullable CallScope borrowedFor;
    int lends;

    Entry(int resource, int representation, @Nullable CallScope borrowedFor) {
      this.resource = resource;
      this.representation = representation;
      this.borrowedFor = borrowedFor;
    }
  }

  /** A handle that was given up. */
  public record Dropped(int representation, boolean owned) {}

  /**
   * What one call between two sides lends: the caller's handles stay its own until the call
   * returns, and the callee must give every borrow up before that.
   */
  public static final class CallScope {
    private final List<Entry> lent = new ArrayList<>();
    private int borrows;

    /** Ends the call: traps when borrows are left, and gives what was lent back. */
    public void end() throws AbiStop {
      if (borrows != 0) {
        throw AbiStop.rule("borrows left at the end of a call");
      }
      for (Entry entry : lent) {
        entry.lends--;
      }
    }
  }

  /**
   * An empty table.
   *
   * @param instance the instance's number
   * @param owners the number of the instance that defines each resource type; the host's is {@link
   *     #HOST}
   */
  public Handles(int instance, int[] owners) {
    this.instance = instance;
    this.owners = owners.clone();
  }

  /** The scope of the call whose values cross next; null between calls. */
  public void setScope(@Nullable CallScope scope) {
    this.scope = scope;
  }

  /** Which life of the instance this is. */
  public int life() {
    return life;
  }

  /**
   * Whether what a handle stands for is there: what an instance defines goes with its life, what
   * the host defines the host looks after.
   */
  boolean isAlive(int resource, int handleLife) {
    return handleLife == life || owners[resource] == HOST;
  }

  /** Voids all handles: the instance is as new, or gone. */
  public void clear() {
    entries.clear();
    freeCount = 0;
    scope = null;
    life++;
  }

  /** Makes an owning handle ({@code resource.new}). */
  public int add(int resource, int representation) throws AbiStop {
    return insert(new Entry(resource, representation, null));
  }

  private int insert(Entry entry) throws AbiStop {
    if (freeCount > 0) {
      int index = free[--freeCount];
      entries.set(index - 1, entry);
      return index;
    }
    if (entries.size() >= Limits.HANDLES) {
      throw AbiStop.rule("more than " + Limits.HANDLES + " handles");
    }
    entries.add(entry);
    return entries.size();
  }

  private Entry entry(int index, int resource) throws AbiStop {
    Entry entry = index < 1 || index > entries.size() ? null : entries.get(index - 1);
    if (entry == null) {
      throw AbiStop.rule("unknown handle " + Integer.toUnsignedString(index));
    }
    if (entry.resource != resource) {
      throw AbiStop.rule("handle " + index + " is of another resource type");
    }
    return entry;
  }

  private Entry remove(int index, int resource) throws AbiStop {
    Entry entry = entry(index, resource);
    if (entry.lends != 0) {
      throw AbiStop.rule("handle " + index + " is lent");
    }
    entries.set(index - 1, null);
    if (freeCount == free.length) {
      free = Arrays.copyOf(free, 2 * freeCount);
    }
    free[freeCount++] = index;
    return entry;
  }

  /** The representation behind a handle ({@code resource.rep}). */
  public int representation(int index, int resource) throws AbiStop {
    return entry(index, resource).representation;
  }

  /** Gives a handle up ({@code resource.drop}); an owned one is to be destroyed by the caller. */
  public Dropped drop(int index, int resource) throws AbiStop {
    Entry entry = remove(index, resource);
    CallScope borrowed = entry.borrowedFor;
    if (borrowed != null) {
      borrowed.borrows--;
    }
    return new Dropped(entry.representation, borrowed == null);
  }

  int liftOwn(int index, int resource) throws AbiStop {
    if (entry(index, resource).borrowedFor != null) {
      throw AbiStop.rule("handle " + index + " is only borrowed");
    }
    return remove(index, resource).representation;
  }

  int liftBorrow(int index, int resource) throws AbiStop {
    Entry entry = entry(index, resource);
    current().lent.add(entry);
    entry.lends++;
    return entry.representation;
  }

  int lowerOwn(int resource, int representation) throws AbiStop {
    return add(resource, representation);
  }

  /** The owner itself gets the representation: it has no use for a handle to its own thing. */
  int lowerBorrow(int resource, int representation) throws AbiStop {
    if (owners[resource] == instance) {
      return representation;
    }
    CallScope current = current();
    current.borrows++;
    return insert(new Entry(resource, representation, current));
  }

  private CallScope current() throws AbiStop {
    if (scope == null) {
      throw AbiStop.bug("a borrow outside of a call");
    }
    return scope;
  }
}

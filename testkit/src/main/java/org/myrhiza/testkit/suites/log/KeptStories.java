// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.log;

import java.util.List;

/**
 * What the rules of order.md say about kept and held, by example. {@code eve} cheats, {@code ann}
 * loses her phone, {@code ben} reads.
 */
final class KeptStories {
  private KeptStories() {}

  /**
   * A story and what it comes to.
   *
   * @param name what it is about
   * @param story its events
   * @param lost names of the valid events that are not kept
   * @param dropped names of those that are not held either
   */
  record Told(String name, KeptStory story, List<String> lost, List<String> dropped) {}

  static List<Told> all() {
    return List.of(
        told("a fork that nobody acknowledged", fork(), "a b", "a b"),
        told("a fork one branch of which was read", fork().app("read", "ben", "a"), "b", "b"),
        told("a fork read by someone who saw both", fork().app("read", "ben", "a", "b"), "a b", ""),
        told("a fork read by another key of its author", readByItsOwn(), "a b", ""),
        told("a fork known from a proof alone", begun().app("a", "eve").unseenTwin("a"), "a", "a"),
        told("two principals for one key", twoPrincipals(), "x1 x2 a", "x1 x2 a"),
        told("an expelled principal", expelled(), "c phone p", "p"),
        told("backdated after an expulsion", backdated(), "old", "old"),
        told("an expelled key", expelledKey(), "b", "b"),
        told("fencers cannot be expelled", fencers(), "", ""),
        told("a lost phone", lostPhone(), "c d", "d"),
        told("a lost phone read by one who knew", readerWhoKnew(), "b", ""),
        told("a fencer's own phone is not void", fencersPhone(), "b", "b"),
        told("a fence without effect", nobodysFence(), "a b fence", "a"),
        told("a fence whose author forked", forkedFencer(), "b fence f", "b f"),
        told("a fork past a fence", forkPastFence(), "b c", "b c"));
  }

  static Told named(String name) {
    return all().stream().filter(told -> told.name().equals(name)).findFirst().orElseThrow();
  }

  private static Told told(String name, KeptStory story, String lost, String dropped) {
    return new Told(name, story, words(lost), words(dropped));
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" "));
  }

  private static KeptStory begun() {
    return new KeptStory()
        .join("ann", "ann", "ann", "genesis")
        .join("ben", "ben", "ben", "genesis")
        .join("eve", "eve", "eve", "genesis");
  }

  private static KeptStory fork() {
    return begun().app("a", "eve").app("b", "eve");
  }

  /** Eve's phone is no other principal: it acknowledges nothing of hers, but keeps it held. */
  private static KeptStory readByItsOwn() {
    return fork()
        .join("phone", "eve phone", "eve", "genesis")
        .app("one", "phone", "a")
        .app("two", "one", "b");
  }

  private static KeptStory twoPrincipals() {
    return begun()
        .join("x1", "eve phone", "eve", "genesis")
        .join("x2", "eve phone", "ann", "genesis")
        .app("a", "x1");
  }

  /** Void stays void, though Ben read c; the fence's past stays, and Ben's event keeps c held. */
  private static KeptStory expelled() {
    return begun()
        .app("a", "eve")
        .fencePrincipal("fence", "eve", "genesis", "a")
        .app("c", "a", "fence")
        .join("phone", "eve phone", "eve", "a")
        .app("p", "phone")
        .app("read", "ben", "c", "phone");
  }

  private static KeptStory backdated() {
    return begun()
        .app("a", "eve")
        .app("b", "a")
        .fencePrincipal("fence", "eve", "genesis", "b")
        .app("old", "a");
  }

  private static KeptStory expelledKey() {
    return begun()
        .app("a", "eve")
        .join("phone", "eve phone", "eve", "a")
        .fenceKey("fence", "eve", "genesis", "a")
        .app("b", "a")
        .app("p", "phone");
  }

  private static KeptStory fencers() {
    return begun()
        .join("warden", "warden", "warden", "genesis")
        .fencePrincipal("fence", "founder", "warden", "ann")
        .app("a", "genesis")
        .fenceKey("back", "warden", "a")
        .app("b", "fence", "ben");
  }

  /** Ben read c before he knew of the fence; d nobody read. */
  private static KeptStory phone() {
    return begun()
        .join("phone", "ann phone", "ann", "ann")
        .app("a", "phone")
        .fenceKey("fence", "ann phone", "ann", "a");
  }

  private static KeptStory lostPhone() {
    return phone()
        .app("b", "a")
        .app("read", "ben", "b")
        .app("c", "b")
        .app("d", "c", "fence")
        .app("own", "fence", "c");
  }

  private static KeptStory readerWhoKnew() {
    return phone().app("b", "a").app("read", "ben", "b", "fence");
  }

  private static KeptStory fencersPhone() {
    return begun()
        .join("phone", "warden phone", "warden", "genesis")
        .join("warden", "warden", "warden", "genesis")
        .app("a", "phone")
        .fenceKey("fence", "warden phone", "warden", "a")
        .app("b", "a")
        .fenceKey("policy", "warden phone", "genesis");
  }

  /** It is not kept, shuts out nobody, and is held with its past as all fences are. */
  private static KeptStory nobodysFence() {
    return fork().fencePrincipal("fence", "ann", "b");
  }

  /** Eve's phone forks and fences her key in one breath: the fence counts, and is not kept. */
  private static KeptStory forkedFencer() {
    return begun()
        .app("a", "eve")
        .app("b", "a")
        .join("phone", "eve phone", "eve", "genesis")
        .fenceKey("fence", "eve", "phone", "a")
        .app("f", "phone");
  }

  /** The fork at seq 3 is outside the fence anyway. */
  private static KeptStory forkPastFence() {
    return begun()
        .app("a", "eve")
        .fencePrincipal("fence", "eve", "genesis", "a")
        .app("b", "a")
        .app("c", "a");
  }
}

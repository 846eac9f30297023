// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.capability;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The capability matrix: which profile may import what. It is data, it is the same on every peer,
 * and {@code docs/spec/capabilities.md} prints it.
 */
public final class Capabilities {
  /** The WIT package of every import that the kernel offers. */
  public static final String PACKAGE = "myrhiza:kernel";

  /** The version of that package which this kernel offers. */
  public static final String VERSION = "0.1.0";

  private static final String PREFIX = PACKAGE + "/";
  private static final String SUFFIX = "@" + VERSION;

  // One letter per profile, in the order of Profile: yes, gated, per call, - for never.
  private static final List<Capability> MATRIX =
      List.of(
          row("types", Surface.TYPES, "yyyy", "name the values that it exchanges"),
          row("ui", Surface.TYPES, "--y-", "name the elements that it shows"),
          row("log", Surface.FUNCTIONS, "yyyy", "write messages into this device's log"),
          row("hash", Surface.FUNCTIONS, "yyyy", "compute hashes"),
          row("verify-signature", Surface.FUNCTIONS, "yyyy", "check signatures"),
          row("topic", Surface.FUNCTIONS, "yyyy", "know the topic's id, name and founder"),
          row("author", Surface.FUNCTIONS, "y---", "know whether an author's key forked"),
          row("self", Surface.FUNCTIONS, "-yyy", "know who you are, by your public keys"),
          row("state-read", Surface.FUNCTIONS, "yyyy", "read what the topic's members share"),
          row("state-write", Surface.FUNCTIONS, "y---", "change what the topic's members share"),
          row("clock", Surface.LATER, "-yyy", "read the time"),
          row("randomness", Surface.LATER, "-yyy", "draw random numbers"),
          row("kv", Surface.LATER, "--gg", "keep data of its own on this device"),
          row("broadcast", Surface.LATER, "--gg", "send messages that are not kept to members"),
          row("subscribe", Surface.LATER, "--gg", "receive messages that are not kept"),
          row("blob", Surface.LATER, "--gg", "offer and fetch files"),
          row("author-event", Surface.LATER, "---g", "write events in your name, on its own"),
          row("seal", Surface.LATER, "-gcc", "encrypt for others"),
          row("open", Surface.LATER, "--cc", "decrypt what was encrypted for you"),
          row("key-agreement", Surface.LATER, "--cc", "agree on keys with others"),
          row("derivation", Surface.LATER, "--cc", "derive keys"),
          row("aead", Surface.LATER, "--cc", "encrypt and decrypt with keys it cannot see"),
          row("timer", Surface.LATER, "---y", "wake up at times it chooses"),
          row("http", Surface.LATER, "---c", "reach the web sites that it lists"),
          row("custody", Surface.LATER, "---g", "keep and serve data for others"),
          row("user-prompt", Surface.LATER, "--y-", "ask you questions"),
          row("clipboard-write", Surface.LATER, "--c-", "put text on the clipboard"),
          row("file-picker", Surface.LATER, "--c-", "read files that you pick"),
          row("top-navigation", Surface.LATER, "--c-", "open web pages"),
          row("push", Surface.LATER, "--c-", "notify you"),
          row("clipboard-read", Surface.LATER, "----", "read the clipboard"),
          row("location", Surface.LATER, "----", "know where you are"),
          row("microphone", Surface.LATER, "----", "listen"),
          row("camera", Surface.LATER, "----", "see"),
          row("screen", Surface.LATER, "----", "see your screen"),
          row("sensors", Surface.LATER, "----", "read sensors"));

  private Capabilities() {}

  private static Capability row(String name, Surface surface, String letters, String words) {
    Map<Profile, Permission> permissions = new EnumMap<>(Profile.class);
    int at = 0;
    for (Profile profile : Profile.values()) {
      permissions.put(
          profile,
          switch (letters.charAt(at++)) {
            case 'y' -> Permission.YES;
            case 'g' -> Permission.GATED;
            case 'c' -> Permission.PER_CALL;
            case '-' -> Permission.NEVER;
            default -> throw new IllegalArgumentException(name + ": " + letters);
          });
    }
    return new Capability(name, surface, permissions, words);
  }

  /** Returns all rows, in the order of the specification's table. */
  public static List<Capability> matrix() {
    return MATRIX;
  }

  /**
   * Returns the row of an import.
   *
   * @param importName its full name, {@code myrhiza:kernel/NAME@0.1.0}; any other package or
   *     version has no row
   */
  public static Optional<Capability> find(String importName) {
    for (Capability row : MATRIX) {
      if (row.importName().equals(importName)) {
        return Optional.of(row);
      }
    }
    return Optional.empty();
  }

  /**
   * Returns the full name of an import as a manifest's author may write it: a name without a colon
   * is one of the kernel's.
   */
  public static String fullName(String written) {
    return written.indexOf(':') < 0 ? PREFIX + written + SUFFIX : written;
  }

  /** Returns the short name of one of the kernel's imports, and any other name as it is. */
  public static String shortName(String importName) {
    boolean kernels = importName.startsWith(PREFIX) && importName.endsWith(SUFFIX);
    return kernels
        ? importName.substring(PREFIX.length(), importName.length() - SUFFIX.length())
        : importName;
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bundle;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.capability.Profile;

/**
 * The rules that a manifest's fields obey, in one place for who builds and for who reads. Names and
 * paths are plain ASCII, so that none can pass for another in a consent summary or a file system.
 */
final class Rules {
  /** Each of these has exactly one component. */
  static final List<Profile> PROFILES =
      List.of(Profile.STATE_APPLY, Profile.STATE_PROPOSE, Profile.INTERACTION);

  static final int HASH_BYTES = org.myrhiza.hash.Limits.HASH_BYTES;

  private static final String NAME = "1 to 64 of a-z, 0-9 and -, beginning with a letter";
  private static final String VERSION = "1 to 32 of a-z, A-Z, 0-9, dot, + and -";
  private static final String PATH =
      "1 to 128 of a-z, 0-9, -, _ and dot, in segments between slashes that begin without a dot";
  private static final String IMPORT = "1 to 128 printable ASCII characters with a colon";

  private Rules() {}

  static @Nullable Fault name(String what, String name) {
    boolean good =
        !name.isEmpty() && name.length() <= Limits.NAME_BYTES && isLetter(name.charAt(0));
    for (int i = 0; good && i < name.length(); i++) {
      char c = name.charAt(i);
      good = isLetter(c) || isDigit(c) || c == '-';
    }
    return good ? null : new Fault(what, quoted(name), NAME);
  }

  static @Nullable Fault version(String version) {
    boolean good = !version.isEmpty() && version.length() <= Limits.VERSION_BYTES;
    for (int i = 0; good && i < version.length(); i++) {
      char c = version.charAt(i);
      good =
          isLetter(c) || (c >= 'A' && c <= 'Z') || isDigit(c) || c == '.' || c == '+' || c == '-';
    }
    return good ? null : new Fault("version of the app", quoted(version), VERSION);
  }

  static @Nullable Fault path(String path) {
    boolean good = path.length() <= Limits.PATH_BYTES;
    char before = '/';
    for (int i = 0; good && i < path.length(); i++) {
      char c = path.charAt(i);
      boolean plain = isLetter(c) || isDigit(c) || c == '-' || c == '_';
      good = plain || ((c == '.' || c == '/') && before != '/');
      before = c;
    }
    return good && before != '/' ? null : new Fault("path of a part", quoted(path), PATH);
  }

  static @Nullable Fault tag(int tag, String name) {
    if (tag < 1) {
      return new Fault("event tag", Integer.toString(tag), "at least 1");
    }
    return name("name of event tag " + tag, name);
  }

  static @Nullable Fault part(
      String path, Optional<Profile> profile, List<String> imports, int size, Bytes hash) {
    Fault fault = path(path);
    if (fault != null) {
      return fault;
    }
    if (size < 0 || size > Limits.PARTS_BYTES) {
      return new Fault("size of " + path, Integer.toString(size), "0 to " + Limits.PARTS_BYTES);
    }
    if (hash.size() != HASH_BYTES) {
      return new Fault("hash of " + path, hash.size() + " bytes", HASH_BYTES + " bytes");
    }
    if (profile.isPresent() && !PROFILES.contains(profile.get())) {
      return new Fault(
          "profile of " + path, profile.get().text(), "state-apply, state-propose, interaction");
    }
    if (profile.isEmpty() && !imports.isEmpty()) {
      return new Fault("imports of " + path, imports.size() + ", without a profile", "none");
    }
    return imports(path, imports);
  }

  private static @Nullable Fault imports(String path, List<String> imports) {
    String what = "imports of " + path;
    if (imports.size() > Limits.IMPORTS) {
      return new Fault(what, Integer.toString(imports.size()), "at most " + Limits.IMPORTS);
    }
    String before = "";
    for (String name : imports) {
      if (!isImport(name)) {
        return new Fault(what, quoted(name), IMPORT);
      }
      if (before.compareTo(name) >= 0) {
        return new Fault(what, name + " after " + before, "strictly ascending");
      }
      before = name;
    }
    return null;
  }

  private static boolean isImport(String name) {
    boolean good = name.length() <= Limits.IMPORT_BYTES && name.indexOf(':') >= 0;
    for (int i = 0; good && i < name.length(); i++) {
      good = name.charAt(i) > ' ' && name.charAt(i) <= '~';
    }
    return good;
  }

  static @Nullable Fault fuel(long fuel) {
    return fuel >= 1 && fuel <= Limits.APPLY_FUEL_MAX
        ? null
        : new Fault("apply-fuel", Long.toString(fuel), "1 to " + Limits.APPLY_FUEL_MAX);
  }

  static @Nullable Fault tags(List<EventTag> tags) {
    if (tags.size() > Limits.TAGS) {
      return new Fault("event tags", Integer.toString(tags.size()), "at most " + Limits.TAGS);
    }
    int before = 0;
    TreeSet<String> names = new TreeSet<>();
    for (EventTag tag : tags) {
      if (tag.tag() <= before) {
        return new Fault("event tags", tag.tag() + " after " + before, "strictly ascending");
      }
      if (!names.add(tag.name())) {
        return new Fault("event tags", "two named " + tag.name(), "one of each name");
      }
      before = tag.tag();
    }
    return null;
  }

  static @Nullable Fault parts(List<Part> parts) {
    if (parts.size() > Limits.PARTS) {
      return new Fault("parts", Integer.toString(parts.size()), "at most " + Limits.PARTS);
    }
    String before = "";
    long bytes = 0;
    for (Part part : parts) {
      if (before.compareTo(part.path()) >= 0) {
        return new Fault("parts", part.path() + " after " + before, "strictly ascending by path");
      }
      before = part.path();
      bytes += part.size();
    }
    if (bytes > Limits.PARTS_BYTES) {
      return new Fault("size of all parts", bytes + " bytes", "at most " + Limits.PARTS_BYTES);
    }
    return components(parts);
  }

  private static @Nullable Fault components(List<Part> parts) {
    for (Profile profile : PROFILES) {
      int count = 0;
      for (Part part : parts) {
        count += part.profile().equals(Optional.of(profile)) ? 1 : 0;
      }
      if (count != 1) {
        return new Fault("components of profile " + profile.text(), count + "", "exactly 1");
      }
    }
    return null;
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Shows a text from outside with only plain characters, cut at a line's length. */
  private static String quoted(String text) {
    StringBuilder plain = new StringBuilder("\"");
    for (int i = 0; i < text.length() && i < Limits.NAME_BYTES; i++) {
      char c = text.charAt(i);
      plain.append(c >= ' ' && c <= '~' ? c : '?');
    }
    return plain.append(text.length() > Limits.NAME_BYTES ? "…\"" : "\"").toString();
  }
}

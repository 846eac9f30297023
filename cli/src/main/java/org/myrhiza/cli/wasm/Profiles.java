// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.wasm;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.capability.Profile;
import org.myrhiza.guest.Admission;
import org.myrhiza.guest.Guests;
import org.myrhiza.guest.ProfileComponent;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What the kernel says of a component under each profile. */
final class Profiles {
  private Profiles() {}

  /** Reads a profile's name. */
  static final class Converter implements ITypeConverter<Profile> {
    @Override
    public Profile convert(String name) {
      return Profile.parse(name)
          .orElseThrow(
              () -> new TypeConversionException("seen \"" + name + "\", allowed " + names()));
    }
  }

  private static String names() {
    return Arrays.stream(Profile.values()).map(Profile::text).collect(Collectors.joining(", "));
  }

  /**
   * Why the kernel would not install the component under a profile, if so. The manifest is taken to
   * declare all that the component imports.
   *
   * @param imports names of its imports
   */
  static Optional<String> refusal(WasmFile file, Profile profile, List<String> imports) {
    String name = String.valueOf(file.path().getFileName());
    ProfileComponent component =
        new ProfileComponent(name, profile, Bytes.copyOf(file.bytes()), imports);
    return switch (Guests.admit(List.of(component))) {
      case Admission.Admitted admitted -> Optional.empty();
      case Admission.Refused r -> Optional.of(words(r));
    };
  }

  private static String words(Admission.Refused r) {
    boolean named = r.what().startsWith("import ") || r.what().startsWith("export ");
    return named ? r.what() + ": " + r.reason() : r.reason();
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  private static final Path HOME = Path.of("/home/someone");

  @TempDir private Path temporary;

  private static Path choose(String system, Map<String, String> environment) {
    return DataFolder.choose(Optional.empty(), environment, system, HOME);
  }

  @Test
  void eachSystemHasItsUsualPlace() {
    assertThat(choose("Linux", Map.of())).isEqualTo(HOME.resolve(".local/share/myrhiza"));
    assertThat(choose("Linux", Map.of("XDG_DATA_HOME", "/data")))
        .isEqualTo(Path.of("/data/myrhiza"));
    assertThat(choose("Linux", Map.of("XDG_DATA_HOME", "relative")))
        .isEqualTo(HOME.resolve(".local/share/myrhiza"));
    assertThat(choose("Mac OS X", Map.of()))
        .isEqualTo(HOME.resolve("Library/Application Support/Myrhiza"));
    assertThat(choose("Windows 11", Map.of("APPDATA", "/appdata")))
        .isEqualTo(Path.of("/appdata/Myrhiza"));
  }

  @Test
  void theGivenFolderWinsOverTheVariable() {
    Map<String, String> environment = Map.of("MYRHIZA_DATA", "/from/variable");
    assertThat(choose("Linux", environment)).isEqualTo(Path.of("/from/variable"));
    assertThat(DataFolder.choose(Optional.of(Path.of("/given")), environment, "Linux", HOME))
        .isEqualTo(Path.of("/given"));
    assertThat(choose("Linux", Map.of("MYRHIZA_DATA", " ")))
        .isEqualTo(HOME.resolve(".local/share/myrhiza"));
  }

  @Test
  void itIsPrivateEvenIfItWasNot() throws Exception {
    Path open = Files.createDirectory(temporary.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (DataFolder folder = DataFolder.own(open)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void oneOwnerAtATime() throws Exception {
    Path path = temporary.resolve("deep/folder");
    try (DataFolder first = DataFolder.own(path)) {
      DataException busy =
          catchThrowableOfType(DataException.class, () -> DataFolder.own(first.path()));
      assertThat(busy.kind()).isEqualTo(DataException.Kind.BUSY);
      assertThat(busy.hint()).contains("--data");
    }
    try (DataFolder second = DataFolder.own(path)) {
      assertThat(second.keys()).hasParentRaw(path);
      assertThat(second.store()).hasParentRaw(path);
    }
  }

  @Test
  void aFileInItsPlaceIsDenied() throws Exception {
    Path file = Files.createFile(temporary.resolve("file"));
    DataException denied = catchThrowableOfType(DataException.class, () -> DataFolder.own(file));
    assertThat(denied.kind()).isEqualTo(DataException.Kind.DENIED);
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.wasm;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.myrhiza.cli.terminal.ExitCode;
import org.myrhiza.cli.terminal.Failure;
import org.myrhiza.wasm.meter.Rewritten;

/**
 * A folder of rewritten core modules. It is filled under another name beside its place and then
 * renamed, so that it is there whole or not at all.
 */
final class MeteredFolder {
  private static final String ENDING = ".wasm";

  private MeteredFolder() {}

  /** The name of a module's file. */
  static String name(int index) {
    return index + ENDING;
  }

  /**
   * Goes on only if nothing is there yet: a folder may hold what its owner still wants.
   *
   * @throws Failure if something is
   */
  static void requireFree(Path out) throws Failure {
    if (Files.exists(out, LinkOption.NOFOLLOW_LINKS)) {
      throw new Failure(
          ExitCode.FAILED,
          "exists",
          out + " exists, and the modules of a component go into a new folder",
          "Remove it, or name another with -o.",
          out.toString());
    }
  }

  /** Writes the modules' rewritten bytes in their order. */
  static void write(Path out, List<Rewritten> modules) throws Failure {
    requireFree(out);
    Path part =
        out.resolveSibling(out.getFileName() + "." + ProcessHandle.current().pid() + ".part");
    List<Path> made = new ArrayList<>();
    try {
      Files.createDirectory(part);
      made.add(part);
      for (int i = 0; i < modules.size(); i++) {
        Path file = part.resolve(name(i));
        made.add(file);
        Files.write(file, modules.get(i).bytes());
      }
      Files.move(part, out, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failed) {
      made.reversed().forEach(MeteredFolder::remove);
      boolean taken = failed instanceof FileAlreadyExistsException;
      throw WasmFile.unusable(taken ? part : out, failed);
    }
  }

  private static void remove(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException left) {
      // What kept it from being filled may keep it from being emptied: that is what is told.
      assert left != null;
    }
  }
}

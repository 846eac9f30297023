// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browsertests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.relay.server.PageFiles;
import org.myrhiza.testkit.files.Repository;

/** The packed page with one script changed: what a browser lacks is taken away before it runs. */
final class AlteredPage {
  private AlteredPage() {}

  /** Returns the page with a line of code before one of its scripts. */
  static PageFiles before(String script, String line) throws IOException {
    return with(script, plain -> line + "\n" + plain);
  }

  /** Returns the page with one of its scripts changed. */
  static PageFiles with(String script, UnaryOperator<String> change) throws IOException {
    Path folder = Repository.root().resolve("web/target/classes/page");
    Map<String, Bytes> contents = new TreeMap<>();
    int changed = 0;
    for (Path file : files(folder)) {
      Bytes content = Bytes.adopt(Files.readAllBytes(file));
      if (file.endsWith(script)) {
        changed++;
        String text = new String(content.toArray(), StandardCharsets.UTF_8);
        content = Bytes.adopt(change.apply(text).getBytes(StandardCharsets.UTF_8));
      }
      contents.put(folder.relativize(file).toString(), content);
    }
    if (changed != 1) {
      throw new AssertionError("the page has " + changed + " files " + script);
    }
    return PageFiles.of(contents);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    } catch (UncheckedIOException broken) {
      throw broken.getCause();
    }
  }
}

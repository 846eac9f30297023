// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.tools;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.myrhiza.relay.server.PageFiles;

/** Files of pages, as the relay serves them. */
public final class Page {
  private static final String FOLDER = "page/";
  private static final String TOOLS = "wasm-tools/";
  private static final String INDEX = "index.html";

  private Page() {}

  /**
   * Returns the files that the {@code web} module brings, in its jar or, while developing, in its
   * folder; none while the page has not been built.
   */
  public static PageFiles files() {
    return files(FOLDER);
  }

  /** Returns the files of the page that runs components for the {@code wasm} commands. */
  public static PageFiles tools() {
    return files(TOOLS);
  }

  private static PageFiles files(String folder) {
    @Nullable URL index = Page.class.getClassLoader().getResource(folder + INDEX);
    if (index == null) {
      return PageFiles.none();
    }
    try {
      if (index.openConnection() instanceof JarURLConnection inJar) {
        return PageFiles.jar(Path.of(inJar.getJarFileURL().toURI()), folder);
      }
      return PageFiles.folder(Path.of(index.toURI().resolve(URI.create("."))));
    } catch (URISyntaxException | IOException broken) {
      throw new IllegalStateException("the page's files cannot be read: " + index, broken);
    }
  }
}

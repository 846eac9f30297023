// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.relay.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.hash.Blake3;

/**
 * The files of a page, all in memory: a request can name one of them and nothing else, so there is
 * no path to escape from. Each is hashed and compressed once.
 */
public final class PageFiles {
  /** Bytes of all files together: the page is a few megabytes. */
  private static final long MOST_BYTES = 64L << 20;

  private static final int MOST_FILES = 4_096;
  private static final int ETAG_CHARS = 32;
  private static final String INDEX = "index.html";

  /** A file or folder named after a hash of at least eight hex digits never has other contents. */
  private static final Pattern HASHED =
      Pattern.compile("(.*[-.][0-9a-f]{8,64}\\.[a-z0-9]+)|(v-[0-9a-f]{8,64}/.+)");

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("map", "application/json"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("wasm", "application/wasm"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("txt", "text/plain; charset=utf-8"));

  private static final List<String> PACKED_ALREADY = List.of("png", "woff2", "ico");

  private final Map<String, PageFile> files;

  /** One file, ready to be sent. */
  record PageFile(Bytes plain, @Nullable Bytes packed, String type, String etag, boolean lasting) {}

  private PageFiles(Map<String, PageFile> files) {
    this.files = files;
  }

  /** Returns no files: every path is not found. */
  public static PageFiles none() {
    return new PageFiles(Map.of());
  }

  /**
   * Returns files by their paths, such as {@code assets/page.js}, without a leading slash.
   *
   * @throws IllegalArgumentException if they are too many or too large
   */
  public static PageFiles of(Map<String, Bytes> contents) {
    long total = 0;
    Map<String, PageFile> files = new TreeMap<>();
    for (Map.Entry<String, Bytes> entry : contents.entrySet()) {
      total += entry.getValue().size();
      if (total > MOST_BYTES || files.size() >= MOST_FILES) {
        throw new IllegalArgumentException(
            "a page of more than " + MOST_BYTES + " bytes or " + MOST_FILES + " files");
      }
      files.put(entry.getKey(), file(entry.getKey(), entry.getValue()));
    }
    return new PageFiles(files);
  }

  /** Returns all regular files below a folder. */
  public static PageFiles folder(Path folder) throws IOException {
    Map<String, Bytes> contents = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.filter(Files::isRegularFile).limit(MOST_FILES + 1L).toList()) {
        String name = folder.relativize(path).toString().replace('\\', '/');
        contents.put(name, Bytes.adopt(Files.readAllBytes(path)));
      }
    }
    return of(contents);
  }

  /**
   * Returns all entries of a jar below a prefix.
   *
   * @param prefix such as {@code page/}; removed from the paths
   */
  public static PageFiles jar(Path jar, String prefix) throws IOException {
    Map<String, Bytes> contents = new TreeMap<>();
    try (JarFile file = new JarFile(jar.toFile())) {
      Enumeration<JarEntry> entries = file.entries();
      while (entries.hasMoreElements() && contents.size() <= MOST_FILES) {
        JarEntry entry = entries.nextElement();
        if (!entry.isDirectory() && entry.getName().startsWith(prefix)) {
          try (InputStream in = file.getInputStream(entry)) {
            contents.put(
                entry.getName().substring(prefix.length()), Bytes.adopt(in.readAllBytes()));
          }
        }
      }
    }
    return of(contents);
  }

  /** Returns the file at a request's path, {@code /} being the index. */
  @Nullable PageFile find(String path) {
    return path.startsWith("/") ? files.get(path.equals("/") ? INDEX : path.substring(1)) : null;
  }

  private static PageFile file(String name, Bytes contents) {
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    String type = TYPES.getOrDefault(extension, "application/octet-stream");
    String etag = '"' + Blake3.hash(contents).toHex().substring(0, ETAG_CHARS) + '"';
    @Nullable Bytes packed = PACKED_ALREADY.contains(extension) ? null : packed(contents);
    return new PageFile(contents, packed, type, etag, HASHED.matcher(name).matches());
  }

  private static @Nullable Bytes packed(Bytes plain) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain.toArray());
    } catch (IOException impossible) {
      throw new IllegalStateException("a stream in memory failed", impossible);
    }
    return out.size() < plain.size() ? Bytes.adopt(out.toByteArray()) : null;
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.relay.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.testkit.suite.Proves;

/** The page's files, and the headers that no answer goes without. */
final class RelayPageTest {
  private static final String HTML =
      "<!doctype html><title>page</title>" + "<p>text</p>".repeat(99);
  private static final Map<String, Bytes> FILES =
      Map.of(
          "index.html", bytes(HTML),
          "assets/worker-0123456789abcdef.js", bytes("export {};".repeat(99)),
          "app.webmanifest", bytes("{}"));

  private static Bytes bytes(String text) {
    return Bytes.copyOf(text.getBytes(UTF_8));
  }

  private static RelayServer withPage() {
    return Relays.start(options -> options.withPage(PageFiles.of(FILES)));
  }

  private static String ask(RelayServer relay, String method, String path, String... lines)
      throws Exception {
    try (RawSocket raw = RawSocket.connected(relay)) {
      return raw.ask(method, path, lines);
    }
  }

  @Test
  void index_isServedAtTheRoot() throws Exception {
    try (RelayServer relay = withPage()) {
      assertThat(ask(relay, "GET", "/"))
          .startsWith("HTTP/1.1 200")
          .contains("content-type: text/html; charset=utf-8", "cache-control: no-cache")
          .endsWith(HTML);
      assertThat(ask(relay, "GET", "/index.html?x=1")).endsWith(HTML);
      assertThat(ask(relay, "HEAD", "/"))
          .contains("content-length: " + HTML.length())
          .endsWith("\r\n\r\n");
    }
  }

  @Test
  void hashedAssets_areCachedForever() throws Exception {
    try (RelayServer relay = withPage()) {
      assertThat(ask(relay, "GET", "/assets/worker-0123456789abcdef.js"))
          .contains("cache-control: public, max-age=31536000, immutable", "text/javascript");
    }
  }

  @Test
  @Proves("RELAY-5")
  void everyAnswer_carriesThePolicy() throws Exception {
    try (RelayServer relay = withPage()) {
      String own = "127.0.0.1:" + relay.port();
      for (String path : List.of("/", "/app.webmanifest", "/nothing", "/v1")) {
        String answer = ask(relay, "GET", path);
        assertThat(answer)
            .as(path)
            .contains(
                "Content-Security-Policy: default-src 'self'; script-src 'self' 'wasm-unsafe-eval';",
                "worker-src 'self'",
                "object-src 'none'; base-uri 'none'",
                "frame-ancestors 'none'",
                "X-Content-Type-Options: nosniff",
                "Cross-Origin-Opener-Policy: same-origin")
            .doesNotContain("'unsafe-eval'", "'unsafe-inline'");
      }
      assertThat(ask(relay, "GET", "/")).contains("ws://" + own);
      assertThat(ask(relay, "GET", "/", "Host: evil.example")).contains("Content-Security-Policy:");
      assertThat(ask(relay, "GET", "/healthz")).contains("Content-Security-Policy:");
      try (RawSocket upgraded = RawSocket.connected(relay)) {
        upgraded.write(
            "GET /v1 HTTP/1.1\r\nHost: "
                + own
                + "\r\nUpgrade: websocket\r\n"
                + "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + "Sec-WebSocket-Version: 13\r\nOrigin: http://"
                + own
                + "\r\n\r\n");
        assertThat(upgraded.readHead()).startsWith("HTTP/1.1 101").contains("Content-Security-");
      }
    }
  }

  @Test
  void unchangedFile_isNotSentAgain() throws Exception {
    try (RelayServer relay = withPage()) {
      String etag = ask(relay, "GET", "/").replaceAll("(?s).*etag: (\"[0-9a-f]+\").*", "$1");
      assertThat(ask(relay, "GET", "/", "If-None-Match: " + etag))
          .startsWith("HTTP/1.1 304")
          .endsWith("\r\n\r\n");
    }
  }

  @Test
  void browserThatAcceptsIt_getsTheFileCompressed() throws Exception {
    try (RelayServer relay = withPage()) {
      String answer = ask(relay, "GET", "/", "Accept-Encoding: br, gzip");
      assertThat(answer).contains("content-encoding: gzip");
      assertThat(answer.length()).isLessThan(HTML.length());
    }
  }

  @Test
  void pathsOutside_areNotFound() throws Exception {
    try (RelayServer relay = withPage()) {
      for (String path :
          List.of("/../pom.xml", "/assets/", "//index.html", "/%2e%2e/x", "/..\\x", "*")) {
        assertThat(ask(relay, "GET", path)).as(path).startsWith("HTTP/1.1 404");
      }
      assertThat(ask(relay, "DELETE", "/")).startsWith("HTTP/1.1 405").contains("GET, HEAD");
    }
  }

  @Test
  @Proves("RELAY-5")
  void otherNamesAndOrigins_areRefused() throws Exception {
    try (RelayServer relay = withPage()) {
      assertThat(ask(relay, "GET", "/", "Host: evil.example:" + relay.port()))
          .startsWith("HTTP/1.1 421");
      assertThat(ask(relay, "GET", "/", "Host: localhost:" + relay.port()))
          .startsWith("HTTP/1.1 200");
      for (String origin :
          List.of("http://evil.example", "null", "http://localhost:1", "file://")) {
        assertThat(ask(relay, "GET", "/v1", "Origin: " + origin)).startsWith("HTTP/1.1 403");
      }
      assertThat(ask(relay, "GET", "/v1")).startsWith("HTTP/1.1 426");
    }
  }

  @Test
  void folderAndJar_giveTheSameFiles(@TempDir Path folder) throws Exception {
    Path jar = folder.resolve("page.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      for (Map.Entry<String, Bytes> file : FILES.entrySet()) {
        Path path = folder.resolve("page").resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.write(path, file.getValue().toArray());
        entries.putNextEntry(new ZipEntry("page/" + file.getKey()));
        entries.write(file.getValue().toArray());
      }
      entries.putNextEntry(new ZipEntry("other/secret.txt"));
    }
    for (PageFiles page :
        List.of(PageFiles.folder(folder.resolve("page")), PageFiles.jar(jar, "page/"))) {
      assertThat(page.find("/")).isEqualTo(PageFiles.of(FILES).find("/"));
      assertThat(page.find("/assets/worker-0123456789abcdef.js")).isNotNull();
      assertThat(page.find("/secret.txt")).isNull();
    }
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browsertests;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.myrhiza.testkit.files.FileVectors;
import org.myrhiza.testkit.files.Repository;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.stack.Vectors.Root;

/**
 * Serves the worker and the vectors on a port of the system's choice, and collects what the worker
 * posts.
 */
final class SuiteServer implements AutoCloseable {
  static final String POLICY =
      "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self';"
          + " connect-src 'self'; style-src 'self'; object-src 'none'; base-uri 'none';"
          + " frame-ancestors 'none'";
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final Map<String, String> TYPES =
      Map.of("html", "text/html; charset=utf-8", "js", "text/javascript; charset=utf-8");

  /** One post of the worker: its path, such as {@code /result}, and its text. */
  record Post(String path, String text) {}

  private final BlockingQueue<Post> posts = new LinkedBlockingQueue<>();
  private final List<Path> folders;
  private final FileVectors vectors = new FileVectors(Repository.root());
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  SuiteServer(List<Path> folders) throws IOException {
    this.folders = folders;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /**
   * Returns the folders of the compiled suites and of the packed page's modules, libsodium among
   * them, which are the product's own, and more.
   */
  static List<Path> folders(Path... more) throws IOException {
    Path root = Repository.root();
    List<Path> folders = new ArrayList<>(List.of(more));
    folders.add(root.resolve("browser-tests/target/suites"));
    folders.add(root.resolve("browser-tests/target/classes/suites"));
    Path packed = root.resolve("web/target/classes/page");
    try (DirectoryStream<Path> versions = Files.newDirectoryStream(packed, "v-*")) {
      folders.add(versions.iterator().next());
    }
    return folders;
  }

  URI page(String suite) {
    int port = server.getAddress().getPort();
    return URI.create("http://127.0.0.1:" + port + "/index.html?suite=" + suite);
  }

  BlockingQueue<Post> posts() {
    return posts;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      byte[] request = exchange.getRequestBody().readAllBytes();
      if (exchange.getRequestMethod().equals("POST")) {
        posts.add(new Post(path, new String(request, StandardCharsets.UTF_8)));
        send(exchange, OK, new byte[0]);
        return;
      }
      byte[] body = find(path);
      send(exchange, body == null ? NOT_FOUND : OK, body == null ? new byte[0] : body);
    }
  }

  private byte @Nullable [] find(String path) throws IOException {
    String[] parts = path.substring(1).split("/", 3);
    if (parts.length == 3 && parts[0].equals("read")) {
      return vectors.read(Root.valueOf(parts[1]), parts[2]);
    }
    if (parts.length >= 2 && parts[0].equals("list")) {
      String folder = parts.length == 3 ? parts[2] : "";
      return vectors.list(Root.valueOf(parts[1]), folder).stream()
          .map(Json::quote)
          .collect(Collectors.joining(",", "[", "]"))
          .getBytes(StandardCharsets.UTF_8);
    }
    for (Path folder : folders) {
      Path file = folder.resolve(path.substring(1)).normalize();
      if (file.startsWith(folder) && Files.isRegularFile(file)) {
        return Files.readAllBytes(file);
      }
    }
    return null;
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String ending = path.substring(path.lastIndexOf('.') + 1);
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", TYPES.getOrDefault(ending, "application/octet-stream"));
    headers.set("Content-Security-Policy", POLICY);
    headers.set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.myrhiza.relay.server.RelayServer;

/** What a browser loads for the page: each file over HTTP from a relay, compressed as served. */
final class PageSize {
  private static final int OK = 200;
  private static final String PACKED = "gzip";

  private PageSize() {}

  static List<Figure> measure(Rig rig, Path root) throws Refused {
    List<Figure> figures = new ArrayList<>();
    long total = 0;
    long plain = 0;
    try (RelayServer relay = rig.relay();
        HttpClient client = HttpClient.newHttpClient()) {
      for (Path file : files(root)) {
        HttpResponse<byte[]> answer = client.send(request(relay, file), body());
        if (answer.statusCode() != OK) {
          throw new Refused(file + " is served with status " + answer.statusCode());
        }
        int size = answer.body().length;
        long original = Files.size(root.resolve("web/target/classes/page").resolve(file));
        total += size;
        plain += original;
        String coded = answer.headers().firstValue("content-encoding").orElse("as it is");
        figures.add(figure("page: " + file.getFileName(), size, coded + " of " + original));
      }
    } catch (IOException failed) {
      throw new Refused("the page is not served", failed);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new Refused("interrupted", ended);
    }
    figures.add(figure("page: all files", total, PACKED + " of " + plain + ", licence included"));
    return figures;
  }

  private static Figure figure(String name, long bytes, String detail) {
    return new Figure(name, bytes, "bytes", Figure.Setup.NONE, detail);
  }

  private static HttpResponse.BodyHandler<byte[]> body() {
    return HttpResponse.BodyHandlers.ofByteArray();
  }

  private static HttpRequest request(RelayServer relay, Path file) {
    String path = file.toString().replace('\\', '/');
    return HttpRequest.newBuilder(URI.create(relay.pageUrl() + path))
        .header("Accept-Encoding", PACKED)
        .build();
  }

  private static List<Path> files(Path root) throws IOException, Refused {
    Path page = root.resolve("web/target/classes/page");
    if (!Files.isDirectory(page)) {
      throw new Refused("the page is not built");
    }
    try (Stream<Path> all = Files.walk(page)) {
      return all.filter(Files::isRegularFile).map(page::relativize).sorted().toList();
    }
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.relay.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import org.myrhiza.bytes.Bytes;

/** A TCP socket that says what it likes. */
final class RawSocket implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;
  private static final int MASKED = 0x80;
  private static final int LENGTH_16 = 126;

  private final Socket socket;
  private final int port;

  private RawSocket(int port) throws IOException {
    this.port = port;
    this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
  }

  static RawSocket connected(RelayServer relay) throws IOException {
    return new RawSocket(relay.port());
  }

  /** Upgrades to a WebSocket; what the relay says next is still unread. */
  static RawSocket upgraded(RelayServer relay) throws IOException {
    RawSocket raw = connected(relay);
    raw.write(
        "GET /v1 HTTP/1.1\r\nHost: 127.0.0.1:"
            + relay.port()
            + "\r\nUpgrade: websocket\r\n"
            + "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + "Sec-WebSocket-Version: 13\r\n\r\n");
    assertThat(raw.readHead()).startsWith("HTTP/1.1 101");
    return raw;
  }

  /** Asks with the right Host header and further header lines; returns the whole answer. */
  String ask(String method, String path, String... lines) throws IOException {
    StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    boolean host = false;
    for (String line : lines) {
      host |= line.startsWith("Host:");
      request.append(line).append("\r\n");
    }
    if (!host) {
      request.append("Host: 127.0.0.1:").append(port).append("\r\n");
    }
    write(request.append("Connection: close\r\n\r\n").toString());
    return readUntilClosed();
  }

  void write(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
  }

  void write(Bytes bytes) throws IOException {
    socket.getOutputStream().write(bytes.toArray());
    socket.getOutputStream().flush();
  }

  /** Writes a masked frame (with a mask of zeros) of this first byte. */
  void writeFrame(int first, Bytes body) throws IOException {
    assertThat(body.size()).isLessThan(126);
    write(Bytes.concat(Bytes.of(first, MASKED | body.size(), 0, 0, 0, 0), body));
  }

  /** The same for a body of up to 65,535 bytes. */
  void writeLongFrame(int first, Bytes body) throws IOException {
    int size = body.size();
    Bytes head = Bytes.of(first, MASKED | LENGTH_16, size >> 8, size & 0xff, 0, 0, 0, 0);
    write(size < LENGTH_16 ? Bytes.of(first, MASKED | size, 0, 0, 0, 0) : head);
    write(body);
  }

  String read(int bytes) throws IOException {
    return new String(socket.getInputStream().readNBytes(bytes), ISO_8859_1);
  }

  String readHead() throws IOException {
    StringBuilder head = new StringBuilder();
    InputStream in = socket.getInputStream();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      assertThat(next).isNotNegative();
      head.append((char) next);
    }
    return head.toString();
  }

  /** Reads until the relay closes, in whatever way. */
  String readUntilClosed() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] part = new byte[8_192];
    try {
      InputStream in = socket.getInputStream();
      for (int n = in.read(part); n >= 0; n = in.read(part)) {
        all.write(part, 0, n);
      }
    } catch (SocketException reset) {
      assertThat(reset).hasMessageContaining("reset");
    }
    return all.toString(ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

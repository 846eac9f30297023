// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.myrhiza.frame.Authority;
import org.myrhiza.relay.server.RelayServer;

/** Stands before a relay and counts the bytes that go through, both ways. */
final class CountingRelay implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final ServerSocket server;
  private final AtomicLong bytes = new AtomicLong();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  private CountingRelay(ServerSocket server) {
    this.server = server;
  }

  /** Takes a port. */
  static CountingRelay open() throws Refused {
    try {
      return new CountingRelay(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()));
    } catch (IOException failed) {
      throw new Refused("no port for a counter of bytes", failed);
    }
  }

  /** Where it is, which is a name that the relay behind it has to answer to. */
  Authority address() {
    return new Authority("127.0.0.1", server.getLocalPort());
  }

  /** Begins to lead to a relay. */
  CountingRelay leadsTo(RelayServer relay) {
    daemon(() -> accept(relay.listen()));
    return this;
  }

  /** Returns a URL of the relay with this in its place. */
  String inPlaceOf(String url) {
    URI there = URI.create(url);
    return url.replace(there.getAuthority(), address().text());
  }

  /** How many bytes went through so far. */
  long bytes() {
    return bytes.get();
  }

  private static void daemon(Runnable work) {
    Thread.ofPlatform().daemon().name("bench-counter").start(work);
  }

  private void accept(Authority relay) {
    try {
      while (true) {
        Socket near = server.accept();
        Socket far = new Socket(relay.host(), relay.port());
        for (Socket each : List.of(near, far)) {
          each.setTcpNoDelay(true);
          sockets.add(each);
        }
        daemon(() -> copy(near, far));
        daemon(() -> copy(far, near));
      }
    } catch (IOException closed) {
      closeAll();
    }
  }

  private void copy(Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER];
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
        bytes.addAndGet(got);
        out.write(buffer, 0, got);
      }
    } catch (IOException closed) {
      sockets.remove(from);
    }
  }

  private void closeAll() {
    try {
      for (Socket each : sockets) {
        each.close();
      }
    } catch (IOException left) {
      throw new UncheckedIOException(left);
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException left) {
      throw new UncheckedIOException(left);
    }
    closeAll();
  }
}

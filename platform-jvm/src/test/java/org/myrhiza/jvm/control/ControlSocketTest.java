// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.myrhiza.jvm.peer.ConsentAsker;
import org.myrhiza.jvm.peer.Peer;
import org.myrhiza.jvm.peer.PeerOptions;
import org.myrhiza.kernel.Command;
import org.myrhiza.kernel.Reply;
import org.myrhiza.testkit.Seeded;

@Timeout(60)
class ControlSocketTest {
  private static final int ROUNDS = 40;
  private static final long SEED = 7;

  @TempDir private Path folder;
  private final List<AutoCloseable> opened = new ArrayList<>();

  @BeforeEach
  void openPeer() throws Exception {
    Peer peer = Peer.open(PeerOptions.in(folder.resolve("data")));
    opened.add(peer);
    opened.addFirst(ControlServer.open(peer));
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
  }

  private Path data() {
    return folder.resolve("data");
  }

  private Reply ask(Command command) throws IOException {
    try (ControlClient client = ControlClient.connect(data()).orElseThrow()) {
      return client.ask(command, ConsentAsker.REFUSE);
    }
  }

  private SocketChannel raw() throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(ControlSocket.address(data()));
    return channel;
  }

  private static boolean isClosedByPeer(SocketChannel channel) {
    try {
      return channel.read(ByteBuffer.allocate(1)) < 0;
    } catch (IOException reset) {
      return true;
    }
  }

  @Test
  void oneConnectionCarriesCommandsOneAfterTheOther() throws Exception {
    try (ControlClient client = ControlClient.connect(data()).orElseThrow()) {
      assertThat(client.ask(new Command.Identity(), ConsentAsker.REFUSE))
          .isInstanceOf(Reply.Identified.class);
      assertThat(client.ask(new Command.ListApps(), ConsentAsker.REFUSE))
          .isEqualTo(new Reply.Listed(List.of()));
      assertThat(client.ask(new Command.ViewApp("none"), ConsentAsker.REFUSE))
          .isInstanceOf(Reply.Failed.class);
    }
  }

  @Test
  void nonsenseEndsItsConnectionAndNothingElse() throws Exception {
    Seeded random = new Seeded(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] body = random.nextBytes(2 + random.nextInt(60)).toArray();
      body[0] = (byte) (1 + random.nextInt(255));
      ByteBuffer message = ByteBuffer.allocate(4 + body.length).putInt(body.length).put(body);
      try (SocketChannel channel = raw()) {
        channel.write(message.flip());
        assertThat(isClosedByPeer(channel)).as("seed %d, round %d", SEED, round).isTrue();
      }
    }
    for (int size : new int[] {0, 1, -1, Integer.MIN_VALUE, ControlMessage.MESSAGE_BYTES + 1}) {
      try (SocketChannel channel = raw()) {
        channel.write(ByteBuffer.allocate(4).putInt(size).flip());
        assertThat(isClosedByPeer(channel)).as("size %d", size).isTrue();
      }
    }
    assertThat(ask(new Command.ListApps())).isEqualTo(new Reply.Listed(List.of()));
  }

  @Test
  void clientsThatLeaveInTheMiddleLeaveRoomForOthers() throws Exception {
    for (int i = 0; i < 3 * ROUNDS; i++) {
      try (SocketChannel channel = raw()) {
        channel.write(ByteBuffer.allocate(4).putInt(100).flip());
        channel.shutdownOutput();
        assertThat(isClosedByPeer(channel)).as("client %d", i).isTrue();
      }
    }
    assertThat(ask(new Command.ListApps())).isEqualTo(new Reply.Listed(List.of()));
  }

  @Test
  void aPeerThatStopsEndsItsClients() throws Exception {
    try (ControlClient client = ControlClient.connect(data()).orElseThrow()) {
      closeAll();
      assertThatThrownBy(() -> client.ask(new Command.ListApps(), ConsentAsker.REFUSE))
          .isInstanceOf(IOException.class);
    }
    assertThat(ControlClient.connect(data())).isEqualTo(Optional.empty());
    assertThat(ControlSocket.path(data())).doesNotExist();
  }

  @Test
  void aSocketThatADeadOwnerLeftIsReplaced() throws Exception {
    closeAll();
    opened.clear();
    Files.createFile(ControlSocket.path(data()));
    assertThat(ControlClient.connect(data())).isEqualTo(Optional.empty());
    openPeer();
    assertThat(ask(new Command.ListApps())).isEqualTo(new Reply.Listed(List.of()));
  }

  @Test
  void aLongFolderNameStillHasASocket() {
    Path longName = folder.resolve("x".repeat(120));
    assertThat(ControlSocket.path(longName).toString().length()).isLessThanOrEqualTo(100);
    assertThat(ControlSocket.path(longName))
        .isEqualTo(ControlSocket.path(longName))
        .isNotEqualTo(ControlSocket.path(folder.resolve("y".repeat(120))));
  }
}

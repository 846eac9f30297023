// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.jvm.control;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Codec;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.event.BundleId;
import org.myrhiza.kernel.Command;
import org.myrhiza.kernel.CommandCodec;
import org.myrhiza.kernel.Reply;
import org.myrhiza.kernel.ReplyCodec;

/** What goes over a control connection. */
sealed interface ControlMessage {
  /** The most bytes of one message: a command with a bundle of 16 MiB fits. */
  int MESSAGE_BYTES = 24 << 20;

  /** The version of the control protocol. */
  int VERSION = 0;

  /** The longest name of a bundle in bytes. */
  int NAME_BYTES = 256;

  /** The most lines of a consent summary. */
  int LINES = 256;

  /** The longest line of a consent summary in bytes. */
  int LINE_BYTES = 4096;

  /** A command. */
  record Ordered(Command command) implements ControlMessage {}

  /** The answer that ends a command. */
  record Replied(Reply reply) implements ControlMessage {}

  /** A consent is needed. */
  record Asked(BundleId bundle, String name, List<String> summary) implements ControlMessage {
    /** Copies the lines. */
    public Asked {
      summary = List.copyOf(summary);
    }
  }

  /** The decision on a consent. */
  record Decided(boolean granted) implements ControlMessage {}

  /** The canonical encoding of one message, without its length. */
  Codec<ControlMessage> CODEC = Codec.of(ControlMessage::write, ControlMessage::read);

  private static void write(CanonicalWriter w, ControlMessage message) {
    w.u8(VERSION);
    switch (message) {
      case Ordered(Command command) -> {
        w.u8(1);
        CommandCodec.INSTANCE.write(w, command);
      }
      case Replied(Reply reply) -> {
        w.u8(2);
        ReplyCodec.INSTANCE.write(w, reply);
      }
      case Asked(BundleId bundle, String name, List<String> summary) -> {
        w.u8(3);
        BundleId.CODEC.write(w, bundle);
        w.text(name, NAME_BYTES);
        w.list(summary, LINES, LINE);
      }
      case Decided(boolean granted) -> {
        w.u8(4);
        w.flag(granted);
      }
    }
  }

  /** One line of a summary. */
  Codec<String> LINE = Codec.of((w, line) -> w.text(line, LINE_BYTES), r -> r.text(LINE_BYTES));

  private static ControlMessage read(CanonicalReader r) {
    r.version(VERSION);
    int type = r.u8();
    return switch (type) {
      case 1 -> new Ordered(CommandCodec.INSTANCE.read(r));
      case 2 -> new Replied(ReplyCodec.INSTANCE.read(r));
      case 3 -> new Asked(BundleId.CODEC.read(r), r.text(NAME_BYTES), r.list(LINES, LINE));
      case 4 -> new Decided(r.flag());
      default -> throw r.fail("control message type", String.valueOf(type), "1 to 4");
    };
  }

  /**
   * Reads the next message.
   *
   * @return the message, or empty at the end of the connection
   * @throws IOException if the connection fails or the bytes are not a message
   */
  static Optional<ControlMessage> receive(DataInputStream in) throws IOException {
    int size;
    try {
      size = in.readInt();
    } catch (EOFException ended) {
      return Optional.empty();
    }
    if (size < 2 || size > MESSAGE_BYTES) {
      throw new IOException(
          "a control message of " + (size & 0xffffffffL) + " bytes, allowed 2 to " + MESSAGE_BYTES);
    }
    byte[] bytes = in.readNBytes(size);
    if (bytes.length < size) {
      throw new EOFException("the control connection ended inside a message");
    }
    return switch (CODEC.decode(Bytes.adopt(bytes))) {
      case Decoded.Ok<ControlMessage>(ControlMessage message) -> Optional.of(message);
      case Decoded.Bad<ControlMessage> bad -> throw new IOException(bad.malformed().message());
    };
  }

  /** Sends one message. */
  static void send(DataOutputStream out, ControlMessage message) throws IOException {
    byte[] bytes = CODEC.encode(message).toArray();
    out.writeInt(bytes.length);
    out.write(bytes);
    out.flush();
  }
}

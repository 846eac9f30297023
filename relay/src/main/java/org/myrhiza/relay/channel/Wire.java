// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.relay.channel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.frame.Limits;
import org.myrhiza.frame.RelayMessage;
import org.myrhiza.frame.RelayProtocol;

/**
 * Relay messages as whole WebSocket messages, ready for a socket. A server's frames carry no mask,
 * so the same bytes serve every receiver: they are made once and shared by reference counts.
 */
public final class Wire {
  /** A final binary frame (RFC 6455, section 5.2). */
  private static final int BINARY = 0x82;

  private static final int LENGTH_16 = 126;
  private static final int LENGTH_64 = 127;
  private static final int MAX_16 = 0xffff;
  private static final int LONGEST_HEADER = 10;

  private Wire() {}

  /** Returns a message without a frame in it. */
  public static ByteBuf of(RelayMessage message) {
    byte[] body = RelayProtocol.encode(message).toArray();
    ByteBuf wire = start(body.length);
    return wire.writeBytes(body);
  }

  /** Returns a {@code Deliver}; reads the frame, keeps no reference to it. */
  static ByteBuf deliver(Bytes channel, Bytes from, ByteBuf frame) {
    ByteBuf wire = start(2 + 2 * Limits.KEY_BYTES + frame.readableBytes());
    wire.writeByte(RelayProtocol.VERSION).writeByte(RelayProtocol.DELIVER);
    wire.writeBytes(channel.toArray()).writeBytes(from.toArray());
    return wire.writeBytes(frame, frame.readerIndex(), frame.readableBytes());
  }

  /** Returns a {@code DeliverDirect}; reads the frame, keeps no reference to it. */
  static ByteBuf deliverDirect(Bytes from, ByteBuf frame) {
    ByteBuf wire = start(2 + Limits.KEY_BYTES + frame.readableBytes());
    wire.writeByte(RelayProtocol.VERSION).writeByte(RelayProtocol.DELIVER_DIRECT);
    wire.writeBytes(from.toArray());
    return wire.writeBytes(frame, frame.readerIndex(), frame.readableBytes());
  }

  private static ByteBuf start(int size) {
    ByteBuf wire = ByteBufAllocator.DEFAULT.ioBuffer(LONGEST_HEADER + size);
    wire.writeByte(BINARY);
    if (size < LENGTH_16) {
      wire.writeByte(size);
    } else if (size <= MAX_16) {
      wire.writeByte(LENGTH_16).writeShort(size);
    } else {
      wire.writeByte(LENGTH_64).writeLong(size);
    }
    return wire;
  }
}

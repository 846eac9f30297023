// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.sync.Message;
import org.myrhiza.testkit.HostileBytes;
import org.myrhiza.testkit.json.Json;
import org.myrhiza.testkit.json.JsonValue;
import org.myrhiza.testkit.suite.Proves;
import org.myrhiza.testkit.vectors.VectorFiles;

/** Bytes of sync messages. */
final class MessageSuite {
  private static final int KINDS = 15;

  /** Events and proofs are attacked as what they are. */
  private static final int SHORT_BYTES = 256;

  @Test
  @Proves("SYNC-10")
  void messagesHaveTheBytesOfTheVectors() {
    JsonValue file = Json.parse(VectorFiles.spec("sync-messages.json"));
    List<String> expected = new ArrayList<>();
    for (JsonValue item : file.at("messages").items()) {
      expected.add(item.at("message").text() + ": " + item.at("bytes").text());
    }
    List<String> written = new ArrayList<>();
    TreeSet<Integer> kinds = new TreeSet<>();
    MessageVectors.all()
        .forEach((name, message) -> {
          Bytes bytes = Message.CODEC.encode(message);
          kinds.add(bytes.at(1) & 0xff);
          written.add(name + ": " + bytes.toHex());
          assertEquals(message, Message.CODEC.decode(bytes).orThrow(), name);
        });
    assertEquals(String.join("\n", expected), String.join("\n", written));
    assertEquals(KINDS, kinds.size());
  }

  @Test
  @Proves("SYNC-10")
  void hostileBytesAreRefused() {
    int attacked = 0;
    for (Message message : MessageVectors.all().values()) {
      Bytes bytes = Message.CODEC.encode(message);
      if (bytes.size() <= SHORT_BYTES) {
        HostileBytes.attack(message.toString(), Message.CODEC, bytes);
        attacked++;
      }
    }
    assertTrue(attacked > KINDS - 4, attacked + " of those that are short");
    refused(Bytes.of(1, KINDS), "kind of message");
    refused(Bytes.of(1), "bytes");
  }

  @Test
  @Proves("SYNC-10")
  void theVersionBeforeIsRefusedByName() {
    Bytes now = Message.CODEC.encode(new Message.Prune());
    refused(Bytes.of(0).plus(now.slice(1, now.size())), "version at offset 0 is 0, allowed: 1");
  }

  private static void refused(Bytes bytes, String why) {
    var bad = assertInstanceOf(Decoded.Bad.class, Message.CODEC.decode(bytes));
    String message = bad.malformed().message();
    assertTrue(message.contains(why), message);
  }
}

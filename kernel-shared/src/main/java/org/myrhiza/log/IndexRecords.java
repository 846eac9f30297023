// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Function;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Crc32;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.event.TopicId;

/**
 * How the index of a log is stored: what a start needs of all events, so that it need not read
 * them. Two kinds of records, whose keys are {@code kind, topic, number}, 32 bits, big-endian;
 * values begin with a version and end in the CRC-32 of key and value.
 *
 * <p><em>Rows</em>, under the number of the first event, 1 to 256 events that are neighbours by
 * number: {@code version, count - 1, rows}; see {@link Row}. <em>Marks</em>, under the number of
 * the page, a byte for each of 256 events: {@code version, events, sum, bytes} without the zeros at
 * the end. Of the last page, events and sum are those of the topic, the sum being that of each byte
 * times one more than twice its event's number, modulo 2^32, and it is written with each change.
 *
 * <p>All of it follows from the events and verdicts of the store.
 */
public final class IndexRecords {
  /** First byte of the store keys of marks. */
  public static final int MARKS = 8;

  /** First byte of the store keys of rows. */
  public static final int ROWS = 9;

  /** Events of a page. */
  static final int PAGE_EVENTS = 256;

  private static final int VERSION = 1;
  private static final int NUMBER_BYTES = 4;
  private static final int SUM_BYTES = 4;

  private IndexRecords() {}

  /** Returns the first key of a topic's records of a kind. */
  public static Bytes from(int kind, TopicId topic) {
    return LogRecords.from(kind, topic);
  }

  /** Returns the bound after the last such key: no topic has so many events. */
  public static Bytes to(int kind, TopicId topic) {
    return LogRecords.to(kind, topic);
  }

  static Bytes key(int kind, TopicId topic, int number) {
    return CanonicalWriter.write(w -> w.u8(kind).fixed(topic.bytes()).u32(number));
  }

  /** Returns an event's share in the sum of marks. */
  static int share(int number, int mark) {
    return mark * (2 * number + 1);
  }

  /** Returns the number that a key ends with. */
  static Decoded<Integer> number(int kind, TopicId topic, Bytes key) {
    Bytes from = from(kind, topic);
    if (key.size() != from.size() + NUMBER_BYTES || !key.startsWith(from)) {
      return Decoded.bad("key of an index", 0, key.toHex(), "one of the topic");
    }
    return CanonicalReader.decode(key.slice(from.size(), key.size()), CanonicalReader::u32)
        .then(number ->
            number > Integer.MAX_VALUE
                ? Decoded.bad("number in an index", 0, number.toString(), "31 bits")
                : Decoded.ok(number.intValue()));
  }

  /** Writes a value: what the body writes, with version and checksum. */
  static Bytes value(Bytes key, Consumer<CanonicalWriter> body) {
    Bytes bytes =
        CanonicalWriter.write(w -> {
          w.u8(VERSION);
          body.accept(w);
        });
    int sum = Crc32.of(bytes, Crc32.of(key, 0));
    return bytes.plus(CanonicalWriter.write(w -> w.u32(Integer.toUnsignedLong(sum))));
  }

  /** Reads what the body of a value says, once its checksum was found to be right. */
  static <T> Decoded<T> read(Bytes key, Bytes value, Function<CanonicalReader, T> body) {
    byte[] bytes = value.toArray();
    int size = bytes.length - SUM_BYTES;
    int sum = 0;
    for (int i = Math.max(0, size); i < bytes.length; i++) {
      sum = (sum << Byte.SIZE) | (bytes[i] & 0xff);
    }
    if (size < 1 || sum != Crc32.of(bytes, size, Crc32.of(key, 0))) {
      return Decoded.bad("checksum of an index", 0, value.size() + " bytes", "as it was written");
    }
    return CanonicalReader.decode(
        Bytes.adopt(Arrays.copyOf(bytes, size)),
        r -> {
          r.version(VERSION);
          return body.apply(r);
        });
  }
}

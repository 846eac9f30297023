// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.frame.Aead;
import org.myrhiza.frame.EpochSecret;
import org.myrhiza.frame.FrameHeader;
import org.myrhiza.frame.Limits;
import org.myrhiza.frame.Opened;
import org.myrhiza.frame.Opened.Reason;
import org.myrhiza.frame.Opening;
import org.myrhiza.frame.Sealing;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.testkit.Seeded;
import org.myrhiza.testkit.json.JsonValue;
import org.myrhiza.testkit.stack.TestStack;
import org.myrhiza.testkit.suite.Proves;

/** Sealed frames: their bytes, what opens them, and what is refused. */
public final class FrameSuite {
  private static final long SEED = 1_024;
  private static final long EPOCH = 7;

  private final Aead aead = TestStack.current().aead();
  private final FrameVectors vectors = new FrameVectors();
  private final EpochSecret secret = EpochSecret.of(vectors.bytes("secret"));
  private final PublicKey sender = new PublicKey(vectors.bytes("sender"));

  /** Made once per test. */
  public FrameSuite() {}

  private Sealing session(int number) {
    return session(sender, number);
  }

  private Sealing session(PublicKey from, int number) {
    byte[] random = new byte[Limits.KEY_BYTES];
    random[0] = (byte) number;
    random[1] = (byte) (number >> 8);
    return new Sealing(aead, secret, EPOCH, from, Bytes.adopt(random));
  }

  private Opening opening() {
    return new Opening(aead, secret, EPOCH);
  }

  private static void assertRefused(Reason reason, Opened opened) {
    if (opened instanceof Opened.Refused(Reason given, String detail)) {
      assertEquals(reason, given, detail);
      return;
    }
    throw new AssertionError("opened, but should be refused as " + reason);
  }

  private static Bytes flip(Bytes source, int at, int bit) {
    byte[] changed = source.toArray();
    changed[at] ^= (byte) (1 << bit);
    return Bytes.adopt(changed);
  }

  @Test
  @Proves({"FRAME-1", "FRAME-2"})
  void seal_goldenInputs_givesTheGoldenBytes() {
    assertEquals(vectors.bytes("channel"), secret.channel().bytes());
    Sealing sealing = new Sealing(aead, secret, EPOCH, sender, vectors.bytes("session"));
    Opening opening = opening();
    for (JsonValue golden : vectors.file().at("frames").items()) {
      Bytes plain = Bytes.hex(golden.at("plaintext").text());
      Bytes frame = Bytes.hex(golden.at("frame").text());
      assertEquals(frame, sealing.seal(plain));
      assertEquals(plain.size() + Limits.FRAME_OVERHEAD_BYTES, frame.size());
      assertEquals(new Opened.Plain(sender, plain), opening.open(frame));
    }
    assertEquals(3, sealing.sealed());
  }

  @Test
  @Proves("FRAME-3")
  void open_anyBitFlipped_isRefusedAndLeavesNoTrace() {
    Bytes frame = session(1).seal(Bytes.of(1, 2, 3));
    Opening opening = opening();
    for (int at = 0; at < frame.size(); at++) {
      for (int bit = 0; bit < 8; bit++) {
        Opened opened = opening.open(flip(frame, at, bit));
        assertTrue(opened instanceof Opened.Refused, "byte " + at + ", bit " + bit);
      }
    }
    assertEquals(new Opened.Plain(sender, Bytes.of(1, 2, 3)), opening.open(frame));
  }

  @Test
  @Proves("FRAME-3")
  void open_cutAnywhere_isRefused() {
    Bytes frame = session(1).seal(Bytes.of(1, 2, 3));
    Opening opening = opening();
    for (int size = 0; size < frame.size(); size++) {
      boolean tooShort = size < FrameHeader.BYTES + Aead.TAG_BYTES;
      Reason reason = tooShort ? Reason.MALFORMED : Reason.NOT_AUTHENTIC;
      assertRefused(reason, opening.open(frame.slice(0, size)));
    }
    assertRefused(Reason.MALFORMED, opening.open(Bytes.zeros(Limits.FRAME_BYTES + 1)));
  }

  @Test
  @Proves("FRAME-3")
  void open_ofAnotherTopicOrEpoch_isRefusedByName() {
    Bytes frame = session(1).seal(Bytes.of(1));
    EpochSecret other = EpochSecret.of(vectors.bytes("session"));
    assertRefused(Reason.OTHER_CHANNEL, new Opening(aead, other, EPOCH).open(frame));
    assertRefused(Reason.OTHER_EPOCH, new Opening(aead, secret, EPOCH + 1).open(frame));
    assertNotEquals(secret, other);
    assertEquals(EpochSecret.of(secret.bytes()), secret);
    assertEquals("EpochSecret[redacted]", secret.toString());
  }

  @Test
  @Proves("FRAME-3")
  void open_twice_isAReplay() {
    Bytes frame = session(1).seal(Bytes.of(1));
    Opening opening = opening();
    assertTrue(opening.open(frame) instanceof Opened.Plain);
    assertRefused(Reason.REPLAYED, opening.open(frame));
    assertRefused(Reason.REPLAYED, opening.open(frame));
  }

  @Test
  @Proves("FRAME-3")
  void open_inAnyOrder_eachOnceUnlessTooOld() {
    int count = 3 * Limits.REPLAY_WINDOW_FRAMES;
    Sealing sealing = session(1);
    List<Bytes> frames = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      frames.add(sealing.seal(Bytes.EMPTY));
    }
    Seeded random = new Seeded(SEED);
    Opening opening = opening();
    TreeSet<Integer> seen = new TreeSet<>();
    int[] outcomes = new int[3];
    for (int step = 0; step < count; step++) {
      int near =
          step + random.nextInt(2 * Limits.REPLAY_WINDOW_FRAMES) - Limits.REPLAY_WINDOW_FRAMES;
      int at = Math.max(0, Math.min(count - 1, near));
      Opened opened = opening.open(frames.get(at));
      String place = "seed " + SEED + ", step " + step + ", counter " + at;
      boolean tooOld = !seen.isEmpty() && seen.last() - at >= Limits.REPLAY_WINDOW_FRAMES;
      int outcome = tooOld ? 0 : seen.contains(at) ? 1 : 2;
      outcomes[outcome]++;
      switch (opened) {
        case Opened.Plain plain -> assertEquals(2, outcome, place);
        case Opened.Refused(Reason reason, String detail) ->
            assertEquals(outcome == 0 ? Reason.TOO_OLD : Reason.REPLAYED, reason, place);
      }
      seen.add(at);
    }
    assertTrue(outcomes[0] > 0 && outcomes[1] > 0 && outcomes[2] > 0, "each outcome must occur");
  }

  @Test
  void open_firstCounterFarAhead_isTakenAndOlderOnesInTheWindowToo() {
    Sealing sealing = session(1);
    List<Bytes> frames = new ArrayList<>();
    for (int i = 0; i <= 2 * Limits.REPLAY_WINDOW_FRAMES; i++) {
      frames.add(sealing.seal(Bytes.EMPTY));
    }
    Opening opening = opening();
    int last = frames.size() - 1;
    assertTrue(opening.open(frames.get(last)) instanceof Opened.Plain);
    int oldest = last - Limits.REPLAY_WINDOW_FRAMES + 1;
    assertTrue(opening.open(frames.get(oldest)) instanceof Opened.Plain);
    assertRefused(Reason.TOO_OLD, opening.open(frames.get(oldest - 1)));
  }

  @Test
  void sessions_ofOneSender_pushOutOnlyItsOwn() {
    Opening opening = opening();
    PublicKey other = new PublicKey(vectors.bytes("session"));
    Bytes others = session(other, 1).seal(Bytes.EMPTY);
    assertTrue(opening.open(others) instanceof Opened.Plain);
    List<Bytes> first = new ArrayList<>();
    for (int i = 0; i <= Limits.SESSIONS_PER_SENDER; i++) {
      first.add(session(i).seal(Bytes.EMPTY));
      assertTrue(opening.open(first.get(i)) instanceof Opened.Plain);
    }
    assertRefused(Reason.REPLAYED, opening.open(others));
    assertRefused(Reason.REPLAYED, opening.open(first.get(1)));
    assertTrue(opening.open(first.get(0)) instanceof Opened.Plain, "the longest silent is gone");
  }

  @Test
  void forgedFrames_pushOutNothing() {
    Opening opening = opening();
    Bytes known = session(1).seal(Bytes.EMPTY);
    assertTrue(opening.open(known) instanceof Opened.Plain);
    for (int i = 2; i < 3 * Limits.SENDERS; i++) {
      Bytes forged = session(i).seal(Bytes.EMPTY);
      assertRefused(Reason.NOT_AUTHENTIC, opening.open(flip(forged, forged.size() - 1, 0)));
    }
    assertRefused(Reason.REPLAYED, opening.open(known));
  }

  @Test
  void seal_moreThanALongestMessage_isABugOfTheCaller() {
    Sealing sealing = session(1);
    Bytes longest = sealing.seal(Bytes.zeros(Limits.PLAINTEXT_BYTES));
    assertEquals(Limits.FRAME_BYTES, longest.size());
    assertTrue(opening().open(longest) instanceof Opened.Plain);
    Bytes longer = Bytes.zeros(Limits.PLAINTEXT_BYTES + 1);
    assertThrows(IllegalArgumentException.class, () -> sealing.seal(longer));
  }
}

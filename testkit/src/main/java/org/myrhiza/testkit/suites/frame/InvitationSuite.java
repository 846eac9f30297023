// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Utf8;
import org.myrhiza.event.AdmissionProof;
import org.myrhiza.frame.AddressHint;
import org.myrhiza.frame.Authority;
import org.myrhiza.frame.Invitation;
import org.myrhiza.frame.Limits;
import org.myrhiza.frame.RelayUrl;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.SeedSigner;
import org.myrhiza.identity.Signature;
import org.myrhiza.identity.SignatureVerifier;
import org.myrhiza.testkit.HostileBytes;
import org.myrhiza.testkit.json.JsonValue;
import org.myrhiza.testkit.stack.TestStack;
import org.myrhiza.testkit.suite.Proves;

/** Invitations as bytes, as text and as links. */
public final class InvitationSuite {
  private static final String PAGE = "http://127.0.0.1:7420/";

  private final JsonValue golden = new FrameVectors().file().at("invitation");
  private final Invitation invitation = FrameVectors.invitation();
  private final Invitation oneTime = FrameVectors.oneTimeInvitation();

  /** Made once per test. */
  public InvitationSuite() {}

  @Test
  @Proves("FRAME-4")
  void golden_bytesTextAndLink() {
    assertEquals(Bytes.hex(golden.at("bytes").text()), Invitation.CODEC.encode(invitation));
    assertEquals(golden.at("text").text(), invitation.text());
    assertEquals(PAGE + "#" + golden.at("text").text(), invitation.link(PAGE));
    assertEquals(invitation, Invitation.parse(golden.at("text").text()).orThrow());
  }

  @Test
  @Proves("FRAME-4")
  void golden_withAOneTimeSecret_bytesAndText() {
    JsonValue golden = new FrameVectors().file().at("one-time invitation");
    assertEquals(Bytes.hex(golden.at("bytes").text()), Invitation.CODEC.encode(oneTime));
    assertEquals(golden.at("text").text(), oneTime.text());
    assertEquals(oneTime, Invitation.parse(golden.at("text").text()).orThrow());
    assertEquals(invitation, oneTime.with(Optional.empty()));
    assertNotEquals(invitation, oneTime);
  }

  /** Whose key signs whom it lets in, the same on every stack. */
  @Test
  @Proves({"FRAME-4", "EVENT-15"})
  void golden_proofByAOneTimeSecret() {
    JsonValue golden = new FrameVectors().file().at("one-time invitation");
    SeedSigner signer = TestStack.current().seedSigner();
    Bytes seed = oneTime.admission().orElseThrow().seed();
    PublicKey key = signer.publicKey(seed);
    assertEquals(Bytes.hex(golden.at("key").text()), key.bytes());
    Bytes message = AdmissionProof.message(oneTime.topic(), oneTime.founder());
    assertEquals(Bytes.hex(golden.at("message").text()), message);
    Signature signature = signer.sign(seed, message);
    assertEquals(Bytes.hex(golden.at("signature").text()), signature.bytes());
    SignatureVerifier rule = SignatureVerifier.screened(TestStack.current().ed25519());
    assertTrue(rule.verify(key, message, signature));
  }

  @Test
  @Proves("FRAME-4")
  void parse_linkOrTextWithWhiteSpaceAround_isTheSame() {
    String text = invitation.text();
    for (String pasted :
        List.of(
            text,
            "  " + text + "\n",
            "\t" + invitation.link(PAGE) + " \r\n",
            invitation.link("https://page.example/sub/index.html?x=1"))) {
      assertEquals(invitation, Invitation.parse(pasted).orThrow(), pasted);
    }
  }

  @Test
  void parse_anythingElse_isRefusedWithAReason() {
    String text = invitation.text();
    for (String pasted :
        List.of(
            "",
            "#" + text,
            text + ".",
            text.substring(0, 40) + " " + text.substring(40),
            text.substring(0, 40) + "\n" + text.substring(40),
            text.substring(0, text.length() - 1),
            "mytopic1" + text.substring(9),
            PAGE,
            PAGE + "#",
            PAGE + "##" + text,
            PAGE + "# " + text,
            "ftp://127.0.0.1/#" + text,
            " ".repeat(Limits.INVITE_CHARS) + text)) {
      assertFalse(Invitation.parse(pasted).isOk(), pasted);
    }
    for (int at = 9; at < text.length(); at += 7) {
      char other = text.charAt(at) == 'q' ? 'p' : 'q';
      String changed = text.substring(0, at) + other + text.substring(at + 1);
      assertFalse(Invitation.parse(changed).isOk(), changed);
    }
  }

  @Test
  void decoder_hostileBytes_refusesOrIsCanonical() {
    HostileBytes.attack("invitation", Invitation.CODEC, Invitation.CODEC.encode(invitation));
    Invitation shortest =
        new Invitation(
            oneTime.topic(),
            oneTime.founder(),
            oneTime.secret(),
            oneTime.epoch(),
            List.of(),
            List.of(),
            oneTime.admission());
    HostileBytes.attack("one-time", Invitation.CODEC, Invitation.CODEC.encode(shortest));
  }

  @Test
  @Proves("FRAME-4")
  void decoder_addressInAnotherSpelling_isRefused() {
    byte[] bytes = Invitation.CODEC.encode(invitation).toArray();
    Bytes name = Utf8.encode("relay.example");
    int at = indexOf(bytes, name);
    bytes[at] = 'R';
    assertFalse(Invitation.CODEC.decode(Bytes.adopt(bytes)).isOk());
  }

  private static int indexOf(byte[] bytes, Bytes part) {
    for (int at = 0; at + part.size() <= bytes.length; at++) {
      if (Bytes.copyOf(bytes, at, at + part.size()).equals(part)) {
        return at;
      }
    }
    throw new AssertionError("not there: " + part);
  }

  @Test
  void longestInvitation_stillHasAText() {
    Authority longest = new Authority("a".repeat(Limits.AUTHORITY_BYTES - 8), Limits.MAX_PORT);
    List<RelayUrl> relays = new ArrayList<>();
    List<AddressHint> addresses = new ArrayList<>();
    for (int i = 0; i < Limits.INVITE_RELAYS; i++) {
      relays.add(new RelayUrl(true, longest));
    }
    for (int i = 0; i < Limits.INVITE_ADDRESSES; i++) {
      addresses.add(new AddressHint(FrameVectors.key(i), longest));
    }
    Invitation full =
        new Invitation(
            invitation.topic(),
            invitation.founder(),
            invitation.secret(),
            0,
            relays,
            addresses,
            oneTime.admission());
    assertTrue(Invitation.CODEC.encode(full).size() <= Limits.INVITE_BYTES);
    assertEquals(full, Invitation.parse(full.text()).orThrow());
    addresses.add(addresses.get(0));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new Invitation(
                full.topic(), full.founder(), full.secret(), 0, full.relays(), addresses));
  }

  @Test
  void text_ofAnInvitation_hidesTheSecretFromLogs() {
    String shown = invitation.toString();
    assertFalse(shown.contains(invitation.secret().bytes().toHex()), shown);
    String secret = oneTime.admission().orElseThrow().seed().toHex();
    assertFalse(oneTime.toString().contains(secret), oneTime.toString());
  }
}

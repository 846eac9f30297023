// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.stack;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.myrhiza.frame.Aead;
import org.myrhiza.identity.RawVerifier;
import org.myrhiza.identity.SeedSigner;

/**
 * What a platform lends to the neutral suites: installed once before the first test, the same for
 * all. A platform begins with a name and vectors and adds a port with each {@code with…}; a test
 * that asks for a port which its stack has not is skipped, and says so.
 */
public final class TestStack {
  private static @Nullable TestStack installed;

  private record Curve(RawVerifier verifier, SeedSigner signer) {}

  private final String name;
  private final Vectors vectors;
  private final @Nullable Curve ed25519;
  private final @Nullable Aead aead;
  private final @Nullable TestEngine engine;

  /**
   * Makes a stack without ports.
   *
   * @param name what to call this stack in messages, such as {@code jvm} or {@code browser}
   * @param vectors where test vectors come from
   */
  public TestStack(String name, Vectors vectors) {
    this(name, vectors, null, null, null);
  }

  private TestStack(
      String name,
      Vectors vectors,
      @Nullable Curve ed25519,
      @Nullable Aead aead,
      @Nullable TestEngine engine) {
    this.name = name;
    this.vectors = vectors;
    this.ed25519 = ed25519;
    this.aead = aead;
    this.engine = engine;
  }

  /**
   * Adds the platform's Ed25519.
   *
   * @param verifier what the platform's peers verify with, without the screen
   * @param signer what they sign with for an invitation
   * @return a stack that has both
   */
  public TestStack withEd25519(RawVerifier verifier, SeedSigner signer) {
    return new TestStack(name, vectors, new Curve(verifier, signer), aead, engine);
  }

  /**
   * Adds the platform's ChaCha20-Poly1305.
   *
   * @param cipher what the platform's peers seal frames with
   * @return a stack that has it
   */
  public TestStack withAead(Aead cipher) {
    return new TestStack(name, vectors, ed25519, cipher, engine);
  }

  /**
   * Adds the platform's WebAssembly engine.
   *
   * @param platformEngine what the platform's peers run guests on
   * @return a stack that has it
   */
  public TestStack withEngine(TestEngine platformEngine) {
    return new TestStack(name, vectors, ed25519, aead, platformEngine);
  }

  /**
   * The stack's name.
   *
   * @return what to call it in messages
   */
  public String name() {
    return name;
  }

  /**
   * Where vectors come from.
   *
   * @return the platform's vectors
   */
  public Vectors vectors() {
    return vectors;
  }

  /**
   * The platform's Ed25519; skips the calling test where there is none.
   *
   * @return the equation alone, without the screen
   */
  public RawVerifier ed25519() {
    return curve().verifier();
  }

  /**
   * What the platform's peers sign with for an invitation; skips the calling test where there is
   * none.
   *
   * @return Ed25519 by seed
   */
  public SeedSigner seedSigner() {
    return curve().signer();
  }

  private Curve curve() {
    Curve curve = ed25519;
    if (curve == null) {
      return Assumptions.abort("no Ed25519 on the stack " + name);
    }
    return curve;
  }

  /**
   * The platform's ChaCha20-Poly1305; skips the calling test where there is none.
   *
   * @return the cipher
   */
  public Aead aead() {
    Aead cipher = aead;
    if (cipher == null) {
      return Assumptions.abort("no ChaCha20-Poly1305 on the stack " + name);
    }
    return cipher;
  }

  /**
   * The platform's WebAssembly engine; skips the calling test where there is none.
   *
   * @return the engine
   */
  public TestEngine engine() {
    TestEngine present = engine;
    if (present == null) {
      return Assumptions.abort("no WebAssembly engine on the stack " + name);
    }
    return present;
  }

  /**
   * Makes a stack the one that suites run on; called by the platform before the first test.
   *
   * @param stack what the platform offers
   */
  public static void install(TestStack stack) {
    installed = stack;
  }

  /**
   * The stack that this run is on.
   *
   * @return the installed stack
   * @throws IllegalStateException if the platform has installed none
   */
  public static TestStack current() {
    TestStack stack = installed;
    if (stack == null) {
      throw new IllegalStateException(
          "no test stack is installed; neutral suites run in platform-jvm and browser-tests");
    }
    return stack;
  }
}

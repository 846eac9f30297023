// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.browser.page;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.myrhiza.browser.js.JsBytes;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.kernel.Command;
import org.myrhiza.kernel.CommandCodec;
import org.myrhiza.kernel.Effect;
import org.myrhiza.kernel.EffectCodec;
import org.myrhiza.kernel.Reply;
import org.myrhiza.kernel.ReplyCodec;
import org.teavm.jso.JSObject;
import org.teavm.jso.typedarrays.Int8Array;

/**
 * Who answers the page's commands: the kernel in this tab's worker, or, in a second tab, the first
 * tab, which then answers reading commands only.
 */
final class Backend {
  private static final Int8Array NOTHING = new Int8Array(0);

  private final Ears ears;
  private final Map<Integer, Consumer<Reply>> waiting = new TreeMap<>();
  private final String tab = PageHost.tabName();
  private final JSObject channel;
  private JSObject target;
  private final boolean author;
  private int tokens;

  /** Who hears what the kernel says without being asked. */
  interface Ears {
    /** The kernel takes commands now. */
    void ready();

    /** The kernel said something. */
    void effect(Effect effect);

    /** The worker is gone. */
    void broken(String reason);
  }

  private Backend(Ears ears, boolean author) {
    this.ears = ears;
    this.author = author;
    this.channel = PageHost.openChannel(this::fromTab);
    this.target = channel;
  }

  /** Starts the worker: this tab writes. */
  static Backend author(String workerUrl, Ears ears) {
    Backend backend = new Backend(ears, true);
    backend.target = PageHost.startWorker(workerUrl, backend::fromWorker, ears::broken);
    return backend;
  }

  /** Watches the tab that writes. */
  static Backend viewer(Ears ears) {
    Backend backend = new Backend(ears, false);
    PageHost.after(0, ears::ready);
    return backend;
  }

  /** Gives a command; the reply comes once. */
  void ask(Command command, Consumer<Reply> reply) {
    tokens++;
    waiting.put(tokens, reply);
    Int8Array bytes = JsBytes.of(CommandCodec.INSTANCE.encode(command));
    PageHost.post(target, author ? "command" : "read", tokens, author ? "" : tab, bytes);
  }

  /** Answers a question of the kernel. */
  void consent(long token, boolean granted) {
    PageHost.post(target, "consent", (int) token, granted ? "yes" : "no", NOTHING);
  }

  private void fromWorker(String type, int token, String text, Int8Array bytes) {
    switch (type) {
      case "listening" -> PageHost.post(target, "start", 0, PageHost.relayUrl(), NOTHING);
      case "ready" -> ears.ready();
      case "effect" -> effect(decoded(EffectCodec.INSTANCE.decode(JsBytes.adopt(bytes))));
      case "broken" -> ears.broken(text);
      default -> throw new IllegalArgumentException("message type " + type);
    }
  }

  private void effect(Effect effect) {
    if (effect instanceof Effect.Answer(long token, Reply reply)) {
      Consumer<Reply> asked = waiting.remove((int) token);
      if (asked != null) {
        asked.accept(reply);
      }
    } else {
      if (effect instanceof Effect.Changed) {
        PageHost.post(channel, "changed", 0, "", JsBytes.of(EffectCodec.INSTANCE.encode(effect)));
      }
      ears.effect(effect);
    }
  }

  /** Between tabs: {@code read} and {@code changed} to, {@code answer} from the one that writes. */
  private void fromTab(String type, int token, String text, Int8Array bytes) {
    switch (type) {
      case "read" -> {
        if (author) {
          read(token, text, decoded(CommandCodec.INSTANCE.decode(JsBytes.adopt(bytes))));
        }
      }
      case "answer" -> {
        Consumer<Reply> asked = text.equals(tab) ? waiting.remove(token) : null;
        if (asked != null) {
          asked.accept(decoded(ReplyCodec.INSTANCE.decode(JsBytes.adopt(bytes))));
        }
      }
      case "changed" -> {
        if (!author) {
          ears.effect(decoded(EffectCodec.INSTANCE.decode(JsBytes.adopt(bytes))));
        }
      }
      default -> throw new IllegalArgumentException("message type " + type);
    }
  }

  private void read(int token, String from, Command command) {
    if (reads(command)) {
      ask(command, reply -> answer(token, from, ReplyCodec.INSTANCE.encode(reply)));
    }
  }

  private void answer(int token, String to, Bytes reply) {
    PageHost.post(channel, "answer", token, to, JsBytes.of(reply));
  }

  private static boolean reads(Command command) {
    return switch (command) {
      case Command.Identity c -> true;
      case Command.ListApps c -> true;
      case Command.ViewApp c -> true;
      case Command.AppLog c -> true;
      case Command.Status c -> true;
      case Command.CreateApp c -> false;
      case Command.JoinApp c -> false;
      case Command.Act c -> false;
      case Command.Invite c -> false;
      case Command.Admit c -> false;
      case Command.Fence c -> false;
      case Command.Leave c -> false;
      case Command.Watch c -> false;
      case Command.Forget c -> false;
    };
  }

  private static <T> T decoded(Decoded<T> decoded) {
    return switch (decoded) {
      case Decoded.Ok<T>(T value) -> value;
      case Decoded.Bad<T> bad -> throw new IllegalStateException(bad.malformed().message());
    };
  }

  /** Returns whether this tab may write. */
  boolean isAuthor() {
    return author;
  }
}

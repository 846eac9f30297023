// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.guest;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Utf8;
import org.myrhiza.capability.Capabilities;
import org.myrhiza.hash.Blake3;
import org.myrhiza.identity.PublicKey;
import org.myrhiza.identity.Signature;
import org.myrhiza.identity.SignatureVerifier;
import org.myrhiza.state.PassedLimit;
import org.myrhiza.state.StateEntry;
import org.myrhiza.state.StateWriter;
import org.myrhiza.wasm.link.HostBinder;
import org.myrhiza.wasm.link.HostBody;
import org.myrhiza.wasm.link.HostCall;
import org.myrhiza.wasm.link.ImportedFunction;
import org.myrhiza.wasm.value.Value;

/**
 * The host functions of {@code wit/}: each pays before it works, and asks after every use of the
 * state whether a limit was passed, which ends the guest's call.
 */
final class HostFunctions implements HostBinder {
  private static final int KEY_BYTES = 32;
  private static final int SIGNATURE_BYTES = 64;

  private final HostContext context;
  private final SignatureVerifier verifier;
  private final TreeMap<String, HostBody> bodies = new TreeMap<>();

  HostFunctions(HostContext context, SignatureVerifier verifier) {
    this.context = context;
    this.verifier = verifier;
    offer("state-read", "get", this::read);
    offer("state-read", "scan", this::scan);
    offer("state-write", "put", this::write);
    offer("state-write", "delete", this::delete);
    offer("topic", "id", (a, call) -> fact(call, context.topic().id()));
    offer("topic", "founder", (a, call) -> fact(call, context.topic().founder()));
    offer("topic", "name", this::topicName);
    offer("author", "forked", this::forked);
    offer("self", "principal", (a, call) -> fact(call, context.self().principal()));
    offer("self", "instance", (a, call) -> fact(call, context.self().instance()));
    offer("log", "write", this::log);
    offer("hash", "blake3", HostFunctions::blake3);
    offer("verify-signature", "verify", this::verify);
  }

  private void offer(String name, String function, HostBody body) {
    bodies.put(Capabilities.fullName(name) + "#" + function, body);
  }

  @Override
  public @Nullable HostBody bind(ImportedFunction function) {
    String key = function.instance() + "#" + function.name();
    boolean known = function.type().equals(Wit.imported(function.instance(), function.name()));
    return known ? bodies.get(key) : null;
  }

  private @Nullable Value read(Value[] arguments, HostCall call) {
    Value.Octets key = (Value.Octets) arguments[0];
    if (!payState(call, key.size())) {
      return null;
    }
    Bytes value = context.reader().get(bytes(key));
    if (ended(call)) {
      return null;
    }
    if (value == null) {
      return Value.Case.NONE;
    }
    return payBytes(call, value.size()) ? Value.Case.some(octets(value)) : null;
  }

  private @Nullable Value scan(Value[] arguments, HostCall call) {
    Value.Octets start = (Value.Octets) arguments[0];
    Value.Octets end = (Value.Octets) ((Value.Case) arguments[1]).payload();
    if (!payState(call, start.size() + (end == null ? 0 : end.size()))) {
      return null;
    }
    int limit = ((Value.Int32) arguments[2]).value();
    List<StateEntry> entries =
        context.reader().scan(bytes(start), end == null ? null : bytes(end), limit);
    if (ended(call)) {
      return null;
    }
    List<Value> out = new ArrayList<>(entries.size());
    for (StateEntry e : entries) {
      if (!payBytes(call, e.key().size() + e.value().size())) {
        return null;
      }
      out.add(Value.Group.of(octets(e.key()), octets(e.value())));
    }
    return new Value.Items(out);
  }

  private @Nullable Value write(Value[] arguments, HostCall call) {
    Value.Octets key = (Value.Octets) arguments[0];
    Value.Octets value = (Value.Octets) arguments[1];
    StateWriter writer = writer(call);
    if (writer != null && payState(call, key.size() + value.size())) {
      boolean done = writer.put(bytes(key), bytes(value));
      requireDone(done, call);
    }
    return null;
  }

  private @Nullable Value delete(Value[] arguments, HostCall call) {
    Value.Octets key = (Value.Octets) arguments[0];
    StateWriter writer = writer(call);
    if (writer != null && payState(call, key.size())) {
      boolean done = writer.delete(bytes(key));
      requireDone(done, call);
    }
    return null;
  }

  private void requireDone(boolean done, HostCall call) {
    if (!ended(call) && !done) {
      call.fail("a write was refused without a limit");
    }
  }

  private @Nullable StateWriter writer(HostCall call) {
    StateWriter writer = context.writer();
    if (writer == null) {
      call.fail("a write outside of apply");
    }
    return writer;
  }

  /** Whether a limit of the state was passed, which ends the call. */
  private boolean ended(HostCall call) {
    PassedLimit passed = context.reader().passed();
    if (passed != null) {
      call.reject(passed.message());
    }
    return passed != null;
  }

  private static @Nullable Value fact(HostCall call, Bytes value) {
    return call.charge(Limits.FACT_FUEL) ? octets(value) : null;
  }

  private @Nullable Value topicName(Value[] arguments, HostCall call) {
    return call.charge(Limits.FACT_FUEL) ? new Value.Text(context.topic().name()) : null;
  }

  private @Nullable Value forked(Value[] arguments, HostCall call) {
    BooleanSupplier forked = context.forked();
    if (forked == null) {
      call.fail("asked about a fork outside of apply");
      return null;
    }
    if (!call.charge(Limits.FACT_FUEL)) {
      return null;
    }
    return forked.getAsBoolean() ? Value.TRUE : Value.FALSE;
  }

  private @Nullable Value log(Value[] arguments, HostCall call) {
    if (call.charge(Limits.FACT_FUEL)) {
      int level = ((Value.Case) arguments[0]).index();
      String message = ((Value.Text) arguments[1]).value();
      context.log().write(level(level), cut(message, Limits.LOG_BYTES));
    }
    return null;
  }

  private static LogLevel level(int index) {
    return switch (index) {
      case 0 -> LogLevel.DEBUG;
      case 1 -> LogLevel.INFO;
      case 2 -> LogLevel.WARN;
      default -> LogLevel.ERROR;
    };
  }

  private static @Nullable Value blake3(Value[] arguments, HostCall call) {
    Value.Octets data = (Value.Octets) arguments[0];
    long price = Limits.FACT_FUEL + (long) Limits.HASH_FUEL_PER_BYTE * data.size();
    return call.charge(price) ? octets(Blake3.hash(bytes(data))) : null;
  }

  private @Nullable Value verify(Value[] arguments, HostCall call) {
    Value.Octets key = (Value.Octets) arguments[0];
    Value.Octets message = (Value.Octets) arguments[1];
    Value.Octets signature = (Value.Octets) arguments[2];
    long price = Limits.VERIFY_FUEL + (long) Limits.HASH_FUEL_PER_BYTE * message.size();
    if (!call.charge(price)) {
      return null;
    }
    if (key.size() != KEY_BYTES || signature.size() != SIGNATURE_BYTES) {
      return Value.FALSE;
    }
    boolean good =
        verifier.verify(new PublicKey(bytes(key)), bytes(message), new Signature(bytes(signature)));
    return good ? Value.TRUE : Value.FALSE;
  }

  private static boolean payState(HostCall call, int size) {
    return call.charge(Limits.STATE_FUEL + (long) Limits.STATE_FUEL_PER_BYTE * size);
  }

  private static boolean payBytes(HostCall call, int size) {
    return call.charge((long) Limits.STATE_FUEL_PER_BYTE * size);
  }

  /** The longest beginning of a text that fits, never half a character. */
  static String cut(String text, int limitBytes) {
    Bytes all = Utf8.encode(text);
    if (all.size() <= limitBytes) {
      return text;
    }
    int end = limitBytes;
    while (end > 0 && (all.at(end) & 0xc0) == 0x80) {
      end--;
    }
    return Utf8.decode(all.slice(0, end)).orThrow();
  }

  private static Bytes bytes(Value.Octets value) {
    return Bytes.adopt(value.shared());
  }

  private static Value octets(Bytes value) {
    return Value.Octets.adopt(value.toArray());
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.guest;

import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.capability.Profile;
import org.myrhiza.identity.SignatureVerifier;
import org.myrhiza.view.Field;
import org.myrhiza.view.View;
import org.myrhiza.view.ViewCheck;
import org.myrhiza.wasm.binary.WasmResult;
import org.myrhiza.wasm.engine.Engine;
import org.myrhiza.wasm.engine.ModuleHash;
import org.myrhiza.wasm.link.Blueprint;
import org.myrhiza.wasm.link.CallResult;
import org.myrhiza.wasm.link.ExportedFunction;
import org.myrhiza.wasm.link.Session;
import org.myrhiza.wasm.value.Value;

/**
 * A program on an engine: its exports as functions. Calls are synchronous, one at a time, on one
 * thread; none throws, and none leaves anything behind in the guest.
 */
public final class Guest {
  private final Program program;
  private final Engine engine;
  private final List<ModuleHash> wanted;
  private final HostContext context = new HostContext();
  private final HostFunctions functions;
  private final TreeMap<Profile, Session> sessions = new TreeMap<>();

  Guest(Program program, Engine engine, SignatureVerifier verifier) {
    this.program = program;
    this.engine = engine;
    this.wanted =
        program.modules().stream().map(code -> new ModuleHash(code.hash().toHex())).toList();
    this.functions = new HostFunctions(context, verifier);
  }

  /** Whether the engine has all code prepared; it may have dropped some since. */
  public boolean ready() {
    for (ModuleHash code : wanted) {
      if (!engine.isPrepared(code)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Applies an event. The writes are in the host's writer; the caller keeps them only when
   * accepted.
   *
   * @param host what the apply can reach
   * @param event the event
   * @param fuelBudget 1 to 10,000,000
   */
  public ApplyOutcome apply(ApplyHost host, GuestEvent event, long fuelBudget) {
    context.enter(host);
    CallResult result =
        call(Profile.STATE_APPLY, Wit.APPLY, new Value[] {value(event)}, fuelBudget);
    context.leave();
    return switch (result) {
      case CallResult.Returned r -> {
        Value.Case verdict = (Value.Case) value(r);
        yield verdict.index() == 0
            ? new ApplyOutcome.Accepted(r.fuel())
            : new ApplyOutcome.Rejected(reason(verdict), r.fuel());
      }
      case CallResult.Rejected r -> new ApplyOutcome.Rejected(r.reason(), fuelBudget);
      case CallResult.Trapped t -> new ApplyOutcome.Trapped(t.kind());
      case CallResult.OutOfFuel o -> new ApplyOutcome.OutOfFuel();
      case CallResult.HostFailure f -> new ApplyOutcome.HostFailure(f.reason());
    };
  }

  /**
   * From a filled creation form to the body of the topic's first event.
   *
   * @param self the user who creates
   * @param log where the guest's log goes
   * @param fields what was filled in
   */
  public Answer<Bytes> create(SelfFacts self, GuestLog log, List<Field> fields) {
    return ask(
        Profile.STATE_PROPOSE,
        creating(self, log),
        Wit.CREATE,
        new Value[] {Views.value(fields)},
        Guest::createdBody);
  }

  /**
   * From an action of a view to an event.
   *
   * @param host what the propose can reach
   * @param action the action's name
   * @param fields its fields
   */
  public Answer<Proposal> propose(ReadHost host, String action, List<Field> fields) {
    Value[] arguments = {new Value.Text(action), Views.value(fields)};
    return ask(Profile.STATE_PROPOSE, host, Wit.PROPOSE, arguments, Guest::proposal);
  }

  /** What to show of the state now. */
  public Answer<View> view(ReadHost host) {
    return ask(Profile.INTERACTION, host, Wit.VIEW, new Value[0], Guest::view);
  }

  /** What to ask before a topic is created; an empty view asks nothing. */
  public Answer<View> creationForm(SelfFacts self, GuestLog log) {
    ReadHost host = creating(self, log);
    return ask(Profile.INTERACTION, host, Wit.CREATION_FORM, new Value[0], Guest::view);
  }

  private static ReadHost creating(SelfFacts self, GuestLog log) {
    return new ReadHost(HostContext.NO_STATE, TopicFacts.creating(self), self, log);
  }

  private <T> Answer<T> ask(
      Profile profile,
      ReadHost host,
      String export,
      Value[] arguments,
      Function<CallResult.Returned, Answer<T>> answer) {
    context.enter(host);
    CallResult result = call(profile, export, arguments, Limits.QUERY_FUEL);
    context.leave();
    return switch (result) {
      case CallResult.Returned r -> answer.apply(r);
      case CallResult.Rejected r -> new Answer.Refused<>(r.reason());
      case CallResult.Trapped t -> new Answer.Stopped<>(t.kind());
      case CallResult.OutOfFuel o -> new Answer.OutOfFuel<>();
      case CallResult.HostFailure f -> new Answer.HostFailure<>(f.reason());
    };
  }

  private static Answer<Bytes> createdBody(CallResult.Returned r) {
    Value.Case verdict = (Value.Case) value(r);
    return verdict.index() == 0
        ? new Answer.Ok<>(bytes(Views.payload(verdict)), r.fuel())
        : new Answer.Refused<>(reason(verdict));
  }

  private static Answer<Proposal> proposal(CallResult.Returned r) {
    Value.Case verdict = (Value.Case) value(r);
    if (verdict.index() != 0) {
      return new Answer.Refused<>(reason(verdict));
    }
    Value proposal = Views.payload(verdict);
    int tag = ((Value.Int32) Views.part(proposal, 0)).value();
    return new Answer.Ok<>(new Proposal(tag, bytes(Views.part(proposal, 1))), r.fuel());
  }

  private static Answer<View> view(CallResult.Returned r) {
    return switch (Views.view(value(r))) {
      case ViewCheck.Good g -> new Answer.Ok<>(g.view(), r.fuel());
      case ViewCheck.Bad b -> new Answer.Refused<>("the app's view is not one: " + b.message());
    };
  }

  private CallResult call(Profile profile, String export, Value[] arguments, long fuel) {
    Session session = session(profile);
    Blueprint blueprint = program.blueprint(profile);
    ExportedFunction function = blueprint == null ? null : blueprint.export(export);
    if (session == null || function == null) {
      return new CallResult.HostFailure("no component of profile " + profile.text());
    }
    return session.call(function, arguments, fuel);
  }

  private @Nullable Session session(Profile profile) {
    Session known = sessions.get(profile);
    Blueprint blueprint = program.blueprint(profile);
    if (known != null || blueprint == null) {
      return known;
    }
    if (Session.open(blueprint, program.hashes(profile), engine, functions)
        instanceof WasmResult.Ok<Session> ok) {
      sessions.put(profile, ok.value());
      return ok.value();
    }
    return null;
  }

  private static Value value(GuestEvent e) {
    return Value.Group.of(
        octets(e.id()),
        Value.Group.of(octets(e.principal()), octets(e.signer())),
        Value.Group.of(new Value.Int64(e.clockMillis()), new Value.Int32(e.clockCounter())),
        new Value.Int32(e.tag()),
        octets(e.body()));
  }

  /** The result; all exports of the worlds have one. */
  private static Value value(CallResult.Returned r) {
    Value value = r.value();
    if (value == null) {
      throw new IllegalStateException("an export without a result");
    }
    return value;
  }

  private static String reason(Value.Case verdict) {
    String text = Views.text(Views.payload(verdict));
    if (text.length() <= Limits.REASON_CHARS) {
      return text;
    }
    int end = Limits.REASON_CHARS;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
  }

  private static Value octets(Bytes bytes) {
    return Value.Octets.adopt(bytes.toArray());
  }

  private static Bytes bytes(Value value) {
    return Bytes.adopt(((Value.Octets) value).shared());
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.sim;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.myrhiza.bundle.BuiltBundle;
import org.myrhiza.bundle.Bundle;
import org.myrhiza.bundle.BundleBuilder;
import org.myrhiza.bundle.BundleDraft;
import org.myrhiza.bundle.DraftPart;
import org.myrhiza.bytes.Bytes;
import org.myrhiza.bytes.Utf8;
import org.myrhiza.capability.Profile;
import org.myrhiza.hash.Blake3;
import org.myrhiza.instance.ActRequest;
import org.myrhiza.instance.App;
import org.myrhiza.instance.Problems;
import org.myrhiza.instance.Self;
import org.myrhiza.replay.Applier;
import org.myrhiza.replay.ApplyLimits;
import org.myrhiza.replay.Delivery;
import org.myrhiza.replay.Outcome;
import org.myrhiza.state.Overlay;
import org.myrhiza.state.StateReader;
import org.myrhiza.view.Element;
import org.myrhiza.view.Field;
import org.myrhiza.view.InputKind;
import org.myrhiza.view.Node;
import org.myrhiza.view.TextStyle;
import org.myrhiza.view.View;

/**
 * A counter without WebAssembly, so that kernels can be tested where no engine is. Its result
 * depends on the order of events: {@code add} adds, {@code double} doubles, and what would pass 250
 * is rejected.
 */
public final class ToyCounterApp implements App {
  private static final Bytes KEY = Utf8.encode("value");
  private static final int ADD = 1;
  private static final int DOUBLE = 2;
  private static final int MOST = 250;
  private static final long FUEL = 100_000;

  private final Bundle bundle;
  private boolean prepared;

  /** The app of a bundle that {@link #bundle} made. */
  public ToyCounterApp(Bundle bundle) {
    this.bundle = bundle;
  }

  /** A bundle whose components are a few bytes each; the label makes its id its own. */
  public static Bundle bundle(Signing signing, String label) {
    Bytes seed = Blake3.hash(Utf8.encode("author"));
    List<DraftPart> parts =
        List.of(
            part("apply.wasm", Profile.STATE_APPLY, label),
            part("propose.wasm", Profile.STATE_PROPOSE, label),
            part("interaction.wasm", Profile.INTERACTION, label));
    List<BundleDraft.Tag> tags =
        List.of(new BundleDraft.Tag(ADD, "add"), new BundleDraft.Tag(DOUBLE, "double"));
    BundleDraft draft = new BundleDraft(label, "1", OptionalLong.empty(), tags, parts);
    if (BundleBuilder.build(draft, signing.publicKey(seed))
        instanceof BuiltBundle.Unsigned unsigned) {
      return unsigned.signed(signing.sign(seed, unsigned.messageToSign()));
    }
    throw new IllegalArgumentException("the toy bundle cannot be built");
  }

  private static DraftPart part(String path, Profile profile, String label) {
    Bytes content = Utf8.encode(label + " " + path);
    return new DraftPart(path, Optional.of(profile), List.of("state-read"), content);
  }

  @Override
  public Bundle bundle() {
    return bundle;
  }

  @Override
  public List<Module> modules() {
    Bytes code = Bytes.of(0);
    prepared = true;
    return List.of(new Module(Blake3.hash(code), code));
  }

  @Override
  public boolean isReady() {
    return prepared;
  }

  @Override
  public ApplyLimits limits() {
    return ApplyLimits.of(bundle.manifest().applyFuel());
  }

  @Override
  public Applier applier(Facts facts) {
    return ToyCounterApp::apply;
  }

  private static Outcome apply(Overlay state, Delivery event, long fuel) {
    int old = value(state);
    int next =
        switch (event.tag()) {
          case Delivery.CREATION_TAG -> 0;
          case ADD -> old + (event.body().isEmpty() ? 0 : event.body().at(0));
          case DOUBLE -> 2 * old;
          default -> MOST + 1;
        };
    if (next > MOST) {
      return new Outcome.Rejected("more than " + MOST, FUEL);
    }
    state.put(KEY, Bytes.of(next));
    state.put(Bytes.concat(Bytes.of(0), event.id().bytes()), Bytes.of(next));
    return new Outcome.Accepted(FUEL);
  }

  private static int value(StateReader state) {
    Bytes value = state.get(KEY);
    return value == null ? 0 : value.at(0);
  }

  @Override
  public Said<View> creationForm(Self self) {
    return new Said.Yes<>(View.EMPTY);
  }

  @Override
  public Said<Bytes> create(Self self, List<Field> fields) {
    return new Said.Yes<>(Bytes.EMPTY);
  }

  @Override
  public Said<View> view(StateReader state, Facts facts) {
    return new Said.Yes<>(
        new View(
            List.of(
                new Node(new Element.Panel(facts.name()), 3),
                new Node(new Element.Text(TextStyle.STRONG, "Value: " + value(state)), 0),
                new Node(new Element.Form("add", "Add"), 1),
                new Node(
                    new Element.Input("amount", "Amount", new InputKind.Whole(), true, false, "1"),
                    0),
                new Node(new Element.Button("double", "Double", List.of()), 0))));
  }

  @Override
  public Said<Proposed> propose(StateReader state, Facts facts, ActRequest request) {
    if (request.action().equals("double")) {
      return new Said.Yes<>(new Proposed(DOUBLE, Bytes.EMPTY));
    }
    int amount = Integer.parseInt(request.fields().get(0).value());
    return amount < 1 || amount > MOST
        ? new Said.No<>(Problems.rejected("the amount must be 1 to " + MOST))
        : new Said.Yes<>(new Proposed(ADD, Bytes.of(amount)));
  }
}

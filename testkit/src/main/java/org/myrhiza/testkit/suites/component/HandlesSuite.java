// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.myrhiza.testkit.suites.component.Stops.assertBug;
import static org.myrhiza.testkit.suites.component.Stops.assertRule;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.myrhiza.testkit.suite.Proves;
import org.myrhiza.wasm.abi.AbiStop;
import org.myrhiza.wasm.abi.Crossing;
import org.myrhiza.wasm.abi.Fuel;
import org.myrhiza.wasm.abi.Handles;
import org.myrhiza.wasm.abi.Layout;
import org.myrhiza.wasm.abi.Lift;
import org.myrhiza.wasm.abi.Limits;
import org.myrhiza.wasm.abi.Lower;
import org.myrhiza.wasm.component.StringEncoding;
import org.myrhiza.wasm.engine.Slots;
import org.myrhiza.wasm.value.Value;

/** The table of one instance's handles, rule by rule, and handles that cross. */
public final class HandlesSuite {
  private static final int INSTANCE = 7;

  /** A resource type that another instance defines, and one of the instance's own. */
  private static final int FOREIGN = 0;

  private static final int OWN = 1;
  private static final int[] OWNERS = {3, INSTANCE};
  private static final Layout.Group OWNING = one(FOREIGN, true);
  private static final Layout.Group BORROWING = one(FOREIGN, false);

  private final Handles handles = new Handles(INSTANCE, OWNERS);
  private final FlatMemory memory = new FlatMemory(1 << 10);
  private final Crossing crossing =
      new Crossing(
          new Crossing.Side(memory, memory.realloc(), StringEncoding.UTF8),
          handles,
          new Fuel(FlatMemory.fuel(1_000)));
  private final Lift lift = new Lift(crossing);
  private final Lower lower = new Lower(crossing);

  /** Makes the suite. */
  public HandlesSuite() {}

  private static Layout.Group one(int resource, boolean owns) {
    return new Layout.Group(List.of(new Layout.Handle(resource, owns)));
  }

  private int lowered(Layout.Group layout, int resource, int representation) throws AbiStop {
    Slots flat = Slots.ofInts(1);
    Value[] values = {new Value.Handle(resource, representation, handles.life())};
    lower.parameters(layout, values, flat);
    return flat.getInt(0);
  }

  private Value lifted(Layout.Group layout, int index) throws AbiStop {
    return lift.parameters(layout, Slots.holding(index))[0];
  }

  private Value.Handle handle(int representation) {
    return new Value.Handle(FOREIGN, representation, handles.life());
  }

  @Test
  @Proves("COMPONENT-7")
  void indices_beginAtOne_andTheOneGivenUpLastComesFirst() throws AbiStop {
    int many = 40;
    for (int i = 1; i <= many; i++) {
      assertEquals(i, handles.add(FOREIGN, 100 + i));
    }
    for (int i = 1; i <= many; i++) {
      assertEquals(100 + i, handles.representation(i, FOREIGN));
      assertEquals(new Handles.Dropped(100 + i, true), handles.drop(i, FOREIGN));
    }
    for (int i = many; i >= 1; i--) {
      assertEquals(i, handles.add(FOREIGN, -i));
      assertEquals(-i, handles.representation(i, FOREIGN));
    }
    assertEquals(many + 1, handles.add(FOREIGN, 0));
  }

  @Test
  void unknownIndices_breakARule() throws AbiStop {
    handles.add(FOREIGN, 5);
    handles.add(FOREIGN, 6);
    handles.drop(1, FOREIGN);
    assertRule("unknown handle 0", () -> handles.representation(0, FOREIGN));
    assertRule("unknown handle 1", () -> handles.representation(1, FOREIGN));
    assertRule("unknown handle 1", () -> handles.drop(1, FOREIGN));
    assertRule("unknown handle 3", () -> handles.drop(3, FOREIGN));
    assertRule("unknown handle 4294967295", () -> handles.drop(-1, FOREIGN));
    assertRule("unknown handle 3", () -> lifted(OWNING, 3));
    assertRule("unknown handle 3", () -> lifted(BORROWING, 3));
    assertEquals(6, handles.representation(2, FOREIGN));
  }

  @Test
  void anotherResourceType_breaksARule() throws AbiStop {
    handles.add(OWN, 5);
    String rule = "handle 1 is of another resource type";
    assertRule(rule, () -> handles.representation(1, FOREIGN));
    assertRule(rule, () -> handles.drop(1, FOREIGN));
    assertRule(rule, () -> lifted(OWNING, 1));
    assertRule(rule, () -> lifted(BORROWING, 1));
    assertEquals(5, handles.representation(1, OWN));
  }

  @Test
  void anOwnedHandle_leavesTheTableWhenLifted() throws AbiStop {
    assertEquals(1, lowered(OWNING, FOREIGN, 5));
    assertEquals(handle(5), lifted(OWNING, 1));
    assertRule("unknown handle 1", () -> lifted(OWNING, 1));
    assertEquals(1, lowered(OWNING, FOREIGN, -9));
    assertEquals(new Handles.Dropped(-9, true), handles.drop(1, FOREIGN));
  }

  @Test
  void handlesFollowOneAnother_inCoreValues() throws AbiStop {
    Layout.Handle own = new Layout.Handle(FOREIGN, true);
    assertEquals(List.of(4, 4, 1), List.of(own.size(), own.alignment(), own.flatCount()));
    Layout.Group two = new Layout.Group(List.of(own, own));
    Slots flat = Slots.ofInts(2);
    lower.parameters(two, new Value[] {handle(5), handle(6)}, flat);
    assertEquals(List.of(1, 2), List.of(flat.getInt(0), flat.getInt(1)));
    assertEquals(List.of(handle(5), handle(6)), List.of(lift.parameters(two, flat)));
  }

  @Test
  @Proves("COMPONENT-7")
  void aLentHandle_stays_untilAllCallsHaveEnded() throws AbiStop {
    handles.add(FOREIGN, 5);
    Handles.CallScope outer = new Handles.CallScope();
    Handles.CallScope inner = new Handles.CallScope();
    crossing.begin(outer);
    assertEquals(handle(5), lifted(BORROWING, 1));
    crossing.begin(inner);
    assertEquals(handle(5), lifted(BORROWING, 1));
    assertRule("handle 1 is lent", () -> handles.drop(1, FOREIGN));
    inner.end();
    assertRule("handle 1 is lent", () -> lifted(OWNING, 1));
    assertEquals(5, handles.representation(1, FOREIGN));
    outer.end();
    assertEquals(handle(5), lifted(OWNING, 1));
  }

  @Test
  void aBorrow_isToBeGivenUpBeforeTheCallEnds() throws AbiStop {
    Handles.CallScope scope = new Handles.CallScope();
    crossing.begin(scope);
    assertEquals(1, lowered(BORROWING, FOREIGN, 5));
    assertEquals(2, lowered(BORROWING, FOREIGN, 5));
    assertRule("borrows left at the end of a call", scope::end);
    assertRule("handle 1 is only borrowed", () -> lifted(OWNING, 1));
    assertEquals(handle(5), lifted(BORROWING, 2));
    assertRule("handle 2 is lent", () -> handles.drop(2, FOREIGN));
    assertEquals(new Handles.Dropped(5, false), handles.drop(1, FOREIGN));
    assertRule("borrows left at the end of a call", scope::end);
  }

  @Test
  void aBorrowThatIsGivenUp_letsTheCallEnd() throws AbiStop {
    Handles.CallScope scope = new Handles.CallScope();
    crossing.begin(scope);
    lowered(BORROWING, FOREIGN, 5);
    handles.drop(1, FOREIGN);
    scope.end();
    assertEquals(1, handles.add(FOREIGN, 6));
  }

  @Test
  void theOwnerOfAType_getsTheRepresentationItself() throws AbiStop {
    crossing.begin(new Handles.CallScope());
    assertEquals(-9, lowered(one(OWN, false), OWN, -9));
    assertRule("unknown handle 1", () -> handles.representation(1, OWN));
    assertEquals(1, lowered(one(OWN, true), OWN, -9));
  }

  @Test
  void aBorrowOutsideOfACall_isTheHostsBug() throws AbiStop {
    handles.add(FOREIGN, 5);
    crossing.begin(null);
    assertBug(() -> lowered(BORROWING, FOREIGN, 5));
    assertBug(() -> lifted(BORROWING, 1));
  }

  @Test
  @Proves("COMPONENT-8")
  void aNewLife_voidsAllHandles() throws AbiStop {
    handles.add(FOREIGN, 5);
    handles.add(FOREIGN, 6);
    handles.drop(2, FOREIGN);
    crossing.begin(new Handles.CallScope());
    int before = handles.life();
    Value.Handle old = handle(5);
    handles.clear();
    assertEquals(before + 1, handles.life());
    assertRule("unknown handle 1", () -> handles.representation(1, FOREIGN));
    assertBug(() -> lower.parameters(OWNING, new Value[] {old}, Slots.ofInts(1)));
    assertBug(() -> lowered(BORROWING, FOREIGN, 5));
    assertEquals(1, handles.add(FOREIGN, 7));
    assertEquals(2, handles.add(FOREIGN, 8));
  }

  @Test
  void whatIsNoHandleOfTheType_isTheHostsBug() {
    assertBug(() -> lowered(OWNING, OWN, 5));
    assertBug(() -> lower.parameters(OWNING, new Value[] {new Value.Int32(1)}, Slots.ofInts(1)));
  }

  @Test
  void handlesInMemory_areIndicesOfFourBytes() throws AbiStop {
    crossing.begin(null);
    Layout.Group list =
        new Layout.Group(List.of(new Layout.Items(new Layout.Handle(FOREIGN, true))));
    Value items = new Value.Items(List.of(handle(70), handle(80)));
    Slots flat = Slots.ofInts(2);
    lower.parameters(list, new Value[] {items}, flat);
    assertEquals(1, memory.loadInt(flat.getInt(0)));
    assertEquals(2, memory.loadInt(flat.getInt(0) + Layout.POINTER));
    assertEquals(items, lift.parameters(list, flat)[0]);
    assertRule("unknown handle 1", () -> handles.representation(1, FOREIGN));
  }

  @Test
  void theTable_isBounded() throws AbiStop {
    for (int i = 0; i < Limits.HANDLES; i++) {
      handles.add(FOREIGN, i);
    }
    assertRule("more than 65536 handles", () -> handles.add(FOREIGN, 0));
    handles.drop(1_000, FOREIGN);
    assertEquals(1_000, handles.add(FOREIGN, 1));
  }
}

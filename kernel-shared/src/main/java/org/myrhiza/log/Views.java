// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.log;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What each event's past holds of the chains in dispute, worked out parents first. */
final class Views {
  private static final int FIRST_CAPACITY = 64;

  private final Graph graph;
  private final Disputes disputes;
  private final View empty = View.empty();
  // Looked up, never iterated: equal views become one object.
  private final Map<View, View> known = new HashMap<>();
  private View[] views = new View[FIRST_CAPACITY];

  Views(Graph graph, Disputes disputes) {
    this.graph = graph;
    this.disputes = disputes;
  }

  /** Returns an event's view; empty for one for which none was worked out. */
  View of(int number) {
    View view = number < views.length ? views[number] : null;
    return view == null ? empty : view;
  }

  /** Works out the view of an event whose parents have theirs. */
  void add(int number) {
    View view = empty;
    for (int parent : graph.parents(number)) {
      view = merged(view, of(parent));
    }
    view = withOwn(view, number);
    if (!view.isEmpty()) {
      if (number >= views.length) {
        views = Arrays.copyOf(views, Math.max(number + 1, views.length * 2));
      }
      views[number] = view;
    }
  }

  private View withOwn(View before, int number) {
    View view = before;
    Dispute own = disputes.of(graph.branch(number).chain);
    if (own != null && graph.seq(number) >= own.fromSeq()) {
      int at = Arrays.binarySearch(view.disputes, own.number());
      int tip = at < 0 ? Graph.NONE : view.tips[at];
      boolean clean = tip == Graph.NONE || (tip >= 0 && disputes.isAtOrBefore(tip, number));
      view = merged(view, single(own, clean ? number : View.FORKED, View.NO_FENCES));
    }
    Dispute fenced = disputes.ofOwnFence(number);
    if (fenced != null) {
      view = merged(view, single(fenced, Graph.NONE, new int[] {number}));
    }
    return view;
  }

  private View single(Dispute dispute, int tip, int[] fences) {
    return interned(new View(new int[] {dispute.number()}, new int[] {tip}, new int[][] {fences}));
  }

  private View interned(View view) {
    View same = known.putIfAbsent(view, view);
    return same == null ? view : same;
  }

  private View merged(View a, View b) {
    if (b.isEmpty() || a.equals(b)) {
      return a;
    }
    if (a.isEmpty()) {
      return b;
    }
    int[] numbers = union(a.disputes, b.disputes);
    int[] tips = new int[numbers.length];
    int[][] fences = new int[numbers.length][];
    for (int i = 0; i < numbers.length; i++) {
      int inA = Arrays.binarySearch(a.disputes, numbers[i]);
      int inB = Arrays.binarySearch(b.disputes, numbers[i]);
      if (inA < 0 || inB < 0) {
        tips[i] = inA < 0 ? b.tips[inB] : a.tips[inA];
        fences[i] = inA < 0 ? b.fences[inB] : a.fences[inA];
      } else {
        Dispute dispute = disputes.all().get(numbers[i]);
        tips[i] = mergedTip(a.tips[inA], b.tips[inB]);
        fences[i] =
            tips[i] == View.FORKED
                ? View.NO_FENCES
                : mergedFences(dispute, a.fences[inA], b.fences[inB]);
      }
    }
    return interned(new View(numbers, tips, fences));
  }

  private int mergedTip(int a, int b) {
    if (a == View.FORKED || b == View.FORKED) {
      return View.FORKED;
    }
    if (a == Graph.NONE || a == b) {
      return b;
    }
    if (b == Graph.NONE || disputes.isAtOrBefore(b, a)) {
      return a;
    }
    return disputes.isAtOrBefore(a, b) ? b : View.FORKED;
  }

  /** Of the fences of one principal only the one with least inside matters: on one path. */
  private int[] mergedFences(Dispute dispute, int[] a, int[] b) {
    if (b.length == 0 || Arrays.equals(a, b)) {
      return a;
    }
    if (a.length == 0) {
      return b;
    }
    Numbers kept = new Numbers();
    for (int fence : union(a, b)) {
      FenceMark mark = Disputes.mark(dispute, fence);
      FenceMark stricter = stricter(dispute, mark, a, b);
      if (stricter == null) {
        kept.push(fence);
      }
    }
    return kept.toArray();
  }

  private static @Nullable FenceMark stricter(Dispute dispute, FenceMark mark, int[] a, int[] b) {
    for (int other : union(a, b)) {
      FenceMark rival = Disputes.mark(dispute, other);
      if (rival != mark && rival.principal == mark.principal) {
        long inside = rival.greatestInside(dispute.chain());
        long own = mark.greatestInside(dispute.chain());
        if (inside < own || (inside == own && rival.number < mark.number)) {
          return rival;
        }
      }
    }
    return null;
  }

  private static int[] union(int[] a, int[] b) {
    int[] both = new int[a.length + b.length];
    int size = 0;
    int i = 0;
    int j = 0;
    while (i < a.length || j < b.length) {
      int next = j == b.length || (i < a.length && a[i] <= b[j]) ? a[i] : b[j];
      i += i < a.length && a[i] == next ? 1 : 0;
      j += j < b.length && b[j] == next ? 1 : 0;
      both[size++] = next;
    }
    return Arrays.copyOf(both, size);
  }
}

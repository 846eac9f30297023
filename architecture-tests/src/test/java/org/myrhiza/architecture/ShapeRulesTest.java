// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Lengths of methods, numbers of parameters and Javadoc, read from the sources' syntax trees. */
final class ShapeRulesTest {
  private static final int MAX_METHOD_LINES = 70;
  private static final int MAX_PARAMETERS = 5;

  /**
   * Methods that are tables or unrolled rounds, each with the reason why splitting it would be
   * worse.
   */
  private static final Map<String, String> MAY_BE_LONG =
      Map.of(
          "kernel-shared/src/main/java/org/myrhiza/hash/Compression.java: compress",
          "unrolled, since TeaVM keeps only locals in registers",
          "kernel-shared/src/main/java/org/myrhiza/kernel/EffectCodec.java: write",
          "a table with one case for each effect");

  private static final List<String> LONG_METHODS = new ArrayList<>();
  private static final List<String> MANY_PARAMETERS = new ArrayList<>();
  private static final List<String> WITHOUT_CONTRACT = new ArrayList<>();

  @BeforeAll
  static void parse() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
      var units = files.getJavaFileObjectsFromPaths(SourceTree.java());
      var task =
          (JavacTask) compiler.getTask(null, files, null, List.of("-proc:none"), null, units);
      DocTrees docs = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        new Shapes(unit, docs).scan(unit, null);
      }
    }
  }

  @Test
  void noMethod_isLongerThan70Lines() {
    assertThat(LONG_METHODS).isEmpty();
  }

  @Test
  void noMethod_hasMoreThanFiveParameters() {
    assertThat(MANY_PARAMETERS).isEmpty();
  }

  @Test
  void everyPublicTypeAndMethodOfMainSources_hasItsContract() {
    assertThat(WITHOUT_CONTRACT).isEmpty();
  }

  /** Walks one file. */
  private static final class Shapes extends TreePathScanner<Void, Void> {
    private final CompilationUnitTree unit;
    private final DocTrees docs;
    private final SourcePositions positions;
    private final boolean main;
    private final String name;
    private boolean visible = true;

    Shapes(CompilationUnitTree unit, DocTrees docs) {
      this.unit = unit;
      this.docs = docs;
      this.positions = docs.getSourcePositions();
      Path file = Path.of(unit.getSourceFile().toUri());
      this.main = SourceTree.isMain(file);
      this.name = SourceTree.relative(file);
    }

    @Override
    public Void visitClass(ClassTree type, Void unused) {
      boolean outer = visible;
      visible =
          (outer && type.getModifiers().getFlags().contains(Modifier.PUBLIC))
              || isMemberOfInterface(outer);
      if (visible) {
        requireDoc(type.getSimpleName().toString());
      }
      super.visitClass(type, null);
      visible = outer;
      return null;
    }

    @Override
    public Void visitMethod(MethodTree method, Void unused) {
      String where = name + ": " + method.getName();
      long lines = line(positions.getEndPosition(unit, method)) - line(start(method)) + 1;
      if (lines > MAX_METHOD_LINES && !MAY_BE_LONG.containsKey(where)) {
        LONG_METHODS.add(where + " has " + lines + " lines");
      }
      boolean constructor = method.getReturnType() == null;
      if (!constructor && !isOverride(method) && method.getParameters().size() > MAX_PARAMETERS) {
        MANY_PARAMETERS.add(where + " has " + method.getParameters().size() + " parameters");
      }
      boolean open = method.getModifiers().getFlags().contains(Modifier.PUBLIC);
      if (visible
          && !isOverride(method)
          && ((open && !constructor) || isMemberOfInterface(visible))) {
        requireDoc(method.getName().toString());
      }
      // Nested classes of a method are its own business.
      boolean outer = visible;
      visible = false;
      super.visitMethod(method, null);
      visible = outer;
      return null;
    }

    /** Members of an interface are public without saying so. */
    private boolean isMemberOfInterface(boolean outer) {
      TreePath parent = getCurrentPath().getParentPath();
      return outer
          && parent.getLeaf().getKind() == Tree.Kind.INTERFACE
          && !(getCurrentPath().getLeaf() instanceof MethodTree method
              && method.getModifiers().getFlags().contains(Modifier.PRIVATE));
    }

    private void requireDoc(String what) {
      if (main && docs.getDocComment(getCurrentPath()) == null) {
        WITHOUT_CONTRACT.add(name + ": " + what);
      }
    }

    private long start(MethodTree method) {
      return method.getBody() == null
          ? positions.getStartPosition(unit, method)
          : positions.getStartPosition(unit, method.getBody());
    }

    private long line(long position) {
      return unit.getLineMap().getLineNumber(position);
    }

    private static boolean isOverride(MethodTree method) {
      return method.getModifiers().getAnnotations().stream()
          .anyMatch(annotation -> annotation.getAnnotationType().toString().equals("Override"));
    }
  }
}

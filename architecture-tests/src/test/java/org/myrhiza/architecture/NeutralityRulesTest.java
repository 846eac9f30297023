// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNCHRONIZED;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;

/**
 * Neutral code is pure Java inside what TeaVM implements. The compilation to JavaScript is the
 * judge; these rules give the early message.
 */
@AnalyzeClasses(packages = "org.myrhiza", importOptions = ImportOption.DoNotIncludeTests.class)
final class NeutralityRulesTest {
  private static final List<String> FOREIGN_PACKAGES =
      List.of(
          "java.util.concurrent",
          "java.io",
          "java.net",
          "java.nio",
          "java.lang.reflect",
          "java.lang.ref",
          "java.time",
          "java.security",
          "java.util.logging",
          "java.util.random",
          "javax",
          "jdk",
          "sun",
          "com",
          "io",
          "org.teavm");

  /** Named one by one, since their packages are banned. */
  private static final Set<String> ALLOWED_CLASSES =
      Set.of(
          "java.nio.charset.StandardCharsets", "java.nio.charset.Charset", "java.io.Serializable");

  private static final Set<String> FOREIGN_CLASSES =
      Set.of(
          "java.lang.Thread",
          "java.lang.ThreadLocal",
          "java.lang.Process",
          "java.lang.ProcessBuilder",
          "java.lang.Runtime",
          "java.lang.ClassLoader",
          "java.util.HexFormat",
          "java.util.Random",
          "java.util.ServiceLoader",
          "java.util.SplittableRandom",
          "java.util.Timer",
          "java.util.UUID",
          "java.util.WeakHashMap",
          "java.util.IdentityHashMap");

  /** Clock, entropy and environment; and what TeaVM lacks. */
  private static final Set<String> FOREIGN_CALLS =
      Set.of(
          "java.lang.System.currentTimeMillis",
          "java.lang.System.nanoTime",
          "java.lang.System.getenv",
          "java.lang.System.getProperty",
          "java.lang.System.identityHashCode",
          "java.lang.System.exit",
          "java.lang.Math.random",
          "java.lang.Math.multiplyHigh",
          "java.lang.Class.forName",
          "java.util.Arrays.compare",
          "java.util.Arrays.compareUnsigned",
          "java.util.Collections.shuffle");

  /**
   * Their order of iteration differs between stacks, some even between runs. A hash table of one's
   * own is fine as long as nobody walks through it: {@link StyleRulesTest} looks for that.
   */
  private static final Set<String> UNORDERED =
      Set.of(
          "java.util.Map.of",
          "java.util.Map.ofEntries",
          "java.util.Map.copyOf",
          "java.util.Set.of",
          "java.util.Set.copyOf",
          "java.util.stream.Collectors.toSet",
          "java.util.stream.Collectors.toMap",
          "java.util.stream.Collectors.groupingBy",
          "java.util.stream.Collectors.toUnmodifiableSet",
          "java.util.stream.Collectors.toUnmodifiableMap");

  @ArchTest
  static final ArchRule neutralCodeUsesNoForeignClass =
      noClasses()
          .that()
          .resideInAnyPackage(Packages.neutral())
          .should()
          .dependOnClassesThat(
              describe("are outside of neutral Java", NeutralityRulesTest::isForeign))
          .because("neutral code has no thread, lock, clock, entropy, socket, file or reflection");

  @ArchTest
  static final ArchRule neutralCodeMakesNoForeignCall =
      noClasses()
          .that()
          .resideInAnyPackage(Packages.neutral())
          .should()
          .callCodeUnitWhere(
              callTo("clock, entropy, environment or what TeaVM lacks", FOREIGN_CALLS))
          .because("time and entropy enter as inputs, and TeaVM has not every method");

  @ArchTest
  static final ArchRule neutralCodeHasNoUnorderedCollection =
      noClasses()
          .that()
          .resideInAnyPackage(Packages.neutral())
          .should()
          .callCodeUnitWhere(callTo("collections whose order differs between stacks", UNORDERED))
          .because("two peers must compute the same; use TreeMap, LinkedHashMap or lists");

  @ArchTest
  static final ArchRule neutralCodeTakesNoLock =
      methods()
          .that()
          .areDeclaredInClassesThat()
          .resideInAnyPackage(Packages.neutral())
          .and()
          .doNotHaveName("fillInStackTrace")
          .should()
          .notHaveModifier(SYNCHRONIZED)
          .because("one thread owns a kernel");

  private static boolean isForeign(JavaClass type) {
    String name = type.getBaseComponentType().getName();
    if (ALLOWED_CLASSES.contains(name)) {
      return false;
    }
    return FOREIGN_CLASSES.contains(name)
        || FOREIGN_PACKAGES.stream().anyMatch(home -> name.startsWith(home + "."));
  }

  private static DescribedPredicate<JavaCall<?>> callTo(String what, Set<String> names) {
    return describe(
        "go to " + what,
        call -> names.contains(call.getTargetOwner().getName() + "." + call.getTarget().getName()));
  }
}

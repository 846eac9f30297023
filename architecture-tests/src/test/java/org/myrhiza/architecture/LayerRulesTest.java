// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** Packages use those before them in the flow, and nobody looks where he should not. */
@AnalyzeClasses(packages = "org.myrhiza", importOptions = ImportOption.DoNotIncludeTests.class)
final class LayerRulesTest {
  @ArchTest
  static void packagesOfTheBridgeFollowTheFlow(JavaClasses classes) {
    checkOrder(Packages.WASM_BRIDGE, classes);
  }

  @ArchTest
  static void packagesOfTheKernelFollowTheFlow(JavaClasses classes) {
    checkOrder(Packages.KERNEL_SHARED, classes);
  }

  @ArchTest
  static final ArchRule theBridgeKnowsNothingOfTheKernel =
      noClasses()
          .that()
          .resideInAPackage("org.myrhiza.wasm..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(belowAll(Packages.KERNEL_SHARED))
          .because("it is a component host of its own");

  @ArchTest
  static final ArchRule onlyGuestSeesWebAssembly =
      noClasses()
          .that()
          .resideInAnyPackage(
              belowAll(
                  Packages.KERNEL_SHARED.stream()
                      .filter(name -> !name.equals("org.myrhiza.guest"))
                      .filter(name -> !name.equals("org.myrhiza.kernel"))
                      .toList()))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.myrhiza.wasm..")
          .because("a verified component is a function per profile to everybody else");

  @ArchTest
  static final ArchRule theKernelSeesTheEnginePortOnly =
      noClasses()
          .that()
          .resideInAPackage("org.myrhiza.kernel..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              belowAll(
                  Packages.WASM_BRIDGE.stream()
                      .filter(name -> !name.equals("org.myrhiza.wasm.engine"))
                      .toList()))
          .because("it passes the engine on to guest and calls nothing itself");

  @ArchTest
  static final ArchRule aRelaySeesSealedFramesOnly =
      noClasses()
          .that()
          .resideInAPackage("org.myrhiza.relay..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              belowAll(
                  Packages.KERNEL_SHARED.stream()
                      .filter(name -> !Packages.RELAY_MAY_SEE.contains(name))
                      .toList()))
          .because("a relay carries frames and knows nothing");

  @ArchTest
  static final ArchRule theProductUsesNoTestKit =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "org.myrhiza.testkit..",
              "org.myrhiza.browsertests..",
              "org.myrhiza.bench..",
              "org.myrhiza.tools..",
              "org.myrhiza.cli.demo..",
              "org.myrhiza.cli.sim..",
              "org.myrhiza.cli.tools..",
              "org.myrhiza.cli.wasm..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.myrhiza.testkit..")
          .because("what tests need stays out of what runs");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("org.myrhiza.(**)").should().beFreeOfCycles();

  private static void checkOrder(List<String> flow, JavaClasses classes) {
    for (int i = 0; i < flow.size() - 1; i++) {
      noClasses()
          .that()
          .resideInAPackage(Packages.andBelow(flow.get(i)))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(belowAll(flow.subList(i + 1, flow.size())))
          .because("a package uses only those before it in the flow")
          .allowEmptyShould(true)
          .check(classes);
    }
  }

  private static String[] belowAll(List<String> names) {
    return names.stream().map(Packages::andBelow).toArray(String[]::new);
  }
}

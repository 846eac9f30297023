// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.processor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;

/**
 * Generates {@code SuiteList} in each package that holds neutral suites, and {@code AllSuites}
 * above them all.
 *
 * <p>A neutral suite is a class of plain JUnit {@code @Test} methods in {@code
 * org.myrhiza.testkit.suites} or below. JUnit finds it by reflection on the JVM; the browser runs
 * the generated list. What JUnit would do and the list would not (life-cycle methods, parameters,
 * nesting) is a compile error, so that no test runs on one stack only.
 */
@SupportedAnnotationTypes("*")
public final class SuiteProcessor extends AbstractProcessor {
  static final String SUITES_PACKAGE = "org.myrhiza.testkit.suites";

  private boolean written;

  /** Made by the compiler. */
  public SuiteProcessor() {}

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    if (round.processingOver() || written) {
      return false;
    }
    var suites = new TreeMap<String, List<Suite>>();
    for (Element root : round.getRootElements()) {
      collect(root, suites);
    }
    if (!suites.isEmpty()) {
      written = true;
      new SuiteWriter(processingEnv.getFiler()).write(suites, this::error);
    }
    return false;
  }

  private void collect(Element root, Map<String, List<Suite>> suites) {
    if (!(root instanceof TypeElement type)) {
      return;
    }
    String home = processingEnv.getElementUtils().getPackageOf(type).getQualifiedName().toString();
    boolean mayHoldSuites = home.equals(SUITES_PACKAGE) || home.startsWith(SUITES_PACKAGE + ".");
    Suite suite = SuiteRules.check(type, home, mayHoldSuites, this::error);
    if (!suite.tests().isEmpty()) {
      suites.computeIfAbsent(home, key -> new ArrayList<>()).add(suite);
    }
  }

  private void error(String message, Element... where) {
    if (where.length == 0) {
      processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, message);
    }
    for (Element element : where) {
      processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, message, element);
    }
  }
}

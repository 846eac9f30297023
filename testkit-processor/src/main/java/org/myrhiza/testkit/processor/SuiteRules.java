// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.processor;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;

/** What a neutral suite may look like. */
final class SuiteRules {
  private static final String JUPITER = "org.junit.jupiter.";
  private static final String TEST = JUPITER + "api.Test";
  private static final Set<String> ALLOWED =
      Set.of(TEST, JUPITER + "api.DisplayName", JUPITER + "api.Tag");

  private SuiteRules() {}

  static Suite check(TypeElement type, String home, boolean mayHoldSuites, Complaint complaint) {
    List<String> tests = new ArrayList<>();
    refuseForeign(type, complaint);
    for (Element member : type.getEnclosedElements()) {
      refuseForeign(member, complaint);
      if (member instanceof ExecutableElement method && isTest(method)) {
        checkMethod(method, complaint);
        tests.add(method.getSimpleName().toString());
      } else if (member instanceof TypeElement nested) {
        refuseTestsIn(nested, complaint);
      }
    }
    if (!tests.isEmpty()) {
      checkClass(type, mayHoldSuites, complaint);
    }
    return new Suite(home, type.getSimpleName().toString(), tests);
  }

  private static void refuseForeign(Element element, Complaint complaint) {
    for (AnnotationMirror annotation : element.getAnnotationMirrors()) {
      String name = nameOf(annotation);
      if (name.startsWith(JUPITER) && !ALLOWED.contains(name)) {
        complaint.error(
            "a neutral suite has plain @Test methods only; a browser would not run @" + name,
            element);
      }
    }
  }

  private static void refuseTestsIn(TypeElement nested, Complaint complaint) {
    refuseForeign(nested, complaint);
    for (Element member : nested.getEnclosedElements()) {
      refuseForeign(member, complaint);
      if (isTest(member)) {
        complaint.error("a neutral suite has no nested tests; make a suite of its own", member);
      }
    }
  }

  private static void checkClass(TypeElement type, boolean mayHoldSuites, Complaint complaint) {
    if (!mayHoldSuites) {
      complaint.error("neutral suites live in " + SuiteProcessor.SUITES_PACKAGE, type);
    }
    if (!type.getSimpleName().toString().endsWith("Suite")) {
      complaint.error("the name of a neutral suite ends with Suite", type);
    }
    if (type.getModifiers().contains(Modifier.ABSTRACT) || type.getKind() != ElementKind.CLASS) {
      complaint.error("a neutral suite is a plain class that is not abstract", type);
    }
    if (!hasPlainConstructor(type)) {
      complaint.error("a neutral suite has a constructor without parameters", type);
    }
  }

  private static boolean hasPlainConstructor(TypeElement type) {
    for (Element member : type.getEnclosedElements()) {
      if (member instanceof ExecutableElement constructor
          && constructor.getKind() == ElementKind.CONSTRUCTOR
          && constructor.getParameters().isEmpty()
          && !constructor.getModifiers().contains(Modifier.PRIVATE)) {
        return true;
      }
    }
    return false;
  }

  private static void checkMethod(ExecutableElement method, Complaint complaint) {
    boolean plain =
        method.getParameters().isEmpty()
            && method.getReturnType().getKind() == TypeKind.VOID
            && !method.getModifiers().contains(Modifier.STATIC)
            && !method.getModifiers().contains(Modifier.ABSTRACT)
            && !method.getModifiers().contains(Modifier.PRIVATE);
    if (!plain) {
      complaint.error("a neutral test is a void instance method without parameters", method);
    }
  }

  private static boolean isTest(Element element) {
    for (AnnotationMirror annotation : element.getAnnotationMirrors()) {
      if (nameOf(annotation).equals(TEST)) {
        return true;
      }
    }
    return false;
  }

  private static String nameOf(AnnotationMirror annotation) {
    return annotation.getAnnotationType().toString();
  }
}

// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.testkit.suites.wast;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.myrhiza.testkit.suite.Proves;

/** Every script of the Component Model's test suite passes, each a test of its own. */
public final class ComponentScriptsSuite {
  /** Made once per test. */
  public ComponentScriptsSuite() {}

  @Test
  void everyScript_hasATestHere() {
    assertEquals(ComponentScripts.ALL, ComponentScripts.present());
  }

  @Test
  void binary_binary() {
    ComponentScripts.judge("binary/binary.wast");
  }

  @Test
  void linking_linkTimeVirtualization() {
    ComponentScripts.judge("linking/link-time-virtualization.wast");
  }

  @Test
  void linking_sharedEverythingDynamicLinking() {
    ComponentScripts.judge("linking/shared-everything-dynamic-linking.wast");
  }

  @Test
  void linking_tags() {
    ComponentScripts.judge("linking/tags.wast");
  }

  @Test
  void linking_unit() {
    ComponentScripts.judge("linking/unit.wast");
  }

  @Test
  void resources_borrows() {
    ComponentScripts.judge("resources/borrows.wast");
  }

  @Test
  void resources_handleTable() {
    ComponentScripts.judge("resources/handle-table.wast");
  }

  @Test
  void resources_multipleResources() {
    ComponentScripts.judge("resources/multiple-resources.wast");
  }

  @Test
  void validation_abi() {
    ComponentScripts.judge("validation/abi.wast");
  }

  @Test
  void validation_annotatedNames() {
    ComponentScripts.judge("validation/annotated-names.wast");
  }

  @Test
  void validation_attributes() {
    ComponentScripts.judge("validation/attributes.wast");
  }

  @Test
  void validation_coreModules() {
    ComponentScripts.judge("validation/core-modules.wast");
  }

  @Test
  void validation_definedTypes() {
    ComponentScripts.judge("validation/defined-types.wast");
  }

  @Test
  void validation_externNames() {
    ComponentScripts.judge("validation/extern-names.wast");
  }

  @Test
  @Proves("COMPONENT-3")
  void validation_externalVisibility() {
    ComponentScripts.judge("validation/external-visibility.wast");
  }

  @Test
  void validation_indicies() {
    ComponentScripts.judge("validation/indicies.wast");
  }

  @Test
  @Proves("COMPONENT-3")
  void validation_instantiation() {
    ComponentScripts.judge("validation/instantiation.wast");
  }

  @Test
  @Proves("COMPONENT-5")
  void validation_kebab() {
    ComponentScripts.judge("validation/kebab.wast");
  }

  @Test
  void validation_maxValueSize() {
    ComponentScripts.judge("validation/max-value-size.wast");
  }

  @Test
  void validation_outerAlias() {
    ComponentScripts.judge("validation/outer-alias.wast");
  }

  @Test
  void validation_resources() {
    ComponentScripts.judge("validation/resources.wast");
  }

  @Test
  void values_alignment() {
    ComponentScripts.judge("values/alignment.wast");
  }

  @Test
  void values_concat() {
    ComponentScripts.judge("values/concat.wast");
  }

  @Test
  void values_numerics() {
    ComponentScripts.judge("values/numerics.wast");
  }

  @Test
  void values_postReturn() {
    ComponentScripts.judge("values/post-return.wast");
  }

  @Test
  void values_realloc() {
    ComponentScripts.judge("values/realloc.wast");
  }

  @Test
  void values_strings() {
    ComponentScripts.judge("values/strings.wast");
  }

  @Test
  void values_transcode() {
    ComponentScripts.judge("values/transcode.wast");
  }

  @Test
  void values_variants() {
    ComponentScripts.judge("values/variants.wast");
  }
}

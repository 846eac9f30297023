// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.sim;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.myrhiza.cli.Cli;

/** All of our classes loaded anew, some of them changed; what is not ours is shared. */
final class PatchedKernel extends ClassLoader {
  private static final String OURS = "org.myrhiza.";

  private final Map<String, byte[]> changed;

  private PatchedKernel(Map<String, byte[]> changed) {
    super(PatchedKernel.class.getClassLoader());
    this.changed = changed;
  }

  /** Compiles the sources with a patch in them, none of which touches a file. */
  static PatchedKernel with(Patch... patches) {
    Map<String, byte[]> classes = new TreeMap<>();
    for (Patch patch : patches) {
      classes.putAll(compile(patch));
    }
    return new PatchedKernel(classes);
  }

  /** Runs seeds with the changed classes; see {@link SeedRuns#firstFailure}. */
  String firstFailure(long from, long to) throws ReflectiveOperationException {
    return seeds("firstFailure", from, to);
  }

  /** Runs toy seeds with the changed classes; see {@link SeedRuns#firstToyFailure}. */
  String firstToyFailure(long from, long to) throws ReflectiveOperationException {
    return seeds("firstToyFailure", from, to);
  }

  private String seeds(String method, long from, long to) throws ReflectiveOperationException {
    return (String)
        loadClass(SeedRuns.class.getName())
            .getMethod(method, long.class, long.class)
            .invoke(null, from, to);
  }

  /** Runs a command with the changed classes; see {@link Cli#bare}. */
  Cli.Ended run(String... args) throws ReflectiveOperationException {
    Object ended =
        loadClass(Cli.class.getName())
            .getMethod("bare", String[].class)
            .invoke(null, (Object) args);
    return new Cli.Ended((int) part(ended, "exit"), (String) part(ended, "out"), "");
  }

  private static Object part(Object ended, String name) throws ReflectiveOperationException {
    return ended.getClass().getMethod(name).invoke(ended);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OURS)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] code = changed.containsKey(name) ? changed.get(name) : original(name);
    if (code == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, code, 0, code.length);
  }

  private byte @Nullable [] original(String name) {
    try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot read " + name, failed);
    }
  }

  private static Map<String, byte[]> compile(Patch patch) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (Output output = new Output(compiler.getStandardFileManager(null, null, null))) {
      List<String> options = List.of("-proc:none", "-nowarn", "-classpath", classPath());
      boolean good =
          compiler
              .getTask(messages, output, null, options, null, List.of(new Source(patch)))
              .call();
      if (!good) {
        throw new IllegalStateException("the patched source does not compile: " + messages);
      }
      Map<String, byte[]> classes = new TreeMap<>();
      output.classes.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
      return classes;
    } catch (IOException failed) {
      throw new UncheckedIOException("the compiler's files do not close", failed);
    }
  }

  /** Under Maven the real class path; the one of the process is then a jar that names it. */
  private static String classPath() {
    return System.getProperty(
        "surefire.real.class.path",
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
  }

  /** A source in memory. */
  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(Patch patch) {
      super(URI.create("string:///" + patch.type().replace('.', '/') + ".java"), Kind.SOURCE);
      text = patch.apply();
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  /** Keeps compiled classes in memory. */
  private static final class Output extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> classes = new TreeMap<>();

    Output(JavaFileManager files) {
      super(files);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String name, JavaFileObject.Kind kind, @Nullable FileObject sibling) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      classes.put(name, bytes);
      return new SimpleJavaFileObject(URI.create("memory:///" + name), kind) {
        @Override
        public OutputStream openOutputStream() {
          return bytes;
        }
      };
    }
  }
}

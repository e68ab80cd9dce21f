package parley.timelineservice.traces;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import parley.timelineservice.paxos.PaxosReplica;

/**
 * Plays a trace against production code that was broken on purpose, compiled in memory beside the
 * sound one: so that the traces are seen to fail, without any hook in the production code.
 */
public final class BrokenCore extends ClassLoader {

  private static final Path SOURCES = Path.of("src", "main", "java");
  private static final String OURS = "parley.timelineservice.";
  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

  /** Shared, because opening the JDK's classes costs more than compiling ours. */
  private static final StandardJavaFileManager FILES =
      COMPILER.getStandardFileManager(null, null, null);

  /** The pure packages need no library. */
  private static final String CLASSES =
      Path.of(
              URI.create(
                  PaxosReplica.class
                      .getProtectionDomain()
                      .getCodeSource()
                      .getLocation()
                      .toString()))
          .toString();

  private final Map<String, byte[]> broken;

  public BrokenCore(Mutation mutation) throws IOException {
    super(BrokenCore.class.getClassLoader());
    broken = compile(mutation);
  }

  /** What the trace's expectations say; null if they notice nothing. */
  Throwable play(Path file) throws ReflectiveOperationException {
    Class<?> trace = loadClass(Trace.class.getName());
    Constructor<?> constructor = trace.getDeclaredConstructor(Path.class);
    Method play = trace.getDeclaredMethod("play");
    constructor.setAccessible(true);
    play.setAccessible(true);
    try {
      play.invoke(constructor.newInstance(file));
      return null;
    } catch (InvocationTargetException e) {
      return e.getCause();
    }
  }

  private static Map<String, byte[]> compile(Mutation mutation) throws IOException {
    Map<Path, String> texts = new TreeMap<>();
    for (Mutation.Change change : mutation.changes()) {
      Path file = find(change.source());
      String text = texts.containsKey(file) ? texts.get(file) : Files.readString(file);
      texts.put(file, change.applyTo(text));
    }
    List<Source> units = new ArrayList<>();
    texts.forEach((file, text) -> units.add(new Source(file.toUri(), text)));
    Memory memory = new Memory();
    var options =
        List.of("-proc:none", "-nowarn", "-g:none", "--limit-modules", "java.base", "-cp", CLASSES);
    if (!COMPILER.getTask(null, memory, null, options, null, units).call()) {
      throw new IllegalArgumentException(mutation + ": does not compile");
    }
    return memory.classes();
  }

  private static Path find(String source) throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files.filter(file -> file.endsWith(source)).findFirst().orElseThrow();
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OURS)) {
      return super.loadClass(name, resolve);
    }
    Class<?> loaded = findLoadedClass(name);
    return loaded != null ? loaded : define(name);
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    byte[] bytes = broken.get(name);
    if (bytes == null) {
      try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
        bytes = in.readAllBytes();
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
    return defineClass(name, bytes, 0, bytes.length);
  }

  private static final class Source extends SimpleJavaFileObject {

    private final String text;

    Source(URI file, String text) {
      super(file, Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  /** Keeps the compiled classes instead of writing them to files. */
  private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {

    private final Map<String, ByteArrayOutputStream> written = new HashMap<>();

    Memory() {
      super(FILES);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      written.put(name, bytes);
      return new SimpleJavaFileObject(URI.create("memory:///" + name), kind) {
        @Override
        public OutputStream openOutputStream() {
          return bytes;
        }
      };
    }

    Map<String, byte[]> classes() {
      Map<String, byte[]> classes = new HashMap<>();
      written.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
      return classes;
    }
  }
}

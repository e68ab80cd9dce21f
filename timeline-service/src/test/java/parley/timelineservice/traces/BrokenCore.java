package parley.timelineservice.traces;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Constructor;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * All of this module's classes once more, some of them broken on purpose and compiled in memory: so
 * that tests are seen to fail, without any hook in the production code.
 */
public final class BrokenCore extends ClassLoader {

  private static final List<Path> SOURCES =
      List.of(Path.of("src", "main", "java"), Path.of("src", "test", "java"));
  private static final String OURS = "parley.timelineservice.";
  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

  /** Shared, because opening the JDK's classes costs more than compiling ours. */
  private static final StandardJavaFileManager FILES =
      COMPILER.getStandardFileManager(null, null, null);

  private static final String CLASSES = System.getProperty("java.class.path");

  private final Map<String, byte[]> broken;

  /**
   * @throws IllegalArgumentException if the mutation fits no source, or does not compile
   */
  public BrokenCore(Mutation mutation) throws IOException {
    super(BrokenCore.class.getClassLoader());
    broken = compile(mutation);
  }

  /**
   * Does the work of the broken copy of a class, which has one constructor and supplies something
   * of the JDK's.
   */
  public Object run(Class<? extends Supplier<?>> sound, Object... arguments)
      throws ReflectiveOperationException {
    Constructor<?> constructor = loadClass(sound.getName()).getDeclaredConstructors()[0];
    constructor.setAccessible(true);
    return ((Supplier<?>) constructor.newInstance(arguments)).get();
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
    synchronized (FILES) {
      if (!COMPILER.getTask(null, memory, null, options, null, units).call()) {
        throw new IllegalArgumentException(mutation + ": does not compile");
      }
    }
    return memory.classes();
  }

  private static Path find(String source) throws IOException {
    for (Path folder : SOURCES) {
      try (Stream<Path> files = Files.walk(folder)) {
        var found = files.filter(file -> file.endsWith(source)).findFirst();
        if (found.isPresent()) {
          return found.get();
        }
      }
    }
    throw new IllegalArgumentException("no source is called " + source);
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

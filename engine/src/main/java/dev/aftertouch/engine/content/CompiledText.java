package dev.aftertouch.engine.content;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One text made ready for jmustache. What jmustache sees holds keys only (v0, v1 …) between
 * delimiters that no author can write; every key is answered by the {@link Rendering} of the moment
 * and by nothing else. The collector knows no other type, so nothing is ever reflected upon, and
 * there are no lists, so nothing multiplies.
 */
final class CompiledText {
  private static final char OPEN = '\uF8FE';
  private static final char CLOSE = '\uF8FF';

  private static final Mustache.Compiler HTML = compiler().withEscaper(HtmlEscaper::escape);
  private static final Mustache.Compiler PLAIN = compiler().withEscaper(Escapers.NONE);

  private final Template template;
  private final int size;

  private CompiledText(Template template, int size) {
    this.template = template;
    this.size = size;
  }

  /** Values are escaped for HTML. Empty when the sections do not fit into each other. */
  static Optional<CompiledText> html(Marked text) {
    return compile(HTML, text);
  }

  /** Values are taken as they are. Empty when the sections do not fit into each other. */
  static Optional<CompiledText> plain(Marked text) {
    return compile(PLAIN, text);
  }

  String render(Rendering values) {
    Output output = new Output(size + 128);
    template.execute(values, output);
    return output.toString();
  }

  private static Optional<CompiledText> compile(Mustache.Compiler compiler, Marked marked) {
    String source = source(marked);
    try {
      return Optional.of(new CompiledText(compiler.compile(source), source.length()));
    } catch (MustacheException e) {
      return Optional.empty();
    }
  }

  private static String source(Marked marked) {
    String text = marked.text();
    StringBuilder source = new StringBuilder(text.length() + 8 * marked.tags().size());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      Tag tag = marked.tag(c);
      if (tag != null) {
        source.append(OPEN).append(key(tag, c - Marked.FIRST_MARK)).append(CLOSE);
      } else if (!Marked.isPrivate(c)) {
        source.append(c);
      }
    }
    return source.toString();
  }

  private static String key(Tag tag, int index) {
    return switch (tag) {
      case Tag.Variable ignored -> "v" + index;
      case Tag.LinkAddress ignored -> "v" + index;
      // A section is keyed by its name, so that its opening and closing agree.
      case Tag.Opening opening -> (opening.inverted() ? "^s" : "#s") + hex(opening.name());
      case Tag.Closing closing -> "/s" + hex(closing.name());
    };
  }

  private static String hex(String name) {
    StringBuilder digits = new StringBuilder(4 * name.length());
    name.chars().forEach(c -> digits.append(Integer.toHexString(0x10000 | c), 1, 5));
    return digits.toString();
  }

  private static String name(String hex) {
    StringBuilder name = new StringBuilder(hex.length() / 4);
    for (int i = 0; i < hex.length(); i += 4) {
      name.append((char) Integer.parseInt(hex, i, i + 4, 16));
    }
    return name.toString();
  }

  private static Mustache.Compiler compiler() {
    return Mustache.compiler().withDelims(OPEN + " " + CLOSE).withCollector(new RenderingsOnly());
  }

  /** Lets jmustache ask a rendering, and nothing else. */
  private static final class RenderingsOnly implements Mustache.Collector {
    @Override
    public @Nullable Iterator<?> toIterator(Object value) {
      return null;
    }

    @Override
    public Mustache.VariableFetcher createFetcher(Object context, String name) {
      if (!(context instanceof Rendering)) {
        throw new IllegalArgumentException("Only a rendering is asked for values");
      }
      if (name.charAt(0) == 'v') {
        int index = Integer.parseInt(name, 1, name.length(), 10);
        return (values, key) -> ((Rendering) values).value(index);
      }
      String section = name(name.substring(1));
      return (values, key) -> ((Rendering) values).has(section);
    }

    @Override
    public <K, V> Map<K, V> createFetcherCache() {
      return new ConcurrentHashMap<>();
    }
  }
}

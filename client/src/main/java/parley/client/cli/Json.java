package parley.client.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import parley.client.v1.Post;

/**
 * Writes what {@code --json} prints: one object on each line, without the fields that are unknown.
 */
final class Json {

  private static final ObjectMapper MAPPER =
      new ObjectMapper().setSerializationInclusion(JsonInclude.Include.NON_NULL);

  private Json() {}

  private record PostFields(String author, String text, String time, long index) {}

  static String of(Post post) {
    return of(
        new PostFields(
            post.author(),
            post.text(),
            post.time().map(Instant::toString).orElse(null),
            post.index()));
  }

  /** A record with its components as fields. */
  static String of(Record fields) {
    try {
      return MAPPER.writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(fields + " cannot be written as JSON", e);
    }
  }
}

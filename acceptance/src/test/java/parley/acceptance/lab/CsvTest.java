package parley.acceptance.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import org.junit.jupiter.api.Test;

class CsvTest {

  @Test
  void readsQuotedFieldsWithCommasQuotesAndLineEnds() throws Exception {
    Csv csv = new Csv(new StringReader("a,b\r\n1,\"x, \"\"y\"\"\nz\"\n,\"\"\nlast,ü"));
    assertThat(csv.record()).containsExactly("a", "b");
    assertThat(csv.record()).containsExactly("1", "x, \"y\"\nz");
    assertThat(csv.record()).containsExactly("", "");
    assertThat(csv.record()).containsExactly("last", "ü");
    assertThat(csv.record()).isNull();
  }
}

package dev.aftertouch.enrollment.sql;

import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Maps and lists of text in jsonb columns. */
@Component
public class JsonText {
  private static final TypeReference<Map<String, String>> MAP = new TypeReference<>() {};
  private static final TypeReference<List<String>> LIST = new TypeReference<>() {};

  private final JsonMapper json = JsonMapper.shared();

  public String write(Object value) {
    return json.writeValueAsString(value);
  }

  public Map<String, String> map(String text) {
    return json.readValue(text, MAP);
  }

  public List<String> list(String text) {
    return json.readValue(text, LIST);
  }
}

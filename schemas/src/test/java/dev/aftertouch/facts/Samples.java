package dev.aftertouch.facts;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/** A filled record of any schema. */
final class Samples {
  private Samples() {}

  /**
   * Every field has a value; of a union the first branch that is not null, but in the record itself
   * that branch.
   *
   * @param branch of the top record's unions of several records; the last one where there are fewer
   */
  static GenericData.Record of(Schema schema, int branch) {
    GenericData.Record sample = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      sample.put(field.pos(), value(field.name(), field.schema(), branch));
    }
    return sample;
  }

  private static Object value(String name, Schema schema, int branch) {
    return switch (schema.getType()) {
      case RECORD -> of(schema, branch);
      case UNION -> {
        List<Schema> branches =
            schema.getTypes().stream().filter(each -> each.getType() != Schema.Type.NULL).toList();
        yield value(name, branches.get(Math.min(branch, branches.size() - 1)), branch);
      }
      case STRING -> isUuid(schema.getLogicalType()) ? uuid(name) : name + " of the sample";
      case INT -> 7;
      case LONG -> 1_772_463_600_000L;
      case BOOLEAN -> true;
      case ENUM -> new GenericData.EnumSymbol(schema, schema.getEnumSymbols().getLast());
      case MAP -> Map.of("rule", value(name, schema.getValueType(), branch));
      case ARRAY -> List.of(value(name, schema.getElementType(), branch));
      case BYTES -> ByteBuffer.wrap(new byte[] {1, 2});
      case FLOAT, DOUBLE, FIXED, NULL ->
          throw new IllegalStateException("No sample for " + schema.getType());
    };
  }

  private static boolean isUuid(LogicalType type) {
    return type != null && type.getName().equals("uuid");
  }

  private static String uuid(String name) {
    return "00000000-0000-4000-8000-%012x".formatted(name.hashCode() & 0xffffffffL);
  }
}

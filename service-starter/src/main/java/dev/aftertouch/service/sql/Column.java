package dev.aftertouch.service.sql;

import java.nio.ByteBuffer;
import org.postgresql.util.PGBinaryObject;
import org.postgresql.util.PGobject;

/**
 * An array in the binary form of the server's {@code array_recv}: dimensions, whether there are
 * nulls, the type of the elements, their number, the lower bound, and each element after its length
 * (-1 for null). To be sent over a connection of {@link dev.aftertouch.service.tenancy.Tenancy},
 * which is set to take arrays in this form.
 */
public final class Column extends PGobject implements PGBinaryObject {
  private static final long serialVersionUID = 1;
  private static final int HEADER = 20;
  private static final int HAS_NULLS = 4;
  private static final int NULL = -1;

  private transient ByteBuffer buffer;

  Column(String elementType, int elementOid, int rows, int bytesPerElement) {
    setType(elementType + "[]");
    buffer = ByteBuffer.allocate(HEADER + rows * bytesPerElement);
    buffer.putInt(1).putInt(0).putInt(elementOid).putInt(rows).putInt(1);
  }

  void putNull() {
    begin(0);
    buffer.putInt(buffer.position() - 4, NULL);
    buffer.putInt(HAS_NULLS, 1);
  }

  /** Where the next element of so many bytes goes. */
  ByteBuffer begin(int length) {
    buffer = Columns.roomFor(buffer, 4 + length);
    return buffer.putInt(length);
  }

  ByteBuffer bytes() {
    return buffer;
  }

  @Override
  public int lengthInBytes() {
    return buffer.position();
  }

  @Override
  public void toBytes(byte[] target, int offset) {
    buffer.get(0, target, offset, buffer.position());
  }

  /** Never asked for where the connection takes arrays in binary form. */
  @Override
  public String getValue() {
    throw new IllegalStateException("This connection does not send " + getType() + " as it is");
  }

  @Override
  public void setByteValue(byte[] value, int offset) {
    throw new UnsupportedOperationException("A column is written, never read");
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  /** The column itself: what is sent is never changed afterwards. */
  @Override
  public Object clone() {
    return this;
  }
}

package dev.aftertouch.service.sql;

import org.postgresql.util.PGBinaryObject;
import org.postgresql.util.PGobject;

/**
 * An array in the binary form of the server's {@code array_recv}: dimensions, whether there are
 * nulls (which the server sees for itself), the type of the elements, their number, the lower
 * bound, and the elements. To be sent over a connection of {@link
 * dev.aftertouch.service.tenancy.Tenancy}, which is set to take arrays in this form.
 */
public final class Column extends PGobject implements PGBinaryObject {
  private static final long serialVersionUID = 1;
  private static final int HEADER = 20;

  private final transient Cells cells;

  Column(String elementType, int elementOid, int rows, int bytesPerElement) {
    setType(elementType + "[]");
    cells = new Cells(HEADER + rows * bytesPerElement);
    cells.number(1);
    cells.number(0);
    cells.number(elementOid);
    cells.number(rows);
    cells.number(1);
  }

  Cells cells() {
    return cells;
  }

  @Override
  public int lengthInBytes() {
    return cells.length();
  }

  @Override
  public void toBytes(byte[] target, int offset) {
    cells.copyTo(target, offset);
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

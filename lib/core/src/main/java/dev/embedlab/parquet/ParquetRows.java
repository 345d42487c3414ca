package dev.embedlab.parquet;

import dev.embedlab.data.BadRowException;
import dev.embedlab.data.Row;
import dev.embedlab.data.RowReader;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Struct;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/** Rows of one Parquet file, streamed by DuckDB; line numbers are row numbers from 1. */
final class ParquetRows implements RowReader {

  private final String file;
  private final Connection connection;
  private final Statement statement;
  private final ResultSet rows;
  private final List<String> names = new ArrayList<>();
  private long row;
  private boolean ready;
  private boolean ended;

  ParquetRows(Path path) {
    this.file = String.valueOf(path.getFileName());
    Connection opened = null;
    try {
      opened = DriverManager.getConnection("jdbc:duckdb:");
      connection = opened;
      statement = connection.createStatement();
      statement.execute("SET threads = 1");
      // A damaged file may claim any size.
      statement.execute("SET memory_limit = '1GB'");
      String quoted = path.toAbsolutePath().toString().replace("'", "''");
      rows = statement.executeQuery("SELECT * FROM read_parquet('" + quoted + "')");
      for (int c = 1; c <= rows.getMetaData().getColumnCount(); c++) {
        names.add(rows.getMetaData().getColumnName(c));
      }
    } catch (SQLException e) {
      closeQuietly(opened);
      throw unreadable(e);
    }
  }

  private static void closeQuietly(Connection connection) {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      // The failure that led here is the one to report.
    }
  }

  private BadRowException unreadable(Exception e) {
    String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("unknown");
    String shown = first.length() > 200 ? first.substring(0, 200) + "..." : first;
    return new BadRowException(
        file, 0, "", "cannot be read as Parquet after row " + row + ": " + shown);
  }

  @Override
  public boolean hasNext() {
    if (!ready && !ended) {
      try {
        ready = rows.next();
        ended = !ready;
      } catch (SQLException e) {
        ended = true;
        throw unreadable(e);
      }
    }
    return ready;
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no more rows in " + file);
    }
    ready = false;
    row++;
    try {
      Map<String, Object> fields = LinkedHashMap.newLinkedHashMap(names.size());
      for (int c = 0; c < names.size(); c++) {
        fields.put(names.get(c), plain(rows.getObject(c + 1)));
      }
      return new Row(file, row, fields);
    } catch (SQLException | RuntimeException e) {
      throw unreadable(e);
    }
  }

  /** Lists and structures as JSON knows them. */
  private static Object plain(Object value) throws SQLException {
    if (value instanceof Array array) {
      List<Object> items = new ArrayList<>();
      for (Object item : (Object[]) array.getArray()) {
        items.add(plain(item));
      }
      return items;
    }
    if (value instanceof Struct struct) {
      Map<String, Object> fields = new LinkedHashMap<>();
      Object[] attributes = struct.getAttributes();
      for (int i = 0; i < attributes.length; i++) {
        fields.put("" + i, plain(attributes[i]));
      }
      return fields;
    }
    return value;
  }

  @Override
  public void close() {
    try {
      rows.close();
      statement.close();
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot close " + file + ": " + e.getMessage(), e);
    }
  }
}
